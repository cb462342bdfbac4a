using Hele.Cli;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;

namespace Hele.Tests.Cli;

/// <summary>What a command line answered.</summary>
internal sealed record Answer(int Code, string Output, string Error);

/// <summary>The command line over a data directory of its own, in this process: the same entry as the program's.</summary>
internal sealed class CommandLine(TestDatabase kind) : IDisposable
{
    private readonly TempFolder _folder = new("cli");

    /// <summary>PostgreSQL: an empty database of its own. Made when first asked for.</summary>
    public string? Connection { get; } = kind == TestDatabase.Postgres ? PostgresCluster.Shared.CreateDatabase($"cli{Guid.NewGuid():N}") : null;

    public string Data => _folder.At("data");
    public StorageOptions Options => new(Data, Data + ".pins", Connection);
    public string[] Where => Connection is null ? ["--data", Data] : ["--data", Data, "--database", Connection];

    public Task<Answer> Run(params string[] arguments) => Say("en", [.. arguments, .. Where]);

    public static Task<Answer> Say(string language, params string[] arguments) => Say(language, arguments, "");

    /// <param name="typed">What somebody types when asked, a line each.</param>
    public static async Task<Answer> Say(string language, string[] arguments, string typed)
    {
        using StringWriter output = new(), error = new();
        using StringReader input = new(typed);
        var code = await HeleCommand.Run(arguments, output, error, language, input);
        return new Answer(code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
