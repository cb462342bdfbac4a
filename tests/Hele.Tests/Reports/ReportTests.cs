using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Thanks;
using Xunit;

namespace Hele.Tests.Reports;

/// <summary>The whole report: in the order of the account it is modelled on, with nothing in it that no record carries.</summary>
public class ReportTests
{
    private static readonly Period October = Period.Month(2026, 10);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_NothingRecorded_EveryPlaceSaysSoInItsOrder(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var report = await hele.Report(Period.Year(2025));
        string[] pieces =
        [
            "到2025年12月31日，河西社区没有网格、住户和居民的记录。",
            "一、强化党建核心，充分发挥支部战斗堡垒作用", "（一）推进社区“大党委”建设", "2025年没有签订共建协议", "（二）支部建在网格上", "1.网格和支部", "到2025年12月31日，没有划分网格", "2.“1+X”服务团队", "3.结对帮扶",
            "二、深化队伍建设，充分发挥党员先锋模范作用", "（一）建设专业化社区工作者队伍", "（二）建设优质化社区党员队伍", "（三）建设规模化社区志愿者队伍", "2025年没有志愿者注册",
            "三、落实四项机制，全面促进辖区和谐稳定", "（一）推进基层民主科学决策", "1.一征三议两公开", "2.居民的事情居民说了算，问题解决得好不好由群众评判", "2025年没有居民提出诉求", "（二）完善矛盾调解化解机制", "（三）开展便民利民服务工作", "1.便民服务设施", "2.民情档案", "3.党群红色服务圈",
            "（四）构筑党风政风监督检查藩篱", "四、荣誉、差距和下一步", "到2025年12月31日，没有获得荣誉的记录。"
        ];
        Assert.Equal(pieces, InOrder(report.Text("zh"), pieces));
        // Every place that could say something says that there is nothing, once; nothing is praised and nothing promised.
        Assert.All(report.Chapters.Where(c => c.Place.Nothing is not null), c => Assert.Equal([SentenceKind.Nothing], c.Sentences.Select(s => s.Kind)));
        Assert.Empty(report.Chapters.Single(c => c.Place == ReportOutline.Next).Sentences);
        Assert.Empty(report.Figures);
        Assert.DoesNotMatch("提升|好评|称赞|下一步要", report.Text("zh"));
        Assert.StartsWith("1. The Party's organisation at the core\n", report.Text("en")[(report.Text("en").IndexOf("1. ", StringComparison.Ordinal))..], StringComparison.Ordinal);
        Assert.Contains("3.1.2 Residents judge how their appeals were handled\nIn 2025, there are no records", report.Text("en"));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", report.Text("en"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_WithRecords_EveryNumberIsAFigureAndWhatIsStillToDoStandsAtTheEnd(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Furnish();
        var report = await hele.Report(Period.Year(2026));
        var text = report.Text("zh");
        Assert.Contains("到2026年10月30日，河西社区面积0.02平方公里（各网格范围合计），登记住户1户、居民1人，其中租户0人。辖区划分为2个网格。社区党委下设1个党支部；没有党员名册的记录。", text);
        Assert.Contains("社区党委根据院落、楼栋、党员的分布情况将辖区划分为2个网格，到2026年10月30日，社区党委下设1个党支部", text);
        Assert.Contains("居民提出诉求3件，社区作出答复2次", text);
        var next = report.Chapters.Single(c => c.Place == ReportOutline.Next);
        Assert.Equal("但是，与上级要求和群众期待还有一定差距，下一步要做好下面的事。补齐2个组织空缺的负责人。为还没有服务团队的1个网格组建服务团队。配齐1支服务团队缺的席位。抓紧答复等待答复的2件。", string.Concat(next.Sentences.Select(s => s.TextIn("zh"))));
        Assert.All(report.Chapters.Where(c => c != next), c => Assert.DoesNotContain(c.Sentences, s => s.Kind == SentenceKind.Next));
        foreach (var part in report.Chapters.SelectMany(c => c.Sentences).SelectMany(s => s.Zh.Concat(s.En)))
        {
            if (part is FigurePart figure)
            {
                Assert.Equal(part.Text, figure.Value.Figure.Told((await hele.Records(figure.Value.Figure, figure.Value.Period)).Sum(r => r.Amount)));
                Assert.Contains(report.Figures, f => f == figure.Value);
            }
            else if (part is WordsPart words)
            {
                // What is left when dates and the team's name are taken out: no number is written by hand.
                Assert.DoesNotMatch("[0-9]", Regex.Replace(words.Words, "“1\\+X”|[0-9]{4}年([0-9]+月)?([0-9]+日)?|([0-9]{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4}|[Ii]n [0-9]{4}", ""));
            }
        }
        Assert.Equal(report.Figures.Count, report.Figures.DistinctBy(f => (f.Figure.Id, f.Period)).Count());
        // An honour is called what stands on its paper, in either language; everything else in English is English.
        var honour = Assert.Single(report.Chapters.SelectMany(c => c.Sentences).SelectMany(s => s.En).OfType<HonourPart>());
        Assert.Equal("市五好社区党组织", honour.Title);
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", report.Text("en").Replace(honour.Text, ""));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_ClosedPeriod_IsTheSameTextAndTheSameFileAfterAYearOfActs(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Furnish();
        hele.MoveTo(2026, 11, 3);
        NumberSteps.Ok(await hele.Close(await hele.Viewer(TestPeople.Ma), October));
        var (before, files) = (await hele.Report(October), await Files(hele));
        Assert.NotNull(before.ClosedAt);

        // A year in which everything moves on: late entries for October too, bodies dissolved, people gone, other months closed.
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        await hele.TakeDown(zhou, new(2026, 10, 31));
        GridSteps.Ok(await HonourTests.Record(hele, ma, "补录的荣誉", on: new(2026, 10, 1)));
        hele.MoveTo(2026, 12, 6);
        GridSteps.Ok(await hele.Record(zhou, on: new(2026, 10, 30)));
        NumberSteps.Ok(await hele.Close(ma, Period.Month(2026, 11)));
        hele.MoveTo(2027, 3, 1);
        var branch = await hele.Read(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Set<Body>(), b => b.Kind == BodyKind.GridBranch)).PublicCode);
        GridSteps.Ok(await hele.Dissolve(ma, branch));
        await hele.Grid(ma, "第三网格", GridSteps.Square(400, 0));
        hele.MoveTo(2027, 11, 3);
        await hele.Finished(await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), satisfied: true);

        var after = await hele.Report(October);
        foreach (var language in new[] { "zh", "en" })
            Assert.Equal(before.Text(language), after.Text(language));
        Assert.Equal((before.AsOf, before.LogSize, before.ClosedAt), (after.AsOf, after.LogSize, after.ClosedAt));
        Assert.Equal(files, await Files(hele));
        Assert.True(after.HasLater);
        Assert.NotEqual((await hele.Report(Period.Year(2026))).Text("zh"), before.Text("zh"));

        static async Task<string[]> Files(TestInstallation hele)
        {
            var report = await hele.Report(October);
            return [.. new[] { ("zh", "https://hele.example"), ("en", null) }.Select(w => Convert.ToBase64String(ReportDocument.Write(report, w.Item1, w.Item2)))];
        }
    }

    [Fact]
    public void Chinese_Numbers_AreWrittenAsInTheSource() =>
        Assert.Equal(["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九"], new[] { 1, 9, 10, 11, 19, 20, 21, 99 }.Select(ReportOutline.Chinese));

    /// <summary>The pieces in the order in which they stand in the text; one that is missing, or stands before another, is left out.</summary>
    private static List<string> InOrder(string text, params string[] pieces)
    {
        var (found, at) = (new List<string>(), 0);
        foreach (var piece in pieces)
        {
            if (text.IndexOf(piece, at, StringComparison.Ordinal) is var next and >= 0)
            {
                found.Add(piece);
                at = next + piece.Length;
            }
        }
        return found;
    }
}
