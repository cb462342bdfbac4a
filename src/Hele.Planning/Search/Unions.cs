namespace Hele.Planning.Search;

/// <summary>Who hangs together with whom; the lowest number stands for all.</summary>
sealed class Unions
{
    readonly int[] parent;

    public Unions(int count)
    {
        parent = new int[count];
        for (var i = 0; i < count; i++)
            parent[i] = i;
    }

    public int Of(int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }

    public void Join(int a, int b)
    {
        (a, b) = (Of(a), Of(b));
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }
}
