using System.Numerics;

namespace Hele.Civic.Kernel;

/// <summary>
/// A share or a threshold, exact and as it was counted: 2/4 stays 2/4 and equals 1/2. Nothing of nothing (0/0) is allowed, equals only
/// itself and has no percentage.
/// </summary>
public readonly struct Fraction : IComparable<Fraction>, IEquatable<Fraction>
{
    /// <exception cref="ArgumentOutOfRangeException">A negative part, or something of nothing.</exception>
    public Fraction(BigInteger part, BigInteger whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        if (whole.IsZero && !part.IsZero)
        {
            throw new ArgumentOutOfRangeException(nameof(whole), "A part of nothing.");
        }

        (Part, Whole) = (part, whole);
    }

    public BigInteger Part { get; }

    public BigInteger Whole { get; }

    /// <summary>False for 0/0: a rate without a base.</summary>
    public bool HasBase => !Whole.IsZero;

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);

    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);

    /// <summary>A rate without a base reaches nothing.</summary>
    public bool IsAtLeast(Fraction threshold) => HasBase && this >= threshold;

    /// <summary>Strictly more than the threshold; a rate without a base exceeds nothing.</summary>
    public bool Exceeds(Fraction threshold) => HasBase && this > threshold;

    /// <summary>Per cent rounded half up, e.g. <c>85.4 %</c>; a dash without a base. Not 100 % (or 0 %) unless it is exactly that.</summary>
    public string Percent(int decimals = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        if (!HasBase)
        {
            return "–";
        }

        var scale = BigInteger.Pow(10, decimals);
        var rounded = ((Part * 200 * scale) + Whole) / (Whole * 2);
        if (rounded == 100 * scale && Part < Whole)
        {
            rounded--;
        }
        else if (rounded.IsZero && !Part.IsZero)
        {
            rounded++;
        }

        var tail = decimals == 0 ? "" : "." + (rounded % scale).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        return $"{rounded / scale}{tail} %";
    }

    /// <summary>0/0 sorts before everything.</summary>
    public int CompareTo(Fraction other) => (HasBase, other.HasBase) switch
    {
        (true, true) => (Part * other.Whole).CompareTo(other.Part * Whole),
        var (mine, theirs) => mine.CompareTo(theirs),
    };

    public bool Equals(Fraction other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() =>
        BigInteger.GreatestCommonDivisor(Part, Whole) is { IsZero: false } divisor ? HashCode.Combine(Part / divisor, Whole / divisor) : 0;

    /// <summary>As counted, with the percentage: <c>35/41 (85.4 %)</c>; <c>0/0</c> without a base.</summary>
    public override string ToString() => HasBase ? $"{Part}/{Whole} ({Percent()})" : "0/0";
}
