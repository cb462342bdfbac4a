using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.People;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Whom a matter about conduct names: a post as it was held on that day, and its holder. It decides who may see the matter, in every post that this person
/// holds then and later, and is kept from them.
/// </summary>
public sealed class AppealAbout : Owned
{
    public required Guid AppealId { get; init; }

    /// <summary>The post they were named in.</summary>
    public required Guid PostId { get; init; }

    /// <summary>Who held it. Somebody with several entries in the register is named with each.</summary>
    public required Guid PersonId { get; init; }
}

internal static class ConductMapping
{
    public static void Map(ModelBuilder model) => model.Entity<AppealAbout>(e =>
    {
        e.ToTable("AppealAbouts");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.AppealId).NotPersonal();
        e.Property(x => x.PostId).PersonReference().PostHistory();
        e.Property(x => x.PersonId).PersonReference();
        e.HasOne<Appeal>().WithMany(a => a.About).HasForeignKey(x => x.AppealId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
        e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        e.HasIndex(x => new { x.JurisdictionId, x.AppealId, x.PostId, x.PersonId }).IsUnique();
    });
}
