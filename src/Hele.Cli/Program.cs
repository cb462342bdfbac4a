namespace Hele.Cli;

internal static class Program
{
    private static Task<int> Main(string[] arguments) => HeleCommand.Run(arguments, Console.Out, Console.Error);
}
