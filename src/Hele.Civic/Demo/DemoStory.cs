using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;

namespace Hele.Civic.Demo;

/// <summary>The demo as it is told in data/demo: two communities with their people and a year of appeals, and what lies above them. Reference data, not code.</summary>
internal static partial class DemoStory
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new JsonStringEnumConverter() } };
    private static readonly Lazy<IReadOnlyList<Community>> LazyCommunities = new(() =>
    [
        new(DemoSeed.JurisdictionId, DemoSeed.Code, "Hexi Community", Load<Neighbourhood>("demo/people.json"), Load<Year>("demo/appeals.zh.json"), DemoPlaces.Load(""), 2860),
        new(DemoSeed.SecondId, DemoSeed.SecondCode, "Dongqiao Community", Load<Neighbourhood>("demo/dongqiao.people.json"), Load<Year>("demo/dongqiao.appeals.zh.json"), DemoPlaces.Load("dongqiao."), 410),
    ]);
    private static readonly Lazy<Above> LazyAbove = new(() => Load<Above>("demo/above.json"));

    /// <summary>The communities; the first is the one the demo is mostly about.</summary>
    public static IReadOnlyList<Community> Communities => LazyCommunities.Value;

    public static Above Over => LazyAbove.Value;

    private static T Load<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(ReferenceData.Path(name)), Web)!;

    /// <param name="Households">How many doors somebody lives behind.</param>
    internal sealed record Community(int Id, string Code, string NameEn, Neighbourhood Place, Year Told, DemoPlaces Ground, int Households)
    {
        private readonly Lazy<DemoTown> _town = new(() => new DemoTown(DemoStory.Communities.Single(c => c.Id == Id), homes => DemoSeed.JurisdictionId == Id ? DemoSeed.Voices(homes) : []));

        /// <summary>Who lives behind its doors.</summary>
        public DemoTown Town => _town.Value;

        public string Name => Place.Community.Name;
        public IReadOnlyList<Resident> People => Place.People;
    }

    internal sealed record Above(Unit District, Unit Street);

    internal sealed record Unit(string Name, string NameEn, string Code, IReadOnlyList<Resident> People);

    internal sealed record Neighbourhood(Names Community, IReadOnlyList<Resident> People);

    internal sealed record Names(string City, string District, string Street, [property: JsonPropertyName("community")] string Name, string Committee);

    /// <param name="Post">The role in words with dashes (grid-worker …); null for a resident.</param>
    /// <param name="Grid">The grid that the post is limited to; null for the whole community.</param>
    internal sealed record Resident(string Key, string Name, int Born, string Lives, string? Post, string Title, string Note, string? Grid = null);

    /// <param name="Rules">Local limits that its secretary sets; null for none.</param>
    /// <param name="Method">The method of decision that its secretary adopts; null where the community keeps to that of its place.</param>
    internal sealed record Year(DateOnly From, DateOnly To, IReadOnlyList<Matter> Appeals, IReadOnlyList<Limit>? Rules = null, Adoption? Method = null);

    internal sealed record Adoption(DateTimeOffset At, string Method, DateOnly From, string Citation);

    internal sealed record Limit(DateTimeOffset At, string Rule, int Amount, DateOnly From, string Citation);

    internal sealed record Matter(string Key, string Kind, string Title, string Text, string Place, string Channel, string Who, DateOnly? ToldOn, DateTimeOffset FiledAt, IReadOnlyList<Step> Steps)
    {
        public bool AtCounter => Channel == "counter";
    }

    /// <param name="Act">accept, refuse, contest, review, answer, hand-on, judge, refer, ask-above, street-answer, street-return, withdraw, resume, look-again, state-own, state-community, judge-joined, hide or merge.</param>
    /// <param name="By">The post that acts, or resident; the key of whoever joined where they judge.</param>
    /// <param name="Verdict">
    /// satisfied or dissatisfied where it judges; the key of the earlier one where it is merged; still or not where it is asked again; the reason's code where it is refused; accept or uphold where that is reviewed; the post that
    /// takes it where it is handed on; not-this-level or needs-more where it returns; else null.
    /// </param>
    internal sealed record Step(string Act, DateTimeOffset At, string By, string? Verdict, string Text);
}
