using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The second walk: table by table and row by row, with the row's entries and its ties beside it, all in the order of the row's id. Finds the
/// entry that last set each column and compares what is there with what that entry committed.
/// </summary>
internal sealed class VerificationRows
{
    private const int PageSize = 500;
    internal const string PublicCodeColumn = "PublicCode";

    private readonly VerificationReader _reader;
    private readonly IReadOnlyList<CommittedTable> _tables;
    private readonly ModuleList _modules;
    private readonly Jurisdiction _jurisdiction;
    private readonly VerificationJournal _journal;
    private readonly FindingList _found;
    private readonly IProgress<VerificationProgress>? _progress;

    public VerificationRows(VerificationReader reader, IModel model, ModuleList modules, Jurisdiction jurisdiction, VerificationJournal journal, FindingList found,
        IProgress<VerificationProgress>? progress)
    {
        (_reader, _modules, _jurisdiction, _journal, _found, _progress) = (reader, modules, jurisdiction, journal, found, progress);
        _tables = [.. CommittedTable.All(model).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Values compared with their commitments.</summary>
    public long Columns { get; private set; }

    public async Task Check(CancellationToken cancel)
    {
        foreach (var table in _tables)
            await CheckTable(table, cancel);
        await CheckForeignTies(cancel);
        _progress?.Report(new(_jurisdiction.Code, VerificationStage.Rows, Rows, 0));
    }

    /// <summary>One event of a row, in the order of the log.</summary>
    private sealed record Event(byte[]? Row, object RawRow, object RawLeaf, OpenEntry Entry);

    /// <summary>A row as it is stored; the key is null when its id is none.</summary>
    private sealed record Stored(byte[]? Row, object RawRow, object[] Values);

    private sealed record Tie(byte[]? Row, object RawRow, object Column, object Leaf);

    private async Task CheckTable(CommittedTable table, CancellationToken cancel)
    {
        var names = string.Concat(table.Columns.Select(c => $", \"{c.Name}\""));
        var rows = new RowStream<Stored>(async last => [.. (await Page($"""SELECT "Id"{names} FROM "{table.Name}" WHERE "JurisdictionId" = @p0""", "Id", null, last?.RawRow, null, cancel))
            .Select(r => new Stored(VerificationReader.Key(r[0]), r[0], r))]);
        var events = new RowStream<Event>(async last => [.. (await Page("""SELECT "RowId", "LeafIndex", "Kind", "Entry", "Salt" FROM "Journal" WHERE "JurisdictionId" = @p0 AND "RowTable" = @p1""", "RowId", "LeafIndex",
            last?.RawRow, last?.RawLeaf, cancel, table.Name)).Select(Read)]);
        var ties = new RowStream<Tie>(async last => [.. (await Page("""SELECT "RowId", "Column", "LeafIndex" FROM "ColumnTies" WHERE "JurisdictionId" = @p0 AND "RowTable" = @p1""", "RowId", "Column",
            last?.RawRow, last?.Column, cancel, table.Name)).Select(r => new Tie(VerificationReader.Key(r[0]), r[0], r[1], r[2]))]);

        var ofRow = new List<Event>();
        var tiesOfRow = new List<Tie>();
        while (true)
        {
            var (row, first, tie) = (await rows.Peek(), await events.Peek(), await ties.Peek());
            if (row is { Row: null })
            {
                _found.Add(FindingKind.RowInserted, VerificationTexts.BadKey(table.Name), table.Name);
                rows.Take();
                continue;
            }
            if (tie is { Row: null })
            {
                _found.Add(FindingKind.TieDiffers, VerificationTexts.BadKey("ColumnTies"), table.Name);
                ties.Take();
                continue;
            }
            if (first is { Row: null })
            {
                events.Take();
                continue;
            }
            if (Least(row?.Row, first?.Row, tie?.Row) is not { } key)
                break;
            ofRow.Clear();
            tiesOfRow.Clear();
            for (; first is { Row: not null } && Same(first.Row, key); first = await events.Peek())
            {
                ofRow.Add(first);
                events.Take();
            }
            for (; tie is { Row: not null } && Same(tie.Row, key); tie = await ties.Peek())
            {
                tiesOfRow.Add(tie);
                ties.Take();
            }
            var here = row is { Row: not null } && Same(row.Row, key);
            CheckRow(table, key, here ? row!.Values : null, ofRow, tiesOfRow);
            if (here)
            {
                rows.Take();
                if (++Rows % 2000 == 0)
                    _progress?.Report(new(_jurisdiction.Code, VerificationStage.Rows, Rows, 0));
            }
        }
    }

    /// <summary>A page behind the last row, by one or two columns of the order.</summary>
    private Task<List<object[]>> Page(string select, string by, string? then, object? last, object? lastThen, CancellationToken cancel, params object[] more)
    {
        var order = then is null ? $"\"{by}\"" : $"\"{by}\", \"{then}\"";
        List<object> parameters = [_jurisdiction.Id, .. more];
        if (last is not null)
        {
            var p = parameters.Count;
            parameters.Add(last);
            if (then is null)
            {
                select += $" AND \"{by}\" > @p{p}";
            }
            else
            {
                parameters.Add(lastThen!);
                select += $" AND \"{by}\" >= @p{p} AND (\"{by}\" > @p{p} OR \"{then}\" > @p{p + 1})";
            }
        }
        return _reader.Query($"{select} ORDER BY {order} LIMIT {PageSize}", cancel, [.. parameters]);
    }

    // A row or position that is none was found in the first walk; here it is passed over.
    private static Event Read(object[] row) => new(row[1] is long ? VerificationReader.Key(row[0]) : null, row[0], row[1], OpenEntry.Of(row[1], row[2], row[3], row[4]));

    /// <summary>Checks one row. When something is wrong and there are entries that lost their row, tries once more with those that prove to be about this row.</summary>
    private void CheckRow(CommittedTable table, byte[] key, object[]? values, List<Event> events, List<Tie> ties)
    {
        var id = new Guid(key, bigEndian: true);
        var checking = new RowCheck(this, table, id, values, ties);
        checking.Run(events);
        if (checking.Findings.Count > 0 && _journal.Strays.Count > 0)
        {
            var name = ValueBytes.Text($"{table.Name}/{id:D}");
            bool About(OpenEntry entry) => entry.CanOpen && entry.Commits(JournalEntry.RowField, name);
            var own = events.Where(e => _journal.Strays.All(s => s.Entry.Leaf != e.Entry.Leaf) || About(e.Entry)).Select(e => e.Entry)
                .Concat(_journal.Strays.Where(s => About(s.Entry)).Select(s => s.Entry)).DistinctBy(e => e.Leaf).OrderBy(e => e.Leaf).Select(e => new Event(key, key, e.Leaf, e)).ToList();
            if (!own.Select(e => e.Entry.Leaf).SequenceEqual(events.Select(e => e.Entry.Leaf)))
            {
                var again = new RowCheck(this, table, id, values, ties);
                again.Run(own);
                checking = again;
            }
        }
        Columns += checking.Compared;
        foreach (var finding in checking.Findings)
            _found.Add(finding);
    }

    /// <summary>Ties of tables that this program doesn't have.</summary>
    private async Task CheckForeignTies(CancellationToken cancel)
    {
        var known = string.Join(',', _tables.Select(t => $"'{t.Name}'"));
        foreach (var row in await _reader.Query($"""SELECT "RowTable", "RowId", "Column" FROM "ColumnTies" WHERE "JurisdictionId" = @p0 AND "RowTable" NOT IN ({known}) ORDER BY "RowTable", "RowId", "Column" LIMIT {VerificationReport.FindingLimit}""", cancel, _jurisdiction.Id))
        {
            var (table, id, column) = (row[0] as string ?? "?", VerificationReader.Key(row[1]) is { } key ? new Guid(key, true) : (Guid?)null, row[2] as string ?? "?");
            _found.Add(FindingKind.TieDiffers, VerificationTexts.TieDiffers(VerificationTexts.Record(table, id, null), column, null, null), table, id, column: column);
        }
    }

    private static byte[]? Least(params ReadOnlySpan<byte[]?> keys)
    {
        byte[]? least = null;
        foreach (var key in keys)
            if (key is not null && (least is null || key.AsSpan().SequenceCompareTo(least) < 0))
                least = key;
        return least;
    }

    private static bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>The check of one row: its history folded to the entry that last set each column, then compared.</summary>
    private sealed class RowCheck(VerificationRows all, CommittedTable table, Guid id, object[]? values, List<Tie> ties)
    {
        private readonly (OpenEntry? Entry, int Place)[] _set = new (OpenEntry?, int)[table.Columns.Count];
        private readonly string? _code = values is null ? null : table.Columns.Select((c, i) => c.Name == PublicCodeColumn ? values![i + 1] as string : null).FirstOrDefault(c => c is not null);
        private OpenEntry? _born, _deleted, _last;

        public List<VerificationFinding> Findings { get; } = [];
        public long Compared { get; private set; }

        private Bilingual Record => VerificationTexts.Record(table.Name, id, _code);

        private void Found(FindingKind kind, Bilingual sentence, string? column = null, long? leaf = null) =>
            Findings.Add(new(kind, all._jurisdiction.Code, table.Name, id, _code, column, leaf, sentence));

        public void Run(List<Event> events)
        {
            foreach (var e in events)
                Fold(e.Entry);
            if (values is null)
            {
                if (_last is not null && _deleted is null)
                    Found(FindingKind.RowDeleted, VerificationTexts.RowDeleted(Record, all._journal.Said(_last)), leaf: _last.Leaf);
                else if (_last is null)
                    foreach (var tie in ties)
                        CompareTie(tie.Column as string ?? "?", tie.Leaf as long?, null);
            }
            else if (_deleted is not null)
            {
                Found(FindingKind.RowInserted, VerificationTexts.RowBackAgain(Record, all._journal.Said(_deleted)), leaf: _deleted.Leaf);
            }
            else if (_born is null)
            {
                // A birth among the entries that are missing is that finding, not another one.
                if (!ties.Any(t => t.Leaf is long leaf && all._journal.IsMissing(leaf)))
                    Found(FindingKind.RowInserted, events.Count == 0 ? VerificationTexts.RowInserted(Record) : VerificationTexts.RowWithoutBirth(Record));
            }
            else
            {
                CompareValues();
                CompareTies();
            }
        }

        private void Fold(OpenEntry entry)
        {
            _last = entry;
            if (entry.Text is null || all._journal.Altered.Contains(entry.Leaf) || (entry.Text.IsConfidential && all._journal.Doubtful.Contains(entry.Leaf)))
            {
                // Whatever it set can't be known; the entry itself is the finding.
                for (var i = 0; i < _set.Length; i++)
                    _set[i] = (entry, -1);
                _born ??= entry;
                return;
            }
            var names = entry.Names;
            if (names.Contains(JournalEntry.DeletedField))
            {
                _deleted = entry;
                return;
            }
            var columns = table.Columns;
            var own = names.Count(n => n is null || !n.StartsWith('@'));
            if (own == 0)
                return;
            if (entry.Text.IsConfidential)
            {
                // A confidential entry commits every column, so the places are those of the table.
                if (own != columns.Count)
                {
                    Found(FindingKind.ColumnUnknown, VerificationTexts.ColumnCount(all._journal.Said(entry), table.Name, own), leaf: entry.Leaf);
                    return;
                }
                for (var i = 0; i < columns.Count; i++)
                    _set[i] = (entry, names.Length - own + i);
                _born ??= entry;
                return;
            }
            // Columns and labels are both in ordinal order.
            var at = 0;
            for (var place = 0; place < names.Length; place++)
            {
                var name = names[place]!;
                if (name.StartsWith('@'))
                    continue;
                while (at < columns.Count && string.CompareOrdinal(columns[at].Name, name) < 0)
                    at++;
                if (at < columns.Count && columns[at].Name == name)
                {
                    _set[at] = (entry, place);
                }
                else if (!all._journal.Doubtful.Contains(entry.Leaf))
                {
                    Found(FindingKind.ColumnUnknown, VerificationTexts.ColumnUnknown(all._journal.Said(entry), table.Name, name), name, entry.Leaf);
                }
            }
            // The first entry that sets whatever a row must have makes it.
            if (_born is null && table.Columns.Select((c, i) => (c, i)).All(x => x.c.Property.IsNullable || _set[x.i].Entry == entry))
                _born = entry;
        }

        private void CompareValues()
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var column = table.Columns[i];
                var (entry, place) = _set[i];
                var stored = values![i + 1];
                if (entry is null)
                {
                    if (stored is not DBNull)
                        Found(FindingKind.ValueChanged, VerificationTexts.NeverSet(Record, column.Name), column.Name);
                    continue;
                }
                if (place < 0 || entry.Salt is null || all._journal.Doubtful.Contains(entry.Leaf) || SetByMissing(column.Name, entry.Leaf))
                    continue;
                Compared++;
                if (!entry.Commits(place, column.Name, column.EncodeStored(stored)))
                    Found(FindingKind.ValueChanged, VerificationTexts.ValueChanged(Record, column.Name, all._journal.Said(entry)), column.Name, entry.Leaf);
                if (table.Name == LogOpeningTable)
                    CompareJurisdiction(entry, place, column.Name);
            }
        }

        private const string LogOpeningTable = "LogOpenings";

        /// <summary>The jurisdiction's own row is reference data of the installation; what was decided about it stands in its log's opening.</summary>
        private void CompareJurisdiction(OpenEntry entry, int place, string column)
        {
            var value = column switch
            {
                nameof(Jurisdiction.Code) => all._jurisdiction.Code,
                nameof(Jurisdiction.Name) => all._jurisdiction.Name,
                nameof(Jurisdiction.Origin) => all._jurisdiction.Origin,
                _ => null,
            };
            if (value is not null && !entry.Commits(place, column, ValueBytes.Text(value)))
                Findings.Add(new(FindingKind.ValueChanged, all._jurisdiction.Code, "Jurisdictions", null, all._jurisdiction.Code, column, entry.Leaf, VerificationTexts.JurisdictionChanged(column)));
        }

        private bool SetByMissing(string column, long than) =>
            all._journal.Missing.Count > 0 && ties.Any(t => t.Column as string == column && t.Leaf is long leaf && leaf > than && all._journal.IsMissing(leaf));

        private void CompareTies()
        {
            if (_set.Any(s => s.Entry is not null && s.Place < 0))
                return;
            var wanted = new SortedDictionary<string, long>(StringComparer.Ordinal) { [ColumnTie.AllColumns] = _born!.Leaf };
            for (var i = 0; i < table.Columns.Count; i++)
                if (_set[i].Entry is { } entry && entry.Leaf != _born.Leaf)
                    wanted[table.Columns[i].Name] = entry.Leaf;
            foreach (var tie in ties)
            {
                var column = tie.Column as string ?? "?";
                CompareTie(column, tie.Leaf as long?, wanted.Remove(column, out var leaf) ? leaf : null);
            }
            foreach (var (column, leaf) in wanted)
                CompareTie(column, null, leaf);
        }

        private void CompareTie(string column, long? tie, long? leaf)
        {
            if (tie != leaf && !(tie is { } t && all._journal.IsMissing(t)))
                Found(FindingKind.TieDiffers, VerificationTexts.TieDiffers(Record, column, tie, leaf), column, tie ?? leaf);
        }
    }
}
