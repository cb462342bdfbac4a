using System.Globalization;

namespace Hele.Evidence;

/// <summary>
/// The address of a tile or an entry bundle, as in c2sp.org/tlog-tiles: <c>tile/L/N</c> or <c>tile/entries/N</c>, with
/// <c>.p/W</c> behind it for one that isn't full.
/// </summary>
/// <param name="Level">0 (leaf hashes) to 63, or <see cref="Entries"/> for a bundle of entries.</param>
/// <param name="Index">Which tile of the level, from 0.</param>
/// <param name="Width">Hashes or entries in it, 1 to 256.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>Tree levels in one tile.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>The <see cref="Level"/> of an entry bundle.</summary>
    public const int Entries = -1;

    /// <summary>How wide the tile is in a tree of <paramref name="size"/> entries; 0 if it isn't there.</summary>
    public static int WidthIn(long size, int level, long index)
    {
        var height = level == Entries ? 0 : level * Height;
        var hashes = height >= 63 ? 0 : size >> height;
        if (index < 0 || index > hashes / FullWidth) return 0;
        return (int)Math.Min(FullWidth, hashes - index * FullWidth);
    }

    /// <summary>The path, without a leading slash.</summary>
    public string Path
    {
        get
        {
            var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            var index = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
                index = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{index}");
            return Width == FullWidth
                ? $"tile/{level}/{index}"
                : string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{index}.p/{Width}");
        }
    }

    /// <inheritdoc cref="Path"/>
    public override string ToString() => Path;

    /// <summary>Reads a path. Only the one spelling that <see cref="Path"/> writes is accepted.</summary>
    public static bool TryParse(string? path, out TilePath tile)
    {
        tile = default;
        if (path is null || path.Length > 64) return false;
        var parts = path.Split('/');
        if (parts.Length < 3 || parts[0] != "tile") return false;

        int level;
        if (parts[1] == "entries") level = Entries;
        else if (Canonical.TryNumber(parts[1], out var number) && number <= 63) level = (int)number;
        else return false;

        var end = parts.Length;
        var width = (long)FullWidth;
        if (parts.Length > 3 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!Canonical.TryNumber(parts[^1], out width) || width is < 1 or >= FullWidth) return false;
            parts[^2] = parts[^2][..^2];
            end--;
        }

        long index = 0;
        for (var i = 2; i < end; i++)
        {
            var digits = parts[i].AsSpan();
            if (i < end - 1)
            {
                if (digits.Length == 0 || digits[0] != 'x') return false;
                digits = digits[1..];
            }
            if (digits.Length != 3 || digits.ContainsAnyExceptInRange('0', '9')) return false;
            if (index > (long.MaxValue - 999) / 1000) return false;
            index = index * 1000 + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        var read = new TilePath(level, index, (int)width);
        if (read.Path != path) return false; // a leading x000, for one
        tile = read;
        return true;
    }
}
