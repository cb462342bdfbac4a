using Hele.TestKit;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// A request reads through its own scope (<c>ReadSession</c>). Whoever opens a scope by themselves could read another jurisdiction's rows past it,
/// so each such class stands here with its reason.
/// </summary>
/// <remarks>Seen to fail: <c>CommunityFigures</c>, before it stood in the list.</remarks>
public class OwnScopes
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
    };

    [Fact]
    public void EveryClassThatOpensAScopeByItself_IsListedWithItsReason()
    {
        var found = new[] { "Hele.Civic", "Hele.Web", "Hele.Cli" }.SelectMany(name => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, (name == "Hele.Cli" ? "hele" : name) + ".dll")).MainModule.GetAllTypes())
            .Where(type => type.Methods.Where(m => m.HasBody).Any(m => m.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Read" } call && call.DeclaringType.FullName == "Hele.Civic.Platform.Storage.Database")))
            .Select(type => { while (type.DeclaringType is not null) type = type.DeclaringType; return type.FullName; }).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), found);
        Assert.All(Allowed.Values, reason => Assert.NotEmpty(reason));
    }

    /// <summary>The operations that write in a second jurisdiction, by name: a new one is a decision, not a detail.</summary>
    [Fact]
    public void Crossings_AreTheseThree()
    {
        Assert.Equal(["appeal.refer-up", "referral.answer", "referral.return"], Hele.Civic.Modules.All.Crossings.Select(c => c.Operation).Order(StringComparer.Ordinal));
        var text = new System.Text.StringBuilder("# What crosses from one jurisdiction into another\n\nMade from the modules' declarations; no other operation writes in a second jurisdiction.\n\n| operation | way | what crosses |\n| --- | --- | --- |\n");
        foreach (var crossing in Hele.Civic.Modules.All.Crossings.OrderBy(c => c.Operation, StringComparer.Ordinal))
            text.Append($"| {crossing.Operation} | {(crossing.Way == Hele.Civic.Platform.Storage.CrossingWay.Up ? "into the one above" : "into one directly below")} | {crossing.Goes.En} |\n");
        Generated.Check("crossings.md", text.ToString());
    }
}
