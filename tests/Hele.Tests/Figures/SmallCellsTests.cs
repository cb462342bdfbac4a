using CsCheck;
using Hele.Civic.Platform.Figures;
using Xunit;

namespace Hele.Tests.Figures;

/// <summary>
/// Nothing hidden follows from what is shown. Proved by trying: every table of small numbers that would be shown the same way, by the same rule that
/// the reader knows too, is listed, and each hidden cell must have more than one value among them.
/// </summary>
/// <remarks>Seen to fail: with months shown whenever they are not small; with the verdicts' parts hidden one by one.</remarks>
public class SmallCellsTests
{
    /// <summary>Most verdicts of one kind in a month: enough that quarters and months are hidden and shown in every mixture.</summary>
    private const int Most = 7;

    private static readonly Gen<int> Count = Gen.Int[0, Most];

    /// <summary>All monthly counts there can be, by how a lone figure of theirs is shown.</summary>
    private static readonly ILookup<string, long[]> Alone = Triples().ToLookup(t => Text(SmallCells.Alone(new(t))));

    private static IEnumerable<long[]> Triples() =>
        from a in Enumerable.Range(0, 3 * Most) from b in Enumerable.Range(0, 3 * Most) from c in Enumerable.Range(0, 3 * Most) select new long[] { a, b, c };

    [Fact]
    public void LoneFigure_EachHiddenCell_CanBeSeveralNumbers() => Gen.Select(Count, Count, Count).Sample((a, b, c) =>
    {
        var counts = new QuarterCounts([a, b, c]);
        var shown = SmallCells.Alone(counts);
        Assert.True(shown.Quarter is null or >= SmallCells.Least);
        Assert.All(shown.Months, m => Assert.True(m is null or >= SmallCells.Least));
        var possible = Alone[Text(shown)].ToList();
        Assert.Contains(possible, p => p.SequenceEqual(counts.Months));
        for (var i = 0; i < 3; i++)
            Assert.True(shown.Months[i] is not null || possible.Select(p => p[i]).Distinct().Count() > 1, $"{a} {b} {c}: month {i + 1}");
        Assert.True(shown.Quarter is not null || possible.Select(p => p.Sum()).Distinct().Count() > 1, $"{a} {b} {c}: quarter");
    }, threads: 1);

    /// <summary>And no more is hidden than that: the numbers are there to be read.</summary>
    [Theory]
    [InlineData("5 5 5", "15|5|5|5")]
    [InlineData("4 5 5", "14|?|?|?")]
    [InlineData("0 0 5", "5|?|?|?")]
    [InlineData("2 1 1", "?|?|?|?")]
    [InlineData("0 0 0", "?|?|?|?")]
    public void LoneFigure_IsShownAsFarAsItMay(string months, string shown) => Assert.Equal(shown, Text(SmallCells.Alone(new(Numbers(months)))));

    [Theory]
    [InlineData("5 5 5", "5 5 5", "30|10|10|10|15|5|5|5|15|5|5|5")]
    [InlineData("5 5 5", "4 5 5", "29|9|10|10|15|?|?|?|14|?|?|?")]
    [InlineData("2 2 1", "2 2 1", "10|?|?|?|5|?|?|?|5|?|?|?")]
    [InlineData("20 20 20", "0 0 4", "64|20|20|24|?|?|?|?|?|?|?|?")]
    [InlineData("1 2 1", "1 0 1", "6|?|?|?|?|?|?|?|?|?|?|?")]
    [InlineData("1 0 0", "0 1 2", "?|?|?|?|?|?|?|?|?|?|?|?")]
    public void WholeAndParts_AreShownAsFarAsTheyMay(string yes, string no, string shown)
    {
        foreach (var (one, other) in new[] { (yes, no), (no, yes) })
        {
            var (whole, parts) = Show(Numbers(one), Numbers(other));
            Assert.Equal(shown, Text(whole, one == yes ? parts : [.. parts.Reverse()]));
        }
    }

    /// <summary>The smallest of the rest go with what is small, equal ones together, until nothing follows from the sum.</summary>
    [Theory]
    [InlineData("9 8 5", "9|8|5")]
    [InlineData("0 5 9", "?|?|9")]
    [InlineData("9 2 6 5", "9|?|6|?")]
    [InlineData("2 3 9", "?|?|9")]
    [InlineData("2 2 9 12", "?|?|?|12")]
    [InlineData("4 3 9", "?|?|9")]
    [InlineData("4 4 9 12", "?|?|?|12")]
    [InlineData("2 7 20 7", "?|?|20|?")]
    [InlineData("3 9", "?|?")]
    public void Parts_AreShownAsFarAsTheyMay(string cells, string shown) => Assert.Equal(shown, string.Join('|', SmallCells.Parts(Numbers(cells)).Select(c => c?.ToString() ?? "?")));

    private static long[] Numbers(string text) => [.. text.Split(' ').Select(long.Parse)];

    /// <summary>Parts whose sum the reader knows from elsewhere: as long as anything is shown, each hidden one can be several numbers.</summary>
    [Fact]
    public void Parts_OfAKnownSum_EachHiddenCell_CanBeSeveralNumbers()
    {
        var tables = (from a in Enumerable.Range(0, 8) from b in Enumerable.Range(0, 8) from c in Enumerable.Range(0, 8) from d in Enumerable.Range(0, 8) select new long[] { a, b, c, d }).ToList();
        var alike = tables.ToLookup(t => string.Join(' ', SmallCells.Parts(t)) + "=" + t.Sum());
        foreach (var table in tables)
        {
            var shown = SmallCells.Parts(table);
            Assert.All(shown, c => Assert.True(c is null or >= SmallCells.Least));
            if (table.All(c => c >= SmallCells.Least))
                Assert.DoesNotContain(shown, c => c is null);
            var possible = alike[string.Join(' ', shown) + "=" + table.Sum()].ToList();
            for (var i = 0; i < 4; i++)
                Assert.True(shown[i] is not null || shown.All(c => c is null) || possible.Select(p => p[i]).Distinct().Count() > 1, $"{string.Join(' ', table)}: cell {i + 1}");
        }
    }

    /// <summary>A whole and its two parts over three months: six numbers, of which the reader sees some of the twelve cells they make.</summary>
    [Fact]
    public void WholeAndParts_EachHiddenCell_CanBeSeveralNumbers() => Gen.Select(Count.Array[3], Count.Array[3]).Sample((yes, no) =>
    {
        var (whole, parts) = Show([.. yes], [.. no]);
        var said = Text(whole, parts);
        var values = new HashSet<long>[8];
        for (var i = 0; i < 8; i++)
            values[i] = [];
        var hidden = parts.SelectMany(p => p.Months).Concat(parts.Select(p => p.Quarter)).Select(c => c is null).ToList();
        // Other numbers that give the same table: near ones are enough to show that there are several.
        foreach (var other in Near(yes, no))
        {
            if (values.Zip(hidden).All(v => !v.Second || v.First.Count > 1))
                break;
            var (otherWhole, otherParts) = Show(other.Yes, other.No);
            if (Text(otherWhole, otherParts) != said)
                continue;
            for (var i = 0; i < 3; i++)
            {
                values[i].Add(other.Yes[i]);
                values[3 + i].Add(other.No[i]);
            }
            values[6].Add(other.Yes.Sum());
            values[7].Add(other.No.Sum());
        }
        for (var i = 0; i < 3; i++)
        {
            Assert.True(parts[0].Months[i] is not null || values[i].Count > 1, $"{Say()}: satisfied, month {i + 1}");
            Assert.True(parts[1].Months[i] is not null || values[3 + i].Count > 1, $"{Say()}: dissatisfied, month {i + 1}");
            Assert.True(parts[0].Months[i] is null or >= SmallCells.Least && parts[1].Months[i] is null or >= SmallCells.Least);
        }
        Assert.True(parts[0].Quarter is not null || values[6].Count > 1, $"{Say()}: satisfied");
        Assert.True(parts[1].Quarter is not null || values[7].Count > 1, $"{Say()}: dissatisfied");

        string Say() => $"{string.Join(",", yes)} / {string.Join(",", no)}";
    }, iter: 400, threads: 1);

    [Fact]
    public void Total_OfAColumn_IsHiddenWithAnyOfItsCells() => Gen.Int[0, 20].Select(n => n < 5 ? (long?)null : n).List[0, 12].Sample(column =>
        SmallCells.Total(column) == (column.Contains(null) ? null : column.Sum(c => c!.Value)));

    private static (QuarterCells Whole, IReadOnlyList<QuarterCells> Parts) Show(IReadOnlyList<long> yes, IReadOnlyList<long> no) =>
        SmallCells.Split(new([.. yes.Zip(no, (y, n) => y + n)]), new QuarterCounts(yes), new QuarterCounts(no));

    private static (QuarterCells Whole, IReadOnlyList<QuarterCells> Parts) Show(int[] yes, int[] no) => Show([.. yes.Select(y => (long)y)], [.. no.Select(n => (long)n)]);

    /// <summary>Numbers within a few of the given ones, and the swaps that keep margins: a step along a month, along a kind, along both.</summary>
    private static IEnumerable<(long[] Yes, long[] No)> Near(int[] yes, int[] no)
    {
        foreach (var d in Steps)
        {
            foreach (var e in Steps)
            {
                for (var i = 0; i < 3; i++)
                {
                    for (var j = 0; j < 3; j++)
                    {
                        // Between kinds within months i and j, keeping each month's whole; and between months within a kind.
                        foreach (var (y, n) in new[] { (Move(Move(yes, i, d), j, e), Move(Move(no, i, -d), j, -e)), (Move(Move(yes, i, d), j, -d), Move(Move(no, i, e), j, -e)), (Move(yes, i, d), Move(no, j, e)) })
                            if (y.All(v => v >= 0) && n.All(v => v >= 0))
                                yield return (y, n);
                    }
                }
            }
        }
    }

    /// <summary>Short ones first: they find most.</summary>
    private static readonly int[] Steps = [.. Enumerable.Range(-2 * Most, (4 * Most) + 1).OrderBy(Math.Abs)];

    private static long[] Move(IReadOnlyList<int> from, int index, int by) => [.. from.Select((v, k) => k == index ? v + by : (long)v)];

    private static long[] Move(IReadOnlyList<long> from, int index, int by) => [.. from.Select((v, k) => k == index ? v + by : v)];

    private static string Text(QuarterCells whole, IReadOnlyList<QuarterCells>? parts = null) =>
        string.Join("|", new[] { whole }.Concat(parts ?? []).SelectMany(c => c.Months.Prepend(c.Quarter)).Select(c => c?.ToString() ?? "?"));

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(1, null)]
    [InlineData(9, null)]
    [InlineData(10, 10L)]
    [InlineData(14, 10L)]
    [InlineData(15, 20L)]
    [InlineData(1234, 1230L)]
    public void Tens_IsTheNearestTen_AndNothingBelowTen(long number, long? told) => Assert.Equal(told, SmallCells.Tens(number));
}
