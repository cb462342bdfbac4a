using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Hele.Civic.GridPlanning;

/// <summary>
/// Makes the grids as a plan says, in one act: buildings change their grid, new grids get codes nobody had, grids left without a building close and keep theirs, outlines are drawn anew from where the buildings
/// stand. Refused when the register isn't as it was under the plan, when a grid that closes still has posts or bodies of its own, and when no single outline goes round a grid's buildings.
/// </summary>
public sealed class AdoptPlan(Writer writer, Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <param name="Number">Of the document or meeting that decided it.</param>
    /// <param name="ValidFrom">The day from which it holds; not after today.</param>
    /// <param name="Confirmed">Whoever adopts it says that they looked at it and that it was decided by people.</param>
    /// <param name="NewNames">Of the new grids, in the order of their keys.</param>
    /// <param name="NewPhones">Their duty telephones; empty where they have none yet.</param>
    public sealed record Input(string Code, string? Reason, string? Number, DateOnly? ValidFrom, bool Confirmed, IReadOnlyList<string> NewNames, IReadOnlyList<string> NewPhones);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (viewer.PostFor(PlanAccess.Adopt) is null)
            return PlanProblems.NotFound;
        var reason = ChineseText.Line(input.Reason);
        // Outlines are worked out before the act; inside it is only looked whether they are of the ground as it is then.
        (string Ground, PlannedOutlines Drawn)? ready = null;
        await using (var lease = await database.Read([act.JurisdictionId], cancel))
        {
            if (await lease.Db.Set<PlanDraft>().SingleOrDefaultAsync(d => d.JurisdictionId == act.JurisdictionId && d.PublicCode == input.Code, cancel) is { State: PlanState.Kept } kept && PlanCut.Read(kept.Cut) is { } cut)
            {
                var here = await jurisdictions.Get(lease.Db, act.JurisdictionId, cancel);
                var ground = await PlanGround.Read(lease.Db, here, clock.Today(), cancel);
                if (ground.Fits(cut))
                    ready = (Of(ground, cut), ground.Outlines(cut));
            }
        }
        return await writer.Write(act with { On = input.ValidFrom, Reason = reason.Length > 0 ? reason : null }, PlanAccess.Adopt.Code, input, scope => Adopt(scope, input, reason, ready), cancel);
    }

    private async Task<Outcome> Adopt(ActScope scope, Input input, string reason, (string Ground, PlannedOutlines Drawn)? ready)
    {
        var db = scope.Db;
        if (await db.Set<PlanDraft>().SingleOrDefaultAsync(d => d.PublicCode == input.Code) is not { } draft)
            return PlanProblems.NotFound;
        if (!draft.May(PlanDraft.Adopt))
            return PlanProblems.NotNow.With(PlanDraft.LifeCycle.StateTitle(draft.State));
        var here = await jurisdictions.Get(db, scope.Act.JurisdictionId);
        var ground = await PlanGround.Read(db, here, scope.Today);
        if (PlanCut.Read(draft.Before) is not { } before || PlanCut.Read(draft.Cut) is not { } cut)
            return PlanProblems.CutOdd;
        if (ground.ChangedSince(before) is { } changed)
            return PlanProblems.RegisterChanged.With(changed);
        if (!ground.Fits(cut))
            return PlanProblems.CutOdd;
        if (cut.Equals(ground.Today))
            return PlanProblems.NothingChanges;

        var number = ChineseText.Line(input.Number);
        var opened = cut.Keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf).ToList();
        var (names, phones) = (opened.Select((_, i) => ChineseText.Line(input.NewNames.ElementAtOrDefault(i))).ToList(), opened.Select((_, i) => ChineseText.Line(input.NewPhones.ElementAtOrDefault(i))).ToList());
        var problems = await Typed(db, input, reason, number, names, phones, scope.Today);
        var closing = ground.Grids.Where(g => ground.Lots.Any(l => l.Grid == g.Code) && !cut.Keys.Contains(g.Code)).ToList();
        problems.AddRange(await StandingInTheWay(db, closing, scope.Today));
        var drawn = ready is { } made && made.Ground == Of(ground, cut) ? made.Drawn : ground.Outlines(cut);
        problems.AddRange(Undrawable(ground, cut, drawn, opened, names));
        if (problems.Count > 0)
            return Outcome.Refused(problems);

        var used = await db.Set<Grid>().CountAsync();
        if (used + opened.Count > 999)
            return PlanProblems.GridsTooMany;
        var moving = ground.Lots.Where(l => cut.GridOf[l.Code] != l.Grid).ToList();
        var ids = moving.ConvertAll(l => l.Id);
        var places = await db.Set<GridBuilding>().Where(g => ids.Contains(g.BuildingId) && g.To == null).ToListAsync();
        var codes = ground.Grids.Select(g => g.Id).ToList();
        var outlines = await db.Set<GridOutline>().Where(o => codes.Contains(o.GridId) && o.To == null).ToDictionaryAsync(o => o.GridId);
        var redrawn = ground.Grids.Where(g => drawn.Outlines.TryGetValue(g.Code, out var outline) && Geo.Text(outline) != outlines[g.Id].Outline).ToList();
        // What ends on that day can't have begun after it.
        var first = places.Select(p => p.From).Concat(redrawn.Concat(closing).Select(g => outlines[g.Id].From)).DefaultIfEmpty(scope.On).Max();
        if (scope.On < first)
            return PlanProblems.DayTooEarly.With(first);

        var stand = PlanStand.Of(ground, cut, opened.Select((k, i) => (k, names[i])).ToDictionary(x => x.k, x => x.Item2));
        var grids = await db.Set<Grid>().Where(g => codes.Contains(g.Id)).ToDictionaryAsync(g => g.PublicCode);
        foreach (var (key, i) in opened.Select((k, i) => (k, i)))
        {
            var grid = grids[key] = scope.Add(new Grid { Code = $"{here.Code}{used + 1 + i:D3}", Name = names[i], Kind = GridKind.Comprehensive, DutyPhone = phones[i].Length > 0 ? phones[i] : null, From = scope.On, LoggedAt = scope.Now }, GridEvents.GridOpened);
            Draw(grid, drawn.Outlines[key]);
        }
        var buildings = await db.Set<Building>().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.PublicCode);
        foreach (var to in moving.GroupBy(l => cut.GridOf[l.Code]))
            await AssignBuildings.Put(scope, grids[to.Key], [.. to.Select(l => buildings[l.Code])]);
        foreach (var grid in redrawn)
        {
            End(outlines[grid.Id]);
            Draw(grids[grid.Code], drawn.Outlines[grid.Code]);
        }
        foreach (var closed in closing)
        {
            var grid = grids[closed.Code];
            grid.RetireOn(scope.On, scope.Now);
            scope.Record(grid, GridEvents.GridRetired);
            End(outlines[closed.Id]);
            // Bodies that are for other places too go on without this one.
            foreach (var place in await db.Set<BodyPlace>().Where(p => p.GridId == closed.Id && p.To == null).ToListAsync())
            {
                place.EndOn(scope.On);
                scope.Record(place, OrganizationEvents.PlaceGiven);
            }
        }
        var decided = stand.Opened(opened.ToDictionary(k => k, k => (grids[k].PublicCode, grids[k].Code)));
        if (draft.AdoptOn(scope.Today, scope.On, number, reason, scope.Act.PostId, decided.Write()) is { } problem)
            return problem;
        scope.Record(draft, PlanDraft.WasAdopted);
        return Outcome.Ok(draft.PublicCode);

        void Draw(Grid grid, Polygon outline) =>
            scope.Add(new GridOutline { GridId = grid.Id, Outline = Geo.Text(outline), SquareMetres = Geo.EllipsoidSquareMetres(outline), From = scope.On, LoggedAt = scope.Now }, GridEvents.OutlineDrawn);

        void End(GridOutline outline)
        {
            outline.EndOn(scope.On);
            scope.Record(outline, GridEvents.OutlineEnded);
        }
    }

    private static async Task<List<Problem>> Typed(HeleDb db, Input input, string reason, string number, List<string> names, List<string> phones, DateOnly today)
    {
        var problems = new List<Problem>();
        if (reason.Length is 0 or > PlanDraft.ReasonLength) problems.Add(PlanProblems.ReasonMissing);
        if (number.Length is 0 or > PlanDraft.NumberLength) problems.Add(PlanProblems.NumberMissing);
        if (input.ValidFrom is null) problems.Add(PlanProblems.DayMissing);
        else if (input.ValidFrom > today) problems.Add(PlanProblems.DayInFuture);
        if (!input.Confirmed) problems.Add(PlanProblems.NotConfirmed);
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            if (name.Length is 0 or > Grid.NameLength)
                problems.Add(PlanProblems.NewNameMissing.On($"NewNames[{i}]"));
            // Also of one that this plan closes: two grids of one name on one day would be told apart by nobody.
            else if (names.IndexOf(name) < i || await db.Set<Grid>().AnyAsync(g => g.Name == name && g.To == null))
                problems.Add(PlanProblems.NewNameTaken.With(name).On($"NewNames[{i}]"));
            if (phones[i].Length > Grid.PhoneLength)
                problems.Add(PlanProblems.PhoneTooLong.On($"NewPhones[{i}]"));
        }
        return problems;
    }

    /// <summary>What has to be settled by hand before these grids can close: the posts held for them, the bodies that are for nothing else.</summary>
    public static async Task<List<Problem>> StandingInTheWay(HeleDb db, IReadOnlyList<PlanGrid> closing, DateOnly today)
    {
        var problems = new List<Problem>();
        foreach (var grid in closing)
        {
            if (await db.Set<Post>().Where(Post.HeldOrWaitingOn(today)).CountAsync(p => p.ScopeId == grid.Id) is var held and > 0)
                problems.Add(PlanProblems.GridHasPosts.With(grid.Name, held));
            if (grid.Bodies.Where(b => b.Alone).ToList() is { Count: > 0 } alone)
                problems.Add(PlanProblems.GridHasBodies.With(grid.Name, new Bilingual(string.Join("、", alone.Select(b => b.Name)), string.Join(", ", alone.Select(b => b.Name)))));
        }
        return problems;
    }

    /// <summary>Why the outlines of a plan can't be drawn or kept.</summary>
    public static IEnumerable<Problem> Undrawable(PlanGround ground, PlanCut cut, PlannedOutlines drawn, IReadOnlyList<string> opened, IReadOnlyList<string> names)
    {
        // A grid of today keeps its outline where none of its buildings stands on the map, unless others get that ground; a new one has none to keep.
        var emptied = ground.Grids.Where(g => cut.Keys.Contains(g.Code) && !drawn.Outlines.ContainsKey(g.Code) && drawn.Outlines.Values.Any(o => Geo.SquareMetres(o.Intersection(g.Outline)) > Geo.Nothing)).Select(g => g.Code);
        foreach (var key in drawn.Torn.Concat(opened.Where(k => !drawn.Outlines.ContainsKey(k))).Concat(emptied).Distinct())
            yield return PlanProblems.Torn.With(NameOf(key));
        foreach (var (key, outline) in drawn.Outlines)
            if (Geo.Text(outline).Length > Geo.OutlineLength)
                yield return PlanProblems.OutlineTooLong.With(NameOf(key));

        object NameOf(string key)
        {
            if (ground.Grid(key) is { } grid)
                return grid.Name;
            var at = opened.ToList().IndexOf(key);
            return at >= 0 && at < names.Count && names[at].Length > 0 ? names[at] : new Bilingual($"新网格{PlanCut.NumberOf(key)}", $"new grid {PlanCut.NumberOf(key)}");
        }
    }

    /// <summary>All that outlines are worked out from, as text.</summary>
    private static string Of(PlanGround ground, PlanCut cut) => cut + "|" + string.Join(';', ground.Lots.Select(l => $"{l.Code} {l.At} {l.Grid}")) + "|" + ground.Outline;
}
