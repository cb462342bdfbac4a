using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Cli;

/// <summary>Phones and lost keys, as the operator deals with them.</summary>
public class AdminTests
{
    private static readonly string[] Init = ["init", "--origin", "hele.test", "--code", "999101001001", "--name", "河西社区", "--name-en", "Hexi Community"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Reset_OfSomebodyWhoLostEverything_GivesAOneTimePasswordAndTakesTheRest(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        var cancel = TestContext.Current.CancellationToken;
        await hele.Run(Init);
        var first = PasswordIn((await hele.Run("admin", "create", "--name", "马建军", "--sign-in", "ma-jianjun")).Output);
        string token;
        Guid account;
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            account = await installation.Read(db => db.Accounts.Select(a => a.Id).SingleAsync());
            var secret = Totp.NewSecret();
            var added = await installation.Get<SecondFactors>().AddApp(account, secret, Totp.Code(secret, installation.Clock.GetUtcNow().ToUnixTimeSeconds() / 30), SignInClient.Nobody);
            Assert.Null(added.Problem);
            Assert.Equal(10, added.RecoveryCodes.Count);
            await installation.Database.Operate(db =>
            {
                db.Add(new Passkey { AccountId = account, CredentialId = [1], PublicKey = [2], SignCount = 0, Name = "电脑", CreatedAt = installation.Clock.GetUtcNow() });
                return Task.CompletedTask;
            });
            token = await installation.Get<Civic.Platform.Accounts.Sessions>().Begin(account, SignInMethod.PasswordAndApp, false, "", null);
            Assert.NotNull(await installation.Get<Civic.Platform.Accounts.Sessions>().Find(token, cancel));
        }

        Assert.Equal((1, "There is no such sign-in name."), ((await hele.Run("admin", "reset", "--sign-in", "nobody")).Code, (await hele.Run("admin", "reset", "--sign-in", "nobody")).Error.Trim()));
        var reset = await hele.Run("admin", "reset", "--sign-in", " Ma-Jianjun ");
        Assert.Equal((0, ""), (reset.Code, reset.Error));
        var fresh = PasswordIn(reset.Output);
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            var passwords = installation.Get<Passwords>();
            Assert.Equal(Passwords.Wrong, (await passwords.SignIn("ma-jianjun", first, cancel: cancel)).Problem);
            Assert.True((await passwords.SignIn("ma-jianjun", fresh, cancel: cancel)).Account!.MustChangePassword);
            Assert.False((await installation.Get<SecondFactors>().Of(account, cancel)).HasSecondFactor);
            Assert.Equal(0, await installation.Read(db => db.Set<RecoveryCode>().CountAsync()));
            Assert.Null(await installation.Get<Civic.Platform.Accounts.Sessions>().Find(token, cancel));
            // A fact, and nothing of the password in it.
            Assert.Equal(1, await installation.Read(db => db.Set<JournalRow>().CountAsync(r => r.Kind == ResetSignIn.Reset.Code)));
            installation.Clock.MoveTo(installation.Clock.GetUtcNow().AddDays(7).AddMinutes(1));
            Assert.Equal(Passwords.Wrong, (await passwords.SignIn("ma-jianjun", fresh, cancel: cancel)).Problem);
        }
        Assert.Equal(0, (await hele.Run("verify")).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Create_WithAPhone_LinksItAndShowsItNoMore(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        await hele.Run(Init);
        var alone = await hele.Run("admin", "create", "--name", "刘大勇", "--role", "Resident", "--phone", "+86 100 0000 1234");
        Assert.Equal((0, ""), (alone.Code, alone.Error));
        Assert.DoesNotContain("One-time password", alone.Output);
        Assert.Contains("100****1234", alone.Output);
        Assert.DoesNotContain("00001234", alone.Output);
        var again = await hele.Run("admin", "create", "--name", "刘大勇", "--role", "Resident", "--phone", "10000001234");
        Assert.Equal((1, "This number signs in to somebody else's account; it can't sign in to another."), (again.Code, again.Error.Trim()));
        var shared = await hele.Run("admin", "create", "--name", "陈静", "--role", "Resident", "--sign-in", "chen-jing", "--phone", "10000001234");
        Assert.Equal((0, ""), (shared.Code, shared.Error));
        Assert.Contains("this person signs in by name", shared.Output);
        Assert.Contains("codes to sign in can be sent there", (await hele.Run("admin", "create", "--name", "孙玉梅", "--role", "Resident", "--sign-in", "sun-yumei", "--phone", "10000001235")).Output);
        foreach (var wrong in new string[][] { ["--phone", "10000005678"], ["--role", "Resident"], ["--sign-in", "zhang-san", "--phone", "12"] })
            Assert.Equal(2, (await hele.Run(["admin", "create", "--name", "张三", .. wrong])).Code);
        await using var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow);
        Assert.Equal((null, null), await installation.Read(db => db.Accounts.Where(a => a.SignInName == null).Select(a => new ValueTuple<string?, string?>(a.SignInName, a.PasswordHash)).SingleAsync()));
        Assert.NotNull(await installation.Get<PhoneCodes>().AccountOf("10000001234", TestContext.Current.CancellationToken));
    }

    private static string PasswordIn(string output) => output.Split('\n').Single(l => l.StartsWith("One-time password: ", StringComparison.Ordinal))["One-time password: ".Length..].Trim();
}
