using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class DisclosureMapping
{
    private static readonly Handling Shown = new(
        ("把依法应当公开的事项公开，并留下什么时候公开过什么的凭证", "disclosing what the law says must be, and keeping proof of what was shown when"),
        ("《城市居民委员会组织法》（2025修订）第34、39条；《最低生活保障审核确认办法》第19、24条；《个人信息保护法》第13条第一款第三项", "Organic Law of Urban Residents' Committees (2025), art. 34, 39; Measures on Minimum Living Allowance, art. 19, 24; PIPL art. 13(3)"),
        ("作为居务档案保存；公示的姓名等期满即从公开处撤下，封存在档案里", "as the affairs archive; names that were posted are gone from public at the end of their time and lie sealed there"), Expiry.By("retention.archive", nameof(DisclosureText.WrittenOn)));

    private static readonly Handling Said = new(
        ("处理居民对公开内容的异议", "handling objections to what is disclosed"),
        ("《城市居民委员会组织法》（2025修订）第34、35条；《个人信息保护法》第13条第一款第三项", "Organic Law of Urban Residents' Committees (2025), art. 34, 35; PIPL art. 13(3)"),
        ("和它说的那份公开一样", "as the disclosure it is about"), Expiry.By("retention.archive", nameof(DisclosureObjection.FiledOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<Disclosure>(e =>
        {
            e.ToTable("Disclosures");
            e.Ignore(x => x.Number);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(DisclosureKind.CodeLength).NotPersonal();
            e.Property(x => x.CoversFrom).NotPersonal();
            e.Property(x => x.CoversTo).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(Disclosure.TitleLength).FreeText(("公开的标题", "Title of a disclosure"), Shown);
            e.Property(x => x.WrittenOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.WrittenByPostId).PersonReference().PostHistory();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.Revision).NotPersonal();
            e.Property(x => x.Version).NotPersonal();
            e.Property(x => x.Year).NotPersonal();
            e.Property(x => x.Serial).NotPersonal();
            e.Property(x => x.CheckedByPostId).PersonReference().PostHistory();
            e.Property(x => x.CheckedOn).NotPersonal();
            e.Property(x => x.ReturnText).HasMaxLength(Disclosure.ReasonLength).FreeText(("退回或作废的原因", "Why it was sent back or dropped"), Shown);
            e.Property(x => x.PublishedByPostId).PersonReference().PostHistory();
            e.Property(x => x.ShownFrom).NotPersonal();
            e.Property(x => x.ShownTo).NotPersonal();
            e.Property(x => x.LeastTo).NotPersonal();
            e.Property(x => x.ObjectTo).NotPersonal();
            e.Property(x => x.PublishedAt).NotPersonal();
            e.Property(x => x.Where).HasMaxLength(Disclosure.WhereLength).NotPersonal();
            e.Property(x => x.Withdrawal).NotPersonal();
            e.Property(x => x.WithdrawText).HasMaxLength(Disclosure.ReasonLength).FreeText(("提前撤下的原因", "Why it was taken down early"), Shown);
            e.Property(x => x.WithdrawnByPostId).PersonReference().PostHistory();
            e.Property(x => x.WithdrawnOn).NotPersonal();
            e.Property(x => x.WithdrawnAt).NotPersonal();
            e.Property(x => x.EndedOn).NotPersonal();
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.WrittenByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.CheckedByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PublishedByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.WithdrawnByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Year, x.Serial }).IsUnique().HasFilter("\"Serial\" IS NOT NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.State, x.ShownTo });
            // One for a period of a kind, unless it came to nothing.
            e.HasIndex(x => new { x.JurisdictionId, x.Kind, x.CoversFrom }).IsUnique().HasFilter($"\"CoversFrom\" IS NOT NULL AND \"State\" NOT IN ('{nameof(DisclosureState.Withdrawn)}', '{nameof(DisclosureState.Dropped)}')");
        });
        model.Entity<DisclosureText>(e =>
        {
            e.ToTable("DisclosureTexts");
            e.Ignore(x => x.IsProposal);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.DisclosureId).NotPersonal();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.Content).HasMaxLength(DisclosureContent.StoredLength).FreeText(("公开的内容", "What was disclosed"), Shown);
            e.Property(x => x.ContentSealed).Sealed(("公示的内容", "What was posted"), Shown);
            e.Property(x => x.Why).HasMaxLength(Disclosure.ReasonLength).FreeText(("更正的原因", "Why it was corrected"), Shown);
            e.Property(x => x.WrittenByPostId).PersonReference().PostHistory();
            e.Property(x => x.WrittenOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.ShownAt).NotPersonal();
            e.Property(x => x.ShownTo).NotPersonal();
            e.Property(x => x.CheckedByPostId).PersonReference().PostHistory();
            e.Property(x => x.ReplacedAt).NotPersonal();
            e.Property(x => x.RefusedText).HasMaxLength(Disclosure.ReasonLength).FreeText(("更正没有采用的原因", "Why a correction wasn't used"), Shown);
            e.HasOne<Disclosure>().WithMany().HasForeignKey(x => x.DisclosureId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.WrittenByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.CheckedByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.DisclosureId, x.Number }).IsUnique();
        });
        model.Entity<DisclosureDuty>(e =>
        {
            e.ToTable("DisclosureDuties");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(DisclosureKind.CodeLength).NotPersonal();
            e.Property(x => x.CoversFrom).NotPersonal();
            e.Property(x => x.CoversTo).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.OpenedAt).NotPersonal();
            e.Property(x => x.RemindedAt).NotPersonal();
            e.Property(x => x.DisclosureId).NotPersonal();
            e.Property(x => x.DoneOn).NotPersonal();
            e.Property(x => x.DoneAt).NotPersonal();
            e.HasOne<Disclosure>().WithMany().HasForeignKey(x => x.DisclosureId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Kind, x.CoversFrom }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.DueOn });
        });
        model.Entity<DisclosureObjection>(e =>
        {
            e.ToTable("DisclosureObjections");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.DisclosureId).NotPersonal();
            e.Property(x => x.Door).NotPersonal();
            e.Property(x => x.SenderId).PersonReference();
            e.Property(x => x.EnteredByPostId).PersonReference().PostHistory();
            e.Property(x => x.Text).HasMaxLength(DisclosureObjection.TextLength).FreeText(("异议", "An objection"), Said);
            e.Property(x => x.TextSealed).Sealed(("对公示的异议", "An objection to what was posted"), Said);
            e.Property(x => x.FiledOn).NotPersonal();
            e.Property(x => x.FiledAt).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.Asked).HasMaxLength(DisclosureObjection.AskedLength).FreeText(("公开的异议", "What was published of an objection"), Said);
            e.Property(x => x.Answer).HasMaxLength(DisclosureObjection.AnswerLength).FreeText(("对异议的公开答复", "The public answer to an objection"), Said);
            e.Property(x => x.IsRight).NotPersonal();
            e.Property(x => x.AnsweredByPostId).PersonReference().PostHistory();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.AnsweredAt).NotPersonal();
            e.HasOne<Disclosure>().WithMany().HasForeignKey(x => x.DisclosureId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.SenderId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.EnteredByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.AnsweredByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.DisclosureId });
            e.HasIndex(x => new { x.JurisdictionId, x.AnsweredOn, x.DueOn });
            e.HasIndex(x => new { x.JurisdictionId, x.SenderId });
        });
    }
}
