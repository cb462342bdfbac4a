using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
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
        Rule Of(IReadOnlyList<Rule> rules) => rules.Single(r => r.Id == AppealRules.Accept);
        Assert.Equal(1, Of(await hele.Query<RuleReader, IReadOnlyList<Rule>>(r => r.InForce(jurisdiction, new(2026, 11, 3)))).Amount);
        var now = Of(await hele.Query<RuleReader, IReadOnlyList<Rule>>(r => r.InForce(jurisdiction, new(2026, 11, 4))));
        Assert.Equal((3, "居民代表会议2026年第3次", true), (now.Amount, now.Source.Zh, now.IsVerified));
        var value = Assert.Single(await hele.Query<RuleReader, IReadOnlyList<LocalValue>>(r => r.LocalValues(jurisdiction)));
        Assert.Equal((3, new DateOnly(2026, 11, 4), TestPeople.Ma.PostTitle), (value.Rule.Amount, value.From, value.ByPost));

        Task<DateOnly?> Due(string code) => hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.DueOn).SingleAsync());
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

    private static Task<Hele.Civic.Platform.Storage.Outcome> Set(TestInstallation hele, Viewer viewer, int amount, DateOnly from) =>
        hele.Get<SetLocalRule>().Run(viewer.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.Accept, amount, from, "居民代表会议2026年第3次"));
}
