namespace Hele.Evidence;

/// <summary>A whole log's hashes in memory: for checking a log that was handed over, for tests and for measuring. Not safe for concurrent use.</summary>
public sealed class MemoryLog : ITileSource
{
    readonly Frontier _frontier = new();
    readonly List<byte[]> _levels = [];
    readonly TileHashSink _keep;

    /// <summary>An empty log.</summary>
    public MemoryLog() => _keep = Keep;

    /// <summary>The number of entries.</summary>
    public long Size => _frontier.Size;

    /// <summary>Adds an entry and returns its index.</summary>
    public long Append(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[Merkle.HashSize];
        Merkle.HashLeaf(entry, hash);
        return AppendLeafHash(hash);
    }

    /// <summary>Adds an entry of which only the leaf hash is at hand and returns its index.</summary>
    public long AppendLeafHash(ReadOnlySpan<byte> leafHash)
    {
        _frontier.Append(leafHash, _keep);
        return _frontier.Size - 1;
    }

    /// <summary>The root over everything appended.</summary>
    public byte[] Root() => _frontier.Root();

    /// <summary>The root over the first n entries.</summary>
    public byte[] Root(long n) => Now(new TileTree(this, Size).Root(n));

    /// <inheritdoc cref="TileTree.InclusionProof"/>
    public IReadOnlyList<byte[]> InclusionProof(long index, long n) => Now(new TileTree(this, Size).InclusionProof(index, n));

    /// <inheritdoc cref="TileTree.ConsistencyProof"/>
    public IReadOnlyList<byte[]> ConsistencyProof(long m, long n) => Now(new TileTree(this, Size).ConsistencyProof(m, n));

    /// <summary>The leaf hash of an entry.</summary>
    public ReadOnlySpan<byte> LeafHash(long index)
    {
        if (index < 0 || index >= Size) throw new ArgumentOutOfRangeException(nameof(index));
        return _levels[0].AsSpan((int)index * Merkle.HashSize, Merkle.HashSize);
    }

    /// <summary>One tile. The memory is a view that stays valid and unchanged while the log grows.</summary>
    /// <exception cref="InvalidDataException">The log has no such tile, or not so wide.</exception>
    public ReadOnlyMemory<byte> Tile(int level, long index, int width)
    {
        if (width < 1 || level < 0 || width > TilePath.WidthIn(Size, level, index))
            throw new InvalidDataException($"A log of {Size} entries has no tile {new TilePath(level, index, width)}.");
        return _levels[level].AsMemory((int)index * TilePath.FullWidth * Merkle.HashSize, width * Merkle.HashSize);
    }

    ValueTask<ReadOnlyMemory<byte>> ITileSource.Read(int level, long index, int width, CancellationToken cancellation) => new(Tile(level, index, width));

    void Keep(int level, long index, ReadOnlySpan<byte> hash)
    {
        if (level == _levels.Count) _levels.Add(new byte[TilePath.FullWidth * Merkle.HashSize]);
        var hashes = _levels[level];
        var at = checked((int)index * Merkle.HashSize);
        if (at == hashes.Length)
        {
            Array.Resize(ref hashes, checked(2 * at));
            _levels[level] = hashes;
        }
        hash.CopyTo(hashes.AsSpan(at));
    }

    // A memory source answers at once, so the tasks are complete when they come back.
    static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : throw new InvalidOperationException("A memory log doesn't wait.");
}
