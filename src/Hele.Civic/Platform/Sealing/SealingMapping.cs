using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>Tables of keys and of views.</summary>
internal static class SealingMapping
{
    private const int KeyIdLength = 20;
    private static readonly Handling Looking = new(
        ("让本人知道谁看过", "telling people who looked"),
        ("《个人信息保护法》第44条、第51条第二项、第54条；《网络安全法》（2025修正）第23条", "PIPL art. 44, 51(2), 54; Cybersecurity Law (2025) art. 23"),
        ("查看之后再保存一段时间", "for some time after the look"), Expiry.By(PurgeExpired.ViewsRule, nameof(ViewRecord.Hour)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<SubjectKey>(e =>
        {
            e.ToTable("SubjectKeys");
            e.HasKey(x => new { x.JurisdictionId, x.SubjectId });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.SubjectId).PersonReference();
            e.Property(x => x.MasterKeyId).HasMaxLength(KeyIdLength).NotPersonal();
            e.Property(x => x.Wrapped).NotPersonal();
            e.Property(x => x.CreatedAt).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AccountKey>(e =>
        {
            e.ToTable("AccountKeys");
            e.HasKey(x => x.AccountId);
            e.Property(x => x.AccountId).ValueGeneratedNever().PersonReference();
            e.Property(x => x.MasterKeyId).HasMaxLength(KeyIdLength).NotPersonal();
            e.Property(x => x.Wrapped).NotPersonal();
            e.Property(x => x.CreatedAt).NotPersonal();
        });
        model.Entity<ViewRecord>(e =>
        {
            e.ToTable("ViewRecords");
            e.HasKey(x => new { x.JurisdictionId, x.Id });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Hour).NotPersonal();
            e.Property(x => x.At).NotPersonal();
            e.Property(x => x.AccountId).PersonReference();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.SubjectId).PersonReference();
            e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
            e.Property(x => x.RowId).PersonReference();
            e.Property(x => x.Columns).HasMaxLength(ViewRecord.ColumnsLength).NotPersonal();
            e.Property(x => x.Way).NotPersonal();
            e.Property(x => x.Purpose).HasMaxLength(ViewRecord.PurposeLength).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(ViewRecord.ReasonLength).FreeText(("查看的理由", "Reason for looking"), Looking);
            e.HasIndex(x => new { x.JurisdictionId, x.SubjectId, x.At });
            e.HasIndex(x => new { x.JurisdictionId, x.Hour });
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Erasure>(e =>
        {
            e.ToTable("Erasures");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.SubjectId).PersonReference();
            e.Property(x => x.Cause).NotPersonal();
            e.Property(x => x.On).NotPersonal();
            e.Property(x => x.Leaves).HasMaxLength(100_000).NotPersonal();
            e.Property(x => x.Rows).NotPersonal();
            e.Property(x => x.Kept).HasMaxLength(Erasure.KeptLength).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.SubjectId });
        });
        model.Entity<ViewPurge>(e =>
        {
            e.ToTable("ViewPurges");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.Before).NotPersonal();
            e.Property(x => x.Records).NotPersonal();
            e.Property(x => x.On).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.Before });
        });
        model.Entity<ViewHour>(e =>
        {
            e.ToTable("ViewHours");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.Hour).NotPersonal();
            e.Property(x => x.Count).NotPersonal();
            e.Property(x => x.Root).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.Hour }).IsUnique();
        });
    }
}
