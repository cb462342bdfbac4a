using System.Text.Json;
using Hele.Civic.Appeals;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>强制报告: that harm to a child was reported is recorded, stays in the day until it is, and is read by nobody but those who handle or supervise the matter.</summary>
public class HarmReportTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Duty_StandsInTheDayUntilItIsRecorded_AndIsKeptFromWhoeverRaisedIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.FileAppeal(liu, "孩子身上有伤", "minors");
        Assert.True(await Waits(zhou));
        Assert.False(await Waits(ma));
        Assert.StartsWith("强制报告", (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(zhou)))[0].What.Zh, StringComparison.Ordinal);
        // It waits whatever becomes of the matter, from the next day on with the next in line too.
        NumberSteps.Ok(await hele.Accept(zhou, code));
        NumberSteps.Ok(await hele.Answer(zhou, code));
        NumberSteps.Ok(await hele.WithdrawAppeal(liu, code));
        hele.MoveTo(2026, 11, 2);
        Assert.True(await Waits(zhou));
        Assert.True(await Waits(ma));

        Assert.Equal(["harm-report.to-missing", "harm-report.on-missing"], Codes(await Record(zhou, null, null)));
        Assert.Equal(["harm-report.on-missing"], Codes(await Record(zhou, ReportedTo.Police, new(2026, 11, 3))));
        Assert.Equal(["harm-report.words-missing"], Codes(await Record(zhou, ReportedTo.NotNeeded, new(2026, 11, 2))));
        Assert.Equal(["appeal.not-found"], Codes(await Record(liu, ReportedTo.Police, new(2026, 11, 2))));
        Assert.Equal(["appeal.not-found"], Codes(await Record(feng, ReportedTo.Police, new(2026, 11, 2))));
        NumberSteps.Ok(await Record(zhou, ReportedTo.Police, new(2026, 10, 30), "柳荫路派出所张警官接报"));
        NumberSteps.Ok(await Record(ma, ReportedTo.CivilAffairs, new(2026, 11, 2)));
        Assert.False(await Waits(zhou));
        Assert.False(await Waits(ma));

        foreach (var reader in new[] { zhou, ma, feng })
            Assert.Equal([(ReportedTo.Police, new DateOnly(2026, 10, 30), "社区工作者"), (ReportedTo.CivilAffairs, new DateOnly(2026, 11, 2), "社区党委书记")],
                (await Find(reader))!.Reports.Select(r => (r.To, r.On, r.Post!)));
        Assert.Equal((0, false), ((await Find(liu))!.Reports.Count, (await Find(liu))!.MayReport));
        Assert.DoesNotContain("派出所", JsonSerializer.Serialize(await Find(liu), Plain), StringComparison.Ordinal);
        Assert.DoesNotContain((await Find(liu))!.Timeline, e => e.Kind.StartsWith("harm-report", StringComparison.Ordinal));
        Assert.Null(await Find(chen));
        Assert.False((await Find(feng))!.MayReport);
        Assert.Equal(1, await hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == "harm-report.made" && r.OnDate == new DateOnly(2026, 10, 30)).CountAsync()));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        var noise = await hele.FileAppeal(liu, "吵", "noise");
        Assert.Equal(["harm-report.no-duty"], Codes(await hele.Get<RecordReport>().Run(zhao, zhao.Act(HarmAccess.Record, Guid.NewGuid()), new(noise, ReportedTo.Police, new(2026, 11, 2), null))));

        Task<AppealView?> Find(Viewer viewer) => hele.Query<AppealQueries, AppealView?>(q => q.Find(viewer, code));
        Task<Outcome> Record(Viewer viewer, ReportedTo? to, DateOnly? on, string? text = null) => hele.Get<RecordReport>().Run(viewer, viewer.Act(HarmAccess.Record, Guid.NewGuid()), new(code, to, on, text));
        async Task<bool> Waits(Viewer viewer) => (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Any(i => i.Code == code && i.What.Zh.StartsWith("强制报告", StringComparison.Ordinal));
    }

    private static string[] Codes(Outcome outcome) => [.. outcome.Problems.Select(p => p.Code)];
}
