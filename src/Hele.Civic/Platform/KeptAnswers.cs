namespace Hele.Civic.Platform;

/// <summary>One asking of long work: under way, done, failed or stopped. It belongs to no request: whoever asks the same again finds it.</summary>
public sealed class KeptRun<T> : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _forgotten;
    private readonly TimeSpan _forget;
    private Func<IProgress<double>, CancellationToken, T>? _work;
    private int _waiting;

    internal KeptRun(string key, TimeProvider clock, TimeSpan forget, Func<IProgress<double>, CancellationToken, T> work)
    {
        (Key, _work, _forget) = (key, work, forget);
        _forgotten = clock.CreateTimer(_ => Stop(), null, forget, Timeout.InfiniteTimeSpan);
        Task = System.Threading.Tasks.Task.Run(Work, _stop.Token);
    }

    internal string Key { get; }

    /// <summary>By which it is stopped.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public Task<T> Task { get; }

    /// <summary>How far it is, 0 to 1, as the work tells it.</summary>
    public double Progress { get; private set; }

    /// <summary>Waits to the end; it goes on for as long as anybody does.</summary>
    public async Task<T> Wait(CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return await Task.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            Asked();
        }
    }

    /// <summary>Whoever asked has looked again: the time after which it is given up begins anew.</summary>
    internal void Asked() => _forgotten.Change(_forget, Timeout.InfiniteTimeSpan);

    /// <summary>Gives it up, unless somebody waits for the end.</summary>
    internal void Stop()
    {
        if (Volatile.Read(ref _waiting) == 0 && !Task.IsCompleted)
            _stop.Cancel();
    }

    public void Dispose()
    {
        _forgotten.Dispose();
        if (!Task.IsCompleted)
            _stop.Cancel();
        else
            _stop.Dispose();
    }

    /// <summary>What the work stands on isn't held once it is done: only its answer is kept.</summary>
    private T Work() => Interlocked.Exchange(ref _work, null)!(new Told(this), _stop.Token);

    private sealed class Told(KeptRun<T> run) : IProgress<double>
    {
        public void Report(double value) => run.Progress = Math.Clamp(value, 0, 1);
    }
}

/// <summary>
/// Long work asked for by pages: it goes on beside the requests, is found again by its question, can be stopped, is given up when nobody has looked at it for a while, and its answers are kept, the oldest going first.
/// All it keeps is worked out from what the database says: losing it costs time and nothing else.
/// </summary>
/// <param name="kept">Answers at most.</param>
/// <param name="atOnce">Works under way at most.</param>
public sealed class KeptAnswers<T>(int kept, int atOnce, TimeProvider clock) : IDisposable
{
    private readonly Lock _starting = new();
    private readonly List<KeptRun<T>> _runs = [];

    /// <summary>How long a request waits before it says that the work is under way.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long work is given up that nobody looks at; a page that waits looks every two seconds.</summary>
    public TimeSpan Forget { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The question as it was asked before; null where it wasn't, or was stopped.</summary>
    /// <param name="owner">The jurisdiction that asks.</param>
    public KeptRun<T>? Find(int owner, string question)
    {
        lock (_starting)
            return Known(Key(owner, question));
    }

    /// <summary>Asks, or finds the same question asked before. A question that was stopped is asked anew. Null when too many are under way.</summary>
    /// <param name="work">Given where to tell how far it is, 0 to 1, and what stops it.</param>
    public KeptRun<T>? Ask(int owner, string question, Func<IProgress<double>, CancellationToken, T> work)
    {
        var key = Key(owner, question);
        lock (_starting)
        {
            if (Known(key) is { } asked)
                return asked;
            if (_runs.Count(r => !r.Task.IsCompleted) >= atOnce)
                return null;
            while (_runs.Count >= kept && _runs.Find(r => r.Task.IsCompleted) is { } old)
                Drop(old);
            if (_runs.Find(r => r.Key == key) is { } stopped)
                Drop(stopped);
            var run = new KeptRun<T>(key, clock, Forget, work);
            _runs.Add(run);
            return run;
        }
    }

    /// <summary>Waits a little; true when the work has ended by then, however it ended.</summary>
    public async Task<bool> Ended(KeptRun<T> run, CancellationToken cancel)
    {
        await Task.WhenAny(run.Task, Task.Delay(Patience, cancel));
        return run.Task.IsCompleted;
    }

    /// <summary>Stops what this jurisdiction asked, unless somebody waits for its end.</summary>
    public void Stop(int owner, string? id)
    {
        lock (_starting)
            _runs.Find(r => r.Id == id && r.Key.StartsWith(Key(owner, ""), StringComparison.Ordinal))?.Stop();
    }

    /// <summary>The newest question last: the oldest answers go first.</summary>
    private KeptRun<T>? Known(string key)
    {
        if (_runs.Find(r => r.Key == key && !r.Task.IsCanceled) is not { } asked)
            return null;
        _runs.Remove(asked);
        _runs.Add(asked);
        asked.Asked();
        return asked;
    }

    private void Drop(KeptRun<T> run)
    {
        _runs.Remove(run);
        run.Dispose();
    }

    private static string Key(int owner, string question) => FormattableString.Invariant($"{owner}|{question}");

    public void Dispose()
    {
        lock (_starting)
        {
            foreach (var run in _runs)
                run.Dispose();
            _runs.Clear();
        }
    }
}
