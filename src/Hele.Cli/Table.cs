using System.Text;

namespace Hele.Cli;

/// <summary>Columns for a terminal, where a Chinese character is two cells wide.</summary>
internal static class Table
{
    public static void Write(TextWriter to, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, i) => all.Max(r => Width(r[i]))).ToArray();
        foreach (var row in all)
            to.WriteLine(string.Join("  ", row.Select((cell, i) => cell + new string(' ', widths[i] - Width(cell)))).TrimEnd());
    }

    internal static int Width(string text) => text.EnumerateRunes().Sum(r => r.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1);
}
