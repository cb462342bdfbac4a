using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Hele.Evidence;

namespace Hele.Bench;

/// <summary>
/// What the log costs, against the one thing it can't do without: SHA-256 over the same messages, one call each in a bare loop, on one
/// core. The three are measured in turn, several times, in one process, and compared by their medians: what disturbs one disturbs all.
/// </summary>
public static class LogBench
{
    const int Entries = 200_000;
    const int Rounds = 7;
    const int PerSignature = 64;

    /// <summary>Measures and writes a few lines; takes about ten seconds.</summary>
    public static void Run(TextWriter output)
    {
        var messages = Messages();
        var bytes = messages.Sum(m => (long)m.Length);
        (string Name, Func<byte[]> Work)[] works = [("bare SHA-256 loop", () => Bare(messages)), ("hash a whole log", () => Whole(messages)), ("append in memory", () => Append(messages))];
        foreach (var (_, work) in works) work(); // the just-in-time compiler's turn
        var times = works.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                works[i].Work();
                times[i].Add(watch.Elapsed.TotalSeconds);
            }
        }
        var medians = times.Select(t => t.Order().ElementAt(Rounds / 2)).ToArray();
        Write(output, $"Log: {Entries:N0} entries of {bytes / Entries} bytes, medians of {Rounds} rounds in turn, one core");
        for (var i = 0; i < works.Length; i++)
            Write(output, $"  {works[i].Name,-20} {Entries / medians[i],10:N0} entries/s {bytes / medians[i] / (1 << 20),8:N0} MiB/s   ratio {medians[0] / medians[i]:0.00}");
        Write(output, $"  (the append keeps tree and tiles and signs a checkpoint every {PerSignature} entries; both ratios are to be at least 0.35)");
        Proof(output);
    }

    /// <summary>Entries of the log's own form with fourteen committed fields; the commitments are random bytes, as real ones look.</summary>
    static byte[][] Messages()
    {
        var random = new Random(1);
        var salt = new byte[Commitment.Size];
        var messages = new byte[Entries][];
        var template = new EntryBuilder(salt);
        string[] fields = ["@actor", "@kind", "@on", "@post", "@reason", "@row", "AnsweredAt", "CaseNumber", "Channel", "DueOn", "FiledAt", "Kind", "PlaceId", "State"];
        foreach (var field in fields) template.Add(field, ValueBytes.Null());
        var entry = template.Build("appeal.filed", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), "410105001001", Guid.Empty).Bytes.ToArray();
        for (var i = 0; i < Entries; i++)
        {
            messages[i] = (byte[])entry.Clone();
            random.NextBytes(messages[i].AsSpan(200, 32));
        }
        return messages;
    }

    static byte[] Bare(byte[][] messages)
    {
        var hash = new byte[32];
        foreach (var message in messages) SHA256.HashData(message, hash);
        return hash;
    }

    static byte[] Whole(byte[][] messages)
    {
        var frontier = new Frontier();
        Span<byte> leaf = stackalloc byte[Merkle.HashSize];
        foreach (var message in messages)
        {
            Merkle.HashLeaf(message, leaf);
            frontier.Append(leaf);
        }
        return frontier.Root();
    }

    static byte[] Append(byte[][] messages)
    {
        using var signer = new NoteSigner("hele.example/410105001001", new byte[32]);
        var log = new MemoryLog();
        foreach (var message in messages)
        {
            log.Append(message);
            if (log.Size % PerSignature == 0) signer.SignNote(new Checkpoint(signer.VerifierKey.Name, log.Size, log.Root()));
        }
        return log.Root();
    }

    static void Proof(TextWriter output)
    {
        const int n = 1_000_000;
        var log = new MemoryLog();
        Span<byte> leaf = stackalloc byte[Merkle.HashSize];
        for (var i = 0; i < n; i++)
        {
            BitConverter.TryWriteBytes(leaf, i);
            log.AppendLeafHash(leaf);
        }
        var (root, largest) = (log.Root(), 0);
        var random = new Random(2);
        var watch = Stopwatch.StartNew();
        const int proofs = 1000;
        for (var i = 0; i < proofs; i++)
        {
            var index = i == 0 ? 0 : random.Next(n);
            var receipt = new InclusionReceipt(index, n, log.LeafHash(index).ToArray(), log.InclusionProof(index, n));
            if (!Proofs.VerifyInclusion(receipt.LeafHash, index, n, root, receipt.Proof)) throw new InvalidOperationException("A proof does not hold.");
            largest = Math.Max(largest, receipt.ToBytes().Length);
        }
        var limit = 32 * (int)Math.Ceiling(Math.Log2(n)) + 200;
        Write(output, $"  inclusion proof at n = {n:N0}: {largest} bytes in binary at most (limit {limit}), {watch.Elapsed.TotalMilliseconds / proofs:0.00} ms to make and check");
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
