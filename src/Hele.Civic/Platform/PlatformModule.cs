using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Platform;

/// <summary>What the platform itself contributes to every installation: local rules and closed periods.</summary>
public sealed class PlatformModule : HeleModule
{
    public override Bilingual Title => ("平台", "Platform");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<JurisdictionDirectory>();
        services.AddSingleton<KeyVault>();
        services.AddSingleton<Seals>();
        services.AddSingleton<OpenSeals>();
        services.AddSingleton<CloseViewHours>();
        services.AddSingleton<ErasureList>();
        services.AddSingleton<RewrapKeys>();
        services.AddSingleton<PurgeExpired>();
        services.AddSingleton<PhotoReader>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<KeptFiles>();
        services.AddScoped<RetentionReader>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<DeclareEpoch>();
        services.AddSingleton<BackupMaker>();
        services.AddSingleton<BackupRestorer>();
        services.AddSingleton<DatabaseUpgrade>();
        services.AddSingleton<SetLocalRule>();
        services.AddSingleton<ClosePeriod>();
        services.AddScoped<FigureReader>();
        services.AddScoped<DayQueries>();
        services.AddScoped<RuleReader>();
        services.AddSingleton<RecordExport>();
        services.AddSingleton<ImportLedger>();
        services.AddSingleton<UndoImport>();
        services.AddSingleton<ImportRuns>();
        services.AddSingleton<ImportSweep>();
        services.AddScoped<ImportDesk>();
        services.AddScoped<NoticeQueries>();
        services.AddSingleton<KeepNotices>();
        services.AddSingleton<MailKeys>();
        services.AddSingleton<AskEmail>();
        services.AddSingleton<ConfirmEmail>();
        services.AddSingleton<ChooseEmail>();
        services.AddSingleton<RemoveEmail>();
        services.AddSingleton<StopEmail>();
        services.AddSingleton<RecordDeadLetter>();
        services.AddSingleton<RetryMail>();
        services.AddSingleton<GiveUpMail>();
        services.AddSingleton<MailSender>();
        services.AddScoped<EmailQueries>();
    }

    public override IEnumerable<EventKind> Events => [SetLocalRule.Set, ClosePeriod.Closed, ClosePeriod.Frozen, CloseViewHours.Closed, DeclareEpoch.Begun, Erasing.Erased, Erasing.RowsExpired, PurgeExpired.ViewsPurged,
        LedgerImport.Imported, LedgerImport.Undone, LedgerImport.Erased, UndoImport.Removed, UndoImport.PutBack, FileEvents.Added, FileEvents.TakenBack, FileEvents.Hidden, FileEvents.Erased, ListExport.Exported, .. EmailEvents.All, .. DeadLetterEvents.All];
    public override IEnumerable<Permission> Permissions => [SetLocalRule.Permission, ClosePeriod.Permission, KitMaker.Permission, LogCheck.See, PurgeExpired.See, ImportAccess.Import, ExportAccess.See, StoredFiles.See, .. MailAccess.All, .. PostAccess.All];
    public override IEnumerable<Transitions> LifeCycles => [Post.LifeCycle, DeadLetter.LifeCycle];
    public override IEnumerable<DaySource> Days => [Letters.Day];
    public override IEnumerable<LifeFollower> LifeFollowers => [EmailFollow.Follower];
    public override IEnumerable<PostScope> PostScopes => [PostScope.Jurisdiction];

    public override void Map(ModelBuilder model)
    {
        ImportsMapping.Map(model);
        FilesMapping.Map(model);
        MailMapping.Map(model);
        model.Entity<ListExport>(e =>
        {
            e.ToTable("ListExports");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.List).HasMaxLength(ListExport.ListLength).NotPersonal();
            e.Property(x => x.Filter).HasMaxLength(ListExport.FilterLength).NotPersonal();
            e.Property(x => x.Rows).NotPersonal();
            e.Property(x => x.ExportedById).PersonReference();
            e.Property(x => x.ExportedAt).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.ExportedAt });
        });
        model.Entity<LocalRule>(e =>
        {
            e.ToTable("LocalRules");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.RuleId).HasMaxLength(60).NotPersonal();
            e.Property(x => x.Amount).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.Citation).HasMaxLength(LocalRule.CitationLength).NotPersonal();
            e.Property(x => x.SetAt).NotPersonal();
        });
        model.Entity<ClosedPeriod>(e =>
        {
            e.ToTable("ClosedPeriods");
            e.Ignore(x => x.Period);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.ClosedAt).NotPersonal();
            e.Property(x => x.LogSize).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.From, x.To }).IsUnique();
        });
        model.Entity<FrozenFigure>(e =>
        {
            e.ToTable("FrozenFigures");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.ClosedPeriodId).NotPersonal();
            e.Property(x => x.FigureId).HasMaxLength(60).NotPersonal();
            e.Property(x => x.Version).NotPersonal();
            e.Property(x => x.Value).NotPersonal();
            e.Property(x => x.RecordsHash).NotPersonal();
            e.HasOne<ClosedPeriod>().WithMany().HasForeignKey(x => x.ClosedPeriodId);
            e.HasIndex(x => new { x.JurisdictionId, x.ClosedPeriodId, x.FigureId }).IsUnique();
        });
    }
}
