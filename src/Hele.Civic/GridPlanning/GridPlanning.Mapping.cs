using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.GridPlanning;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class GridPlanningMapping
{
    private static readonly Handling Deciding = new(
        ("说明网格为什么这样划分、由什么决定", "saying why the grids are cut as they are, and what decided it"),
        ("《城市居民委员会组织法》（2025修订）第39条", "Organic Law of Urban Residents' Committees (2025) art. 39"),
        ("作为居务档案保存；期满由社区鉴定后处理", "as the affairs archive; appraised by the community when its time is over"), Expiry.By("retention.archive", nameof(PlanDraft.ClosedOn)));

    public static void Map(ModelBuilder model) => model.Entity<PlanDraft>(e =>
    {
        e.ToTable("PlanDrafts");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
        e.Property(x => x.Name).HasMaxLength(PlanDraft.NameLength).FreeText(("网格方案的名称", "Name of a plan of grids"), Deciding);
        e.Property(x => x.Wish).HasMaxLength(PlanDraft.WishLength).NotPersonal();
        e.Property(x => x.Before).HasMaxLength(PlanDraft.CutLength).NotPersonal();
        e.Property(x => x.Cut).HasMaxLength(PlanDraft.CutLength).NotPersonal();
        e.Property(x => x.KeptOn).NotPersonal();
        e.Property(x => x.LoggedAt).NotPersonal();
        e.Property(x => x.State).NotPersonal();
        e.Property(x => x.ClosedOn).NotPersonal();
        e.Property(x => x.ValidFrom).NotPersonal();
        e.Property(x => x.Number).HasMaxLength(PlanDraft.NumberLength).NotPersonal();
        e.Property(x => x.Reason).HasMaxLength(PlanDraft.ReasonLength).FreeText(("调整网格的理由", "Why the grids were cut anew"), Deciding);
        e.Property(x => x.AdoptedByPostId).PersonReference().PostHistory();
        e.Property(x => x.Decided).HasMaxLength(PlanDraft.DecidedLength).NotPersonal();
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.AdoptedByPostId);
        e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        e.HasIndex(x => new { x.JurisdictionId, x.Name }).IsUnique().HasFilter("\"State\" = 'Kept'");
        e.HasIndex(x => new { x.JurisdictionId, x.State });
    });
}
