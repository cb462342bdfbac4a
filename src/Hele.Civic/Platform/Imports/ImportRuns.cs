using System.Collections.Concurrent;
using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Hele.Civic.Platform.Imports;

/// <summary>An import that is being carried out, or was a moment ago.</summary>
public sealed class ImportRun(int jurisdiction) : IProgress<ImportProgress>
{
    public int JurisdictionId => jurisdiction;

    public ImportProgress Progress { get; private set; }

    /// <summary>Null while it runs.</summary>
    public Outcome? Outcome { get; internal set; }

    internal Task Task { get; set; } = Task.CompletedTask;

    public void Report(ImportProgress value) => Progress = value;
}

/// <summary>
/// The imports that run in this process, so that a page can say how far they are. Nothing depends on it: an import that is killed has written nothing,
/// and its page shows the preview again.
/// </summary>
public sealed class ImportRuns(ILogger<ImportRuns> log)
{
    private readonly ConcurrentDictionary<string, ImportRun> _runs = new();

    /// <summary>Begins one, unless the same upload is being imported already.</summary>
    public ImportRun Start(string code, int jurisdiction, Func<IProgress<ImportProgress>, Task<Outcome>> import)
    {
        var run = new ImportRun(jurisdiction);
        var there = _runs.AddOrUpdate(code, run, (_, old) => old.Outcome is null ? old : run);
        if (there == run)
            run.Task = Task.Run(async () =>
            {
                try
                {
                    run.Outcome = await import(run);
                }
                catch (Exception failure)
                {
                    log.LogError(failure, "An import failed; nothing of it was written.");
                    run.Outcome = StorageProblems.NotSaved;
                }
            });
        return there;
    }

    public ImportRun? Find(string code, int jurisdiction) => _runs.TryGetValue(code, out var run) && run.JurisdictionId == jurisdiction ? run : null;

    /// <summary>Waits a while for it to end; true when it has.</summary>
    public static async Task<bool> Ended(ImportRun run, TimeSpan most) => await Task.WhenAny(run.Task, Task.Delay(most)) == run.Task;

    /// <summary>Forgets one whose end has been told.</summary>
    public void Forget(string code)
    {
        if (_runs.TryGetValue(code, out var run) && run.Outcome is not null)
            _runs.TryRemove(code, out _);
    }
}
