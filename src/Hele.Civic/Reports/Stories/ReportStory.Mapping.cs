using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class StoryMapping
{
    private static readonly Handling Told = new(
        ("经当事人同意，在工作报告里讲一件办成的事", "telling in the report, with the consent of whoever it is about, how something was put right"),
        ("《个人信息保护法》第13条第一款第一项、第15条：当事人同意，可以随时撤回", "PIPL art. 13(1), 15: consent, which can be taken back at any time"),
        ("作为居务档案保存；当事人撤回同意、或者不写了，文字当场销毁", "as the affairs archive; the text is destroyed at once when consent is taken back or the story is given up"), Expiry.By("retention.archive", nameof(ReportStory.WrittenOn)));

    public static void Map(ModelBuilder model) => model.Entity<ReportStory>(e =>
    {
        e.ToTable("ReportStories");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
        e.Property(x => x.Source).NotPersonal();
        e.Property(x => x.AppealId).NotPersonal();
        e.Property(x => x.ThanksId).NotPersonal();
        e.Property(x => x.HouseholdId).NotPersonal();
        e.Property(x => x.SubjectId).PersonReference();
        e.Property(x => x.SubjectMasked).HasMaxLength(ReportStory.MaskedLength).Masked(("案例的当事人（姓和某）", "Whoever a story is about (surname)"), Told);
        e.Property(x => x.Place).HasMaxLength(ReportPlaces.CodeLength).NotPersonal();
        e.Property(x => x.HappenedOn).NotPersonal();
        e.Property(x => x.WrittenByPostId).PersonReference().PostHistory();
        e.Property(x => x.WrittenOn).NotPersonal();
        e.Property(x => x.LoggedAt).NotPersonal();
        e.Property(x => x.State).NotPersonal();
        e.Property(x => x.TextSealed).Sealed(("案例的草稿", "Draft of a story"), Told);
        e.Property(x => x.TextIndex).BlindIndex(("案例草稿的比对值", "What a draft is compared by"), Told);
        e.Property(x => x.PublicText).HasMaxLength(ReportStory.TextLength).FreeText(("报告里的案例", "Story in the report"), Told);
        e.Property(x => x.Consent).NotPersonal();
        e.Property(x => x.ConsentOn).NotPersonal();
        e.Property(x => x.ConsentTakenByPostId).PersonReference().PostHistory();
        e.Property(x => x.CheckedByPostId).PersonReference().PostHistory();
        e.Property(x => x.ApprovedOn).NotPersonal();
        e.Property(x => x.ApprovedAt).NotPersonal();
        e.Property(x => x.Reason).HasMaxLength(ReportStory.ReasonLength).FreeText(("案例退回或不写的原因", "Why a story was sent back or given up"), Told);
        e.Property(x => x.EndedOn).NotPersonal();
        e.Property(x => x.EndedAt).NotPersonal();
        e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
        e.HasOne<ThanksRecord>().WithMany().HasForeignKey(x => x.ThanksId);
        e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        e.HasOne<Person>().WithMany().HasForeignKey(x => x.SubjectId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.WrittenByPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.ConsentTakenByPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.CheckedByPostId);
        e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        e.HasIndex(x => new { x.JurisdictionId, x.State });
        // One story of one record, unless it ended.
        const string open = $"AND \"State\" NOT IN ('{nameof(StoryState.Withdrawn)}', '{nameof(StoryState.Dropped)}')";
        e.HasIndex(x => new { x.JurisdictionId, x.AppealId }).IsUnique().HasFilter($"\"AppealId\" IS NOT NULL {open}");
        e.HasIndex(x => new { x.JurisdictionId, x.ThanksId }).IsUnique().HasFilter($"\"ThanksId\" IS NOT NULL {open}");
    });
}
