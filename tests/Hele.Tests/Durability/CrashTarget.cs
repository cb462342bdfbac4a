using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>The process that is killed, or loses its power, and what must hold of its data then.</summary>
internal sealed class CrashTarget : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly List<string> _errors = [];

    private CrashTarget(Process process) => _process = process;

    public static async Task<CrashTarget> Start(StorageOptions options, int callers, long first, IEnumerable<long> retries, params IReadOnlyList<string> under)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Hele.Tests", "Hele.CrashTarget"), "Hele.CrashTarget.dll");
        string[] line = [.. under, "dotnet", program, options.DataDirectory, options.PinDirectory, options.Postgres ?? "-", $"{callers}", $"{first}", .. retries.Select(r => $"{r}")];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        // It lives for seconds: counting calls for a better second compilation is not worth its while.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var target = new CrashTarget(Process.Start(start)!);
        target._process.OutputDataReceived += (_, e) => { if (e.Data is not null) target._said.Enqueue(e.Data); };
        target._process.ErrorDataReceived += (_, e) => { if (e.Data is not null) lock (target._errors) target._errors.Add(e.Data); };
        target._process.BeginOutputReadLine();
        target._process.BeginErrorReadLine();
        await target.WaitForMore("ready", 1, TimeSpan.FromSeconds(60));
        return target;
    }

    /// <summary>Waits until it has said so many more lines that begin with a word.</summary>
    public async Task WaitForMore(string word, int lines, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        var before = word == "ready" ? 0 : Count();
        while (Count() < before + lines)
        {
            Assert.False(_process.HasExited, $"The program ended by itself: {string.Join("\n", _said.Where(l => l.StartsWith("read-only", StringComparison.Ordinal)))}\n{Errors}");
            Assert.True(clock.Elapsed < limit, $"The program said no “{word}” for {limit.TotalSeconds} s: {string.Join("\n", _said.TakeLast(5))}\n{Errors}");
            await Task.Delay(5);
        }

        int Count() => _said.Count(l => l.StartsWith(word, StringComparison.Ordinal));
    }

    private string Errors
    {
        get
        {
            lock (_errors)
                return string.Join("\n", _errors);
        }
    }

    /// <summary>SIGKILL. Returns all it had said, to its last whole line.</summary>
    public List<string> Kill()
    {
        Assert.False(_process.HasExited, $"The program ended by itself:\n{Errors}");
        _process.Kill();
        _process.WaitForExit();
        // A line that the kill cut short promises nothing.
        return [.. _said.Where(l => !l.StartsWith("ack ", StringComparison.Ordinal) || l.EndsWith(" new", StringComparison.Ordinal) || l.EndsWith(" again", StringComparison.Ordinal))];
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What it promised, and what it had begun.</summary>
    public static void Read(IEnumerable<string> said, Dictionary<(long Number, string Step), (Guid Operation, string Code)> promised, HashSet<long> begun)
    {
        foreach (var line in said)
        {
            var word = line.Split(' ');
            if (word[0] == "begin")
                begun.Add(long.Parse(word[1]));
            if (word[0] != "ack")
                continue;
            var (key, value) = ((long.Parse(word[1]), word[2]), (Guid.Parse(word[3]), word[4]));
            if (promised.TryGetValue(key, out var before))
                Assert.Equal(before, value);
            else
                promised.Add(key, value);
        }
    }

    /// <summary>What must hold of the data after any crash.</summary>
    public static async Task<(long Leaves, int Appeals, int Crossings)> Inspect(StorageOptions options, TestDatabase kind, Dictionary<(long Number, string Step), (Guid Operation, string Code)> promised, HashSet<long> begun)
    {
        await using var hele = TestInstallation.Open(options, kind, DateTimeOffset.UtcNow);
        await hele.Database.AssertReady();
        await hele.Log.CheckPins();
        Assert.Null(hele.Log.ReadOnlyReason);

        await using var lease = await hele.Database.Read([TestInstallation.Hexi, TestInstallation.Street]);
        var db = lease.Db;
        var accepted = await db.Set<AcceptedOperation>().Where(o => o.Operation.StartsWith("appeal.") || o.Operation.StartsWith("referral.")).Select(o => new { o.OperationId, o.Operation, o.Result }).ToListAsync();
        var appeals = await db.Set<Appeal>().Select(a => new { a.Id, a.PublicCode, a.Title, a.State, a.Round }).ToListAsync();
        var events = await db.Set<JournalRow>().Where(r => r.RowTable.StartsWith("Appeal") || r.RowTable == "Referrals").Select(r => new { r.ActId, r.JurisdictionId, r.Kind }).ToListAsync();
        var above = await db.Set<Referral>().Select(r => new { r.PublicCode, r.State }).ToListAsync();
        var sent = await db.Set<AppealReferral>().Select(r => r.ReferralCode).ToListAsync();

        // Nothing answered is lost; each code is there once.
        var byOperation = accepted.ToDictionary(o => o.OperationId);
        var byCode = appeals.ToDictionary(a => a.PublicCode);
        foreach (var ((number, step), (operation, code)) in promised)
        {
            Assert.True(byOperation.TryGetValue(operation, out var kept), $"{number} {step} was answered with {code} and is gone");
            Assert.Equal(code, kept.Result);
            Assert.True(byCode.ContainsKey(code) || above.Exists(r => r.PublicCode == code), $"the matter {code} is gone");
        }

        // Nothing is doubled, whatever was sent twice: one appeal per matter, one record per operation.
        Assert.Equal(appeals.Count, appeals.Select(a => a.Title).Distinct().Count());
        Assert.Equal(appeals.Count, accepted.Count(o => o.Operation == "appeal.file"));
        Assert.True(appeals.Count <= begun.Count);

        // No act is half there: each accepted operation has all its events, and each event its operation.
        var byAct = events.ToLookup(e => e.ActId);
        Assert.Equal(accepted.Select(o => o.OperationId).Order(), byAct.Select(a => a.Key).Order());
        foreach (var operation in accepted)
        {
            Assert.Equal(operation.Operation switch
            {
                "appeal.file" => ["appeal.filed"],
                "appeal.accept" => ["appeal.accepted"],
                "appeal.answer" => ["answer.written", "appeal.answered"],
                "appeal.refer-up" => ["appeal.referral-sent", "appeal.referred-up", "referral.received"],
                "referral.answer" => ["answer.from-above", "appeal.answered-from-above", "referral.answered"],
                "referral.return" => ["appeal.return-noted", "appeal.returned-from-above", "referral.returned"],
                _ => byCode[operation.Result].State == AppealState.Satisfied ? ["appeal.judged-satisfied", "verdict.given"] : new[] { "appeal.judged-dissatisfied", "verdict.given" },
            }, byAct[operation.OperationId].Select(e => e.Kind).Order(StringComparer.Ordinal));
        }
        var answers = await db.Set<AppealAnswer>().CountAsync();
        Assert.Equal(accepted.Count(o => o.Operation is "appeal.answer" or "referral.answer"), answers);
        Assert.Equal(answers, appeals.Sum(a => a.Round));
        Assert.Equal(accepted.Count(o => o.Operation == "appeal.judge"), await db.Set<AppealVerdict>().CountAsync());

        // Photos are there with their matter, whole, or not at all: row, bytes, key and event of each.
        var photos = await db.Set<StoredFile>().Select(f => new { f.Id, f.SubjectId, f.Part, f.Number }).ToListAsync();
        var numberOf = appeals.ToDictionary(a => a.Id, a => long.Parse(Regex.Match(a.Title, "[0-9]+").Value));
        var answered = (await db.Set<JournalRow>().Where(r => r.Kind == "appeal.answered").Select(r => r.RowId).ToListAsync()).ToHashSet();
        Assert.Equal(appeals.Where(a => numberOf[a.Id] % 3 == 0).SelectMany(a => Enumerable.Range(1, answered.Contains(a.Id) ? 4 : 2).Select(n => (a.Id, n, n > 2 ? PhotoPart.Answer : PhotoPart.Told))).Order(),
            photos.Select(f => (f.SubjectId, f.Number, f.Part)).Order());
        var ids = photos.Select(f => f.Id).Order().ToList();
        Assert.Equal(ids, (await db.Set<FileBytes>().Select(b => b.FileId).ToListAsync()).Order());
        Assert.Equal(ids, (await db.Set<SubjectKey>().Where(k => ids.Contains(k.SubjectId)).Select(k => k.SubjectId).ToListAsync()).Order());
        Assert.Equal(ids, (await db.Set<JournalRow>().Where(r => r.Kind == "file.added").Select(r => r.RowId).ToListAsync()).Order());

        // What crossed stands on both sides, each in its own log, once.
        Assert.All(events, e => Assert.Equal(e.Kind.StartsWith("referral.", StringComparison.Ordinal) ? TestInstallation.Street : TestInstallation.Hexi, e.JurisdictionId));
        Assert.Equal(sent.Order(), above.Select(r => r.PublicCode).Order());
        Assert.Equal(accepted.Count(o => o.Operation == "appeal.refer-up"), sent.Count);
        Assert.Equal(accepted.Count(o => o.Operation == "referral.answer"), above.Count(r => r.State == ReferralState.Answered));
        Assert.Equal(accepted.Count(o => o.Operation == "referral.return"), above.Count(r => r.State == ReferralState.Returned));
        Assert.Equal(above.Count(r => r.State == ReferralState.Returned), await db.Set<AppealReturn>().CountAsync());

        // No log has a gap, its head is its end, and everything agrees.
        var heads = await db.Set<LogHead>().ToDictionaryAsync(h => h.JurisdictionId, h => h.Size);
        foreach (var (jurisdiction, head) in heads)
        {
            Assert.Equal(head, await db.Set<JournalRow>().LongCountAsync(r => r.JurisdictionId == jurisdiction));
            Assert.Equal(head - 1, await db.Set<JournalRow>().Where(r => r.JurisdictionId == jurisdiction).MaxAsync(r => r.LeafIndex));
            Assert.Equal(head, await db.Set<LogGroup>().Where(g => g.JurisdictionId == jurisdiction).MaxAsync(g => g.Size));
        }
        var report = await hele.Get<LogVerification>().Run();
        Assert.True(report.IsGreen, string.Join("\n", report.Findings.Take(10).Select(f => f.Sentence.En)));
        var crossings = accepted.Count(o => o.Operation is "appeal.refer-up" or "referral.answer" or "referral.return");
        Assert.Equal(crossings, report.Crossings);
        return (heads.Values.Sum(), appeals.Count, crossings);
    }
}
