using System.Globalization;
using Hele.Planning.Reach;
using Hele.Planning.Roster;
using Hele.Planning.Streets;

namespace Hele.TestKit.Planning;

/// <summary>A week of the demo community, drawn by a seed on its real streets: nine visitors, sixty recipients, who are called every day and visited twice a week, some of them by two.</summary>
public static class CommunityWeek
{
    public static readonly DateOnly Monday = new(2026, 9, 7);

    public static RosterProblem Draw(int seed = 1, int recipients = 60, int visitors = 9, int days = 7)
    {
        var random = new Random(seed);
        var (places, walking) = Places();
        // A few hours each weekday, and every third visitor on the weekend; the skills of data/skills.csv that a visit may need: 0 care, 1 medicine, 2 errands.
        var hours = new[] { "Mo-Fr 08:30-11:30,14:30-17:30", "Mo-Fr 09:00-12:00; Sa,Su 09:00-12:00,15:00-17:00", "Mo-Su 14:00-18:00", "Mo,We,Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00", "Mo-Su 08:00-10:30,16:00-18:30" };
        var people = Enumerable.Range(0, visitors).Select(v => new Visitor(random.Next(places), WeekHours.Parse(hours[v % hours.Length])!, 60 * (14 + random.Next(8)))
        {
            Skills = [.. new[] { 0, 1, 2 }.Where(s => random.Next(3) > 0 || v % 3 == s)],
            Absences = random.Next(4) == 0 ? [new(Monday.AddDays(random.Next(days)).ToDateTime(default), Monday.AddDays(days).ToDateTime(default))] : [],
        }).ToList();
        var cared = Enumerable.Range(0, recipients).Select(r => new Recipient(random.Next(places), WeekHours.Parse(random.Next(4) switch { 0 => "08:00-12:00", 1 => "09:00-11:30,15:00-19:00", _ => "08:00-20:00" })!,
        [
            new Rhythm(ContactKind.Call, 1, Monday.AddDays(-1), 5) { MetByVisit = r % 5 == 0 },
            new Rhythm(ContactKind.Visit, 4, Monday.AddDays(-1 - random.Next(3)), 30) { People = r % 12 == 0 ? 2 : 1, Skills = r % 4 == 0 ? [random.Next(3)] : [] },
        ])
        {
            Familiar = [.. Enumerable.Range(0, visitors).Where(_ => random.Next(4) == 0)],
        }).ToList();
        return new() { First = Monday, Days = days, Visitors = people, Recipients = cared, Walking = walking };
    }

    static (int, int[,]) Places()
    {
        var import = StreetImport.Read(File.OpenRead(Repo.At("data", "demo", "streets.geojson")));
        var buildings = File.ReadLines(Repo.At("data", "demo", "buildings.csv")).Skip(1).Select(l => l.Split(',')).Where(c => c[^1] != "") // some aren't on the map
            .Select((c, i) => new Building($"b{i}", new GeoPoint(double.Parse(c[^1], CultureInfo.InvariantCulture), double.Parse(c[^2], CultureInfo.InvariantCulture)))).ToList();
        var matrix = ReachIndex.Build(import.Network, WalkingProfile.Older, buildings).Matrix([.. buildings.Select(b => b.Place)], new(3, 10));
        var walking = new int[buildings.Count, buildings.Count];
        for (var i = 0; i < buildings.Count; i++)
            for (var j = 0; j < buildings.Count; j++)
                walking[i, j] = matrix[i, j];
        return (buildings.Count, walking);
    }
}
