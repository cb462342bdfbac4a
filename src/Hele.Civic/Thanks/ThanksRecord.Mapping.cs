using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class ThanksMapping
{
    private static readonly Handling Said = new(
        ("记下居民为什么事感谢谁", "that it is known what residents gave thanks for, and to whom"),
        ("《个人信息保护法》第13条第一款第一项：感谢人自愿提供，可以随时撤回；《城市居民委员会组织法》（2025修订）第39条", "PIPL art. 13(1): given freely, and taken back at any time; Organic Law of Urban Residents' Committees (2025) art. 39"),
        ("作为居务档案保存；感谢人撤回时当场销毁", "as the affairs archive; destroyed at once when the giver takes it back"), Expiry.By("retention.archive", nameof(ThanksRecord.ReceivedOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<ThanksRecord>(e =>
        {
            e.ToTable("ThanksRecords");
            e.Ignore(x => x.Stands);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Door).NotPersonal();
            e.Property(x => x.Text).HasMaxLength(ThanksRecord.TextLength).FreeText(("感谢的话", "Words of thanks"), Said);
            e.Property(x => x.Thanked).NotPersonal();
            e.Property(x => x.GridId).NotPersonal();
            e.Property(x => x.BodyId).NotPersonal();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.GiverId).PersonReference();
            e.Property(x => x.IsAnonymous).NotPersonal();
            e.Property(x => x.GiverNameSealed).Sealed(("感谢人姓名", "Name of whoever gave thanks"), Said);
            e.Property(x => x.GiverMasked).HasMaxLength(ThanksRecord.NameLength).Masked(("感谢人（姓和某）", "Whoever gave thanks (surname)"), Said);
            e.Property(x => x.Shown).NotPersonal();
            e.Property(x => x.ReceivedOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EnteredByPostId).PersonReference().PostHistory();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.PublicText).HasMaxLength(ThanksRecord.TextLength).FreeText(("公开的感谢", "What is public of it"), Said);
            e.Property(x => x.PhotoShown).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(ThanksRecord.ReasonLength).FreeText(("不公开或不予登记的原因", "Why it isn't public or wasn't acknowledged"), Said);
            e.Property(x => x.ReviewedByPostId).PersonReference().PostHistory();
            e.Property(x => x.ConfirmedOn).NotPersonal();
            e.Property(x => x.ConfirmedAt).NotPersonal();
            e.Property(x => x.PublishedOn).NotPersonal();
            e.Property(x => x.CorrectedOn).NotPersonal();
            e.Property(x => x.EndedOn).NotPersonal();
            e.Property(x => x.EndedAt).NotPersonal();
            // Whose it is decides who may see it: never read without.
            e.Navigation(x => x.To).AutoInclude();
            e.HasOne<Grid>().WithMany().HasForeignKey(x => x.GridId);
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.BodyId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.GiverId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.EnteredByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.ReviewedByPostId);
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State });
            e.HasIndex(x => new { x.JurisdictionId, x.ReceivedOn });
            // One person thanks once for one matter, unless they took it back.
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId, x.GiverId }).IsUnique().HasFilter($"\"AppealId\" IS NOT NULL AND \"GiverId\" IS NOT NULL AND \"State\" NOT IN ('{nameof(ThanksState.Withdrawn)}', '{nameof(ThanksState.Rejected)}')");
        });
        model.Entity<ThanksTo>(e =>
        {
            e.ToTable("ThanksTo");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.ThanksId).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.HasOne<ThanksRecord>().WithMany(x => x.To).HasForeignKey(x => x.ThanksId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasIndex(x => new { x.JurisdictionId, x.ThanksId, x.PersonId }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId });
        });
    }
}
