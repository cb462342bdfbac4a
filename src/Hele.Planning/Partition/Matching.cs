namespace Hele.Planning.Partition;

/// <summary>Which new grid continues which of today's, so that as much as possible stays (Kuhn 1955, in the form with potentials by Jonker and Volgenant).</summary>
static class Matching
{
    /// <param name="kept">What stays if row (new grid) continues column (today's); 0 and more.</param>
    /// <returns>For each row its column, or -1: a column that keeps nothing isn't continued.</returns>
    public static int[] Best(long[,] kept)
    {
        var (rows, columns) = (kept.GetLength(0), kept.GetLength(1));
        var size = Math.Max(rows, columns);
        long Cost(int r, int c) => r < rows && c < columns ? -kept[r, c] : 0;
        var (u, v) = (new long[size + 1], new long[size + 1]);
        var (rowOf, before) = (new int[size + 1], new int[size + 1]);
        for (var r = 1; r <= size; r++)
        {
            rowOf[0] = r;
            var at = 0;
            var least = new long[size + 1];
            Array.Fill(least, long.MaxValue);
            var used = new bool[size + 1];
            do
            {
                used[at] = true;
                var (row, delta, next) = (rowOf[at], long.MaxValue, 0);
                for (var c = 1; c <= size; c++)
                {
                    if (used[c])
                        continue;
                    var reduced = Cost(row - 1, c - 1) - u[row] - v[c];
                    if (reduced < least[c])
                        (least[c], before[c]) = (reduced, at);
                    if (least[c] < delta)
                        (delta, next) = (least[c], c);
                }
                for (var c = 0; c <= size; c++)
                {
                    if (used[c])
                    {
                        u[rowOf[c]] += delta;
                        v[c] -= delta;
                    }
                    else if (least[c] < long.MaxValue)
                        least[c] -= delta;
                }
                at = next;
            }
            while (rowOf[at] != 0);
            for (; at != 0; at = before[at])
                rowOf[at] = rowOf[before[at]];
        }
        var answer = new int[rows];
        Array.Fill(answer, -1);
        for (var c = 1; c <= size; c++)
            if (rowOf[c] is var r and > 0 && r <= rows && c <= columns && kept[r - 1, c - 1] > 0)
                answer[r - 1] = c - 1;
        return answer;
    }
}
