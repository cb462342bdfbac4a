using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices;

/// <summary>Notices that people choose the way of together.</summary>
/// <param name="What">What belongs to it, said to whoever chooses.</param>
/// <param name="Unless">The way that is meant while nothing was chosen.</param>
/// <param name="WhyNotOff">Why it can't be refused; null where it can.</param>
public sealed record NoticeGroup(string Code, Bilingual Title, Bilingual What, NoticeWay Unless, Bilingual? WhyNotOff = null)
{
    /// <summary>It can't wait for the next morning: whoever chose so gets a mail at once.</summary>
    public bool IsUrgent { get; init; }

    public bool Allows(NoticeWay way) => Enum.IsDefined(way) && (way != NoticeWay.Off || WhyNotOff is null);
}

/// <summary>Whom to tell of an event, and which record it opens.</summary>
/// <param name="Person">Null: nobody.</param>
/// <param name="From">The day from which something is asked of them; null for now.</param>
/// <param name="Until">Last day on which it is.</param>
public readonly record struct NoticeTo(Guid? Person, string Code, DateOnly? From = null, DateOnly? Until = null)
{
    /// <summary>Others who are told the same.</summary>
    public IReadOnlyList<Guid>? Also { get; init; }
}

/// <summary>The records notices open: how they are called before a reader, asked with that reader's rights.</summary>
/// <param name="Titles">The titles of those of these public codes that the viewer may see.</param>
public sealed record NoticeSubject(Type Record, Func<HeleDb, Viewer, IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, Bilingual>>> Titles)
{
    /// <summary>Of records that people named: the names are the same in both languages.</summary>
    public NoticeSubject(Type record, Func<HeleDb, Viewer, IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, string>>> titles)
        : this(record, async (db, viewer, codes, cancel) => (await titles(db, viewer, codes, cancel)).ToDictionary(t => t.Key, t => new Bilingual(t.Value, t.Value)))
    {
    }
}

/// <summary>The line by which a module says that an event is told to somebody.</summary>
/// <param name="Sentence">What happened, from the reader's side. It stands beside the record's title and holds no word of the record.</param>
/// <param name="To">Asked inside the act, of the event's record as it is about to be written.</param>
public sealed record NoticeSource(EventKind Event, NoticeGroup Group, NoticeSubject Opens, Bilingual Sentence, Func<HeleDb, Owned, Task<NoticeTo>> To)
{
    /// <summary>Who else is told, each with a record of their own.</summary>
    public NoticeOthers? Others { get; init; }

    /// <summary>What a notice of this event opens.</summary>
    public NoticeSubject SubjectFor(bool toOther) => toOther ? Others?.Opens ?? Opens : Opens;
}

/// <summary>People for whom an event means the same, but who have a record of their own and don't see the one it happened to.</summary>
public sealed record NoticeOthers(NoticeSubject Opens, Func<HeleDb, Owned, Task<IReadOnlyList<NoticeTo>>> To);

/// <summary>Who of these people can be told something in the program, with their account. The module that knows people says so, in one place.</summary>
public delegate Task<IReadOnlyDictionary<Guid, Guid>> WhoCanBeTold(HeleDb db, IReadOnlyCollection<Guid> people);
