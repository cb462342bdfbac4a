using System.Text;
using System.Xml.Linq;
using Hele.TestKit;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Who may use whom: the walls between the projects, and between the modules of Hele.Civic, read from what was compiled. A module is the
/// first namespace under Hele.Civic. Constants and enum values leave no trace in compiled code and are not seen.
/// </summary>
/// <remarks>
/// Seen to fail: the sample modules at the end of this file break every rule on every run. On the tree itself: a type in
/// Hele.Civic.Kernel holding one of Hele.Civic.Appeals, a module that is not in the map, DateTime.Now in a page, a project reference from Planning to
/// Evidence, a package added to Planning and to Evidence, an HttpContext in Civic, and a changed docs/generated/modules.md were each reported by name.
/// </remarks>
public class ModuleMap
{
    /// <summary>
    /// The map. Every module may use Kernel and Platform and what stands beside it here. A need that runs the other way goes by an event
    /// handled in the same transaction, not by a new arrow.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Jurisdictions"] = [],
        ["People"] = ["Jurisdictions"],
        // Sealed records of any module come by what the modules declare; persons, because whoever opens, reviews or is told is one.
        ["BreakGlass"] = ["People"],
        ["Grids"] = ["People"],
        // A branch is for a grid, a group for buildings, a seat is a person's.
        ["Organizations"] = ["Grids", "People"],
        ["Members"] = [],
        ["Volunteers"] = [],
        ["CoBuilding"] = [],
        ["JointProjects"] = [],
        ["Venues"] = [],
        ["Services"] = [],
        // A new matter follows an absence: it goes to who stands in.
        ["Appeals"] = ["Grids", "Jurisdictions", "Organizations", "People"],
        // Its sender is a person of the register.
        ["Feedback"] = ["People"],
        // From a satisfied appeal, to a grid, a body or a post; who stands in for one of them is an absence.
        ["Thanks"] = ["Appeals", "Grids", "Organizations", "People"],
        ["Mediation"] = [],
        ["Deliberations"] = [],
        // What seems personal in a text is marked as in public appeals; whoever objects is a person, and nobody checks their own under another entry.
        ["Disclosures"] = ["Appeals", "People"],
        ["Care"] = [],
        // Buildings stand on the streets; who helps nearby lives in one.
        ["ServiceCircles"] = ["Grids", "People"],
        // Buildings and grids are cut along the streets, and a grid has a branch.
        ["GridPlanning"] = ["Grids", "Organizations", "People", "ServiceCircles"],
        ["Supervision"] = [],
        // Reads all that can be counted; nobody reads it.
        ["Reports"] = ["*"],
        // Plays the demo's year through every module's operations, the report's stories and statements among them; nobody uses it but the host and the command line.
        ["Demo"] = ["*"],
    };

    /// <summary>Types that lie in Hele.Civic itself (Modules.cs): the one place that knows every module.</summary>
    private const string Top = "";

    [Fact]
    public void Modules_OfCivic_UseOnlyWhatTheMapAllows() => AssertNone(Faults(Uses(Civic(), "Hele.Civic"), Allowed));

    [Fact]
    public void TheGeneratedMap_IsTheOneInTheCode()
    {
        var uses = Uses(Civic(), "Hele.Civic");
        var text = new StringBuilder("# Modules\n\nWho uses whom inside Hele.Civic, read from the compiled code by a test. Kernel and Platform are left out of the arrows: everyone may use them.\n\n```mermaid\ngraph TD\n");
        foreach (var from in uses.Keys.Where(k => k is not (Top or "Kernel" or "Platform")).Order(StringComparer.Ordinal))
        {
            text.Append("  ").Append(from).Append('\n');
            foreach (var to in uses[from].Keys.Where(k => k is not ("Kernel" or "Platform")).Order(StringComparer.Ordinal))
                text.Append("  ").Append(from).Append(" --> ").Append(to).Append('\n');
        }

        text.Append("```\n\n| module | uses |\n| --- | --- |\n");
        foreach (var from in uses.Keys.Where(k => k != Top).Order(StringComparer.Ordinal))
            text.Append("| ").Append(from).Append(" | ").Append(string.Join(", ", uses[from].Keys.Order(StringComparer.Ordinal))).Append(" |\n");
        Generated.Check("modules.md", text.ToString());
    }

    [Theory]
    [InlineData("Hele.Evidence", "")]
    [InlineData("Hele.Planning", "")]
    [InlineData("Hele.Civic", "Hele.Evidence Hele.Planning")]
    [InlineData("Hele.Web", "Hele.Civic")]
    [InlineData("Hele.Cli", "Hele.Civic")]
    public void Project_References_AreTheseAndNoOthers(string project, string expected)
    {
        var file = XDocument.Load(Repo.At("src", project, project + ".csproj"));
        Assert.Equal(expected, string.Join(' ', file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).Order()));
    }

    [Fact]
    public void Evidence_NeedsNothingButItsSignatures()
    {
        var file = XDocument.Load(Repo.At("src", "Hele.Evidence", "Hele.Evidence.csproj"));
        Assert.Equal(["NSec.Cryptography"], file.Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!));
        AssertNone(Read("Hele.Evidence.dll").MainModule.AssemblyReferences.Select(r => r.Name)
            .Where(n => n != "NSec.Cryptography" && !n.StartsWith("System.", StringComparison.Ordinal)).Select(n => $"Hele.Evidence uses {n}"));
    }

    [Fact]
    public void Planning_NeedsNothingButTheFieldsOfMaps()
    {
        var file = XDocument.Load(Repo.At("src", "Hele.Planning", "Hele.Planning.csproj"));
        Assert.Equal(["Google.Protobuf"], file.Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!));
        AssertNone(Read("Hele.Planning.dll").MainModule.AssemblyReferences.Select(r => r.Name)
            .Where(n => n != "Google.Protobuf" && !n.StartsWith("System.", StringComparison.Ordinal)).Select(n => $"Hele.Planning uses {n}"));
    }

    [Fact]
    public void Civic_CannotSeeTheWeb() => AssertNone(Civic().MainModule.AssemblyReferences.Select(r => r.Name)
        // Password hashing comes with the key derivation of the web framework, which knows no request.
        .Where(n => n.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && !n.StartsWith("Microsoft.AspNetCore.Cryptography.", StringComparison.Ordinal))
        .Select(n => $"Hele.Civic uses {n}"));

    [Theory]
    [InlineData("Hele.Evidence.dll")]
    [InlineData("Hele.Planning.dll")]
    [InlineData("Hele.Civic.dll")]
    [InlineData("Hele.Web.dll")]
    [InlineData("hele.dll")]
    public void Calls_ThatEscapeTheRules_AreNotMade(string assembly) => AssertNone(Escapes(Read(assembly)));

    [Fact]
    public void Faults_OfTheSampleModules_AreAllNamed()
    {
        const string Sample = "Hele.Tests.Guards.Sample";
        var uses = Uses(Read("Hele.Tests.dll"), Sample);
        var map = new Dictionary<string, string[]> { ["One"] = [], ["Two"] = ["One"], ["Reports"] = ["*"] };
        Assert.Equal(
            [
                "Kernel must not use Platform (SomeKernel → SomePlatform)",
                "One must not use Reports (SomeOne → SomeReport)",
                "One must not use Two (SomeOne → SomeTwo)",
                "Platform must not use One (SomePlatform → SomeOne)",
                "Stray is no module of the map",
            ],
            Faults(uses, map));
    }

    [Fact]
    public void Escapes_OfTheSampleCalls_AreAllNamed()
    {
        var found = Escapes(Read("Hele.Tests.dll")).Where(f => f.StartsWith("Hele.Tests.Guards.Sample.", StringComparison.Ordinal)).ToList();
        foreach (var call in new[] { "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "IgnoreQueryFilters() without names", "ExecuteUpdate", "ExecuteDelete", "ExecuteSqlRaw" })
            Assert.Contains(found, f => f.Contains(call, StringComparison.Ordinal));
        // The filter named, and the clock given.
        Assert.DoesNotContain(found, f => f.Contains("Allowed", StringComparison.Ordinal));
    }

    private static AssemblyDefinition Civic() => Read("Hele.Civic.dll");

    private static AssemblyDefinition Read(string file) => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, file));

    private static List<string> Faults(SortedDictionary<string, SortedDictionary<string, string>> uses, IReadOnlyDictionary<string, string[]> allowed)
    {
        var faults = new List<string>();
        foreach (var (from, targets) in uses.Where(u => u.Key != Top))
        {
            if (from is not ("Kernel" or "Platform") && !allowed.ContainsKey(from))
            {
                faults.Add($"{from} is no module of the map");
                continue;
            }

            string[] may = from switch
            {
                "Kernel" => [],
                "Platform" => ["Kernel"],
                _ => ["Kernel", "Platform", .. allowed[from]],
            };
            faults.AddRange(targets.Where(t => t.Key != Top && (t.Key == "Demo" || (t.Key == "Reports" && from != "Demo") || !(may.Contains(t.Key) || (may.Contains("*") && allowed.ContainsKey(t.Key)))))
                .Select(t => $"{from} must not use {t.Key} ({t.Value})"));
            faults.AddRange(targets.Where(t => t.Key == Top).Select(t => $"{from} must not use the list of modules ({t.Value})"));
        }

        return [.. faults.Order(StringComparer.Ordinal)];
    }

    /// <summary>For each module under a namespace the modules it uses, each with one example.</summary>
    private static SortedDictionary<string, SortedDictionary<string, string>> Uses(AssemblyDefinition assembly, string root)
    {
        var uses = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in assembly.MainModule.GetAllTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            if (ModuleOf(type, root) is not { } from)
                continue;
            if (!uses.TryGetValue(from, out var targets))
                uses[from] = targets = new(StringComparer.Ordinal);
            foreach (var used in References(type))
            {
                if (ModuleOf(used, root) is { } to && to != from)
                    targets.TryAdd(to, $"{Outer(type).Name} → {Outer(used).Name}");
            }
        }

        return uses;
    }

    private static string? ModuleOf(TypeReference type, string root)
    {
        var name = Outer(type).Namespace;
        if (name == root)
            return Top;
        return name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;
    }

    private static TypeReference Outer(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    /// <summary>Every type that a type names: base, members, signatures, locals, instructions, attributes, type arguments.</summary>
    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        var seen = new HashSet<TypeReference>();
        Add(type.BaseType);
        type.Interfaces.ToList().ForEach(i => Add(i.InterfaceType));
        AddAttributes(type);
        AddConstraints(type);
        foreach (var field in type.Fields)
        {
            Add(field.FieldType);
            AddAttributes(field);
        }

        type.Properties.ToList().ForEach(AddAttributes);
        foreach (var method in type.Methods)
        {
            AddMethod(method);
            AddAttributes(method);
            AddConstraints(method);
            method.Parameters.ToList().ForEach(AddAttributes);
            if (!method.HasBody)
                continue;
            method.Body.Variables.ToList().ForEach(v => Add(v.VariableType));
            foreach (var handler in method.Body.ExceptionHandlers)
                Add(handler.CatchType);
            foreach (var instruction in method.Body.Instructions)
            {
                switch (instruction.Operand)
                {
                    case TypeReference t:
                        Add(t);
                        break;
                    case MethodReference m:
                        AddMethod(m);
                        break;
                    case FieldReference f:
                        Add(f.DeclaringType);
                        Add(f.FieldType);
                        break;
                }
            }
        }

        return seen;

        void AddMethod(MethodReference method)
        {
            Add(method.DeclaringType);
            Add(method.ReturnType);
            method.Parameters.ToList().ForEach(p => Add(p.ParameterType));
            if (method is GenericInstanceMethod generic)
                generic.GenericArguments.ToList().ForEach(Add);
        }

        void AddAttributes(ICustomAttributeProvider provider)
        {
            foreach (var attribute in provider.CustomAttributes)
            {
                Add(attribute.AttributeType);
                foreach (var argument in attribute.ConstructorArguments.Concat(attribute.Properties.Select(p => p.Argument)))
                    Add(argument.Value as TypeReference);
            }
        }

        void AddConstraints(IGenericParameterProvider provider) =>
            provider.GenericParameters.SelectMany(p => p.Constraints).ToList().ForEach(c => Add(c.ConstraintType));

        void Add(TypeReference? reference)
        {
            switch (reference)
            {
                case null or GenericParameter:
                    return;
                case GenericInstanceType generic:
                    generic.GenericArguments.ToList().ForEach(Add);
                    Add(generic.ElementType);
                    return;
                case TypeSpecification specification:
                    Add(specification.ElementType);
                    return;
                default:
                    seen.Add(reference);
                    return;
            }
        }
    }

    /// <summary>
    /// Calls that would go round a rule: the system's clock (outside the kernel, where the one clock is), all query filters dropped at once
    /// (the tenant's too), writes that no act and no log entry sees, and raw SQL outside the platform's storage.
    /// </summary>
    private static List<string> Escapes(AssemblyDefinition assembly)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in assembly.MainModule.GetAllTypes())
        {
            var place = Outer(type);
            var kernel = place.Namespace.StartsWith("Hele.Civic.Kernel", StringComparison.Ordinal);
            var platform = place.Namespace.StartsWith("Hele.Civic.Platform", StringComparison.Ordinal);
            foreach (var method in type.Methods.Where(m => m.HasBody))
            {
                foreach (var call in method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>())
                {
                    var on = call.DeclaringType.Name;
                    var what = (on, call.Name) switch
                    {
                        ("DateTime" or "DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") when !kernel => $"{on}.{call.Name[4..]}",
                        (_, "IgnoreQueryFilters") when call.Parameters.Count == 1 => "IgnoreQueryFilters() without names",
                        (_, "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync") => call.Name,
                        ("RelationalDatabaseFacadeExtensions" or "RelationalQueryableExtensions",
                            "ExecuteSql" or "ExecuteSqlAsync" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync"
                            or "FromSql" or "FromSqlRaw" or "FromSqlInterpolated") when !platform => call.Name,
                        _ => null,
                    };
                    if (what is not null)
                        found.Add($"{place.FullName}.{method.Name}: {what}");
                }
            }
        }

        return [.. found];
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join("\n", all));
    }
}
