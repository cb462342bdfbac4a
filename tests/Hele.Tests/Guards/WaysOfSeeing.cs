using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Hele.Tests.Pages;
using Hele.Tests.Platform;
using Hele.Tests.Sealing;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Every way by which a sealed number comes before somebody's eyes, through the real end points: each leaves exactly one record, and nothing leaves
/// when the record can't be committed. And nobody opens a seal past <see cref="OpenSeals"/>.
/// </summary>
/// <remarks>
/// Seen to fail: with the record left out of OpenSeals, the first three; with the values given whatever became of the act, the third; with
/// OpenPersonPhone calling Seals.Open itself, the last.
/// </remarks>
public class WaysOfSeeing
{
    private const string Number = "13812345678";

    /// <summary>Goes one way to the number of the only person who has one; returns what came back, whatever it is. The list of ways is the enum's: a new one has no way here and fails.</summary>
    private static async Task<string> Go(TestHost host, string code, Way way)
    {
        var browser = await host.As(TestPeople.Zhou);
        switch (way)
        {
            case Way.Page:
                return (await (await HtmlPage.Get(browser, "/people/" + code)).Form("phone").Submit()).Source;
            case Way.SearchHit:
                return (await (await HtmlPage.Get(browser, "/people")).Form("by-number").Fill("Number", "138 1234 5678").Submit()).Source is var page
                    // What was typed stands in its field again; a hit is what stands elsewhere.
                    ? page.Replace("138 1234 5678", "", StringComparison.Ordinal) : "";
            case Way.Export:
                return (await (await HtmlPage.Get(browser, "/people/export")).Form("main form").Fill("Input.Reason", "通知停水").Submit("csv")).Source;
            case Way.Print:
                var asked = await (await PageSteps.Find(browser, "/people", code)).Form("people").Check("Codes", value: code).Submit();
                return (await asked.Expect(200).Form("main form").Fill("Input.Reason", "通知停水").Submit()).Source;
            case Way.Feed:
                using (var answer = await browser.GetAsync($"/people/{code}/contact.vcf", TestContext.Current.CancellationToken))
                    return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            case Way.Job:
                var job = await host.Hele.Get<CheckSeals>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, null, TestContext.Current.CancellationToken);
                // It shows the number to nobody; that it has read it is what it says.
                return job is { Values: 1, Faults: [] } ? Number : string.Join(' ', job.Problems.Select(p => p.Code));
            default:
                throw new InvalidOperationException($"{way} has no way here: a new way of seeing needs one.");
        }
    }

    private static Task<List<ViewRecord>> Records(TestHost host) => host.Hele.Read(db => db.Set<ViewRecord>().OrderBy(r => r.Id).ToListAsync());

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryWay_ShowsTheNumberAndLeavesExactlyOneRecord(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var code = await SealingTests.Register(host.Hele);
        var person = await host.Hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == code));
        var before = 0;
        foreach (var way in Enum.GetValues<Way>())
        {
            Assert.True((await Go(host, code, way)).Contains(Number, StringComparison.Ordinal), way.ToString());
            var records = await Records(host);
            Assert.True(records.Count == ++before, $"{way}: {records.Count} records, not {before}");
            var last = Assert.Single(records, r => r.Way == way);
            Assert.Equal((person.Id, "People", person.Id, "PhoneSealed"), (last.SubjectId, last.RowTable, last.RowId, last.Columns));
            Assert.Equal(way is Way.Export or Way.Print ? "通知停水" : null, last.Reason);
        }
        (await host.Hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryWay_WhileNothingCanBeWritten_ShowsNothing(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var code = await SealingTests.Register(host.Hele);
        await host.As(TestPeople.Zhou);
        await host.Hele.Log.PinNow();
        File.Delete(host.Hele.Log.PinFile(TestInstallation.HexiCode));
        await host.Hele.Log.CheckPins(TestContext.Current.CancellationToken);
        foreach (var way in Enum.GetValues<Way>())
            Assert.False((await Go(host, code, way)).Contains(Number, StringComparison.Ordinal), way.ToString());
        Assert.Empty(await Records(host));
    }

    /// <summary>The record is written and everything decided; only the COMMIT itself fails.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryWay_WhenTheCommitFails_ShowsNothing(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var code = await SealingTests.Register(host.Hele);
        await host.As(TestPeople.Zhou);
        var behind = new BehindTheBack(host.Hele);
        if (behind.IsSqlite)
        {
            await behind.Run("CREATE TABLE nobody (id INTEGER PRIMARY KEY)");
            await behind.Run("CREATE TABLE later (x INTEGER REFERENCES nobody(id) DEFERRABLE INITIALLY DEFERRED)");
            await behind.Run("""CREATE TRIGGER late AFTER INSERT ON "ViewRecords" BEGIN INSERT INTO later VALUES (1); END""");
        }
        else
        {
            await behind.Run("create function late() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$");
            await behind.Run("""create constraint trigger late after insert on "ViewRecords" deferrable initially deferred for each row execute function late()""");
        }
        foreach (var way in Enum.GetValues<Way>())
            Assert.False((await Go(host, code, way)).Contains(Number, StringComparison.Ordinal), way.ToString());
        Assert.Empty(await Records(host));

        await behind.Run(behind.IsSqlite ? "DROP TRIGGER late" : """drop trigger late on "ViewRecords" """);
        Assert.Contains(Number, await Go(host, code, Way.Page));
    }

    [Fact]
    public void Seals_AreOpenedByOneClassAlone()
    {
        var callers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var assembly in new[] { "Hele.Civic.dll", "Hele.Web.dll", "hele.dll" })
        {
            using var module = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, assembly));
            foreach (var type in module.MainModule.GetAllTypes())
            {
                foreach (var call in type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>())
                {
                    if ((call.DeclaringType.Name, call.Name) is (nameof(Seals), "Open") or (nameof(Seals), "OpenFile") or (nameof(Seals), "OpenShown") or ("SealedBytes", "Open"))
                        callers.Add($"{Outer(type).Name} → {call.DeclaringType.Name}.{call.Name}");
                }
            }
        }
        // Seals itself opens bytes: the wrapped keys, sign-in data that no person sees, and values for OpenSeals.
        // Files are read like the words of their matter, behind its access decision (docs/adr/0008-files.md).
        // What the law puts before everybody for a time is read by everybody for that time, and not a minute longer (DisclosureTests).
        Assert.Equal(["OpenSeals → Seals.Open", "Seals → SealedBytes.Open", "ShownTexts → Seals.OpenShown", "StoredFiles → Seals.OpenFile"], callers);

        static TypeDefinition Outer(TypeDefinition type) => type.DeclaringType is { } outer ? Outer(outer) : type;
    }
}
