using System.Text.Json;
using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform.Mail;

/// <summary>How tests give addresses and send mails, each through the real operation.</summary>
internal static class MailSteps
{
    public static readonly DateOnly Friday = new(2026, 10, 30);

    /// <summary>A mail server that isn't there: for what is done before a mail is sent.</summary>
    public static string NoServer(string? json = null, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = Path.Combine(Path.GetTempPath(), $"hele-smtp-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, json ?? JsonSerializer.Serialize(new { host = "127.0.0.1", port = Ports.Free(), security = "none", from = "notices@hele.test", site = "https://hele.test" }));
        File.SetUnixFileMode(file, mode);
        return file;
    }

    public static Task<int> Send(this TestInstallation hele) => hele.Get<MailSender>().SendDue(TestContext.Current.CancellationToken);

    public static Task<Problem?> AskEmail(this TestInstallation hele, Viewer viewer, string address, MailLanguage language = MailLanguage.Chinese) => hele.Get<AskEmail>().Run(viewer, address, consent: true, language);

    /// <summary>The code as it stands in the mail, made the way the program makes it.</summary>
    public static async Task<string> CodeFor(this TestInstallation hele, Viewer viewer) =>
        hele.Get<MailKeys>().Code(await hele.Read(db => db.Set<MailCode>().Where(c => c.PersonId == viewer.PersonId && !c.Used).OrderByDescending(c => c.CreatedAt).FirstAsync(), viewer.JurisdictionId));

    /// <summary>Gives an address and confirms it, without a mail on the way.</summary>
    public static async Task GiveEmail(this TestInstallation hele, Viewer viewer, string address, EmailWay way = EmailWay.Digest, MailLanguage language = MailLanguage.Chinese)
    {
        Assert.Null(await hele.AskEmail(viewer, address, language));
        var outcome = await hele.Get<ConfirmEmail>().Run(viewer, viewer.Act(MailAccess.Own, Guid.NewGuid()), new(await hele.CodeFor(viewer)));
        Assert.True(outcome.Accepted, string.Join(' ', outcome.Problems.Select(p => p.Code)));
        if (way != EmailWay.Digest)
            Assert.True((await hele.Get<ChooseEmail>().Run(viewer, viewer.Act(MailAccess.Own, Guid.NewGuid()), new(way, language))).Accepted);
        // The mail with the code has nothing left to say.
        await hele.Database.Operate(async db => db.RemoveRange(await db.Set<OutgoingMail>().AsTracking().Where(m => m.JurisdictionId == viewer.JurisdictionId && m.PersonId == viewer.PersonId && m.Kind == MailKind.Code).ToListAsync()), viewer.JurisdictionId);
    }

    /// <summary>A matter of theirs is accepted, and answered: two notices of the day.</summary>
    public static async Task<string> Answered(this TestInstallation hele, Viewer resident, string title = "楼道灯不亮")
    {
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var code = await hele.FileAppeal(resident, title);
        Assert.True((await hele.Accept(zhou, code)).Accepted);
        Assert.True((await hele.Answer(zhou, code)).Accepted);
        return code;
    }

    /// <summary>Something urgent is raised, and the community says something at once.</summary>
    public static async Task Urgent(this TestInstallation hele, Viewer resident)
    {
        var zhao = await hele.Viewer(TestPeople.Zhao);
        Assert.True((await hele.Get<RespondAppeal>().Run(zhao, zhao.Act(AppealAccess.Respond, Guid.NewGuid()), new(await hele.FileAppeal(resident, "井盖没了", "safety"), "看到了，马上来人。"))).Accepted);
    }

    public static void MoveToMorning(this TestInstallation hele, DateOnly day, int hour = 8, int minute = 0) => hele.Clock.MoveTo(China.At(day, new TimeOnly(hour, minute)));

    public static Task<List<OutgoingMail>> Outbox(this TestInstallation hele) => hele.Read(db => db.Set<OutgoingMail>().OrderBy(m => m.Id).ToListAsync());

    public static Task<List<DeadLetter>> DeadLetters(this TestInstallation hele) => hele.Read(db => db.Set<DeadLetter>().OrderBy(l => l.RefusedAt).ToListAsync());

    public static Task<PersonEmail> EmailOf(this TestInstallation hele, Viewer viewer) => hele.Read(db => db.Set<PersonEmail>().SingleAsync(e => e.PersonId == viewer.PersonId), viewer.JurisdictionId);

    /// <summary>The first address in a mail that leads to this page.</summary>
    public static string LinkTo(string text, string path) => Regex.Match(text, Regex.Escape("https://hele.test" + path) + @"\S*").Value["https://hele.test".Length..];
}
