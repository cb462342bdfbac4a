namespace Hele.Civic.Platform;

/// <summary>The operator's command as it can really be typed: every text that tells somebody to run it takes it from here.</summary>
public static class OperatorCommand
{
    /// <summary>How it is called on this machine.</summary>
    public static string Name { get; } = NameIn(AppContext.BaseDirectory);

    /// <summary>The whole line: <c>keys list</c> with what has to stand before it.</summary>
    public static string Line(string arguments) => $"{Name} {arguments}";

    /// <summary>Built from its sources, the program is on no PATH: it is run from the folder they lie in, as <c>./run</c> is.</summary>
    /// <param name="folder">Where the program that says it lies.</param>
    public static string NameIn(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (File.Exists(Path.Combine(above.FullName, "src", "Hele.Cli", "Hele.Cli.csproj")))
                return "dotnet run --project src/Hele.Cli --";
        }
        return "hele";
    }
}
