using System.Reflection;
using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>Every refusal of the program: a stable code of its own, and a sentence in both languages that asks for the same values.</summary>
/// <remarks>Seen to fail: the catalogue at the end breaks each rule on every run; in Hele.Civic a copied Problem was reported with both places.</remarks>
public partial class ProblemCodes
{
    [Fact]
    public void Problems_OfCivic_HaveUniqueCodesAndBothSentences() => AssertNone(Faults(All(typeof(Problem).Assembly.GetTypes())));

    [Fact]
    public void Faults_OfABadCatalogue_AreAllNamed() => Assert.Equal(
        [
            "Bad.Capitals: the code 'Bad Code' is not like 'module.what-is-wrong'",
            "Bad.Chinese: the English sentence has Han characters",
            "Bad.Empty: an empty sentence",
            "Bad.English: the Chinese sentence has no Han characters",
            "Bad.Lost: the blanks differ: '0 1' and '0'",
            "Bad.Twin: the code 'bad.one' is also that of Bad.One",
        ],
        Faults(All([typeof(Bad)])));

    private static List<(string Place, Problem Problem)> All(IEnumerable<Type> types)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var found = new List<(string, Problem)>();
        foreach (var type in types.Where(t => !t.ContainsGenericParameters).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            found.AddRange(type.GetFields(Static).Where(f => f.FieldType == typeof(Problem) && !f.Name.StartsWith('<')).Select(f => ($"{type.Name}.{f.Name}", (Problem)f.GetValue(null)!)));
            found.AddRange(type.GetProperties(Static).Where(p => p.PropertyType == typeof(Problem) && p.GetIndexParameters().Length == 0).Select(p => ($"{type.Name}.{p.Name}", (Problem)p.GetValue(null)!)));
            foreach (var list in type.GetFields(Static).Where(f => typeof(IEnumerable<Problem>).IsAssignableFrom(f.FieldType) && !f.Name.StartsWith('<')))
                found.AddRange(((IEnumerable<Problem>)list.GetValue(null)!).Select((p, i) => ($"{type.Name}.{list.Name}[{i}]", p)));
        }

        return found;
    }

    private static List<string> Faults(IReadOnlyList<(string Place, Problem Problem)> all)
    {
        var faults = new List<string>();
        var codes = new Dictionary<string, (string Place, Problem Problem)>();
        foreach (var (place, problem) in all)
        {
            // The same value under two names (a list beside its members) is one problem.
            if (!codes.TryAdd(problem.Code, (place, problem)) && !ReferenceEquals(codes[problem.Code].Problem, problem))
                faults.Add($"{place}: the code '{problem.Code}' is also that of {codes[problem.Code].Place}");
            if (!Code().IsMatch(problem.Code))
                faults.Add($"{place}: the code '{problem.Code}' is not like 'module.what-is-wrong'");
            var (zh, en) = problem.Sentence;
            if (string.IsNullOrWhiteSpace(zh) || string.IsNullOrWhiteSpace(en))
            {
                faults.Add($"{place}: an empty sentence");
                continue;
            }

            if (!SourceTokens.HasHan(zh))
                faults.Add($"{place}: the Chinese sentence has no Han characters");
            if (SourceTokens.HasHan(en))
                faults.Add($"{place}: the English sentence has Han characters");
            if (TextGuards.Blanks(zh) != TextGuards.Blanks(en))
                faults.Add($"{place}: the blanks differ: '{TextGuards.Blanks(zh)}' and '{TextGuards.Blanks(en)}'");
        }

        return [.. faults.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
    private static partial Regex Code();

    private static void AssertNone(List<string> faults) => Assert.True(faults.Count == 0, string.Join("\n", faults));

    private static class Bad
    {
        public static readonly Problem One = new("bad.one", ("不行。", "No."));
        public static readonly Problem Capitals = new("Bad Code", ("不行。", "No."));
        public static readonly Problem Chinese = new("bad.chinese", ("不行。", "不行。"));
        public static readonly Problem English = new("bad.english", ("No.", "No."));
        public static readonly Problem Empty = new("bad.empty", ("不行。", " "));
        public static readonly Problem Lost = new("bad.lost", ("从{0}到{1}。", "From {0}."));
        public static readonly Problem[] List = [One];

        public static Problem Twin => new("bad.one", ("不行。", "No."));
    }
}
