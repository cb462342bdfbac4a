using Hele.Bench;

// ./bench [names]: log, writer, postgres, jurisdictions, http, list, page, access; all of them without a name. Every figure is a ratio against a named peer in the same run.
var names = args.Length == 0 ? ["log", "writer", "postgres", "jurisdictions", "http", "list", "page", "access"] : args;
Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {DateTime.Now:yyyy-MM-dd HH:mm}");
if (names.Contains("log"))
    LogBench.Run(Console.Out);
if (names.Contains("writer") || names.Contains("postgres"))
    await WriterBench.Run(Console.Out, names.Contains("postgres"));
if (names.Contains("http"))
    await HttpBench.Run(Console.Out);
if (names.Contains("access"))
    await AccessBench.Run(Console.Out);
if (names.Contains("jurisdictions"))
    await JurisdictionsBench.Run(Console.Out);
if (names.Contains("list"))
    await ListBench.Run(Console.Out);
if (names.Contains("page"))
    await PageBench.Run(Console.Out);
