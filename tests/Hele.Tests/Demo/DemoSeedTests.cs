using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Appeals;
using Hele.Civic.Demo;
using Hele.Civic.GridPlanning;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Planning.Partition;
using Hele.Tests.Cli;
using Hele.Tests.GridPlanning;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Demo;

public class DemoSeedTests(ITestOutputHelper output)
{
    /// <summary>Everything the demo does: its people, its ground, its year.</summary>
    private const int Acts = 2650 + 113 + 32 + 15 + 24;

    /// <summary>Births, deaths, arrivals and departures of the year in each community.</summary>
    private static readonly (long, long, long, long) Year = (44, 59, 124, 153), SecondYear = (6, 8, 4, 22);

    private static readonly JsonElement Story = Read("demo/appeals.zh.json"), SecondStory = Read("demo/dongqiao.appeals.zh.json"), Voices = Read("demo/feedback.zh.json"), Organized = Read("demo/organizations.json"), Public = Read("demo/public.zh.json"), Gratitudes = Read("demo/thanks.zh.json"), Board = Read("demo/disclosures.zh.json"), Lives = Read("demo/life.zh.json");

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(ReferenceData.Path(name))).RootElement;

    [Fact]
    public async Task SeedDemo_OnNothing_GivesTheStorysFigures()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        var clock = Stopwatch.StartNew();
        var seed = await hele.Run("seed", "demo");
        output.WriteLine($"Seeded in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(seed.Code == 0, seed.Error);
        Assert.Contains($"The demo stands at 2026-10-31 09:00: {Acts} acts written, 0 were there.", seed.Output);
        Assert.DoesNotContain("left out", seed.Output);
        Assert.Contains($"{Acts}/{Acts}", seed.Error);
        Assert.Contains("liu-dayong", seed.Output);
        await Assert_TheStory(hele, TestDatabase.Sqlite);
    }

    private static async Task Assert_TheStory(CommandLine hele, TestDatabase kind)
    {
        // Counted from the story itself, not from the database: so both databases must say the same.
        foreach (var (from, to) in new[] { ("2025-11-01", "2026-10-31"), ("2025-12-01", "2025-12-31"), ("2026-01-01", "2026-06-30"), ("2026-10-01", "2026-10-31") })
        {
            var told = FiguresOfTheStory(DateOnly.Parse(from), DateOnly.Parse(to));
            var said = await Figures(hele, from, to);
            Assert.Equal(told, OfTheStory(said).ToDictionary(f => f.Id, f => f.Value));
            Assert.All(said.Where(f => f.Id != "grids.area"), f => Assert.Equal(f.Value, f.Records.Count));
            // The second community's are its own story's; what the sub-district answered counts there as an answer.
            Assert.Equal(FiguresOfTheStory(DateOnly.Parse(from), DateOnly.Parse(to), SecondStory), OfTheStory(await Figures(hele, from, to, DemoSeed.SecondCode)).ToDictionary(f => f.Id, f => f.Value));
            Assert.All(await Figures(hele, from, to, "999101001"), f => Assert.Equal(0, f.Value));
        }

        var verify = await hele.Run("verify");
        Assert.True(verify.Code == 0, verify.Output);

        await using var installation = TestInstallation.Open(hele.Options, kind, Until);
        var (openings, periods, channels) = await installation.Read(async db => (await db.Set<LogOpening>().ToListAsync(), await db.Set<ClosedPeriod>().OrderBy(p => p.From).ToListAsync(),
            await db.Set<AppealVerdict>().GroupBy(v => v.Channel).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count)));
        Assert.True(Assert.Single(openings).TimesAreSimulated);
        var referrals = await installation.Read(db => db.Set<Referral>().OrderBy(r => r.ReceivedAt).ToListAsync(), DemoSeed.StreetId);
        var everyday = DemoMatter.Load().Where(m => m.Course is "referred" or "returned").ToLookup(m => m.Course);
        Assert.Equal([(ReferralState.Answered, 2 + everyday["referred"].Count()), (ReferralState.Received, 1), (ReferralState.Returned, 1 + everyday["returned"].Count())],
            referrals.Where(r => !r.ByResident).GroupBy(r => r.State).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal));
        Assert.Equal(4, referrals.Count(r => r.CommunityCode == DemoSeed.SecondCode && !r.ByResident));
        Assert.Equal((DemoSeed.Code, ReferralState.Answered), referrals.Where(r => r.ByResident).Select(r => (r.CommunityCode, r.State)).Single());
        Assert.All(referrals, r => Assert.True(r.ClosedOn is null || r.ClosedOn <= r.DueOn, r.Title));
        var limits = await installation.Read(db => db.Set<Hele.Civic.Platform.Rules.LocalRule>().OrderBy(l => l.SetAt).ToListAsync(), DemoSeed.SecondId);
        Assert.Equal([(AppealRules.AnswerByCommunity, 2), (AppealRules.Rounds, 3)], limits.Select(l => (l.RuleId, l.Amount)));
        Assert.Equal(["2025-12", "2026-H1"], periods.Select(p => p.Period.ToString()));
        Assert.Equal(Verdicts("web"), channels[Channel.Web]);
        Assert.Equal(Verdicts("counter"), channels[Channel.Paper]);

        // What the reviewers made of it: most is public, some is kept back for a reason that was told, and few wait.
        var publications = await installation.Read(db => db.Set<AppealPublication>().ToListAsync());
        Assert.InRange(publications.Count(p => p.State == PublicationState.Published), 100, 250);
        Assert.True(publications.Count(p => p.LonE7 is not null) > 100, "the map");
        Assert.Equal(Public.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("reason").GetString()).Order(), publications.Where(p => p.State == PublicationState.NotPublic).Select(p => p.Reason).Order());
        Assert.Single(publications, p => p.State == PublicationState.Withdrawn);
        Assert.Single(publications, p => p.CorrectedOn is not null);
        Assert.Single(await installation.Read(db => db.Set<HiddenText>().ToListAsync()));
        var reviewer = await installation.Viewer(TestPeople.Zhou);
        Assert.InRange((await installation.Query<PublicationQueries, Page<ReviewLine>>(q => q.List(reviewer, null, null, null))).Rows.Count, 1, 8);
        await Assert_LifeGoesOn(hele, installation);
        await Assert_PlansAreWhatTheySay(installation);
        var joined = await installation.Read(db => db.Set<AppealJoin>().ToListAsync());
        Assert.Equal(Public.GetProperty("joins").GetArrayLength(), joined.Count(j => j.FromAppealId is null));
        Assert.Single(joined, j => j.FromAppealId is not null);
    }

    /// <summary>The planner's form as it opens, on the demo's own streets and houses: each card is the best of the cards at what it says it is best at.</summary>
    private static async Task Assert_PlansAreWhatTheySay(TestInstallation installation)
    {
        var ma = await installation.Viewer(TestPeople.Ma);
        foreach (var within in PlanWish.Withins)
        {
            var wish = new PlanWish(8, 300, 500, true, false, true, null, [], []) { Within = within };
            var answer = await installation.AskPlan(ma, new(wish, true, null, [], []));
            await answer.Run!.Task;
            answer = await installation.AskPlan(ma, new(wish, true, null, [], []));
            Assert.Equal(ProposalState.Done, answer.State);
            PlanView Of(PlanAim aim) => answer.Proposals.Single(p => p.Aims.Contains(aim));
            var told = string.Join("; ", answer.Proposals.Select(p => $"{within}%: {string.Join('+', p.Aims)} moves {p.Stand.MovedHouseholds}, {p.Stand.Spread.Least} to {p.Stand.Spread.Most}, splits {p.Stand.Split.Count}"));
            TestContext.Current.SendDiagnosticMessage(told);
            Assert.True(answer.Proposals.All(p => p.Stand.Split.Count >= Of(PlanAim.NaturalBorders).Stand.Split.Count), told);
            Assert.True(answer.Proposals.All(p => p.Stand.MovedHouseholds >= Of(PlanAim.FewestMoves).Stand.MovedHouseholds || p.Stand.Spread.Off > Of(PlanAim.FewestMoves).Stand.Spread.Off), told);
            Assert.True(Of(PlanAim.NaturalBorders).Stand.Split.Count <= 4, told);
            Assert.True(answer.Proposals.All(p => p.Stand.Spread.Off >= Of(PlanAim.MostBalanced).Stand.Spread.Off), told);
        }
    }

    /// <summary>People are born, die, come and go behind the doors, the same ones each time; and whoever signs in lives somewhere.</summary>
    private static async Task Assert_LifeGoesOn(CommandLine hele, TestInstallation installation)
    {
        foreach (var (code, expected) in new[] { (DemoSeed.Code, Year), (DemoSeed.SecondCode, SecondYear) })
        {
            var before = (await Figures(hele, "2025-10-31", "2025-10-31", code)).ToDictionary(f => f.Id, f => f.Value);
            var year = (await Figures(hele, "2025-11-01", "2026-10-31", code)).ToDictionary(f => f.Id, f => f.Value);
            Assert.Equal(expected, (year["population.born"], year["population.died"], year["population.moved-in"], year["population.moved-out"]));
            Assert.Equal(before["population.people"] + year["population.born"] + year["population.moved-in"] - year["population.died"] - year["population.moved-out"], year["population.people"]);
            Assert.NotEqual(before["population.households"], year["population.households"]);
        }
        var clerk = await Viewer("zhou-lihua");
        var ages = await installation.Query<Civic.Grids.PopulationQueries, Civic.Grids.PopulationView>(q => q.Today(clerk));
        // Who was entered at the counter in the year told no day of birth.
        Assert.InRange(ages.Unknown, 1, 60);
        Assert.All(ages.Ages, band => Assert.True(band.People > 20, $"{band.From}"));
        var homes = new Dictionary<string, string?>();
        foreach (var resident in new[] { "li-na", "liu-dayong", "he-xiaowen", "chen-hao", "sun-yumei", "wu-xiuying", "ouyang-jing", "tian-jixiang" })
        {
            var viewer = await Viewer(resident);
            homes[resident] = (await installation.Query<Civic.Grids.ChangeQueries, Civic.Grids.OwnHousehold?>(q => q.Own(viewer)))?.Address;
        }
        Assert.All(homes, h => Assert.NotNull(h.Value));
        Assert.Equal(("柳荫路8号院1号楼402", "纺织西街27号院2号楼2单元301"), (homes["li-na"], homes["he-xiaowen"]));
        // What the ledger, a move and a check said of them stands in their entries too.
        Assert.Equal("纺织西街27号院2号楼2单元301", await installation.Read(db => db.Set<Civic.People.Person>().Where(p => p.Name == "何晓雯").Select(p => p.Address).SingleAsync()));
        var states = await installation.Read(db => db.Set<Civic.Grids.StatedChange>().GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));
        Assert.Equal((2, 1, 1), (states[Civic.Grids.ChangeState.Stated], states[Civic.Grids.ChangeState.Rejected], states[Civic.Grids.ChangeState.Withdrawn]));
        Assert.InRange(states[Civic.Grids.ChangeState.Confirmed], 5, 9);
        // Whoever raised an open matter has died: it stays open, and nobody is asked.
        Assert.True(await installation.Read(db => db.Set<Appeal>().AnyAsync(a => a.State == AppealState.Accepted && db.Set<Civic.People.Person>().Any(p => p.Id == a.AppellantId && p.DiedOn != null))));

        async Task<Civic.Platform.Access.Viewer> Viewer(string signIn)
        {
            var account = await installation.Read(db => db.Accounts.SingleAsync(a => a.SignInName == signIn));
            return (await installation.Get<Civic.People.Viewers>().Load(account.Id, account.Stamp, TestContext.Current.CancellationToken))!;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SeedDemo_KilledTwiceAndStartedAgain_GoesOnAndDoublesNothing(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        var random = new Random(Environment.TickCount);
        foreach (var line in new[] { random.Next(1, 5), random.Next(5, 9) })
            await KillAfter(hele, line);
        var seed = await hele.Run("seed", "demo");
        Assert.True(seed.Code == 0, seed.Error);
        Assert.False(seed.Output.Contains("left out", StringComparison.Ordinal), seed.Output);
        var there = int.Parse(seed.Output.Split(" acts written, ")[1].Split(' ')[0]);
        output.WriteLine($"{there} acts were there");
        Assert.InRange(there, 10, Acts);

        await Assert_TheStory(hele, kind);
        await using var installation = TestInstallation.Open(hele.Options, kind, DemoSeed.NewClock().Now());
        var people = await installation.Read(db => db.Set<Civic.People.Person>().Select(p => p.Name).ToListAsync());
        Assert.True(people.Count > 7000);
        // The ground is divided, all of it; the area is told in square kilometres.
        var ground = (await Figures(hele, "2025-11-01", "2026-10-31")).ToDictionary(f => f.Id);
        Assert.InRange(ground["grids.area"].Told, 0.2m, 9m);
        Assert.Equal(ground["grids.standing"].Value, ground["grids.area"].Records.Count);
        await using (var words = TestInstallation.Open(hele.Options, kind, DemoSeed.NewClock().Now()))
        {
            var stories = await words.Read(db => db.Set<Civic.Reports.ReportStory>().OrderBy(s => s.LoggedAt).Select(s => s.State).ToListAsync());
            Assert.Equal([Civic.Reports.StoryState.Withdrawn, Civic.Reports.StoryState.Standing, Civic.Reports.StoryState.Waiting, Civic.Reports.StoryState.Draft], stories);
            Assert.Equal([Civic.Reports.StatementState.Standing, Civic.Reports.StatementState.Standing, Civic.Reports.StatementState.Waiting], await words.Read(db => db.Set<Civic.Reports.ReportStatement>().OrderBy(s => s.LoggedAt).Select(s => s.State).ToListAsync()));
        }
        var population = ground.ToDictionary(f => f.Key, f => f.Value.Value);
        // Every household lies on one side of the circle or the other; most are within it, and some aren't: otherwise there would be nothing to do.
        Assert.Equal((5, 5, 4), (population["circle.service-points"], population["circle.helpers"], population["circle.readings"]));
        Assert.Equal(population["population.households"], population["circle.covered"] + population["circle.uncovered"]);
        Assert.InRange(population["circle.uncovered"], 10, population["circle.covered"] / 2);
        Assert.InRange(population["circle.uncovered-older"], 10, 1500);
        Assert.Equal(await installation.Read(db => db.Set<Civic.Grids.HouseholdMember>().CountAsync(m => m.To == null)), population["population.people"]);
        Assert.Equal(await installation.Read(db => db.Set<Civic.Grids.Household>().CountAsync(h => h.To == null)), population["population.households"]);
        // Of thanks that were taken back nothing tells any more what was typed: neither when they were given nor when they were checked.
        // Of the story that was taken back neither when it was written, nor when it was agreed to, nor when it was read.
        Assert.Equal(Acts - 4 - 2 - 3, await installation.Read(db => db.Set<AcceptedOperation>().CountAsync(o => o.Operation != "jurisdiction.open")));
        var times = await installation.Read(db => db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.At).ToListAsync());
        Assert.Equal(times.Order(), times);

        var again = await hele.Run("seed", "demo");
        Assert.True(again.Code == 0, again.Error);
        Assert.Contains($"0 acts written, {Acts} were there.", again.Output);
    }

    [Fact]
    public async Task SeedDemo_AsOfADay_PlaysNothingAfterIt()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        var seed = await hele.Run("seed", "demo", "--as-of", "2025-12-31");
        Assert.True(seed.Code == 0, seed.Error);
        Assert.Contains("The demo stands at 2025-12-31 09:00", seed.Output);
        Assert.Equal(FiguresOfTheStory(new(2025, 11, 1), new(2025, 12, 31), until: new(2025, 12, 31)), OfTheStory(await Figures(hele, "2025-11-01", "2025-12-31")).ToDictionary(f => f.Id, f => f.Value));
        Assert.Equal(0, (await Figures(hele, "2026-01-01", "2026-12-31")).Single(f => f.Id == "appeals.filed").Value);

        // Later it goes on; earlier is no way back.
        Assert.Contains("The demo stands at 2026-02-01 09:00", (await hele.Run("seed", "demo", "--as-of", "2026-02-01")).Output);
        Assert.Contains("The demo stands at 2026-01-31 19:33: 0 acts written", (await hele.Run("seed", "demo", "--as-of", "2025-12-01")).Output);
        var before = await hele.Run("seed", "demo", "--as-of", "2025-10-01");
        Assert.Equal((1, "The demo begins on 2025-11-01; it can't stand at 2025-10-01."), (before.Code, before.Error.Trim()));
    }

    [Fact]
    public async Task SeedDemo_AfterSomebodyUsedTheDemo_GoesOnAroundThem()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        // a20 is filed on 20 May at 18:05 and accepted by the grid worker on the 22nd.
        await hele.Run("seed", "demo", "--as-of", "2026-05-21");
        DateTimeOffset used;
        await using (var installation = TestInstallation.Open(hele.Options, TestDatabase.Sqlite, China.At(new(2026, 5, 23), new(10, 0))))
        {
            var code = await installation.Read(db => db.Set<Appeal>().OrderByDescending(a => a.FiledAt).Select(a => a.PublicCode).FirstAsync());
            Assert.True((await installation.Accept(await installation.Viewer(TestPeople.Ma), code)).Accepted);
            used = installation.Clock.Now();
        }
        // Also through the command line, which must keep to the demo's time.
        Assert.Equal(0, (await hele.Run("admin", "create", "--name", "来访者", "--sign-in", "visitor", "--role", "Clerk", "--jurisdiction", DemoSeed.Code)).Code);

        var seed = await hele.Run("seed", "demo");
        Assert.Equal(0, seed.Code);
        Assert.Contains("were left out", seed.Output);
        await using var after = TestInstallation.Open(hele.Options, TestDatabase.Sqlite, DemoSeed.NewClock().Now());
        var times = await after.Read(db => db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.At).ToListAsync());
        Assert.Equal(times.Order(), times);
        Assert.Contains(used, times);
        Assert.Equal(0, (await hele.Run("verify")).Code);
    }

    [Fact]
    public async Task SignIns_EachOne_CanSignIn()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        await hele.Run("seed", "demo", "--as-of", "2025-11-01");
        await using var installation = TestInstallation.Open(hele.Options, TestDatabase.Sqlite, China.At(new(2025, 11, 1), new(9, 0)));
        Assert.Equal(32, DemoPeople.SignIns.Count);
        Assert.Equal(21, DemoPeople.SignIns.Count(p => p.Role is not null));
        Assert.Equal(["河西社区", "东桥社区", "柳荫街道", "河湾区"], DemoPeople.SignIns.Select(p => p.Place.Zh).Distinct());
        foreach (var person in DemoPeople.SignIns)
        {
            var (account, problem) = await installation.Get<Passwords>().SignIn(person.SignIn, person.Password, cancel: TestContext.Current.CancellationToken);
            Assert.Null(problem);
            var viewer = await installation.Get<Civic.People.Viewers>().Load(account!.Id, account.Stamp, TestContext.Current.CancellationToken);
            Assert.Equal((person.Name, person.Role), (viewer!.Name, viewer.Posts.SingleOrDefault()?.Role));
        }
    }

    /// <param name="Told">In its measure; a fraction only of the area.</param>
    private sealed record Figure(string Id, string Title, string Measure, [property: JsonPropertyName("value")] decimal Told, IReadOnlyList<string> Records)
    {
        [JsonIgnore]
        public long Value => (long)Told;
    }

    private static async Task<List<Figure>> Figures(CommandLine hele, string from, string to, string jurisdiction = DemoSeed.Code)
    {
        var answer = await hele.Run("figures", "--jurisdiction", jurisdiction, "--from", from, "--to", to, "--json");
        Assert.True(answer.Code == 0, answer.Error);
        return JsonSerializer.Deserialize<List<Figure>>(answer.Output, JsonSerializerOptions.Web)!;
    }

    /// <summary>Without who lives where, and how the ground is divided: that comes from the ledger and the map of the demo's homes, not from the story.</summary>
    private static IEnumerable<Figure> OfTheStory(IEnumerable<Figure> figures) => figures.Where(f => !f.Id.StartsWith("population.", StringComparison.Ordinal) && !f.Id.StartsWith("circle.", StringComparison.Ordinal) && f.Id is not ("grids.area" or "buildings.without-grid" or "grids.without-team" or "teams.short"));

    /// <summary>The figures by counting through the story.</summary>
    private static Dictionary<string, long> FiguresOfTheStory(DateOnly from, DateOnly to, JsonElement? story = null, DateOnly? until = null)
    {
        var figures = new[] { "appeals.filed", "appeals.answered", "appeals.judged", "appeals.satisfied", "appeals.dissatisfied", "appeals.disagreed", "appeals.struck", "callbacks.drawn", "callbacks.reached", "callbacks.differing", "callbacks.missing", "appeals.refused", "appeals.withdrawn", "appeals.not-lasting", "appeals.urgent", "appeals.urgent-in-time", "appeals.open", "appeals.unanswered", "appeals.unjudged", "feedback.filed", "feedback.answered", "thanks.received", "thanks.pennants", "thanks.letters", "thanks.spoken", "disclosures.published", "disclosures.withdrawn", "disclosures.due", "disclosures.in-time", "disclosures.objections", "disclosures.answered-in-time",
            "grids.standing", "teams.seats", "teams.grids", "honours.held", "honours.city-and-above", "bodies.branches", "bodies.party-groups", "bodies.resident-groups", "bodies.teams", "bodies.without-head", "seats.held", "seats.representatives" }.ToDictionary(id => id, _ => 0L);
        var rounds = (story ?? Story).TryGetProperty("rules", out var local) && local.EnumerateArray().Select(r => (r.GetProperty("rule").GetString(), r.GetProperty("amount").GetInt32())).FirstOrDefault(r => r.Item1 == AppealRules.Rounds) is (not null, var own)
            ? own : ReferenceData.Rules.InForce(AppealRules.Rounds, to).Amount;
        foreach (var appeal in (story ?? Story).GetProperty("appeals").EnumerateArray().Concat(story is null ? Public.GetProperty("appeals").EnumerateArray() : []))
        {
            var filed = appeal.GetProperty("toldOn").GetString() is { } told ? DateOnly.Parse(told) : Day(appeal.GetProperty("filedAt"));
            if (filed > to)
                continue;
            Count("appeals.filed", filed);
            Urgent(appeal.GetProperty("kind").GetString()!, appeal.GetProperty("filedAt").GetDateTimeOffset(), appeal.GetProperty("steps").EnumerateArray().Select(s => (s.GetProperty("act").GetString()!, s.GetProperty("at").GetDateTimeOffset())));
            var (open, waiting, silent, bad) = (true, true, false, 0);
            foreach (var step in appeal.GetProperty("steps").EnumerateArray().Where(s => Day(s.GetProperty("at")) <= to))
            {
                var on = Day(step.GetProperty("at"));
                switch (step.GetProperty("act").GetString(), step.GetProperty("verdict").GetString())
                {
                    case ("answer" or "street-answer", _):
                        Count("appeals.answered", on);
                        (waiting, silent) = (false, true);
                        break;
                    case ("judge", var verdict):
                        Count("appeals.judged", on);
                        Count("appeals." + verdict, on);
                        var disagreed = verdict == "dissatisfied" && ++bad == rounds;
                        if (disagreed)
                            Count("appeals.disagreed", on);
                        (open, waiting, silent) = verdict == "satisfied" || disagreed ? (false, false, false) : (true, true, false);
                        break;
                    // Who joined and is satisfied closes nothing; who isn't opens it again.
                    case ("judge-joined", var word):
                        Count("appeals.judged", on);
                        Count("appeals." + word, on);
                        (open, waiting, silent) = word == "satisfied" ? (open, waiting, silent) : (true, true, false);
                        break;
                    case ("refuse", _) or ("review", "uphold"):
                        if (step.GetProperty("act").GetString() == "refuse")
                            Count("appeals.refused", on);
                        (open, waiting, silent) = (false, false, false);
                        break;
                    case ("merge", _):
                        (open, waiting, silent) = (false, false, false);
                        break;
                    case ("withdraw", _):
                        Count("appeals.withdrawn", on);
                        (open, waiting, silent) = (false, false, false);
                        break;
                    case ("look-again", "not"):
                        Count("appeals.not-lasting", on);
                        (open, waiting, silent) = (true, true, false);
                        break;
                    case ("contest" or "resume" or "ask-above", _):
                        (open, waiting, silent) = (true, true, false);
                        break;
                }
            }
            figures["appeals.open"] += open ? 1 : 0;
            figures["appeals.unanswered"] += waiting ? 1 : 0;
            figures["appeals.unjudged"] += silent ? 1 : 0;
        }
        // What its other residents raised is the first community's too.
        var rounds2 = ReferenceData.Rules.InForce(AppealRules.Rounds, to).Amount;
        foreach (var matter in story is null ? DemoMatter.Load() : [])
        {
            if (China.DateIn(matter.FiledAt) > to || matter.FiledAt > (until is { } stands ? China.At(stands, DemoSeed.StartOfDay) : Until))
                continue;
            Count("appeals.filed", China.DateIn(matter.FiledAt));
            var (open, waiting, silent, bad) = (true, true, false, 0);
            if (matter.Course == "spot")
                Answered(China.DateIn(matter.FiledAt));
            Urgent(matter.Kind, matter.FiledAt, matter.Course == "spot" ? [("accept", matter.FiledAt)] : matter.Steps().Select(s => (s.Act, s.At)));
            foreach (var (act, at, _) in matter.Steps().Where(s => s.At <= (until is { } day ? China.At(day, DemoSeed.StartOfDay) : Until) && China.DateIn(s.At) <= to))
            {
                var on = China.DateIn(at);
                switch (act)
                {
                    case "answer" or "street-answer":
                        Answered(on);
                        break;
                    case "phone":
                        // Entered for the resident, who said later that it wasn't theirs: from then on it counts nowhere.
                        if (!matter.Steps().Any(s => s.Act == "struck" && s.At <= (until is { } known ? China.At(known, DemoSeed.StartOfDay) : Until)))
                        {
                            Count("appeals.judged", on);
                            Count("appeals.satisfied", on);
                        }
                        (open, waiting, silent) = (false, false, false);
                        break;
                    case "struck":
                        Count("appeals.struck", on);
                        (open, waiting, silent) = (true, false, true);
                        break;
                    case "satisfied" or "dissatisfied":
                        Count("appeals.judged", on);
                        Count("appeals." + act, on);
                        var ends = act == "dissatisfied" && ++bad == rounds2;
                        if (ends)
                            Count("appeals.disagreed", on);
                        (open, waiting, silent) = act == "satisfied" || ends ? (false, false, false) : (true, true, false);
                        break;
                    case "refuse" or "uphold" or "withdraw":
                        if (act != "uphold")
                            Count(act == "refuse" ? "appeals.refused" : "appeals.withdrawn", on);
                        (open, waiting, silent) = (false, false, false);
                        break;
                    case "not-solved":
                        Count("appeals.not-lasting", on);
                        (open, waiting, silent) = (true, true, false);
                        break;
                    case "contest" or "resume":
                        (open, waiting, silent) = (true, true, false);
                        break;
                }
            }
            figures["appeals.open"] += open ? 1 : 0;
            figures["appeals.unanswered"] += waiting ? 1 : 0;
            figures["appeals.unjudged"] += silent ? 1 : 0;

            void Answered(DateOnly on)
            {
                Count("appeals.answered", on);
                (waiting, silent) = (false, true);
            }
        }
        // What is said about Hele is the first community's.
        foreach (var voice in story is null ? Voices.EnumerateArray() : [])
        {
            Count("feedback.filed", Day(voice.GetProperty("at")));
            foreach (var step in voice.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("act").GetString() != "contest"))
                Count("feedback.answered", Day(step.GetProperty("at")));
        }
        // On the board: what went up, what was owed and closed by its day, what was objected to.
        var board = Board.GetProperty("disclosures").EnumerateArray().Where(d => d.TryGetProperty("in", out _) == story is not null && !(until is { } stands && Day(d.GetProperty("at")) >= stands)).ToList();
        foreach (var disclosure in board)
        {
            foreach (var step in disclosure.GetProperty("steps").EnumerateArray().Where(s => until is not { } stands || Day(s.GetProperty("at")) < stands))
            {
                if (step.GetProperty("act").GetString() switch { "publish" => "disclosures.published", "withdraw" => "disclosures.withdrawn", "object" => "disclosures.objections", _ => null } is { } figure)
                    Count(figure, Day(step.GetProperty("at")));
                if (step.GetProperty("act").GetString() == "object" && disclosure.GetProperty("steps").EnumerateArray().Any(s => s.TryGetProperty("objection", out var of) && of.GetString() == step.GetProperty("key").GetString()))
                    Count("disclosures.answered-in-time", Day(step.GetProperty("at")));
            }
        }
        foreach (var duty in Board.GetProperty("duties").EnumerateArray().Where(d => d.TryGetProperty("in", out _) == story is not null && !(until is { } stands && Day(d.GetProperty("at")) >= stands)))
        {
            var due = Day(duty.GetProperty("at")).AddDays(14);
            Count("disclosures.due", due);
            if (board.Any(d => d.GetProperty("kind").GetString() == duty.GetProperty("kind").GetString() && d.TryGetProperty("covers", out var covers) && covers.GetString() == duty.GetProperty("covers").GetString()
                && d.GetProperty("steps").EnumerateArray().Any(s => s.GetProperty("act").GetString() == "publish" && Day(s.GetProperty("at")) <= due)))
                Count("disclosures.in-time", due);
        }
        // Of thanks: those that a second person found true and that weren't taken back.
        foreach (var thanks in Gratitudes.EnumerateArray().Where(g => g.TryGetProperty("in", out _) == story is not null))
        {
            var steps = thanks.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("act").GetString()).ToList();
            if (!steps.Exists(s => s is "publish" or "keep") || steps.Exists(s => s is "withdraw" or "reject"))
                continue;
            var on = thanks.TryGetProperty("on", out var told) ? DateOnly.Parse(told.GetString()!) : Day(thanks.GetProperty("at"));
            Count("thanks.received", on);
            Count(thanks.GetProperty("kind").GetString() switch { "pennant" => "thanks.pennants", "letter" => "thanks.letters", _ => "thanks.spoken" }, on);
        }
        figures["grids.standing"] = Csv.Load(Repo.At("data", "demo", story is null ? "grids.csv" : "dongqiao.grids.csv")).Count();
        var organized = Organized[story is null ? 0 : 1];
        var changes = organized.GetProperty("later").EnumerateArray().Where(c => DateOnly.Parse(c.GetProperty("on").GetString()!) is var on && (c.GetProperty("act").GetString() == "seat" ? on <= to : on < to)).ToList();
        var died = Lives[story is null ? 0 : 1].GetProperty("turns").EnumerateArray().Where(t => t.TryGetProperty("source", out _) && t.TryGetProperty("home", out _))
            .ToDictionary(t => t.GetProperty("who")[0].GetString()!, t => DateOnly.Parse(t.GetProperty("on").GetString()!));
        foreach (var body in organized.GetProperty("bodies").EnumerateArray())
        {
            var (kind, name) = (body.GetProperty("kind").GetString()!, body.GetProperty("name").GetString());
            // Whoever died sits nowhere from the next day on.
            var seats = body.GetProperty("seats").EnumerateArray().Where(s => !(died.TryGetValue(s.GetProperty("who").GetString()!, out var last) && last < to)).Select(s => s.GetProperty("seat").GetString()!).ToList();
            foreach (var change in changes.Where(c => c.GetProperty("body").GetString() == name))
            {
                if (change.GetProperty("act").GetString() == "seat") seats.Add(change.GetProperty("seat").GetString()!);
                else seats.Remove(change.GetProperty("seat").GetString()!);
            }
            figures["bodies.branches"] += kind is "GridBranch" or "JointBranch" or "FunctionalBranch" ? 1 : 0;
            figures["bodies.party-groups"] += kind == "PartyGroup" ? 1 : 0;
            figures["bodies.resident-groups"] += kind == "ResidentGroup" ? 1 : 0;
            figures["bodies.teams"] += kind == "ServiceTeam" ? 1 : 0;
            figures["teams.seats"] += kind == "ServiceTeam" ? seats.Count : 0;
            figures["teams.grids"] += kind == "ServiceTeam" ? body.GetProperty("grids").GetArrayLength() : 0;
            figures["bodies.without-head"] += kind is not ("BuildingLeads" or "ServiceTeam") && !seats.Contains("Head") ? 1 : 0;
            figures["seats.held"] += seats.Count;
            figures["seats.representatives"] += seats.Count(s => s == "Representative");
        }
        // The supervision drew once, and reached the first of those it rang.
        if (story is null && until is null)
        {
            var drawn = new DateOnly(2026, 10, 12);
            var september = from <= drawn && drawn <= to ? FiguresOfTheStory(new(2026, 9, 1), new(2026, 9, 30))["appeals.judged"] : 0;
            figures["callbacks.drawn"] += CallbackDraw.HowMany((int)september, ReferenceData.Rules.InForce(DrawCallbacks.Rule, drawn).Amount);
            Count("callbacks.reached", drawn);
            if (drawn <= to)
                figures["callbacks.missing"] += CallbackDraw.HowMany((int)FiguresOfTheStory(new(2026, 9, 1), new(2026, 9, 30))["appeals.judged"], ReferenceData.Rules.InForce(DrawCallbacks.Rule, drawn).Amount) - 1;
        }
        foreach (var honour in organized.GetProperty("honours").EnumerateArray().Where(h => DateOnly.Parse(h.GetProperty("on").GetString()!) <= to))
        {
            if (organized.GetProperty("honoursWithdrawn").EnumerateArray().Any(w => w.GetProperty("title").GetString() == honour.GetProperty("title").GetString() && DateOnly.Parse(w.GetProperty("on").GetString()!) <= to))
                continue;
            figures["honours.held"]++;
            figures["honours.city-and-above"] += honour.GetProperty("level").GetString() is "National" or "Province" or "City" ? 1 : 0;
        }
        return figures;

        // The hours of an urgent matter, from its filing and each time it is taken up again.
        void Urgent(string kind, DateTimeOffset filed, IEnumerable<(string Act, DateTimeOffset At)> steps)
        {
            if (kind is not ("safety" or "minors"))
                return;
            var (begun, over) = (filed, false);
            foreach (var (act, at) in steps.Where(s => s.At <= (until is { } stands ? China.At(stands, DemoSeed.StartOfDay) : Until)))
            {
                if (act == "resume")
                {
                    if (!over)
                        Count("appeals.urgent", China.DateIn(begun));
                    (begun, over) = (at, false);
                }
                else if (!over && act is ("respond" or "accept" or "refuse" or "merge" or "withdraw"))
                {
                    over = true;
                    var inTime = at - begun <= TimeSpan.FromHours(2);
                    if (act == "withdraw" && inTime)
                        continue;
                    Count("appeals.urgent", China.DateIn(begun));
                    if (act != "withdraw" && inTime)
                        Count("appeals.urgent-in-time", China.DateIn(begun));
                }
            }
            if (!over)
                Count("appeals.urgent", China.DateIn(begun));
        }

        void Count(string id, DateOnly on) => figures[id] += on >= from && on <= to ? 1 : 0;
        static DateOnly Day(JsonElement at) => China.DateIn(at.GetDateTimeOffset());
    }

    /// <summary>The demo stands there unless another day is asked for.</summary>
    private static readonly DateTimeOffset Until = China.At(DemoSeed.DefaultAsOf, DemoSeed.StartOfDay);

    private static int Verdicts(string channel) => DemoMatter.Load().Where(m => (m.Channel == Channel.Web) == (channel == "web")).Sum(m => m.Steps().Count(s => s.At <= Until && s.Act is "satisfied" or "dissatisfied")) + Story.GetProperty("appeals").EnumerateArray().Concat(Public.GetProperty("appeals").EnumerateArray()).Where(a => a.GetProperty("channel").GetString() == channel)
        .Sum(a => a.GetProperty("steps").EnumerateArray().Count(s => s.GetProperty("act").GetString() is "judge" or "judge-joined"));

    /// <summary>Starts the seed as a process of its own and kills it with SIGKILL after so many lines of progress.</summary>
    private static async Task KillAfter(CommandLine hele, int lines)
    {
        // From its own folder: beside the tests lack the libraries that the web framework brings along.
        var program = Path.Combine(AppContext.BaseDirectory.Replace("tests/Hele.Tests", "src/Hele.Cli"), "hele.dll");
        var start = new ProcessStartInfo("dotnet", [program, "seed", "demo", .. hele.Where]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            for (var i = 0; i < lines; i++)
                Assert.EndsWith($"/{Acts}", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
