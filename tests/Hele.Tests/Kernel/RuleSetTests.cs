using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class RuleSetTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Fact]
    public void Load_ShippedRules_AreComplete()
    {
        var rules = ReferenceData.Rules.All.ToList();
        Assert.Equal(124, rules.Count);
        Assert.All(rules, rule =>
        {
            Assert.True(rule.Amount > 0, rule.Id);
            Assert.All([rule.Subject, rule.Event, rule.Who, rule.Limit], text =>
            {
                Assert.Contains(text.Zh, c => IsHan(c) || c == '%');
                Assert.NotEmpty(text.En);
                Assert.DoesNotContain(text.En, IsHan);
            });
            Assert.All([rule.Source.Zh, rule.Source.En], Assert.NotEmpty);
            Assert.DoesNotMatch(@"\bart\d|\((local|news)\)|Hele$", rule.Source.Zh);
        });
    }

    [Theory]
    [InlineData("appeal.accept", 1, RuleUnit.WorkDay)]
    [InlineData("appeal.answer.grid", 1, RuleUnit.WorkDay)]
    [InlineData("appeal.answer.street", 5, RuleUnit.WorkDay)]
    [InlineData("appeal.urgent.respond", 2, RuleUnit.Hour)]
    [InlineData("affairs.disclosure.min", 15, RuleUnit.Day)]
    [InlineData("mediation.judicial.confirmation", 30, RuleUnit.Day)]
    public void InForce_ShippedRules_HaveTheirAmounts(string id, int amount, RuleUnit unit)
    {
        var rule = ReferenceData.Rules.InForce(id, Day, "410105001001");
        Assert.Equal((amount, unit), (rule.Amount, rule.Unit));
    }

    [Fact]
    public void InForce_BeforeTheNewCommitteeLaw_IsAnError()
    {
        Assert.Throws<KeyNotFoundException>(() => ReferenceData.Rules.InForce("affairs.disclosure.min", new(2025, 12, 31)));
        Assert.Equal(15, ReferenceData.Rules.InForce("affairs.disclosure.min", new(2026, 1, 1)).Amount);
        Assert.Throws<KeyNotFoundException>(() => ReferenceData.Rules.InForce("no.such.rule", Day));
        Assert.Null(ReferenceData.Rules.Find("no.such.rule", Day));
    }

    [Fact]
    public void InForce_SeveralPlacesAndDates_TakesTheLongestPlaceOfThatDay()
    {
        var rules = new RuleSet(
        [
            Make(10),
            Make(7) with { Place = "41" },
            Make(3) with { Place = "410105", From = new(2026, 5, 1), To = new(2026, 6, 30) },
            Make(2) with { Place = "410105", From = new(2026, 7, 1) },
        ]);
        Assert.Equal(3, rules.InForce("test.rule", Day, "410105001001").Amount);
        Assert.Equal(2, rules.InForce("test.rule", new(2026, 7, 1), "410105001001").Amount);
        Assert.Equal(7, rules.InForce("test.rule", new(2026, 4, 30), "410105001001").Amount);
        Assert.Equal(7, rules.InForce("test.rule", Day, "4101").Amount);
        Assert.Equal(10, rules.InForce("test.rule", Day, "310101").Amount);
        Assert.Equal(10, rules.InForce("test.rule", Day).Amount);
    }

    [Fact]
    public void Constructor_TwoRowsInForceAtOnce_Throws()
    {
        Assert.Throws<FormatException>(() => new RuleSet([Make(1) with { To = Day }, Make(2) with { From = Day }]));
        Assert.Equal(2, new RuleSet([Make(1) with { To = Day }, Make(2) with { From = Day.AddDays(1) }]).InForce("test.rule", Day.AddDays(1)).Amount);
    }

    [Fact]
    public void With_ALocalRow_WinsInItsPlaceOnly()
    {
        var rules = ReferenceData.Rules.With(ReferenceData.Rules.InForce("mla.total", Day) with { Amount = 20, Place = "41" });
        Assert.Equal(20, rules.InForce("mla.total", Day, "410105").Amount);
        Assert.Equal(30, rules.InForce("mla.total", Day, "330205").Amount);
    }

    [Theory]
    [InlineData(Editable.Yes, RuleKind.Max, 5, null)]
    [InlineData(Editable.Yes, RuleKind.Max, 50, null)]
    [InlineData(Editable.Yes, RuleKind.Max, 0, "rule.amount-too-small")]
    [InlineData(Editable.No, RuleKind.Max, 9, "rule.fixed")]
    [InlineData(Editable.No, RuleKind.Max, 10, null)] // no change at all
    [InlineData(Editable.NoBelow, RuleKind.Min, 9, "rule.not-below")]
    [InlineData(Editable.NoBelow, RuleKind.Min, 11, null)]
    [InlineData(Editable.NoAbove, RuleKind.Max, 11, "rule.not-above")]
    [InlineData(Editable.NoAbove, RuleKind.Max, 9, null)]
    [InlineData(Editable.TightenOnly, RuleKind.Max, 11, "rule.only-tighter")]
    [InlineData(Editable.TightenOnly, RuleKind.Max, 9, null)]
    [InlineData(Editable.TightenOnly, RuleKind.Min, 9, "rule.only-tighter")]
    [InlineData(Editable.TightenOnly, RuleKind.Min, 11, null)]
    [InlineData(Editable.ByPlace, RuleKind.Max, 9, "rule.place-needed")]
    [InlineData(Editable.SpecialCase, RuleKind.Min, 9, "rule.one-matter-only")]
    public void MayChange_EachPolicy_AnswersWithItsProblem(Editable editable, RuleKind kind, int amount, string? problem)
    {
        var answer = (Make(10) with { Editable = editable, Kind = kind }).MayChange(amount);
        Assert.Equal(problem, answer?.Code);
        if (answer is not null)
        {
            Assert.DoesNotContain("{", answer.Sentence.Zh);
            Assert.DoesNotContain("{", answer.Sentence.En);
        }
    }

    [Fact]
    public void MayChange_ByPlace_IsAllowedInsideTheRulesOwnPlaceOnly()
    {
        var rule = Make(10) with { Editable = Editable.ByPlace, Place = "41" };
        Assert.Null(rule.MayChange(9, "4101"));
        Assert.Equal("rule.place-needed", rule.MayChange(9, "41")?.Code);
        Assert.Equal("rule.place-needed", rule.MayChange(9, "3301")?.Code);
    }

    [Fact]
    public void MayChange_SpecialCase_IsAllowedForOneMatter() =>
        Assert.Null((Make(10) with { Editable = Editable.SpecialCase }).MayChange(5, oneMatter: true));

    [Fact]
    public void IsVerified_BySourceStatus_CountsALocalTextOnlyInItsPlace()
    {
        Assert.True(Make(1).IsVerified);
        Assert.False((Make(1) with { SourceStatus = SourceStatus.ReadLocal }).IsVerified);
        Assert.True((Make(1) with { SourceStatus = SourceStatus.ReadLocal, Place = "3302" }).IsVerified);
        Assert.All([SourceStatus.Default, SourceStatus.ReadNews, SourceStatus.ReadSecondary], status => Assert.False((Make(1) with { SourceStatus = status }).IsVerified));
        Assert.False(ReferenceData.Rules.InForce("appeal.accept", Day).IsVerified);
        Assert.True(ReferenceData.Rules.InForce("voter.list.publish", Day).IsVerified);
    }

    [Theory]
    [InlineData("read,no-below,community,", "read,no-below,,")]
    [InlineData("read,no,,", "read,no,district,")]
    public void Load_AValueThatNobodyOrSomebodyWrongMaySet_IsAnError(string row, string wrong)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, File.ReadAllText(ReferenceData.Path("deadlines.csv")).Replace(row, wrong));
            Assert.Contains("whoever may set a value is named", Assert.Throws<FormatException>(() => RuleSet.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_UnknownWord_NamesTheLineAndColumn()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, File.ReadAllText(ReferenceData.Path("deadlines.csv")).Replace("15,day,min,", "15,moon,min,"));
            Assert.Contains("line 2, column unit: unknown unit moon", Assert.Throws<FormatException>(() => RuleSet.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AppealKinds_ShippedFile_NeverListsWhatMustStayClosed()
    {
        var kinds = Csv.Load(ReferenceData.Path("appeal-kinds.csv")).ToDictionary(row => row["code"]);
        Assert.All(kinds.Values, row =>
        {
            Assert.Contains(row["zh"], IsHan);
            Assert.DoesNotContain(row["en"], IsHan);
            Assert.Contains(row["listed"], new[] { "yes", "no" });
            Assert.Contains(row["urgent"], new[] { "yes", "no" });
        });
        Assert.Equal(["conduct", "family", "help", "minors", "neighbours"], kinds.Values.Where(row => row["listed"] == "no").Select(row => row["code"]).Order());
    }

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';

    private static Rule Make(int amount) => new()
    {
        Id = "test.rule", Subject = ("甲", "A"), Event = ("乙", "B"), Amount = amount, Unit = RuleUnit.Day, Kind = RuleKind.Max,
        Who = ("丙", "C"), Source = ("某办法第1条", "Some Measures, art. 1"), SourceStatus = SourceStatus.Read, Editable = Editable.Yes,
    };
}
