using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>The newest checkpoint of another installation's log that this one cosigned.</summary>
[Exempt("what this installation saw of other logs; no fact about a matter of its own")]
public sealed class WitnessedLog
{
    public const int OriginLength = 200;

    public required string Origin { get; init; }
    public required long Size { get; set; }
    public required byte[] Root { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>Which logs this installation watches, and under which name it cosigns.</summary>
/// <param name="Name">The witness's own name, such as <c>witness.example/hewan</c>.</param>
/// <param name="Logs">Verifier keys of the logs, from a file with one a line (<c>--witness-for FILE</c>).</param>
public sealed record WitnessOptions(string Name, IReadOnlyList<VerifierKey> Logs)
{
    /// <exception cref="StartupException">The file can't be read, or holds something else.</exception>
    public static WitnessOptions Load(string file, string? name)
    {
        if (name is not { Length: > 0 } || !VerifierKey.TryParse(Cosignature.KeyFor(name, new byte[32]).ToString(), out _))
            throw new StartupException(($"--witness-name {name}：给别的日志作见证要有自己的名称，例如 witness.example/hewan。", $"--witness-name {name}: a witness needs a name of its own, for example witness.example/hewan."));
        return new WitnessOptions(name, [.. WitnessLines.Read("--witness-for", file).Select(line => VerifierKey.TryParse(line, out var key) && key.Type == KeyType.Ed25519 ? key
            : throw new StartupException(($"--witness-for {file}：这一行不是验证密钥：{line}", $"--witness-for {file}: this line is no verifier key: {line}")))]);
    }
}

internal static class WitnessLines
{
    /// <summary>The lines of an operator's file without blank ones and remarks.</summary>
    public static IEnumerable<string> Read(string option, string file)
    {
        try
        {
            return [.. File.ReadAllLines(file).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#'))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(($"{option} {file}：读不了这个文件（{failure.Message}）", $"{option} {file}: {failure.Message}"), failure);
        }
    }
}

/// <summary>What a witness says back.</summary>
/// <param name="Size">Of the last checkpoint it cosigned; for <see cref="WitnessAnswer.Conflict"/>.</param>
/// <param name="Line">The cosignature's line; for <see cref="WitnessAnswer.Cosign"/>.</param>
public sealed record WitnessReply(WitnessAnswer Answer, long Size, string Line);

/// <summary>
/// A witness for other logs (c2sp.org/tlog-witness): it cosigns a checkpoint only if that log only grew since the last one it cosigned, so that a log can't show
/// different people different pasts. Deciding and remembering are one transaction; of two requests at once the second meets what the first left.
/// </summary>
public sealed class Witness(Database database, LogService log, WitnessOptions options, TimeProvider clock)
{
    private const int Tries = 20;

    public VerifierKey Key => Cosignature.KeyFor(options.Name, log.WitnessSeed(options.Name));

    public async Task<WitnessReply> Add(WitnessRequest request)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                return await Once(request);
            }
            // Another node, or another request, moved the same log meanwhile: decide again, against what is there now.
            catch (DbUpdateException) when (again < Tries)
            {
            }
        }
    }

    private async Task<WitnessReply> Once(WitnessRequest request)
    {
        WitnessReply reply = null!;
        await database.Operate(async db =>
        {
            var origin = Checkpoint.TryParse(request.Checkpoint.Text, out var read) ? read.Origin : "";
            var last = await db.Set<WitnessedLog>().AsTracking().SingleOrDefaultAsync(l => l.Origin == origin);
            var answer = WitnessRules.Decide(request, options.Logs, last?.Size ?? 0, last?.Root, out var checkpoint);
            reply = new WitnessReply(answer, last?.Size ?? 0, "");
            if (answer != WitnessAnswer.Cosign)
                return;
            var now = clock.GetUtcNow();
            if (last is null)
                db.Add(new WitnessedLog { Origin = origin, Size = checkpoint.Size, Root = checkpoint.Root.ToArray(), At = now });
            else
                (last.Size, last.Root, last.At) = (checkpoint.Size, checkpoint.Root.ToArray(), now);
            reply = reply with { Line = Cosignature.Sign(options.Name, log.WitnessSeed(options.Name), request.Checkpoint.Text, now.ToUnixTimeSeconds()).Line() };
        });
        return reply;
    }

    /// <summary>The logs it watches, with what it cosigned last.</summary>
    public async Task<IReadOnlyList<(string Origin, WitnessedLog? Last)>> Watched(CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        var rows = await lease.Db.Set<WitnessedLog>().AsNoTracking().ToListAsync(cancel);
        return [.. options.Logs.Select(k => k.Name).Distinct().Order(StringComparer.Ordinal).Select(o => (o, rows.Find(r => r.Origin == o)))];
    }
}
