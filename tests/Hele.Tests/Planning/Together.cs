using Xunit;

namespace Hele.Tests.Planning;

/// <summary>Progress that is told at once, on the thread that searches.</summary>
sealed class Told<T>(Action<T> what) : IProgress<T>
{
    public void Report(T value) => what(value);
}

/// <summary>What any search keeps, whatever it looks for.</summary>
static class Together
{
    /// <summary>The answer is the same alone, and from two and from four threads that begin at the same moment.</summary>
    public static void Agree(Func<string> answer)
    {
        var alone = answer();
        foreach (var count in new[] { 2, 4 })
        {
            var answers = new string[count];
            using var start = new Barrier(count);
            var threads = Enumerable.Range(0, count).Select(k => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    answers[k] = answer();
                }
                catch (Exception e)
                {
                    answers[k] = e.ToString();
                }
            }, 16 << 20)).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            Assert.All(answers, a => Assert.Equal(alone, a));
        }
    }

    /// <summary>Cancelled when it first says that it is under way, the search ends without an answer and says nothing more.</summary>
    /// <param name="underWay">Whether what it says shows that it has begun and isn't done.</param>
    public static void StopsWhenCancelled<T>(Func<IProgress<T>, CancellationToken, object> search, Func<T, bool> underWay)
    {
        using var cancel = new CancellationTokenSource();
        var more = 0;
        var ended = Record.Exception(() => search(new Told<T>(x =>
        {
            if (cancel.IsCancellationRequested)
                more++;
            else if (underWay(x))
                cancel.Cancel();
        }), cancel.Token));
        Assert.True(cancel.IsCancellationRequested, "it was never under way");
        Assert.IsType<OperationCanceledException>(ended, exactMatch: false);
        Assert.Equal(0, more);
    }
}

/// <summary>A list that calls somebody as it is read: how far a search has come that tells no progress.</summary>
sealed class Watched<T>(IReadOnlyList<T> list, Action<int> read) : IReadOnlyList<T>
{
    public T this[int index]
    {
        get
        {
            read(index);
            return list[index];
        }
    }

    public int Count => list.Count;
    public IEnumerator<T> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
