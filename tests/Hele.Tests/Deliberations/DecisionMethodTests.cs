using Hele.Civic.Deliberations;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Deliberations;

/// <summary>By which method a community decides: the law's everywhere, Henan's in Henan, and what a community adopted from its day on.</summary>
public class DecisionMethodTests
{
    private const string Henan = "solicit-deliberate-disclose", Law = "statutory", Village = "four-deliberations-two-disclosures";

    [Theory]
    [InlineData("410305001001", "2026-03-01", Henan)]
    [InlineData("410305001001", "2025-12-31", Henan)]
    [InlineData("999101001001", "2026-01-01", Law)]
    [InlineData("310101002003", "2026-11-01", Law)]
    [InlineData("999101001001", "2025-12-31", null)]
    public void Default_InAPlaceOnADay_IsThePlacesOwnElseTheLaws(string place, string day, string? method) =>
        Assert.Equal(method, DecisionMethods.Default(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), place)?.Code);

    [Fact]
    public void HenansMethod_IsSolicited_DeliberatedThreeTimes_DisclosedTwice()
    {
        var method = DecisionMethods.All.Single(m => m.Code == Henan);
        Assert.Equal("41", method.Place);
        Assert.NotEqual(SourceStatus.Read, method.SourceStatus);
        Assert.Equal(["征求意见", "提议", "商议", "决议", "决议公开", "实施情况公开"], method.Steps.Select(s => s.Title.Zh));
        Assert.Equal(["decision.solicit", null, "decision.deliberate.reply", "resident.meeting.notice", "affairs.disclosure.min", "affairs.disclosure.min"], method.Steps.Select(s => s.Rule));
        Assert.All(DecisionMethods.All, m => Assert.Equal(["disclose-resolution", "disclose-result"], m.Steps.TakeLast(2).Select(s => s.Code)));
    }

    [Theory]
    [InlineData("a,s,z,e,w,w,r,r,no.such.rule", "rule")]
    [InlineData("b,s,z,e,w,w,r,r,", "a method b")]
    [InlineData("a,s,z,e,w,w,r,r,\na,s,z,e,w,w,r,r,", "a step twice")]
    [InlineData("", "has no steps")]
    public void Read_StepsThatDontFit_SayWhich(string steps, string word)
    {
        var methods = Rows("code,zh,en,says,says_en,default,source,source_en,source_status,from,to,place\na,z,e,z,e,yes,z,e,read,,,");
        Assert.Contains(word, Assert.Throws<FormatException>(() => DecisionMethods.Read(methods, Rows("method,code,zh,en,who,who_en,record,record_en,rule\n" + steps))).Message, StringComparison.Ordinal);

        static IReadOnlyList<CsvRow> Rows(string text) => Csv.Rows(new StringReader(text));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_FromADay_IsFollowedFromThen_HereOnly(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var tomorrow = hele.Today.AddDays(1);
        async Task<Outcome> Adopt(Viewer who, string? method, DateOnly? from, string? citation) =>
            await hele.Get<AdoptMethod>().Run(who, who.Act(AdoptMethod.Permission, Guid.NewGuid()), new(method, from, citation));

        Assert.Equal(["decision-method.not-yet", "decision-method.citation-missing"], (await Adopt(ma, Henan, hele.Today, " ")).Problems.Select(p => p.Code));
        Assert.Equal(["decision-method.missing"], (await Adopt(ma, "no-such", tomorrow, "会议")).Problems.Select(p => p.Code));
        Assert.Equal(["decision-method.missing"], (await Adopt(ma, null, tomorrow, "会议")).Problems.Select(p => p.Code));
        Assert.Equal(["decision-method.same"], (await Adopt(ma, Law, tomorrow, "会议")).Problems.Select(p => p.Code));
        Assert.False((await Adopt(zhou, Henan, tomorrow, "会议")).Accepted);
        Assert.True((await Adopt(ma, Henan, tomorrow, "居民代表会议决定")).Accepted);
        Assert.True((await Adopt(ma, Village, tomorrow.AddDays(10), "街道通知")).Accepted);
        Assert.Equal(["decision-method.same"], (await Adopt(ma, Henan, tomorrow.AddDays(3), "会议")).Problems.Select(p => p.Code));

        var book = await Book(TestInstallation.Hexi);
        Assert.Equal((Law, null), Of(book, hele.Today));
        Assert.Equal((Henan, "居民代表会议决定"), Of(book, tomorrow));
        Assert.Equal((Village, "街道通知"), Of(book, tomorrow.AddDays(10)));
        Assert.Equal((Law, null), Of(await Book(TestInstallation.Other), tomorrow));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        async Task<MethodBook> Book(int place) => await hele.Read(async db => await MethodBook.Of(db, await hele.Get<JurisdictionDirectory>().Get(db, place)), place);
        static (string?, string?) Of(MethodBook book, DateOnly day) => (book.InForce(day)?.Method.Code, book.InForce(day)?.Adopted?.Citation);
    }
}
