using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Exports;

/// <summary>What a list's address asks for. The page and the file read it here, so that they can't narrow differently.</summary>
public sealed class ListQuery(HttpRequest request, SearchWords words)
{
    /// <summary>What pages a list, and narrows nothing.</summary>
    private static readonly string[] Paging = ["after", "before"];

    public string Words => words.Open(request.Query[SearchWords.Field].FirstOrDefault());

    /// <summary>A value of the path or of the query; empty when there is none.</summary>
    public string Text(string name) => request.RouteValues.TryGetValue(name, out var value) ? value as string ?? "" : request.Query[name].FirstOrDefault() ?? "";

    public T? Choice<T>(string name) where T : struct, Enum => Enum.GetNames<T>().Contains(Text(name)) ? Enum.Parse<T>(Text(name)) : null;

    /// <summary>What the walking map is asked.</summary>
    public Civic.ServiceCircles.CircleAsk Circle => ServiceCircles.CircleAddress.Read(request.Query);

    /// <summary>What is asked about the places of service points.</summary>
    public Civic.ServiceCircles.SitingAsk Siting => ServiceCircles.SitingAddress.Read(request.Query);

    /// <summary>What the grid planner is asked.</summary>
    public Civic.GridPlanning.PlanAsk Plan => GridPlanning.PlanAddress.Read(request.Query);

    public bool Flag(string name) => Text(name) is "true" or "True";

    /// <summary>The choices as they are recorded: codes, and of the words only that there were any.</summary>
    public string Choices(params string[] names) => string.Join(' ', names.Where(n => Text(n).Length is > 0 and <= 60).Select(n => $"{n}={Text(n)}").Concat(Words.Length > 0 ? [SearchWords.Field] : []));

    /// <summary>Another address with the choices of this one.</summary>
    public static string Carry(HttpRequest request, string path) => path + QueryString.Create(request.Query.Where(q => !Paging.Contains(q.Key)).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)));
}

/// <summary>A column of a list's file: its heading, what stands in it, how wide it is. A text stays text, a day and an instant are dates, a number is one.</summary>
public sealed record Column<T>(string Title, Func<T, object?> Cell, int Width = 16);

/// <summary>A list as it is asked for: what it is called, how it is narrowed in words, and its rows.</summary>
public sealed class ListContent
{
    /// <summary>Rows that are asked for at once.</summary>
    public const int AtOnce = 500;

    public required string Title { get; init; }

    /// <summary>What it is narrowed by, in words: the field's name and what was chosen.</summary>
    public IReadOnlyList<(string Label, string Value)> Said { get; init; } = [];

    /// <summary>Words somebody searched for; not in the file's name, which others see.</summary>
    public string Words { get; init; } = "";

    /// <summary>The choices as they are recorded.</summary>
    public string Choices { get; init; } = "";

    /// <summary>What else the second sheet says: for a figure its period and its checkpoint.</summary>
    public IReadOnlyList<(string Label, object? Value)> About { get; init; } = [];

    public required IReadOnlyList<string> Headings { get; init; }
    public required IReadOnlyList<int> Widths { get; init; }
    public required IAsyncEnumerable<IReadOnlyList<object?>> Rows { get; init; }

    public static ListContent Of<T>(string title, IAsyncEnumerable<T> rows, IReadOnlyList<Column<T>> columns, IEnumerable<(string Label, string? Value)>? said = null, string words = "", string choices = "", IReadOnlyList<(string Label, object? Value)>? about = null) => new()
    {
        Title = title,
        Said = [.. (said ?? []).Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => (s.Label, s.Value!))],
        Words = words,
        Choices = choices,
        About = about ?? [],
        Headings = [.. columns.Select(c => c.Title)],
        Widths = [.. columns.Select(c => c.Width)],
        Rows = rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(c => c.Cell(row))]),
    };

    /// <summary>A list that is read by key, page after page.</summary>
    public static async IAsyncEnumerable<T> Pages<T>(Func<Guid?, Task<(IReadOnlyList<T> Rows, Guid? After)>> page)
    {
        for (Guid? after = null; ;)
        {
            (var rows, after) = await page(after);
            foreach (var row in rows)
                yield return row;
            if (after is null)
                yield break;
        }
    }

    /// <summary>A list that is read whole, when its rows are asked for: a request asks one question at a time.</summary>
    public static async IAsyncEnumerable<T> Whole<T>(Func<Task<IReadOnlyList<T>>> list)
    {
        foreach (var row in await list())
            yield return row;
    }
}

/// <summary>A list that leaves as a file: it declares its columns once and reads with the query of its page.</summary>
public abstract class ListFile
{
    /// <summary>Stands in records of exports for ever; its name there is in <see cref="ListFiles"/>.</summary>
    public abstract string Code { get; }

    /// <summary>The permission that the list itself is shown under; null where anybody may read it.</summary>
    public abstract Permission? Needs { get; }

    /// <summary>The list as this request asks for it; null where there is none.</summary>
    public abstract Task<ListContent?> Read(ListQuery asked, CancellationToken cancel);
}
