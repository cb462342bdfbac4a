namespace Hele.TestKit;

/// <summary>The pages under docs/generated: made by code, checked by a test, never edited by hand.</summary>
public static class Generated
{
    /// <summary>
    /// Fails when docs/generated/<paramref name="name"/> is not exactly <paramref name="text"/>; with HELE_WRITE_GENERATED=1 it writes the
    /// file instead. The text must be the same on every machine: order everything, name no time and no path.
    /// </summary>
    public static void Check(string name, string text)
    {
        text = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var file = Repo.At("docs", "generated", name);
        if (Environment.GetEnvironmentVariable("HELE_WRITE_GENERATED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!File.Exists(file) || File.ReadAllText(file) != text)
                File.WriteAllText(file, text);
            return;
        }

        const string Cure = "Run: HELE_WRITE_GENERATED=1 ./test quick   and commit what changed.";
        if (!File.Exists(file))
            Xunit.Assert.Fail($"docs/generated/{name} does not exist. {Cure}");
        var there = File.ReadAllText(file).Split('\n');
        var now = text.Split('\n');
        for (var i = 0; i < Math.Max(there.Length, now.Length); i++)
        {
            var (old, fresh) = (there.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
            if (old != fresh)
                Xunit.Assert.Fail($"docs/generated/{name} is out of date from line {i + 1} on:\n- {old ?? "(end)"}\n+ {fresh ?? "(end)"}\n{Cure}");
        }
    }
}
