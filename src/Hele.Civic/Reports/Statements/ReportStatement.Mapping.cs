using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class StatementMapping
{
    private static readonly Handling Words = new(
        ("在工作报告里说明记录不能说明的事，由岗位签署负责", "saying in the report what no record can say, with a post that answers for it"),
        ("《城市居民委员会组织法》（2025修订）第39条", "Organic Law of Urban Residents' Committees (2025) art. 39"),
        ("作为居务档案保存；期满由社区鉴定后处理", "as the affairs archive; appraised by the community when its time is over"), Expiry.By("retention.archive", nameof(ReportStatement.SignedOn)));

    public static void Map(ModelBuilder model) => model.Entity<ReportStatement>(e =>
    {
        e.ToTable("ReportStatements");
        e.Ignore(x => x.About);
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
        e.Property(x => x.Place).HasMaxLength(ReportPlaces.CodeLength).NotPersonal();
        e.Property(x => x.Text).HasMaxLength(ReportStatement.TextLength).FreeText(("声明的内容", "Words of a statement"), Words);
        e.Property(x => x.From).NotPersonal();
        e.Property(x => x.To).NotPersonal();
        e.Property(x => x.SignedByPostId).PersonReference().PostHistory();
        e.Property(x => x.SignedOn).NotPersonal();
        e.Property(x => x.LoggedAt).NotPersonal();
        e.Property(x => x.State).NotPersonal();
        e.Property(x => x.CheckedByPostId).PersonReference().PostHistory();
        e.Property(x => x.CheckedOn).NotPersonal();
        e.Property(x => x.ConfirmedAt).NotPersonal();
        e.Property(x => x.WithdrawnByPostId).PersonReference().PostHistory();
        e.Property(x => x.WithdrawnOn).NotPersonal();
        e.Property(x => x.WithdrawnAt).NotPersonal();
        e.Property(x => x.Reason).HasMaxLength(ReportStatement.ReasonLength).FreeText(("没有确认或撤回的原因", "Why a statement wasn't confirmed or was withdrawn"), Words);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.SignedByPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.CheckedByPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.WithdrawnByPostId);
        e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        e.HasIndex(x => new { x.JurisdictionId, x.State });
    });
}
