namespace Hele.Planning.Placement;

/// <summary>
/// Good sites for the most weight within number and budget: sites are taken greedily, then one is exchanged for another, the best exchange each time and for a while not back again (tabu search; Glover 1989).
/// What each site would gain and what each would lose are kept up to date, so that all exchanges are judged in one pass over who covers whom.
/// </summary>
sealed class CoverSwap
{
    readonly CoverCore core;
    readonly Dice dice;
    readonly int[] count, who, lastMove;
    readonly long[] gain, shared;
    readonly bool[] isOpen;
    readonly List<int> open = [], touched = [];
    long value, spent;

    public CoverSwap(CoverCore core, Dice dice)
    {
        (this.core, this.dice) = (core, dice);
        (count, who) = (new int[core.Customers], new int[core.Customers]);
        (gain, shared, lastMove, isOpen) = (new long[core.Sites], new long[core.Sites], new int[core.Sites], new bool[core.Sites]);
        for (var i = 0; i < core.Sites; i++)
            foreach (var j in core.CustomersOf(i))
                gain[i] += core.Weight[j];
    }

    public long BestValue { get; private set; } = -1;
    public List<int> Best { get; private set; } = [];

    /// <param name="start">Sites to begin with, as many of them as fit.</param>
    /// <param name="steps">Exchanges at most; the search ends earlier where none is left. 0: only what betters.</param>
    public void Run(IEnumerable<int> start, int steps, Func<bool> stop)
    {
        foreach (var i in open.ToArray())
            Drop(i);
        foreach (var i in start)
            if (!isOpen[i] && Fits(i, -1))
                Add(i);
        Fill();
        Array.Fill(lastMove, int.MinValue / 2);
        Keep();
        for (var step = 0; !stop(); step++)
        {
            var (add, drop, delta) = BestExchange(step, tabu: step > 0 && steps > 0);
            if (add < 0 || delta <= 0 && step >= steps)
                break;
            Drop(drop);
            Add(add);
            var stay = steps == 0 ? 0 : 3 + dice.Below(4 + open.Count / 4);
            (lastMove[add], lastMove[drop]) = (step + stay, step + stay + 2);
            Fill();
            Keep();
        }
    }

    bool Fits(int add, int drop) => (drop >= 0 || open.Count < core.Limit) && (core.Price is null || spent + core.Price[add] - (drop < 0 ? 0 : core.Price[drop]) <= core.Budget);

    /// <summary>What gains most, and most for its price where there is a budget, while it fits.</summary>
    void Fill()
    {
        while (open.Count < core.Limit)
        {
            var best = -1;
            for (var i = 0; i < core.Sites; i++)
                if (!isOpen[i] && gain[i] > 0 && (best < 0 || Better(i, best)) && Fits(i, -1))
                    best = i;
            if (best < 0)
                return;
            Add(best);
        }
        bool Better(int a, int b) => core.Price is null ? gain[a] > gain[b] : (Int128)gain[a] * Math.Max(1, core.Price[b]) > (Int128)gain[b] * Math.Max(1, core.Price[a]);
    }

    (int Add, int Drop, long Delta) BestExchange(int step, bool tabu)
    {
        var (bestAdd, bestDrop, best) = (-1, -1, long.MinValue);
        var cheapest = -1;
        foreach (var s in open)
            if (!(tabu && lastMove[s] > step) && (cheapest < 0 || gain[s] < gain[cheapest]))
                cheapest = s;
        for (var i = 0; i < core.Sites; i++)
        {
            // An exchange never gains more than what the new site covers anew.
            if (isOpen[i] || gain[i] <= best || tabu && lastMove[i] > step && value + gain[i] <= BestValue)
                continue;
            foreach (var j in core.CustomersOf(i))
            {
                if (count[j] != 1)
                    continue;
                var s = who[j];
                if (shared[s] == 0)
                    touched.Add(s);
                shared[s] += core.Weight[j];
            }
            if (core.Price is null)
            {
                if (cheapest >= 0)
                    Try(cheapest);
                foreach (var s in touched)
                    Try(s);
            }
            else
                foreach (var s in open)
                    if (Fits(i, s))
                        Try(s);
            foreach (var s in touched)
                shared[s] = 0;
            touched.Clear();

            void Try(int s)
            {
                var delta = gain[i] - gain[s] + shared[s];
                if (delta > best && (!tabu || value + delta > BestValue || lastMove[s] <= step && lastMove[i] <= step))
                    (bestAdd, bestDrop, best) = (i, s, delta);
            }
        }
        return (bestAdd, bestDrop, best);
    }

    void Keep()
    {
        if (value <= BestValue)
            return;
        (BestValue, Best) = (value, [.. open]);
    }

    /// <summary>What an open site alone covers is what it gained, so that one number stands for both.</summary>
    void Add(int s)
    {
        value += gain[s];
        spent += core.Price is null ? 0 : core.Price[s];
        isOpen[s] = true;
        open.Add(s);
        foreach (var j in core.CustomersOf(s))
        {
            var w = core.Weight[j];
            if (count[j] == 0)
            {
                foreach (var k in core.SitesOf(j))
                    if (k != s)
                        gain[k] -= w;
            }
            else if (count[j] == 1)
                gain[who[j]] -= w;
            count[j]++;
            who[j] ^= s;
        }
    }

    void Drop(int s)
    {
        value -= gain[s];
        spent -= core.Price is null ? 0 : core.Price[s];
        isOpen[s] = false;
        open.Remove(s);
        foreach (var j in core.CustomersOf(s))
        {
            var w = core.Weight[j];
            count[j]--;
            who[j] ^= s;
            if (count[j] == 0)
            {
                foreach (var k in core.SitesOf(j))
                    if (k != s)
                        gain[k] += w;
            }
            else if (count[j] == 1)
                gain[who[j]] += w;
        }
    }
}
