using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The first walk: one log from its first entry to its last. Checks each entry by itself, rebuilds the tree, and compares it with what is
/// stored of it and with the pin. Remembers which entries are not to be believed, so that the second walk accuses nobody because of them.
/// </summary>
internal sealed class VerificationJournal
{
    private const int PageSize = 1000;

    /// <summary>Most entries kept whose row is in doubt.</summary>
    private const int StrayLimit = 1000;

    private const string OpeningTable = "LogOpenings";

    private readonly VerificationReader _reader;
    private readonly LogService _log;
    private readonly ModuleList _modules;
    private readonly Jurisdiction _jurisdiction;
    private readonly LogService.PinRead _pin;
    private readonly FindingList _found;
    private readonly IProgress<VerificationProgress>? _progress;
    private readonly CommittedColumn _at, _event, _kind, _table, _row, _act, _actor, _post, _on, _reason;
    private readonly HashSet<string> _tables;

    /// <summary>Entries whose salts an erasure destroyed, by what the erasures say; whether those were recorded is the second walk's question.</summary>
    private readonly HashSet<long> _erased = [];

    // The tree by the entries, and from the first difference on beside it the tree by the hashes kept in the journal: whichever gives the head
    // tells which of the two was changed.
    private readonly Frontier _byEntries = new();
    private Frontier? _byHashes;
    private byte[]? _pinnedByEntries, _pinnedByHashes;
    private readonly Dictionary<(int Level, long Index), byte[]> _nodes = [];
    private readonly List<(int Level, long Index)> _nodesOffEntries = [], _nodesOffHashes = [];
    private readonly HashSet<(int Level, long Index)> _nodesSeen = [];

    private readonly List<(long Leaf, Bilingual Said, List<VerificationFinding> Held)> _hashDiffers = [];
    private string? _codeInLog;
    private long _expected;

    public VerificationJournal(VerificationReader reader, IModel model, LogService log, ModuleList modules, Jurisdiction jurisdiction, LogService.PinRead pin, FindingList found,
        IProgress<VerificationProgress>? progress)
    {
        (_reader, _log, _modules, _jurisdiction, _pin, _found, _progress) = (reader, log, modules, jurisdiction, pin, found, progress);
        var type = model.FindEntityType(typeof(JournalRow))!;
        CommittedColumn Of(string name) => new(type.FindProperty(name)!);
        _act = Of(nameof(JournalRow.ActId));
        (_at, _event, _kind) = (Of(nameof(JournalRow.At)), Of(nameof(JournalRow.EventId)), Of(nameof(JournalRow.Kind)));
        (_table, _row) = (Of(nameof(JournalRow.RowTable)), Of(nameof(JournalRow.RowId)));
        (_actor, _post, _on, _reason) = (Of(nameof(JournalRow.ActorId)), Of(nameof(JournalRow.PostId)), Of(nameof(JournalRow.OnDate)), Of(nameof(JournalRow.Reason)));
        _tables = [.. CommittedTable.All(model).Select(t => t.Name)];
    }

    /// <summary>Entries read.</summary>
    public long Entries { get; private set; }

    /// <summary>Entries whose bytes or salt were changed: what they committed can't be compared with anything.</summary>
    public HashSet<long> Doubtful { get; } = [];

    /// <summary>Those among them of which not even the labels can be believed.</summary>
    public HashSet<long> Altered { get; } = [];

    /// <summary>Entries that are not there, as ranges from–to, in order.</summary>
    public List<(long From, long To)> Missing { get; } = [];

    /// <summary>Entries whose journal row names another record than they do: the second walk looks for the record they belong to.</summary>
    public List<(OpenEntry Entry, Bilingual Said)> Strays { get; } = [];

    public bool IsMissing(long leaf) => Missing.Any(m => leaf >= m.From && leaf <= m.To);

    public async Task Check(CancellationToken cancel)
    {
        foreach (var erasure in await _reader.Query("""SELECT "Leaves" FROM "Erasures" WHERE "JurisdictionId" = @p0""", cancel, _jurisdiction.Id))
            _erased.UnionWith(Erasure.LeavesOf(erasure[0] as string ?? ""));
        var head = await _reader.Query("""SELECT "Size", "Frontier" FROM "LogHeads" WHERE "JurisdictionId" = @p0""", cancel, _jurisdiction.Id);
        var total = head is [[long size, _]] ? size : 0;
        foreach (var node in await _reader.Query("""SELECT "Level", "NodeIndex", "Hash" FROM "LogNodes" WHERE "JurisdictionId" = @p0 ORDER BY "Level", "NodeIndex" """, cancel, _jurisdiction.Id))
        {
            if (Number(node[0]) is { } level && Number(node[1]) is { } index)
                _nodes[((int)level, index)] = node[2] as byte[] ?? [];
        }
        if (_pin.Pin is { Size: 0 })
            _pinnedByEntries = _byEntries.Root();

        object? last = null;
        while (true)
        {
            const string columns = """SELECT "LeafIndex", "EventId", "At", "OnDate", "Kind", "RowTable", "RowId", "ActorId", "PostId", "Reason", "Entry", "Salt", "LeafHash", "ActId" FROM "Journal" WHERE "JurisdictionId" = @p0""";
            var page = last is null
                ? await _reader.Query($"""{columns} ORDER BY "LeafIndex" LIMIT {PageSize}""", cancel, _jurisdiction.Id)
                : await _reader.Query($"""{columns} AND "LeafIndex" > @p1 ORDER BY "LeafIndex" LIMIT {PageSize}""", cancel, _jurisdiction.Id, last);
            foreach (var row in page)
                CheckEntry(row);
            _progress?.Report(new(_jurisdiction.Code, VerificationStage.Journal, Entries, total));
            if (page.Count < PageSize)
                break;
            last = page[^1][0];
        }
        CheckHead(head);
        await CheckGroups(cancel);
        CheckPin(await _log.Names(_reader.Db, _jurisdiction.Id, cancel), total);
    }

    private void CheckEntry(object[] row)
    {
        if (row[0] is not long leaf || leaf < _expected)
        {
            _found.Add(FindingKind.EntryChanged, VerificationTexts.BadPosition(), "Journal");
            return;
        }
        Entries++;
        if (leaf > _expected)
        {
            Missing.Add((_expected, leaf - 1));
            _found.Add(FindingKind.EntryMissing, VerificationTexts.EntriesMissing(_expected, leaf - 1), "Journal", leaf: _expected);
        }
        _expected = leaf + 1;

        var bytes = row[10] as byte[];
        var stored = row[12] is byte[] { Length: Merkle.HashSize } h ? h : null;
        var hash = bytes is null ? null : Merkle.HashLeaf(bytes);
        var same = hash is not null && stored is not null && hash.AsSpan().SequenceEqual(stored);
        Append(leaf, hash, stored, same);

        EntryText? text = null;
        if (bytes is not null && EntryText.TryParse(bytes, out var parsed))
            text = parsed;
        var entry = new OpenEntry { Leaf = leaf, Text = text, Salt = row[11] is byte[] { Length: JournalEntry.SaltSize } salt ? salt : null, Kind = row[4] as string };
        var said = Said(entry);

        if (text is null && same)
            _found.Add(FindingKind.EntryChanged, VerificationTexts.EntryMalformed(said), "Journal", leaf: leaf, column: nameof(JournalRow.Entry));
        if (text is null)
        {
            Doubtful.Add(leaf);
            Altered.Add(leaf);
        }
        // If the bytes were changed nothing they say is worth comparing; which of bytes and hash was changed is known at the end.
        var held = new List<VerificationFinding>();
        if (text is not null)
            CheckOpenings(entry, row, said, (kind, sentence, column) => held.Add(new(kind, _jurisdiction.Code, "Journal", null, null, column, leaf, sentence)));
        if (!same)
        {
            _hashDiffers.Add((leaf, said, held));
            return;
        }
        foreach (var finding in held)
            _found.Add(finding);
    }

    private void CheckOpenings(OpenEntry entry, object[] row, Bilingual said, Action<FindingKind, Bilingual, string?> report)
    {
        var text = entry.Text!;
        _codeInLog ??= text.Jurisdiction;
        if (text.Jurisdiction != _codeInLog)
            report(FindingKind.EntryChanged, VerificationTexts.EntryElsewhere(said), nameof(JournalRow.Entry));

        var changed = new SortedSet<string>(StringComparer.Ordinal);
        if (!Same(_event.EncodeStored(row[1]), ValueBytes.Guid(text.Id))) changed.Add(_event.Name);
        if (!Same(_at.EncodeStored(row[2]), ValueBytes.Instant(text.Time))) changed.Add(_at.Name);
        if (!text.IsConfidential && row[4] as string != text.Kind) changed.Add(_kind.Name);

        var table = row[5] as string;
        if (row[11] is byte[] { Length: 0 } && row[9] is DBNull && _erased.Contains(entry.Leaf))
        {
            // Nothing of it can be opened any more, and that is what was asked for.
            Doubtful.Add(entry.Leaf);
        }
        else if (entry.Salt is null)
        {
            report(FindingKind.SaltChanged, VerificationTexts.SaltChanged(said), nameof(JournalRow.Salt));
            Doubtful.Add(entry.Leaf);
        }
        else
        {
            var record = table is not null && VerificationReader.Key(row[6]) is { } id ? ValueBytes.Text($"{table}/{new Guid(id, true):D}") : null;
            (string Field, CommittedColumn Column, byte[]? Value)[] openings =
            [
                (JournalEntry.ActField, _act, _act.EncodeStored(row[13])),
                (JournalEntry.ActorField, _actor, _actor.EncodeStored(row[7])),
                (JournalEntry.KindField, _kind, _kind.EncodeStored(row[4])),
                (JournalEntry.OnField, _on, _on.EncodeStored(row[3])),
                (JournalEntry.PostField, _post, _post.EncodeStored(row[8])),
                (JournalEntry.ReasonField, _reason, _reason.EncodeStored(row[9])),
                (JournalEntry.RowField, _row, record),
            ];
            var closed = new List<CommittedColumn>();
            foreach (var (field, column, value) in openings)
                if (entry.PlaceOf(field) is var place && (place < 0 || !entry.Commits(place, field, value)))
                    closed.Add(column);
            if (closed.Count == openings.Length)
            {
                // All wrong at once is one change: that of the salt they all hang on.
                report(FindingKind.SaltChanged, VerificationTexts.SaltChanged(said), nameof(JournalRow.Salt));
                Doubtful.Add(entry.Leaf);
            }
            else
            {
                foreach (var column in closed)
                    changed.Add(column.Name);
                if (closed.Contains(_row) && Strays.Count < StrayLimit)
                    Strays.Add((entry, said));
            }
        }
        foreach (var column in changed)
            report(FindingKind.OpeningChanged, VerificationTexts.OpeningChanged(said, column), column);
        if (changed.Count > 0)
            return;
        if (table is not null && !_tables.Contains(table))
            report(FindingKind.ColumnUnknown, VerificationTexts.TableUnknown(said), _table.Name);
        if (entry.Kind is { } kind && _modules.Event(kind) is null)
            report(FindingKind.KindUnknown, VerificationTexts.KindUnknown(said, kind), _kind.Name);
        if (entry.Leaf == 0 && table != OpeningTable)
            report(FindingKind.OpeningMissing, VerificationTexts.OpeningMissing(), _table.Name);
    }

    private void Append(long leaf, byte[]? hash, byte[]? stored, bool same)
    {
        // With a gap the tree can't be rebuilt, and the gap is finding enough.
        if (Missing.Count > 0)
            return;
        if (!same)
            _byHashes ??= _byEntries.Clone();
        var none = new byte[Merkle.HashSize];
        _byEntries.Append(hash ?? none, (level, index, node) => Node(level, index, node, _nodesOffEntries));
        _byHashes?.Append(stored ?? none, (level, index, node) => Node(level, index, node, _nodesOffHashes));
        if (_pin.Pin?.Size == leaf + 1)
        {
            _pinnedByEntries = _byEntries.Root();
            _pinnedByHashes = _byHashes?.Root();
        }
    }

    private void Node(int level, long index, ReadOnlySpan<byte> hash, List<(int, long)> off)
    {
        if (level == 0)
            return;
        _nodesSeen.Add((level, index));
        if (!_nodes.TryGetValue((level, index), out var stored) || !hash.SequenceEqual(stored))
            off.Add((level, index));
    }

    private void CheckHead(List<object[]> head)
    {
        var entries = _expected;
        bool headIsEntries = false, headIsHashes = false, headKnown = false;
        if (head is [var values])
        {
            headKnown = true;
            var size = Number(values[0]) ?? -1;
            var frontier = values[1] as byte[] ?? [];
            headIsEntries = Missing.Count == 0 && size == entries && frontier.AsSpan().SequenceEqual(_byEntries.ToBytes());
            headIsHashes = Missing.Count == 0 && size == entries && _byHashes is not null && frontier.AsSpan().SequenceEqual(_byHashes.ToBytes());
            if (size > entries)
            {
                Missing.Add((entries, size - 1));
                _found.Add(FindingKind.EntryMissing, VerificationTexts.EntriesMissing(entries, size - 1), "Journal", leaf: entries);
            }
            else if (size < entries)
            {
                _found.Add(FindingKind.HeadChanged, VerificationTexts.HeadSize(entries, size), "LogHeads", column: nameof(LogHead.Size));
            }
            else if (Missing.Count == 0 && !headIsEntries && !headIsHashes)
            {
                _found.Add(FindingKind.HeadChanged, VerificationTexts.HeadHash(size), "LogHeads", column: nameof(LogHead.Frontier));
            }
        }
        else if (entries > 0)
        {
            _found.Add(FindingKind.HeadChanged, VerificationTexts.HeadMissing(entries), "LogHeads");
        }

        // Where head or pin agree with the entries, the hash beside them was changed; otherwise the entries are the accused.
        var entriesAreRight = headIsEntries || (!headIsHashes && _pin.Pin is { } pin && _pinnedByEntries is { } root && root.AsSpan().SequenceEqual(pin.Root.Span));
        foreach (var (leaf, said, held) in _hashDiffers)
        {
            if (entriesAreRight && !Altered.Contains(leaf))
            {
                _found.Add(FindingKind.TreeChanged, VerificationTexts.HashColumnChanged(said), "Journal", leaf: leaf, column: nameof(JournalRow.LeafHash));
                foreach (var finding in held)
                    _found.Add(finding);
            }
            else
            {
                _found.Add(FindingKind.EntryChanged, VerificationTexts.EntryChanged(said), "Journal", leaf: leaf, column: nameof(JournalRow.Entry));
                Doubtful.Add(leaf);
                Altered.Add(leaf);
                Strays.RemoveAll(s => s.Entry.Leaf == leaf);
            }
        }
        if (Missing.Count > 0)
            return;
        // An entry that was changed is named already; the nodes are compared with the tree they were made from.
        var off = !entriesAreRight && _byHashes is not null && (headIsHashes || !headKnown) ? _nodesOffHashes : _nodesOffEntries;
        foreach (var (level, index) in off)
        {
            var width = 1L << (8 * level);
            _found.Add(FindingKind.TreeChanged, _nodes.ContainsKey((level, index)) ? VerificationTexts.NodeDiffers(level, index, index * width, (index + 1) * width - 1) : VerificationTexts.NodeMissing(level, index), "LogNodes");
        }
        foreach (var (level, index) in _nodes.Keys.Where(k => !_nodesSeen.Contains(k)).Order())
            _found.Add(FindingKind.TreeChanged, VerificationTexts.NodeExtra(level, index), "LogNodes");
    }

    private async Task CheckGroups(CancellationToken cancel)
    {
        // Entries that are missing at the end are named already.
        var entries = Missing is [.., var gap] && gap.From == _expected ? gap.To + 1 : _expected;
        object last = long.MinValue;
        long? end = null;
        while (true)
        {
            var page = await _reader.Query($"""SELECT "Size" FROM "LogGroups" WHERE "JurisdictionId" = @p0 AND "Size" > @p1 ORDER BY "Size" LIMIT {PageSize}""", cancel, _jurisdiction.Id, last);
            foreach (var row in page)
            {
                if (Number(row[0]) is { } size and > 0 && size <= entries)
                    end = size;
                else
                    _found.Add(FindingKind.TreeChanged, VerificationTexts.GroupSize(Number(row[0]) ?? -1, entries), "LogGroups", column: nameof(LogGroup.Size));
            }
            if (page.Count < PageSize)
                break;
            last = page[^1][0];
        }
        if (end != entries && entries > 0)
            _found.Add(FindingKind.TreeChanged, VerificationTexts.GroupMissing(entries), "LogGroups");
    }

    private void CheckPin(LogNames names, long headSize)
    {
        // The longer of what is there and what the head says: entries that are missing at the end are named already.
        var size = Math.Max(_expected, headSize);
        var state = names.Judge(_pin, size);
        if (state is PinState.Compare)
        {
            if (Missing.Count == 0
                && !(_pinnedByEntries is { } a && a.AsSpan().SequenceEqual(_pin.Pin!.Root.Span))
                && !(_pinnedByHashes is { } b && b.AsSpan().SequenceEqual(_pin.Pin!.Root.Span)))
                _found.Add(FindingKind.PinMismatch, LogService.PinDiffers(_jurisdiction.Code, _pin.Pin!.Size));
        }
        else if (_log.Says(state, names, _pin, _expected) is { } says)
        {
            var kind = state switch { PinState.Missing => FindingKind.PinMissing, PinState.Longer or PinState.Later => FindingKind.CutOff, _ => FindingKind.PinMismatch };
            _found.Add(kind, says, leaf: kind == FindingKind.CutOff ? _expected : null);
        }
    }

    /// <summary>How a finding speaks of an entry: number, time and what happened, as far as the entry can be believed.</summary>
    public Bilingual Said(OpenEntry entry) => VerificationTexts.Entry(entry.Leaf, entry.Text?.Time, entry.Kind is { } kind ? _modules.Event(kind)?.Sentence : null);

    private static bool Same(byte[]? a, byte[] b) => a is not null && a.AsSpan().SequenceEqual(b);

    private static long? Number(object stored) => stored switch { long n => n, int n => n, _ => null };
}
