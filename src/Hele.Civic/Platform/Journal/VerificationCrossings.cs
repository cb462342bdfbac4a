using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The last walk, over all logs: each act that crosses stands in both of its logs, joined by account and operation id, which every entry commits,
/// and the two sides say the same. A log that is whole in itself, pin and all, can be an earlier state that was put back: the other side knows
/// more. What the walks before it found is not found again: a changed value or entry is that finding, not a disagreement.
/// </summary>
/// <param name="reader">Over all jurisdictions in one state of the database: an act that is committed meanwhile is there on both sides or on neither.</param>
internal sealed class VerificationCrossings(VerificationReader reader, IModel model, ModuleList modules, IReadOnlyList<Jurisdiction> jurisdictions,
    IReadOnlyDictionary<int, FindingList> found, IProgress<VerificationProgress>? progress)
{
    private const int PageSize = 1000, ActsAtOnce = 200;

    private readonly HashSet<(int Jurisdiction, string Table, Guid Row, string? Column)> _wrongValues =
        [.. found.SelectMany(f => f.Value.Kept.Where(x => x is { Table: not null, Row: not null }).Select(x => (f.Key, x.Table!, x.Row!.Value, x.Column)))];

    private readonly HashSet<(int Jurisdiction, long Leaf)> _wrongEntries =
        [.. found.SelectMany(f => f.Value.Kept.Where(x => x is { Table: "Journal", Leaf: not null }).Select(x => (f.Key, x.Leaf!.Value)))];

    private readonly Dictionary<(int Jurisdiction, long Leaf), OpenEntry> _opened = [];
    private readonly Dictionary<(int Jurisdiction, string Table, Guid Row), object[]> _rows = [];
    private readonly Dictionary<string, CommittedTable> _tables = CommittedTable.All(model).ToDictionary(t => t.Name);

    /// <summary>Which act: an operation id is the account's own.</summary>
    private readonly record struct ActKey(Guid Actor, Guid Act);

    /// <summary>Where an entry of a crossing act stands, and what it is about.</summary>
    private readonly record struct Place(Jurisdiction In, long Leaf, EventKind Kind, string Table, Guid Row);

    /// <summary>Acts of which both sides were compared.</summary>
    public long Compared { get; private set; }

    public async Task Check(CancellationToken cancel)
    {
        var altered = await Altered(cancel);
        foreach (var above in (IEnumerable<Jurisdiction?>)[null, .. jurisdictions])
        {
            List<Jurisdiction> below = [.. jurisdictions.Where(j => j.ParentId == above?.Id)];
            var acts = new Dictionary<ActKey, List<Place>>();
            if (above is not null)
                await Collect(above, c => c.Above, acts, cancel);
            foreach (var jurisdiction in below)
                await Collect(jurisdiction, c => c.Below, acts, cancel);
            foreach (var some in acts.Chunk(ActsAtOnce))
            {
                await Open(some.SelectMany(a => a.Value), cancel);
                foreach (var (act, places) in some)
                    foreach (var crossing in modules.Crossings)
                        Check(crossing, act, above, below, places, altered);
            }
        }
    }

    /// <summary>The places of a log's entries of crossing acts.</summary>
    private async Task Collect(Jurisdiction jurisdiction, Func<Crossing, IEnumerable<EventKind>> side, Dictionary<ActKey, List<Place>> acts, CancellationToken cancel)
    {
        var kinds = modules.Crossings.SelectMany(side).Distinct().ToDictionary(k => k.Code);
        if (kinds.Count == 0)
            return;
        object last = -1L;
        while (true)
        {
            var page = await reader.Query($"""
                SELECT "LeafIndex", "ActorId", "ActId", "Kind", "RowTable", "RowId" FROM "Journal"
                WHERE "JurisdictionId" = @p0 AND "LeafIndex" > @p1 AND "Kind" IN ({string.Join(',', kinds.Keys.Select(k => $"'{k}'"))}) ORDER BY "LeafIndex" LIMIT {PageSize}
                """, cancel, jurisdiction.Id, last);
            foreach (var row in page)
            {
                // What is no position, id or name at all is a finding of the first walk.
                if (row[0] is not long leaf || Id(row[1]) is not { } actor || Id(row[2]) is not { } act || row[3] is not string kind || row[4] is not string table || Id(row[5]) is not { } about)
                    continue;
                var key = new ActKey(actor, act);
                if (!acts.TryGetValue(key, out var places))
                    acts.Add(key, places = []);
                places.Add(new Place(jurisdiction, leaf, kinds[kind], table, about));
            }
            progress?.Report(new(jurisdiction.Code, VerificationStage.Crossings, acts.Count, 0));
            if (page.Count < PageSize)
                return;
            last = page[^1][0];
        }
    }

    /// <summary>Entries that the first walk found wrong: what their journal row says of them is not believed, what they commit is.</summary>
    private async Task<List<(int Jurisdiction, OpenEntry Entry)>> Altered(CancellationToken cancel)
    {
        var entries = new List<(int, OpenEntry)>();
        foreach (var log in _wrongEntries.GroupBy(e => e.Jurisdiction))
            entries.AddRange((await Entries(log.Key, log.Select(e => e.Leaf), cancel)).Select(e => (log.Key, e)));
        return entries;
    }

    private async Task<IEnumerable<OpenEntry>> Entries(int jurisdiction, IEnumerable<long> leaves, CancellationToken cancel) =>
        (await reader.Query($"""SELECT "LeafIndex", "Kind", "Entry", "Salt" FROM "Journal" WHERE "JurisdictionId" = @p0 AND "LeafIndex" IN ({string.Join(',', leaves)})""", cancel, jurisdiction))
        .Select(r => OpenEntry.Of(r[0], r[1], r[2], r[3]));

    /// <summary>Fetches the entries at some places and the records they are about.</summary>
    private async Task Open(IEnumerable<Place> places, CancellationToken cancel)
    {
        _opened.Clear();
        _rows.Clear();
        foreach (var log in places.GroupBy(p => p.In.Id))
        {
            foreach (var entry in await Entries(log.Key, log.Select(p => p.Leaf), cancel))
                _opened[(log.Key, entry.Leaf)] = entry;
            foreach (var records in log.GroupBy(p => p.Table))
            {
                if (!_tables.TryGetValue(records.Key, out var table))
                    continue;
                var ids = records.Select(p => p.Row).Distinct().ToList();
                var rows = await reader.Query(
                    $"""SELECT "Id"{string.Concat(table.Columns.Select(c => $", \"{c.Name}\""))} FROM "{table.Name}" WHERE "JurisdictionId" = @p0 AND "Id" IN ({string.Join(',', ids.Select((_, i) => $"@p{i + 1}"))})""",
                    cancel, [log.Key, .. ids.Select(id => reader.IsSqlite ? (object)id.ToByteArray(bigEndian: true) : id)]);
                foreach (var row in rows)
                    if (Id(row[0]) is { } id)
                        _rows[(log.Key, table.Name, id)] = row;
            }
        }
    }

    private void Check(Crossing crossing, ActKey act, Jurisdiction? above, List<Jurisdiction> below, List<Place> places, List<(int Jurisdiction, OpenEntry Entry)> altered)
    {
        var up = places.Where(p => p.In == above && crossing.Above.Contains(p.Kind)).ToList();
        var down = places.Where(p => p.In != above && crossing.Below.Contains(p.Kind)).ToList();
        if (up.Count + down.Count == 0)
            return;
        var lacksAbove = crossing.Above.Except(up.Select(p => p.Kind)).ToList();
        var lacksBelow = crossing.Below.Except(down.Select(p => p.Kind)).ToList();
        if (lacksAbove.Count + lacksBelow.Count > 0)
        {
            var (standing, lacking, others) = lacksAbove.Count > 0 && down.Count > 0 ? (down, lacksAbove, above is null ? new List<Jurisdiction>() : [above]) : (up, lacksBelow, below);
            var known = standing.FindIndex(p => !IsWrong(p));
            if (known < 0 || lacking.TrueForAll(kind => altered.Exists(a => others.Exists(j => j.Id == a.Jurisdiction) && Commits(a.Entry, act, kind))))
                return;
            var place = standing[known];
            var other = place.In != above ? above?.Code : IsKnown(place, crossing.BelowCode) ? TextOf(place, crossing.BelowCode) : null;
            Add(FindingKind.CrossingOneSided, place, null, VerificationTexts.CrossingOneSided(place.In.Code, Said(place), other));
            return;
        }
        Compared++;
        foreach (var tie in crossing.Ties)
            foreach (var a in up.Where(p => p.Kind == tie.Above))
                foreach (var b in down.Where(p => p.Kind == tie.Below))
                    Compare(tie, a, b);
        foreach (var a in up.Where(p => !IsWrong(p) && IsKnown(p, crossing.BelowCode)))
            foreach (var b in down.DistinctBy(p => p.In).Where(p => !Same(Value(a, crossing.BelowCode), ValueBytes.Text(p.In.Code))))
                Differ(a, crossing.BelowCode, b, nameof(Jurisdiction.Code));
    }

    private void Compare(CrossingTie tie, Place above, Place below)
    {
        if (IsWrong(above) || IsWrong(below) || !_opened.TryGetValue((above.In.Id, above.Leaf), out var a) || !_opened.TryGetValue((below.In.Id, below.Leaf), out var b) || a.Text is null || b.Text is null)
            return;
        if (a.Text.Time != b.Text.Time)
            Differ(above, nameof(JournalRow.At), below, nameof(JournalRow.At));
        // Without its salt an entry was erased: it says nothing any more, and its record was emptied.
        if (!a.CanOpen || !b.CanOpen)
            return;
        // A state moves on: the one the act left is in the entry.
        if (tie.States is var (stateAbove, stateBelow) && !(CommitsState(a, stateAbove) && CommitsState(b, stateBelow)))
            Differ(above, CrossingTie.StateColumn, below, CrossingTie.StateColumn);
        foreach (var (columnAbove, columnBelow) in tie.Same)
            if (IsKnown(above, columnAbove) && IsKnown(below, columnBelow) && !Same(Value(above, columnAbove), Value(below, columnBelow)))
                Differ(above, columnAbove, below, columnBelow);
    }

    private void Differ(Place above, string columnAbove, Place below, string columnBelow) => Add(FindingKind.CrossingDiffers, above, columnAbove,
        VerificationTexts.CrossingDiffers(above.In.Code, Said(above), columnAbove, below.In.Code, Said(below), columnBelow));

    private void Add(FindingKind kind, Place place, string? column, Bilingual sentence) =>
        found[place.In.Id].Add(kind, sentence, place.Table, place.Row, TextOf(place, VerificationRows.PublicCodeColumn), column, place.Leaf);

    private static bool Commits(OpenEntry entry, ActKey act, EventKind kind) => entry.CanOpen && entry.Commits(JournalEntry.ActField, ValueBytes.Guid(act.Act))
        && entry.Commits(JournalEntry.ActorField, ValueBytes.Guid(act.Actor)) && entry.Commits(JournalEntry.KindField, ValueBytes.Text(kind.Code));

    private static bool CommitsState(OpenEntry entry, Enum state) => entry.Commits(CrossingTie.StateColumn, ValueBytes.Enum(state));

    private bool IsWrong(Place place) => _wrongEntries.Contains((place.In.Id, place.Leaf));

    /// <summary>Whether a record is there and what it says in a column is what its own log says.</summary>
    private bool IsKnown(Place place, string column) => _rows.ContainsKey((place.In.Id, place.Table, place.Row))
        && !_wrongValues.Contains((place.In.Id, place.Table, place.Row, column)) && !_wrongValues.Contains((place.In.Id, place.Table, place.Row, null));

    private (CommittedColumn Column, object Stored)? Stored(Place place, string column)
    {
        if (!_rows.TryGetValue((place.In.Id, place.Table, place.Row), out var row))
            return null;
        var columns = _tables[place.Table].Columns;
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].Name == column)
                return (columns[i], row[i + 1]);
        return null;
    }

    private byte[]? Value(Place place, string column) => Stored(place, column) is var (of, stored) ? of.EncodeStored(stored) : null;

    private string? TextOf(Place place, string column) => Stored(place, column)?.Stored as string;

    private Bilingual Said(Place place) => VerificationTexts.Entry(place.Leaf, _opened.GetValueOrDefault((place.In.Id, place.Leaf))?.Text?.Time, place.Kind.Sentence);

    private static bool Same(byte[]? a, byte[]? b) => a is not null && b is not null && a.AsSpan().SequenceEqual(b);

    private static Guid? Id(object stored) => VerificationReader.Key(stored) is { } bytes ? new Guid(bytes, true) : null;
}
