using System.Text;
using System.Text.Json;
using Hele.Evidence;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>
/// The page that verifies in a browser says word for word what the library says, about honest files and about tampered ones: two implementations, two
/// languages, one answer. It is opened from the disk, as its reader does, and asks nobody for anything.
/// </summary>
public class VerifierPageTests(BrowserFixture browser)
{
    private const string Origin = "hele.example/410105001001", Code = "410105001001";
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 1, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Signer = new(Origin, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly NoteSigner Stranger = new(Origin, [.. Enumerable.Range(7, 32).Select(i => (byte)i)]);
    private static readonly string Key = Signer.VerifierKey.ToString();
    private static readonly (string Field, byte[] Value)[] Shown =
    [
        ("Text", ValueBytes.Text("楼道灯坏了\n第二行 \\ \"引号\" \u202e藏 {0} $& <b>粗</b>")), ("FiledAt", ValueBytes.Instant(Begin)), ("Note", ValueBytes.Null()), ("Blank", ValueBytes.Text("")),
        ("DueOn", ValueBytes.Date(new DateOnly(2026, 12, 7))), ("State", ValueBytes.Enum("Filed")), ("Count", ValueBytes.Integer(-3)), ("Public", ValueBytes.Bool(true)),
        ("Sealed", ValueBytes.Bytes([1, 2, 3])), ("None", ValueBytes.Bytes([])), ("Area", ValueBytes.Guid(Guid.Parse("0190c0de-0000-7000-8000-000000000001"))),
    ];

    private static byte[] Salt(int i) => [(byte)i, (byte)(i >> 8), .. new byte[30]];

    private static EntryText Entry(int i, bool confidential = false, string jurisdiction = Code)
    {
        var builder = new EntryBuilder(Salt(i)).Add("@actor", ValueBytes.Text("nobody's business"));
        foreach (var (field, value) in Shown)
            builder.Add(field, value);
        var id = new Guid(i, 0, 0, new byte[8]);
        return confidential ? builder.BuildConfidential(Begin.AddMinutes(i), jurisdiction, id) : builder.Build(i % 3 == 0 ? "appeal.filed" : "appeal.answered", Begin.AddMinutes(i), jurisdiction, id);
    }

    private static readonly EntryText[] Entries = [.. Enumerable.Range(0, 37).Select(i => Entry(i, confidential: i % 5 == 4))];

    private static MemoryLog Log(IEnumerable<EntryText> entries)
    {
        var log = new MemoryLog();
        foreach (var entry in entries)
            log.Append(entry.Bytes.Span);
        return log;
    }

    private static string Receipt(int index, bool giveSalt)
    {
        var log = Log(Entries);
        var note = Signer.SignNote(new Checkpoint(Origin, Entries.Length, log.Root()));
        return ReceiptFile.Create(Entries[index], Salt(index), Shown, new InclusionReceipt(index, Entries.Length, Entries[index].LeafHash(), log.InclusionProof(index, Entries.Length)), note, giveSalt).ToText();
    }

    private static async Task<byte[]> MakeKit(IReadOnlyList<EntryText>? entries = null, int? size = null, NoteSigner? signer = null)
    {
        entries ??= Entries;
        using var output = new MemoryStream();
        var n = size ?? entries.Count;
        var note = (signer ?? Signer).SignNote(new Checkpoint(Origin, n, Log(entries.Take(n)).Root()));
        await Kit.Write(output, Code, Begin.AddDays(1), Signer.VerifierKey, note, entries.ToAsyncEnumerable().Select(e => e.Bytes), [("README.txt", "read me"u8.ToArray())], TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>The page, opened as a file.</summary>
    private async Task<(BrowserVisit Visit, string File)> Open(Screen screen = Screen.Desk, string language = "zh-CN")
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hele-verifier-").FullName, VerifierPage.FileName);
        await File.WriteAllBytesAsync(file, VerifierPage.Html, TestContext.Current.CancellationToken);
        var visit = await browser.Open(screen: screen, language: language);
        await visit.Page.GotoAsync("file://" + file);
        return (visit, file);
    }

    private sealed record Said(bool Ok, string[] Codes, string[] Zh, string[] En);

    private const string Tell = """
        r => ({ ok: r.ok, codes: r.findings.map(f => f.code + (f.holds ? '+' : '-')),
          zh: [...r.findings.map(f => Verifier.sentence(f, 'zh')), ...r.limits.map(l => Verifier.sentence({ says: l, args: [] }, 'zh'))],
          en: [...r.findings.map(f => Verifier.sentence(f, 'en')), ...r.limits.map(l => Verifier.sentence({ says: l, args: [] }, 'en'))] })
        """;

    private static Said Of(bool ok, IReadOnlyList<Finding> findings, IReadOnlyList<Sentence> limits) => new(ok, [.. findings.Select(f => f.Code + (f.Holds ? "+" : "-"))],
        [.. findings.Select(f => f.Says.Zh), .. limits.Select(l => l.Zh)], [.. findings.Select(f => f.Says.En), .. limits.Select(l => l.En)]);

    private static Said Of(JsonElement said) => new(said.GetProperty("ok").GetBoolean(), Strings(said, "codes"), Strings(said, "zh"), Strings(said, "en"));

    private static string[] Strings(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private static void Same(Said library, Said page, string about)
    {
        Assert.True(library.Codes.SequenceEqual(page.Codes) && library.Zh.SequenceEqual(page.Zh) && library.En.SequenceEqual(page.En) && library.Ok == page.Ok,
            $"{about}\nlibrary: {library.Ok}\n{string.Join('\n', library.En)}\npage: {page.Ok}\n{string.Join('\n', page.En)}");
    }

    [Fact]
    public async Task Receipts_HonestAndTampered_GetTheLibrarysWords()
    {
        var (visit, _) = await Open();
        await using var _v = visit;
        var random = new Random(20261128);
        var cases = new List<(string About, string Text, string Key)>();
        foreach (var (index, salt) in new[] { (0, false), (3, true), (4, false), (4, true), (36, false) })
        {
            var text = Receipt(index, salt);
            cases.Add(($"honest {index} {salt}", text, Key));
            cases.Add(($"of another system {index}", "\ufeff" + text.Replace("\n", "\r\n", StringComparison.Ordinal), Key));
            cases.Add(($"another key {index}", text, Stranger.VerifierKey.ToString()));
            cases.Add(($"no key {index}", text, "hele.example+00+AAAA"));
            for (var i = 0; i < 60; i++)
            {
                var at = random.Next(text.Length);
                var other = "Aa0 =+/\n\\u—楼Z9z"[random.Next(15)];
                cases.Add(($"letter {at} of {index} {salt} is {other}", text[..at] + other + text[(at + 1)..], Key));
                cases.Add(($"letter {at} of {index} {salt} left out", text[..at] + text[(at + 1)..], Key));
            }
        }
        var said = await visit.Page.EvaluateAsync<JsonElement>($"cases => cases.map(c => Verifier.receipt(c[0], c[1])).map({Tell})", cases.Select(c => new[] { c.Text, c.Key }).ToArray());
        var answers = said.EnumerateArray().ToList();
        Assert.Equal(cases.Count, answers.Count);
        for (var i = 0; i < cases.Count; i++)
        {
            var found = OfflineVerifier.Verify(cases[i].Text, cases[i].Key);
            Same(Of(found.Ok, found.Findings, found.Limits), Of(answers[i]), cases[i].About);
        }
        Assert.All(Enumerable.Range(0, cases.Count).Where(i => cases[i].About.StartsWith("honest", StringComparison.Ordinal)), i => Assert.True(answers[i].GetProperty("ok").GetBoolean(), cases[i].About));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Kits_HonestAndTampered_GetTheLibrarysWords()
    {
        var (visit, _) = await Open();
        await using var _v = visit;
        var random = new Random(20261129);
        var kit = await MakeKit();
        var log = Log(Entries);
        string Groups(int size) => $"{size} {Pinned.Groups(Log(Entries.Take(size)).Root())}";
        var note = Signer.SignNote(new Checkpoint(Origin, 20, Log(Entries.Take(20)).Root())).ToString();
        string OfEpoch(int size, int root, string epoch = "/2") => new NoteSigner(Origin + epoch, new byte[32]).SignNote(new Checkpoint(Origin + epoch, size, Log(Entries.Take(root)).Root())).ToString();
        var swapped = Entries.ToArray();
        (swapped[7], swapped[8]) = (swapped[8], swapped[7]);
        var cases = new List<(string About, byte[] Kit, string Key, string[] Pinned)>
        {
            ("alone", kit, "", []), ("with its key", kit, Key, []), ("with another's key", kit, Stranger.VerifierKey.ToString(), []), ("with no key", kit, "nonsense", []),
            ("against the notice board", kit, Key, [Groups(12), Groups(37), Groups(0), note]),
            ("against another past", kit, Key, ["12 " + Pinned.Groups(log.Root())]),
            ("against a longer one", kit, Key, ["38 " + Pinned.Groups(log.Root())]),
            ("against another log", kit, Key, [new NoteSigner("other.example/1", new byte[32]).SignNote(new Checkpoint("other.example/1", 3, log.Root())).ToString()]),
            ("against the same log before or after a restore", kit, Key, [OfEpoch(12, 12), OfEpoch(37, 37)]),
            ("against what a restore lost", kit, Key, [OfEpoch(12, 37), OfEpoch(38, 37)]),
            ("against a log whose name only looks like an epoch", kit, Key, [OfEpoch(12, 12, "/02"), OfEpoch(12, 12, "/10000"), OfEpoch(12, 12, "/x")]),
            ("against a stranger's note", kit, Key, [Stranger.SignNote(new Checkpoint(Origin, 37, log.Root())).ToString()]),
            ("moved", await MakeKit(swapped), Key, [Groups(37)]),
            ("more entries than signed", await MakeKit(size: 30), "", []),
            ("a stranger's checkpoint", await MakeKit(signer: Stranger), "", []),
            ("of another place", await MakeKit([.. Entries.Take(5), Entry(5, jurisdiction: "410105001002")]), "", []),
            ("no zip", "PK\u0003\u0004 no zip"u8.ToArray(), "", []),
        };
        for (var i = 0; i < 150; i++)
        {
            var copy = kit.ToArray();
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
            cases.Add(($"tampered {i}", copy, "", []));
        }
        var said = await visit.Page.EvaluateAsync<JsonElement>(
            $"async cases => {{ const out = []; for (const [kit, key, pins] of cases) out.push(({Tell})(await Verifier.kit(new Blob([Uint8Array.from(atob(kit), c => c.charCodeAt(0))]), key, pins.map(Verifier.pinned)))); return out; }}",
            cases.Select(c => new object[] { Convert.ToBase64String(c.Kit), c.Key, c.Pinned }).ToArray());
        var answers = said.EnumerateArray().ToList();
        for (var i = 0; i < cases.Count; i++)
        {
            using var stream = new MemoryStream(cases[i].Kit);
            var report = await KitVerifier.Verify(stream, cases[i].Key.Length > 0 ? cases[i].Key : null, [.. cases[i].Pinned.Select(p => Pinned.TryParse(p, out var read) ? read : throw new FormatException(p))],
                cancel: TestContext.Current.CancellationToken);
            // What neither reads the same way is the archive's own bookkeeping (dates, flags): there the library may be stricter or laxer, but nothing is proved by one alone.
            Same(Of(report.Ok, report.Findings, report.Limits), Of(answers[i]), cases[i].About);
        }
        Assert.Equal([true, true, false, false, true], answers.Take(5).Select(a => a.GetProperty("ok").GetBoolean()));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Signatures_OfThePublishedVectors_AreTakenAndRefusedAsPublished()
    {
        var (visit, _) = await Open();
        await using var _v = visit;
        var file = Path.Combine(Repo.Root, "tests", "Hele.Tests", "data", "wycheproof", "ed25519_test.json");
        var vectors = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        var cases = vectors.GetProperty("testGroups").EnumerateArray().SelectMany(g => g.GetProperty("tests").EnumerateArray().Select(t => (
            Id: t.GetProperty("tcId").GetInt32(), Key: g.GetProperty("publicKey").GetProperty("pk").GetString()!, Message: t.GetProperty("msg").GetString()!, Signature: t.GetProperty("sig").GetString()!,
            Valid: t.GetProperty("result").GetString() == "valid"))).ToList();
        Assert.True(cases.Count > 100);
        var taken = await visit.Page.EvaluateAsync<bool[]>(
            "cases => { const hex = s => Uint8Array.from(s.match(/../g) ?? [], d => parseInt(d, 16)); return cases.map(c => Verifier.signed(hex(c[0]), hex(c[1]), hex(c[2]))); }",
            cases.Select(c => new[] { c.Message, c.Signature, c.Key }).ToArray());
        Assert.Equal(cases.Select(c => (c.Id, c.Valid)), cases.Zip(taken, (c, t) => (c.Id, t)));
    }

    [Theory]
    [InlineData(Screen.Phone, "zh-CN", "核验", "证明成立", "证明不成立")]
    [InlineData(Screen.Desk, "en-GB", "Verify", "The proof holds", "The proof does not hold")]
    public async Task Page_UsedByAPerson_SaysWhatIsMissing_AndWhatIsProved(Screen screen, string language, string verify, string holds, string not)
    {
        var (visit, file) = await Open(screen, language);
        await using var _v = visit;
        var page = visit.Page;
        var go = page.GetByRole(AriaRole.Button, new() { Name = verify, Exact = true });
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#problem")).Not.ToBeEmptyAsync();
        await Axe.AssertNoSerious(page);

        var folder = Path.GetDirectoryName(file)!;
        var kit = Path.Combine(folder, "kit.zip");
        await File.WriteAllBytesAsync(kit, await MakeKit(), TestContext.Current.CancellationToken);
        await page.SetInputFilesAsync("#file", kit);
        await page.FillAsync("#pins", "12 nothing");
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("1");
        await page.FillAsync("#pins", $"12 {Pinned.Groups(Log(Entries.Take(12)).Root()).ToUpperInvariant()}\n\n{Signer.SignNote(new Checkpoint(Origin, 20, Log(Entries.Take(20)).Root()))}");
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#result h2")).ToHaveTextAsync(holds);
        await Assertions.Expect(page.Locator("#result li")).ToHaveCountAsync(6);
        await page.Locator("#result summary").ClickAsync();
        await Axe.AssertNoSerious(page);
        await visit.AssertFitsTheScreen();
        await visit.Shot($"verifier-{screen}-kit");

        // A receipt can't bring its own key, or anybody could have made both.
        var receipt = Path.Combine(folder, "proof.txt");
        await File.WriteAllTextAsync(receipt, Receipt(3, giveSalt: false), new UTF8Encoding(false), TestContext.Current.CancellationToken);
        await page.SetInputFilesAsync("#file", receipt);
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#problem")).Not.ToBeEmptyAsync();
        await page.FillAsync("#key", Key);
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#result h2")).ToHaveTextAsync(holds);
        // What was logged is shown as text, whatever it looks like.
        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("<b>粗</b>");
        await page.FillAsync("#key", Stranger.VerifierKey.ToString());
        await go.ClickAsync();
        await Assertions.Expect(page.Locator("#result h2")).ToHaveTextAsync(not);
        await visit.AssertFitsTheScreen();
        await visit.Shot($"verifier-{screen}-receipt");
        visit.AssertQuiet();

        // Another script in the file doesn't run: the page names its own by their hash.
        var changed = Path.Combine(folder, "changed.html");
        await File.WriteAllTextAsync(changed, Encoding.UTF8.GetString(VerifierPage.Html.Span).Replace("</main>", "</main><script>document.title = 'taken over'</script>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await page.GotoAsync("file://" + changed);
        Assert.NotEqual("taken over", await page.TitleAsync());
    }
}
