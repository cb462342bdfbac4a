using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hele.Tests.Accounts;

/// <summary>What may be chosen under each profile.</summary>
public class PasswordRulesTests
{
    private static readonly SignInProfile Asvs = SignInProfile.Find("asvs"), Mlps3 = SignInProfile.Find("mlps3");

    [Theory]
    [InlineData("梧桐树下的老王爱下象棋", "sign-in.too-short")] // eleven characters
    [InlineData("梧桐树下的老王爱下象棋呀", "")]
    [InlineData("all small letters are fine here", "")]
    [InlineData("a-better-password", "")]
    [InlineData("unbelievable", "sign-in.too-common")]
    [InlineData("Q1W2E3R4T5Y6", "sign-in.too-common")]
    [InlineData("hele-demo-2026", "sign-in.too-easy")]
    [InlineData("heleyuan20261001", "sign-in.too-easy")]
    [InlineData("社区密码社区密码社区密码", "sign-in.too-easy")]
    [InlineData("zhaominzhaomin1990-08-15", "sign-in.too-easy")]
    [InlineData("赵敏赵敏赵敏赵敏2008年8月8日", "sign-in.too-easy")]
    [InlineData("rfvtgbyhnujm", "sign-in.too-easy")]
    [InlineData("zyxwvutsrqponm", "sign-in.too-easy")]
    [InlineData("xixixixixixixixixi", "sign-in.too-easy")]
    [InlineData("1986101519861015", "sign-in.too-easy")]
    public void Asvs_Password_IsTakenOrRefused(string chosen, string problem) =>
        Assert.Equal(problem, string.Join(",", PasswordRules.Check(Asvs, chosen, ["zhao-min", "赵敏"]).Select(p => p.Code)));

    [Theory]
    [InlineData("Wutong-luoye", "")]
    [InlineData("wutong-luoye", "sign-in.too-plain")]
    [InlineData("Wutong-lu", "sign-in.too-short")]
    [InlineData("Wutongluoye7", "")]
    public void Mlps3_Password_NeedsThreeClasses(string chosen, string problem) =>
        Assert.Equal(problem, string.Join(",", PasswordRules.Check(Mlps3, chosen).Select(p => p.Code)));

    [Fact]
    public void Lengths_From64To128_AreTaken()
    {
        string Sentence(int n) => string.Concat(Enumerable.Range(0, n).Select(i => "the brown fox jumps over lazy dogs"[i * 7 % 34]));
        Assert.Empty(PasswordRules.Check(Asvs, Sentence(64)));
        Assert.Empty(PasswordRules.Check(Asvs, Sentence(PasswordRules.MaxLength)));
        Assert.Equal([PasswordRules.TooLong], PasswordRules.Check(Asvs, Sentence(PasswordRules.MaxLength + 1)));
    }

    /// <summary>ASVS 5.0 V6.2.4 asks for the commonest 3000 that are long enough to be chosen.</summary>
    [Fact]
    public void CommonList_HoldsThreeThousandThatEachProfileWouldTakeByLength()
    {
        var all = File.ReadAllLines(ReferenceData.Path("common-passwords.txt"));
        Assert.All(SignInProfile.All, p => Assert.True(all.Count(w => w.Length >= p.MinLength) >= 3000, p.Name));
        Assert.Equal(all.Order(StringComparer.Ordinal).Distinct(), all);
    }

    [Fact]
    public void Profile_ThatIsUnknown_StopsTheStart_AndNoSwitchRelaxesOne()
    {
        StartOptions From(params string[] words) => StartOptions.From(new ConfigurationBuilder().AddCommandLine(words).Build());
        Assert.Contains("asvs, and mlps3", Assert.Throws<StartupException>(() => From("--profile", "weak")).Message);
        Assert.True(From("--profile", "mlps3").Policy(TimeProvider.System) is { DemandsSecondFactor: true, Profile.Name: "mlps3" });
        Assert.True(From("--DemandsSecondFactor", "false", "--second-factor", "no").Policy(TimeProvider.System).DemandsSecondFactor);
        Assert.False(From("--demo", "standard").Policy(TimeProvider.System).DemandsSecondFactor);
        Assert.Contains("--sms", Assert.Throws<StartupException>(() => From("--demo", "standard", "--sms", "x.json")).Message);
        Assert.Contains("--proxies", Assert.Throws<StartupException>(() => From("--proxies", "nowhere")).Message);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Mlps3_OldPasswords_AreNotTakenAgain_AndNinetyDaysAskForAnother(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var policy = SignInPolicy.Real(Mlps3, hele.Clock);
        var passwords = new Passwords(hele.Database, new Attempts(hele.Database, hele.Get<Civic.Platform.Sealing.Seals>(), policy, hele.Clock), policy, hele.Clock);
        var cancel = TestContext.Current.CancellationToken;
        var id = await hele.Read(db => db.Accounts.Where(a => a.SignInName == TestPeople.Chen.SignIn).Select(a => a.Id).SingleAsync());
        string[] chosen = [TestPeople.Password, "Wutong-luoye-1", "Yinxing-huang-2", "Liushu-fayao-3", "Haitang-kaihua-4", "Shiliu-hongle-5"];
        for (var i = 1; i < chosen.Length; i++)
            Assert.Empty(await passwords.Change(id, chosen[i - 1], chosen[i], chosen[i], SignInClient.Nobody, [], cancel));
        // The present one and the four before it; the one before those may come back, if only its own rules allow.
        foreach (var used in chosen[1..5])
            Assert.Equal(["sign-in.not-again"], (await passwords.Change(id, chosen[5], used, used, SignInClient.Nobody, [], cancel)).Select(p => p.Code));
        Assert.Equal(4, await hele.Read(db => db.Set<OldPassword>().CountAsync(o => o.AccountId == id)));
        Assert.False(passwords.MustChange(await passwords.Find(id, cancel)));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(90).AddMinutes(1));
        Assert.True(passwords.MustChange(await passwords.Find(id, cancel)));
        Assert.False(hele.Get<Passwords>().MustChange(await passwords.Find(id, cancel)));
    }
}
