using System.Text;
using System.Text.Json;
using Hele.Evidence;

namespace Hele.Tests.Evidence;

/// <summary>The vectors beside the tests, and trees made from them.</summary>
static class EvidenceData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static JsonElement Read(params string[] path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine([Folder, .. path])));

    public static JsonElement Hele { get; } = Read("hele-vectors.json");

    public static byte[] Base64(this JsonElement value) => Convert.FromBase64String(value.GetString()!);

    public static byte[] Hex(this JsonElement value) => Convert.FromHexString(value.GetString()!);

    public static string Text(this JsonElement value, string name) => value.GetProperty(name).GetString()!;

    public static byte[][]? Hashes(this JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : [.. value.EnumerateArray().Select(Base64)];

    /// <summary>The tree of hele-vectors.json: entry i is the text "leaf i".</summary>
    public static MemoryLog Leaves(int size)
    {
        var log = new MemoryLog();
        for (var i = 0; i < size; i++) log.Append(Leaf(i));
        return log;
    }

    public static byte[] Leaf(int i) => Encoding.ASCII.GetBytes($"leaf {i}");

    /// <summary>The same bytes with one bit turned over.</summary>
    public static byte[] Flip(this byte[] bytes, int bit)
    {
        var copy = (byte[])bytes.Clone();
        copy[bit / 8 % copy.Length] ^= (byte)(1 << bit % 8);
        return copy;
    }
}
