using System.Text;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// The keys of an installation in one text file, kept apart from its backups: the seed that signs the logs, the master keys and the key of blind indexes.
/// Whoever has it and a backup reads everything and can sign in the logs' name.
/// </summary>
public static class KeysFile
{
    private const string Format = "hele-keys/1", Seed = "log.seed", Master = "master/";

    /// <summary>Writes them where nothing is yet; readable for the program's user alone.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> Export(StorageOptions options, string path)
    {
        var names = Names(options);
        if (names.Count == 0)
            throw new BackupException(($"{options.KeyDirectory} 里没有密钥。", $"There is no key in {options.KeyDirectory}."));
        var text = new StringBuilder(Format).Append('\n');
        foreach (var name in names)
            text.Append(name).Append(' ').Append((await File.ReadAllTextAsync(Path.Combine(options.KeyDirectory, name))).Trim()).Append('\n');
        await PrivateFile.Write(path, text.ToString());
        return names.Count;
    }

    /// <summary>Puts them into a data directory. One that is there already stays; one that differs is refused before anything is written.</summary>
    /// <returns>How many keys are there now, and the files that were written.</returns>
    public static async Task<(int Count, IReadOnlyList<string> Written)> Import(StorageOptions options, string path)
    {
        if (!File.Exists(path))
            throw new BackupException(($"没有这个文件：{path}", $"There is no such file: {path}"));
        var lines = (await File.ReadAllTextAsync(path)).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        var keys = lines.Skip(1).Select(l => l.Split(' ')).ToList();
        if (lines[0] != Format || keys.Count == 0 || !keys.TrueForAll(k => k is [var name, var value] && IsName(name) && value.Length == 64 && value.All(char.IsAsciiHexDigit)))
            throw new BackupException(($"{path} 不是和乐导出的密钥。", $"{path} is no file of keys that Hele exported."));
        foreach (var key in keys)
        {
            var file = Path.Combine(options.KeyDirectory, key[0]);
            if (File.Exists(file) && !string.Equals((await File.ReadAllTextAsync(file)).Trim(), key[1], StringComparison.OrdinalIgnoreCase))
                throw new BackupException(($"{file} 已经是另一把密钥，没有改动。", $"{file} is another key already; nothing was changed."));
        }
        foreach (var folder in new[] { options.KeyDirectory, Path.Combine(options.KeyDirectory, Master) })
            PrivateFile.Folder(folder);
        var written = new List<string>();
        foreach (var key in keys)
        {
            var file = Path.Combine(options.KeyDirectory, key[0]);
            if (File.Exists(file))
                continue;
            await PrivateFile.Write(file, key[1] + "\n");
            written.Add(file);
        }
        return (keys.Count, written);
    }

    private static List<string> Names(StorageOptions options) =>
    [
        .. File.Exists(Path.Combine(options.KeyDirectory, Seed)) ? [Seed] : Array.Empty<string>(),
        .. Directory.Exists(Path.Combine(options.KeyDirectory, Master)) ? Directory.GetFiles(Path.Combine(options.KeyDirectory, Master)).Select(f => Master + Path.GetFileName(f)).Where(IsName).Order(StringComparer.Ordinal).ToArray() : [],
    ];

    private static bool IsName(string name) => name == Seed || (name.StartsWith(Master, StringComparison.Ordinal) && name[Master.Length..] is var file && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
        && (file.EndsWith(".key", StringComparison.Ordinal) || file == "index.secret") && !file.Contains("..", StringComparison.Ordinal));
}
