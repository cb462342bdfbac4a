using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class AppealMapping
{
    private static Handling Matter(string from) => new(
        ("办理诉求并反馈结果", "handling the matter and reporting back"),
        ("《城市居民委员会组织法》（2025修订）第32—39条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 32–39; PIPL art. 13(2)(3)"),
        ("作为居务档案保存；期满由社区鉴定后处理，系统不自行销毁", "as the affairs archive; when its time is over the community appraises it, the program destroys nothing of it by itself"), Expiry.By("retention.archive", from));

    /// <summary>What is said once: the answer to being asked again, and each side's view of a disagreement.</summary>
    private const string Once = $"""
        "Kind" IN ('{nameof(NoteKind.StillSolved)}', '{nameof(NoteKind.NotSolved)}', '{nameof(NoteKind.ResidentStatement)}', '{nameof(NoteKind.CommunityStatement)}')
        """;

    public static void Map(ModelBuilder model)
    {
        model.Entity<Appeal>(e =>
        {
            e.ToTable("Appeals");
            e.Ignore(x => x.Number);
            e.Ignore(x => x.IsShielded);
            e.Ignore(x => x.WaitsForResponse);
            e.Property(x => x.RespondBy).NotPersonal();
            e.Property(x => x.RespondedAt).NotPersonal();
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Year).NotPersonal();
            e.Property(x => x.Serial).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(30).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(Appeal.TitleLength).FreeText(("诉求标题", "Title of the appeal"), Matter(nameof(Appeal.FiledOn)));
            e.Property(x => x.Text).HasMaxLength(Appeal.TextLength).FreeText(("诉求内容", "Text of the appeal"), Matter(nameof(Appeal.FiledOn)));
            e.Property(x => x.Place).HasMaxLength(Appeal.PlaceLength).Personal(("地点", "Place"), Matter(nameof(Appeal.FiledOn)));
            e.Property(x => x.Channel).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.GridId).NotPersonal();
            e.Property(x => x.LonE7).NotPersonal();
            e.Property(x => x.LatE7).NotPersonal();
            e.Property(x => x.AppellantId).PersonReference();
            e.Property(x => x.OnBehalfOf).HasMaxLength(Appeal.NameLength).Personal(("替谁反映", "On whose behalf"), Matter(nameof(Appeal.FiledOn)));
            e.Property(x => x.NameWithheld).NotPersonal();
            e.Property(x => x.EnteredByPostId).PersonReference().PostHistory();
            e.Property(x => x.AppellantName).HasMaxLength(Appeal.NameLength).Personal(("反映人姓名", "Name of the appellant"), Matter(nameof(Appeal.FiledOn)));
            e.Property(x => x.FiledOn).NotPersonal();
            e.Property(x => x.FiledAt).NotPersonal();
            e.Property(x => x.AssignedPostId).PersonReference().PostResponsibility();
            e.Property(x => x.InsteadOfPostId).PersonReference().PostHistory();
            e.Property(x => x.HandlerPostId).PersonReference().PostResponsibility();
            e.Property(x => x.AcceptedOn).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.DueRule).HasMaxLength(60).NotPersonal();
            e.Property(x => x.DueIsProvisional).NotPersonal();
            e.Property(x => x.AskAgainOn).NotPersonal();
            e.Property(x => x.AskAgainUntil).NotPersonal();
            e.Property(x => x.ResumeUntil).NotPersonal();
            e.Property(x => x.AppellantLeftOn).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.PastCommunity).NotPersonal();
            e.Navigation(x => x.About).AutoInclude();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Year, x.Serial }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.FiledOn, x.Id });
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.AppellantId);
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasOne<Grid>().WithMany().HasForeignKey(x => x.GridId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.EnteredByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.AssignedPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.InsteadOfPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.HandlerPostId);
        });
        ConductMapping.Map(model);
        HarmReports.Map(model, Matter(nameof(HarmReport.ReportedOn)));
        model.Entity<AppealOrder>(e =>
        {
            e.ToTable("AppealOrders");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.Source).NotPersonal();
            e.Property(x => x.Number).HasMaxLength(AppealOrder.NumberLength).NotPersonal();
            e.Property(x => x.ReplyBy).NotPersonal();
            e.Property(x => x.ReplyText).HasMaxLength(AppealOrder.ReplyLength).FreeText(("工单回复", "Reply to a work order"), Matter(nameof(AppealOrder.ReceivedOn)));
            e.Property(x => x.ReceivedOn).NotPersonal();
            e.Property(x => x.RepliedOn).NotPersonal();
            e.Property(x => x.RepliedByPostId).PersonReference().PostHistory();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.RepliedByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId }).IsUnique();
            // One order is one matter: the same number entered twice is refused.
            e.HasIndex(x => new { x.JurisdictionId, x.Source, x.Number }).IsUnique();
        });
        model.Entity<AppealAnswer>(e =>
        {
            e.ToTable("AppealAnswers");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.Text).HasMaxLength(AppealAnswer.TextLength).FreeText(("答复内容", "Text of the answer"), Matter(nameof(AppealAnswer.AnsweredOn)));
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.FromUnit).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId, x.Round }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.AnsweredOn });
        });
        model.Entity<AppealReferral>(e =>
        {
            e.ToTable("AppealReferrals");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.ReferralCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Unit).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.ByResident).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(AppealReferral.ReasonLength).FreeText(("上报理由", "Why it was referred up"), Matter(nameof(AppealReferral.ReferredOn)));
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.ReferredOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasIndex(x => new { x.JurisdictionId, x.ReferralCode }).IsUnique();
        });
        model.Entity<AppealReturn>(e =>
        {
            e.ToTable("AppealReturns");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.ReferralCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Unit).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.Reason).NotPersonal();
            e.Property(x => x.Note).HasMaxLength(Referral.NoteLength).FreeText(("退回说明", "What was said with the return"), Matter(nameof(AppealReturn.ReturnedOn)));
            e.Property(x => x.ReturnedOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasIndex(x => new { x.JurisdictionId, x.ReferralCode }).IsUnique();
        });
        model.Entity<Referral>(e =>
        {
            e.ToTable("Referrals");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.OriginCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.CommunityCode).HasMaxLength(Jurisdiction.CodeLength).NotPersonal();
            e.Property(x => x.CommunityName).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(30).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(Appeal.TitleLength).FreeText(("诉求标题", "Title of the appeal"), Matter(nameof(Referral.ReceivedOn)));
            e.Property(x => x.Text).HasMaxLength(Appeal.TextLength).FreeText(("诉求内容", "Text of the appeal"), Matter(nameof(Referral.ReceivedOn)));
            e.Property(x => x.Place).HasMaxLength(Appeal.PlaceLength).Personal(("地点", "Place"), Matter(nameof(Referral.ReceivedOn)));
            e.Property(x => x.ByResident).NotPersonal();
            e.Property(x => x.PastCommunity).NotPersonal();
            e.Property(x => x.WordsAreHidden).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(AppealReferral.ReasonLength).FreeText(("上报理由", "Why it was referred up"), Matter(nameof(Referral.ReceivedOn)));
            e.Property(x => x.ReceivedOn).NotPersonal();
            e.Property(x => x.ReceivedAt).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.DueRule).HasMaxLength(60).NotPersonal();
            e.Property(x => x.DueIsProvisional).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.ClosedByPostId).PersonReference().PostHistory();
            e.Property(x => x.ClosedOn).NotPersonal();
            e.Property(x => x.AnswerText).HasMaxLength(Referral.AnswerLength).FreeText(("答复内容", "Text of the answer"), Matter(nameof(Referral.ReceivedOn)));
            e.Property(x => x.ReturnedFor).NotPersonal();
            e.Property(x => x.ReturnNote).HasMaxLength(Referral.NoteLength).FreeText(("退回说明", "What was said with the return"), Matter(nameof(Referral.ReceivedOn)));
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.ClosedByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State, x.DueOn });
        });
        model.Entity<AppealNote>(e =>
        {
            e.ToTable("AppealNotes");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.Reason).HasMaxLength(AppealNote.ReasonLength).NotPersonal();
            e.Property(x => x.Text).HasMaxLength(AppealNote.TextLength).FreeText(("办理中的说明", "What was said on a step"), Matter(nameof(AppealNote.SaidOn)));
            e.Property(x => x.Channel).NotPersonal();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.ToPostId).PersonReference().PostHistory();
            e.Property(x => x.SaidOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.ToPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId, x.Kind, x.Round }).IsUnique().HasFilter(Once);
            e.HasIndex(x => new { x.JurisdictionId, x.SaidOn });
        });
        model.Entity<AppealVerdict>(e =>
        {
            e.ToTable("AppealVerdicts");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.Satisfied).NotPersonal();
            e.Property(x => x.Remark).HasMaxLength(AppealVerdict.RemarkLength).FreeText(("评价意见", "Remark on the answer"), Matter(nameof(AppealVerdict.JudgedOn)));
            e.Property(x => x.Channel).NotPersonal();
            e.Property(x => x.JoinId).NotPersonal();
            e.Property(x => x.Closes).NotPersonal();
            e.Property(x => x.ReopensClosed).NotPersonal();
            e.Property(x => x.EndsInDisagreement).NotPersonal();
            e.Property(x => x.EnteredByPostId).PersonReference().PostHistory();
            e.Property(x => x.JudgedOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.PaperCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.ContestUntil).NotPersonal();
            e.Property(x => x.ContestedOn).NotPersonal();
            e.Property(x => x.ContestedAt).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.EnteredByPostId);
            e.HasOne<AppealJoin>().WithMany().HasForeignKey(x => x.JoinId);
            // Whoever filed it judges an answer once, and so does each who joined; what was struck was no judging.
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId, x.Round }).IsUnique().HasFilter("\"JoinId\" IS NULL AND \"ContestedOn\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.PaperCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.JoinId, x.Round }).IsUnique().HasFilter("\"JoinId\" IS NOT NULL AND \"ContestedOn\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.JudgedOn });
        });
        model.Entity<AppealJoin>(e =>
        {
            e.ToTable("AppealJoins");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Name).HasMaxLength(Appeal.NameLength).Personal(("加入的居民姓名", "Name of somebody who joined"), Matter(nameof(AppealJoin.JoinedOn)));
            e.Property(x => x.Words).HasMaxLength(AppealJoin.WordsLength).FreeText(("加入时说的情况", "What somebody who joined said"), Matter(nameof(AppealJoin.JoinedOn)));
            e.Property(x => x.Channel).NotPersonal();
            e.Property(x => x.EnteredByPostId).PersonReference().PostHistory();
            e.Property(x => x.JoinedOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.LeftOn).NotPersonal();
            e.Property(x => x.FromAppealId).NotPersonal();
            e.Property(x => x.IsSamePerson).NotPersonal();
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.FromAppealId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.EnteredByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.AppealId });
            // Nobody is in a matter twice at a time.
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId, x.AppealId }).IsUnique().HasFilter("\"LeftOn\" IS NULL AND \"PersonId\" IS NOT NULL");
            // A matter goes along with one other at a time.
            e.HasIndex(x => new { x.JurisdictionId, x.FromAppealId }).IsUnique().HasFilter("\"LeftOn\" IS NULL AND \"FromAppealId\" IS NOT NULL");
        });
    }
}
