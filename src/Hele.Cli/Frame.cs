using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Hele.Civic;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Cli;

/// <summary>What every command shares: where it speaks and in which language, the options all of them take, and how an installation is opened.</summary>
internal sealed class Frame
{
    private readonly Option<string> _data, _lang;
    private readonly Option<string?> _pins, _database;

    private readonly TextReader _input;

    public Frame(TextWriter output, TextWriter error, string language, TextReader input)
    {
        (Output, Error, Language, _input) = (output, error, language, input);
        _data = new Option<string>("--data") { Description = In(("数据目录。", "The data directory.")), DefaultValueFactory = _ => "./hele-data", HelpName = "DIR", Recursive = true };
        _pins = new Option<string?>("--pins") { Description = In(("存放校验点的目录，最好在另一块磁盘上。不写则为“数据目录.pins”。", "Where checkpoints are pinned, best on another disk. Default: the data directory's name with .pins.")), HelpName = "DIR", Recursive = true };
        _database = new Option<string?>("--database") { Description = In(("PostgreSQL 连接串。不写则用数据目录里的 SQLite。", "A PostgreSQL connection string. Default: SQLite in the data directory.")), HelpName = "CONNECTION", Recursive = true };
        _lang = new Option<string>("--lang") { Description = In(("zh 或 en。", "zh or en.")), HelpName = "LANG", Recursive = true, DefaultValueFactory = _ => language };
        _lang.AcceptOnlyFromAmong("zh", "en");
    }

    public TextWriter Output { get; }
    public TextWriter Error { get; }

    /// <summary>zh or en.</summary>
    public string Language { get; }

    public string In(Bilingual text) => text.In(Language);
    public void Say(Bilingual text) => Output.WriteLine(In(text));

    /// <summary>Asks for a secret: on a terminal what is typed isn't shown.</summary>
    public string Ask(Bilingual question)
    {
        Error.Write(In(question));
        if (!ReferenceEquals(_input, Console.In) || Console.IsInputRedirected)
        {
            var line = _input.ReadLine();
            Error.WriteLine();
            return line ?? "";
        }
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        Error.WriteLine();
        return typed.ToString();
    }

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { _data, _pins, _database, _lang })
            root.Options.Add(option);
    }

    /// <summary>The options that say where, as they were given, for a line that tells the next command: without them it would be about another place.</summary>
    public string Where(ParseResult parsed) => string.Concat(new Option[] { _data, _pins, _database }
        .Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => $" {o.Name} {Quoted(parsed.GetResult(o)!.Tokens[0].Value)}"));

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? word : $"'{word}'";

    public StorageOptions Storage(ParseResult parsed)
    {
        var data = Path.GetFullPath(parsed.GetValue(_data)!);
        var pins = parsed.GetValue(_pins) is { Length: > 0 } given ? Path.GetFullPath(given) : Path.TrimEndingDirectorySeparator(data) + ".pins";
        var database = parsed.GetValue(_database);
        if (MachineTrouble.WithConnection(database) is { } wrong)
            throw new OperatorException(wrong, ExitCode.Usage);
        return new StorageOptions(data, pins, database);
    }

    /// <summary>An option that takes a day.</summary>
    public Option<DateOnly?> Day(string name, Bilingual description, bool required = false) => new(name)
    {
        Description = In(description), HelpName = "YYYY-MM-DD", Required = required, CustomParser = ReadDay,
    };

    private DateOnly? ReadDay(ArgumentResult given)
    {
        var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        given.AddError(In(($"“{text}”不是日期，请写成 2026-10-31 这样。", $"“{text}” is no date; write it like 2026-10-31.")));
        return null;
    }

    /// <summary>Opens an installation that is to be written: takes its lock, brings the schema up to date when asked, compares the pins.</summary>
    /// <param name="create">True for commands that may begin a new installation.</param>
    /// <param name="clock">Null for the machine's clock, or the demo's where the logs' times are simulated.</param>
    public async Task<Installation> Write(ParseResult parsed, bool create, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        var options = Storage(parsed);
        if (!create)
            MustExist(options);
        var held = DirectoryLock.Take(options);
        Installation? installation = null;
        try
        {
            installation = new Installation(options, clock ?? new SystemClock(), held);
            if (create)
                await installation.Get<DatabaseUpgrade>().Run(cancel);
            await installation.Database.AssertReady(cancel);
            if (clock is null && await DemoSeed.SimulatedUntil(installation.Database, cancel) is { } last)
                installation = await installation.With(new DemoClock(last));
            await installation.Log.CheckPins(cancel);
            if (installation.Log.ReadOnlyReason is { } reason)
                throw new OperatorException(($"现在只能查看，不能写入：{reason.Zh}", $"Nothing may be written: {reason.En}"));
            await installation.Get<ErasePerson>().Reapply(installation.Log, cancel);
            return installation;
        }
        catch
        {
            if (installation is null)
                held.Dispose();
            else
                await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an installation to be read. Takes no lock: works while the server runs.</summary>
    /// <param name="inItsTime">True for what says how things stand today: a demo's year has a today of its own.</param>
    public async Task<Installation> Read(ParseResult parsed, CancellationToken cancel = default, bool inItsTime = false)
    {
        var installation = Unchecked(parsed);
        try
        {
            await installation.Database.AssertReady(cancel);
            if (inItsTime && await DemoSeed.SimulatedUntil(installation.Database, cancel) is { } last)
                installation = await installation.With(new DemoClock(last));
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>An existing installation under its lock, whatever its schema: for migrating.</summary>
    public Installation Locked(ParseResult parsed)
    {
        var options = Storage(parsed);
        MustExist(options);
        return new Installation(options, new SystemClock(), DirectoryLock.Take(options));
    }

    /// <summary>An existing installation to be looked at, whatever its schema and without its lock.</summary>
    public Installation Unchecked(ParseResult parsed)
    {
        var options = Storage(parsed);
        MustExist(options);
        return new Installation(options, new SystemClock(), null);
    }

    private static void MustExist(StorageOptions options)
    {
        if (!(options.Postgres is null ? File.Exists(options.SqliteFile) : Directory.Exists(options.DataDirectory)))
        {
            throw new OperatorException(($"{options.DataDirectory} 里没有和乐的数据。请核对 --data，或先运行 {OperatorCommand.Line("init")}。",
                $"There is no Hele data in {options.DataDirectory}. Check --data, or run {OperatorCommand.Line("init")} first."), ExitCode.System);
        }
    }

    /// <summary>An option that names a jurisdiction, for installations with more than one.</summary>
    public Option<string?> JurisdictionOption() => new("--jurisdiction")
    {
        Description = In(("辖区代码；只有一个辖区时不必写。", "The jurisdiction's code; not needed when there is only one.")), HelpName = "CODE",
    };

    /// <summary>The jurisdiction a command is about.</summary>
    public static async Task<Jurisdiction> Jurisdiction(Installation installation, string? code, CancellationToken cancel = default)
    {
        var all = await installation.Jurisdictions(cancel);
        if (all.Count == 0)
            throw new OperatorException(($"还没有辖区。请先运行 {OperatorCommand.Line("init")}。", $"There is no jurisdiction yet. Run {OperatorCommand.Line("init")} first."));
        var codes = string.Join(", ", all.Select(j => j.Code));
        if (code is not null)
            return all.SingleOrDefault(j => j.Code == code) ?? throw new OperatorException(($"没有代码为 {code} 的辖区；现有：{codes}", $"There is no jurisdiction {code}; there are: {codes}"), ExitCode.Usage);
        return all.Count == 1 ? all[0] : throw new OperatorException(($"有不止一个辖区，请用 --jurisdiction 指明：{codes}", $"There is more than one jurisdiction; say which with --jurisdiction: {codes}"), ExitCode.Usage);
    }

    /// <summary>Says an operation's outcome: nothing when it was accepted, else its refusals. Returns the exit code.</summary>
    public int Refusals(Outcome outcome)
    {
        foreach (var problem in outcome.Problems)
            Error.WriteLine(In(problem.Sentence));
        return outcome.Accepted ? ExitCode.Ok : ExitCode.No;
    }
}

/// <summary>An opened installation: the program's services over its database, and its lock where it is to be written.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DirectoryLock? _held;

    public Installation(StorageOptions options, TimeProvider clock, DirectoryLock? held)
    {
        (Options, _held) = (options, held);
        Services = new ServiceCollection().AddHele(options, clock).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public StorageOptions Options { get; }
    public ServiceProvider Services { get; }
    public Database Database => Get<Database>();

    /// <summary>The file of the signing key. Asked for before anything that needs the key: the log would make a new one where it is missing.</summary>
    public string LogKey => Path.Combine(Options.KeyDirectory, "log.seed");

    public LogService Log => Get<LogService>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The same installation under another clock, its lock kept.</summary>
    public async Task<Installation> With(TimeProvider clock)
    {
        await Services.DisposeAsync();
        return new Installation(Options, clock, _held);
    }

    public async Task<IReadOnlyList<Jurisdiction>> Jurisdictions(CancellationToken cancel = default)
    {
        await using var lease = await Database.Read([], cancel);
        return await lease.Db.Jurisdictions.OrderBy(j => j.Id).ToListAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        _held?.Dispose();
    }
}
