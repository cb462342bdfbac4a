namespace Hele.Civic.Kernel;

/// <summary>The reference data that travels with the program: <c>data/</c> beside the executable, copied there by the build.</summary>
public static class ReferenceData
{
    private static readonly Lazy<WorkingCalendar> LazyCalendar = new(() => WorkingCalendar.Load(Path("holidays.csv")));
    private static readonly Lazy<RuleSet> LazyRules = new(() => RuleSet.Load(Path("deadlines.csv")));

    /// <summary>The full path of a file of <c>data/</c>, e.g. <c>Path("deadlines.csv")</c> or <c>Path("demo/people.json")</c>.</summary>
    public static string Path(string name) => System.IO.Path.Combine([AppContext.BaseDirectory, "data", .. name.Split('/')]);

    /// <summary>The calendar as shipped. An installation with newer notices builds its own.</summary>
    public static WorkingCalendar Calendar => LazyCalendar.Value;

    /// <summary>The rules as shipped. Local rows are added with <see cref="RuleSet.With"/>.</summary>
    public static RuleSet Rules => LazyRules.Value;
}
