using System.Text.Json;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

/// <summary>The demo's story is data: these keep it a possible story, whoever edits it.</summary>
public class DemoDataTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
    private static readonly Story Told = Read<Story>("demo/appeals.zh.json");
    private static readonly Neighbourhood Here = Read<Neighbourhood>("demo/people.json");
    private static readonly Story SecondTold = Read<Story>("demo/dongqiao.appeals.zh.json");
    private static readonly Neighbourhood There = Read<Neighbourhood>("demo/dongqiao.people.json");
    private static readonly WorkingCalendar Calendar = ReferenceData.Calendar;
    private static readonly DateTimeOffset End = China.EndOf(new(2026, 10, 30));

    public static TheoryData<string> Keys => [.. Told.Appeals.Concat(SecondTold.Appeals).Select(appeal => appeal.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Appeal_EachOne_IsAPossibleCourse(string key)
    {
        var (told, people) = Told.Appeals.Any(a => a.Key == key) ? (Told, Here) : (SecondTold, There);
        var appeal = told.Appeals.Single(a => a.Key == key);
        Assert.Contains(appeal.Kind, Csv.Load(ReferenceData.Path("appeal-kinds.csv")).Select(row => row["code"]));
        Assert.Contains(appeal.Who, people.People.Where(person => person.Post is null).Select(person => person.Key));
        Assert.Contains(appeal.Channel, new[] { "web", "counter" });
        Assert.InRange(China.DateIn(appeal.FiledAt), told.From, told.To);
        Assert.InRange(ChineseText.Length(appeal.Title), 4, 40);
        Assert.InRange(appeal.Text.Length, 4, 2000);
        Assert.Equal(appeal.Text, ChineseText.Clean(appeal.Text));
        Assert.NotEmpty(Masking.BuildingGroup(appeal.Place));
        Assert.True(appeal.ToldOn is null || (appeal.ToldOn < China.DateIn(appeal.FiledAt) && appeal.Channel == "counter"));
        if (appeal.Channel == "counter")
        {
            Assert.True(InOfficeHours(appeal.FiledAt), "the counter is closed");
        }

        var rounds = told.Rules?.SingleOrDefault(r => r.Rule == "appeal.rounds")?.Amount ?? ReferenceData.Rules.InForce("appeal.rounds", China.DateIn(appeal.FiledAt)).Amount;
        var (state, last, bad) = ("filed", appeal.FiledAt, 0);
        foreach (var step in appeal.Steps)
        {
            Assert.True(step.At > last && step.At < End, $"{step.At} follows {last}");
            state = (state, step.Act) switch
            {
                ("filed", "accept") => "accepted",
                ("accepted" or "reopened", "answer") => "answered",
                ("accepted" or "reopened", "refer") => "above",
                ("above", "street-answer") => "answered",
                ("above", "street-return") when step.Verdict is "not-this-level" or "needs-more" => "accepted",
                ("answered", "judge") when step.Verdict == "satisfied" => "solved",
                ("answered", "judge") when step.Verdict == "dissatisfied" => ++bad == rounds ? "disagreed" : "reopened",
                ("filed", "refuse") when Csv.Load(ReferenceData.Path("refusal-reasons.csv")).Any(row => row["code"] == step.Verdict) => "refused",
                ("refused", "contest") => "contested",
                ("contested", "review") when step.Verdict is "accept" or "uphold" => step.Verdict == "accept" ? "accepted" : "upheld",
                ("accepted" or "reopened", "hand-on") when step.Verdict != step.By => state,
                ("accepted" or "reopened" or "answered", "ask-above") => "above",
                ("filed" or "accepted" or "answered", "withdraw") => "withdrawn",
                ("withdrawn", "resume") => "filed",
                ("solved", "look-again") when step.Verdict is "still" or "not" => step.Verdict == "still" ? "solved" : "reopened",
                ("disagreed", "state-own" or "state-community") => "disagreed",
                _ => throw new InvalidOperationException($"{step.Act} of what is {state}"),
            };
            if (step.Act is "judge" or "contest" or "withdraw" or "resume" or "ask-above" or "look-again" or "state-own")
            {
                Assert.Equal("resident", step.By);
            }
            else
            {
                Assert.True(step.Act is "street-return" or "refuse" or "review" or "hand-on" || step.Verdict is null);
                Assert.Contains(step.By, step.Act.StartsWith("street-", StringComparison.Ordinal) ? ["subdistrict-officer"] : new[] { "grid-worker", "clerk", "secretary" });
                Assert.True(InOfficeHours(step.At), $"{step.At} is no office hour");
                Assert.True(step.Act == "accept" || step.Text.Length > 0, "an answer says something");
            }

            last = step.At;
        }
    }

    [Fact]
    public void Appeals_TheWholeYear_HasEveryKindOfCourse()
    {
        var appeals = Told.Appeals;
        Assert.Equal(41, appeals.Count);
        Assert.Equal(appeals.Count, appeals.Select(a => a.Key).Distinct().Count());
        Assert.Equal(appeals.OrderBy(a => a.FiledAt).Select(a => a.Key), appeals.Select(a => a.Key));
        Assert.Equal(12, appeals.Select(a => a.FiledAt.ToString("yyyy-MM")).Distinct().Count());
        Assert.True(appeals.Count(a => a.Channel == "counter") >= 8);
        Assert.True(appeals.Count(a => a.ToldOn is not null) >= 2);
        Assert.True(appeals.Count(a => a.Steps is [.., { Act: "answer" }]) >= 5, "silence");
        Assert.True(appeals.Count(a => a.Steps is [] or [.., { Act: "accept" } or { Verdict: "dissatisfied" }]) >= 3, "open at the end");
        Assert.True(appeals.Count(a => a.Steps is [.., { Verdict: "dissatisfied" }, { Act: "answer" }, { Verdict: "satisfied" }]) >= 3, "put right");
        Assert.Contains(appeals, a => a.Text.EnumerateRunes().Any(rune => rune.Value == 0x20BB7) && a.Text.Length > 700);
        Assert.Contains(appeals, a => a.Kind is "neighbours" or "help");
        foreach (var act in new[] { "refuse", "contest", "review", "hand-on", "ask-above", "withdraw", "resume", "look-again", "state-own", "state-community" })
            Assert.Contains(appeals, a => a.Steps.Any(step => step.Act == act));
        Assert.True(appeals.Count(AcceptedLate) >= 1 && appeals.Count(AnsweredLate) >= 2, "late");
        Assert.True(appeals.Count(a => !AcceptedLate(a) && !AnsweredLate(a)) > 25, "the rule is kept more often than not");
    }

    [Fact]
    public void Appeals_OfTheSecondCommunity_GoUpAndComeBack()
    {
        var appeals = SecondTold.Appeals;
        Assert.Equal(12, appeals.Count);
        Assert.Equal(appeals.OrderBy(a => a.FiledAt).Select(a => a.Key), appeals.Select(a => a.Key));
        Assert.Equal(4, appeals.Count(a => a.Steps.Any(step => step.Act == "refer")));
        Assert.Contains(appeals, a => a.Steps is [.., { Act: "refer" }]);
        Assert.Contains(appeals, a => a.Steps.Any(step => step.Act == "street-return"));
        Assert.Contains(appeals, a => a.Steps.SkipWhile(step => step.Act != "street-answer").Any(step => step.Verdict == "dissatisfied"));
    }

    [Fact]
    public void People_TheSameFew_HaveTheirPosts()
    {
        Assert.Equal(26, Here.People.Select(person => person.Key).Distinct().Count());
        Assert.Equal(["clerk", "clerk", "grid-worker", "secretary", "security-administrator", "supervisor", "supervisor", "system-administrator"], Here.People.Where(person => person.Grid is null).Select(person => person.Post).OfType<string>().Order());
        // The third grid is the worker's of the whole community; each other has its own.
        Assert.Equal(7, Here.People.Where(person => person.Post == "grid-worker").Select(person => person.Grid).OfType<string>().Distinct().Count());
        Assert.Equal(["clerk", "grid-worker", "secretary", "supervisor"], There.People.Select(person => person.Post).OfType<string>().Order());
        // Sign-in names are the installation's: nobody is in both.
        Assert.Empty(Here.People.Select(person => person.Key).Intersect(There.People.Select(person => person.Key)));
        Assert.Empty(Told.Appeals.Select(a => a.Key).Intersect(SecondTold.Appeals.Select(a => a.Key)));
        Assert.All(There.People, person => Assert.NotEmpty(Masking.Name(person.Name)));
        Assert.All(Here.People, person => Assert.InRange(person.Born, 1940, 2005));
        Assert.All(Here.People, person => Assert.NotEmpty(person.Title));
        Assert.All(Here.People, person => Assert.NotEmpty(Masking.Name(person.Name)));
        Assert.NotEmpty(Here.Community.Name);
    }

    private static bool AcceptedLate(Appeal appeal) =>
        Due("appeal.accept", appeal.FiledAt).IsMissedAt(appeal.Steps.FirstOrDefault(step => step.Act == "accept")?.At ?? End);

    private static bool AnsweredLate(Appeal appeal) => appeal.Steps.FirstOrDefault(step => step.Act == "accept") is { } accepted
        && Due("appeal.answer.grid", accepted.At).IsMissedAt(appeal.Steps.FirstOrDefault(step => step.Act == "answer")?.At ?? End);

    private static Due Due(string rule, DateTimeOffset start) => ReferenceData.Rules.InForce(rule, China.DateIn(start)).DueFrom(start, Calendar);

    private static bool InOfficeHours(DateTimeOffset at)
    {
        var time = TimeOnly.FromTimeSpan(China.TimeIn(at).TimeOfDay);
        return Calendar.IsWorkingDay(China.DateIn(at)) && ((time >= new TimeOnly(8, 30) && time <= new TimeOnly(12, 0)) || (time >= new TimeOnly(14, 0) && time <= new TimeOnly(18, 0)));
    }

    private static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(ReferenceData.Path(name)), Web)!;

    private sealed record Story(DateOnly From, DateOnly To, IReadOnlyList<Appeal> Appeals, IReadOnlyList<Limit>? Rules = null, Adoption? Method = null);

    private sealed record Adoption(DateTimeOffset At, string Method, DateOnly From, string Citation);

    private sealed record Limit(DateTimeOffset At, string Rule, int Amount, DateOnly From, string Citation);

    private sealed record Appeal(string Key, string Kind, string Title, string Text, string Place, string Channel, string Who, DateOnly? ToldOn, DateTimeOffset FiledAt, IReadOnlyList<Step> Steps);

    private sealed record Step(string Act, DateTimeOffset At, string By, string? Verdict, string Text);

    private sealed record Neighbourhood(Place Community, IReadOnlyList<Person> People);

    private sealed record Place(string City, string District, string Street, [property: System.Text.Json.Serialization.JsonPropertyName("community")] string Name, string Committee);

    private sealed record Person(string Key, string Name, int Born, string Lives, string? Post, string Title, string Note, string? Grid = null);
}
