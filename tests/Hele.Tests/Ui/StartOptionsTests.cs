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
    [InlineData("database", "gibberish", "不是 PostgreSQL 连接串", "is no PostgreSQL connection string")]
    [InlineData("database", "Host=127.0.0.1;Port=x;Database=hele", "不是 PostgreSQL 连接串", "is no PostgreSQL connection string")]
    [InlineData("database", "Host=127.0.0.1", "不是 PostgreSQL 连接串", "Host=…;Database=…")]
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

    /// <summary>Passed over, --dta would have been another data directory: a new, empty community beside the real one.</summary>
    [Theory]
    [InlineData("--dta is not known. There is: --data --pins --database", "--dta", "/srv/hele")]
    [InlineData("--dta=/srv/hele is not known.", "--dta=/srv/hele")]
    [InlineData("/srv/hele is not known.", "--demo", "none", "/srv/hele")]
    [InlineData("data=/srv/hele is not known.", "data=/srv/hele")]
    [InlineData("--smpt is not known. There is: --data --pins --database --urls --demo --as-of --profile --hosts --proxies --sms --smtp", "--smpt", "mail.json")]
    [InlineData("--pins lacks its DIR", "--data", "/srv/hele", "--pins")]
    [InlineData("--data lacks its DIR", "--data", "--pins", "/srv/pins")]
    public void Check_WhatIsNotKnown_IsRefusedWithWhatIs(string says, params string[] arguments)
    {
        var refused = Assert.Throws<StartupException>(() => StartOptions.Check(arguments));
        Assert.StartsWith(says, refused.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_NamesEveryWordThatIsRead()
    {
        StartOptions.Check([.. StartOptions.Known.SelectMany(k => new[] { "--" + k.Name, "x" }), "--data=/srv/a=b"]);
        Assert.All(StartOptions.Known, k => Assert.Contains($"  --{k.Name} {k.Value}\n      {k.Says.Zh}\n      {k.Says.En}\n", StartOptions.Help, StringComparison.Ordinal));
        // What the program reads is in the list, whoever adds the next one.
        var asked = new Asked();
        StartOptions.From(asked);
        Assert.Empty(asked.Names.Except(StartOptions.Known.Select(k => k.Name)).Except(["FORWARDEDHEADERS_ENABLED"]));
        Assert.Contains("smtp", asked.Names);
    }

    /// <summary>Nothing is set; remembers what was looked for.</summary>
    private sealed class Asked : IConfiguration
    {
        public HashSet<string> Names { get; } = [];

        public string? this[string key]
        {
            get
            {
                Names.Add(key);
                return null;
            }
            set => throw new NotSupportedException();
        }

        public IConfigurationSection GetSection(string key)
        {
            Names.Add(key);
            return new ConfigurationBuilder().Build().GetSection(key);
        }

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => throw new NotSupportedException();
    }
}
