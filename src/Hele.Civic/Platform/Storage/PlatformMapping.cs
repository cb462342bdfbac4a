using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>Tables of the platform: jurisdictions, accounts, posts, and the journal with its side tables.</summary>
internal static class PlatformMapping
{
    private static readonly Handling Reasons = new(
        ("说明办理的理由", "saying why an act was done"),
        ("《城市居民委员会组织法》（2025修订）第36—39条；《个人信息保护法》第13条第一款第三项", "Organic Law of Urban Residents' Committees (2025) art. 36–39; PIPL art. 13(3)"),
        ("与所说明的记录相同", "as long as the record it is about"), Expiry.WithRecord);

    public static void Map(ModelBuilder model)
    {
        SealingMapping.Map(model);
        AccountsMapping.Map(model);
        NoticeMapping.Map(model);
        model.Entity<Jurisdiction>(e =>
        {
            e.ToTable("Jurisdictions");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.ParentId).NotPersonal();
            e.Property(x => x.Level).NotPersonal();
            e.Property(x => x.Code).HasMaxLength(Jurisdiction.CodeLength).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.NameEn).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.Origin).HasMaxLength(Jurisdiction.OriginLength).NotPersonal();
            e.HasIndex(x => x.Code).IsUnique();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Post>(e =>
        {
            // Nobody approves what they proposed or what is for them, whatever the program thinks.
            e.ToTable("Posts", t => t.HasCheckConstraint("CK_Posts_ConfirmedByAnother",
                "\"ConfirmedById\" IS NULL OR (\"ConfirmedById\" <> \"PersonId\" AND \"ConfirmedById\" <> \"ProposedById\")"));
            e.Property(x => x.Id).PersonReference();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Role).NotPersonal();
            e.Property(x => x.Scope).HasMaxLength(PostScope.CodeLength).NotPersonal();
            e.Property(x => x.ScopeId).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(Post.TitleLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.VacantSince).NotPersonal();
            e.Property(x => x.ProposedById).PersonReference();
            e.Property(x => x.ConfirmedById).PersonReference();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State });
        });
        model.Entity<JournalRow>(e =>
        {
            e.ToTable("Journal");
            e.HasKey(x => new { x.JurisdictionId, x.LeafIndex });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.LeafIndex).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.EventId).NotPersonal();
            e.Property(x => x.ActId).NotPersonal();
            e.Property(x => x.At).NotPersonal();
            e.Property(x => x.OnDate).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(JournalRow.KindLength).NotPersonal();
            e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
            e.Property(x => x.RowId).PersonReference();
            e.Property(x => x.ActorId).PersonReference();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.Reason).HasMaxLength(JournalRow.ReasonLength)
                .FreeText(("理由", "Reason"), Reasons);
            e.Property(x => x.Entry).NotPersonal();
            e.Property(x => x.Salt).NotPersonal();
            e.Property(x => x.LeafHash).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.RowTable, x.RowId });
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LogHead>(e =>
        {
            e.ToTable("LogHeads");
            e.HasKey(x => x.JurisdictionId);
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Size).NotPersonal();
            e.Property(x => x.Frontier).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LogGroup>(e =>
        {
            e.ToTable("LogGroups");
            e.HasKey(x => new { x.JurisdictionId, x.Size });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Size).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.At).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LogEpoch>(e =>
        {
            e.ToTable("LogEpochs");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.Origin).HasMaxLength(Jurisdiction.OriginLength).NotPersonal();
            e.Property(x => x.Kept).NotPersonal();
            e.Property(x => x.Signed).HasMaxLength(LogEpoch.PinLength).NotPersonal();
            e.Property(x => x.OldPin).HasMaxLength(LogEpoch.PinLength).NotPersonal();
            e.Property(x => x.OldOrigin).HasMaxLength(Jurisdiction.OriginLength).NotPersonal();
            e.Property(x => x.OldSize).NotPersonal();
            e.Property(x => x.BackupMadeAt).NotPersonal();
            e.Property(x => x.BegunAt).NotPersonal();
            e.Property(x => x.FirstSignerId).PersonReference();
            e.Property(x => x.FirstRole).NotPersonal();
            e.Property(x => x.SecondSignerId).PersonReference();
            e.Property(x => x.SecondRole).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.Number }).IsUnique();
        });
        model.Entity<ColumnTie>(e =>
        {
            e.ToTable("ColumnTies");
            e.HasKey(x => new { x.JurisdictionId, x.RowTable, x.RowId, x.Column });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
            e.Property(x => x.RowId).PersonReference();
            e.Property(x => x.Column).HasMaxLength(60).NotPersonal();
            e.Property(x => x.LeafIndex).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SearchRow>(e =>
        {
            e.ToTable("SearchRows");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.JurisdictionId).NotPersonal();
            e.Property(x => x.RowTable).HasMaxLength(JournalRow.TableLength).NotPersonal();
            e.Property(x => x.RowId).PersonReference();
            e.HasIndex(x => new { x.JurisdictionId, x.RowTable, x.RowId }).IsUnique();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<WitnessedLog>(e =>
        {
            e.ToTable("WitnessedLogs");
            e.HasKey(x => x.Origin);
            e.Property(x => x.Origin).HasMaxLength(WitnessedLog.OriginLength).NotPersonal();
            // Of two requests at once one finds that the other was faster.
            e.Property(x => x.Size).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.Root).NotPersonal();
            e.Property(x => x.At).IsConcurrencyToken().NotPersonal();
        });
        model.Entity<LogNode>(e =>
        {
            e.ToTable("LogNodes");
            e.HasKey(x => new { x.JurisdictionId, x.Level, x.NodeIndex });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Level).NotPersonal();
            e.Property(x => x.NodeIndex).NotPersonal();
            e.Property(x => x.Hash).NotPersonal();
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AcceptedOperation>(e =>
        {
            e.ToTable("AcceptedOperations");
            e.HasKey(x => new { x.AccountId, x.OperationId });
            e.Property(x => x.AccountId).PersonReference();
            e.Property(x => x.OperationId).NotPersonal();
            e.Property(x => x.Operation).HasMaxLength(60).NotPersonal();
            e.Property(x => x.InputHash).NotPersonal();
            e.Property(x => x.Result).HasMaxLength(AcceptedOperation.ResultLength).NotPersonal();
            e.Property(x => x.At).NotPersonal();
            // The same content from the same account again.
            e.HasIndex(x => new { x.AccountId, x.InputHash });
        });
    }
}
