using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A line of the sub-district's list.</summary>
public sealed record ReferralLine(Guid Id, string Code, string CommunityName, string Kind, string Title, string Place, ReferralState State, DateOnly ReceivedOn, DateOnly DueOn)
{
    public bool IsLate(DateOnly today) => State == ReferralState.Received && DueOn < today;
}

/// <summary>A referral as its page shows it to this viewer.</summary>
public sealed record ReferralView(string Code, string OriginCode, string CommunityCode, string CommunityName, string Kind, string Title, string Text, string Place, bool ByResident, string? Reason, ReferralState State,
    DateOnly ReceivedOn, DateOnly DueOn, string DueRule, bool DueIsProvisional, string? Answer, ReturnReason? ReturnedFor, string? ReturnNote, DateOnly? ClosedOn,
    IReadOnlyList<TimelineEvent> Timeline, IReadOnlySet<string> Acts)
{
    /// <summary>It can't be returned.</summary>
    public bool PastCommunity { get; init; }

    /// <summary>Title and text are hidden by the community, and empty here.</summary>
    public bool WordsAreHidden { get; init; }
}

/// <summary>Read side of the sub-district: what was referred up to it, and nothing else of its communities.</summary>
public sealed class ReferralQueries(ReadSession read)
{
    public const int PageSize = 20;

    /// <summary>Newest first, by the key.</summary>
    public async Task<Page<ReferralLine>> List(Viewer viewer, ReferralState? state, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var query = ReferralAccess.Visible(viewer, db.Set<Referral>());
        if (state is { } asked)
            query = query.Where(r => r.State == asked);
        List<ReferralLine> rows;
        if (before is { } upTo)
        {
            rows = await Lines(query.Where(r => r.Id > upTo).OrderBy(r => r.Id));
            var more = rows.Count > size;
            rows = [.. rows.Take(size).Reverse()];
            return new Page<ReferralLine>(rows, more ? rows[0].Id : null, rows.Count > 0 ? rows[^1].Id : null);
        }
        rows = await Lines((after is { } from ? query.Where(r => r.Id < from) : query).OrderByDescending(r => r.Id));
        var next = rows.Count > size;
        rows = [.. rows.Take(size)];
        return new Page<ReferralLine>(rows, after is not null && rows.Count > 0 ? rows[0].Id : null, next ? rows[^1].Id : null);

        Task<List<ReferralLine>> Lines(IOrderedQueryable<Referral> ordered) =>
            ordered.Take(size + 1).Select(r => new ReferralLine(r.Id, r.PublicCode, r.CommunityName, r.Kind, r.WordsAreHidden ? "" : r.Title, r.Place, r.State, r.ReceivedOn, r.DueOn)).ToListAsync(cancel);
    }

    /// <summary>How many wait for an answer.</summary>
    public async Task<int> Waiting(Viewer viewer, CancellationToken cancel = default) =>
        await ReferralAccess.Visible(viewer, (await read.Db(cancel)).Set<Referral>()).CountAsync(r => r.State == ReferralState.Received, cancel);

    /// <summary>One referral as this viewer may see it; null for missing and for not theirs alike.</summary>
    public async Task<ReferralView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var referral = await ReferralAccess.Visible(viewer, db.Set<Referral>()).SingleOrDefaultAsync(r => r.PublicCode == code, cancel);
        if (referral is null)
            return null;
        var posts = await db.Set<Post>().ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var events = await db.Set<JournalRow>().Where(r => r.RowTable == "Referrals" && r.RowId == referral.Id).OrderBy(r => r.LeafIndex)
            .Select(r => new { r.LeafIndex, r.Kind, r.At, r.OnDate, r.PostId, r.Reason }).ToListAsync(cancel);
        var acts = Referral.LifeCycle.From(referral.State).Where(l => ReferralAccess.May(viewer, referral, l.Permission)).Select(l => l.Act).ToHashSet();
        if (referral.PastCommunity)
            acts.Remove(Referral.Return);
        return new ReferralView(referral.PublicCode, referral.OriginCode, referral.CommunityCode, referral.CommunityName, referral.Kind, referral.WordsAreHidden ? "" : referral.Title, referral.WordsAreHidden ? "" : referral.Text, referral.Place, referral.ByResident, referral.Reason, referral.State,
            referral.ReceivedOn, referral.DueOn, referral.DueRule, referral.DueIsProvisional, referral.AnswerText, referral.ReturnedFor, referral.ReturnNote, referral.ClosedOn,
            [.. events.Select(e => new TimelineEvent(e.LeafIndex, e.Kind, e.At, e.OnDate, e.PostId is { } post ? posts.GetValueOrDefault(post) : referral.CommunityName, false, e.Reason))], acts) { PastCommunity = referral.PastCommunity, WordsAreHidden = referral.WordsAreHidden };
    }
}
