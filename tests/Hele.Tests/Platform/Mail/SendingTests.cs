using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Durability;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace Hele.Tests.Platform.Mail;

/// <summary>Notices by mail against a real server: what arrives, how often, and what becomes of what isn't taken.</summary>
[Trait("Needs", "smtp")]
public class SendingTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Digest_ArrivesOnce_InTheMorning_AndSaysNoMoreThanItMay(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        await hele.GiveEmail(liu, "Liu@hele.test");
        await hele.GiveEmail(chen, "chen@hele.test", language: MailLanguage.English);
        await hele.Answered(liu);
        await hele.Answered(liu, "井盖坏了");
        await hele.Answered(chen, "树枝挡窗");
        Assert.Equal(2, (await hele.Outbox()).Count);
        hele.MoveToMorning(MailSteps.Friday.AddDays(1), 7, 59);
        Assert.Equal(0, await hele.Send());
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(2, await hele.Send());
        Assert.Equal(0, await hele.Send());

        var mails = await server.Mails(2);
        Assert.Equal(2, mails.Count);
        var mail = Assert.Single(mails, m => MailServer.To(m) == "Liu@hele.test");
        Assert.Equal("河西社区：10月30日有4条通知", mail.Subject);
        Assert.Equal(("河西社区（和乐）", "notices@hele.test"), (Assert.IsType<MailboxAddress>(mail.From[0]).Name, ((MailboxAddress)mail.From[0]).Address));
        Assert.Equal($"{(await hele.Outbox()).Single(m => m.PersonId == liu.PersonId).Id:N}.{TestInstallation.Hexi}@hele.test", mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Matches("^<https://hele.test/mail/stop\\?t=[A-Za-z0-9_-]+>$", mail.Headers["List-Unsubscribe"]);
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 8, 0, 0, TimeSpan.FromHours(8)), mail.Date);
        // On the wire every header is ASCII, whatever the words.
        Assert.All(mail.Headers, h => Assert.All(h.RawValue, b => Assert.InRange(b, (byte)9, (byte)126)));
        foreach (var text in new[] { mail.TextBody, mail.HtmlBody })
        {
            Assert.Contains("有了答复，请您评价（2条）", text);
            Assert.Contains("已受理，开始办理（2条）", text);
            Assert.Contains("https://hele.test/notices", text);
            // Neither what it is about, nor who, nor a way in.
            foreach (var hidden in new[] { "灯", "井盖", "刘", "大勇", "周丽华", "12号院" })
                Assert.DoesNotContain(hidden, text);
            Assert.DoesNotContain("/appeals/", text);
        }

        var english = Assert.Single(mails, m => MailServer.To(m) == "chen@hele.test");
        Assert.Equal("Hexi Community: 2 notices of 30 October", english.Subject);
        Assert.Contains("It was answered; please judge the answer", english.TextBody);
        Assert.DoesNotContain(english.TextBody + english.HtmlBody, c => c >= 0x2E80);
        Assert.All(await hele.Outbox(), m => Assert.Equal((MailState.Sent, 1), (m.State, m.Attempts)));

        // The next day nothing happened: no mail says so.
        hele.MoveToMorning(MailSteps.Friday.AddDays(2));
        Assert.Equal(0, await hele.Send());
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Unconfirmed_GetsItsCode_AndNothingElse(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        await hele.Answered(liu);
        Assert.Equal(1, await hele.Send());
        var mail = Assert.Single(await server.Mails(1));
        Assert.Equal("河西社区：请确认这个邮箱", mail.Subject);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(0, await hele.Send());
        Assert.Single(await server.Mails());

        // What the mail brings works: the digits, and in a second mail the link. Nobody else can use either.
        var digits = Regex.Match(mail.TextBody!, "^[0-9]{6}", RegexOptions.Multiline).Value;
        Assert.Equal("email.wrong-code", (await Confirm(hele, liu, digits)).Problems.Single().Code);
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        Assert.Equal(1, await hele.Send());
        mail = (await server.Mails(2)).Single(m => m.Headers[HeaderId.MessageId] != mail.Headers[HeaderId.MessageId]);
        digits = Regex.Match(mail.TextBody!, "^[0-9]{6}", RegexOptions.Multiline).Value;
        Assert.Equal("email.wrong-code", (await Confirm(hele, chen, digits)).Problems.Single().Code);
        var link = Uri.UnescapeDataString(MailSteps.LinkTo(mail.TextBody!, "/notices/email/confirm").Split("?t=")[1]);
        Assert.Equal("email.link-over", (await ByLink(hele, chen, link)).Problems.Single().Code);
        Assert.Equal("email.link-over", (await ByLink(hele, liu, link[..^2] + "AA")).Problems.Single().Code);
        Assert.True((await ByLink(hele, liu, link)).Accepted);
        Assert.Equal("email.link-over", (await ByLink(hele, liu, link)).Problems.Single().Code);
        Assert.Equal("email.wrong-code", (await Confirm(hele, liu, digits)).Problems.Single().Code);
        Assert.Equal("l***@hele.test", (await hele.EmailOf(liu)).AddressMasked);
        // What happened before isn't told afterwards; what happens now is.
        Assert.DoesNotContain(await hele.Outbox(), m => m.Kind == MailKind.Digest);
        await hele.Answered(liu, "井盖坏了");
        Assert.Single(await hele.Outbox(), m => m.Kind == MailKind.Digest);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refused_IsADeadLetterAtOnce_OthersGo_AndItIsDealtWith(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var (liu, chen, sun) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Sun));
        await hele.GiveEmail(liu, "liu@hele.test", EmailWay.UrgentToo);
        await hele.GiveEmail(chen, "chen@hele.test");
        await hele.Answered(liu);
        await hele.Answered(chen, "井盖坏了");
        server.Refuse("liu");
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(1, await hele.Send());
        Assert.Equal("chen@hele.test", MailServer.To(Assert.Single(await server.Mails(1))));
        var letter = Assert.Single(await hele.DeadLetters());
        Assert.Equal((DeadLetterState.Standing, "l***@hele.test", "550 5.1.1 <***>: no such mailbox"), (letter.State, letter.AddressMasked, letter.Answer));
        // It stands in the administrator's day and nobody else's, and the person sees that their mails don't arrive.
        Assert.Single(await Day(hele, sun));
        Assert.Empty(await Day(hele, await hele.Viewer(TestPeople.Ma)));
        Assert.Empty(await Day(hele, await hele.Viewer(TestPeople.Sun, TestInstallation.Other)));
        Assert.Equal(MailSteps.Friday.AddDays(1), (await Own(hele, liu)).CameBackOn);
        Assert.Null((await Own(hele, chen)).CameBackOn);

        // Further ones of theirs wait behind it: a second letter every day helps nobody.
        await hele.Answered(liu, "树枝挡窗");
        hele.MoveToMorning(MailSteps.Friday.AddDays(2));
        Assert.Equal(0, await hele.Send());
        Assert.Single(await hele.DeadLetters());
        Assert.Equal("mail.not-found", (await Retry(hele, await hele.Viewer(TestPeople.Ma), letter.PublicCode)).Problems.Single().Code);
        server.Refuse("liu", on: false);
        Assert.True((await Retry(hele, sun, letter.PublicCode)).Accepted);
        Assert.Equal("mail.not-now", (await Retry(hele, sun, letter.PublicCode)).Problems.Single().Code);
        Assert.Empty(await Day(hele, sun));
        Assert.Equal(2, await hele.Send());
        var mails = (await server.Mails(3)).Where(m => MailServer.To(m) == "liu@hele.test").ToList();
        Assert.Equal(2, mails.Select(m => m.MessageId).Distinct().Count());
        Assert.Contains(mails, m => m.MessageId!.StartsWith(letter.MailId.ToString("N"), StringComparison.Ordinal));

        // Given up, nothing goes there until its owner confirms one again.
        await hele.Answered(liu, "垃圾没清");
        server.Refuse("liu");
        hele.MoveToMorning(MailSteps.Friday.AddDays(3));
        Assert.Equal(0, await hele.Send());
        var second = (await hele.DeadLetters()).Single(l => l.State == DeadLetterState.Standing);
        Assert.True((await hele.Get<GiveUpMail>().Run(sun, sun.Act(MailAccess.Keep, Guid.NewGuid()), new(second.PublicCode))).Accepted);
        await hele.Answered(liu, "路灯不亮");
        Assert.DoesNotContain(await hele.Outbox(), m => m.State == MailState.Waiting);
        Assert.True((await Own(hele, liu)).Paused);
        server.Refuse("liu", on: false);
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(2));
        await hele.GiveEmail(liu, "liu@hele.test");
        Assert.Null((await Own(hele, liu)).CameBackOn);
        await hele.Answered(liu, "门禁坏了");
        Assert.Single(await hele.Outbox(), m => m.State == MailState.Waiting);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Greylisted_ArrivesLater_Once(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.GiveEmail(chen, "chen@hele.test");
        await hele.Answered(liu);
        await hele.Answered(chen, "井盖坏了");
        server.PutOff("liu");
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(1, await hele.Send());
        Assert.Equal(0, await hele.Send());
        var row = (await hele.Outbox()).Single(m => m.PersonId == liu.PersonId);
        Assert.Equal((MailState.Waiting, 1, "451 4.7.1 <***>: greylisted, try again later"), (row.State, row.Attempts, row.Answer));
        server.PutOff("liu", on: false);
        hele.Clock.MoveTo(row.NotBefore.AddSeconds(-1));
        Assert.Equal(0, await hele.Send());
        hele.Clock.MoveTo(row.NotBefore);
        Assert.Equal(1, await hele.Send());
        Assert.Equal(0, await hele.Send());
        Assert.Single(await server.Mails(2), m => MailServer.To(m) == "liu@hele.test");
        Assert.Empty(await hele.DeadLetters());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ServerAway_AllWait_AndOnlyAfterDaysAreDead(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.GiveEmail(chen, "chen@hele.test");
        await hele.Answered(liu);
        server.Stop();
        foreach (var days in new[] { 1, 2, 5 })
        {
            hele.MoveToMorning(MailSteps.Friday.AddDays(days), 9);
            Assert.Equal(0, await hele.Send());
            Assert.Equal((MailState.Waiting, 0), ((await hele.Outbox()).Single().State, (await hele.Outbox()).Single().Attempts));
        }
        Assert.Equal("连不上邮件服务器", hele.Get<MailSender>().Trouble?.Reason.Zh);
        Assert.Equal(China.At(MailSteps.Friday.AddDays(1), new TimeOnly(9, 0)), hele.Get<MailSender>().Trouble?.Since);
        server.Run();
        Assert.Equal(1, await hele.Send());
        Assert.Null(hele.Get<MailSender>().Trouble);
        Assert.Single(await server.Mails(1));

        // Due on the fifth, tried through the tenth.
        await hele.Answered(chen, "井盖坏了");
        server.Stop();
        hele.MoveToMorning(MailSteps.Friday.AddDays(11), 9);
        Assert.Equal(0, await hele.Send());
        Assert.Empty(await hele.DeadLetters());
        hele.MoveToMorning(MailSteps.Friday.AddDays(12), 9);
        Assert.Equal(0, await hele.Send());
        var letter = Assert.Single(await hele.DeadLetters());
        Assert.Equal((null, "c***@hele.test", chen.PersonId), (letter.Answer, letter.AddressMasked, letter.PersonId));
    }

    [Fact]
    public async Task SenderThatIsntWelcome_IsTheOperatorsTrouble_AndNobodysDeadLetter()
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite, mail: server.Description());
        var liu = await hele.Viewer(TestPeople.Liu);
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.Answered(liu);
        server.RefuseSenders();
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(0, await hele.Send());
        Assert.Equal("邮件服务器不让用这个发件地址发信", hele.Get<MailSender>().Trouble?.Reason.Zh);
        Assert.Empty(await hele.DeadLetters());
        server.RefuseSenders(on: false);
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        Assert.Equal(1, await hele.Send());
    }

    [Fact]
    public async Task StartTls_NeedsACertificateThatIsRight_AndSignsInUnderIt()
    {
        using var server = MailServer.Start(host: "localhost", signIn: true);
        // Whoever the machine doesn't believe; the right authority, another name; the right one, a wrong password; no TLS offered where it is asked for.
        using var plain = MailServer.Start();
        foreach (var (file, reason) in new[]
        {
            (server.Description("starttls", "localhost", ca: false, signIn: true), "邮件服务器的证书不可信，没有发送"),
            (server.Description("starttls", "127.0.0.1", ca: true, signIn: true), "邮件服务器的证书不可信，没有发送"),
            (server.Description("starttls", "localhost", ca: true, signIn: true, password: "wrong"), "邮件服务器不认可用户名和密码"),
            (plain.Description("starttls", "127.0.0.1"), "邮件服务器不支持所要求的加密或登录方式，没有发送"),
            (server.Description("starttls", "localhost", ca: true, signIn: true), ""),
        })
        {
            // Whoever sets it up is told the same beforehand.
            var check = await Cli.CommandLine.Say("zh", "mail", "check", "--smtp", file);
            Assert.Equal((reason.Length == 0 ? 0 : 1, true), (check.Code, (check.Output + check.Error).Contains(reason.Length == 0 ? "用户名 hele 和密码得到认可" : reason, StringComparison.Ordinal)));
            Assert.Equal(reason.Length == 0, check.Output.Contains("连接已加密（Tls1", StringComparison.Ordinal));
            await using var hele = await TestInstallation.Create(TestDatabase.Sqlite, mail: file);
            var liu = await hele.Viewer(TestPeople.Liu);
            Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
            Assert.Equal(reason.Length == 0 ? 1 : 0, await hele.Send());
            Assert.Equal(reason.Length == 0 ? null : reason, hele.Get<MailSender>().Trouble?.Reason.Zh);
            Assert.Equal(reason.Length == 0 ? MailState.Sent : MailState.Waiting, (await hele.Outbox()).Single().State);
        }
        var open = await Cli.CommandLine.Say("en", "mail", "check", "--smtp", plain.Description());
        Assert.Equal(0, open.Code);
        Assert.Contains("Nobody signed in, and the server doesn't ask for it", open.Output);
        Assert.Equal(3, (await Cli.CommandLine.Say("en", "mail", "check", "--smtp", "/no/such.json")).Code);
        // The one mail is the installation's: a check sends none.
        var mail = Assert.Single(await server.Mails(1));
        Assert.Contains("TLS1", mail.Headers["Received"]);
        Assert.Empty(await plain.Mails());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Urgent_ComesAtOnce_AndNotAgainInTheMorning(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(kind, mail: server.Description());
        var liu = await hele.Viewer(TestPeople.Liu);
        await hele.GiveEmail(liu, "liu@hele.test", EmailWay.UrgentToo);
        // An urgent notice, and one that can wait.
        await hele.Urgent(liu);
        Assert.Equal(1, await hele.Send());
        Assert.Equal("河西社区：有一件急事的回应", Assert.Single(await server.Mails(1)).Subject);
        await hele.Answered(liu, "井盖坏了");
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        Assert.Equal(1, await hele.Send());
        var digest = (await server.Mails(2)).Single(m => m.Subject!.Contains("条通知", StringComparison.Ordinal));
        Assert.DoesNotContain("社区先回了话", digest.TextBody);
        Assert.Contains("有了答复", digest.TextBody);

        // Put off until the morning's mail has told of it, it has nothing new to say.
        server.PutOff("liu");
        await hele.Urgent(liu);
        Assert.Equal(0, await hele.Send());
        hele.MoveToMorning(MailSteps.Friday.AddDays(2));
        server.PutOff("liu", on: false);
        await hele.Database.Operate(async db => (await db.Set<OutgoingMail>().AsTracking().SingleAsync(m => m.Kind == MailKind.Urgent && m.State == MailState.Waiting)).NotBefore = hele.Clock.Now().AddMinutes(1), TestInstallation.Hexi);
        Assert.Equal(1, await hele.Send());
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        Assert.Equal(0, await hele.Send());
        Assert.Equal(3, (await server.Mails(3)).Count);
        Assert.Contains(await hele.Outbox(), m => m is { Kind: MailKind.Urgent, State: MailState.Stopped });
    }

    [Fact]
    public async Task Stopped_WhileAMailIsHandedOver_FinishesThatOne_AndBeginsNoOther()
    {
        using var server = MailServer.Start();
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite, mail: server.Description());
        await Days(hele, 1);
        server.BeSlow();
        using var stop = new CancellationTokenSource();
        var sending = hele.Get<MailSender>().SendDue(stop.Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!server.IsThinking)
            await Task.Delay(20, limit.Token);
        await stop.CancelAsync();
        Assert.Equal(1, await sending);
        Assert.Equal([MailState.Sent, MailState.Waiting], (await hele.Outbox()).Select(m => m.State).OrderDescending());
        Assert.Single(await server.Mails(1));
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task TwoSenders_OnOneDatabase_SendEachMailOnce()
    {
        using var server = MailServer.Start();
        var file = server.Description();
        await using var one = await TestInstallation.Create(TestDatabase.Postgres, mail: file);
        var people = await Days(one, 5);
        await using var two = TestInstallation.Open(one.Options, TestDatabase.Postgres, one.Clock.Now(), mail: file);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? one : two).Send()));
        await Task.WhenAll(one.Send(), two.Send());
        var mails = await server.Mails(people * 5);
        Assert.Equal((people * 5, people * 5), (mails.Count, mails.Select(m => m.MessageId).Distinct().Count()));
        Assert.All(await one.Outbox(), m => Assert.Equal((MailState.Sent, 1), (m.State, m.Attempts)));
        // Both had a hand in it, or the test shows little.
        Assert.Equal(0, await two.Send());
        await two.Stop();
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task SenderThatDied_IsSucceededByTheOtherWhenItsLeaseIsOver()
    {
        using var server = MailServer.Start();
        var file = server.Description();
        await using var one = await TestInstallation.Create(TestDatabase.Postgres, mail: file);
        var people = await Days(one, 1);
        await one.Database.Operate(async db =>
        {
            var row = await db.Set<OutgoingMail>().AsTracking().OrderBy(m => m.Id).FirstAsync();
            (row.State, row.LeaseBy, row.LeaseUntil, row.Attempts) = (MailState.Sending, Guid.NewGuid(), one.Clock.Now() + MailSender.Lease, 1);
        }, TestInstallation.Hexi);
        Assert.Equal(people - 1, await one.Send());
        one.Clock.MoveTo(one.Clock.Now() + MailSender.Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await one.Send());
        one.Clock.MoveTo(one.Clock.Now().AddSeconds(1));
        Assert.Equal(1, await one.Send());
        Assert.Equal(people, (await server.Mails(people)).Select(m => m.MessageId).Distinct().Count());
    }

    /// <summary>Kill in the middle of sending, several times: each arrives, and what arrives twice is known to be the same by its Message-ID.</summary>
    [Fact]
    public async Task KilledWhileSending_EachArrives_AndTwiceOnlyAsTheSame()
    {
        using var server = MailServer.Start();
        var file = server.Description();
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        var then = China.At(China.DateIn(DateTimeOffset.UtcNow).AddDays(-5), new TimeOnly(9, 0));
        await RealPlace.SetUp(options, TestDatabase.Sqlite, then, TestPeople.Zhou, TestPeople.Chen);
        var hele = TestInstallation.Open(options, TestDatabase.Sqlite, then.AddMinutes(1), mail: file);
        var count = 4 * await Days(hele, 4);
        var expected = (await hele.Outbox()).Select(m => $"{m.Id:N}.{m.JurisdictionId}@hele.test").ToHashSet();
        Assert.Equal(count, expected.Count);
        await hele.Stop();
        server.BeSlow();
        string[] arguments = [.. options.Words(), "--smtp", file];
        const int Kills = 3;
        for (var i = 0; i < Kills; i++)
        {
            await using var process = HeleProcess.Launch(arguments);
            await Until(() => server.IsThinking, process);
            process.Kill();
        }
        server.BeSlow(on: false);
        await using (var process = await HeleProcess.Start(arguments))
        {
            await Until(() => Ids(server).IsSupersetOf(expected), process);
            Assert.Equal(0, process.Stop());
        }
        var mails = await server.Mails(count);
        Assert.Equal(expected, [.. mails.Select(m => m.MessageId!)]);
        Assert.InRange(mails.Count, count, count + Kills);
        // The same day to the same person is one Message-ID, however often it came.
        Assert.All(mails.GroupBy(m => (MailServer.To(m), m.Subject)), g => Assert.Single(g.Select(m => m.MessageId).Distinct()));
        await using var after = TestInstallation.Open(options, TestDatabase.Sqlite, DateTimeOffset.UtcNow);
        Assert.All(await after.Outbox(), m => Assert.Equal(MailState.Sent, m.State));
        Assert.True((await after.Get<LogVerification>().Run()).IsGreen);
    }

    private static HashSet<string> Ids(MailServer server) => [.. server.Mails().GetAwaiter().GetResult().Select(m => m.MessageId!)];

    private static async Task Until(Func<bool> holds, HeleProcess process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!holds())
        {
            Assert.True(process.Running, process.Output);
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Several people with several days of notices each, all due.</summary>
    /// <returns>How many people.</returns>
    private static async Task<int> Days(TestInstallation hele, int days)
    {
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.GiveEmail(chen, "chen@hele.test");
        for (var day = 0; day < days; day++)
        {
            foreach (var resident in new[] { liu, chen })
                await hele.Answered(resident, $"{resident.Name}的第{day}件事");
            hele.Clock.MoveTo(hele.Clock.Now().AddDays(1));
        }
        Assert.Equal(2 * days, (await hele.Outbox()).Count);
        return 2;
    }

    private static Task<Outcome> Confirm(TestInstallation hele, Viewer viewer, string digits) => hele.Get<ConfirmEmail>().Run(viewer, viewer.Act(MailAccess.Own, Guid.NewGuid()), new(digits));

    private static Task<Outcome> ByLink(TestInstallation hele, Viewer viewer, string link) => hele.Get<ConfirmEmail>().Run(viewer, viewer.Act(MailAccess.Own, Guid.NewGuid()), new(null, link));

    private static Task<Outcome> Retry(TestInstallation hele, Viewer viewer, string code) => hele.Get<RetryMail>().Run(viewer, viewer.Act(MailAccess.Keep, Guid.NewGuid()), new(code));

    private static Task<OwnEmail> Own(TestInstallation hele, Viewer viewer) => hele.Query<EmailQueries, OwnEmail>(q => q.Own(viewer));

    private static async Task<List<Civic.Platform.DayItem>> Day(TestInstallation hele, Viewer viewer) =>
        [.. (await hele.Query<Civic.Platform.DayQueries, IReadOnlyList<Civic.Platform.DayItem>>(q => q.Of(viewer), viewer.JurisdictionId)).Where(i => i.Record == typeof(DeadLetter))];
}
