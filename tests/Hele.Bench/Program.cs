using Hele.Bench;

// ./bench [names]: log, writer, postgres, jurisdictions, http, list, page, report, serve[=minutes], access, streets[=town,…], roster[=weeks,rounds], partition[=town,…], placement, cover[=most,all,large], endure[=minutes]; all of them without a name. Every figure is a ratio against a named peer in the same run.
var names = args.Length == 0 ? ["log", "writer", "postgres", "jurisdictions", "http", "list", "page", "report", "serve", "access", "streets", "roster", "partition", "placement", "cover", "endure"] : args;
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
if (names.Contains("report"))
    await ReportBench.Run(Console.Out);
if (Array.Find(names, n => n.Split('=')[0] == "serve") is { } serve)
    await ServeBench.Run(Console.Out, serve.Split('=') is [_, var minutes] ? double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture) : 10);
if (Array.Find(names, n => n.Split('=')[0] == "streets") is { } streets)
    StreetsBench.Run(Console.Out, streets.Split('=') is [_, var towns] ? towns.Split(',') : []);
if (Array.Find(names, n => n.Split('=')[0] == "roster") is { } roster)
    RosterBench.Run(Console.Out, roster.Split('=') is [_, var parts] ? parts.Split(',') : []);
if (Array.Find(names, n => n.Split('=')[0] == "partition") is { } partition)
    PartitionBench.Run(Console.Out, partition.Split('=') is [_, var places] ? places.Split(',') : []);
if (names.Contains("placement"))
    MedianBench.Run(Console.Out);
if (Array.Find(names, n => n.Split('=')[0] == "cover") is { } cover)
    CoverBench.Run(Console.Out, cover.Split('=') is [_, var questions] ? questions.Split(',') : []);
if (Array.Find(names, n => n.Split('=')[0] == "endure") is { } endure)
    EnduranceBench.Run(Console.Out, endure.Split('=') is [_, var length] ? double.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 5);
