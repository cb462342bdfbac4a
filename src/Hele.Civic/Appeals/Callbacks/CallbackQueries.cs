using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A draw with what came of its calls.</summary>
public sealed record RoundLine(string Code, DateOnly From, DateOnly To, int Listed, int Drawn, int Waiting, int NotReached, int Agrees, int Differs, DateOnly DrawnOn);

public sealed record CallLine(string Code, int Place, string Appeal, string Number, string Title, bool Satisfied, Channel Channel, DateOnly JudgedOn, bool IsStruck, CallState State, int Attempts, string? Words, DateOnly? CalledOn);

/// <param name="IsTheSame">Drawn once more from what is recorded: the list and those drawn are the same.</param>
public sealed record RoundView(RoundLine Line, int Share, string Seed, string ListHash, string? By, bool IsTheSame, IReadOnlyList<CallLine> Calls);

/// <param name="HasPhone">There is somebody in the register to ring.</param>
public sealed record CallView(CallLine Line, string Round, string? Remark, string? EnteredBy, bool HasPhone);

/// <summary>Read side of the call-backs: for whoever supervises only.</summary>
public sealed class CallbackQueries(ReadSession read)
{
    public async Task<IReadOnlyList<RoundLine>> Rounds(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Lines(db, db.Set<CallbackRound>().OrderByDescending(r => r.From).Take(50)).ToListAsync(cancel);
    }

    public async Task<RoundView?> Round(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<CallbackRound>().SingleOrDefaultAsync(r => r.PublicCode == code, cancel) is not { } round)
            return null;
        var line = await Lines(db, db.Set<CallbackRound>().Where(r => r.Id == round.Id)).SingleAsync(cancel);
        var calls = await Calls(db, viewer, db.Set<Callback>().Where(c => c.RoundId == round.Id)).ToListAsync(cancel);
        var list = await CallbackRound.Lines(db, round.From, round.To, round.LoggedAt);
        var drawn = await db.Set<Callback>().Where(c => c.RoundId == round.Id).OrderBy(c => c.Place).Select(c => c.VerdictId).ToListAsync(cancel);
        var again = CallbackDraw.Pick(round.Seed, list.Select(l => l.Line), drawn.Count).Select(l => list.Find(x => x.Line == l).Verdict.Id);
        var by = await db.Set<Post>().Where(p => p.Id == round.PostId).Select(p => p.Title).SingleOrDefaultAsync(cancel);
        return new(line, round.Share, round.Seed, round.ListHash, by, CallbackDraw.HashOf(list.Select(l => l.Line)) == round.ListHash && again.SequenceEqual(drawn), [.. calls.OrderBy(c => c.Place)]);
    }

    public async Task<CallView?> Call(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<Callback>().SingleOrDefaultAsync(c => c.PublicCode == code, cancel) is not { } call)
            return null;
        var line = await Calls(db, viewer, db.Set<Callback>().Where(c => c.Id == call.Id)).SingleAsync(cancel);
        var verdict = await db.Set<AppealVerdict>().SingleAsync(v => v.Id == call.VerdictId, cancel);
        var entered = await db.Set<Post>().Where(p => p.Id == verdict.EnteredByPostId).Select(p => p.Title).SingleOrDefaultAsync(cancel);
        var round = await db.Set<CallbackRound>().Where(r => r.Id == call.RoundId).Select(r => r.PublicCode).SingleAsync(cancel);
        var phone = await (from a in db.Set<Appeal>() where a.Id == call.AppealId join p in db.Set<Person>().Where(Person.Living) on a.AppellantId equals p.Id where p.PhoneSealed != null select p.Id).AnyAsync(cancel);
        return new(line, round, verdict.Remark, entered, phone);
    }

    private static IQueryable<RoundLine> Lines(HeleDb db, IQueryable<CallbackRound> rounds) => rounds.Select(r => new RoundLine(r.PublicCode, r.From, r.To, r.Listed,
        db.Set<Callback>().Count(c => c.RoundId == r.Id), db.Set<Callback>().Count(c => c.RoundId == r.Id && c.State == CallState.Waiting), db.Set<Callback>().Count(c => c.RoundId == r.Id && c.State == CallState.NotReached),
        db.Set<Callback>().Count(c => c.RoundId == r.Id && c.State == CallState.Agrees), db.Set<Callback>().Count(c => c.RoundId == r.Id && c.State == CallState.Differs), r.DrawnOn));

    private static IQueryable<CallLine> Calls(HeleDb db, Viewer viewer, IQueryable<Callback> calls)
    {
        var hidden = HiddenTexts.TitlesFrom(db, viewer);
        return from c in calls
               join a in db.Set<Appeal>() on c.AppealId equals a.Id
               join v in db.Set<AppealVerdict>() on c.VerdictId equals v.Id
               select new CallLine(c.PublicCode, c.Place, a.PublicCode, a.Year + "-" + a.Serial, hidden.Contains(a.Id) ? "" : a.Title, v.Satisfied, v.Channel, v.JudgedOn, v.ContestedOn != null, c.State, c.Attempts, c.Words, c.CalledOn);
    }
}
