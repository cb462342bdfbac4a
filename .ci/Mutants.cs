#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=true
// Mutation testing of one room after the other: started by .ci/mutants, which says how. The whole test project would run for minutes on every
// mutant, so each room gets a small one under out/mutants that compiles its own tests only.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml.Linq;

var root = args[0];
var (asked, only) = (args.ElementAtOrDefault(1), args.Skip(2).ToList());
var rooms = File.ReadLines(Path.Combine(root, ".ci", "mutants.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))
    .Select(c => new Room(c[0], c[1], Globs(c[2]), Globs(c[3]), int.Parse(c[4], CultureInfo.InvariantCulture))).ToList();
var chosen = asked is null ? rooms : rooms.FindAll(r => r.Name == asked);
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"There is no room {asked}; .ci/mutants.csv has {string.Join(", ", rooms.Select(r => r.Name))}.");
    return 2;
}
var failed = 0;
foreach (var room in chosen) failed += Mutate(only.Count == 0 ? room : room with { Mutated = only }) ? 0 : 1;
return failed == 0 ? 0 : 1;

static List<string> Globs(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

bool Mutate(Room room)
{
    var clock = Stopwatch.StartNew();
    var folder = Path.Combine(root, "out", "mutants", room.Name);
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, "Mutants.csproj"), Project(room));
    File.WriteAllText(Path.Combine(folder, "stryker-config.json"), Config(room));
    var output = Path.Combine(folder, "output");
    var report = Path.Combine(output, "reports", "mutation-report.json");
    if (File.Exists(report)) File.Delete(report);

    var start = new ProcessStartInfo("dotnet", ["tool", "run", "dotnet-stryker", "--config-file", "stryker-config.json", "--output", output, "--skip-version-check"])
    {
        WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
    };
    using (var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(folder, "stryker.log")) { AutoFlush = true }))
    using (var stryker = Process.Start(start)!)
    {
        // Whoever stops us stops it too, and the test processes below it.
        void End(PosixSignalContext context) => stryker.Kill(entireProcessTree: true);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        stryker.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        stryker.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        stryker.BeginOutputReadLine();
        stryker.BeginErrorReadLine();
        stryker.WaitForExit();
    }
    if (!File.Exists(report))
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "stryker.log")).TakeLast(30)) Console.WriteLine(line);
        Console.WriteLine($"{room.Name}: no report; what the tool said is in out/mutants/{room.Name}/stryker.log");
        return false;
    }
    return Tell(room, report, clock.Elapsed);
}

// The packages are those of the whole test project, which also lends its name: the rooms show it their internals.
string Project(Room room)
{
    var whole = XDocument.Load(Path.Combine(root, "tests", "Hele.Tests", "Hele.Tests.csproj"));
    var up = "../../../";
    return new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup",
            new XElement("AssemblyName", "Hele.Tests"), new XElement("RootNamespace", "Hele.Tests"), new XElement("OutputType", "Exe"),
            new XElement("IsTestProject", "true"), new XElement("UseMicrosoftTestingPlatformRunner", "true")),
        new XElement("ItemGroup",
            whole.Descendants("FrameworkReference"), whole.Descendants("PackageReference"),
            room.Tests.Select(t => new XElement("Compile", new XAttribute("Include", $"{up}tests/Hele.Tests/{t}"))),
            new XElement("None", new XAttribute("Include", up + "tests/Hele.Tests/data/**/*"), new XAttribute("LinkBase", "data"), new XAttribute("CopyToOutputDirectory", "PreserveNewest")),
            new XElement("ProjectReference", new XAttribute("Include", $"{up}{room.Project}/{Path.GetFileName(room.Project)}.csproj")),
            new XElement("ProjectReference", new XAttribute("Include", up + "tests/Hele.TestKit/Hele.TestKit.csproj")))).ToString();
}

static string Config(Room room) => JsonSerializer.Serialize(new Dictionary<string, object>
{
    ["stryker-config"] = new Dictionary<string, object>
    {
        ["project"] = Path.GetFileName(room.Project) + ".csproj",
        ["test-runner"] = "mtp",
        ["configuration"] = "Release",
        ["mutate"] = room.Mutated,
        ["reporters"] = new[] { "json" },
        // The tests of a room already use every processor.
        ["concurrency"] = 1,
        ["thresholds"] = new { high = 100, low = room.Least, @break = 0 },
        // The words inside an exception are for whoever programs: that it is thrown is tested, its text isn't.
        ["ignore-methods"] = new[] { "*Exception.ctor" },
    },
});

// What wasn't covered counts as survived: no test would have noticed.
static bool Tell(Room room, string report, TimeSpan took)
{
    var (all, caught, survivors) = (0, 0, new List<string>());
    Console.WriteLine($"{room.Name,-32} {"killed",8} {"timeout",8} {"survived",9} {"untested",9} {"percent",8}");
    using var read = JsonDocument.Parse(File.ReadAllBytes(report));
    foreach (var file in read.RootElement.GetProperty("files").EnumerateObject().OrderBy(f => f.Name, StringComparer.Ordinal))
    {
        var lines = file.Value.GetProperty("source").GetString()!.Split('\n');
        var count = new Dictionary<string, int>();
        foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray().OrderBy(m => m.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32()))
        {
            var status = mutant.GetProperty("status").GetString()!;
            count[status] = count.GetValueOrDefault(status) + 1;
            if (status is not ("Survived" or "NoCoverage")) continue;
            var (from, to) = (mutant.GetProperty("location").GetProperty("start"), mutant.GetProperty("location").GetProperty("end"));
            survivors.Add($"  {file.Name}:{from.GetProperty("line")} {mutant.GetProperty("mutatorName").GetString()}: {OneLine(Between(lines, from, to))}  =>  {OneLine(mutant.GetProperty("replacement").GetString()!)}"
                + (status == "NoCoverage" ? " (no test comes here)" : ""));
        }
        int Of(string status) => count.GetValueOrDefault(status);
        var (good, bad) = (Of("Killed") + Of("Timeout"), Of("Survived") + Of("NoCoverage"));
        (all, caught) = (all + good + bad, caught + good);
        if (good + bad > 0) Console.WriteLine($"{Path.GetFileName(file.Name),-32} {Of("Killed"),8} {Of("Timeout"),8} {Of("Survived"),9} {Of("NoCoverage"),9} {100.0 * good / (good + bad),8:0.0}");
    }
    foreach (var survivor in survivors) Console.WriteLine(survivor);
    var percent = all == 0 ? 0 : 100.0 * caught / all;
    var holds = percent >= room.Least;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{room.Name}: {caught} of {all} mutants noticed, {percent:0.0} % ({(holds ? "at least" : "less than")} {room.Least} %), in {(int)took.TotalMinutes} min {took.Seconds} s"));
    return holds;
}

static string Between(string[] lines, JsonElement from, JsonElement to)
{
    var (l1, c1, l2, c2) = (from.GetProperty("line").GetInt32() - 1, from.GetProperty("column").GetInt32() - 1, to.GetProperty("line").GetInt32() - 1, to.GetProperty("column").GetInt32() - 1);
    if (l1 == l2) return lines[l1][c1..Math.Min(c2, lines[l1].Length)];
    return string.Join(' ', [lines[l1][c1..], .. lines[(l1 + 1)..l2], lines[l2][..Math.Min(c2, lines[l2].Length)]]);
}

static string OneLine(string code)
{
    var one = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    return one.Length <= 160 ? one : one[..160] + " ...";
}

/// <param name="Project">The folder of the project that is mutated.</param>
/// <param name="Mutated">Globs below it; with ! before it, what is left out.</param>
/// <param name="Tests">Globs below tests/Hele.Tests.</param>
/// <param name="Least">Mutants of a hundred that must be noticed.</param>
sealed record Room(string Name, string Project, List<string> Mutated, List<string> Tests, int Least);
