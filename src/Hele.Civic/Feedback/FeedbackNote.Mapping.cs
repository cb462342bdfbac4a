using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

internal static class FeedbackMapping
{
    /// <summary>The rule that ends the words as they were written.</summary>
    public const string WordsRule = "retention.feedback";

    private static readonly Handling Words = new(
        ("答复对和乐的意见", "answering what is said about Hele"),
        ("国办函〔2026〕12号：设置意见投诉渠道；《个人信息保护法》第13条第一款第三项", "State Council General Office letter 12 of 2026: a channel for complaints about the system; PIPL art. 13(3)"),
        ("答复之后再保存一段时间", "for some time after the answer"), Expiry.By(WordsRule, nameof(FeedbackNote.AnsweredOn)));

    private static readonly Handling Published = new(
        ("公开答复对和乐的意见", "answering in public what is said about Hele"),
        ("国办函〔2026〕12号；《城市居民委员会组织法》（2025修订）第39条", "State Council General Office letter 12 of 2026; Organic Law of Urban Residents' Committees (2025), art. 39"),
        ("和居务档案一样", "as the affairs archive"), Expiry.By("retention.archive", nameof(FeedbackAnswer.AnsweredOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<FeedbackNote>(e =>
        {
            e.ToTable("FeedbackNotes");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Page).HasMaxLength(FeedbackNote.PageLength).NotPersonal();
            e.Property(x => x.SenderId).PersonReference();
            e.Property(x => x.Text).HasMaxLength(FeedbackNote.TextLength).FreeText(("对和乐的意见", "What was said about Hele"), Words);
            e.Property(x => x.WantsToBeTold).NotPersonal();
            e.Property(x => x.FiledOn).NotPersonal();
            e.Property(x => x.FiledAt).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.ContestText).HasMaxLength(FeedbackNote.ContestLength).FreeText(("不认可答复的理由", "What was said against the answer"), Words);
            e.Property(x => x.ContestedOn).NotPersonal();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.SenderId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.SenderId });
            e.HasIndex(x => new { x.JurisdictionId, x.State, x.DueOn });
            e.HasIndex(x => new { x.JurisdictionId, x.FiledOn });
        });
        model.Entity<FeedbackAnswer>(e =>
        {
            e.ToTable("FeedbackAnswers");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.NoteId).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.Aside).NotPersonal();
            e.Property(x => x.Asked).HasMaxLength(FeedbackAnswer.AskedLength).FreeText(("公开的意见", "What was published of it"), Published);
            e.Property(x => x.Text).HasMaxLength(FeedbackAnswer.TextLength).FreeText(("公开的答复", "The public answer"), Published);
            e.Property(x => x.Changed).HasMaxLength(FeedbackAnswer.ChangedLength).FreeText(("改了什么", "What was changed"), Published);
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasOne<FeedbackNote>().WithMany().HasForeignKey(x => x.NoteId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasIndex(x => new { x.JurisdictionId, x.NoteId, x.Round }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.AnsweredOn });
        });
    }
}
