using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

internal static class EmergencyMapping
{
    private static readonly Handling Emergencies = new(
        ("说明紧急情况下为什么查看密封的内容，供复核和告知本人", "saying why something sealed was opened in an emergency, for its review and for the person"),
        ("《个人信息保护法》第13条第一款第三、四项，第44条、第51条", "PIPL art. 13(3)(4), 44, 51"),
        ("复核之后三年（《个人信息保护法》第56条）", "three years from the review (PIPL art. 56)"), Expiry.By("pia.retention", nameof(EmergencyAccess.ReviewedOn)));

    public static void Map(ModelBuilder model) => model.Entity<EmergencyAccess>(e =>
    {
        e.ToTable("EmergencyAccesses");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
        e.Property(x => x.Seal).HasMaxLength(EmergencyAccess.SealLength).NotPersonal();
        e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
        e.Property(x => x.RowId).PersonReference();
        e.Property(x => x.RowCode).HasMaxLength(14).PersonReference();
        e.Property(x => x.SubjectId).PersonReference();
        e.Property(x => x.OpenerId).PersonReference();
        e.Property(x => x.OpenerAccountId).PersonReference();
        e.Property(x => x.OpenerPostId).PersonReference().PostHistory();
        e.Property(x => x.Reason).HasMaxLength(EmergencyAccess.ReasonLength).FreeText(("应急查看的理由", "Reason for opening it in an emergency"), Emergencies);
        e.Property(x => x.OpenedAt).NotPersonal();
        e.Property(x => x.EndsAt).NotPersonal();
        e.Property(x => x.ReviewDueOn).NotPersonal();
        e.Property(x => x.Tell).NotPersonal();
        e.Property(x => x.TellCitation).NotPersonal();
        e.Property(x => x.State).NotPersonal();
        e.Property(x => x.ReviewerPostId).PersonReference().PostHistory();
        e.Property(x => x.ReviewedOn).NotPersonal();
        e.Property(x => x.Words).HasMaxLength(EmergencyAccess.WordsLength).FreeText(("复核意见", "What the review said"), Emergencies);
        e.Property(x => x.KnownOn).NotPersonal();
        e.HasOne<Person>().WithMany().HasForeignKey(x => x.OpenerId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.OpenerPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.ReviewerPostId);
        e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        e.HasIndex(x => new { x.JurisdictionId, x.SubjectId });
        e.HasIndex(x => new { x.JurisdictionId, x.State, x.ReviewDueOn });
    });
}
