using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.People;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<IReadOnlyList<Lived>> LazyLives = new(() => Load<IReadOnlyList<Lived>>("demo/life.zh.json"));

    /// <summary>Behind which doors the story's people live, and what happened there.</summary>
    public static IReadOnlyList<Lived> Lives => LazyLives.Value;

    /// <param name="Homes">Doors of the story.</param>
    internal sealed record Lived(string Community, Words Words, IReadOnlyList<ToldHome> Homes, IReadOnlyList<ToldTurn> Turns);

    /// <param name="Birth">What a guardianship rests on that begins with a birth.</param>
    /// <param name="ToldBy">Who tells of a death where nobody else lives there.</param>
    internal sealed record Words(string Birth, IReadOnlyList<string> ToldBy);

    /// <param name="People">Empty for a door that is kept free for later.</param>
    internal sealed record ToldHome(string Key, string Compound, string Building, string Entrance, string Room, DateOnly Since, IReadOnlyList<ToldDweller> People);

    /// <param name="Relation">To the head, in the ledger's words.</param>
    internal sealed record ToldDweller(string Name, string Relation, bool Woman, DateOnly Born);

    /// <param name="Act">state, confirm, reject, withdraw, death, out, let, let-ends, presence or guardian.</param>
    /// <param name="By">A person's key, a post, or keeper: whoever keeps that door.</param>
    /// <param name="Home">Key of the door.</param>
    /// <param name="Of">Key of the turn that this one follows: the statement that is checked.</param>
    /// <param name="Who">Names behind that door; of a death the key of a matter: whoever raised it.</param>
    /// <param name="To">Key of the door they move to.</param>
    internal sealed record ToldTurn(string Key, string Act, DateTimeOffset At, string By, string? Home = null, string? Of = null, IReadOnlyList<string>? Who = null, string? To = null, ChangeKind? Kind = null, ChangeCheck? Check = null,
        string? Text = null, DateOnly? On = null, DateOnly? Until = null, string? Name = null, string? Phone = null, string? Landlord = null, bool Seen = false, DeathSource? Source = null, string? ToldBy = null, WentTo? Went = null,
        Presence? Presence = null, bool Elsewhere = false);
}

/// <summary>Who lives where in a community of the demo, as its ledger tells it: the crowd, the story's people among them, and who sits in its bodies.</summary>
internal sealed class DemoTown
{
    /// <summary>Who raises which of the everyday matters.</summary>
    public IReadOnlyList<(DemoMatter Matter, DemoHomes.Resident Who)> Voices { get; }

    public IReadOnlyList<DemoHomes.Home> Homes { get; }

    public DemoLife Life { get; }

    /// <summary>The story's doors by their keys.</summary>
    public IReadOnlyDictionary<string, DemoHomes.Door> Doors { get; }

    /// <summary>What the people are called who come up in none of the story's files.</summary>
    public IEnumerable<string> Names => Homes.SelectMany(h => h.People).Select(p => p.Name).Concat(Life.Names).Append(Person.Unnamed.Zh);

    /// <param name="voices">Chooses who raises the everyday matters, of those who live there.</param>
    public DemoTown(DemoStory.Community community, Func<DemoHomes, IReadOnlyList<(DemoMatter Matter, DemoHomes.Resident Who)>> voices)
    {
        var names = new DemoNames();
        var crowd = new DemoHomes(community.Code, community.Ground, community.Households, new DateOnly(2025, 10, 31), names, community.People.Select(p => p.Name));
        Voices = voices(crowd);
        var told = DemoStory.Lives.Single(l => l.Community == community.Code);
        var neighbours = DemoStory.Organizations.Single(o => o.Community == community.Code).People;
        var houses = community.Ground.Houses.ToDictionary(h => (h.Compound, h.Name));
        Doors = told.Homes.ToDictionary(h => h.Key, h => new DemoHomes.Door(houses[(h.Compound, h.Building)], h.Entrance, h.Room));

        var reserved = Doors.Values.Select(d => d.Spoken).ToHashSet();
        var speaking = Voices.GroupBy(v => v.Who.Name).ToDictionary(g => g.Key, g => g.Any(v => v.Matter.Channel == Channel.Web));
        var homes = new List<DemoHomes.Home>();
        foreach (var home in crowd.All)
        {
            if (!reserved.Contains(home.Door.Spoken))
                homes.Add(home with { People = [.. home.People.Select(p => speaking.GetValueOrDefault(p.Name) ? p with { Known = "person/" + SignInOf(p) } : p)] });
            else if (home.People.Any(p => speaking.ContainsKey(p.Name)))
                throw new InvalidOperationException($"data/demo/life.zh.json: behind {home.Door.Spoken} lives somebody who raises a matter.");
        }
        Seat(homes, neighbours, told, speaking.Keys.ToHashSet(), community.Code);
        foreach (var home in told.Homes.Where(h => h.People.Count > 0))
        {
            homes.Add(new(Doors[home.Key], [.. home.People.Select(p =>
            {
                var known = community.People.FirstOrDefault(s => s.Name == p.Name) is { } one ? "person/" + one.Key : neighbours.Any(n => n.Name == p.Name) ? $"neighbour/{community.Code}/{p.Name}" : null;
                if (known is null && names.IsUsed(p.Name))
                    throw new InvalidOperationException($"data/demo/life.zh.json: {p.Name} is the name of somebody else.");
                return new DemoHomes.Resident(p.Name, p.Relation, p.Woman, p.Born, "", home.Since > p.Born ? home.Since : p.Born, known);
            })]));
        }
        Homes = homes;
        string[] quiet = [.. speaking.Keys, .. community.People.Select(p => p.Name), .. neighbours.Select(n => n.Name), .. told.Homes.SelectMany(h => h.People).Select(p => p.Name)];
        names.Avoid(quiet.Concat(told.Turns.SelectMany(t => new[] { t.Name, t.Landlord }).OfType<string>()));
        Life = new DemoLife(community.Code, community.Households, homes, [.. crowd.Empty.Where(d => !reserved.Contains(d.Spoken))], quiet.ToHashSet(), names, told.Words);
    }

    public static string SignInOf(DemoHomes.Resident person) => "r" + person.Phone[^5..];

    /// <summary>Who sits in a body lives in the building that is said of them: in the place of one of a couple there, whose name nobody needs.</summary>
    private static void Seat(List<DemoHomes.Home> homes, IReadOnlyList<DemoStory.Neighbour> neighbours, DemoStory.Lived told, HashSet<string> speaking, string code)
    {
        var placed = told.Homes.SelectMany(h => h.People).Select(p => p.Name).ToHashSet();
        foreach (var neighbour in neighbours.Where(n => !placed.Contains(n.Name)))
        {
            var dice = new Dice("neighbour/" + neighbour.Name);
            var fitting = Enumerable.Range(0, homes.Count).Where(i => homes[i] is { People: [{ Relation: DemoHomes.Head }, { Relation: DemoHomes.Spouse }] } home && home.House.Compound + home.House.Name == neighbour.Lives
                && home.People.All(p => p.Known is null && !speaking.Contains(p.Name))).ToList();
            if (fitting.Count == 0)
                continue;
            var at = fitting[dice.Below(fitting.Count)];
            homes[at] = homes[at] with
            {
                People = [.. homes[at].People.Select(p => p.IsWoman == neighbour.Woman ? p with { Name = neighbour.Name, Phone = "", Known = $"neighbour/{code}/{neighbour.Name}" } : p)],
            };
        }
    }
}
