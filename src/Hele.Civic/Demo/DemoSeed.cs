using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.Deliberations;
using Hele.Civic.Grids;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

/// <summary>How far the demo's year is written.</summary>
public readonly record struct DemoProgress(int Done, int Total);

/// <summary>What a run of the seed did.</summary>
/// <param name="Written">Acts that were written now.</param>
/// <param name="AlreadyThere">Acts that an earlier run had written.</param>
/// <param name="Overtaken">Keys of the acts of the story that no longer fit, each with the problem, because somebody using the demo was faster.</param>
/// <param name="Now">Where the demo's clock stands.</param>
public sealed record DemoResult(int Written, int AlreadyThere, IReadOnlyList<string> Overtaken, DateTimeOffset Now);

/// <summary>The demo can't be written here, for a reason an operator understands.</summary>
public sealed class DemoRefusedException(Bilingual sentence) : Exception(sentence.En)
{
    public Bilingual Sentence => sentence;
}

/// <summary>
/// Writes the demo's year through the real operations, each act at its instant. Every act has an operation id made from its place in the story,
/// so that a run that was interrupted, however it ended, goes on where it was and doubles nothing; the same data gives the same figures.
/// </summary>
public static partial class DemoSeed
{
    /// <summary>Jurisdiction 1 of the installation; 999 is no province, so the code can't be a real place's.</summary>
    public const int JurisdictionId = 1;
    public const int SecondId = 2, StreetId = 3, DistrictId = 4;
    public const string Code = "999101001001", SecondCode = "999101001002", OriginPrefix = "demo.hele.example";

    /// <summary>The demo's year ends here unless another day is asked for.</summary>
    public static readonly DateOnly DefaultAsOf = new(2026, 10, 31);

    /// <summary>The demo's clock starts at this time of its last day.</summary>
    public static readonly TimeOnly StartOfDay = new(9, 0);

    private static readonly DateTimeOffset Opening = China.At(new DateOnly(2025, 10, 31), StartOfDay);
    private static readonly DateOnly PostsSince = new(2024, 3, 1);

    /// <summary>Periods that the secretary closes, each some days after its end.</summary>
    private static readonly (string Period, DateTimeOffset At)[] Closings =
    [
        ("2025-12", China.At(new DateOnly(2026, 1, 8), new TimeOnly(16, 30))),
        ("2026-H1", China.At(new DateOnly(2026, 7, 7), new TimeOnly(16, 30))),
    ];

    /// <summary>The earliest day the demo can stand at.</summary>
    public static DateOnly FirstAsOf => China.DateIn(Opening).AddDays(1);

    /// <summary>The clock a demo's services are built with: it stands where the story begins until <see cref="Run"/> has played it.</summary>
    public static DemoClock NewClock() => new(Opening, running: false);

    /// <summary>
    /// The last time in the logs of an installation whose times are simulated; null when it has none such. A program that writes there must
    /// use a <see cref="DemoClock"/> from this instant on: the machine's clock would mix two times in one log.
    /// </summary>
    public static async Task<DateTimeOffset?> SimulatedUntil(Database database, CancellationToken cancel = default)
    {
        int[] all;
        await using (var outer = await database.Read([], cancel))
            all = await outer.Db.Jurisdictions.Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(all, cancel);
        if (!await lease.Db.Set<LogOpening>().AnyAsync(o => o.TimesAreSimulated, cancel))
            return null;
        return await lease.Db.Set<LogGroup>().MaxAsync(g => g.At, cancel);
    }

    /// <summary>
    /// Brings a migrated database to where the demo stands on a day. The services must have been built with <see cref="NewClock"/>; afterwards
    /// that clock runs, from 09:00 of the day or from the last time in the log, whichever is later.
    /// </summary>
    /// <param name="asOf">Nothing that lies after 09:00 of this day is played. The default is <see cref="DefaultAsOf"/>.</param>
    /// <exception cref="DemoRefusedException">The installation is another community's, or the day lies before the story.</exception>
    public static async Task<DemoResult> Run(IServiceProvider services, DateOnly? asOf = null, IProgress<DemoProgress>? progress = null, CancellationToken cancel = default)
    {
        var day = asOf ?? DefaultAsOf;
        if (day < FirstAsOf)
            throw new DemoRefusedException(($"演示从{FirstAsOf:yyyy-MM-dd}开始，不能停在{day:yyyy-MM-dd}。", $"The demo begins on {FirstAsOf:yyyy-MM-dd}; it can't stand at {day:yyyy-MM-dd}."));
        var until = China.At(day, StartOfDay);
        var clock = services.GetRequiredService<TimeProvider>() as DemoClock ?? throw new InvalidOperationException("The demo is written with a DemoClock.");
        // Time never goes back in a log: what is played into a demo that has been used meanwhile happens after what was done there.
        var played = await SimulatedUntil(services.GetRequiredService<Database>(), cancel);
        if (played is { } last && last > clock.Now())
            clock.MoveTo(last);
        var player = new Player(services, isResumed: played is not null, cancel);

        var all = player.Scenes().ToList();
        // Two of one key would be one act, and the second would find the first one's record.
        if (all.GroupBy(s => s.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"data/demo has {twice.Key} twice.");
        var scenes = all.Where(s => s.At <= until).OrderBy(s => s.At).ToList();
        for (var i = 0; i < scenes.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (scenes[i].At > clock.Now())
                clock.MoveTo(scenes[i].At);
            await player.Play(scenes[i]);
            progress?.Report(new DemoProgress(i + 1, scenes.Count));
        }
        if (until > clock.Now())
            clock.MoveTo(until);
        var result = new DemoResult(player.Written, player.AlreadyThere, player.Overtaken, clock.Now());
        clock.Start();
        return result;
    }

    /// <summary>The id of an act: always the same for the same place in the story.</summary>
    internal static Guid OperationId(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes("hele/demo/1/" + key)).AsSpan(0, 16), bigEndian: true);

    /// <param name="Key">Its place in the story: a02, a02/1 …</param>
    private sealed record Scene(string Key, DateTimeOffset At, Func<Guid, Task<Outcome>> Do);

    /// <summary>Who raises which of the everyday matters.</summary>
    internal static IReadOnlyList<(DemoMatter Matter, DemoHomes.Resident Who)> Voices(DemoHomes homes) => Player.Voices(homes);

    /// <param name="isResumed">Something of the story is there already.</param>
    private sealed partial class Player(IServiceProvider services, bool isResumed, CancellationToken cancel)
    {
        /// <summary>Refusals that mean: somebody who tried the demo out has done it already, or done it another way.</summary>
        private static readonly string[] Overtaking = [AppealProblems.NotNow.Code, ReferralProblems.NotNow.Code, AppealProblems.HandlerCantJudge.Code,
            AppealProblems.HandlerCantSpeak.Code, AppealProblems.RefuserCantReview.Code, AppealProblems.NotInYourHands.Code, AppealProblems.TakerMissing.Code, AppealProblems.NotAskedNow.Code, AppealProblems.ResumeTooLate.Code, AppealProblems.StatedAlready.Code, AppealProblems.EntererCantContest.Code, AppealProblems.NothingToContest.Code, AppealProblems.ContestTooLate.Code, AppealProblems.SaidSince.Code,
            EmergencyProblems.Running.Code, EmergencyProblems.Over.Code, EmergencyProblems.NotNow.Code, EmergencyProblems.KnownAlready.Code, PeopleProblems.RequestWaiting.Code, PeopleProblems.RequestAnswered.Code,
            JointProblems.NotTheLead.Code, JointProblems.InAlready.Code, JointProblems.PostMissing.Code, JointProblems.Over.Code, JointProblems.WrittenAlready.Code, JointProblems.NotFound.Code, CallbackProblems.DrawnAlready.Code, CallbackProblems.CalledAlready.Code, CallbackProblems.NotFound.Code, Feedback.FeedbackProblems.NotNow.Code, Thanks.ThanksProblems.NotNow.Code, Thanks.ThanksProblems.NotSatisfied.Code, Thanks.ThanksProblems.ThankedAlready.Code, Thanks.ThanksProblems.NoConsent.Code, Disclosures.DisclosureProblems.NotNow.Code, Disclosures.DisclosureProblems.ChangedMeanwhile.Code, Disclosures.DisclosureProblems.PeriodTaken.Code, Disclosures.DisclosureProblems.AnsweredAlready.Code, Disclosures.DisclosureProblems.CorrectionWaits.Code, Disclosures.DisclosureProblems.NoCorrection.Code, Disclosures.DisclosureProblems.ObjectionTooLate.Code,
            OrganizationProblems.NameTaken.Code, OrganizationProblems.HasOne.Code, OrganizationProblems.Gone.Code, OrganizationProblems.Taken.Code, OrganizationProblems.Full.Code, OrganizationProblems.SitsHere.Code, OrganizationProblems.EndedAlready.Code, AbsenceProblems.AwayAlready.Code, HonourProblems.ThereAlready.Code, HonourProblems.WithdrawnAlready.Code, AbsenceProblems.StandInAway.Code, ClosePeriod.AlreadyClosed.Code,
            PublicationProblems.NotNow.Code, PublicationProblems.NotAcceptedYet.Code, PublicationProblems.NotListed.Code, PublicationProblems.AnsweredMeanwhile.Code, PublicationProblems.AnswerTooEarly.Code, PublicationProblems.OwnAnswer.Code, PublicationProblems.HiddenAlready.Code,
            JoiningProblems.Gone.Code, JoiningProblems.Already.Code, JoiningProblems.JudgedAlready.Code, MergingProblems.NotWaiting.Code, MergingProblems.NotPublic.Code, MergingProblems.OtherKind.Code, MergingProblems.HasOthers.Code,
            GridProblems.NotFound.Code, GridProblems.HouseholdGone.Code, GridProblems.NotThere.Code, GridProblems.LivesElsewhere.Code, GridProblems.LivesHere.Code, GridProblems.PersonMissing.Code, GridProblems.PersonGone.Code, GridProblems.GuardianMissing.Code, GridProblems.BornTwice.Code,
            GridProblems.TenancyThere.Code, GridProblems.NoTenancy.Code, GridProblems.TenancyEndOdd.Code, GridProblems.SamePresence.Code, GridProblems.SameOwner.Code, GridProblems.NoOwnHousehold.Code, GridProblems.MemberMissing.Code, GridProblems.NobodyThere.Code, GridProblems.StatedAlready.Code, GridProblems.ChangeNotNow.Code,
            GridProblems.ChangeAnswered.Code, GridProblems.DayBeforeMoveIn.Code, PeopleProblems.NotFound.Code, PeopleProblems.Dead.Code, PeopleProblems.DeathRecorded.Code, PeopleProblems.AlreadyLeft.Code, PeopleProblems.Duplicate.Code, KeepGuardianship.There.Code,
            ServiceCircles.CircleProblems.NotFound.Code, ServiceCircles.CircleProblems.NameTaken.Code, ServiceCircles.CircleProblems.PointClosed.Code, ServiceCircles.CircleProblems.CorrectionEnded.Code, ServiceCircles.CircleProblems.HelpsAlready.Code, ServiceCircles.CircleProblems.PersonMissing.Code, ServiceCircles.CircleProblems.TouchesNoStreet.Code, ServiceCircles.CircleProblems.NothingToRead.Code];

        private readonly Dictionary<string, string> _codes = [];
        private readonly Dictionary<string, Viewer> _viewers = [];
        private readonly Lazy<string> _hash = new(() => Passwords.Hash(DemoPeople.Password));

        public int Written { get; private set; }
        public int AlreadyThere { get; private set; }
        public List<string> Overtaken { get; } = [];

        public IEnumerable<Scene> Scenes()
        {
            var (district, street) = (DemoStory.Over.District, DemoStory.Over.Street);
            yield return new("open/district", Opening, _ => Open(new(DistrictId, null, JurisdictionLevel.District, district.Code, district.Name, district.NameEn, OriginPrefix, Simulated: true)));
            yield return new("open/street", Opening, _ => Open(new(StreetId, DistrictId, JurisdictionLevel.Subdistrict, street.Code, street.Name, street.NameEn, OriginPrefix, Simulated: true)));
            foreach (var community in DemoStory.Communities)
            {
                yield return new("open/" + community.Code, Opening, _ => Open(new(community.Id, StreetId, JurisdictionLevel.Community, community.Code, community.Name, community.NameEn, OriginPrefix, Simulated: true)));
                foreach (var scene in Life(community))
                    yield return scene;
            }
            foreach (var (unit, id) in new[] { (street, StreetId), (district, DistrictId) })
                foreach (var person in unit.People)
                    yield return new("person/" + person.Key, Opening.AddMinutes(30), act => Register(id, person, act));
            foreach (var scene in Voices().Concat(Desk()).Concat(Gratitudes()).Concat(OnTheBoard()).Concat(Circles()).Concat(ReportWords()))
                yield return scene;
            foreach (var (period, at) in Closings)
                yield return new("close/" + period, at, id => Close(Period.Parse(period), id));
        }

        private IEnumerable<Scene> Life(DemoStory.Community community)
        {
            foreach (var person in community.People)
                yield return new("person/" + person.Key, Opening.AddMinutes(30), id => Register(community.Id, person, id));
            foreach (var scene in Ground(community).Concat(Posts(community)))
                yield return scene;
            foreach (var scene in MovingIn(community).Concat(community.Id == JurisdictionId ? Everyday(community).Concat(CallingBack(community)) : []))
                yield return scene;
            foreach (var scene in Bodies(community).Concat(Turns(community)))
                yield return scene;
            foreach (var limit in community.Told.Rules ?? [])
                yield return new($"rule/{community.Code}/{limit.Rule}", limit.At, id => Set(community, limit, id));
            if (community.Told.Method is { } method)
                yield return new($"method/{community.Code}", method.At, id => Adopt(community, method, id));
            foreach (var matter in community.Told.Appeals.Concat(community.Id == JurisdictionId ? DemoStory.Public.Appeals : []))
            {
                yield return new(matter.Key, matter.FiledAt, id => File(community, matter, id));
                for (var i = 0; i < matter.Steps.Count; i++)
                {
                    var step = matter.Steps[i];
                    yield return new($"{matter.Key}/{i + 1}", step.At, id => step.Act switch
                    {
                        "accept" => Accept(community, matter, step, id),
                        "answer" => Answer(community, matter, step, id),
                        "judge" => Judge(community, matter, step, id),
                        "refuse" => Staff(community, matter, step, id, AppealAccess.Refuse, (actor, act, code) => services.GetRequiredService<RefuseAppeal>().Run(actor, act, new(code, step.Verdict, step.Text), cancel)),
                        "review" => Staff(community, matter, step, id, AppealAccess.Review, (actor, act, code) => services.GetRequiredService<ReviewRefusal>().Run(actor, act, new(code, step.Verdict == "accept", step.Text), cancel)),
                        "hand-on" => HandOn(community, matter, step, id),
                        "state-community" => Staff(community, matter, step, id, AppealAccess.StateForCommunity, (actor, act, code) => services.GetRequiredService<StateView>().Run(actor, act, new(code, step.Text, ForCommunity: true), cancel)),
                        "contest" => Own(community, matter, id, AppealAccess.Contest, (actor, act, code) => services.GetRequiredService<ContestRefusal>().Run(actor, act, new(code, step.Text, matter.AtCounter), cancel)),
                        "withdraw" => Own(community, matter, id, AppealAccess.Withdraw, (actor, act, code) => services.GetRequiredService<WithdrawAppeal>().Run(actor, act, new(code, step.Text, matter.AtCounter), cancel)),
                        "resume" => Own(community, matter, id, AppealAccess.Resume, (actor, act, code) => services.GetRequiredService<ResumeAppeal>().Run(actor, act, new(code, step.Text, matter.AtCounter), cancel)),
                        "ask-above" => Own(community, matter, id, AppealAccess.AskAbove, (actor, act, code) => services.GetRequiredService<ReferAppeal>().Run(actor, act, new(code, step.Text, ByResident: true, matter.AtCounter), cancel)),
                        "look-again" => Own(community, matter, id, AppealAccess.LookAgain, (actor, act, code) => services.GetRequiredService<LookAgain>().Run(actor, act, new(code, step.Verdict == "still", step.Text, matter.AtCounter), cancel)),
                        "state-own" => Own(community, matter, id, AppealAccess.StateOwn, (actor, act, code) => services.GetRequiredService<StateView>().Run(actor, act, new(code, step.Text, AtCounter: matter.AtCounter), cancel)),
                        "refer" => Refer(community, matter, step, id),
                        "street-answer" => AnswerFromAbove(community, matter, step, id),
                        "street-return" => ReturnFromAbove(community, matter, step, id),
                        "judge-joined" => JudgeJoined(community, matter, step, id),
                        "hide" => Hide(community, matter, step, id),
                        "merge" => Merge(community, matter, step, id),
                        _ => throw new InvalidOperationException($"data/demo: {matter.Key} has an act that the program doesn't know: {step.Act}."),
                    });
                }
            }
            foreach (var scene in community.Id == JurisdictionId ? InPublic(community) : [])
                yield return scene;
        }

        /// <summary>The secretary enters the compounds and buildings and draws the grids; each building then goes where it stands.</summary>
        private IEnumerable<Scene> Ground(DemoStory.Community community)
        {
            var (key, at) = (community.Code, Opening.AddHours(1));
            foreach (var house in community.Ground.Houses.DistinctBy(h => h.Compound))
                yield return new($"compound/{key}/{house.Compound}", at, id => Enter(community, house.Compound, GridAccess.Keep, id, (who, act) =>
                    services.GetRequiredService<KeepCompound>().Run(who, act, new(null, house.Compound, house.Kind, house.Manager), cancel)));
            foreach (var house in community.Ground.Houses)
                yield return new($"building/{key}/{house.Compound}/{house.Name}", at.AddMinutes(20), id => Enter(community, "", GridAccess.Keep, id, (who, act) =>
                    services.GetRequiredService<KeepBuilding>().Run(who, act, new(null, _codes[$"{key}/{house.Compound}"], house.Name, house.Floors, house.Entrances, house.Position), cancel)));
            foreach (var grid in community.Ground.Grids)
                yield return new($"grid/{key}/{grid.Name}", at.AddMinutes(50), id => Enter(community, "", GridAccess.Draw, id, (who, act) =>
                    services.GetRequiredService<DrawGrid>().Run(who, act, new(null, grid.Name, GridKind.Comprehensive, grid.DutyPhone, grid.Outline), cancel)));
            yield return new($"grids/{key}", at.AddMinutes(55), id => Enter(community, "", GridAccess.Draw, id, (who, act) => services.GetRequiredService<AssignByOutline>().Run(who, act, cancel)));
        }

        /// <summary>Who works for one grid gets their post from two people: the security administrator proposes it, the secretary confirms.</summary>
        private IEnumerable<Scene> Posts(DemoStory.Community community)
        {
            foreach (var person in community.People.Where(p => p.Grid is not null))
            {
                yield return new("post/" + person.Key, Opening.AddHours(2), async id =>
                {
                    var keeper = await ViewerOf(community.People, "security-administrator");
                    var outcome = await services.GetRequiredService<ProposePost>().Run(keeper, keeper.Act(PostAccess.Propose, id), new(
                        await PersonOf(community, person.Key), DemoPeople.RoleOf(person.Post), person.Title,
                        China.DateIn(Opening), null, person.Note, GridAccess.Scope.Code, await CodeOf(community, db => db.Set<Grid>().Where(g => g.Name == person.Grid).Select(g => g.PublicCode))), cancel);
                    if (outcome.Code is { } code)
                        _codes["post/" + person.Key] = code;
                    return outcome;
                });
                yield return new($"post/{person.Key}/1", Opening.AddHours(2.5), async id =>
                {
                    var secretary = await ViewerOf(community.People, "secretary");
                    return await services.GetRequiredService<DecidePost>().Run(secretary, secretary.Act(PostAccess.Confirm, id), new(_codes["post/" + person.Key], true, null), cancel);
                });
            }
        }

        /// <summary>The ledger of households that the community had before: in one act, as any community's comes in.</summary>
        private IEnumerable<Scene> MovingIn(DemoStory.Community community)
        {
            yield return new("households/" + community.Code, Opening.AddHours(4), async id =>
            {
                if (await Done(id) is { } there)
                    return Outcome.Again(there);
                var secretary = await ViewerOf(community.People, "secretary");
                var table = SheetTable.Of(DemoHomes.Headings, community.Town.Homes.SelectMany(h => h.Rows));
                // Whoever was registered already is in the register; people of one name are as many as the ledger has.
                var answers = table.Rows.Zip(community.Town.Homes.SelectMany(h => h.People)).ToDictionary(r => r.First.Number, r => r.Second.Known is { } known ? _codes[known] : LedgerContext.ANewOne);
                return await services.GetRequiredService<ImportLedger>().Run(secretary, secretary.Act(ImportAccess.Import, id), new("households", table, Answers: answers), cancel: cancel);
            });
        }

        /// <param name="name">What others find it by; empty for what nobody asks for.</param>
        private async Task<Outcome> Enter(DemoStory.Community community, string name, Permission permission, Guid id, Func<Viewer, Act, Task<Outcome>> run)
        {
            var secretary = await ViewerOf(community.People, "secretary");
            var outcome = await run(secretary, secretary.Act(permission, id));
            if (outcome.Code is { } code && name.Length > 0)
                _codes[$"{community.Code}/{name}"] = code;
            return outcome;
        }

        public async Task Play(Scene scene)
        {
            var outcome = await scene.Do(OperationId(scene.Key));
            if ((outcome.Code ?? outcome.SentBefore) is { } somebody && (scene.Key.StartsWith("person/", StringComparison.Ordinal) || scene.Key.StartsWith("neighbour/", StringComparison.Ordinal)))
                _codes[scene.Key] = somebody;
            if (outcome.Problems.FirstOrDefault(p => Overtaking.Contains(p.Code)) is { } late)
                Overtaken.Add($"{scene.Key}: {late.Code}");
            else if (outcome.Replayed || (scene.Key.StartsWith("person/", StringComparison.Ordinal) && outcome.SentBefore is not null))
                // A person's hash has another salt each time, so the same registration is not the same content.
                AlreadyThere++;
            else if (outcome.Accepted)
                Written++;
            else if (outcome.SentBefore is not null)
                throw new DemoRefusedException(($"这里的演示是用另一份演示数据写的（{scene.Key}）。请换一个数据目录。", $"The demo here was written from other demo data ({scene.Key}). Use another data directory."));
            else
                throw new DemoRefusedException(($"演示写不下去（{scene.Key}）：{string.Join("", outcome.Problems.Select(p => p.Sentence.Zh))}", $"The demo can't go on ({scene.Key}): {string.Join(" ", outcome.Problems.Select(p => p.Sentence.En))}"));
        }

        private async Task<Outcome> Open(OpenJurisdiction.Input input)
        {
            var outcome = await services.GetRequiredService<OpenJurisdiction>().Run(input, cancel);
            return outcome.Problems.Any(p => p.Code == OpenJurisdiction.OtherJurisdiction.Code)
                ? throw new DemoRefusedException(("这个数据目录里已经是另一个社区。演示请用单独的目录。", "This data directory is another community's already. Use a directory of its own for the demo."))
                : outcome;
        }

        private async Task<Outcome> Register(int place, DemoStory.Resident person, Guid id)
        {
            // A post for one grid is proposed and confirmed once there are grids (Posts).
            var role = person.Grid is null ? DemoPeople.RoleOf(person.Post) : null;
            var account = DemoPeople.HasAccount(person);
            return await services.GetRequiredService<RegisterPerson>().Run(
                new Act { OperationId = id, AccountId = SystemAccount.Id, JurisdictionId = place },
                new(person.Name, person.Lives.Length == 0 ? null : person.Lives, account ? person.Key : null, account ? _hash.Value : null, OneTime: false, role, role is null ? null : person.Title, role is null ? null : PostsSince,
                    account ? DemoPeople.PhoneOf(person) : null), cancel);
        }

        private async Task<Outcome> File(DemoStory.Community community, DemoStory.Matter matter, Guid id)
        {
            var who = community.People.Single(p => p.Key == matter.Who);
            var actor = await ViewerOf(community.People, matter.AtCounter ? "clerk" : who.Key);
            var act = actor.Act(matter.AtCounter ? AppealAccess.TakeDown : AppealAccess.File, id);
            var outcome = await services.GetRequiredService<FileAppeal>().Run(act,
                new(matter.Kind, matter.Title, matter.Text, matter.Place, matter.AtCounter ? who.Name : null, matter.ToldOn) { Channel = matter.AtCounter ? Channel.Counter : Channel.Web }, cancel);
            if (outcome.Code is { } code)
                _codes[matter.Key] = code;
            return outcome;
        }

        private async Task<Outcome> Accept(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var actor = await ViewerOf(community.People, step.By);
            return await services.GetRequiredService<AcceptAppeal>().Run(actor, actor.Act(AppealAccess.Accept, id, step.Text.Length == 0 ? null : step.Text), new(_codes[matter.Key]), cancel);
        }

        private async Task<Outcome> Answer(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var actor = await ViewerOf(community.People, step.By);
            return await services.GetRequiredService<AnswerAppeal>().Run(actor, actor.Act(AppealAccess.Answer, id), new(_codes[matter.Key], step.Text), cancel);
        }

        private async Task<Outcome> Staff(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id, Permission permission, Func<Viewer, Act, string, Task<Outcome>> run)
        {
            var actor = await ViewerOf(community.People, step.By);
            return await run(actor, actor.Act(permission, id), _codes[matter.Key]);
        }

        private async Task<Outcome> HandOn(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var (actor, to) = (await ViewerOf(community.People, step.By), await ViewerOf(community.People, step.Verdict!));
            string code;
            await using (var lease = await services.GetRequiredService<Database>().Read([community.Id], cancel))
                code = await lease.Db.Set<Post>().Where(p => p.Id == to.Posts[0].PostId).Select(p => p.PublicCode).SingleAsync(cancel);
            return await services.GetRequiredService<HandOnAppeal>().Run(actor, actor.Act(HandOnAppeal.Way(actor) ?? AppealAccess.HandBack, id), new(_codes[matter.Key], code, step.Text), cancel);
        }

        /// <summary>The resident's own act, or at the counter taken down by somebody who did not handle the matter.</summary>
        private async Task<Outcome> Own(DemoStory.Community community, DemoStory.Matter matter, Guid id, Permission permission, Func<Viewer, Act, string, Task<Outcome>> run)
        {
            var actor = await Speaker(community, matter);
            return await run(actor, actor.Act(matter.AtCounter ? AppealAccess.SpeakFor : permission, id), _codes[matter.Key]);
        }

        private Task<Viewer> Speaker(DemoStory.Community community, DemoStory.Matter matter)
        {
            var posts = matter.Steps.Select(s => s.By).ToHashSet();
            return ViewerOf(community.People, matter.AtCounter ? new[] { "clerk", "secretary", "grid-worker" }.First(p => !posts.Contains(p)) : matter.Who);
        }

        /// <summary>The resident's own word where they have an account in the matter, else on paper, entered by somebody who did not handle it.</summary>
        private async Task<Outcome> Judge(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var actor = await Speaker(community, matter);
            var input = new JudgeAppeal.Input(_codes[matter.Key], step.Verdict == "satisfied", step.Text.Length == 0 ? null : step.Text, OnPaper: matter.AtCounter);
            return await services.GetRequiredService<JudgeAppeal>().Run(actor, actor.Act(matter.AtCounter ? AppealAccess.EnterVerdict : AppealAccess.Judge, id), input, cancel);
        }

        private async Task<Outcome> Refer(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var actor = await ViewerOf(community.People, step.By);
            return await services.GetRequiredService<ReferAppeal>().Run(actor, actor.Act(AppealAccess.ReferUp, id), new(_codes[matter.Key], step.Text), cancel);
        }

        private async Task<Outcome> AnswerFromAbove(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var officer = await ViewerOf(DemoStory.Over.Street.People, step.By);
            return await ReferralOf(community, matter) is { } referral
                ? await services.GetRequiredService<AnswerReferral>().Run(officer, officer.Act(ReferralAccess.Answer, id), new(referral, step.Text), cancel)
                : ReferralProblems.NotNow.With("");
        }

        private async Task<Outcome> ReturnFromAbove(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            var officer = await ViewerOf(DemoStory.Over.Street.People, step.By);
            var why = step.Verdict switch
            {
                "not-this-level" => ReturnReason.NotThisLevel,
                "needs-more" => ReturnReason.NeedsMore,
                _ => throw new InvalidOperationException($"data/demo: {matter.Key} is returned for a reason that the program doesn't know: {step.Verdict}."),
            };
            return await ReferralOf(community, matter) is { } referral
                ? await services.GetRequiredService<ReturnReferral>().Run(officer, officer.Act(ReferralAccess.Return, id), new(referral, why, step.Text), cancel)
                : ReferralProblems.NotNow.With("");
        }

        /// <summary>The code of the matter above. No story refers a matter up twice; null when somebody using the demo kept it from going up.</summary>
        private async Task<string?> ReferralOf(DemoStory.Community community, DemoStory.Matter matter)
        {
            var code = _codes[matter.Key];
            await using var lease = await services.GetRequiredService<Database>().Read([community.Id], cancel);
            return await (from r in lease.Db.Set<AppealReferral>()
                          join a in lease.Db.Set<Appeal>() on r.AppealId equals a.Id
                          where a.PublicCode == code
                          orderby r.LoggedAt
                          select r.ReferralCode).FirstOrDefaultAsync(cancel);
        }

        private async Task<Outcome> Set(DemoStory.Community community, DemoStory.Limit limit, Guid id)
        {
            var actor = await ViewerOf(community.People, "secretary");
            return await services.GetRequiredService<SetLocalRule>().Run(actor.Act(SetLocalRule.Permission, id), new(limit.Rule, limit.Amount, limit.From, limit.Citation), cancel);
        }

        private async Task<Outcome> Adopt(DemoStory.Community community, DemoStory.Adoption method, Guid id)
        {
            var actor = await ViewerOf(community.People, "secretary");
            return await services.GetRequiredService<AdoptMethod>().Run(actor, actor.Act(AdoptMethod.Permission, id), new(method.Method, method.From, method.Citation), cancel);
        }

        private async Task<Outcome> Close(Period period, Guid id)
        {
            var actor = await ViewerOf(DemoStory.Communities[0].People, "secretary");
            return await services.GetRequiredService<ClosePeriod>().Run(actor.Act(ClosePeriod.Permission, id), new(period.From, period.To), cancel);
        }

        /// <param name="who">A person's key or a post.</param>
        private async Task<Viewer> ViewerOf(IReadOnlyList<DemoStory.Resident> people, string who)
        {
            var signIn = people.First(p => p.Key == who || p.Post == who).Key;
            return await ViewerBy(signIn);
        }

        /// <param name="signIn">The name they sign in with.</param>
        private async Task<Viewer> ViewerBy(string signIn)
        {
            if (_viewers.TryGetValue(signIn, out var known))
                return known;
            Account account;
            await using (var lease = await services.GetRequiredService<Database>().Read([], cancel))
                account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == signIn, cancel);
            return _viewers[signIn] = await services.GetRequiredService<Viewers>().Load(account.Id, account.Stamp, cancel)
                ?? throw new InvalidOperationException($"The demo's {signIn} is nobody here.");
        }
    }
}
