using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A matter that a viewer joined, as it stands in their list.</summary>
/// <param name="Title">As the public reads it; null while it isn't public.</param>
/// <param name="Asks">They are asked to judge.</param>
public sealed record JoinLine(string Code, string? Title, AppealState State, DateOnly JoinedOn, bool Asks);

/// <summary>What somebody who joined sees: what the public sees, the dates, and their own words and verdicts.</summary>
/// <param name="Matter">Null while it isn't public.</param>
public sealed record JoinView(string Code, AppealState State, PublicMatter? Matter, string? Words, Channel Channel, string? EnteredBy, DateOnly JoinedOn, bool Asks, IReadOnlyList<VerdictView> Verdicts)
{
    /// <summary>Code of the matter they had filed themselves, when it was merged into this one.</summary>
    public string? OwnMatter { get; init; }

    /// <summary>What was entered for them and they can say isn't theirs; null for nothing.</summary>
    public VerdictView? Contestable { get; init; }

    /// <summary>There is a paper of it.</summary>
    public bool HasPaper => Verdicts.Any(v => v.PaperCode.Length > 0 && v.StruckOn is null);
}

/// <summary>The paper of a verdict that was entered for somebody who joined.</summary>
/// <param name="Title">As the public reads it; null while it isn't public.</param>
/// <param name="Verdict">Null where there is none.</param>
/// <param name="IsOwn">The viewer is who joined.</param>
/// <param name="Matter">Code of the matter, for whoever entered it; the joiner doesn't learn it.</param>
public sealed record JoinPaper(string Code, string? Title, VerdictView? Verdict, bool IsOwn, string? Matter);

/// <summary>What is offered to whoever is about to file, and what joiners see of their matters.</summary>
public sealed class JoinQueries(ReadSession read, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Nearer than this, in metres, is near; and so many are shown, the newest.</summary>
    public const int Near = 150, Most = 5;

    /// <summary>
    /// Matters of the kind that stand in public, wait for an answer and lie, as closely as the public knows it, at the same building, compound or spot; those whose place is only known as a grid, in the same grid.
    /// What the matter itself says of its place isn't asked, or an offer would tell more than the public list does.
    /// </summary>
    public async Task<IReadOnlyList<PublicMatter>> Offers(Viewer viewer, string? kind, string? building, string? position, string? words, CancellationToken cancel = default)
    {
        if (kind is null || !AppealKinds.Listed.Contains(kind) || !KeepBuilding.TryPosition(position, out var at))
            return [];
        var db = await read.Db(cancel);
        if (await jurisdictions.Get(db, viewer.JurisdictionId, cancel) is not { Level: JurisdictionLevel.Community } community)
            return [];
        var (place, _) = await AppealPlace.Find(db, building, at);
        var compounds = await db.Set<Compound>().Where(c => c.To == null).Select(c => c.Name).ToListAsync(cancel);
        var where = place.Address ?? ChineseText.Line(words);
        var compound = compounds.Where(c => where.StartsWith(c, StringComparison.Ordinal)).MaxBy(c => c.Length);
        var grid = place.GridId is { } id ? await db.Set<Grid>().Where(g => g.Id == id).Select(g => g.Name).SingleOrDefaultAsync(cancel) : null;
        var spot = at ?? await db.Set<Building>().Where(b => b.Id == place.BuildingId && b.LonE7 != null && b.LatE7 != null).Select(b => (Position?)new Position(b.LonE7!.Value, b.LatE7!.Value)).SingleOrDefaultAsync(cancel);

        var shown = (await PublicQueries.ShownIn(db, community, clock.Today())).Where(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.Kind == kind && MergeAppeal.Waiting.Contains(a.State)));
        var near = (await shown.Where(p => p.Place != null).Select(p => new { p.Id, p.PlaceLevel, p.Place, p.LonE7, p.LatE7 }).ToListAsync(cancel)).Where(p => p.PlaceLevel switch
        {
            PublicPlaceLevel.Building or PublicPlaceLevel.Compound => (compound is not null && p.Place!.StartsWith(compound, StringComparison.Ordinal))
                || (spot is { } here && p.LonE7 is { } lon && p.LatE7 is { } lat && Geo.Metres(here, new(lon, lat)) <= Near),
            _ => p.Place == grid,
        }).OrderByDescending(p => p.Id).Take(Most).Select(p => p.Id).ToList();
        return [.. (await PublicQueries.Lines(db, db.Set<AppealPublication>().Where(p => near.Contains(p.Id))).ToListAsync(cancel)).OrderByDescending(m => m.Id)];
    }

    /// <summary>The matters this viewer joined and hasn't left, newest first.</summary>
    public async Task<IReadOnlyList<JoinLine>> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var (person, today) = (viewer.PersonId, clock.Today());
        var rows = await (from j in db.Set<AppealJoin>()
                          where j.PersonId == person && j.LeftOn == null
                          join a in db.Set<Appeal>() on j.AppealId equals a.Id
                          orderby j.LoggedAt descending
                          select new
                          {
                              j.PublicCode, j.JoinedOn, a.State, a.AskAgainUntil, Title = db.Set<AppealPublication>().Where(p => p.AppealId == a.Id && p.State == PublicationState.Published).Select(p => p.Title).FirstOrDefault(),
                              Judged = db.Set<AppealVerdict>().Any(v => v.JoinId == j.Id && v.Round == a.Round && v.ContestedOn == null),
                          }).Take(100).ToListAsync(cancel);
        return [.. rows.Select(r => new JoinLine(r.PublicCode, r.Title, r.State, r.JoinedOn, !r.Judged && AppealJoin.IsAsked(r.State, r.AskAgainUntil, today)))];
    }

    /// <summary>A matter this viewer joined; null for missing, left, and somebody else's alike.</summary>
    public async Task<JoinView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await Joins.Own(db, viewer, code) is not { } join)
            return null;
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.Id == join.AppealId, cancel);
        var matter = await PublicQueries.Lines(db, db.Set<AppealPublication>().Where(p => p.AppealId == appeal.Id && p.State == PublicationState.Published)).SingleOrDefaultAsync(cancel);
        var verdicts = await db.Set<AppealVerdict>().Where(v => v.JoinId == join.Id).InLogOrder(db, cancel);
        var posts = await db.Set<Post>().Where(p => p.Id == join.EnteredByPostId || verdicts.Select(v => v.EnteredByPostId).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        string? Title(Guid? post) => post is { } id ? posts.GetValueOrDefault(id) : null;
        return new(join.PublicCode, appeal.State, matter, join.Words, join.Channel, Title(join.EnteredByPostId), join.JoinedOn,
            AppealJoin.IsAsked(appeal.State, appeal.AskAgainUntil, clock.Today()) && verdicts.TrueForAll(v => v.Round != appeal.Round || v.ContestedOn is not null),
            [.. verdicts.Select(v => View(v, Title(v.EnteredByPostId)))])
        {
            Contestable = await ContestVerdict.Contestable(db, verdicts, clock.Today(), join.Id) is { } contestable && await ResidentWord.IsThere(db, join.PersonId) ? View(contestable, Title(contestable.EnteredByPostId)) : null,
            OwnMatter = await db.Set<Appeal>().Where(a => a.Id == join.FromAppealId).Select(a => a.PublicCode).SingleOrDefaultAsync(cancel),
        };
    }

    /// <summary>The paper of what was last entered for somebody who joined, before them and before the post that entered it; other staff of the matter see that there is none for them. Null for missing and for not theirs alike.</summary>
    public async Task<JoinPaper?> Paper(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var (jurisdiction, person) = (viewer.JurisdictionId, viewer.PersonId);
        // In one question: who may not see it isn't told from who asks for nothing.
        var seen = AppealAccess.Visible(viewer, db.Set<Appeal>()).Where(a => a.AppellantId == null || a.AppellantId != person);
        if (await db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.JurisdictionId == jurisdiction && j.PublicCode == code && j.LeftOn == null && (j.PersonId == person || seen.Any(a => a.Id == j.AppealId)), cancel) is not { } join)
            return null;
        var own = join.PersonId == person;
        var verdict = await db.Set<AppealVerdict>().Where(v => v.JoinId == join.Id && v.PaperCode != null && v.ContestedOn == null).OrderByDescending(v => v.Round).FirstOrDefaultAsync(cancel);
        if (!own && !viewer.Posts.Any(p => p.PostId == verdict?.EnteredByPostId))
            verdict = null;
        var title = await db.Set<AppealPublication>().Where(p => p.AppealId == join.AppealId && p.State == PublicationState.Published).Select(p => p.Title).FirstOrDefaultAsync(cancel);
        var post = verdict is null ? null : await db.Set<Post>().Where(p => p.Id == verdict.EnteredByPostId).Select(p => p.Title).SingleOrDefaultAsync(cancel);
        return new(join.PublicCode, title, verdict is null ? null : View(verdict, post), own, own ? null : await db.Set<Appeal>().Where(a => a.Id == join.AppealId).Select(a => a.PublicCode).SingleAsync(cancel));
    }

    private static VerdictView View(AppealVerdict verdict, string? post) => new(verdict.Round, verdict.Satisfied, verdict.Remark, verdict.Channel, post, verdict.JudgedOn, verdict.LoggedAt)
    {
        IsJoined = true, PaperCode = verdict.PaperCode ?? "", ContestUntil = verdict.ContestUntil, StruckOn = verdict.ContestedOn,
    };
}
