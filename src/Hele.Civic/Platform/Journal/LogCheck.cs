using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Hele.Civic.Platform.Journal;

/// <summary>One thing that a check found, as it is kept and shown.</summary>
/// <param name="Jurisdiction">Code; null where it concerns the whole database.</param>
/// <param name="Code">The record's public code, where it has one.</param>
public sealed record CheckFinding(FindingKind Kind, string? Jurisdiction, string? Table, string? Column, string? Code, long? Leaf, string Zh, string En);

/// <summary>What a check of the whole installation found.</summary>
/// <param name="At">When it began, by the program's clock.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Found">All that was found, also what isn't kept.</param>
/// <param name="Findings">At most <see cref="Kept"/>.</param>
public sealed record CheckResult(DateTimeOffset At, double Seconds, IReadOnlyList<VerifiedJurisdiction> Jurisdictions, long Found, IReadOnlyList<CheckFinding> Findings)
{
    public const int Kept = 200;

    /// <summary>What concerns one jurisdiction: its own, and what concerns the whole database.</summary>
    public IEnumerable<CheckFinding> Of(string jurisdiction) => Findings.Where(f => f.Jurisdiction is null || f.Jurisdiction == jurisdiction);

    /// <summary>How many; beyond what is kept by the count of the jurisdiction.</summary>
    public long CountOf(string jurisdiction) => Findings.Count(f => f.Jurisdiction is null) + Jurisdictions.Where(j => j.Code == jurisdiction).Sum(j => j.Findings);
}

/// <summary>
/// <c>verify</c> by itself, beside the requests: compares rows with entries and entries with rows, and raises an alarm that stays until a later check is
/// green. Its last result lies beside the pins, not in the database that it judges.
/// </summary>
public sealed class LogCheck(LogVerification verification, StorageOptions options, TimeProvider clock, ILogger<LogCheck> logger)
{
    public static readonly Permission See = new("log.check", ("看记录核对的结果", "See what checking the records found"), [Role.Supervisor, Role.Secretary, Role.SystemAdministrator]);

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lazy<CheckResult?> _kept = new(() => Read(FileIn(options), logger));
    private CheckResult? _last;
    private VerificationProgress? _running;

    /// <summary>The last result; null before the first check.</summary>
    public CheckResult? Last => _last ?? _kept.Value;

    /// <summary>Where a check is that runs now; null when none does.</summary>
    public VerificationProgress? Running => _running;

    private static string FileIn(StorageOptions options) => Path.Combine(options.PinDirectory, "last.check");

    /// <summary>Checks everything. One at a time: whoever comes while one runs waits for that one's result.</summary>
    public async Task<CheckResult> Run(CancellationToken cancel = default)
    {
        var waited = _one.CurrentCount == 0;
        await _one.WaitAsync(cancel);
        try
        {
            if (waited && Last is { } fresh)
                return fresh;
            _running = new VerificationProgress("", VerificationStage.Schema, 0, 0);
            var at = clock.GetUtcNow();
            var report = await verification.Run(new Told(this), cancel);
            var result = new CheckResult(at, report.Duration.TotalSeconds, report.Jurisdictions, report.Findings.Count + report.Omitted,
                [.. report.Findings.Take(CheckResult.Kept).Select(f => new CheckFinding(f.Kind, f.Jurisdiction, f.Table, f.Column, f.PublicCode, f.Leaf, f.Sentence.Zh, f.Sentence.En))]);
            _last = result;
            Directory.CreateDirectory(options.PinDirectory);
            await PrivateFile.Write(FileIn(options), JsonSerializer.Serialize(result, Json));
            foreach (var finding in result.Findings)
                logger.LogError("The records differ from the log: {Finding}", finding.En);
            if (result.Found > 0)
                logger.LogError("The records differ from the log in {Count} places.", result.Found);
            return result;
        }
        finally
        {
            _running = null;
            _one.Release();
        }
    }

    private static CheckResult? Read(string file, ILogger logger)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize<CheckResult>(File.ReadAllText(file), Json);
        }
        catch (JsonException damaged)
        {
            logger.LogWarning(damaged, "The result of the last check can't be read; the next one replaces it.");
            return null;
        }
    }

    /// <summary>Straight on, unlike <see cref="Progress{T}"/>: the last report mustn't come after the end.</summary>
    private sealed class Told(LogCheck check) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => check._running = value;
    }
}
