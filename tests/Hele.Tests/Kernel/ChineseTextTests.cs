using System.Text;
using CsCheck;
using Hele.Civic.Kernel;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hele.Tests.Kernel;

public class ChineseTextTests
{
    private static readonly Gen<string> Mixed = Gen.Char["供暖费减免12aB,。\" *-（）\n\u200E\u3000１Ａ"].Array[0, 14].Select(chars => new string(chars));

    [Theory]
    [InlineData("供暖费减免", "供暖 暖费 费减 减免 免")]
    [InlineData("12号院，3号楼", "12 2号 号院 院 3号 号楼 楼")]
    [InlineData("田𠮷祥", "田𠮷 𠮷祥 祥")]
    [InlineData("水", "水")]
    [InlineData("ＷｉＦｉ", "wi if fi i")]
    [InlineData("「」 !", "")]
    [InlineData(null, "")]
    public void IndexTokens_Text_IsItsBigrams(string? text, string tokens) => Assert.Equal(tokens, ChineseText.IndexTokens(text));

    [Theory]
    [InlineData("供暖费", "\"供暖 暖费\"", "('供暖' <-> '暖费')")]
    [InlineData("费", "\"费\" *", "'费':*")]
    [InlineData("供暖 费", "\"供暖\" AND \"费\" *", "('供暖') & '费':*")]
    [InlineData("\"供暖\" OR 1=1' & !--", "\"供暖\" AND \"or\" AND \"1\" * AND \"1\" *", "('供暖') & ('or') & '1':* & '1':*")]
    [InlineData("𠮷祥", "\"𠮷祥\"", "('𠮷祥')")]
    [InlineData(" ：*（", "", "")]
    public void Query_TypedText_IsPhrasesWithoutOperators(string typed, string fts5, string tsquery)
    {
        var query = ChineseText.Query(typed);
        Assert.Equal((fts5, tsquery, fts5.Length == 0), (query.ToFts5(), query.ToTsQuery(), query.IsEmpty));
    }

    [Fact]
    public void Query_InAnFts5Table_FindsEverySubstringAndNothingElse()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run("create virtual table t using fts5(b, tokenize='unicode61')", null);
        string[] texts = ["老旧小区供暖费减免政策", "暖气不热，供不上", "田𠮷祥家楼上漏水", "3号楼下水道堵了", "WiFi信号差"];
        for (var i = 0; i < texts.Length; i++)
        {
            Run($"insert into t(rowid, b) values ({i}, $b)", ChineseText.IndexTokens(texts[i]));
        }

        Gen.Select(Gen.Int[0, texts.Length - 1], Gen.Int[0, 10], Gen.Int[1, 5]).Sample((i, from, length) =>
        {
            var runes = texts[i].EnumerateRunes().ToArray();
            var part = string.Concat(runes.Skip(from % runes.Length).Take(length).Select(rune => rune.ToString()));
            if (!ChineseText.Query(part).IsEmpty)
            {
                var expected = Enumerable.Range(0, texts.Length).Where(t => ChineseText.Query(part).Phrases.All(phrase =>
                    ChineseText.Normalize(texts[t]).ToLowerInvariant().Contains(Whole(phrase), StringComparison.Ordinal)));
                Assert.Equal(expected, Find(part));
            }
        }, threads: 1); // one connection

        static string Whole(SearchPhrase phrase) => phrase.IsPrefix ? phrase.Tokens[0]
            : string.Concat(phrase.Tokens.Select(token => token.EnumerateRunes().First().ToString())) + phrase.Tokens[^1].EnumerateRunes().Last();

        List<int> Find(string typed)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select rowid from t where t match $q order by rowid";
            command.Parameters.AddWithValue("$q", ChineseText.Query(typed).ToFts5());
            using var reader = command.ExecuteReader();
            var found = new List<int>();
            while (reader.Read())
            {
                found.Add(reader.GetInt32(0));
            }

            return found;
        }

        void Run(string sql, string? b)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$b", b ?? "");
            command.ExecuteNonQuery();
        }
    }

    [Theory]
    [InlineData("  柳荫路１２号院\u3000３号楼 \n", "柳荫路12号院 3号楼")]
    [InlineData("赵\u202E敏\u0000\u200B", "赵敏")]
    [InlineData("（ＡＢ）", "(AB)")]
    [InlineData("e\u0301", "é")]
    [InlineData(null, "")]
    public void Normalize_OneLine_IsPlain(string? text, string plain) => Assert.Equal(plain, ChineseText.Normalize(text));

    [Theory]
    [InlineData("你好，\r\n\r\n\r\n\r\n１２号院！  \n谢谢。\n", "你好，\n\n12号院！\n谢谢。")]
    [InlineData("\u202Eabc\u0007\tx", "abc x")]
    [InlineData("👨‍👩‍👧 𠮷", "👨‍👩‍👧 𠮷")]
    public void Clean_Prose_KeepsPunctuationAndLines(string text, string clean) => Assert.Equal(clean, ChineseText.Clean(text));

    [Fact]
    public void NormalizeAndClean_HalfASurrogatePair_IsReplaced()
    {
        // Not as attribute arguments: those are stored as UTF-8, which has no half pairs.
        Assert.Equal("坏\uFFFD字", ChineseText.Normalize("坏\uD800字"));
        Assert.Equal("\uFFFD", ChineseText.Clean("\uDC00"));
    }

    [Fact]
    public void NormalizeAndClean_Twice_ChangeNothingMore() => Gen.OneOf(Mixed, Gen.String).Sample(text =>
        ChineseText.Normalize(text) is var plain && ChineseText.Normalize(plain) == plain
        && ChineseText.Clean(text) is var clean && ChineseText.Clean(clean) == clean
        && !plain.Contains('\n') && !clean.Contains('\0'));

    [Fact]
    public void IndexTokens_AnyText_AreOfOneOrTwoCharactersAndFindTheirOwnQuery() => Gen.OneOf(Mixed, Gen.String).Sample(text =>
    {
        var tokens = ChineseText.IndexTokens(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return tokens.All(token => token.EnumerateRunes().Count() is 1 or 2)
            && ChineseText.Query(text).Phrases.All(phrase => phrase.Tokens.All(token => tokens.Contains(token)))
            && !ChineseText.Query(text).ToTsQuery().Replace("' <-> '", "").Replace("' & '", "").Contains("''");
    });

    [Fact]
    public void ByPinyin_Names_AreInAChineseReadersOrder()
    {
        string[] names = ["赵敏", "白雪", "欧阳兰", "梁志强", "陈建国", "安然", "孙桂英"];
        Assert.Equal(["安然", "白雪", "陈建国", "梁志强", "欧阳兰", "孙桂英", "赵敏"], names.Order(ChineseText.ByPinyin));
        Assert.Equal(names.Order(ChineseText.ByPinyin), names.OrderBy(ChineseText.SortKey, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))));
    }

    [Fact]
    public void Length_RareCharacter_CountsOne() => Assert.Equal(3, ChineseText.Length("田𠮷祥"));

    [Theory]
    [InlineData("  3号楼，2单元：灯不亮！\n", "3号楼，2单元：灯不亮！")]
    [InlineData("两行\n标题\u3000\u200b有 空格", "两行 标题 有 空格")]
    public void Line_OfATitle_KeepsItsPunctuationOnOneLine(string typed, string kept) => Assert.Equal(kept, ChineseText.Line(typed));

    /// <summary>Lists cut between characters, never within one of two UTF-16 units.</summary>
    [Theory]
    [InlineData("路灯不亮", 4, "路灯不亮")]
    [InlineData("路灯\n不亮了", 4, "路灯 不…")]
    [InlineData("田𠮷祥说", 2, "田𠮷…")]
    [InlineData(null, 3, "")]
    public void Head_CutsBetweenCharacters(string? text, int most, string head) => Assert.Equal(head, ChineseText.Head(text, most));
}
