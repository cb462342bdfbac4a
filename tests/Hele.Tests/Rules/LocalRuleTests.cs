using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Rules;

public class LocalRuleTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Set_ValueFromADay_NewDeadlinesFollowItAndOldOnesStand(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        var old = await hele.FileAppeal(liu);
        Assert.Equal(new DateOnly(2026, 11, 2), await Due(old));

        Assert.True((await Set(hele, ma, 3, new(2026, 11, 4))).Accepted);
        var today = await hele.FileAppeal(liu);
        Assert.Equal(new DateOnly(2026, 11, 2), await Due(today));

        hele.MoveTo(2026, 11, 4);
        var after = await hele.FileAppeal(liu);
        Assert.Equal(new DateOnly(2026, 11, 9), await Due(after));
        Assert.Equal((new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 2)), (await Due(old), await Due(today)));

        // The other community keeps its own, and the page of all rules says the same as the deadlines.
        var there = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        Assert.Equal(new DateOnly(2026, 11, 5), await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == there).Select(a => a.DueOn).SingleAsync(), TestInstallation.Other));
        var jurisdiction = await hele.Read(db => db.Jurisdictions.SingleAsync(j => j.Id == TestInstallation.Hexi));
        Rule Of(IReadOnlyList<RuleHere> rules) => rules.Single(r => r.Rule.Id == AppealRules.Accept).Rule;
        Assert.Equal(1, Of(await hele.Query<RuleReader, IReadOnlyList<RuleHere>>(r => r.InForce(jurisdiction, new(2026, 11, 3)))).Amount);
        var now = Of(await hele.Query<RuleReader, IReadOnlyList<RuleHere>>(r => r.InForce(jurisdiction, new(2026, 11, 4))));
        Assert.Equal((3, "居民代表会议2026年第3次", true), (now.Amount, now.Source.Zh, now.IsVerified));
        var value = Assert.Single(await hele.Query<RuleReader, IReadOnlyList<LocalValue>>(r => r.LocalValues(jurisdiction, AppealRules.Accept)));
        Assert.Equal((3, new DateOnly(2026, 11, 4), TestPeople.Ma.PostTitle), (value.Rule.Amount, value.From, value.ByPost));

        Task<DateOnly?> Due(string code) => hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.DueOn).SingleAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Set_WhereAnotherLevelDecides_IsRefused_AndTheirValueIsReadHere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, tang, lu) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Tang), await hele.Viewer(TestPeople.Lu));
        var (here, street) = (await Place(TestInstallation.Hexi), await Place(TestInstallation.Street));
        Task<Outcome> Set(Viewer viewer, string rule, int amount) =>
            hele.Get<SetLocalRule>().Run(viewer.Act(SetLocalRule.Permission, Guid.NewGuid()), new(rule, amount, new(2026, 11, 4), "柳荫街道2026年第8号通知"));

        Assert.Equal(("rule.elsewhere", "这一时限由街道决定，不在这里设定。", "This limit is set by the sub-district, not here."),
            Assert.Single((await Set(ma, AppealRules.AnswerByStreet, 3)).Problems) is var refused ? (refused.Code, refused.Sentence.Zh, refused.Sentence.En) : default);
        Assert.Equal("rule.elsewhere", Assert.Single((await Set(tang, AppealRules.Accept, 3)).Problems).Code);
        Assert.Equal("rule.elsewhere", Assert.Single((await Set(tang, "mla.total", 20)).Problems).Code);
        Assert.True((await Set(tang, AppealRules.AnswerByStreet, 3)).Accepted);
        Assert.True((await Set(lu, "mla.county.opinion", 5)).Accepted);
        // For what each holds itself, each sets its own.
        Assert.True((await Set(tang, "retention.views", 5)).Accepted);
        Assert.True((await Set(ma, "retention.views", 4)).Accepted);

        var coming = await hele.Query<RuleReader, IReadOnlyList<LocalValue>>(r => r.Coming(here, new(2026, 11, 3)));
        Assert.Equal([(AppealRules.AnswerByStreet, 3), ("mla.county.opinion", 5), ("retention.views", 4)], coming.Select(v => (v.Rule.Id, v.Rule.Amount)).Order());
        var rules = (await hele.Query<RuleReader, IReadOnlyList<RuleHere>>(r => r.InForce(here, new(2026, 11, 4)))).ToDictionary(r => r.Rule.Id);
        Assert.Equal((3, "柳荫街道2026年第8号通知", street.Id), (rules[AppealRules.AnswerByStreet].Rule.Amount, rules[AppealRules.AnswerByStreet].Rule.Source.Zh, rules[AppealRules.AnswerByStreet].By?.Id));
        Assert.Equal((5, TestInstallation.District), (rules["mla.county.opinion"].Rule.Amount, rules["mla.county.opinion"].By?.Id));
        Assert.Equal((4, null), (rules["retention.views"].Rule.Amount, rules["retention.views"].By));
        Assert.Equal(3, (await hele.Query<RuleReader, Rule>(r => r.On(here, AppealRules.AnswerByStreet, new(2026, 11, 4)))).Amount);
        // To ask for it here, past who sets it, is a mistake of the program.
        await Assert.ThrowsAsync<InvalidOperationException>(() => hele.Read(db => RuleBook.InForce(db, here, AppealRules.AnswerByStreet, new(2026, 11, 4))));

        Task<Jurisdiction> Place(int id) => hele.Read(db => db.Jurisdictions.SingleAsync(j => j.Id == id));
    }

    [Theory]
    [InlineData(0, "rule.amount-too-small")]
    [InlineData(100_000_000, "rule.amount-too-large")]
    [InlineData(2501, "rule.amount-too-large")]
    public async Task Set_AmountThatIsNoLimit_IsRefused(int amount, string code)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.Equal(code, Assert.Single((await Set(hele, ma, amount, new(2026, 11, 4))).Problems).Code);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
    }

    private static Task<Outcome> Set(TestInstallation hele, Viewer viewer, int amount, DateOnly from) =>
        hele.Get<SetLocalRule>().Run(viewer.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.Accept, amount, from, "居民代表会议2026年第3次"));
}
