using System.Runtime.CompilerServices;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// Counts who reads at the moment, and for a short while lets nobody begin, so that a moment comes in which nobody does. A flow that reads already, such as a request that asks a second time, is never held up: what it waits for might be itself.
/// </summary>
public sealed class ReadGate
{
    private static readonly AsyncLocal<StrongBox<int>?> Flow = new();

    private readonly Lock _lock = new();
    private int _reading;
    private TaskCompletionSource? _closed, _empty;

    /// <summary>From here on all that follows, such as one request, is one flow.</summary>
    public static void BeginFlow() => Flow.Value = new(0);

    /// <summary>This flow is reading.</summary>
    public static bool FlowReads => Flow.Value is { Value: > 0 };

    /// <summary>Waits until readers may begin.</summary>
    /// <returns>To be called when the reading ends; true when nobody reads any more.</returns>
    public async Task<Func<bool>> Enter(CancellationToken cancel)
    {
        var flow = Flow.Value;
        while (true)
        {
            Task open;
            lock (_lock)
            {
                if (_closed is null || flow is { Value: > 0 })
                {
                    _reading++;
                    if (flow is not null)
                        flow.Value++;
                    return Leave;
                }
                open = _closed.Task;
            }
            await open.WaitAsync(cancel);
        }

        bool Leave()
        {
            lock (_lock)
            {
                if (flow is not null)
                    flow.Value--;
                if (--_reading == 0)
                    _empty?.TrySetResult();
                return _reading == 0;
            }
        }
    }

    /// <summary>Lets nobody begin to read until <see cref="Open"/>, and waits until nobody does. One caller at a time.</summary>
    /// <returns>False: somebody still reads after the longest that was to be waited.</returns>
    public async Task<bool> Close(TimeSpan most)
    {
        lock (_lock)
        {
            _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_reading == 0)
                return true;
            _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return await Task.WhenAny(_empty.Task, Task.Delay(most)) == _empty.Task;
    }

    public void Open()
    {
        TaskCompletionSource? closed;
        lock (_lock)
            (closed, _closed, _empty) = (_closed, null, null);
        closed?.TrySetResult();
    }
}
