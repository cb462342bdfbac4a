using System.Globalization;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>Why data were destroyed.</summary>
public enum ErasureCause
{
    /// <summary>The person, or their guardian, asked and it was granted.</summary>
    Asked,

    /// <summary>By the operator's command.</summary>
    Ordered,

    /// <summary>They had been kept as long as their rule says.</summary>
    Expired,

    /// <summary>An older state of the database was put back, in which they stood again.</summary>
    PutBack,
}

/// <summary>
/// That a person's data were destroyed: it names the entries whose salts went with them, and for those alone <c>verify</c> accepts that nothing
/// can be opened any more. It never says whose they were.
/// </summary>
public sealed class Erasure : Owned
{
    public const int KeptLength = 2000;

    public required string PublicCode { get; init; }

    /// <summary>The key of the erased row, which names nobody any more; null when single rows were emptied: their time was over, or they were taken back.</summary>
    public Guid? SubjectId { get; init; }

    public required ErasureCause Cause { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>Leaf indexes whose salts were destroyed, as ranges: <c>4-6,19</c>.</summary>
    public required string Leaves { get; init; }

    /// <summary>Rows that were emptied.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that a rule keeps, one line each: title, how many, article, until. Chinese and English, tab-separated; for whoever asked.</summary>
    public required string Kept { get; init; }

    /// <summary>The indexes of <see cref="Leaves"/>.</summary>
    public static IEnumerable<long> LeavesOf(string ranges)
    {
        foreach (var range in ranges.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            if (!long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to))
                continue;
            for (var leaf = from; leaf <= to; leaf++)
                yield return leaf;
        }
    }

    /// <summary>Ascending indexes as ranges.</summary>
    public static string RangesOf(IEnumerable<long> leaves)
    {
        var text = new StringBuilder();
        long? from = null, last = null;
        foreach (var leaf in leaves.Append(long.MaxValue))
        {
            if (last is { } l && leaf != l + 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "," : "")}{from}{(l > from ? "-" + l.ToString(CultureInfo.InvariantCulture) : "")}");
                from = null;
            }
            from ??= leaf;
            last = leaf;
        }
        return text.ToString();
    }
}

/// <summary>
/// The erasures of an installation, beside the pins and so outside the database: whoever restores an older state erases again what stands here
/// before the first request.
/// </summary>
public sealed class ErasureList(StorageOptions options, Database database)
{
    private readonly SemaphoreSlim _writing = new(1);

    public string FileOf(string code) => Path.Combine(options.PinDirectory, code + ".erased");

    /// <summary>Brings the list up to the database: after each erasure, and at each start in case the one before ended between commit and list.</summary>
    public async Task Update(int jurisdiction, CancellationToken cancel = default)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await using var lease = await database.Read([jurisdiction], cancel);
            var code = await lease.Db.Jurisdictions.Where(j => j.Id == jurisdiction).Select(j => j.Code).SingleAsync(cancel);
            var erasures = await lease.Db.Set<Erasure>().OrderBy(e => e.Id).Where(e => e.SubjectId != null).Select(e => new { e.Id, e.SubjectId, e.On }).ToListAsync(cancel);
            var file = FileOf(code);
            var lines = File.Exists(file) ? [.. await File.ReadAllLinesAsync(file, cancel)] : new List<string>();
            var known = lines.Select(l => l.Split(' ')[0]).ToHashSet();
            var missing = erasures.Where(e => !known.Contains(e.Id.ToString("D"))).Select(e => $"{e.Id:D} {e.SubjectId:D} {e.On:yyyy-MM-dd}").ToList();
            if (missing.Count == 0)
                return;
            Directory.CreateDirectory(options.PinDirectory);
            await PrivateFile.Write(file, string.Join('\n', lines.Concat(missing)) + "\n");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Subjects that were erased according to the list and are not according to the database: an older state was put back. Rows whose time was
    /// over are not in the list: the next purge, which a start runs, finds them again by itself.</summary>
    public async Task<IReadOnlyList<Guid>> Missing(int jurisdiction, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([jurisdiction], cancel);
        var code = await lease.Db.Jurisdictions.Where(j => j.Id == jurisdiction).Select(j => j.Code).SingleAsync(cancel);
        if (!File.Exists(FileOf(code)))
            return [];
        var done = await lease.Db.Set<Erasure>().Where(e => e.SubjectId != null).Select(e => e.SubjectId!.Value).ToListAsync(cancel);
        var subjects = new List<Guid>();
        foreach (var line in await File.ReadAllLinesAsync(FileOf(code), cancel))
        {
            if (line.Split(' ') is not [_, var subject, _] || !Guid.TryParse(subject, out var id))
                throw new StartupException(($"{FileOf(code)} 已损坏：“{line}”不是删除名单里的一行。它记着谁的信息不能再回来，请用副本修复。",
                    $"{FileOf(code)} is damaged: “{line}” is no line of an erasure list. It says who must not come back; mend it from a copy."));
            subjects.Add(id);
        }
        return [.. subjects.Except(done).Distinct()];
    }
}

/// <summary>What an erasure does to rows, whichever module they belong to.</summary>
public static class Erasing
{
    public static readonly EventKind Erased = new("person.data-erased", ("销毁了一个人的信息及其密钥", "Destroyed a person's data and their key"));
    public static readonly EventKind RowsExpired = new("retention.rows-emptied", ("清空了保存期满的记录", "Emptied records whose time was over"));

    /// <summary>Empties the rows the modules name, destroys salts, reasons, key and idempotency records, and adds the erasure.</summary>
    public static async Task<Erasure> Run(ActScope scope, ModuleList modules, Guid subject, ErasureCause cause)
    {
        var emptying = new Emptying(scope);
        var kept = new List<(SubjectRows Rows, Kept Kept)>();
        var withheld = await modules.WithheldFrom(scope.Db, subject);
        foreach (var about in modules.AboutPeople)
        {
            foreach (var row in (await about.Of(scope.Db, subject).AsTracking().ToListAsync()).Where(r => !withheld.Contains(r.Id)))
            {
                if (about.Keep?.Invoke(row, scope.Today) is { } reason)
                {
                    kept.Add((about, reason));
                    about.Closes?.Invoke(scope, row);
                }
                else
                    await emptying.Empty(about, row);
            }
        }
        if (await scope.Db.Set<SubjectKey>().AsTracking().SingleOrDefaultAsync(k => k.JurisdictionId == scope.Act.JurisdictionId && k.SubjectId == subject) is { } key)
            scope.Db.Remove(key);
        await KeepNotices.Forget(scope, subject);
        return await emptying.Finish(subject, cause, string.Join('\n', kept.GroupBy(k => (k.Rows, k.Kept)).Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{g.Key.Rows.Title.Zh}\t{g.Key.Rows.Title.En}\t{g.Count()}\t{g.Key.Kept.Article.Zh}\t{g.Key.Kept.Article.En}\t{g.Key.Kept.Until:yyyy-MM-dd}"))), Erased);
    }

    /// <summary>The same for single rows whose time is over, of whoever they are.</summary>
    public static async Task<Erasure> Rows(ActScope scope, SubjectRows about, IReadOnlyList<Owned> rows)
    {
        var emptying = new Emptying(scope);
        foreach (var row in rows)
            await emptying.Empty(about, row);
        return await emptying.Finish(null, ErasureCause.Expired, "", RowsExpired);
    }

    /// <summary>What somebody takes back is emptied in the act that says so.</summary>
    /// <param name="kind">The event of the erasure's own row.</param>
    public static async Task<Erasure> TakenBack(ActScope scope, EventKind kind, IReadOnlyList<(SubjectRows About, Owned Row)> rows)
    {
        var emptying = new Emptying(scope);
        foreach (var (about, row) in rows)
            await emptying.Empty(about, row);
        return await emptying.Finish(null, ErasureCause.Asked, "", kind);
    }

    /// <summary>Rows emptied within one act, with all that hangs on what stood in them.</summary>
    private sealed class Emptying(ActScope scope)
    {
        private readonly SortedSet<long> _leaves = [];
        private readonly HashSet<Guid> _acts = [];
        private int _rows;

        public async Task Empty(SubjectRows about, Owned row)
        {
            if (about.Erase is null || about.Erased is null)
                throw new InvalidOperationException($"{about.Entity.Name}: a row is neither kept nor erased.");
            about.Erase(row, scope.Today);
            if (about.Beside is { } beside)
                await beside(scope, row);
            scope.Record(row, about.Erased);
            _rows++;
            var (db, jurisdiction, table) = (scope.Db, scope.Act.JurisdictionId, scope.Db.Model.FindEntityType(about.Entity)!.GetTableName()!);
            foreach (var entry in await db.Set<JournalRow>().AsTracking().Where(j => j.JurisdictionId == jurisdiction && j.RowTable == table && j.RowId == row.Id).ToListAsync())
            {
                db.Entry(entry).Property(j => j.Salt).CurrentValue = [];
                db.Entry(entry).Property(j => j.Reason).CurrentValue = null;
                _leaves.Add(entry.LeafIndex);
                _acts.Add(entry.ActId);
            }
        }

        public async Task<Erasure> Finish(Guid? subject, ErasureCause cause, string kept, EventKind kind)
        {
            // Hashes over what was typed could be tried out against a list of names.
            scope.Db.RemoveRange(await scope.Db.Set<AcceptedOperation>().AsTracking().Where(o => _acts.Contains(o.OperationId)).ToListAsync());
            return scope.Add(new Erasure
            {
                PublicCode = PublicCode.New().Text, SubjectId = subject, Cause = cause, On = scope.Today, Leaves = Erasure.RangesOf(_leaves), Rows = _rows, Kept = kept,
            }, kind);
        }
    }
}
