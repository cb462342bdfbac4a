using System.Runtime.CompilerServices;

namespace Hele.TestKit;

/// <summary>The source tree that the running tests were built from.</summary>
public static class Repo
{
    /// <summary>The folder that holds Hele.slnx.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory) ?? FindRoot(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException($"No Hele.slnx above {AppContext.BaseDirectory}: the tests read the source tree.");

    /// <summary>A path inside the tree, its parts joined.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder under out/ (not in version control); made when missing.</summary>
    public static string Out(params string[] parts) => Directory.CreateDirectory(Path.Combine([Root, "out", .. parts])).FullName;

    /// <summary>The files of a folder of the tree by pattern, without build output, in a fixed order; empty when the folder is not there.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] patterns)
    {
        var top = At(folder.Split('/'));
        if (!Directory.Exists(top))
            return [];
        return [.. patterns.SelectMany(p => Directory.EnumerateFiles(top, p, SearchOption.AllDirectories))
            .Where(f => !Relative(f).Split('/').Any(part => part is "bin" or "obj"))
            .Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The path of a file inside the tree, with slashes: <c>src/Hele.Web/Program.cs</c>.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string? FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hele.slnx")))
                return folder.FullName;
        }

        return null;
    }
}

/// <summary>What kind of run this is; ./test sets it through the environment.</summary>
public static class TestRun
{
    /// <summary>SQLite only, no browser. A test that needs PostgreSQL carries <c>[Trait("Needs", "postgres")]</c> and is not run then.</summary>
    public static bool Quick { get; } = Environment.GetEnvironmentVariable("HELE_TEST_QUICK") == "1";

    /// <summary>Soaks, long kill loops, large instance sets.</summary>
    public static bool Long { get; } = Environment.GetEnvironmentVariable("HELE_TEST_LONG") == "1";

    /// <summary>Short in an ordinary run, the second value with --long: rounds, sizes, seconds.</summary>
    public static T Size<T>(T ordinary, T @long) => Long ? @long : ordinary;

    /// <summary>A folder of the test data that lies outside the repository, or null: then the test says so and skips, by name.</summary>
    public static string? OutsideData(string folder)
    {
        var top = Environment.GetEnvironmentVariable("HELE_TEST_DATA") is { Length: > 0 } given ? given : Repo.At("..", "shared", "data");
        var path = Path.GetFullPath(Path.Combine(top, folder));
        return Directory.Exists(path) ? path : null;
    }
}

/// <summary>A new empty folder under the system's temporary folder, removed with everything in it on Dispose.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder([CallerMemberName] string name = "test") => Path = Directory.CreateTempSubdirectory($"hele-{name}-").FullName;

    public string Path { get; }

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test removed it itself.
        }
    }

    public override string ToString() => Path;
}
