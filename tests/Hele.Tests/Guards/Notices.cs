using System.Xml.Linq;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>Whoever's work is built in is named. Seen to fail: before the notices named xunit.v3.assert and System.CommandLine, both were reported.</summary>
public class Notices
{
    [Fact]
    public void Packages_OfThisTree_AreInTheNotices()
    {
        var notices = File.ReadAllText(Repo.At("THIRD-PARTY-NOTICES.md"));
        var named = notices.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(l => l.Split('|')[1].Split(',')).Select(n => n.Split('(')[0].Trim()).ToHashSet();
        var missing = XDocument.Load(Repo.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(p => (string)p.Attribute("Include")!).Where(p => !named.Contains(p)).ToList();
        Assert.True(missing.Count == 0, $"THIRD-PARTY-NOTICES.md does not name: {string.Join(", ", missing)}");
    }
}
