using System.CommandLine;

namespace Hele.Cli;

internal static class VerifyCommand
{
    public static Command Make(Frame frame)
    {
        var command = new Command("verify", "");
        command.SetAction((parsed, cancel) => Task.FromResult(ExitCode.System));
        return command;
    }
}
