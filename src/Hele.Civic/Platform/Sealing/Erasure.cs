using System.Globalization;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>
/// That a person's data were destroyed: it names the entries whose salts went with them, and for those alone <c>verify</c> accepts that nothing
/// can be opened any more. It never says whose they were.
/// </summary>
public sealed class Erasure : Owned
{
    public const int KeptLength = 2000;

    public required string PublicCode { get; init; }

    /// <summary>The key of the erased row, which names nobody any more.</summary>
    public required Guid SubjectId { get; init; }

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
            var erasures = await lease.Db.Set<Erasure>().OrderBy(e => e.Id).Select(e => new { e.Id, e.SubjectId, e.On }).ToListAsync(cancel);
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

    /// <summary>Subjects that were erased according to the list and are not according to the database: an older state was put back.</summary>
    public async Task<IReadOnlyList<Guid>> Missing(int jurisdiction, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([jurisdiction], cancel);
        var code = await lease.Db.Jurisdictions.Where(j => j.Id == jurisdiction).Select(j => j.Code).SingleAsync(cancel);
        if (!File.Exists(FileOf(code)))
            return [];
        var done = await lease.Db.Set<Erasure>().Select(e => e.SubjectId).ToListAsync(cancel);
        return [.. (await File.ReadAllLinesAsync(FileOf(code), cancel)).Select(l => l.Split(' ')).Where(l => l.Length == 3).Select(l => Guid.Parse(l[1])).Except(done).Distinct()];
    }
}

/// <summary>What an erasure does to any subject's rows, whichever module they belong to.</summary>
public static class Erasing
{
    public static readonly EventKind Erased = new("person.data-erased", ("销毁了一个人的信息及其密钥", "Destroyed a person's data and their key"));

    /// <summary>Empties the rows the modules name, destroys salts, reasons, key and idempotency records, and adds the erasure.</summary>
    public static async Task<Erasure> Run(ActScope scope, ModuleList modules, Guid subject)
    {
        var (db, jurisdiction) = (scope.Db, scope.Act.JurisdictionId);
        var leaves = new SortedSet<long>();
        var kept = new List<(SubjectRows Rows, Kept Kept)>();
        var acts = new HashSet<Guid>();
        var emptied = 0;
        foreach (var about in modules.AboutPeople)
        {
            var table = db.Model.FindEntityType(about.Entity)!.GetTableName()!;
            foreach (var row in await about.Of(db, subject).AsTracking().ToListAsync())
            {
                if (about.Keep?.Invoke(row, scope.Today) is { } reason)
                {
                    kept.Add((about, reason));
                    continue;
                }
                if (about.Erase is null || about.Erased is null)
                    throw new InvalidOperationException($"{about.Entity.Name}: a row is neither kept nor erased.");
                about.Erase(row, scope.Today);
                scope.Record(row, about.Erased);
                emptied++;
                foreach (var entry in await db.Set<JournalRow>().AsTracking().Where(j => j.JurisdictionId == jurisdiction && j.RowTable == table && j.RowId == row.Id).ToListAsync())
                {
                    db.Entry(entry).Property(j => j.Salt).CurrentValue = [];
                    db.Entry(entry).Property(j => j.Reason).CurrentValue = null;
                    leaves.Add(entry.LeafIndex);
                    acts.Add(entry.ActId);
                }
            }
        }
        if (await db.Set<SubjectKey>().AsTracking().SingleOrDefaultAsync(k => k.JurisdictionId == jurisdiction && k.SubjectId == subject) is { } key)
            db.Remove(key);
        // Hashes over what was typed could be tried out against a list of names.
        db.RemoveRange(await db.Set<AcceptedOperation>().AsTracking().Where(o => acts.Contains(o.OperationId)).ToListAsync());
        return scope.Add(new Erasure
        {
            PublicCode = PublicCode.New().Text, SubjectId = subject, On = scope.Today, Leaves = Erasure.RangesOf(leaves), Rows = emptied,
            Kept = string.Join('\n', kept.GroupBy(k => (k.Rows, k.Kept)).Select(g => string.Create(CultureInfo.InvariantCulture,
                $"{g.Key.Rows.Title.Zh}\t{g.Key.Rows.Title.En}\t{g.Count()}\t{g.Key.Kept.Article.Zh}\t{g.Key.Kept.Article.En}\t{g.Key.Kept.Until:yyyy-MM-dd}"))),
        }, Erased);
    }
}
