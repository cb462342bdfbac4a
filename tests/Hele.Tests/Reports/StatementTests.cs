using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Reports;

/// <summary>What no record can say: a post answers for it, another person confirms it, the report shows it as that, and no number comes in by it.</summary>
public class StatementTests
{
    private static readonly Period October = Period.Month(2026, 10);

    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        var (post, on, at) = (Guid.NewGuid(), new DateOnly(2026, 10, 30), DateTimeOffset.UnixEpoch);
        foreach (var state in Enum.GetValues<StatementState>())
        {
            foreach (var act in ReportStatement.LifeCycle.Acts.Where(a => a != ReportStatement.Sign))
            {
                var statement = new ReportStatement { Place = "supervision", Text = "x", From = on, To = on, SignedByPostId = post, SignedOn = on, LoggedAt = at };
                Assert.Null(state switch { StatementState.Standing => statement.ConfirmIt(post, on, at), StatementState.Declined => statement.DeclineIt("x", post, on), StatementState.Withdrawn => statement.TakeBack("x", post, on, at), _ => null });
                Assert.Equal(state, statement.State);
                var problem = act switch { ReportStatement.Confirm => statement.ConfirmIt(post, on, at), ReportStatement.Decline => statement.DeclineIt("x", post, on), _ => statement.TakeBack("x", post, on, at) };
                if (ReportStatement.LifeCycle.Find(state, act) is { } line)
                    Assert.Equal((null, line.To), (problem?.Code, statement.State.ToString()));
                else
                    Assert.Equal(("statement.not-now", state), (problem?.Code, statement.State));
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sign_WhatIsWrongInIt_IsSaidAtOnceAndNothingIsWritten(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, feng, zhou, liu) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu));
        foreach (var (text, code) in new[]
        {
            ("", "statement.text-missing"), (new string('没', ReportStatement.TextLength + 1), "statement.text-missing"), ("处理了3名干部。", "statement.has-number"), ("满意率达到９９%。", "statement.has-number"),
            ("刘大勇没有受到处理。", "statement.names-somebody"), ("三单元302室没有人受到处理。", "statement.has-number"), ("三号楼没有人受到处理。", "statement.names-somebody"),
        })
            Assert.Equal([code], (await hele.Sign(ma, text)).Problems.Select(p => p.Code));
        Assert.Equal(["statement.place-missing", "statement.time-wrong"], (await hele.Sign(ma, place: "nowhere", to: hele.Today.AddDays(1))).Problems.Select(p => p.Code));
        Assert.Equal(["statement.time-wrong"], (await hele.Sign(ma, from: hele.Today, to: hele.Today.AddDays(-1))).Problems.Select(p => p.Code));
        Assert.Equal(["statement.time-wrong"], (await hele.Sign(ma, from: hele.Today.AddYears(-3), to: hele.Today)).Problems.Select(p => p.Code));
        foreach (var stranger in new[] { zhou, liu, await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.Zhao) })
            Assert.Equal([StatementProblems.NotFound], (await hele.Sign(stranger)).Problems);
        Assert.Empty(await hele.Read(db => db.Set<ReportStatement>().ToListAsync()));

        // Dates may stand in it; the same form twice is one statement, the same statement again is refused.
        var operation = Guid.NewGuid();
        var code1 = GridSteps.Ok(await hele.Sign(feng, "2026年10月1日以来，" + WordsSteps.Discipline, operation: operation));
        Assert.Equal(code1, (await hele.Sign(feng, "2026年10月1日以来，" + WordsSteps.Discipline, operation: operation)).Code);
        Assert.Equal([StatementProblems.ThereAlready], (await hele.Sign(ma, "2026年10月1日以来，" + WordsSteps.Discipline)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Statement_ConfirmedByAnother_StandsInTheReportOfItsTime_AndAsWhatItIs(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, feng, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Zhou));
        var code = GridSteps.Ok(await hele.Sign(feng));
        Assert.Empty(Statements(await hele.Report(October)));
        Assert.Equal([StatementProblems.OwnStatement], (await hele.Confirm(feng, code)).Problems);
        Assert.Equal([StatementProblems.NotFound], (await hele.Confirm(zhou, code)).Problems);
        var day = await hele.Query<Civic.Platform.DayQueries, IReadOnlyList<Civic.Platform.DayItem>>(q => q.Of(ma));
        Assert.Contains(day, d => d.Record == typeof(ReportStatement) && d.Code == code);
        Assert.DoesNotContain(await hele.Query<Civic.Platform.DayQueries, IReadOnlyList<Civic.Platform.DayItem>>(q => q.Of(feng)), d => d.Record == typeof(ReportStatement));
        GridSteps.Ok(await hele.Confirm(ma, code));

        var report = await hele.Report(October);
        var words = Assert.Single(Statements(report));
        Assert.Equal(("居务监督委员会主任", "社区党委书记", WordsSteps.Discipline), (words.Post, words.ConfirmedBy, words.Text));
        Assert.Equal("所指时间：2026年10月1日至2026年10月30日。居务监督委员会主任于2026年10月30日签署，社区党委书记确认。", words.Signature.Zh);
        Assert.Equal(ReportOutline.Supervision, report.Chapters.Single(c => c.Statements.Count > 0).Place);
        // That there is no record is still said: a statement is none.
        Assert.Contains(report.Chapters.Single(c => c.Place == ReportOutline.Supervision).Sentences, s => s.Kind == SentenceKind.Nothing);
        var printed = ReportDocumentTests.Words(ReportDocument.Write(report, "zh", null));
        Assert.Contains("签署的声明（不是由记录算出的数字）：", printed);
        Assert.Contains(words.Signature.Zh, printed);
        // Another time's report doesn't have it; a year that holds its time does.
        Assert.Empty(Statements(await hele.Report(Period.Month(2026, 9))));
        Assert.Single(Statements(await hele.Report(Period.Year(2026))));
        Assert.Equal(["statement.signed", "statement.confirmed"], await hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == SignedStatements.Table).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync()));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_AfterTheClosing_LeavesTheClosedReportAndNoLaterOne(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, feng) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var (code, waits, declined) = (GridSteps.Ok(await hele.Sign(feng)), GridSteps.Ok(await hele.Sign(feng, "社区没有收到对工作纪律的举报。")), GridSteps.Ok(await hele.Sign(ma, "没有发生安全事故。")));
        GridSteps.Ok(await hele.Confirm(ma, code));
        Assert.Equal([StatementProblems.ReasonMissing.With(ReportStatement.ReasonLength)], (await hele.Confirm(feng, declined, confirms: false)).Problems);
        GridSteps.Ok(await hele.Confirm(feng, declined, confirms: false, reason: "监督委员会没有查过，不能确认。"));
        hele.MoveTo(2026, 11, 3);
        (ma, feng) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        NumberSteps.Ok(await hele.Close(ma, October));
        var before = await File(hele);
        // Confirmed after the closing: it comes too late for that report.
        GridSteps.Ok(await hele.Confirm(ma, waits));
        Assert.Equal([StatementProblems.ReasonMissing.With(ReportStatement.ReasonLength)], (await hele.WithdrawStatement(feng, code, "")).Problems);
        GridSteps.Ok(await hele.WithdrawStatement(ma, code));
        Assert.Equal(["statement.not-now"], (await hele.WithdrawStatement(ma, code)).Problems.Select(p => p.Code));
        Assert.Equal(before, await File(hele));
        Assert.Equal(code, Assert.Single(await hele.Query<SignedStatements, IReadOnlyList<StatementLine>>(async s => await s.WithdrawnSince(October, (await hele.Report(October)).ClosedAt!.Value))).Code);
        Assert.Equal(["社区没有收到对工作纪律的举报。"], Statements(await hele.Report(Period.Year(2026))).Select(s => s.Text));
        var view = await hele.Query<SignedStatements, StatementView?>(s => s.Find(ma, code));
        Assert.Equal(["statement.signed", "statement.confirmed", "statement.withdrawn"], view!.Steps.Select(s => s.Kind));
        (await hele.Verify()).AssertGreen();

        static async Task<string> File(TestInstallation hele) => Convert.ToBase64String(ReportDocument.Write(await hele.Report(October), "zh", null));
    }

    private static List<SignedWords> Statements(Report report) => [.. report.Chapters.SelectMany(c => c.Statements)];
}
