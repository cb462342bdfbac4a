using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hele.Tests.Platform.Mail;

/// <summary>Addresses: whose they are, how long they are kept, and what they are not used for. No mail server is needed for any of it.</summary>
public class EmailTests
{
    [Theory]
    [InlineData("liu@example.cn", "liu@example.cn")]
    [InlineData(" Liu.Da-Yong+hele@Example.CN ", "Liu.Da-Yong+hele@example.cn")]
    [InlineData("\uFF4C\uFF49\uFF55\uFF20example.cn", "liu@example.cn")]
    [InlineData("liu@\u793A\u4F8B.\u4E2D\u56FD", "liu@xn--fsq092h.xn--fiqs8s")]
    [InlineData("liu@example", null)]
    [InlineData("liu@@example.cn", null)]
    [InlineData("liu dayong@example.cn", null)]
    [InlineData("liu@example.cn\r\nBcc: all@example.cn", null)]
    [InlineData("liu@example.cn\n", "liu@example.cn")]
    [InlineData("<liu@example.cn>", null)]
    [InlineData("liu@example.cn,chen@example.cn", null)]
    [InlineData("\"liu\"@example.cn", null)]
    [InlineData("\u5218@example.cn", null)]
    [InlineData(".liu@example.cn", null)]
    [InlineData("liu@[127.0.0.1]", null)]
    [InlineData("liu@-example.cn", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Address_HasOneForm_AndNothingThatEndsALine(string? typed, string? expected) => Assert.Equal(expected, EmailAddress.Normalize(typed));

    [Fact]
    public void Mask_ShowsTheFirstLetterAndTheHost() => Assert.Equal(("l***@example.cn", "a***@b.cn"), (EmailAddress.Mask("liu.dayong@example.cn"), EmailAddress.Mask("a@b.cn")));

    [Theory]
    [InlineData("""{"port":25,"security":"none","from":"a@hele.test","site":"https://hele.test"}""", "host")]
    [InlineData("""{"host":"mail.example","port":0,"security":"tls","from":"a@hele.test","site":"https://hele.test"}""", "port")]
    [InlineData("""{"host":"mail.example","port":25,"security":"none","from":"a@hele.test","site":"https://hele.test"}""", "this machine alone")]
    [InlineData("""{"host":"mail.example","port":25,"security":"ssl","from":"a@hele.test","site":"https://hele.test"}""", "starttls, tls or none")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","user":"a","from":"a@hele.test","site":"https://hele.test"}""", "password")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","from":"Hele","site":"https://hele.test"}""", "from")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","from":"a@hele.test","site":"http://hele.test"}""", "https://")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","from":"a@hele.test","site":"https://hele.test/x"}""", "no path")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","from":"a@hele.test","site":"https://hele.test","ca":"/no/such/file"}""", "/no/such/file")]
    [InlineData("""{"host":"mail.example","port":587,"security":"starttls","from":"a@hele.test","site":"https://hele.test","pasword":"x"}""", "pasword")]
    [InlineData("not json", "--smtp")]
    public void Description_ThatIsWrong_StopsTheStart(string json, string says) => Assert.Contains(says, Assert.Throws<StartupException>(() => SmtpServer.Load(MailSteps.NoServer(json))).Message);

    [Fact]
    public void FileThatOthersCanRead_IsRefused_WithWhatToDo()
    {
        var file = MailSteps.NoServer(mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains($"chmod 600 {file}", Assert.Throws<StartupException>(() => SmtpServer.Load(file)).Message);
        Assert.Contains("--smtp", Assert.Throws<StartupException>(() => SmtpServer.Load("/no/such/file")).Message);
        // The demo's people are invented: nothing is sent to them.
        Assert.Contains("--smtp", Assert.Throws<StartupException>(() => StartOptions.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["demo"] = "standard", ["smtp"] = MailSteps.NoServer() }).Build())).Message);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NotSetUp_NothingIsTaken_AndNothingQueued(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind, mail: MailSteps.NoServer());
        var liu = await hele.Viewer(TestPeople.Liu);
        await hele.GiveEmail(liu, "liu@hele.test");
        var options = hele.Options;
        await hele.Stop();
        await using var without = TestInstallation.Open(options, kind, hele.Clock.Now());
        await without.Answered(liu);
        Assert.Empty(await without.Outbox());
        Assert.Equal("email.not-set-up", (await without.AskEmail(liu, "liu@hele.test"))?.Code);
        Assert.Equal(0, await without.Send());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Code_IsForOneHour_FiveTries_OnePerson(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind, mail: MailSteps.NoServer());
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        Assert.Equal("email.bad", (await hele.AskEmail(liu, "liu"))?.Code);
        Assert.Equal("email.no-consent", (await hele.Get<AskEmail>().Run(liu, "liu@hele.test", consent: false, MailLanguage.Chinese))?.Code);
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        Assert.Equal("email.too-many", (await hele.AskEmail(liu, "other@hele.test"))?.Code);
        // Nor may somebody else have the same mailbox filled.
        Assert.Equal("email.too-many", (await hele.AskEmail(chen, "LIU@hele.test"))?.Code);
        var code = await hele.CodeFor(liu);
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < AskEmail.Tries; i++)
            Assert.Equal("email.wrong-code", (await Confirm(hele, liu, wrong)).Problems.Single().Code);
        Assert.Equal("email.wrong-code", (await Confirm(hele, liu, code)).Problems.Single().Code);

        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        code = await hele.CodeFor(liu);
        hele.Clock.MoveTo(hele.Clock.Now() + AskEmail.Lasts);
        Assert.Equal("email.wrong-code", (await Confirm(hele, liu, code)).Problems.Single().Code);
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        Assert.True((await Confirm(hele, liu, $" {await hele.CodeFor(liu)} ")).Accepted);
        Assert.Equal(["email.confirmed"], await Events(hele, liu));
        // No row holds the address readable, nor the code.
        var sealedBytes = await hele.Read(async db => (await db.Set<PersonEmail>().SingleAsync()).AddressSealed!);
        Assert.DoesNotContain("liu@", System.Text.Encoding.UTF8.GetString(sealedBytes));
        hele.Clock.MoveTo(hele.Clock.Now().AddDays(2));
        await hele.Get<MailSender>().Sweep(TestInstallation.Hexi);
        Assert.False(await hele.Read(db => db.Set<MailCode>().AnyAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ChangedAndRemoved_TheOldAddressIsTold_AndTheAddressIsGone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind, mail: MailSteps.NoServer());
        var liu = await hele.Viewer(TestPeople.Liu);
        await hele.GiveEmail(liu, "liu@hele.test");
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        // The same one again tells nobody.
        await hele.GiveEmail(liu, "liu@hele.test", language: MailLanguage.English);
        Assert.Empty(await hele.Outbox());
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        await hele.GiveEmail(liu, "dayong@hele.test");
        Assert.Equal("d***@hele.test", (await hele.EmailOf(liu)).AddressMasked);
        Assert.Equal((MailKind.Changed, MailLanguage.English, MailState.Waiting), (await hele.Outbox()).Select(m => (m.Kind, m.Language, m.State)).Single());
        Assert.True((await hele.Get<RemoveEmail>().Run(liu, liu.Act(MailAccess.Own, Guid.NewGuid()))).Accepted);
        Assert.Equal(2, (await hele.Outbox()).Count(m => m.Kind == MailKind.Changed));
        var email = await hele.EmailOf(liu);
        Assert.Equal((null, null, null), (email.AddressSealed, email.AddressMasked, email.ConfirmedAt));
        Assert.Equal("email.none", (await hele.Get<RemoveEmail>().Run(liu, liu.Act(MailAccess.Own, Guid.NewGuid()))).Problems.Single().Code);
        await hele.Answered(liu);
        Assert.DoesNotContain(await hele.Outbox(), m => m.Kind == MailKind.Digest);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
        // And given once more, it is there again.
        hele.Clock.MoveTo(hele.Clock.Now().AddMinutes(1));
        await hele.GiveEmail(liu, "liu@hele.test");
        Assert.True((await hele.EmailOf(liu)).IsThere);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_StopsMails_CorrectionBringsThemBack_ErasureTakesAllAlong(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind, mail: MailSteps.NoServer());
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.Answered(liu);
        var person = await hele.PersonCode(TestPeople.Liu);
        Assert.True((await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(person, hele.Today))).Accepted);
        Assert.Equal(hele.Today, (await hele.EmailOf(liu)).EndedOn);
        Assert.True((await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(person, null, Back: true))).Accepted);
        Assert.Null((await hele.EmailOf(liu)).EndedOn);
        Assert.Equal(["email.confirmed", "email.ended", "email.resumed"], await Events(hele, liu));

        // Kept for the thirty days of the rule, then it goes by itself.
        Assert.True((await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(person, hele.Today))).Accepted);
        var left = hele.Today;
        hele.MoveToMorning(left.AddDays(30));
        await hele.Get<Civic.Platform.Sealing.PurgeExpired>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.True((await hele.EmailOf(liu)).IsThere);
        hele.MoveToMorning(left.AddDays(31));
        await hele.Get<Civic.Platform.Sealing.PurgeExpired>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.False((await hele.EmailOf(liu)).IsThere);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        // A death stops them in the act that enters it; that it was somebody else brings them back.
        var chen = await hele.Viewer(TestPeople.Chen);
        await hele.GiveEmail(chen, "chen@hele.test");
        var dead = await hele.PersonCode(TestPeople.Chen);
        Assert.True((await hele.Get<RecordDeath>().Run(zhou, zhou.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(dead, hele.Today, DeathSource.Family, "女儿"))).Accepted);
        Assert.NotNull((await hele.EmailOf(chen)).EndedOn);
        Assert.True((await hele.Get<CorrectDeath>().Run(zhou, zhou.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(dead, Lives: true, null, "登记错了人"))).Accepted);
        Assert.Null((await hele.EmailOf(chen)).EndedOn);
        await hele.Answered(chen, "井盖坏了");
        Assert.True((await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(await hele.PersonCode(TestPeople.Chen)))).Accepted);
        Assert.False((await hele.EmailOf(chen)).IsThere);
        Assert.DoesNotContain(await hele.Outbox(), m => m.PersonId == chen.PersonId);
        Assert.False(await hele.Read(db => db.Set<MailCode>().AnyAsync(c => c.PersonId == chen.PersonId)));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LinkInAMail_StopsMails_AndCanDoNothingElse(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind, mail: MailSteps.NoServer());
        var (liu, other) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        await hele.GiveEmail(liu, "liu@hele.test", EmailWay.UrgentToo);
        await hele.GiveEmail(other, "liu2@hele.test");
        var link = hele.Get<MailKeys>().Stop(await hele.EmailOf(liu));
        var stop = hele.Get<StopEmail>();
        foreach (var wrong in new[] { null, "", "x", link[..^2] + "AA", link + "A", new string('A', link.Length) })
        {
            Assert.Null(stop.PlaceOf(wrong));
            Assert.False((await Stop(wrong)).Accepted);
        }
        Assert.False((await Stop(link, TestInstallation.Other)).Accepted);
        Assert.Equal(EmailWay.UrgentToo, (await hele.EmailOf(liu)).Way);
        Assert.Equal("email.link-over", (await hele.Get<ConfirmEmail>().Run(liu, liu.Act(MailAccess.Own, Guid.NewGuid()), new(null, link))).Problems.Single().Code);
        Assert.All(await Task.WhenAll(Stop(link), Stop(link)), o => Assert.True(o.Accepted));
        Assert.True((await Stop(link)).Accepted);
        Assert.Equal((EmailWay.Off, EmailWay.Digest), ((await hele.EmailOf(liu)).Way, (await hele.EmailOf(other)).Way));
        Assert.Equal(1, (await Events(hele, liu)).Count(e => e == "email.stopped"));
        await hele.Answered(liu);
        Assert.Empty(await hele.Outbox());
        // Their word at a page holds again.
        Assert.True((await hele.Get<ChooseEmail>().Run(liu, liu.Act(MailAccess.Own, Guid.NewGuid()), new(EmailWay.Digest, MailLanguage.Chinese))).Accepted);
        await hele.Answered(liu, "井盖坏了");
        Assert.Single(await hele.Outbox());
        Assert.Equal("email.no-way", (await hele.Get<ChooseEmail>().Run(liu, liu.Act(MailAccess.Own, Guid.NewGuid()), new((EmailWay)9, MailLanguage.Chinese))).Problems.Single().Code);

        Task<Outcome> Stop(string? link, int place = TestInstallation.Hexi) => stop.Run(Act.Unnamed(Guid.NewGuid(), place), new(link), TestContext.Current.CancellationToken);
    }

    private static Task<Outcome> Confirm(TestInstallation hele, Viewer viewer, string digits) => hele.Get<ConfirmEmail>().Run(viewer, viewer.Act(MailAccess.Own, Guid.NewGuid()), new(digits));

    private static Task<List<string>> Events(TestInstallation hele, Viewer viewer) => hele.Read(async db =>
    {
        var id = await db.Set<PersonEmail>().Where(e => e.PersonId == viewer.PersonId).Select(e => e.Id).SingleAsync();
        return await db.Set<JournalRow>().Where(j => j.RowTable == "PersonEmails" && j.RowId == id).OrderBy(j => j.LeafIndex).Select(j => j.Kind).ToListAsync();
    }, viewer.JurisdictionId);
}
