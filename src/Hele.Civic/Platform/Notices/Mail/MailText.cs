using System.Globalization;
using System.Net;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using MimeKit;
using MimeKit.Utils;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>What a mail says: no word of a matter, no name, no link that signs anybody in. Sentences are those by which modules tell of their events.</summary>
/// <param name="Lines">What happened, and how often.</param>
/// <param name="Further">How many more there are of which a mail says nothing.</param>
internal sealed record MailBody(IReadOnlyList<(Bilingual Sentence, int Count)> Lines, int Further)
{
    public int Count => Lines.Sum(l => l.Count) + Further;
}

/// <summary>Writes mails: the same text plain and as simple HTML, in their reader's language.</summary>
internal static class MailText
{
    public const string NoticesPath = "/notices", ChoicesPath = "/notices/email", ConfirmPath = "/notices/email/confirm", StopPath = "/mail/stop";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="stop">The link that stops further ones; null for a mail that isn't one of many.</param>
    public static MimeMessage Of(SmtpServer server, Jurisdiction place, OutgoingMail mail, MailLanguage language, string to, IReadOnlyList<Paragraph> paragraphs, string subject, string? stop, DateTimeOffset at)
    {
        var tag = language == MailLanguage.English ? "en" : "zh";
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}.{mail.JurisdictionId}@{server.Domain}",
            Date = China.TimeIn(at),
            Subject = subject,
        };
        message.From.Add(new MailboxAddress(Encoding.UTF8, new Bilingual($"{place.Name}（和乐）", $"{place.NameEn} (Hele)").In(tag), server.From));
        message.To.Add(new MailboxAddress(Encoding.UTF8, "", to));
        // RFC 3834: no out-of-office answer to a program.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", tag);
        if (stop is not null)
        {
            // RFC 2369 and, for one click without opening a page, RFC 8058.
            message.Headers.Add("List-Unsubscribe", $"<{stop}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Body = new MultipartAlternative
        {
            new TextPart("plain") { Text = string.Join("\r\n\r\n", paragraphs.Select(p => p.Plain)) + "\r\n" },
            new TextPart("html") { Text = $"<!DOCTYPE html><html lang=\"{tag}\"><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(subject)}</title><body style=\"font:16px/1.6 sans-serif;max-width:36em\">{string.Concat(paragraphs.Select(p => p.Html))}</body></html>\r\n" },
        };
        return message;
    }

    public static (string Subject, List<Paragraph> Paragraphs) Notices(SmtpServer server, Jurisdiction place, OutgoingMail mail, MailLanguage language, MailBody body, string stop)
    {
        var (tag, day) = (language == MailLanguage.English ? "en" : "zh", Day(mail.Day));
        var (here, n) = (new Bilingual(place.Name, place.NameEn), body.Count);
        var subject = mail.Kind == MailKind.Urgent
            ? new Bilingual($"{here.Zh}：有一件急事的回应", $"{here.En}: a response to something urgent")
            : new Bilingual($"{here.Zh}：{day.Zh}有{n}条通知", n == 1 ? $"{here.En}: a notice of {day.En}" : $"{here.En}: {n} notices of {day.En}");
        var first = mail.Kind == MailKind.Urgent
            ? new Bilingual($"{here.Zh}刚刚给您一条通知：", $"{here.En} has just told you something:")
            : new Bilingual($"{day.Zh}，{here.Zh}有{n}条通知给您：", n == 1 ? $"On {day.En} {here.En} had a notice for you:" : $"On {day.En} {here.En} had {n} notices for you:");
        var lines = body.Lines.Select(l => l.Sentence.In(tag) + (l.Count == 1 ? "" : new Bilingual($"（{l.Count}条）", $" ({l.Count})").In(tag))).ToList();
        if (body.Further > 0)
            lines.Add(new Bilingual($"另有{body.Further}条，请打开和乐看", body.Further == 1 ? "one more: please open Hele" : $"{body.Further} more: please open Hele").In(tag));
        return (subject.In(tag),
        [
            Paragraph.Of(new Bilingual("您好！", "Hello,").In(tag)),
            Paragraph.Of(first.In(tag)),
            Paragraph.List(lines),
            Paragraph.Link(new Bilingual("看通知（要登录）：", "See them (after signing in):").In(tag), server.At(NoticesPath)),
            Paragraph.Of(new Bilingual("邮件里不写事情的内容，也没有不用登录就能看的链接。", "Mails say nothing of the matters themselves, and no link in them opens anything without signing in.").In(tag)),
            Paragraph.Link(new Bilingual("不想再收：", "No more of these:").In(tag), stop),
            Paragraph.Link(new Bilingual("换邮箱、改方式：", "Another address, another way:").In(tag), server.At(ChoicesPath)),
        ]);
    }

    public static (string Subject, List<Paragraph> Paragraphs) Code(SmtpServer server, Jurisdiction place, MailLanguage language, string code, string link)
    {
        var tag = language == MailLanguage.English ? "en" : "zh";
        return (new Bilingual($"{place.Name}：请确认这个邮箱", $"{place.NameEn}: please confirm this address").In(tag),
        [
            Paragraph.Of(new Bilingual("您好！", "Hello,").In(tag)),
            Paragraph.Of(new Bilingual($"有人想把{place.Name}的通知发到这个邮箱。如果是您，请在“邮件通知”页面输入这6位数字，1小时内有效：", $"Somebody wants the notices of {place.NameEn} sent to this address. If it was you, type these six digits on the page “Notices by e-mail” within an hour:").In(tag)),
            Paragraph.Strong(code),
            Paragraph.Link(new Bilingual("也可以打开这个链接（要登录）：", "Or open this link (after signing in):").In(tag), link),
            Paragraph.Of(new Bilingual("不是您要的，就不用理会：不确认，什么都不会再发来。请不要把数字告诉任何人。", "If it wasn't you, do nothing: unless it is confirmed, nothing more is sent here. Tell the digits to nobody.").In(tag)),
        ]);
    }

    public static (string Subject, List<Paragraph> Paragraphs) Changed(Jurisdiction place, MailLanguage language, DateTimeOffset at)
    {
        var (tag, day) = (language == MailLanguage.English ? "en" : "zh", Day(China.DateIn(at)));
        return (new Bilingual($"{place.Name}：这个邮箱不再收通知", $"{place.NameEn}: this address gets no more notices").In(tag),
        [
            Paragraph.Of(new Bilingual("您好！", "Hello,").In(tag)),
            Paragraph.Of(new Bilingual($"{day.Zh}起，{place.Name}的通知不再发到这个邮箱：本人换了邮箱，或者移除了它。", $"From {day.En} on the notices of {place.NameEn} no longer go to this address: their owner chose another one, or took it away.").In(tag)),
            Paragraph.Of(new Bilingual("如果不是您改的，请登录和乐改密码，或者到社区服务大厅说一声。", "If it wasn't you, sign in and change your password, or tell the community's service hall.").In(tag)),
        ]);
    }

    private static Bilingual Day(DateOnly day) => ($"{day.Month}月{day.Day}日", day.ToString("d MMMM", English));
}

/// <summary>A part of a mail, plain and as HTML.</summary>
internal sealed record Paragraph(string Plain, string Html)
{
    public static Paragraph Of(string text) => new(text, $"<p>{WebUtility.HtmlEncode(text)}</p>");
    public static Paragraph Strong(string text) => new(text, $"<p style=\"font-size:28px;letter-spacing:4px\"><b>{WebUtility.HtmlEncode(text)}</b></p>");
    public static Paragraph List(IReadOnlyList<string> lines) => new(string.Join("\r\n", lines.Select(l => "- " + l)), $"<ul>{string.Concat(lines.Select(l => $"<li>{WebUtility.HtmlEncode(l)}</li>"))}</ul>");
    public static Paragraph Link(string text, string address) => new($"{text}\r\n{address}", $"<p>{WebUtility.HtmlEncode(text)}<br><a href=\"{WebUtility.HtmlEncode(address)}\">{WebUtility.HtmlEncode(address)}</a></p>");
}
