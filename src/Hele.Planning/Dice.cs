namespace Hele.Planning;

/// <summary>Numbers drawn from a seed, the same on every machine and in every version of the runtime (SplitMix64, Steele et al. 2014).</summary>
sealed class Dice(ulong seed)
{
    ulong state = seed;

    public ulong Bits()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>From 0 up to, without, the bound.</summary>
    public int Below(int bound) => (int)((UInt128)Bits() * (ulong)bound >> 64);

    /// <summary>From 0 up to, without, 1.</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
