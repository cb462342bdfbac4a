using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices.Mail;

internal static class MailMapping
{
    /// <summary>Ends an address whose owner left or died.</summary>
    public const string AddressRule = "retention.email";

    /// <summary>Ends what is kept of a mail that came back.</summary>
    public const string LetterRule = "retention.mail";

    private static readonly Bilingual
        ForTelling = ("按本人的意思把通知发到邮箱", "sending notices to the address their owner gave"),
        Basis = ("《个人信息保护法》第13条第一款第一项、第14条、第15条（单独勾选同意，随时可以撤回）", "PIPL art. 13(1), 14, 15: agreed to by itself, taken back at any time");

    private static readonly Handling
        Telling = new(ForTelling, Basis, ("本人移除之前；离开或去世后再保存一小段时间", "until its owner removes it; a short time after they left or died"), Expiry.By(AddressRule, nameof(PersonEmail.EndedOn))),
        ForADay = new(("确认邮箱是本人的、防止滥用", "making sure that an address is its owner's, and against abuse"), Basis, ("一天", "one day"), Expiry.WithRow),
        OnItsWay = new(ForTelling, Basis, ("发出以后随通知一起清除", "goes with the notices after it was sent"), Expiry.WithRow),
        CameBack = new(("弄清邮件为什么没送到", "finding out why a mail didn't arrive"), Basis, ("处理以后再保存一段时间", "for some time after it was dealt with"), Expiry.By(LetterRule, nameof(DeadLetter.ClosedOn)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<PersonEmail>(e =>
        {
            e.ToTable("PersonEmails");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.AddressSealed).Sealed(("收通知的邮箱", "E-mail address for notices"), Telling);
            e.Property(x => x.AddressMasked).HasMaxLength(EmailAddress.MaskedLength).Masked(("收通知的邮箱（遮盖）", "E-mail address for notices, shortened"), Telling);
            e.Property(x => x.ConfirmedAt).NotPersonal();
            e.Property(x => x.Way).NotPersonal();
            e.Property(x => x.Language).NotPersonal();
            e.Property(x => x.PausedOn).NotPersonal();
            e.Property(x => x.EndedOn).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId }).IsUnique();
        });
        model.Entity<DeadLetter>(e =>
        {
            e.ToTable("DeadLetters");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.MailId).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Day).NotPersonal();
            e.Property(x => x.AddressMasked).HasMaxLength(EmailAddress.MaskedLength).Masked(("邮件没送到的邮箱（遮盖）", "Address a mail didn't reach, shortened"), CameBack);
            e.Property(x => x.Answer).HasMaxLength(OutgoingMail.AnswerLength).FreeText(("邮件服务器的答复", "What the mail server said"), CameBack);
            e.Property(x => x.RefusedOn).NotPersonal();
            e.Property(x => x.RefusedAt).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.ClosedOn).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State });
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId });
        });
        model.Entity<OutgoingMail>(e =>
        {
            e.ToTable("OutgoingMails");
            e.HasKey(x => new { x.JurisdictionId, x.Id });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Cause).HasMaxLength(OutgoingMail.CauseLength).NotPersonal();
            e.Property(x => x.Day).NotPersonal();
            e.Property(x => x.LeafIndex).NotPersonal();
            e.Property(x => x.CodeId).NotPersonal();
            e.Property(x => x.ToSealed).Sealed(("不再用的邮箱", "Address that is no longer used"), OnItsWay);
            e.Property(x => x.Language).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.DueAt).NotPersonal();
            e.Property(x => x.NotBefore).NotPersonal();
            e.Property(x => x.Attempts).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.LeaseBy).NotPersonal();
            e.Property(x => x.LeaseUntil).NotPersonal();
            e.Property(x => x.SettledAt).NotPersonal();
            e.Property(x => x.Answer).HasMaxLength(OutgoingMail.AnswerLength).FreeText(("邮件服务器的答复", "What the mail server said"), OnItsWay);
            // What keeps anybody from being written to twice for one cause.
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId, x.Cause }).IsUnique();
            e.HasIndex(x => new { x.State, x.NotBefore });
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<MailCode>(e =>
        {
            e.ToTable("MailCodes");
            e.HasKey(x => new { x.JurisdictionId, x.Id });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.AddressSealed).Sealed(("待确认的邮箱", "E-mail address to be confirmed"), ForADay);
            e.Property(x => x.AddressMasked).HasMaxLength(EmailAddress.MaskedLength).Masked(("待确认的邮箱（遮盖）", "E-mail address to be confirmed, shortened"), ForADay);
            e.Property(x => x.AddressIndex).BlindIndex(("待确认邮箱的查找值", "What an address to be confirmed is counted by"), ForADay);
            e.Property(x => x.Language).NotPersonal();
            e.Property(x => x.CreatedAt).NotPersonal();
            e.Property(x => x.Tries).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.Used).IsConcurrencyToken().NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId, x.CreatedAt });
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
