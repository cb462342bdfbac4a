using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Xunit;

namespace Hele.Tests.Reports;

public class AppealsSectionTests
{
    private static readonly Period October = Period.Month(2026, 10), November = Period.Month(2026, 11), December = Period.Month(2026, 12);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_RandomCourse_EveryNumberIsAFigureWithThatManyRecords(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.RandomAutumn(7, 45);
        foreach (var period in new[] { October, November, Period.Quarter(2026, 4), Period.Year(2026), Period.Year(2025), new(new(2026, 10, 20), new(2026, 11, 9)) })
        {
            var section = await Write(hele, period);
            Assert.NotEmpty(section.Sentences);
            foreach (var language in new[] { "zh", "en" })
            {
                foreach (var part in section.Sentences.SelectMany(s => s.In(language)))
                {
                    switch (part)
                    {
                        case FigurePart figure:
                            Assert.Equal(part.Text, (await hele.Records(figure.Value.Figure, figure.Value.Period)).Count.ToString());
                            Assert.Contains(figure.Value, section.Figures);
                            break;
                        case SharePart share:
                            Assert.Equal(share.Fraction, new Fraction((await hele.Records(share.Of.Figure, share.Of.Period)).Count, (await hele.Records(share.Base.Figure, share.Base.Period)).Count));
                            Assert.True(share.Base.Value >= AppealsSection.SmallestBase);
                            Assert.Contains(share.Base, section.Figures);
                            break;
                        case WordsPart words:
                            // What is left when dates are taken out: no number is written by hand.
                            Assert.DoesNotMatch("[0-9]", Regex.Replace(words.Words, "[0-9]{4}年([0-9]+月)?([0-9]+日)?|([0-9]{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4}|(In|quarter of) [0-9]{4}", ""));
                            break;
                        default:
                            Assert.IsType<MatterPart>(part);
                            break;
                    }
                }
                if (language == "en")
                    Assert.All(section.Sentences, s => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", s.TextIn("en")));
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_NoRecords_SaysSo(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var section = await Write(hele, Period.Year(2025));
        var only = Assert.Single(section.Sentences);
        Assert.Equal((SentenceKind.Nothing, "2025年没有居民提出诉求、社区作出答复和居民评价的记录。"), (only.Kind, only.TextIn("zh")));
        Assert.Equal("In 2025, there are no records of appeals raised, answers given or verdicts of residents.", only.TextIn("en"));
        Assert.Empty(section.Figures);
    }

    [Theory]
    [InlineData(4, 2, 6, 6, null)]
    [InlineData(5, 2, 4, 4, null)]
    [InlineData(5, 3, 6, 6, "明显提升")]
    [InlineData(6, 5, 6, 6, "明显提升")]
    [InlineData(11, 10, 12, 11, "有所提升")]
    [InlineData(5, 5, 5, 5, "持平")]
    [InlineData(5, 5, 5, 4, "有所下降")]
    public async Task Write_TwoMonths_ComparesOnlyOverEnoughVerdicts(int before, int satisfiedBefore, int now, int satisfiedNow, string? says)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Month(hele, before, satisfiedBefore);
        hele.MoveTo(2026, 11, 4);
        await Month(hele, now, satisfiedNow);
        Assert.DoesNotContain((await Write(hele, November)).Sentences, s => s.Kind == SentenceKind.Comparison);
        hele.MoveTo(2026, 12, 1);

        var section = await Write(hele, November);
        var comparison = section.Sentences.SingleOrDefault(s => s.Kind == SentenceKind.Comparison);
        Assert.Equal(says is null, comparison is null);
        var text = string.Concat(section.Sentences.Select(s => s.TextIn("zh")));
        if (says is null)
            Assert.DoesNotMatch("提升|持平|下降", text);
        else
            Assert.Contains($"群众满意度比2026年10月{says}".Replace("比2026年10月持平", "与2026年10月持平"), comparison!.TextIn("zh"));
        // A free span of the same days compares nothing.
        Assert.DoesNotContain((await Write(hele, new(new(2026, 11, 2), new(2026, 11, 30)))).Sentences, s => s.Kind == SentenceKind.Comparison);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_ClosedPeriod_StaysWordForWordWhateverComesLater(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        await Month(hele, 6, 3);
        hele.MoveTo(2026, 11, 4);
        await Month(hele, 6, 5);
        var waiting = await hele.FileAppeal(liu);
        hele.MoveTo(2026, 12, 3);
        Assert.Contains((await Write(hele, November)).Sentences, s => s.Kind == SentenceKind.Comparison);
        NumberSteps.Ok(await hele.Close(ma, November));
        // October could still change, so what is closed doesn't lean on it.
        var closed = await Write(hele, November);
        Assert.DoesNotContain(closed.Sentences, s => s.Kind == SentenceKind.Comparison);

        await hele.TakeDown(zhou, new(2026, 11, 20));
        await hele.TakeDown(zhou, new(2026, 10, 31));
        NumberSteps.Ok(await hele.Accept(zhao, waiting));
        NumberSteps.Ok(await hele.Answer(zhao, waiting));
        hele.MoveTo(2026, 12, 20);
        NumberSteps.Ok(await hele.Close(ma, October));
        await Month(hele, 5, 5);
        Same(closed, await Write(hele, November));

        hele.MoveTo(2027, 1, 8);
        NumberSteps.Ok(await hele.Close(ma, December));
        var december = await Write(hele, December);
        Assert.Contains(december.Sentences, s => s.Kind == SentenceKind.Comparison);
        await hele.TakeDown(zhou, new(2026, 12, 20));
        hele.MoveTo(2027, 11, 1);
        await Month(hele, 3, 1);
        Same(closed, await Write(hele, November));
        Same(december, await Write(hele, December));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_LateMatters_AreNamedForTheRunningPeriodOnlyAndNeverCounted(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var code = await hele.FileAppeal(liu);
        hele.MoveTo(2026, 11, 20);
        var running = await Write(hele, Period.Year(2026));
        var late = running.Sentences.Single(s => s.Zh.Any(p => p is MatterPart));
        Assert.Equal("诉求2026-000001已过期限，先行办理。", late.TextIn("zh"));
        Assert.Equal(code, late.Zh.OfType<MatterPart>().Single().Code);
        Assert.DoesNotContain((await Write(hele, October)).Sentences, s => s.Zh.Any(p => p is MatterPart));
        Assert.Contains("抓紧答复等待答复的1件。", string.Concat(running.Sentences.Select(s => s.TextIn("zh"))));
    }

    private static async Task Month(TestInstallation hele, int verdicts, int satisfied)
    {
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        for (var i = 0; i < verdicts; i++)
            await hele.Finished(liu, zhao, i < satisfied);
    }

    private static Task<ReportSection> Write(TestInstallation hele, Period period) => hele.Section<AppealsSection>(period);

    private static void Same(ReportSection a, ReportSection b)
    {
        foreach (var language in new[] { "zh", "en" })
            Assert.Equal(a.Sentences.Select(s => s.TextIn(language)), b.Sentences.Select(s => s.TextIn(language)));
        Assert.Equal(a.Figures.Select(f => (f.Figure.Id, f.Period, f.Value)), b.Figures.Select(f => (f.Figure.Id, f.Period, f.Value)));
    }
}
