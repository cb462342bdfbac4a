using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Platform.Storage;
using Microsoft.Win32.SafeHandles;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// Passwords that were found in breaches, in a file the operator brings (<c>--breached-passwords FILE</c>): a line each, sorted, 40 hexadecimal digits of
/// their SHA-1 and after a colon what nobody reads here, as the public collections are published. Far too large to ship or to hold in memory: it is
/// searched where it lies, in some thirty reads.
/// </summary>
public sealed class BreachedPasswords : IDisposable
{
    private const int Digits = 40, LongestLine = 80;

    private readonly SafeFileHandle _file;
    private readonly long _length;

    private BreachedPasswords(SafeFileHandle file) => (_file, _length) = (file, RandomAccess.GetLength(file));

    /// <exception cref="StartupException">The file can't be read, or is no such list.</exception>
    public static BreachedPasswords Open(string path)
    {
        try
        {
            var list = new BreachedPasswords(File.OpenHandle(path));
            if (list.LineFrom(0) is ({ } first, _, _) && first.All(char.IsAsciiHexDigit))
                return list;
            list.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(($"--breached-passwords {path}：文件打不开。", $"--breached-passwords {path}: the file can't be opened."), failure);
        }
        throw new StartupException(($"--breached-passwords {path}：每行要是40位十六进制的SHA-1，按顺序排列。", $"--breached-passwords {path}: every line is to be a SHA-1 of 40 hexadecimal digits, in order."));
    }

    [SuppressMessage("Security", "CA5350", Justification = "The form in which such lists are published; it protects nothing here.")]
    public bool Contains(string password)
    {
        var sought = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        // The line, if it is there, begins in [low, high).
        var (low, high) = (0L, _length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (digits, start, next) = LineFrom(middle);
            if (digits is null || start >= high)
            {
                high = middle;
                continue;
            }
            var order = string.Compare(digits, sought, StringComparison.OrdinalIgnoreCase);
            if (order == 0)
                return true;
            if (order < 0)
                low = next;
            else
                high = middle;
        }
        return false;
    }

    /// <summary>The first line that begins at this place or after it: its digits, its beginning and its end. No digits when there is none.</summary>
    private (string? Digits, long Start, long Next) LineFrom(long place)
    {
        Span<byte> buffer = stackalloc byte[2 * LongestLine];
        // From one byte before: a line begins here when that one ends a line.
        var from = Math.Max(0, place - 1);
        var read = buffer[..RandomAccess.Read(_file, buffer, from)];
        var begin = place == 0 ? 0 : read.IndexOf((byte)'\n') + 1;
        if ((place > 0 && begin == 0) || read.Length < begin + Digits)
            return (null, _length, _length);
        var rest = read[begin..].IndexOf((byte)'\n');
        return (Encoding.ASCII.GetString(read.Slice(begin, Digits)), from + begin, rest < 0 ? _length : from + begin + rest + 1);
    }

    public void Dispose() => _file.Dispose();
}
