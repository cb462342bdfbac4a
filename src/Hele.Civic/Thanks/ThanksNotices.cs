using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>Once a second person has found it true, those who are thanked are told, and its giver what became of it.</summary>
internal static class ThanksNotices
{
    private static readonly NoticeGroup Group = new("thanks", ("锦旗和感谢", "Pennants and thanks"), ("有人感谢您；您的感谢核对过了", "Somebody thanks you; your own thanks were checked"), NoticeWay.AtOnce);

    private static readonly NoticeSubject Thanks = new(typeof(ThanksRecord), async (db, viewer, codes, cancel) =>
        (await ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Where(t => codes.Contains(t.PublicCode)).Select(t => new { t.PublicCode, t.Text }).ToListAsync(cancel)).ToDictionary(t => t.PublicCode, t => ThanksDay.Short(t.Text)));

    public static IEnumerable<NoticeSource> All =>
    [
        new(ThanksEvents.Published, Group, Thanks, ("一条感谢经核对后公开了", "Words of thanks were checked and are public now"), Both),
        new(ThanksEvents.Kept, Group, Thanks, ("一条感谢核对后登记了，不公开", "Words of thanks were checked and kept; they aren't public"), Both),
        new(ThanksEvents.Rejected, Group, Thanks, ("您的感谢核对后没有登记，看原因", "Your thanks were checked and not acknowledged: see why"), Giver),
        new(ThanksEvents.TakenDown, Group, Thanks, ("您的感谢不再公开，看原因", "Your thanks are no longer public: see why"), Giver),
    ];

    private static Task<NoticeTo> Both(HeleDb db, Owned row)
    {
        if (row is not ThanksRecord thanks)
            return Task.FromResult<NoticeTo>(default);
        List<Guid> people = [.. thanks.To.Select(t => t.PersonId).Distinct()];
        if (thanks.GiverId is { } giver && !people.Contains(giver))
            people.Insert(0, giver);
        return Task.FromResult(people.Count == 0 ? default : new NoticeTo(people[0], thanks.PublicCode) { Also = [.. people.Skip(1)] });
    }

    private static Task<NoticeTo> Giver(HeleDb db, Owned row) => Task.FromResult(row is ThanksRecord thanks ? new NoticeTo(thanks.GiverId, thanks.PublicCode) : default);
}
