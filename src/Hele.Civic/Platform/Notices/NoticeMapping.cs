using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices;

internal static class NoticeMapping
{
    private const int GroupLength = 40, CodeLength = 14;

    private static readonly Handling Choosing = new(
        ("按本人的意思通知", "telling people the way they want"),
        ("《个人信息保护法》第13条第一款第一项", "PIPL art. 13(1)"),
        ("本人改动或信息删除之前", "until they change it or are erased"), Expiry.WithRow);

    public static void Map(ModelBuilder model)
    {
        model.Entity<Notice>(e =>
        {
            e.ToTable("Notices");
            // The key is what keeps anybody from being told twice.
            e.HasKey(x => new { x.JurisdictionId, x.PersonId, x.LeafIndex });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.PersonId).ValueGeneratedNever().PersonReference();
            e.Property(x => x.LeafIndex).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(JournalRow.KindLength).NotPersonal();
            e.Property(x => x.Code).HasMaxLength(CodeLength).NotPersonal();
            e.Property(x => x.ToOther).NotPersonal();
            e.Property(x => x.Day).NotPersonal();
            e.Property(x => x.InDigest).NotPersonal();
            e.Property(x => x.ShownFrom).NotPersonal();
            e.Property(x => x.Until).NotPersonal();
            e.Property(x => x.IsRead).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId, x.IsRead, x.ShownFrom });
            e.HasIndex(x => new { x.JurisdictionId, x.Day });
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NoticeChoice>(e =>
        {
            e.ToTable("NoticeChoices");
            e.HasKey(x => new { x.JurisdictionId, x.PersonId, x.Group });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.PersonId).ValueGeneratedNever().PersonReference();
            e.Property(x => x.Group).HasMaxLength(GroupLength).NotPersonal();
            e.Property(x => x.Way).Personal(("通知方式", "Way of being told"), Choosing);
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
