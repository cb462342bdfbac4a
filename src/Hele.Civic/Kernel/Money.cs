using System.Globalization;

namespace Hele.Civic.Kernel;

/// <summary>An amount of yuan in whole fen. Overflow throws; there are no fractions of a fen.</summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static readonly Money Zero;

    /// <summary>With its unit.</summary>
    public Bilingual Text => ($"{this}元", $"{this} yuan");

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));

    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));

    public static Money operator -(Money a) => new(checked(-a.Fen));

    public static Money operator *(Money a, long times) => new(checked(a.Fen * times));

    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;

    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;

    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;

    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    /// <summary>Reads yuan with at most two decimals: <c>1234.5</c>, <c>1,234.50</c>, <c>-3</c>. More decimals are refused, not rounded.</summary>
    public static bool TryParse(string? text, out Money money)
    {
        money = default;
        var plain = ChineseText.Normalize(text);
        if (!decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yuan)
            || Math.Abs(yuan) > long.MaxValue / 100 || decimal.Truncate(yuan * 100) != yuan * 100)
        {
            return false;
        }

        money = new((long)(yuan * 100));
        return true;
    }

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Yuan with two decimals and commas, without a unit: <c>1,234.50</c>.</summary>
    public override string ToString() => (Fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
}
