using System.Text.Json;
using System.Text.RegularExpressions;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Everything the program says exists in Chinese and in English. The pages say it through L["中文"], whose English stands in en.json;
/// the rest keeps pairs ("中文", "English"). A literal that is no speech at all (a list of surnames, say) carries on its line a
/// comment that begins with "not spoken:" and says why; the lines between "not spoken from here:" and "spoken again" likewise.
/// </summary>
/// <remarks>
/// Seen to fail: the theory at the end feeds each kind of fault to the same functions on every run. On the tree itself: a page with
/// a heading in bare Chinese, a Problem with two Chinese halves, a .js file with a Chinese string, a key taken out of en.json, a key nobody uses
/// added, and {0} dropped from an English value were each reported with file and line.
/// </remarks>
public partial class TextGuards
{
    /// <summary>Keys whose English is Chinese on purpose: a language is named in itself, for whoever cannot read the page as it stands.</summary>
    private static readonly HashSet<string> ChineseInEnglishToo = ["中文|name of the language"];

    private const string EnglishFile = "src/Hele.Web/Ui/en.json";

    [Fact]
    public void SourcesOfTheWeb_WithChinese_SpeakThroughLOrInPairs()
    {
        var faults = new List<string>();
        foreach (var file in WebSources())
            faults.AddRange(Read(file).Faults);
        AssertNone(faults, "Chinese outside L[\"…\"] (pages) or a pair (\"中文\", \"English\")");
    }

    [Fact]
    public void SourcesOfTheOtherProjects_WithChinese_SpeakInPairs()
    {
        var faults = new List<string>();
        foreach (var project in new[] { "src/Hele.Civic", "src/Hele.Cli", "src/Hele.Evidence", "src/Hele.Planning" })
        {
            foreach (var file in Repo.Files(project, "*.cs"))
            {
                var path = Repo.Relative(file);
                // Demo people and places are data; they speak Chinese as a community's own entries do.
                if (path.Split('/').Contains("data") || Path.GetFileName(file).Contains("Demo", StringComparison.Ordinal))
                    continue;
                faults.AddRange(OfCSharp(path, File.ReadAllText(file), keysAllowed: false).Faults);
            }
        }

        AssertNone(faults, "Chinese outside a pair (\"中文\", \"English\")");
    }

    [Fact]
    public void EnglishTexts_AndTheKeysInUse_AreTheSameSet()
    {
        var used = new Dictionary<string, string>();
        foreach (var file in WebSources())
        {
            foreach (var (key, place) in Read(file).Keys)
                used.TryAdd(key, place);
        }

        var path = Repo.At(EnglishFile.Split('/'));
        AssertNone(OfEnglish(used, File.Exists(path) ? File.ReadAllText(path) : "{}"), EnglishFile);
    }

    [Theory]
    // C#: what is fine.
    [InlineData("cs", """var a = L["提交诉求"]; var b = In()["返回"]; var c = L[$"共{n:N0}件"];""", 0, "提交诉求|返回|共{0:N0}件")]
    [InlineData("cs", """new("a.b", ("太长，最多{0}字。", "Too long, at most {0} characters."), "Text"); // 注释""", 0, "")]
    [InlineData("cs", """Unit.Day => ($"{n}日", n == 1 ? "1 day" : $"{n} days"), /* 日 */ _ => new Bilingual(Zh: "年", En: "year")""", 0, "")]
    [InlineData("cs", """Bilingual a = (b ? "开" : "关", b ? "on" : "off"), c = (("一" + "二"), "onetwo");""", 0, "")]
    [InlineData("cs", """var x = $"<b>{L["标题"]}</b>";""", 0, "标题")]
    [InlineData("cs", "/// <summary>《民法典》第二百零一条</summary>\n#region 中文\nvar u = \"http://x\"; // \"中文\"", 0, "")]
    [InlineData("cs", "var s = \"赵钱孙\"; // not spoken: surnames to recognise", 0, "")]
    [InlineData("cs", "// not spoken from here: surnames\nvar s = \"赵\";\nvar t = \"钱\";\n// spoken again", 0, "")]
    // C#: what is not.
    [InlineData("cs", """var a = "提交";""", 1, "")]
    [InlineData("cs", """Say("提交", "确定");""", 2, "")]
    [InlineData("cs", """Say("提交", name);""", 1, "")]
    [InlineData("cs", """Say("提交", "");""", 1, "")]
    [InlineData("cs", "var a = \"\"\"\n  \"提交\"\n  \"\"\";", 1, "")]
    [InlineData("cs", """var a = @"提""交"; var b = '年'; var c = "\u63d0";""", 3, "")]
    [InlineData("cs", """string[] a = ["提交", "Submit"]; return ["提交"];""", 2, "")]
    [InlineData("cs", """var x = $"{(a ? "是" : "no")}";""", 1, "")]
    [InlineData("cs", """L["共{0}件", "很多"]""", 1, "共{0}件")]
    // Pages.
    [InlineData("cshtml", """@* 注释 *@<!-- 注释 --><h1 title="@L["标题|noun"]">@L["共{0}件", Model.Count]</h1>""", 0, "标题|noun|共{0}件")]
    [InlineData("cshtml", "@{\n  // 注释\n  var t = L[\"标题\"];\n}", 0, "标题")]
    [InlineData("cshtml", "<h1>标题</h1>\n<p>@L[\"好\"]好</p>", 2, "好")]
    [InlineData("cshtml", """<p title="@(x ? "是" : "no")">""", 1, "")]
    [InlineData("cshtml", """@HTML["标题"] @(XL["题"])""", 1, "")]
    // Scripts.
    [InlineData("js", "// 注释\nvar a = x / 2 / 3, b = /['\"]/.test(y); /* 注释 */ send(form.dataset.sent);", 0, "")]
    [InlineData("js", "alert('提交'); alert(`共${n}件`); alert(\"x\" + `${f('好')}`)", 3, "")]
    public void Read_OfASnippet_FindsItsFaultsAndKeys(string kind, string source, int faults, string keys)
    {
        var (found, used) = Of(kind, "x." + kind, source);
        Assert.True(found.Count == faults, $"expected {faults} faults, found {found.Count}: {string.Join("; ", found)}");
        Assert.Equal(keys, string.Join('|', used.Select(k => k.Key)));
    }

    [Theory]
    [InlineData("""{"共{0}件":"one || {0} appeals","处理|verb":"handle"}""", "")]
    [InlineData("""{"共{0}件":"appeals","处理|verb":"handle"}""", "blanks")]
    [InlineData("""{"共{0}件":"{0} 件","处理|verb":"handle"}""", "Han")]
    [InlineData("""{"共{0}件":"{0} appeals","处理|verb":" "}""", "empty")]
    [InlineData("""{"共{0}件":"{0} appeals"}""", "no English")]
    [InlineData("""{"共{0}件":"{0} appeals","处理|verb":"handle","没人用":"unused"}""", "uses")]
    [InlineData("""{"共{0}件":"{0} appeals","处理|verb":"handle","处理|verb":"deal with"}""", "twice")]
    public void OfEnglish_WithAFault_NamesIt(string json, string fault)
    {
        var faults = OfEnglish(new Dictionary<string, string> { ["共{0}件"] = "a.cshtml:1", ["处理|verb"] = "b.cshtml:2" }, json);
        if (fault == "")
            Assert.Empty(faults);
        else
            Assert.Contains(fault, Assert.Single(faults));
    }

    /// <summary>The blanks {0}, {1} … of a text, each once, in order; formats and doubled braces aside.</summary>
    internal static string Blanks(string text) => string.Join(' ', BlankPattern().Matches(text.Replace("{{", "").Replace("}}", "")).Select(m => m.Groups[1].Value).Distinct().Order());

    [GeneratedRegex(@"\{(\d+)[^{}]*\}")]
    private static partial Regex BlankPattern();

    private static IEnumerable<string> WebSources() => Repo.Files("src/Hele.Web", "*.cshtml", "*.cs", "*.js").Where(f => !Repo.Relative(f).Contains("/wwwroot/lib/"));

    private static (List<string> Faults, List<(string Key, string Place)> Keys) Read(string file) => Of(Path.GetExtension(file).TrimStart('.'), Repo.Relative(file), File.ReadAllText(file));

    private static (List<string> Faults, List<(string Key, string Place)> Keys) Of(string kind, string path, string source) => kind switch
    {
        "cshtml" => OfPage(path, source),
        "js" => OfScript(path, source),
        _ => OfCSharp(path, source, keysAllowed: true),
    };

    private static List<string> OfEnglish(IReadOnlyDictionary<string, string> used, string json)
    {
        var faults = new List<string>();
        var english = new HashSet<string>();
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            var (key, value) = (entry.Name, entry.Value.GetString() ?? "");
            if (!english.Add(key))
                faults.Add($"\"{key}\" stands there twice");
            else if (!used.ContainsKey(key))
                faults.Add($"nobody uses \"{key}\"");
            else if (string.IsNullOrWhiteSpace(value))
                faults.Add($"\"{key}\" has an empty English text");
            else if (SourceTokens.HasHan(value) && !ChineseInEnglishToo.Contains(key))
                faults.Add($"the English of \"{key}\" has Han characters: {value}");
            // Of a text with two forms ("one || many") the one for exactly 1 may leave the number out.
            else if (Blanks(value.Split(" || ")[^1]) != Blanks(key.Split('|')[0]))
                faults.Add($"\"{key}\" and its English \"{value}\" have different blanks");
        }

        faults.AddRange(used.Where(u => !english.Contains(u.Key)).Select(u => $"no English for \"{u.Key}\" ({u.Value})"));
        return faults;
    }

    private static (List<string>, List<(string, string)>) OfPage(string path, string source)
    {
        var text = PageComments().Replace(source, m => new string([.. m.Value.Select(c => c == '\n' ? '\n' : ' ')])).ToCharArray();
        var keys = new List<(string, string)>();
        var whole = new string(text);
        for (var at = whole.IndexOf("L[", StringComparison.Ordinal); at >= 0; at = whole.IndexOf("L[", at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && (char.IsLetterOrDigit(whole[at - 1]) || whole[at - 1] is '_' or '.'))
                continue;
            if (SourceTokens.LiteralAt(whole, at + 2) is not { } found)
                continue;
            keys.Add((found.Literal.Value, $"{path}:{LineOf(whole, at)}"));
            for (var i = at; i < found.End; i++)
                text[i] = text[i] == '\n' ? '\n' : ' ';
        }

        var faults = new List<string>();
        var lines = new string(text).Split('\n');
        for (var n = 0; n < lines.Length; n++)
        {
            if (SourceTokens.HasHan(lines[n]) && !lines[n].TrimStart().StartsWith("//", StringComparison.Ordinal))
                faults.Add($"{path}:{n + 1}: {lines[n].Trim()}");
        }

        return (faults, keys);
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex PageComments();

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static (List<string>, List<(string, string)>) OfScript(string path, string source)
    {
        var faults = new List<string>();
        Visit(SourceTokens.Of(source, javaScript: true));
        return (faults, []);

        void Visit(IReadOnlyList<Token> tokens)
        {
            foreach (var token in tokens.Where(t => t.Kind != TokenKind.Comment))
            {
                if (SourceTokens.HasHan(token.Value))
                    faults.Add($"{path}:{token.Line}: {token.Value.Trim()}");
                foreach (var hole in token.Holes)
                    Visit(hole);
            }
        }
    }

    private static (List<string> Faults, List<(string, string)> Keys) OfCSharp(string path, string source, bool keysAllowed)
    {
        var faults = new List<string>();
        var keys = new List<(string, string)>();
        var all = SourceTokens.Of(source);
        var excused = Excused(all);
        Visit(all, spoken: false);
        return (faults, keys);

        void Visit(IReadOnlyList<Token> given, bool spoken)
        {
            var tokens = given.Where(t => t.Kind != TokenKind.Comment).ToList();
            var opens = Opens(tokens);
            for (var i = 0; i < tokens.Count; i++)
            {
                var token = tokens[i];
                if (token.Kind == TokenKind.Code)
                {
                    if (SourceTokens.HasHan(token.Value) && !excused.Contains(token.Line))
                        faults.Add($"{path}:{token.Line}: {token.Value}");
                    continue;
                }

                var han = SourceTokens.HasHan(token.Value);
                var isKey = keysAllowed && IsKey(tokens, i, han);
                if (isKey)
                    keys.Add((token.Value, $"{path}:{token.Line}"));
                var fine = spoken || isKey || !han || excused.Contains(token.Line) || InPair(tokens, opens, i);
                if (!fine)
                    faults.Add($"{path}:{token.Line}: {token.Value.Trim()}");
                // The holes of the Chinese half of a pair are Chinese too; those of any other literal are looked at by themselves.
                foreach (var hole in token.Holes)
                    Visit(hole, spoken || (han && fine) || InPair(tokens, opens, i));
            }
        }
    }

    /// <summary>The lines a "not spoken" comment excuses.</summary>
    private static HashSet<int> Excused(IReadOnlyList<Token> tokens)
    {
        var lines = new HashSet<int>();
        int? from = null;
        foreach (var comment in tokens.Where(t => t.Kind == TokenKind.Comment))
        {
            var said = comment.Value.TrimStart('/', ' ');
            if (said.StartsWith("not spoken:", StringComparison.Ordinal))
                lines.Add(comment.Line);
            if (said.StartsWith("not spoken from here:", StringComparison.Ordinal))
                from = comment.Line;
            if (said.StartsWith("spoken again", StringComparison.Ordinal) && from is { } start)
            {
                lines.UnionWith(Enumerable.Range(start, comment.Line - start));
                from = null;
            }
        }

        return lines;
    }

    /// <summary>L["…"], or a Chinese literal as the first thing in any other indexer: In()["…"], texts["…"].</summary>
    private static bool IsKey(List<Token> tokens, int i, bool han)
    {
        if (i < 2 || !tokens[i - 1].Is("["))
            return false;
        var before = tokens[i - 2];
        if (before.Is("L"))
            return true;
        return han && before.Kind == TokenKind.Code && (before.Value == ")" || char.IsLetter(before.Value[0]) || before.Value[0] == '_')
            && before.Value is not ("return" or "in" or "is" or "case" or "yield" or "else" or "or" or "and");
    }

    /// <summary>For each token the index of the bracket it stands in, or -1.</summary>
    private static int[] Opens(List<Token> tokens)
    {
        var opens = new int[tokens.Count];
        var stack = new Stack<int>([-1]);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Code && tokens[i].Value is ")" or "]" or "}" && stack.Count > 1)
                stack.Pop();
            opens[i] = stack.Peek();
            if (tokens[i].Kind == TokenKind.Code && tokens[i].Value is "(" or "[" or "{")
                stack.Push(i);
        }

        return opens;
    }

    /// <summary>Whether the literal stands in an argument whose next neighbour is English: has a literal, and no literal with Han.</summary>
    private static bool InPair(List<Token> tokens, int[] opens, int i)
    {
        for (var open = opens[i]; open >= 0; open = opens[open])
        {
            var comma = Enumerable.Range(i, tokens.Count - i).TakeWhile(j => j == i || opens[j] >= open).FirstOrDefault(j => tokens[j].Is(",") && opens[j] == open, -1);
            if (comma >= 0 && tokens[open].Is("("))
            {
                var next = Enumerable.Range(comma + 1, tokens.Count - comma - 1)
                    .TakeWhile(j => opens[j] >= open && !(opens[j] == open && tokens[j].Is(",")))
                    .Where(j => tokens[j].Kind == TokenKind.Text).Select(j => tokens[j].Value).ToList();
                return next.Any(t => t.Length > 0) && !next.Any(SourceTokens.HasHan);
            }

            // Outward only through mere parentheses and the arms of a switch.
            var arms = tokens[open].Is("{") && open > 0 && tokens[open - 1].Is("switch");
            if (!arms && !(tokens[open].Is("(") && comma < 0))
                return false;
        }

        return false;
    }

    private static void AssertNone(IReadOnlyCollection<string> faults, string what) =>
        Assert.True(faults.Count == 0, $"{faults.Count} × {what}:\n{string.Join("\n", faults)}");
}
