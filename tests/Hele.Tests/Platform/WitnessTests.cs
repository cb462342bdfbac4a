using System.Net;
using System.Text;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Evidence;
using Hele.Tests.Figures;
using Hele.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>One installation is a witness for another's log: it cosigns what only grew, once, and nothing else, whoever asks at the same time.</summary>
public class WitnessTests
{
    private const string Name = "witness.example/hewan";

    private static async Task<(TestHost Host, WitnessAddress Address)> StartWitness(TestDatabase kind, params string[] keys)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hele-witness-").FullName, "logs");
        await File.WriteAllLinesAsync(file, ["# whom we watch", "", .. keys], TestContext.Current.CancellationToken);
        var host = await TestHost.Start(kind, listens: true, arguments: ["--witness-for", file, "--witness-name", Name]);
        var prefix = new Uri(host.Address, "witness/");
        return (host, new WitnessAddress(prefix, VerifierKey.TryParse((await host.Browser().GetStringAsync("/witness/key")).Trim(), out var key) ? key : throw new FormatException()));
    }

    private static Witnesses Asking(TestInstallation hele, params WitnessAddress[] addresses) => new(hele.Database, hele.Log, hele.Options, NullLogger<Witnesses>.Instance, addresses);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ask_ALogThatGrows_IsCosigned_AndOneThatWasPutBackOrRewrittenIsRefused(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        await using var rewritten = await HistoryTemplate.Copy(kind);
        await using var putBack = await HistoryTemplate.Copy(kind);
        var code = TestInstallation.HexiCode;
        var key = hele.Log.VerifierKey($"{TestInstallation.OriginPrefix}/{code}").ToString();
        var (host, address) = await StartWitness(kind, key);
        await using var kept = host;
        using var witnesses = Asking(hele, address);

        await witnesses.Ask(TestContext.Current.CancellationToken);
        var first = Assert.Single(witnesses.Of(code));
        Assert.Equal((Name, false, (string?)null), (first.Name, first.Refused, first.Trouble));
        // The neighbours' log isn't one it watches: no alarm.
        Assert.Contains("404", Assert.Single(witnesses.Of(TestInstallation.OtherCode)).Trouble);

        await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        await witnesses.Ask(TestContext.Current.CancellationToken);
        var second = Assert.Single(witnesses.Of(code));
        Assert.True(second.Size > first.Size && !second.Refused);
        Assert.True(SignedNote.TryParse(await File.ReadAllTextAsync(witnesses.FileOf(code), TestContext.Current.CancellationToken), out var note));
        Assert.True(Cosignature.TryVerify(address.Key, note, out _) && NoteVerifier.Parse(key).Verify(note));
        Assert.True(Pinned.TryParse(note.ToString(), out var pinned) && pinned.Size == second.Size);

        // Another start knows what was cosigned, and asks nothing anew while the log stands still.
        using (var again = Asking(hele, address with { Prefix = new Uri("http://127.0.0.1:1/") }))
        {
            await again.Ask(TestContext.Current.CancellationToken);
            Assert.Equal(second, Assert.Single(again.Of(code)));
        }

        // The same log up to the copy, and then another past; and the log as it was before.
        await rewritten.TakeDown(await rewritten.Viewer(TestPeople.Zhou), new(2026, 10, 28));
        await rewritten.TakeDown(await rewritten.Viewer(TestPeople.Zhou), new(2026, 10, 28));
        foreach (var other in new[] { rewritten, putBack })
        {
            using var asking = Asking(other, address);
            await asking.Ask(TestContext.Current.CancellationToken);
            Assert.True(Assert.Single(asking.Of(code)).Refused);
            Assert.False(File.Exists(asking.FileOf(code)));
        }
        // It didn't move the witness.
        await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        await witnesses.Ask(TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(witnesses.Of(code)) is { Refused: false, Trouble: null } third && third.Size > second.Size);

        // A witness that is away is trouble, no alarm.
        using var away = Asking(hele, address with { Prefix = new Uri("http://127.0.0.1:1/") });
        await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        await away.Ask(TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(away.Of(code)) is { Refused: false, Trouble: not null });
    }

    /// <summary>A declared restore goes on under another name with another key: once the witness was given it, it cosigns, and nobody takes the loss for a fraud or the other way round.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ask_ALogThatWasRestored_IsCosignedUnderItsNewName_AndWhatWasCosignedBeforeIsKept(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        await using var restored = await HistoryTemplate.Copy(kind);
        var (code, origin) = (TestInstallation.HexiCode, $"{TestInstallation.OriginPrefix}/{TestInstallation.HexiCode}");
        var (host, address) = await StartWitness(kind, hele.Log.VerifierKey(origin).ToString(), hele.Log.VerifierKey(origin + "/2").ToString());
        await using var kept = host;
        await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        await hele.Log.PinNow();
        using (var witnesses = Asking(hele, address))
            await witnesses.Ask(TestContext.Current.CancellationToken);

        // The other one is the state from before, beside today's pins.
        foreach (var file in new[] { code + ".checkpoint", code + ".witnessed" })
            File.Copy(Path.Combine(hele.Options.PinDirectory, file), Path.Combine(restored.Options.PinDirectory, file), overwrite: true);
        var place = await restored.Read(async db => await restored.Get<JurisdictionDirectory>().Get(db, TestInstallation.Hexi));
        var (sun, he) = (await restored.Viewer(TestPeople.Sun), await restored.Viewer(TestPeople.He));
        Assert.True((await restored.Get<DeclareEpoch>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, place,
            new(null, new(sun.AccountId, Role.SystemAdministrator), new(he.AccountId, Role.SecurityAdministrator)), TestContext.Current.CancellationToken)).Accepted);

        using var again = Asking(restored, address);
        await again.Ask(TestContext.Current.CancellationToken);
        Assert.Equal((false, null, await restored.Size()), Assert.Single(again.Of(code)) is var state ? (state.Refused, state.Trouble, state.Size) : default);
        Assert.Contains(origin + "/2\n", await File.ReadAllTextAsync(again.FileOf(code), TestContext.Current.CancellationToken));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(hele.Options.PinDirectory, code + ".witnessed"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(again.FileOf(code) + ".before-2", TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Add_ManyAtOnce_CosignsOneChain_AndTellsTheOthersWhereItIs(TestDatabase kind)
    {
        const string origin = "log.example/1";
        using var signer = new NoteSigner(origin, new byte[32]);
        var (host, address) = await StartWitness(kind, signer.VerifierKey.ToString());
        await using var kept = host;
        using var client = new HttpClient { BaseAddress = address.Prefix };
        var log = new MemoryLog();
        for (var i = 0; i < 200; i++)
            log.Append(Encoding.ASCII.GetBytes($"leaf {i}"));
        byte[] RootOf(int size) => log.Root(size);
        Task<HttpResponseMessage> Send(int old, int size, byte[]? root = null) => client.PostAsync("add-checkpoint", new StringContent(
            new WitnessRequest(old, old == 0 ? [] : log.ConsistencyProof(old, size), signer.SignNote(new Checkpoint(origin, size, root ?? RootOf(size)))).ToText()), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await Send(0, 10)).StatusCode);
        // Twenty that all hold the witness to be at 10: one is right, the others hear where it is now.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (Size: 20 + i, Answer: await Send(10, 20 + i))));
        var accepted = Assert.Single(answers, a => a.Answer.StatusCode == HttpStatusCode.OK);
        foreach (var (size, answer) in answers.Where(a => a.Size != accepted.Size))
        {
            Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", $"{accepted.Size}\n"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
        Assert.True(SignedNote.TryParse(signer.SignNote(new Checkpoint(origin, accepted.Size, RootOf(accepted.Size))) + await accepted.Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), out var note));
        Assert.True(Cosignature.TryVerify(address.Key, note, out _));

        Assert.Equal(HttpStatusCode.Conflict, (await Send(accepted.Size, accepted.Size, RootOf(3))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(accepted.Size, 190, RootOf(180))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send(accepted.Size, 200)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("add-checkpoint", new StringContent("hello"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("add-checkpoint", new StringContent(new string('x', WitnessRequest.MaxLength + 100)), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains(origin, (await HtmlPage.Get(host.Browser(), "/log")).Text("aside"));
    }

    /// <summary>What a visitor reads of the witnesses on the log's page: who signed how much and where the signature is, that one can't be reached, and on every page of the staff that one refuses.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LogPage_SaysWhoSigned_ThatOneIsAway_AndThatOneRefuses(TestDatabase kind)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var other = await TestInstallation.Create(kind);
        var (code, key) = (TestInstallation.HexiCode, other.Log.VerifierKey($"{TestInstallation.OriginPrefix}/{TestInstallation.HexiCode}"));
        var (witness, address) = await StartWitness(kind, key.ToString());
        await using var kept = witness;
        var file = Path.Combine(Directory.CreateTempSubdirectory("hele-witnesses-").FullName, "witnesses");
        await File.WriteAllTextAsync(file, $"{address.Prefix} {address.Key}\nhttp://127.0.0.1:1/ {Cosignature.KeyFor("away.example/w", new byte[32])}\n", cancel);

        await using (var host = await TestHost.Start(kind, arguments: ["--witnesses", file]))
        {
            await host.Hele.Get<Witnesses>().Ask(cancel);
            var page = await HtmlPage.Get(host.Browser(), "/log");
            var size = Assert.Single(host.Hele.Get<Witnesses>().Of(code), w => w.Name == Name).Size;
            Assert.Equal(await host.Hele.Size(), size);
            Assert.Contains($"见证人 {Name}", page.Text("main"), StringComparison.Ordinal);
            Assert.Contains($"签署了前 {size} 条", page.Text("main"), StringComparison.Ordinal);
            Assert.Matches(@"见证人 away\.example/w\s*暂时联系不上", page.Text("main"));
            Assert.True(page.Has($"a[href='/log/{code}/witnessed']"));
            Assert.True(SignedNote.TryParse(await host.Browser().GetStringAsync($"/log/{code}/witnessed", cancel), out var note) && Cosignature.TryVerify(address.Key, note, out _));
            Assert.DoesNotContain("拒绝签署", page.Text("body"), StringComparison.Ordinal);
        }

        // The witness has seen another log of that name go further.
        await other.TakeDown(await other.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        using (var asking = Asking(other, address))
            await asking.Ask(cancel);
        await using (var host = await TestHost.Start(kind, arguments: ["--witnesses", file]))
        {
            await host.Hele.TakeDown(await host.Hele.Viewer(TestPeople.Zhou), new(2026, 10, 28));
            await host.Hele.Get<Witnesses>().Ask(cancel);
            Assert.Contains("拒绝签署：现在的日志不是它以前见过的那一本", (await HtmlPage.Get(host.Browser(), "/log")).Text("main"), StringComparison.Ordinal);
            Assert.Contains($"见证人“{Name}”拒绝签署", (await HtmlPage.Get(await host.SignIn(TestPeople.Feng), "/")).Text("body"), StringComparison.Ordinal);
        }
    }
}
