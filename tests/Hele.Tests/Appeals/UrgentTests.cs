using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Organizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>Urgent kinds: somebody responds within hours, and where nobody does, the next in line and the page know.</summary>
public class UrgentTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Respond_WithinTheHours_StandsFirstInTheDay_AndIsToldAtOnce(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var older = await hele.FileAppeal(liu, "楼道灯不亮");
        var code = await hele.FileAppeal(liu, "井盖没了", "safety");
        var now = hele.Clock.GetUtcNow();
        Assert.Equal((null, null), await At(hele, older));
        Assert.Equal((now.AddHours(2), null), await At(hele, code));
        var day = await Day(hele, zhao);
        Assert.Equal([code, older], day.Select(i => i.Code));
        Assert.Equal((now.AddHours(2), "急事：先回应居民，再受理"), (day[0].DueAt, day[0].What.Zh));
        Assert.DoesNotContain(await Day(hele, zhou), i => i.Code == code);

        Assert.Equal("appeal.response-missing", Assert.Single((await Respond(hele, zhao, code, " ")).Problems).Code);
        Assert.Equal("appeal.not-found", Assert.Single((await Respond(hele, liu, code)).Problems).Code);
        Assert.Equal("appeal.responded-already", Assert.Single((await Respond(hele, zhao, older)).Problems).Code);
        hele.Clock.MoveTo(now.AddMinutes(30));
        NumberSteps.Ok(await Respond(hele, zhao, code));
        Assert.Equal((now.AddHours(2), now.AddMinutes(30)), await At(hele, code));
        Assert.Equal("appeal.responded-already", Assert.Single((await Respond(hele, zhao, code)).Problems).Code);
        Assert.Equal([(liu.PersonId, code, false)], await hele.Read(async db => (await db.Set<Notice>().Where(n => n.Kind == "appeal.responded").ToListAsync()).Select(n => (n.PersonId, n.Code, n.InDigest)).ToList()));
        // It still waits to be accepted, without the hours.
        Assert.Equal("受理", Assert.Single(await Day(hele, zhao), i => i.Code == code).What.Zh);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    /// <summary>Accepting or refusing is a response; taken up again, or found urgent later, the hours begin then.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Accept_AndRefuse_AreResponses_AndTheHoursBeginAgainWithTheMatter(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var start = hele.Clock.GetUtcNow();
        var (accepted, refused, withdrawn, corrected) = (await hele.FileAppeal(liu, "飞线充电", "safety"), await hele.FileAppeal(liu, "别处的井盖", "safety"), await hele.FileAppeal(liu, "墙歪了", "safety"), await hele.FileAppeal(liu, "墙裂了"));
        hele.Clock.MoveTo(start.AddHours(1));
        NumberSteps.Ok(await hele.Accept(zhao, accepted));
        NumberSteps.Ok(await hele.Refuse(zhou, refused));
        NumberSteps.Ok(await hele.WithdrawAppeal(liu, withdrawn));
        Assert.Equal((start.AddHours(2), start.AddHours(1)), await At(hele, accepted));
        Assert.Equal((start.AddHours(2), start.AddHours(1)), await At(hele, refused));
        Assert.Equal((start.AddHours(2), null), await At(hele, withdrawn));
        hele.Clock.MoveTo(start.AddHours(3));
        NumberSteps.Ok(await hele.Resume(liu, withdrawn));
        Assert.Equal((start.AddHours(5), null), await At(hele, withdrawn));
        NumberSteps.Ok(await hele.CorrectKind(zhou, corrected, "safety"));
        Assert.Equal((start.AddHours(5), null), await At(hele, corrected));
        NumberSteps.Ok(await hele.CorrectKind(zhou, corrected, "facilities"));
        Assert.Equal((null, null), await At(hele, corrected));
    }

    /// <summary>When the hours are over the next in line has it too, on the same day; with nobody there the page of the resident says so.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Late_GoesToTheNextInLine_AndWithNobodyThereThePageSaysSo(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var start = hele.Clock.GetUtcNow();
        var code = await hele.FileAppeal(liu, "消防通道堵了", "safety");
        hele.Clock.MoveTo(start.AddHours(2));
        Assert.DoesNotContain(await Day(hele, zhou), i => i.Code == code);
        hele.Clock.MoveTo(start.AddHours(2).AddMinutes(1));
        var helped = Assert.Single(await Day(hele, zhou), i => i.Code == code);
        Assert.Equal((true, true), (helped.Helps, helped.IsLate(hele.Clock.GetUtcNow())));
        var view = (await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhao, code)))!;
        Assert.False(view.NobodyThere);
        Assert.Equal(["社区工作者"], view.Deputies);

        var today = China.DateIn(hele.Clock.GetUtcNow());
        foreach (var who in new[] { zhao, zhou, ma })
            NumberSteps.Ok(await hele.Away(ma, await hele.Read(db => db.Set<Hele.Civic.People.Person>().Where(p => p.Id == who.PersonId).Select(p => p.PublicCode).SingleAsync()), today, today));
        Assert.True((await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.NobodyThere);
        Assert.True((await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhou, code)))!.NobodyThere);
        // Whoever is there after all responds, and then nothing is said any more.
        NumberSteps.Ok(await Respond(hele, zhou, code));
        Assert.False((await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.NobodyThere);
    }

    /// <summary>What counts is the matter's own hours: late is not in time, an end within the hours is no failure, and what a past day said stays said.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_EachStartOfTheHours_CountsOnce_AndInTimeOnlyWithinThem(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        hele.MoveTo(2026, 11, 10, 9);
        var start = hele.Clock.GetUtcNow();
        var (intime, late, withdrawn, neverso, found) = (await hele.FileAppeal(liu, "井盖没了", "safety"), await hele.FileAppeal(liu, "墙裂了", "safety"), await hele.FileAppeal(liu, "飞线充电", "safety"), await hele.FileAppeal(liu, "问医保", "safety"), await hele.FileAppeal(liu, "电线掉下来", "facilities"));
        NumberSteps.Ok(await hele.Get<SettleOnTheSpot>().Run(zhou, zhou.Act(AppealAccess.OnTheSpot, Guid.NewGuid()), new("safety", "消防通道停着三轮车", "当场请他挪走了。", null, "12号院", "王桂兰")));
        Assert.Equal((5, 1), await Figures(10));
        hele.Clock.MoveTo(start.AddHours(1));
        NumberSteps.Ok(await Respond(hele, zhao, intime));
        NumberSteps.Ok(await hele.WithdrawAppeal(liu, withdrawn));
        NumberSteps.Ok(await hele.CorrectKind(zhou, neverso, "policy"));
        NumberSteps.Ok(await hele.CorrectKind(zhou, found, "safety"));
        Assert.Equal((4, 2), await Figures(10));
        hele.Clock.MoveTo(start.AddHours(2).AddMinutes(1));
        NumberSteps.Ok(await hele.Accept(zhao, late));
        NumberSteps.Ok(await hele.Accept(zhao, found));
        Assert.Equal((4, 3), await Figures(10));
        // Accepting what had its response says nothing new, and another day's hours change nothing of this one.
        NumberSteps.Ok(await hele.Accept(zhao, intime));
        hele.MoveTo(2026, 11, 12);
        NumberSteps.Ok(await hele.Resume(liu, withdrawn));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddHours(3));
        NumberSteps.Ok(await hele.WithdrawAppeal(liu, withdrawn));
        Assert.Equal(((4, 3), (1, 0)), (await Figures(10), await Figures(12)));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        async Task<(int, int)> Figures(int day) => ((int)(await hele.Value(AppealFigures.Urgent, new(new(2026, 11, day), new(2026, 11, day)))).Value, (int)(await hele.Value(AppealFigures.UrgentInTime, new(new(2026, 11, day), new(2026, 11, day)))).Value);
    }

    private static Task<Outcome> Respond(TestInstallation hele, Viewer viewer, string code, string text = "看到了，马上来人。") => hele.Get<RespondAppeal>().Run(viewer, viewer.Act(AppealAccess.Respond, Guid.NewGuid()), new(code, text));

    private static Task<IReadOnlyList<DayItem>> Day(TestInstallation hele, Viewer viewer) => hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer));

    private static Task<(DateTimeOffset? By, DateTimeOffset? At)> At(TestInstallation hele, string code) =>
        hele.Read(async db => await db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => new ValueTuple<DateTimeOffset?, DateTimeOffset?>(a.RespondBy, a.RespondedAt)).SingleAsync());
}
