using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Imports;

/// <summary>Tables of imports.</summary>
internal static class ImportsMapping
{
    /// <summary>How long the name of an imported file is kept.</summary>
    private const string Rule = "retention.imports";

    private static readonly Bilingual
        Purpose = ("把社区已有的台账导入登记册，看得出导入了什么、能撤销", "taking a community's ledgers into the register, showing what was imported and undoing it"),
        Basis = ("《城市居民委员会组织法》（2025修订）第39条；《个人信息保护法》第13条第一款第三项", "Organic Law of Urban Residents' Committees (2025) art. 39; PIPL art. 13(3)");

    private static readonly Handling
        ForAnHour = new(Purpose, Basis, ("一小时，导入或放弃以后马上清除", "one hour; taken away at once when imported or given up"), Expiry.WithRow),
        WhileUndoable = new(Purpose, Basis, ("能撤销导入的那些天", "while the import can be undone"), Expiry.WithRow),
        Naming = new(Purpose, Basis, ("导入之后再保存一段时间", "for some time after the import"), Expiry.By(Rule, nameof(LedgerImport.ImportedOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<LedgerImport>(e =>
        {
            e.ToTable("LedgerImports");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Ledger).HasMaxLength(LedgerImport.LedgerLength).NotPersonal();
            e.Property(x => x.FileName).HasMaxLength(LedgerImport.FileNameLength).FreeText(("导入的文件名", "Name of an imported file"), Naming);
            e.Property(x => x.ImportedById).PersonReference();
            e.Property(x => x.ImportedOn).NotPersonal();
            e.Property(x => x.Added).NotPersonal();
            e.Property(x => x.Changed).NotPersonal();
            e.Property(x => x.Same).NotPersonal();
            e.Property(x => x.FirstLeaf).NotPersonal();
            e.Property(x => x.Leaves).NotPersonal();
            e.Property(x => x.UndoUntil).NotPersonal();
            e.Property(x => x.UndoneById).PersonReference();
            e.Property(x => x.UndoneOn).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        });
        model.Entity<ImportedRow>(e =>
        {
            e.ToTable("ImportedRows");
            e.HasKey(x => new { x.JurisdictionId, x.ImportId, x.RowTable, x.RowId });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.ImportId).NotPersonal();
            e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
            e.Property(x => x.RowId).PersonReference();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.BeforeSealed).Sealed(("导入之前登记的内容", "What stood there before an import"), WhileUndoable);
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LedgerUpload>(e =>
        {
            e.ToTable("LedgerUploads");
            e.HasKey(x => new { x.JurisdictionId, x.Id });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Ledger).HasMaxLength(LedgerImport.LedgerLength).NotPersonal();
            e.Property(x => x.ExpiresAt).NotPersonal();
            e.Property(x => x.ContentSealed).Sealed(("上传的台账", "An uploaded ledger"), ForAnHour);
            e.Property(x => x.ChoicesSealed).Sealed(("对上传台账的选择", "What was chosen about an uploaded ledger"), ForAnHour);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LedgerLayout>(e =>
        {
            e.ToTable("LedgerLayouts");
            e.HasKey(x => new { x.JurisdictionId, x.Ledger, x.Headings });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Ledger).HasMaxLength(LedgerImport.LedgerLength).NotPersonal();
            e.Property(x => x.Headings).HasMaxLength(32).NotPersonal();
            e.Property(x => x.Columns).HasMaxLength(4_000).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
