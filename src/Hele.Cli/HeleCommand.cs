using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary>How a command ended, as its exit code says.</summary>
public static class ExitCode
{
    /// <summary>Done; for verify and health: nothing wrong.</summary>
    public const int Ok = 0;

    /// <summary>It ran and said no: refused, or something was found.</summary>
    public const int No = 1;

    /// <summary>The command was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The machine or the database did not let it.</summary>
    public const int System = 3;
}

/// <summary><c>hele</c>: the operator's command line. One file per command; this one knows them all and turns what went wrong into words.</summary>
public static class HeleCommand
{
    /// <summary>Runs one command line and returns its exit code. Results go to <paramref name="output"/>, progress and refusals to <paramref name="error"/>.</summary>
    /// <param name="input">Where secrets are typed; the console by default.</param>
    /// <param name="language">zh or en; by default what --lang says, else the environment's LC_ALL, LC_MESSAGES or LANG.</param>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, string? language = null, TextReader? input = null, CancellationToken cancel = default)
    {
        var frame = new Frame(output, error, LanguageOf(arguments) ?? language ?? LanguageOfEnvironment(), input ?? Console.In);
        // The parser's own sentences follow the culture. It is put back: a test runs many command lines in one process.
        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(frame.Language == "zh" ? "zh-Hans" : "en");
        try
        {
            return await Run(frame, arguments, cancel);
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private static async Task<int> Run(Frame frame, string[] arguments, CancellationToken cancel)
    {
        var root = new Command(Help.Program, frame.In(("和乐：社区诉求办理系统的运维命令。", "The operator's commands of Hele.")));
        root.Options.Add(new HelpOption { Action = new Help() });
        root.Options.Add(new VersionOption());
        frame.AddTo(root);
        foreach (var command in new[]
        {
            InitCommand.Make(frame), AdminCommand.Make(frame), SeedCommand.Make(frame), MigrateCommand.Make(frame),
            FiguresCommand.Make(frame), ReportCommand.Make(frame), VerifyCommand.Make(frame), EvidenceCommand.Make(frame), HealthCommand.Make(frame), KeysCommand.Make(frame), EraseCommand.Make(frame), PurgeCommand.Make(frame), SealsCommand.Make(frame), IndexCommand.Make(frame), MailCommand.Make(frame), BackupCommand.Make(frame), RestoreCommand.Make(frame),
        })
            root.Subcommands.Add(command);

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors.Select(e => e.Message).Distinct())
                await frame.Error.WriteLineAsync(wrong);
            if (parsed.UnmatchedTokens.Any(t => t.StartsWith('-')))
            {
                var known = string.Join(' ', OptionsOf(parsed.CommandResult.Command).Select(o => o.Name));
                await frame.Error.WriteLineAsync(frame.In(($"这条命令的选项：{known}", $"The options of this command: {known}")));
            }
            var help = OperatorCommand.Line(string.Join(' ', Path(parsed.CommandResult.Command).Append("--help")));
            await frame.Error.WriteLineAsync(frame.In(($"用法见：{help}", $"See: {help}")));
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = frame.Output, Error = frame.Error, EnableDefaultExceptionHandler = false }, cancel);
        }
        catch (OperatorException refusal)
        {
            await frame.Error.WriteLineAsync(frame.In(refusal.Sentence));
            return refusal.ExitCode;
        }
        catch (BackupException refusal)
        {
            await frame.Error.WriteLineAsync(frame.In(refusal.Sentence));
            return ExitCode.No;
        }
        catch (DemoRefusedException refusal)
        {
            await frame.Error.WriteLineAsync(frame.In(refusal.Sentence));
            return ExitCode.No;
        }
        catch (StartupException failure)
        {
            await frame.Error.WriteLineAsync(frame.In(failure.Sentence));
            return failure is DirectoryHeldException ? ExitCode.No : ExitCode.System;
        }
        catch (OperationCanceledException)
        {
            await frame.Error.WriteLineAsync(frame.In(("已中断。", "Interrupted.")));
            return ExitCode.System;
        }
        catch (Exception failure) when (MachineTrouble.Says(failure) is { } cause)
        {
            await frame.Error.WriteLineAsync(frame.In(cause));
            return ExitCode.System;
        }
    }

    /// <summary>The command's words, without the program's own.</summary>
    private static IEnumerable<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Path(parent).Append(command.Name) : [];

    /// <summary>Its own, then those of every command.</summary>
    private static IEnumerable<Option> OptionsOf(Command command) => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(o => o.Recursive)).Where(o => !o.Hidden);

    private static string? LanguageOf(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--lang" && i + 1 < arguments.Length)
                return Known(arguments[i + 1]);
            if (arguments[i].StartsWith("--lang=", StringComparison.Ordinal))
                return Known(arguments[i]["--lang=".Length..]);
        }
        return null;

        static string? Known(string given) => given is "zh" or "en" ? given : null;
    }

    private static string LanguageOfEnvironment()
    {
        var said = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return said?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? "zh" : "en";
    }
}

/// <summary>The parser's help, with the program called in its usage line as it can be typed.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    public const string Program = "hele";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        var (output, text) = (parsed.InvocationConfiguration.Output, new StringWriter());
        parsed.InvocationConfiguration.Output = text;
        var code = new HelpAction().Invoke(parsed);
        output.Write(text.ToString().Replace($"\n  {Program} ", $"\n  {OperatorCommand.Name} ", StringComparison.Ordinal));
        return code;
    }
}

/// <summary>A command can't do what was asked, for a reason the operator understands and can change.</summary>
public sealed class OperatorException(Bilingual sentence, int exitCode = ExitCode.No) : Exception(sentence.En)
{
    public Bilingual Sentence => sentence;
    public int ExitCode => exitCode;
}
