namespace Hele.Planning.Partition;

/// <summary>Chance that is the same on every machine and in every version (SplitMix64; Steele, Lea and Flood 2014).</summary>
sealed class Dice(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to before <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>0 to before 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1L << 53));
}
