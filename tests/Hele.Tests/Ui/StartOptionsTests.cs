using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hele.Tests.Ui;

public class StartOptionsTests
{
    [Theory]
    [InlineData("demo", "grand", "只有 standard 和 none", "there is standard, and none")]
    [InlineData("as-of", "2026-10-31", "正式的系统没有这个开关", "a real installation has no such switch")]
    [InlineData("proxies", "proxy.example", "要写地址", "an address is needed")]
    [InlineData("log", "xml", "只有 text 和 json", "there is text, and json")]
    [InlineData("acts-per-minute", "0", "要写大于0的整数", "a whole number above 0")]
    [InlineData("reads-per-minute", "lots", "要写大于0的整数", "a whole number above 0")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "--proxies", "would believe any client")]
    public void From_WhatCannotBe_IsRefusedInBothLanguages(string name, string value, string zh, string en)
    {
        var refused = Assert.Throws<StartupException>(() => StartOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build()));
        Assert.Contains(zh, refused.Sentence.Zh, StringComparison.Ordinal);
        Assert.Contains(en, refused.Sentence.En, StringComparison.Ordinal);
        // The server's console, where nobody has chosen a language: both, the Chinese first.
        Assert.Equal($"{refused.Sentence.Zh}\n{refused.Sentence.En}", refused.Message);
    }

    [Fact]
    public void From_HostsAndProxies_AreListsOfWords()
    {
        var options = StartOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("hosts", "hele.example, hele.example.cn"), new("proxies", "127.0.0.1 ::1")]).Build());
        Assert.Equal(["hele.example", "hele.example.cn"], options.Hosts);
        Assert.Equal(["127.0.0.1", "::1"], options.Proxies.Select(p => p.ToString()));
    }
}
