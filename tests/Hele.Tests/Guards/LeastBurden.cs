using System.Text.RegularExpressions;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Hele must not make work for its own sake (为基层减负): nothing in it counts attendance streaks, ranks people or grids, gives points for being
/// busy, watches how long somebody is on line, forces photos, records tracks, asks for check-ins or nags people to log in. 报到 (a Party member
/// reporting to the community) and 服务时间 (hours of voluntary service) are other things and allowed. Comments may say why something is not there.
/// </summary>
/// <remarks>
/// Seen to fail: the theory below, on every run; on the tree itself a property LoginStreak, a key 排行榜 in en.json and a heading 积分 on a page
/// were each reported.
/// </remarks>
public partial class LeastBurden
{
    [Fact]
    public void Sources_SpeakOfNothingThatOnlyMakesWork()
    {
        var faults = new List<string>();
        foreach (var file in Repo.Files("src", "*.cs", "*.cshtml", "*.js", "*.json", "*.css").Where(f => !Repo.Relative(f).Contains("/wwwroot/lib/")))
            faults.AddRange(Faults(Path.GetExtension(file), File.ReadAllText(file)).Select(f => $"{Repo.Relative(file)}:{f}"));
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory]
    [InlineData(".cs", "public int LoginStreak { get; }", 1)]
    [InlineData(".cs", "var attendance_streaks = 3;", 1)]
    [InlineData(".cs", "class GridRanking; // ranking", 1)]
    [InlineData(".cs", """L["本月排名"] ("积分", "points")""", 3)]
    [InlineData(".cs", """record X(TimeSpan OnlineTime, string GpsTrack, bool PhotoRequired, DateTimeOffset CheckInAt);""", 4)]
    [InlineData(".cs", """("每日打卡", "Daily check-in")""", 2)]
    [InlineData(".json", """{"排行榜":"Leaderboard"}""", 2)]
    [InlineData(".js", "navigator.geolocation.watchPosition(save)", 2)]
    [InlineData(".cshtml", "@* 排名 *@<h1>积分</h1><!-- 打卡 -->", 1)]
    [InlineData(".cs", "// no ranking, no 打卡: the work is what counts\n/* streak */ var x = 1;", 0)]
    [InlineData(".cs", "[\"party\", \"doublecheckin\"]", 0)] // 双报到: reporting to the community once
    [InlineData(".cs", """("报到", "Reporting to the community"), ("服务时间", "Hours of service"), L["轨道交通"]""", 0)]
    [InlineData(".cs", """header = "geolocation=(), camera=()"; throw new X("a row points to another jurisdiction");""", 0)]
    [InlineData(".cs", "db.AsNoTracking(); ChangeTracker.Entries(); IReadOnlyList<Point> Points; \"insert into fb(fb, rank)\"", 0)]
    [InlineData(".cs", """("服务点", "Service points")""", 0)]
    [InlineData(".cs", """("服务积分", "Points of service")""", 2)]
    [InlineData(".cshtml", """<svg><polyline points="1,2 3,4"/></svg>@{ // no ranking""", 0)]
    public void Faults_OfASnippet_AreFound(string kind, string source, int faults) => Assert.Equal(faults, Faults(kind, source).Count);

    private static List<string> Faults(string kind, string source)
    {
        var faults = new List<string>();
        switch (kind)
        {
            case ".cs" or ".js":
                Visit(SourceTokens.Of(source, javaScript: kind == ".js"));
                break;
            default:
                var lines = Comments().Replace(source, m => new string('\n', m.Value.Count(c => c == '\n'))).Split('\n');
                for (var n = 0; n < lines.Length; n++)
                    Look(lines[n], n + 1, spoken: kind == ".json");
                break;
        }

        return faults;

        void Visit(IReadOnlyList<Token> tokens)
        {
            foreach (var token in tokens.Where(t => t.Kind != TokenKind.Comment))
            {
                Look(token.Value, token.Line, spoken: token.Kind == TokenKind.Text);
                foreach (var hole in token.Holes)
                    Visit(hole);
            }
        }

        void Look(string text, int line, bool spoken)
        {
            foreach (Match m in Words().Matches(text))
                faults.Add($"{line}: {m.Value}");
            // As an identifier "points" is geometry; said to a person it is a score.
            if (spoken)
            {
                foreach (Match m in Score().Matches(text))
                    faults.Add($"{line}: {m.Value}");
            }
        }
    }

    [GeneratedRegex(
        "排名|排行|龙虎榜|红黑榜|积分|打卡|签到率|连续签到|连续登录|全勤|在线时长|在线时间|登录天数|未登录天数|活跃度|轨迹|强制拍照|必须拍照|须拍照" +
        "|streak|leader-?board|ranking|rank_?by|reward_?points?|score_?board|online_?(time|minutes|hours|duration)|time_?online" +
        "|gps|geo_?location(?!=\\(\\))|watchPosition|track_?points?|location_?(track|history)|trajector(y|ies)|photo_?required|require[sd]?_?photo|must_?photo" +
        "|(?<!double)check[-_ ]?ins?\\b|check_?in_?(at|by|count|date|time)|clock[-_ ]?in\\b|punch_?card|log-?in_?(reminder|days|count)|days_?since_?log-?in",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    // Service points are places where somebody answers.
    [GeneratedRegex(@"(?<!\bservice[ -])\bpoints\b(?! (to|at|into|out|back|from|outside)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Score();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|/\*.*?\*/|(?<=^|\s)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
