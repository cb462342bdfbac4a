using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;

namespace Hele.Civic.Demo;

/// <summary>The demo as it is told in data/demo: the neighbourhood with its people, and a year of appeals. Reference data, not code.</summary>
internal static class DemoStory
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private static readonly Lazy<Neighbourhood> LazyPlace = new(() => Load<Neighbourhood>("demo/people.json"));
    private static readonly Lazy<Year> LazyYear = new(() => Load<Year>("demo/appeals.zh.json"));

    public static Neighbourhood Place => LazyPlace.Value;
    public static Year Told => LazyYear.Value;

    private static T Load<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(ReferenceData.Path(name)), Web)!;

    internal sealed record Neighbourhood(Names Community, IReadOnlyList<Resident> People);

    internal sealed record Names(string City, string District, string Street, [property: JsonPropertyName("community")] string Name, string Committee);

    /// <param name="Post">The role in words with dashes (grid-worker …); null for a resident.</param>
    internal sealed record Resident(string Key, string Name, int Born, string Lives, string? Post, string Title, string Note);

    internal sealed record Year(DateOnly From, DateOnly To, IReadOnlyList<Matter> Appeals);

    internal sealed record Matter(string Key, string Kind, string Title, string Text, string Place, string Channel, string Who, DateOnly? ToldOn, DateTimeOffset FiledAt, IReadOnlyList<Step> Steps)
    {
        public bool AtCounter => Channel == "counter";
    }

    /// <param name="Act">accept, answer or judge.</param>
    /// <param name="By">The post that acts, or resident.</param>
    /// <param name="Verdict">satisfied or dissatisfied; null unless it judges.</param>
    internal sealed record Step(string Act, DateTimeOffset At, string By, string? Verdict, string Text);
}
