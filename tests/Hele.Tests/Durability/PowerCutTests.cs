using System.Text;
using System.Text.RegularExpressions;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>
/// The power goes. Everything the busy program asks of its files is recorded (strace), and at many instants the disk is rebuilt as it may then have been: what was synced is
/// there, of what was not, each write is there, gone, or there in part, and so is each name that no directory was synced for. On every such disk the program starts
/// without a hand, nothing it had answered is missing, and verify is green.
/// </summary>
/// <remarks>
/// SQLite's files, the pins and whatever else lies in the two directories. PostgreSQL's own files are PostgreSQL's; that its COMMIT means on disk is a setting that the program makes. Seen to fail: with
/// synchronous=NORMAL the first disk was behind its pin and lacked what had been answered.
/// </remarks>
public class PowerCutTests(ITestOutputHelper output)
{
    private static readonly int Disks = TestRun.Size(12, 80);

    [Trait("Needs", "faults")]
    [Fact]
    public async Task PowerCut_AtAnyInstant_LosesNothingAnswered_AndStartsWithoutAHand()
    {
        var seed = Environment.GetEnvironmentVariable("HELE_TEST_SEED") is { Length: > 0 } given ? int.Parse(given) : Environment.TickCount;
        output.WriteLine($"HELE_TEST_SEED={seed}");
        var random = new Random(seed);
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("disk", "data"), folder.At("disk", "pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var disk = new Disk(folder.At("disk"));
        var trace = folder.At("trace");
        await using (var target = await CrashTarget.Start(options, callers: 6, first: 1, retries: [], "strace", "-D", "-f", "-y", "-xx", "-s", "9999999", "--seccomp-bpf", "-o", trace,
            "-e", "trace=openat,open,creat,pwrite64,pwritev,write,writev,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"))
        {
            await target.WaitForMore("ack", TestRun.Size(270, 1200), TimeSpan.FromMinutes(3));
            target.Kill();
        }
        var calls = SystemCalls.Read(trace, folder.At("disk"));
        var ready = calls.FindIndex(c => c.Name == "said" && c.Text.Contains("ready", StringComparison.Ordinal));
        Assert.True(ready > 0);
        output.WriteLine($"{calls.Count} calls, {calls.Count(c => c.Name == "sync")} syncs, {calls.Count(c => c.Name == "write" && c.Path.EndsWith("hele.db", StringComparison.Ordinal))} writes into the file itself");

        var emptied = calls.FindIndex(c => c.Name == "write" && c.Path.EndsWith("hele.db", StringComparison.Ordinal));
        Assert.True(emptied > 0, "The log of pages was never emptied into the file: let it do more.");

        // Some instants anywhere, two while the log of pages is emptied into the file; some where it is most delicate: beside a sync, and just when something was answered.
        var delicate = Enumerable.Range(ready, calls.Count - ready).Where(i => calls[i].Name is "sync" or "said" or "rename").ToArray();
        var cuts = Enumerable.Range(0, Disks).Select(i => i % 3 == 0 ? random.Next(0, calls.Count) : delicate[random.Next(delicate.Length)] + random.Next(2)).Concat([emptied + random.Next(1000), emptied + random.Next(5000)]).Where(c => c < calls.Count).Order().ToList();
        var said = new StringBuilder();
        var at = 0;
        foreach (var (cut, number) in cuts.Select((c, i) => (c, i)))
        {
            for (; at < cut; at++)
            {
                if (calls[at].Name == "said")
                    said.Append(calls[at].Text);
                else
                    disk.Do(calls[at]);
            }
            var (promised, begun) = (new Dictionary<(long, string), (Guid, string)>(), new HashSet<long>());
            CrashTarget.Read(said.ToString().Split('\n')[..^1], promised, begun);
            var place = folder.At($"cut{number}");
            var how = disk.Rebuild(place, random, keep: number % 4 == 0 ? 0 : random.NextDouble());
            var rebuilt = new StorageOptions(Path.Combine(place, "data"), Path.Combine(place, "pins"));
            var (leaves, appeals, _) = await CrashTarget.Inspect(rebuilt, TestDatabase.Sqlite, promised, [.. begun, .. Enumerable.Range(0, 100).Select(i => -1L - i)]);
            output.WriteLine($"after call {cut}: {how}; {promised.Count} answers promised, {appeals} appeals, {leaves} leaves");
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>One call that changes files, or something that was said.</summary>
    private sealed record Call(string Name, string Path, string To, long At, byte[] Bytes, string Text);

    private static class SystemCalls
    {
        // strace pads ids that are shorter than five digits, as they are on a machine that has just started.
        private static readonly Regex Begun = new(@"^(?<id>\d+) +(?<name>\w+)\((?<rest>.*)$", RegexOptions.Singleline);
        private static readonly Regex Resumed = new(@"^(?<id>\d+) +<\.\.\. (?<name>\w+) resumed>(?<rest>.*)$", RegexOptions.Singleline);

        /// <summary>What happened below a folder, in order. A write stands where it began, a sync where it ended.</summary>
        public static List<Call> Read(string trace, string below)
        {
            var (calls, open) = (new List<Call>(), new Dictionary<string, string>());
            foreach (var line in System.IO.File.ReadLines(trace))
            {
                if (Resumed.Match(line) is { Success: true } rest)
                {
                    if (open.Remove(rest.Groups["id"].Value, out var start) && rest.Groups["name"].Value is "fsync" or "fdatasync" or "openat" or "open" or "creat" or "rename" or "renameat" or "renameat2" or "unlink" or "unlinkat")
                        Add(rest.Groups["name"].Value, start + rest.Groups["rest"].Value);
                    continue;
                }
                if (Begun.Match(line) is not { Success: true } call)
                    continue;
                var (name, text) = (call.Groups["name"].Value, call.Groups["rest"].Value);
                if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    open[call.Groups["id"].Value] = text = text[..^"<unfinished ...>".Length];
                    if (name is "pwrite64" or "write" or "ftruncate" or "pwritev" or "writev" or "fallocate")
                        Add(name, text);
                    continue;
                }
                Add(name, text);
            }
            return calls;

            void Add(string name, string text)
            {
                // What failed changed nothing.
                if (text.Contains(") = -1 ", StringComparison.Ordinal))
                    return;
                switch (name)
                {
                    case "pwrite64":
                        if (File(text) is { } written)
                            calls.Add(new("write", written, "", Numbers(text)[^1], Quoted(text)[0], ""));
                        break;
                    case "write":
                        Assert.Null(File(text));
                        // A line of the program's own, in one piece.
                        if (Encoding.UTF8.GetString(Quoted(text)[0]) is var said && Regex.IsMatch(said, "^(ready|begin|ack|no)\\b"))
                            calls.Add(new("said", "", "", 0, [], said));
                        break;
                    case "pwritev" or "writev" or "fallocate":
                        Assert.Null(File(text));
                        break;
                    case "ftruncate":
                        if (File(text) is { } cut)
                            calls.Add(new("truncate", cut, "", Numbers(text)[^1], [], ""));
                        break;
                    case "fsync" or "fdatasync":
                        if (File(text) is { } synced)
                            calls.Add(new("sync", synced, "", 0, [], ""));
                        break;
                    case "openat" or "open" or "creat":
                        if (text.Contains("O_CREAT", StringComparison.Ordinal) && Path(text) is { } made)
                            calls.Add(new("create", made, "", 0, [], text.Contains("O_TRUNC", StringComparison.Ordinal) ? "empty" : ""));
                        break;
                    case "rename" or "renameat" or "renameat2":
                        var names = Quoted(text);
                        if (Inside(Encoding.UTF8.GetString(names[0])) is { } from)
                            calls.Add(new("rename", from, Encoding.UTF8.GetString(names[1]), 0, [], ""));
                        break;
                    case "unlink" or "unlinkat":
                        if (Path(text) is { } gone)
                            calls.Add(new("unlink", gone, "", 0, [], ""));
                        break;
                }
            }

            string? Inside(string path) => path.StartsWith(below + "/", StringComparison.Ordinal) ? path : null;
            string? File(string text) => Regex.Match(text, @"^\d+<((?:\\x[0-9a-f]{2})+)>") is { Success: true } descriptor ? Inside(Encoding.UTF8.GetString(Hex(descriptor.Groups[1].Value))) : null;
            string? Path(string text) => Inside(Encoding.UTF8.GetString(Quoted(text)[0]));
        }

        private static List<byte[]> Quoted(string text)
        {
            var found = new List<byte[]>();
            for (var from = text.IndexOf('"'); from >= 0; from = text.IndexOf('"', from))
            {
                var to = text.IndexOf('"', from + 1);
                // Cut short, it would say "...": the limit is above every write.
                Assert.False(text.AsSpan(to).StartsWith("\"..."));
                found.Add(Hex(text.AsSpan(from + 1, to - from - 1)));
                from = to + 1;
            }
            return found;
        }

        private static byte[] Hex(ReadOnlySpan<char> text)
        {
            var bytes = new byte[text.Length / 4];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)((Digit(text[(4 * i) + 2]) << 4) | Digit(text[(4 * i) + 3]));
            return bytes;

            static int Digit(char c) => c <= '9' ? c - '0' : c - 'a' + 10;
        }

        private static List<long> Numbers(string text)
        {
            // Those behind the last quoted text, before the answer.
            var tail = text[(text.LastIndexOf('"') + 1)..];
            if (tail.LastIndexOf(" = ", StringComparison.Ordinal) is > 0 and var answer)
                tail = tail[..answer];
            return [.. Regex.Matches(Regex.Replace(tail, "<[^>]*>", ""), @"\d+").Select(m => long.Parse(m.Value))];
        }
    }

    /// <summary>What a disk surely has, and what it may have.</summary>
    private sealed class Disk
    {
        private const int Sector = 512;

        private readonly string _root;
        private readonly Dictionary<string, Node> _named = [];
        private readonly Dictionary<string, Node> _durable = [];
        private readonly List<(string Name, Node? Node)> _names = [];

        public Disk(string root)
        {
            _root = root;
            foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
                _named[file] = _durable[file] = new Node { Durable = new Content(File.ReadAllBytes(file)) };
        }

        public void Do(Call call)
        {
            switch (call.Name)
            {
                case "create":
                    if (!_named.TryGetValue(call.Path, out var made))
                    {
                        _named[call.Path] = made = new Node();
                        _names.Add((call.Path, made));
                    }
                    if (call.Text == "empty")
                        made.Pending.Add((0, null));
                    break;
                case "write" when _named.TryGetValue(call.Path, out var written):
                    written.Pending.Add((call.At, call.Bytes));
                    break;
                case "truncate" when _named.TryGetValue(call.Path, out var cut):
                    cut.Pending.Add((call.At, null));
                    break;
                case "sync" when _named.TryGetValue(call.Path, out var synced):
                    foreach (var (at, data) in synced.Pending)
                        synced.Durable.Apply(at, data);
                    synced.Pending.Clear();
                    break;
                case "sync":
                    // A directory: the names in it.
                    foreach (var (name, node) in _names.Where(n => Path.GetDirectoryName(n.Name) == call.Path))
                        Set(_durable, name, node);
                    _names.RemoveAll(n => Path.GetDirectoryName(n.Name) == call.Path);
                    break;
                case "rename" when _named.Remove(call.Path, out var moved):
                    _named[call.To] = moved;
                    _names.Add((call.To, moved));
                    _names.Add((call.Path, null));
                    break;
                case "unlink" when _named.Remove(call.Path):
                    _names.Add((call.Path, null));
                    break;
            }
        }

        /// <param name="keep">How likely a write that was not synced is there all the same.</param>
        public string Rebuild(string place, Random random, double keep)
        {
            var names = new Dictionary<string, Node>(_durable);
            // Names are kept in the order they were given, by a journal: so many of them, and no more.
            var kept = keep == 0 ? 0 : random.Next(_names.Count + 1);
            foreach (var (name, node) in _names.Take(kept))
                Set(names, name, node);
            var (gone, torn) = (0, 0);
            foreach (var (name, node) in names)
            {
                // Made anew from the log of pages, and never synced.
                if (name.EndsWith("-shm", StringComparison.Ordinal))
                    continue;
                var content = new Content(node.Durable.Bytes.ToArray());
                foreach (var (at, data) in node.Pending)
                {
                    if (random.NextDouble() >= keep)
                    {
                        gone++;
                        continue;
                    }
                    var part = data;
                    if (data is { Length: > Sector } && random.Next(4) == 0)
                    {
                        part = data[..(Sector * random.Next(1, data.Length / Sector))];
                        torn++;
                    }
                    content.Apply(at, part);
                }
                var target = Path.Combine(place, Path.GetRelativePath(_root, name));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllBytes(target, content.Bytes);
                if (name.Contains("/keys/", StringComparison.Ordinal))
                    File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            return $"{gone} writes gone, {torn} torn, {_names.Count - kept} names gone";
        }

        private static void Set(Dictionary<string, Node> names, string name, Node? node)
        {
            if (node is null)
                names.Remove(name);
            else
                names[name] = node;
        }

        private sealed class Node
        {
            public Content Durable { get; init; } = new([]);
            public List<(long At, byte[]? Bytes)> Pending { get; } = [];
        }

        private sealed class Content(byte[] bytes)
        {
            private byte[] _bytes = bytes;
            private int _length = bytes.Length;

            public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

            /// <param name="data">Null to cut the file to where it stands.</param>
            public void Apply(long at, byte[]? data)
            {
                var end = (int)at + (data?.Length ?? 0);
                if (end > _bytes.Length)
                    Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
                if (data is null && end < _length)
                    _bytes.AsSpan(end, _length - end).Clear();
                data?.CopyTo(_bytes, at);
                _length = data is null ? end : Math.Max(_length, end);
            }
        }
    }
}
