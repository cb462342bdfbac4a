using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Sealing;

/// <summary>A master key: it wraps the keys of subjects and never a value itself.</summary>
/// <param name="Id">Running number and the first eight hex digits of the key's SHA-256: <c>0001-1f3a9c07</c>. Stored beside everything it wrapped.</param>
/// <param name="Key">32 bytes.</param>
public sealed record MasterKey(string Id, byte[] Key);

/// <summary>
/// The master keys and the index key: files outside the database, readable by the program's user only. The newest wraps; older ones still
/// unwrap until every subject's key has been wrapped anew (<see cref="RewrapKeys"/>) and they are retired.
/// </summary>
/// <remarks>Whoever loses these files loses every sealed value; whoever copies only the database gets none (docs/privacy.md).</remarks>
public sealed class KeyVault(StorageOptions options)
{
    public const int KeySize = 32;
    private const string Extension = ".key", IndexName = "index.secret";

    private readonly ConcurrentDictionary<string, MasterKey> _known = new();
    private readonly Lock _gate = new();
    private byte[]? _index;
    private MasterKey? _current;

    private string Folder => Path.Combine(options.KeyDirectory, "master");

    /// <summary>The key that wraps now. The first one is made when there is none at all.</summary>
    public MasterKey Current()
    {
        lock (_gate)
        {
            return _current ??= Newest() ?? Make(1);
        }
    }

    /// <summary>The key of this id; null when its file is gone or isn't the key it says.</summary>
    public MasterKey? Find(string id)
    {
        if (_known.TryGetValue(id, out var known))
            return known;
        var file = Path.Combine(Folder, id + Extension);
        return id.All(c => char.IsAsciiHexDigitLower(c) || c == '-') && File.Exists(file) ? Load(file) : null;
    }

    /// <summary>Ids of the keys that are there, oldest first.</summary>
    public IReadOnlyList<string> Ids() => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*" + Extension).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)] : [];

    /// <summary>Looks at the folder again: true when a newer key has been put there since.</summary>
    public bool Refresh()
    {
        lock (_gate)
        {
            var newest = Newest();
            var changed = newest is not null && _current is not null && newest.Id != _current.Id;
            _current = newest ?? _current;
            return changed;
        }
    }

    /// <summary>Makes a new master key, which wraps from now on. Running servers notice it by <see cref="Refresh"/>.</summary>
    public MasterKey Rotate()
    {
        lock (_gate)
        {
            var last = Ids().LastOrDefault();
            return _current = Make(last is null ? 1 : int.Parse(last[..4], System.Globalization.CultureInfo.InvariantCulture) + 1);
        }
    }

    /// <summary>Destroys an old master key's file. The caller has made sure that nothing is wrapped by it any more.</summary>
    /// <exception cref="InvalidOperationException">It is the key that wraps now.</exception>
    public void Retire(string id)
    {
        lock (_gate)
        {
            if (Current().Id == id)
                throw new InvalidOperationException("The newest master key can't be retired: make another first.");
            var file = Path.Combine(Folder, id + Extension);
            if (File.Exists(file))
            {
                // Over the old bytes first: on a disk that keeps blocks in place nothing is left to find.
                File.WriteAllText(file, new string('0', (KeySize * 2) + 1));
                File.Delete(file);
            }
            _known.TryRemove(id, out _);
        }
    }

    /// <summary>The key of blind indexes. It doesn't rotate with the master keys, else nothing could be found by its index any more.</summary>
    public byte[] IndexKey()
    {
        lock (_gate)
        {
            if (_index is not null)
                return _index;
            var file = Path.Combine(Folder, IndexName);
            if (File.Exists(file))
                return _index = Parse(file);
            var key = RandomNumberGenerator.GetBytes(KeySize);
            Save(file, key);
            return _index = key;
        }
    }

    private MasterKey? Newest() => Ids() is [.., var last] ? Find(last) ?? throw new StartupException(($"{Folder} 里的主密钥 {last} 已损坏：内容和它的名字对不上。", $"The master key {last} in {Folder} is damaged: its content is not the key it is named after.")) : null;

    private MasterKey Make(int number)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var made = new MasterKey($"{number:D4}-{Fingerprint(key)}", key);
        Save(Path.Combine(Folder, made.Id + Extension), key);
        return _known[made.Id] = made;
    }

    private void Save(string file, byte[] key)
    {
        PrivateFile.Folder(Folder);
        PrivateFile.Write(file, Convert.ToHexStringLower(key) + "\n").GetAwaiter().GetResult();
    }

    private MasterKey? Load(string file)
    {
        var id = Path.GetFileNameWithoutExtension(file);
        var key = Parse(file);
        return key.Length == KeySize && id.EndsWith(Fingerprint(key), StringComparison.Ordinal) ? _known[id] = new MasterKey(id, key) : null;
    }

    private static byte[] Parse(string file)
    {
        var text = File.ReadAllText(file, Encoding.ASCII).Trim();
        return text.Length == KeySize * 2 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw new StartupException(($"{file} 不是密钥：里面应是{KeySize * 2}位十六进制数。", $"{file} is no key: it should hold {KeySize * 2} hex digits."));
    }

    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
}
