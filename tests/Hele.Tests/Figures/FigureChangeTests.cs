using System.Text.Json;
using Hele.Cli;
using Hele.Civic.Appeals;
using Hele.Civic.Disclosures;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Reports;
using Hele.Civic.ServiceCircles;
using Hele.Civic.Thanks;
using Hele.TestKit;
using Hele.Tests.Appeals.Callbacks;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Cli;
using Hele.Tests.Disclosures;
using Hele.Tests.Feedback;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Hele.Tests.Reports;
using Hele.Tests.ServiceCircles;
using Hele.Tests.Thanks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hele.Tests.Figures;

/// <summary>
/// One act after the other, each with the figures it changes. Exactly those change: on the figure's page, in its CSV, in <c>hele figures</c>, and in the report's .docx.
/// A figure that no act here changes fails the test: whoever adds one adds an act.
/// </summary>
public class FigureChangeTests
{
    private const int PagesEach = 4;

    private static readonly Period Year = Period.Year(2026);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Act_OneRecord_ChangesExactlyTheDependentFiguresWhereverTheyStand(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var browser = await host.SignIn(TestPeople.Ma);
        var figures = hele.Services.GetRequiredService<ModuleList>().Figures;
        var (ma, zhou, zhao, liu, sun) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Sun));
        var (liuCode, chenCode) = (await hele.CodeOf(TestPeople.Liu), await hele.CodeOf(TestPeople.Chen));
        var changed = new HashSet<string>();
        var acts = 0;
        var now = new Everywhere([], [], []);
        now = await Snapshot();

        // ── who lives here, and where ──
        string one = "", two = "", home = "", rented = "";
        var (compound, a, b) = (await hele.Compound(ma), "", "");
        await Changes(async () => a = await hele.Building(ma, compound, "1号楼", GridSteps.At(50, 50)), ("buildings.without-grid", 1));
        await Changes(async () => b = await hele.Building(ma, compound, "2号楼", GridSteps.At(250, 50)), ("buildings.without-grid", 1));
        long Area(int x) => Geo.EllipsoidSquareMetres(Geo.Read(GridSteps.Square(x, 0)).Outline!);
        await Changes(async () => one = await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0)), ("grids.standing", 1), ("grids.without-team", 1), ("grids.area", Area(0)));
        await Changes(async () => two = await hele.Grid(ma, "第二网格", GridSteps.Square(200, 0)), ("grids.standing", 1), ("grids.without-team", 1), ("grids.area", Area(200)));
        await Changes(() => hele.Get<RetireGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(two)), ("grids.standing", -1), ("grids.without-team", -1), ("grids.area", -Area(200)));
        await Changes(() => hele.Assign(ma, one, a), ("buildings.without-grid", -1));
        await Changes(async () => home = GridSteps.Ok(await hele.MoveIn(ma, a, "302", liuCode)), ("population.people", 1), ("population.households", 1), ("population.moved-in", 1));
        await Changes(async () => rented = GridSteps.Ok(await hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(b, "1单元", "101", chenCode, HouseholdRole.Tenant, hele.Today, false))),
            ("population.people", 1), ("population.households", 1), ("population.moved-in", 1), ("population.tenants", 1));
        await Changes(() => hele.Get<RecordBirth>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(home, "刘小满", hele.Today.AddDays(-3), [liuCode], "父母")), ("population.people", 1), ("population.born", 1));

        // ── who is within the walk ──
        var (point, old) = ("", "");
        await Changes(() => hele.AddStreets(ma, CircleSteps.File([(0, 50), (2000, 50)])));
        await Changes(async () => point = await hele.Point(ma, GridSteps.At(50, 50)), ("circle.service-points", 1));
        await Changes(async () => GridSteps.Ok(await hele.Reading(ma)), ("circle.readings", 1), ("circle.covered", 2));
        await Changes(async () => old = GridSteps.Ok(await hele.Get<EnterPerson>().Run(ma, ma.Act(PeopleAccess.Register, Guid.NewGuid()), new("田吉祥", null, null, [], false) { BornOn = new(1948, 5, 1) })));
        await Changes(async () => GridSteps.Ok(await hele.MoveIn(ma, a, "501", old)), ("population.people", 1), ("population.households", 1), ("population.moved-in", 1), ("circle.covered", 1));
        await Changes(() => hele.Get<ClosePoint>().Run(ma, ma.Keep(), new(point)), ("circle.service-points", -1));
        await Changes(async () => GridSteps.Ok(await hele.Reading(ma)), ("circle.readings", 1), ("circle.covered", -3), ("circle.uncovered", 3), ("circle.uncovered-older", 1), ("circle.uncovered-children", 1), ("circle.uncovered-wheelchair", 3));
        await Changes(async () => GridSteps.Ok(await hele.Helper(ma, old)), ("circle.helpers", 1));
        await Changes(async () => GridSteps.Ok(await hele.Reading(ma)), ("circle.readings", 1), ("circle.covered", 3), ("circle.uncovered", -3), ("circle.uncovered-older", -1), ("circle.uncovered-children", -1), ("circle.uncovered-wheelchair", -3));

        // ── bodies, seats, honours ──
        string branch = "", team = "", group = "", seat = "", honour = "";
        await Changes(() => hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委"), ("bodies.without-head", 1));
        await Changes(async () => branch = await hele.Body(ma, BodyKind.GridBranch, "第一党支部", [one]), ("bodies.branches", 1), ("bodies.without-head", 1));
        await Changes(() => hele.Body(ma, BodyKind.PartyGroup, "第一党小组", buildings: [a], parent: branch), ("bodies.party-groups", 1), ("bodies.without-head", 1));
        await Changes(async () => group = await hele.Body(ma, BodyKind.ResidentGroup, "第一居民小组", buildings: [a]), ("bodies.resident-groups", 1), ("bodies.without-head", 1));
        await Changes(async () => team = await hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]), ("bodies.teams", 1), ("teams.grids", 1), ("grids.without-team", -1), ("teams.short", 1));
        await Changes(async () => seat = GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Cadre, await hele.CodeOf(TestPeople.Zhao))), ("teams.seats", 1), ("seats.held", 1));
        await Changes(async () => GridSteps.Ok(await hele.Sit(ma, group, SeatKind.Representative, liuCode, households: 30)), ("seats.representatives", 1), ("seats.held", 1));
        await Changes(() => hele.Sit(ma, group, SeatKind.Head, liuCode), ("seats.held", 1), ("bodies.without-head", -1));
        await Changes(() => hele.Leave(ma, seat), ("teams.seats", -1), ("seats.held", -1));
        await Changes(async () => honour = GridSteps.Ok(await HonourTests.Record(hele, ma, "市五好社区党组织")), ("honours.held", 1), ("honours.city-and-above", 1));
        await Changes(() => HonourTests.Record(hele, ma, "文明楼院", level: HonourLevel.Subdistrict), ("honours.held", 1));
        await Changes(() => hele.Get<WithdrawHonour>().Run(ma, ma.Act(HonourAccess.Keep, Guid.NewGuid()), new(honour, hele.Today, "复核没有通过。")), ("honours.held", -1), ("honours.city-and-above", -1));

        // ── what residents raise and judge ──
        var code = "";
        await Changes(async () => code = await hele.FileAppeal(liu), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Accept(zhao, code));
        await Changes(() => hele.Answer(zhao, code), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.Judge(liu, code, satisfied: true), ("appeals.judged", 1), ("appeals.satisfied", 1), ("appeals.open", -1), ("appeals.unjudged", -1));
        var lasting = code;
        await Changes(async () => code = await hele.FileAppeal(liu, "井盖没了", "safety"), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1), ("appeals.urgent", 1));
        await Changes(() => hele.Get<RespondAppeal>().Run(zhao, zhao.Act(AppealAccess.Respond, Guid.NewGuid()), new(code, "看到了，马上来人。")), ("appeals.urgent-in-time", 1));
        await Changes(() => hele.WithdrawAppeal(liu, code), ("appeals.withdrawn", 1), ("appeals.open", -1), ("appeals.unanswered", -1));
        await Changes(async () => code = await hele.FileAppeal(liu, "另一件"), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Refuse(zhao, code), ("appeals.refused", 1), ("appeals.open", -1), ("appeals.unanswered", -1));
        await Changes(() => hele.Contest(liu, code), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.WithdrawAppeal(liu, code), ("appeals.withdrawn", 1), ("appeals.open", -1), ("appeals.unanswered", -1));
        await Changes(async () => await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, TestInstallation.Other)));
        var entered = "";
        await Changes(async () => entered = await hele.TakeDown(ma, hele.Today), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Accept(zhao, entered));
        await Changes(() => hele.Answer(zhao, entered), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.Telephoned(zhou, entered, true), ("appeals.judged", 1), ("appeals.satisfied", 1), ("appeals.open", -1), ("appeals.unjudged", -1));
        await Changes(async () => await hele.ContestByPaper(await hele.Read(db => db.Set<AppealVerdict>().Where(v => v.PaperCode != null).Select(v => v.PaperCode!).SingleAsync())),
            ("appeals.judged", -1), ("appeals.satisfied", -1), ("appeals.open", 1), ("appeals.unjudged", 1), ("appeals.struck", 1));

        // ── what is said about Hele, and thanks ──
        var note = "";
        await Changes(async () => note = (await hele.Say(liu)).Code!, ("feedback.filed", 1));
        await Changes(() => hele.Reply(sun, note), ("feedback.answered", 1));
        foreach (var (what, figure) in new[] { (ThanksKind.Pennant, "thanks.pennants"), (ThanksKind.Letter, "thanks.letters"), (ThanksKind.Spoken, "thanks.spoken") })
        {
            var thanks = "";
            await Changes(async () => thanks = GridSteps.Ok(await hele.Record(zhou, kind: what, door: what == ThanksKind.Spoken ? ThanksDoor.Phone : ThanksDoor.Counter, text: $"感谢{figure}")));
            await Changes(() => hele.KeepThanks(ma, thanks), ("thanks.received", 1), (figure, 1));
        }

        // ── what is disclosed ──
        var (disclosed, supervisor) = ("", await hele.Viewer(TestPeople.Feng));
        await Changes(async () => NumberSteps.Ok(await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new("disclosure.due", 60, hele.Today, "居民代表会议决定"))));
        await Changes(() => hele.Get<OpenDuty>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new("office-fund", new(2026, 7, 1), new(2026, 9, 30))), ("disclosures.due", 1));
        await Changes(async () => disclosed = GridSteps.Ok(await hele.Write(zhou, "office-fund", covers: "2026-Q3")));
        await Changes(() => hele.CheckDisclosure(supervisor, disclosed));
        await Changes(() => hele.PutUp(zhou, disclosed), ("disclosures.published", 1), ("disclosures.in-time", 1));
        var objection = "";
        await Changes(async () => objection = GridSteps.Ok(await hele.ObjectTo(liu, disclosed)), ("disclosures.objections", 1));
        await Changes(() => hele.AnswerObjection(zhou, disclosed, objection), ("disclosures.answered-in-time", 1));
        await Changes(() => hele.TakeDisclosureDown(zhou, disclosed), ("disclosures.withdrawn", 1), ("disclosures.in-time", -1));

        // ── later in the year ──
        hele.MoveTo(2026, 11, 27);
        browser = await host.SignIn(TestPeople.Ma);
        var feng = await hele.Viewer(TestPeople.Feng);
        await Changes(() => hele.Draw(feng, new(2026, 10, 1), new(2026, 10, 31)), ("callbacks.drawn", 1), ("callbacks.missing", 1));
        await Changes(async () => NumberSteps.Ok(await hele.Call(feng, await Drawn(), Callback.Agree)), ("callbacks.reached", 1), ("callbacks.missing", -1));
        await Changes(() => hele.LookAgain(liu, lasting, false), ("appeals.not-lasting", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.Rounds, 1, hele.Today, "居民代表会议决定")));
        await Changes(async () => code = await hele.FileAppeal(liu, "说不到一起的一件"), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Accept(zhao, code));
        await Changes(() => hele.Answer(zhao, code), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.Judge(liu, code, satisfied: false), ("appeals.judged", 1), ("appeals.dissatisfied", 1), ("appeals.disagreed", 1), ("appeals.open", -1), ("appeals.unjudged", -1));
        await Changes(() => hele.Get<MoveOut>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(rented, chenCode, null)), ("population.people", -1), ("population.households", -1), ("population.tenants", -1), ("population.moved-out", 1), ("circle.covered", -1));
        hele.MoveTo(2026, 12, 1);
        browser = await host.SignIn(TestPeople.Ma);
        await Changes(async () => await hele.Finished(await hele.Viewer(TestPeople.Chen), zhao, true), ("appeals.filed", 1), ("appeals.answered", 1), ("appeals.judged", 1), ("appeals.satisfied", 1));
        hele.MoveTo(2026, 12, 2);
        browser = await host.SignIn(TestPeople.Ma);
        await Changes(() => hele.Draw(feng, new(2026, 12, 1), new(2026, 12, 1)), ("callbacks.drawn", 1), ("callbacks.missing", 1));
        await Changes(async () => NumberSteps.Ok(await hele.Call(feng, await Drawn(), Callback.Differ, "没修好，没人问过我")),
            ("callbacks.reached", 1), ("callbacks.missing", -1), ("callbacks.differing", 1), ("appeals.judged", -1), ("appeals.satisfied", -1), ("appeals.struck", 1), ("appeals.open", 1), ("appeals.unjudged", 1));
        // A death ends the seats in the same act.
        await Changes(() => hele.Get<RecordDeath>().Run(zhou, zhou.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(liuCode, hele.Today, DeathSource.Family, "弟弟")),
            ("population.people", -1), ("population.died", 1), ("seats.held", -2), ("seats.representatives", -1), ("bodies.without-head", 1));

        Assert.Equal(figures.Select(f => f.Id).Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
        Assert.True(acts > 40);
        (await hele.Verify()).AssertGreen();

        async Task Changes(Func<Task> act, params (string Figure, long By)[] expected)
        {
            acts++;
            var was = now;
            await act();
            now = await Snapshot([.. expected.Select(e => e.Figure), .. Enumerable.Range(acts * PagesEach, PagesEach).Select(i => figures[i % figures.Count].Id)]);
            var wanted = expected.OrderBy(e => e.Figure, StringComparer.Ordinal).ToList();
            Assert.Equal(wanted, Differences(was.Csv, now.Csv));
            Assert.Equal(wanted, Differences(was.Command, now.Command));
            // The document states those figures whose sentences are carried; of those that stand in it before and after, the same ones changed by as much.
            Assert.Equal(wanted.Where(w => was.Document.ContainsKey(w.Figure) && now.Document.ContainsKey(w.Figure)), Differences(was.Document, now.Document));
            Assert.All(now.Document, d => Assert.Equal(now.Csv[d.Key], d.Value));
            changed.UnionWith(expected.Select(e => e.Figure));
        }

        static List<(string Figure, long By)> Differences(Dictionary<string, long> was, Dictionary<string, long> now) =>
            [.. now.Where(n => was.TryGetValue(n.Key, out var before) && before != n.Value).Select(n => (n.Key, n.Value - was[n.Key])).OrderBy(d => d.Key, StringComparer.Ordinal)];

        Task<string> Drawn() => hele.Read(db => db.Set<Callback>().Where(c => c.CalledOn == null).Select(c => c.PublicCode).SingleAsync());

        // The pages of what changed, and of as many others in turn: by the end each has been looked at while other things changed. All the rest is read whole.
        async Task<Everywhere> Snapshot(params IReadOnlyList<string> pages)
        {
            var all = new Everywhere(new(now.Csv), [], []);
            // Every list after every act on one database; on the other those of the pages, so that one that changed unasked is found when its turn comes.
            foreach (var figure in figures.Where(f => kind == TestDatabase.Sqlite || pages.Count == 0 || pages.Contains(f.Id)))
            {
                var lines = (await browser.GetStringAsync($"/figures/{figure.Id}/records.csv?period={Year}", TestContext.Current.CancellationToken)).Trim().Split("\r\n").Skip(1).ToList();
                all.Csv[figure.Id] = figure.Adds is { } sum ? lines.Sum(l => (long)(decimal.Parse(l.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture) * sum.Per)) : lines.Count;
            }
            foreach (var id in pages.Distinct())
                Assert.Equal((id, figures.Single(f => f.Id == id).Told(all.Csv[id])), (id, (await HtmlPage.Get(browser, $"/figures/{id}?period={Year}")).Text("aside .figure b")));
            var command = await CommandLine.Say("en", ["figures", "--from", "2026-01-01", "--to", "2026-12-31", "--json", "--jurisdiction", TestInstallation.HexiCode, "--data", hele.Options.DataDirectory, "--pins", hele.Options.PinDirectory,
                .. hele.Options.Postgres is { } connection ? new[] { "--database", connection } : []]);
            Assert.True(command.Code == 0, command.Error);
            using var told = JsonDocument.Parse(command.Output);
            foreach (var figure in told.RootElement.EnumerateArray())
                all.Command[figure.GetProperty("id").GetString()!] = (long)(figure.GetProperty("value").GetDecimal() * (figures.Single(f => f.Id == figure.GetProperty("id").GetString()).Adds?.Per ?? 1));
            var docx = await browser.GetByteArrayAsync($"/report.docx?period={Year}", TestContext.Current.CancellationToken);
            // A sum stands there rounded to its digits: its own page says what it is made of.
            foreach (var (id, period, text) in ReportDocumentTests.Numbers(docx).Where(n => n.Period == Year && !n.Text.Contains('%', StringComparison.Ordinal) && figures.Single(f => f.Id == n.Id).Adds is null))
                all.Document[id] = long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            return all;
        }
    }

    private sealed record Everywhere(Dictionary<string, long> Csv, Dictionary<string, long> Command, Dictionary<string, long> Document);
}
