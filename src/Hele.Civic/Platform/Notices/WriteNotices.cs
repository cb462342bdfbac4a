using Hele.Civic.Kernel;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices;

/// <summary>Makes the notices of one side of an act, inside its transaction.</summary>
internal static class WriteNotices
{
    /// <summary>The rule that says at which hour of the next day a day's digest is shown.</summary>
    public const string DigestRule = "notices.digest";

    /// <param name="Leaf">Index of the entry.</param>
    public readonly record struct Due(NoticeSource Source, long Leaf, NoticeTo To, bool ToOther = false);

    /// <summary>What is to be told of an act's events. Before the rows are written, while it is still known what changed.</summary>
    public static async Task<List<Due>> Of(ActScope scope, IReadOnlyDictionary<string, NoticeSource> sources, long first)
    {
        var due = new List<Due>();
        for (var i = 0; i < scope.Events.Count; i++)
        {
            var (record, kind, _, _) = scope.Events[i];
            if (!sources.TryGetValue(kind.Code, out var source))
                continue;
            var told = new HashSet<Guid>();
            if (await source.To(scope.Db, record) is { Person: { } person } to)
                due.AddRange((to.Also ?? []).Prepend(person).Where(told.Add).Select(p => new Due(source, first + i, to with { Person = p })));
            if (source.Others is { } others)
                due.AddRange((await others.To(scope.Db, record)).Where(o => o.Person is { } other && told.Add(other)).Select(o => new Due(source, first + i, o, ToOther: true)));
        }
        return due;
    }

    /// <summary>Adds the rows. After the act's own are written, so that whoever leaves or is erased by it is told nothing.</summary>
    /// <param name="mails">Whether this installation sends mails.</param>
    public static async Task Add(ActScope scope, IReadOnlyList<Due> due, WhoCanBeTold whoCanBeTold, bool mails)
    {
        var db = scope.Db;
        var here = scope.Act.JurisdictionId;
        var people = due.Select(d => d.To.Person!.Value).Distinct().ToList();
        var accounts = await whoCanBeTold(db, people);
        // What somebody did themselves they know; what they are asked later they are told.
        var told = due.Where(d => accounts.TryGetValue(d.To.Person!.Value, out var account) && (account != scope.Act.AccountId || d.To.From > scope.Today)).ToList();
        if (told.Count == 0)
            return;
        var choices = await db.Set<NoticeChoice>().AsNoTracking().Where(c => c.JurisdictionId == here && people.Contains(c.PersonId)).ToDictionaryAsync(c => (c.PersonId, c.Group), c => c.Way);
        int? hours = null;
        var added = new List<(Notice Notice, bool Urgent)>();
        foreach (var (source, leaf, to, toOther) in told)
        {
            var person = to.Person!.Value;
            var way = choices.TryGetValue((person, source.Group.Code), out var chosen) && source.Group.Allows(chosen) ? chosen : source.Group.Unless;
            if (way == NoticeWay.Off)
                continue;
            var day = to.From > scope.Today ? to.From.Value : scope.Today;
            if (way == NoticeWay.Digest)
                hours ??= (await RuleBook.InForce(db, await db.Jurisdictions.AsNoTracking().SingleAsync(j => j.Id == here), DigestRule, scope.Today)).Amount;
            var notice = new Notice
            {
                JurisdictionId = here, PersonId = person, LeafIndex = leaf, Kind = source.Event.Code, Code = to.Code, Day = day, Until = to.Until, InDigest = way == NoticeWay.Digest, ToOther = toOther,
                ShownFrom = way == NoticeWay.Digest ? China.EndOf(day).AddHours(hours!.Value) : day > scope.Today ? China.At(day) : scope.Now,
            };
            db.Add(notice);
            added.Add((notice, source.Group.IsUrgent));
        }
        if (mails && added.Count > 0)
            await Mail.QueueMail.For(scope, added);
    }
}
