using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Columns, indexes, and the personal-data class of every column of what is public and what is hidden.</summary>
internal static class PublicationMapping
{
    private static Handling Public(string from) => new(
        ("公开诉求办理情况，不公开个人信息", "showing how appeals are handled, without personal data"),
        ("《城市居民委员会组织法》（2025修订）第34条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 34; PIPL art. 13(2)(3)"),
        ("公开期满后从公开的页面撤下，记录作为居务档案保存", "gone from the public pages when its time is over; the record stays in the affairs archive"), Expiry.By("retention.archive", from));

    private static readonly Handling Hiding = new(
        ("隐藏辱骂他人的文字并说明原因", "hiding a text that insults somebody, and saying why"),
        ("《城市居民委员会组织法》（2025修订）第32—39条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 32–39; PIPL art. 13(2)(3)"),
        ("作为居务档案保存", "as the affairs archive"), Expiry.By("retention.archive", nameof(HiddenText.HiddenOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<AppealPublication>(e =>
        {
            e.ToTable("AppealPublications");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.ReviewedOn).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(AppealPublication.TitleLength).FreeText(("公开的标题", "Public title"), Public(nameof(AppealPublication.ReviewedOn)));
            e.Property(x => x.Answer).HasMaxLength(AppealPublication.AnswerLength).FreeText(("公开的答复", "Public answer"), Public(nameof(AppealPublication.ReviewedOn)));
            e.Property(x => x.AnswerRound).NotPersonal();
            e.Property(x => x.PlaceLevel).NotPersonal();
            e.Property(x => x.Place).HasMaxLength(AppealPublication.PlaceLength).NotPersonal();
            e.Property(x => x.LonE7).NotPersonal();
            e.Property(x => x.LatE7).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(AppealPublication.ReasonLength).FreeText(("不公开的原因", "Why it isn't public"), Public(nameof(AppealPublication.ReviewedOn)));
            e.Property(x => x.ReviewedByPostId).PersonReference().PostHistory();
            e.Property(x => x.PublishedOn).NotPersonal();
            e.Property(x => x.CorrectedOn).NotPersonal();
            e.Property(x => x.ChangedAt).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.ReviewedByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        });
        model.Entity<HiddenText>(e =>
        {
            e.ToTable("HiddenTexts");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.What).NotPersonal();
            e.Property(x => x.RowId).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(HiddenText.ReasonLength).FreeText(("隐藏的原因", "Why a text is hidden"), Hiding);
            e.Property(x => x.HiddenByPostId).PersonReference().PostHistory();
            e.Property(x => x.HiddenOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.ShownOn).NotPersonal();
            e.Property(x => x.ShownByPostId).PersonReference().PostHistory();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.HiddenByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.ShownByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId });
            // A text is hidden once at a time.
            e.HasIndex(x => new { x.JurisdictionId, x.RowId }).IsUnique().HasFilter("\"ShownOn\" IS NULL");
        });
    }
}
