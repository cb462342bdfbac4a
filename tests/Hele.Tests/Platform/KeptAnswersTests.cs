using Hele.Civic.Platform;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>Long work beside the requests: found again, stopped, given up when nobody looks, and no more of it kept than is meant to be.</summary>
public sealed class KeptAnswersTests : IDisposable
{
    private readonly KeptAnswers<string> _answers = new(kept: 3, atOnce: 2, TimeProvider.System);

    public void Dispose() => _answers.Dispose();

    private static readonly Func<IProgress<double>, CancellationToken, string> Endless = (progress, stop) =>
    {
        progress.Report(0.25);
        stop.WaitHandle.WaitOne();
        throw new OperationCanceledException(stop);
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSameQuestion_IsFoundAgain_AndAnotherOwnersIsAnother()
    {
        var one = _answers.Ask(1, "where", (_, _) => "here")!;
        Assert.True(await _answers.Ended(one, Cancel));
        Assert.Equal("here", await one.Wait(Cancel));
        Assert.Same(one, _answers.Ask(1, "where", Endless));
        Assert.Same(one, _answers.Find(1, "where"));
        Assert.Null(_answers.Find(2, "where"));
        Assert.Null(_answers.Find(1, "when"));
        var failed = _answers.Ask(2, "where", (_, _) => throw new ArgumentException("no"))!;
        await Assert.ThrowsAsync<ArgumentException>(() => failed.Wait(Cancel));
        Assert.Same(failed, _answers.Find(2, "where"));
    }

    [Fact]
    public async Task WorkThatNobodyLooksAt_IsGivenUp_WhatSomebodyWaitsForIsNot()
    {
        _answers.Forget = TimeSpan.FromMilliseconds(20);
        var forgotten = _answers.Ask(1, "forgotten", Endless)!;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgotten.Task);
        Assert.Null(_answers.Find(1, "forgotten"));

        using var go = new ManualResetEventSlim();
        var awaited = _answers.Ask(1, "awaited", (_, stop) => { go.Wait(stop); return "done"; })!;
        var waiting = awaited.Wait(Cancel);
        // Longer than work lives that nobody looks at: another one beside it is given up meanwhile.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _answers.Ask(1, "beside", Endless)!.Task);
        _answers.Stop(1, awaited.Id);
        go.Set();
        Assert.Equal("done", await waiting);
    }

    [Fact]
    public async Task AStop_IsTheOwnersAlone_AndTheQuestionCanBeAskedAnew()
    {
        var run = _answers.Ask(1, "q", Endless)!;
        _answers.Patience = TimeSpan.FromMilliseconds(50);
        Assert.False(await _answers.Ended(run, Cancel));
        Assert.Equal(0.25, run.Progress);
        _answers.Stop(11, run.Id);
        _answers.Stop(1, "x");
        Assert.Same(run, _answers.Find(1, "q"));
        _answers.Stop(1, run.Id);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Task);
        Assert.Equal("anew", await _answers.Ask(1, "q", (_, _) => "anew")!.Wait(Cancel));
    }

    [Fact]
    public async Task NoMoreIsUnderWay_AndNoMoreIsKept_ThanIsMeantToBe()
    {
        var (a, b) = (_answers.Ask(1, "a", Endless)!, _answers.Ask(2, "b", Endless)!);
        Assert.Null(_answers.Ask(3, "c", (_, _) => "c"));
        _answers.Stop(1, a.Id);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => a.Task);
        for (var i = 0; i < 5; i++)
            await _answers.Ask(3, $"{i}", (_, _) => "c")!.Wait(Cancel);
        // The oldest answers went first; what is under way stays.
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(i => _answers.Find(3, $"{i}") is not null));
        Assert.Same(b, _answers.Find(2, "b"));
    }

    [Fact]
    public async Task WhatTheWorkStoodOn_IsLetGo_WhenItIsDone()
    {
        var held = await Start();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(held.IsAlive);

        async Task<WeakReference> Start()
        {
            var ground = new byte[1000];
            var held = new WeakReference(ground);
            await _answers.Ask(1, "ground", (_, _) => $"{ground.Length}")!.Wait(Cancel);
            return held;
        }
    }
}
