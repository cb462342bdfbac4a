using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Registers a building with its entrances, or corrects it. Entrances are added, never taken away: households stand behind them.</summary>
public sealed class KeepBuilding(Writer writer)
{
    /// <param name="Code">Of the building that is corrected; null for a new one.</param>
    /// <param name="Compound">Public code of its compound.</param>
    /// <param name="Entrances">How many; they are called 1单元, 2单元 and so on.</param>
    /// <param name="Position">"longitude latitude" in degrees; empty while nobody has said.</param>
    public sealed record Input(string? Code, string? Compound, string? Name, int? Floors, int Entrances, string? Position);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrEmpty(input.Compound)) problems.Add(GridProblems.CompoundMissing);
        if (ChineseText.Line(input.Name).Length is 0 or > Building.NameLength) problems.Add(GridProblems.BuildingNameMissing);
        if (input.Floors is < 1 or > Building.MostFloors) problems.Add(GridProblems.FloorsOdd);
        if (input.Entrances is < 0 or > Building.MostEntrances) problems.Add(GridProblems.EntrancesTooMany);
        if (!TryPosition(input.Position, out _)) problems.Add(GridProblems.PositionOdd);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "building.keep", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Keep) is null)
            return GridProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var name = ChineseText.Line(input.Name);
        if (await scope.Db.Set<Compound>().SingleOrDefaultAsync(c => c.PublicCode == input.Compound && c.To == null) is not { } compound)
            return GridProblems.CompoundMissing;
        if (await scope.Db.Set<Building>().AnyAsync(b => b.CompoundId == compound.Id && b.Name == name && b.To == null && b.PublicCode != input.Code))
            return GridProblems.BuildingNameTaken;
        TryPosition(input.Position, out var at);
        Building? building;
        if (input.Code is null)
        {
            building = Register(scope, compound, name, input.Floors, at);
        }
        else
        {
            building = await scope.Db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == input.Code);
            if (building is null)
                return GridProblems.NotFound;
            if (building.To is not null)
                return GridProblems.BuildingGone;
            (building.CompoundId, building.Name, building.Floors) = (compound.Id, name, input.Floors);
            building.StandAt(at);
            scope.Record(building, GridEvents.BuildingCorrected);
        }
        AddEntrances(scope, building, await scope.Db.Set<Entrance>().CountAsync(e => e.BuildingId == building.Id), input.Entrances);
        return Outcome.Ok(building.PublicCode);
    }, cancel);

    internal static Building Register(ActScope scope, Compound compound, string name, int? floors, Position? at)
    {
        var building = new Building { CompoundId = compound.Id, Name = name, Floors = floors, From = scope.On, LoggedAt = scope.Now };
        building.StandAt(at);
        return scope.Add(building, GridEvents.BuildingRegistered);
    }

    /// <param name="there">How many it has.</param>
    /// <param name="wanted">How many it shall have; none is taken away.</param>
    internal static void AddEntrances(ActScope scope, Building building, int there, int wanted)
    {
        for (var i = there + 1; i <= wanted; i++)
            scope.Add(new Entrance { BuildingId = building.Id, Name = Called(i).Zh }, GridEvents.EntranceRegistered);
    }

    /// <summary>What stands over an entrance's door; a place is called as its sign says, in whatever language it is read.</summary>
    private static Bilingual Called(int entrance) => ($"{entrance}单元", $"Entrance {entrance}");

    /// <summary>Reads a position as typed or as the map wrote it. Nothing typed is no position and no mistake.</summary>
    public static bool TryPosition(string? typed, out Position? at)
    {
        at = null;
        var words = (typed ?? "").Split([' ', ',', '，', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return true;
        if (words.Length != 2 || !TryDegrees(words[0], out var lon) || !TryDegrees(words[1], out var lat) || lon is < 73 or > 136 || lat is < 3 or > 54)
            return false;
        at = Hele.Civic.Grids.Position.Of(lon, lat);
        return true;
    }

    private static bool TryDegrees(string word, out double degrees) => double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees);
}
