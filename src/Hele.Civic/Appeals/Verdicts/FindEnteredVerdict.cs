using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>What the code on a resident's paper shows to whoever holds it: what was entered, by which post, when. No name, no text.</summary>
/// <param name="Place">The jurisdiction it lies in.</param>
/// <param name="Kind">Empty where the kind may not be listed.</param>
public sealed record EnteredVerdict(int Place, string Code, string Number, string Kind, AppealState State, bool Satisfied, Channel Channel, string Post, DateOnly JudgedOn, DateTimeOffset EnteredAt, DateOnly ContestUntil, DateOnly? ContestedOn)
{
    /// <summary>The resident has said since whether it still holds.</summary>
    public bool IsOvertaken { get; init; }

    /// <summary>It is the verdict of somebody who joined: the matter's number isn't theirs.</summary>
    public bool IsJoined { get; init; }

    public bool CanBeContested(DateOnly today) => ContestedOn is null && !IsOvertaken && ContestUntil >= today;
}

/// <summary>The verdict of a paper's code, wherever it was given: the paper says nothing of communities, and its code is random, with some 59 bits.</summary>
public sealed class FindEnteredVerdict(Database database)
{
    public async Task<EnteredVerdict?> Find(string code, CancellationToken cancel = default)
    {
        int[] everywhere;
        await using (var outer = await database.Read([], cancel))
            everywhere = await outer.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(everywhere, cancel);
        var db = lease.Db;
        var row = await db.Set<AppealVerdict>().Where(v => v.PaperCode == code).OrderBy(v => v.Id).FirstOrDefaultAsync(cancel);
        if (row is null)
            return null;
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.JurisdictionId == row.JurisdictionId && a.Id == row.AppealId, cancel);
        var post = await db.Set<Post>().Where(p => p.JurisdictionId == row.JurisdictionId && p.Id == row.EnteredByPostId).Select(p => p.Title).SingleAsync(cancel);
        return new(row.JurisdictionId, code, row.JoinId is null ? appeal.Number : "", AppealKinds.Listed.Contains(appeal.Kind) ? appeal.Kind : "", appeal.State, row.Satisfied, row.Channel, post, row.JudgedOn, row.LoggedAt, row.ContestUntil!.Value, row.ContestedOn)
        {
            IsOvertaken = await ContestVerdict.SaidSince(db, row),
            IsJoined = row.JoinId is not null,
        };
    }
}
