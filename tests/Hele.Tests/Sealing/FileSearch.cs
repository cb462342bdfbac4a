using System.Text;

namespace Hele.Tests.Sealing;

/// <summary>Looks for a text in the bytes of every file under a folder, as a thief with a disk would.</summary>
internal static class FileSearch
{
    public static IReadOnlyList<string> Holding(string folder, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        while (true)
        {
            try
            {
                return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => Holds(file, wanted))];
            }
            catch (FileNotFoundException)
            {
                // A pin is written beside its place and then moved there: it was, and what was listed is looked through anew.
            }
        }
    }

    private static bool Holds(string file, byte[] wanted)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(wanted) >= 0;
    }
}
