using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Partition;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.GridPlanning;

/// <summary>What the planner is asked: a wish, perhaps a plan to begin with, and the buildings moved by hand since.</summary>
/// <param name="Asked">Proposals are wanted; else only today's grids are shown.</param>
/// <param name="Base">The number of a proposal (1, 2 …), <c>today</c>, a kept plan (<c>plan-CODE</c>), or how the grids were before a plan was adopted (<c>before-CODE</c>); null for none.</param>
/// <param name="Moves">In the order in which they were made; <paramref name="Undone"/>: taken back, the last one last.</param>
public sealed record PlanAsk(PlanWish Wish, bool Asked, string? Base, IReadOnlyList<(string Building, string Grid)> Moves, IReadOnlyList<(string Building, string Grid)> Undone)
{
    public const string Today = "today", Plan = "plan-", Before = "before-";

    /// <summary>More moves than anybody makes by hand; an address holds them.</summary>
    public const int MostMoves = 200;
}

/// <summary>How the engine fares with a question.</summary>
public enum ProposalState { NotAsked, Running, Done, Refused, Busy, NoLots }

/// <summary>A plan as the planner shows it.</summary>
/// <param name="Number">Of a proposal, from 1; 0 for one that isn't of the engine's.</param>
/// <param name="Aims">At which none of the proposals beside it is better; none for one that is only another way.</param>
/// <param name="Judged">What the engine says of it; null where no building stands on the map.</param>
/// <param name="Keys">The keys of the judged grids, by their numbers.</param>
/// <param name="Outlines">Of its grids.</param>
public sealed record PlanView(int Number, IReadOnlyList<PlanAim> Aims, PlanCut Cut, PlanStand Stand, GridPlan? Judged, IReadOnlyList<string> Keys, PlannedOutlines Outlines)
{
    /// <summary>What the engine says of a grid; null where nothing of it stands on the map.</summary>
    public GridFigures? Figures(string key) => Keys.ToList().IndexOf(key) is >= 0 and var at && Judged is { } plan && at < plan.Grids.Count ? plan.Grids[at] : null;

    /// <summary>The pieces a grid lies in on foot; 1 is as it should be.</summary>
    public int Pieces(string key) => Figures(key)?.Pieces ?? 1;

    /// <summary>The grid in which the way from its middle to its last building is longest, and that way in whole metres; null where no building stands on the map. The shorter, the more compact.</summary>
    public (string Key, int Metres)? Widest => Keys.Select(k => (Key: k, Figures: Figures(k))).Where(k => k.Figures is { Buildings: > 0 }).OrderByDescending(k => k.Figures!.FarthestMetres).FirstOrDefault() is { Figures: { } widest } found ? (found.Key, Whole(widest.FarthestMetres)) : null;

    /// <summary>From the middle of a grid to its last building, without leaving the grid, in whole metres; null where none stands on the map.</summary>
    public int? Wide(string key) => Figures(key) is { Buildings: > 0 } figures ? Whole(figures.FarthestMetres) : null;

    private static int Whole(double metres) => (int)Math.Round(metres, MidpointRounding.AwayFromZero);

    /// <summary>Grids that lie in several pieces.</summary>
    public IReadOnlyList<string> InPieces => [.. Keys.Where(k => Pieces(k) > 1)];
}

/// <summary>Whoever works for one grid.</summary>
/// <param name="Name">Null for readers who don't see posts.</param>
public sealed record PlanOfficer(string Title, string? Name);

/// <summary>A kept plan in a list.</summary>
public sealed record PlanDraftLine(string Code, string Name, PlanState State, DateOnly KeptOn, DateOnly? ValidFrom, string? Number);

/// <summary>The planner's answer.</summary>
/// <param name="Today">Today's grids as a plan that changes nothing.</param>
/// <param name="Chosen">What is looked at: a proposal, a kept plan, with what was moved by hand; null where nothing is chosen.</param>
/// <param name="Obstacles">Why no plan can meet the wish in full.</param>
/// <param name="Refusal">Why the wish can't be asked at all.</param>
public sealed record PlanAnswer(PlanAsk Ask, PlanGround Ground, PlanLots Lots, PlanView Today, IReadOnlyList<PlanView> Proposals, ProposalState State, KeptRun<Proposals>? Run, IReadOnlyList<ObstacleFound> Obstacles, PlanView? Chosen,
    IReadOnlyList<(string Building, string Grid)> Moves, IReadOnlyDictionary<string, IReadOnlyList<PlanOfficer>> Officers);

/// <summary>A kept plan with all that its page says.</summary>
/// <param name="View">As it stands on today's register; of an adopted plan the figures it was decided by.</param>
/// <param name="Changed">What is different in the register since it was kept; null for nothing, and for a plan that is no longer open.</param>
/// <param name="Opens">The keys of the new grids.</param>
/// <param name="InTheWay">What has to be settled before it can be adopted.</param>
public sealed record PlanDraftView(PlanDraft Draft, PlanGround Ground, PlanLots Lots, PlanCut Before, PlanView View, Bilingual? Changed, IReadOnlyList<string> Opens, IReadOnlyList<Problem> InTheWay,
    IReadOnlyDictionary<string, IReadOnlyList<PlanOfficer>> Officers);

/// <summary>The planner, read within the viewer's rights. Nothing here changes a grid.</summary>
public sealed class PlanQueries(ReadSession read, PlanEngine engine, CircleEngine circles, TimeProvider clock)
{
    /// <param name="onlyChosen">Only what is chosen is worked out, for whoever asks again and again while a building is dragged: no other proposals, nobody's names.</param>
    public async Task<PlanAnswer?> Ask(Viewer viewer, Jurisdiction here, PlanAsk ask, bool onlyChosen = false, CancellationToken cancel = default)
    {
        if (viewer.PostFor(PlanAccess.Try) is null)
            return null;
        var db = await read.Db(cancel);
        var (ground, lots) = await Ground(db, here, cancel);
        ask = ask with { Wish = Within(ask.Wish, ground) };
        var today = View(ground, lots, ask.Wish, ground.Today, [PlanAim.ByHand], 0);
        var (state, run, proposals, obstacles) = (ProposalState.NotAsked, (KeptRun<Proposals>?)null, (IReadOnlyList<PlanView>)[], (IReadOnlyList<ObstacleFound>)[]);
        IReadOnlyList<GridPlan> plans = [];
        if (ask.Asked && lots.Placed.Count == 0)
        {
            state = ProposalState.NoLots;
        }
        else if (ask.Asked)
        {
            run = engine.Ask(here.Id, lots, ask.Wish);
            state = run is null ? ProposalState.Busy : !await engine.Answers.Ended(run, cancel) ? ProposalState.Running : run.Task.IsCompletedSuccessfully ? ProposalState.Done : run.Task.IsCanceled ? ProposalState.NotAsked : ProposalState.Refused;
            if (state == ProposalState.Refused && run!.Task.Exception!.InnerException is not ArgumentException)
                await run.Task;
            if (state == ProposalState.Done)
            {
                var found = await run!.Task;
                (obstacles, plans) = (found.Obstacles, found.Plans);
                proposals = onlyChosen ? [] : [.. found.Plans.Select((p, i) => View(ground, lots, ask.Wish, PlanEngine.CutOf(ground, lots, p), p.BestAt, i + 1))];
            }
        }
        var cut = await BaseOf(db, viewer, ask.Base, ground, n => n >= 1 && n <= plans.Count ? PlanEngine.CutOf(ground, lots, plans[n - 1]) : null, cancel);
        var moves = new List<(string, string)>();
        if (cut is not null)
        {
            foreach (var (building, grid) in ask.Moves)
            {
                // What isn't there any more isn't moved.
                if (!cut.GridOf.ContainsKey(building) || (!PlanCut.IsNew(grid) && ground.Grid(grid) is null))
                    continue;
                cut = cut.With(building, grid);
                moves.Add((building, grid));
            }
            ask = ask with { Moves = moves };
        }
        var chosen = cut is null ? null : View(ground, lots, ask.Wish, cut, [PlanAim.ByHand], 0);
        return new(ask, ground, lots, today, proposals, state, run, obstacles, chosen, moves, onlyChosen ? new Dictionary<string, IReadOnlyList<PlanOfficer>>() : await Officers(db, viewer, ground, cancel));
    }

    /// <summary>The ground as it is now: read anew when anything was written in this community since, or another day has begun.</summary>
    private async Task<(PlanGround Ground, PlanLots Lots)> Ground(HeleDb db, Jurisdiction here, CancellationToken cancel)
    {
        var (today, size) = (clock.Today(), await db.Set<LogHead>().Where(h => h.JurisdictionId == here.Id).Select(h => h.Size).SingleOrDefaultAsync(cancel));
        if (engine.Known(here.Id, size, today) is { } known)
            return known;
        var ground = await PlanGround.Read(db, here, today, cancel);
        var lots = engine.Lots(here.Id, ground, await circles.Ground(db, here, today, cancel: cancel), cancel);
        engine.Keep(here.Id, size, today, ground, lots);
        return (ground, lots);
    }

    /// <summary>The plans that are kept, the newest first; then those adopted or given up.</summary>
    public async Task<IReadOnlyList<PlanDraftLine>> Drafts(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await PlanAccess.Visible(viewer, db.Set<PlanDraft>()).OrderByDescending(d => d.LoggedAt).Take(100).Select(d => new PlanDraftLine(d.PublicCode, d.Name, d.State, d.KeptOn, d.ValidFrom, d.Number)).ToListAsync(cancel);
        return [.. rows.OrderBy(d => d.State != PlanState.Kept)];
    }

    /// <summary>The newest kept plans as they stand on today's register, to be compared with others.</summary>
    public async Task<IReadOnlyList<(PlanDraftLine Line, PlanView View)>> Compared(Viewer viewer, PlanAnswer answer, int most = 3, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await PlanAccess.Visible(viewer, db.Set<PlanDraft>()).Where(d => d.State == PlanState.Kept).OrderByDescending(d => d.LoggedAt).Take(most).ToListAsync(cancel);
        return [.. rows.Select(d => (new PlanDraftLine(d.PublicCode, d.Name, d.State, d.KeptOn, d.ValidFrom, d.Number), View(answer.Ground, answer.Lots, answer.Ask.Wish, answer.Ground.Fitted(PlanCut.Read(d.Cut)!), [PlanAim.ByHand], 0)))];
    }

    public async Task<PlanDraftView?> Draft(Viewer viewer, Jurisdiction here, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await PlanAccess.Visible(viewer, db.Set<PlanDraft>()).SingleOrDefaultAsync(d => d.PublicCode == code, cancel) is not { } draft || PlanCut.Read(draft.Cut) is not { } kept || PlanCut.Read(draft.Before) is not { } before)
            return null;
        var (ground, lots) = await Ground(db, here, cancel);
        var open = draft.State == PlanState.Kept;
        var fitted = ground.Fitted(kept);
        var cut = open ? fitted : kept;
        var view = View(ground, lots, Usual(ground), fitted, [PlanAim.ByHand], 0);
        if (draft.Decided is { } decided)
            view = view with { Stand = PlanStand.Read(decided) };
        var closing = ground.Grids.Where(g => ground.Lots.Any(l => l.Grid == g.Code) && !cut.Keys.Contains(g.Code)).ToList();
        List<Problem> inTheWay = [];
        if (open)
        {
            inTheWay = await AdoptPlan.StandingInTheWay(db, closing, clock.Today());
            inTheWay.AddRange(AdoptPlan.Undrawable(ground, cut, view.Outlines, [.. cut.Keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf)], []));
        }
        return new(draft, ground, lots, before, view with { Cut = cut }, open ? ground.ChangedSince(before) : null, [.. cut.Keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf)], inTheWay, await Officers(db, viewer, ground, cancel));
    }

    /// <summary>A wish without one: what the page begins with.</summary>
    public static PlanWish Usual(PlanGround ground) => new(ground.Grids.Count(g => ground.Lots.Any(l => l.Grid == g.Code)) is var n and > 0 ? n : null, null, null, true, false, true, null, [], []);

    /// <summary>What the wish names and the register has.</summary>
    private static PlanWish Within(PlanWish wish, PlanGround ground) => wish with
    {
        EvenMembers = wish.EvenMembers && ground.HasMembers,
        Locked = [.. wish.Locked.Where(ground.Today.GridOf.ContainsKey).Distinct()],
        Apart = [.. wish.Apart.Where(p => p.A != p.B && ground.Today.GridOf.ContainsKey(p.A) && ground.Today.GridOf.ContainsKey(p.B)).Distinct()],
    };

    private static async Task<PlanCut?> BaseOf(HeleDb db, Viewer viewer, string? from, PlanGround ground, Func<int, PlanCut?> proposal, CancellationToken cancel)
    {
        if (from == PlanAsk.Today)
            return ground.Today;
        if (int.TryParse(from, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return proposal(number);
        var (code, before) = from?.StartsWith(PlanAsk.Plan, StringComparison.Ordinal) == true ? (from[PlanAsk.Plan.Length..], false) : from?.StartsWith(PlanAsk.Before, StringComparison.Ordinal) == true ? (from[PlanAsk.Before.Length..], true) : (null, false);
        if (code is null)
            return null;
        var text = await PlanAccess.Visible(viewer, db.Set<PlanDraft>()).Where(d => d.PublicCode == code).Select(d => before ? d.Before : d.Cut).SingleOrDefaultAsync(cancel);
        return PlanCut.Read(text) is { GridOf.Count: > 0 } cut ? ground.Fitted(cut) : null;
    }

    private PlanView View(PlanGround ground, PlanLots lots, PlanWish wish, PlanCut cut, IReadOnlyList<PlanAim> aims, int number)
    {
        var (judged, keys) = lots.Placed.Count > 0 ? PlanEngine.Judge(lots, wish, cut) : (null, cut.Keys);
        return new(number, aims, cut, PlanStand.Of(ground, cut), judged, keys, engine.Outlines(ground, lots, cut));
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<PlanOfficer>>> Officers(HeleDb db, Viewer viewer, PlanGround ground, CancellationToken cancel)
    {
        var today = clock.Today();
        var ids = ground.Grids.Select(g => g.Id).ToList();
        var names = viewer.PostFor(PostAccess.See) is not null;
        var rows = await (from p in db.Set<Post>().Where(Post.ActiveOn(today))
                          where p.Role == Role.GridWorker && p.ScopeId != null && ids.Contains(p.ScopeId.Value)
                          join person in db.Set<Person>() on p.PersonId equals person.Id
                          orderby p.From, p.Id
                          select new { p.ScopeId, p.Title, person.Name }).ToListAsync(cancel);
        return ground.Grids.ToDictionary(g => g.Code, g => (IReadOnlyList<PlanOfficer>)[.. rows.Where(r => r.ScopeId == g.Id).Select(r => new PlanOfficer(r.Title, names ? r.Name : null))]);
    }
}
