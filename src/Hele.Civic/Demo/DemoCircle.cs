using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<CircleStory> LazyCircle = new(() => Load<CircleStory>("demo/circle.zh.json"));

    /// <summary>The walking circles: streets, service points, who helps nearby, and the readings.</summary>
    public static CircleStory Circle => LazyCircle.Value;

    internal sealed record CircleStory(IReadOnlyList<Round> Circles);

    internal sealed record Round(string In, TownMap Map, IReadOnlyList<Correcting> Corrections, IReadOnlyList<Standing> Points, IReadOnlyList<Helping> Helpers, IReadOnlyList<Measuring> Readings)
    {
        public Community Community => Communities.Single(c => c.Code == In);
    }

    /// <param name="File">In the reference data.</param>
    internal sealed record TownMap(DateTimeOffset At, string Name, string Source, string File);

    internal sealed record Correcting(string Key, DateTimeOffset At, string Kind, string Name, string Line, string? Hours = null, DateTimeOffset? Until = null);

    /// <param name="Near">compound/building: it stands there.</param>
    internal sealed record Standing(string Key, DateTimeOffset At, string Kind, string Name, string Near, string Hours, string? Phone = null, DateTimeOffset? Closed = null);

    internal sealed record Helping(string Who, DateTimeOffset At, DateOnly Agreed, string Hours);

    internal sealed record Measuring(DateTimeOffset At, int Day, TimeOnly Time);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        /// <summary>The secretary brings in the streets, draws what the map lacks, opens the points and has the circle worked out each quarter.</summary>
        private IEnumerable<Scene> Circles()
        {
            foreach (var round in DemoStory.Circle.Circles)
            {
                var (community, prefix) = (round.Community, $"circle/{round.In}/");
                Task<Outcome> Do(Permission permission, Guid id, Func<Viewer, Act, Task<Outcome>> run) => Enter(community, "", permission, id, run);
                async Task<Outcome> Remember(string key, Task<Outcome> acting)
                {
                    var outcome = await acting;
                    if (outcome.Code is { } code)
                        _codes[key] = code;
                    return outcome;
                }
                // Somebody using the demo may have done it otherwise.
                Task<Outcome> IfThere(string key, Func<string, Task<Outcome>> run) => _codes.TryGetValue(key, out var code) ? run(code) : Task.FromResult<Outcome>(CircleProblems.PointClosed);

                yield return new(prefix + "map", round.Map.At, id => Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<AddStreetMap>().Run(who, act,
                    new(round.Map.Name, round.Map.Source, Datum.Wgs84, System.IO.File.ReadAllBytes(ReferenceData.Path(round.Map.File))), cancel)));
                foreach (var told in round.Corrections)
                {
                    var key = $"{prefix}street/{told.Key}";
                    yield return new(key, told.At, id => Remember(key, Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<DrawCorrection>().Run(who, act,
                        new(RuleSet.Named<CorrectionKind>(told.Kind), told.Name, told.Line, told.Hours is { } hours ? HoursOf(hours) : null, false), cancel))));
                    if (told.Until is { } until)
                        yield return new(key + "/end", until, id => IfThere(key, code => Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<EndCorrection>().Run(who, act, new(code), cancel))));
                }
                foreach (var told in round.Points)
                {
                    var key = $"{prefix}point/{told.Key}";
                    yield return new(key, told.At, id => Remember(key, Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<KeepPoint>().Run(who, act,
                        new(null, told.Kind, told.Name, told.Phone, community.Ground.Houses.Single(h => $"{h.Compound}/{h.Name}" == told.Near).Position, HoursOf(told.Hours)), cancel))));
                    if (told.Closed is { } closed)
                        yield return new(key + "/close", closed, id => IfThere(key, code => Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<ClosePoint>().Run(who, act, new(code), cancel))));
                }
                foreach (var told in round.Helpers)
                    yield return new($"{prefix}helper/{told.Who}", told.At, id => Do(CircleAccess.Keep, id, (who, act) => services.GetRequiredService<KeepHelper>().Run(who, act,
                        new(_codes["person/" + told.Who], told.Agreed, HoursOf(told.Hours)), cancel)));
                foreach (var told in round.Readings)
                    yield return new($"{prefix}reading/{told.At:yyyyMMdd}", told.At, id => Do(CircleAccess.Record, id, (who, act) => services.GetRequiredService<RecordReading>().Run(who, act, new(told.Day, told.Time.Hour, told.Time.Minute), cancel)));
            }
        }

        private static HoursInput HoursOf(string hours) => new(hours == OpeningHours.Always, hours == OpeningHours.Always ? [] : OpeningHours.Read(hours));
    }
}
