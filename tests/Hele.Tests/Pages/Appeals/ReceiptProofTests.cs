using System.Text;
using Hele.Evidence;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class ReceiptProofTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Proof_OfAnAppeal_HoldsOffLineAndBreaksWithAnyByte(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "要有凭据");
        // The log goes on; the proof stays under the checkpoint of its own group, and what changed since stays closed.
        await PageSteps.Accept(zhao, code);
        await PageSteps.FileAppeal(liu, "后来的一件");

        using var answer = await liu.GetAsync($"/appeals/{code}/receipt/proof");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"hele-{code}.txt", answer.Content.Headers.ContentDisposition!.FileName);
        var file = await answer.Content.ReadAsStringAsync();
        var key = (await host.Browser().GetStringAsync($"/log/{TestInstallation.HexiCode}/key")).Trim();

        var found = OfflineVerifier.Verify(file, key);
        Assert.True(found.Ok, string.Join("; ", found.Findings.Where(f => !f.Holds).Select(f => f.Says.En)));
        var opened = found.Receipt!.Opened.ToDictionary(f => f.Field, f => f.Value);
        Assert.Equal(("要有凭据", PageSteps.Text, code, "appeal.filed", "2026-10-30"), (opened["Title"], opened["Text"], opened["PublicCode"], opened["@kind"], opened["@on"]));
        Assert.DoesNotContain("@actor", opened.Keys);
        Assert.DoesNotContain("State", opened.Keys);
        var receipt = await HtmlPage.Get(liu, $"/appeals/{code}/receipt");
        Assert.Contains(receipt.One(".checkpoint").TextContent.Trim().Split('\n')[2], file);

        // The whole file costs a second per database; every 7th byte is as good.
        var bytes = Encoding.UTF8.GetBytes(file);
        for (var i = 0; i < bytes.Length; i += 7)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.False(OfflineVerifier.Verify(Encoding.UTF8.GetString(changed), key).Ok, $"a changed byte at {i} was accepted");
        }
        Assert.False(OfflineVerifier.Verify(file, (await host.Browser().GetStringAsync($"/log/{TestInstallation.OtherCode}/key")).Trim()).Ok);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Proof_ForStaffAtTheCounter_OpensTheNameTheyTookDown(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var zhou = await host.As(TestPeople.Zhou);
        var answer = await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.AppellantName", "田𠮷祥").Fill("Input.Kind", "pets").Fill("Input.Title", "狗没拴")
            .Fill("Input.Place", "院里").Fill("Input.Text", "每天早上都这样。").Submit();
        var file = await zhou.GetStringAsync(answer.Location!.AbsolutePath + "/proof");
        var key = (await zhou.GetStringAsync($"/log/{TestInstallation.HexiCode}/key")).Trim();
        var found = OfflineVerifier.Verify(file, key);
        Assert.True(found.Ok);
        Assert.Equal("田𠮷祥", found.Receipt!.Opened.Single(f => f.Field == "AppellantName").Value);
    }
}
