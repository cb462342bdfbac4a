using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Grids;

/// <summary>What the committee does to get its buildings and grids into the register.</summary>
internal static class GridSteps
{
    /// <summary>A square of so many metres, its south-west corner so many metres east and north of a place in the test community.</summary>
    public static string Square(double east, double north, double size = 100)
    {
        var (lon, lat) = (Lon(east), Lat(north));
        var (lon2, lat2) = (Lon(east + size), Lat(north + size));
        return FormattableString.Invariant($"{lon:F7} {lat:F7}, {lon2:F7} {lat:F7}, {lon2:F7} {lat2:F7}, {lon:F7} {lat2:F7}");
    }

    public static string At(double east, double north) => FormattableString.Invariant($"{Lon(east):F7} {Lat(north):F7}");

    private static double Lon(double metres) => 114.3 + (metres / (111_195 * Math.Cos(36.1 * Math.PI / 180)));
    private static double Lat(double metres) => 36.1 + (metres / 111_195);

    public static async Task<string> Compound(this TestInstallation hele, Viewer viewer, string name = "柳荫路12号院") =>
        Ok(await hele.Get<KeepCompound>().Run(viewer, viewer.Act(GridAccess.Keep, Guid.NewGuid()), new(null, name, CompoundKind.Old, null)));

    public static async Task<string> Building(this TestInstallation hele, Viewer viewer, string compound, string name, string? at = null, int entrances = 2) =>
        Ok(await hele.Get<KeepBuilding>().Run(viewer, viewer.Act(GridAccess.Keep, Guid.NewGuid()), new(null, compound, name, 6, entrances, at)));

    public static async Task<string> Grid(this TestInstallation hele, Viewer viewer, string name, string outline) =>
        Ok(await hele.Get<DrawGrid>().Run(viewer, viewer.Act(GridAccess.Draw, Guid.NewGuid()), new(null, name, GridKind.Comprehensive, "0372-5550101", outline)));

    public static Task<Outcome> Assign(this TestInstallation hele, Viewer viewer, string grid, params string[] buildings) =>
        hele.Get<AssignBuildings>().Run(viewer, viewer.Act(GridAccess.Draw, Guid.NewGuid()), new(grid, buildings));

    public static Task<Outcome> MoveIn(this TestInstallation hele, Viewer viewer, string building, string room, string person, bool leavesOther = false, string? entrance = "1单元", DateOnly? on = null) =>
        hele.Get<MoveIn>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(building, entrance, room, person, HouseholdRole.Head, on, leavesOther));

    /// <summary>A grid worker of one grid, proposed by the security administrator and confirmed by the secretary.</summary>
    public static async Task<Viewer> Worker(this TestInstallation hele, string name, string title, string grid)
    {
        var (he, ma, signIn) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma), "worker" + Guid.NewGuid().ToString("N")[..8]);
        var person = Ok(await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(name, null, signIn, TestPeople.PasswordHash, false, null, null, null)));
        var post = Ok(await hele.Get<ProposePost>().Run(he, he.Act(PostAccess.Propose, Guid.NewGuid()), new(person, Role.GridWorker, title, hele.Today, null, "新任", "grid", grid)));
        Ok(await hele.Get<DecidePost>().Run(ma, ma.Act(PostAccess.Confirm, Guid.NewGuid()), new(post, true, null)));
        return await hele.Viewer(new TestPerson(signIn, name, null, null));
    }

    public static string Ok(Outcome outcome)
    {
        Assert.True(outcome.Accepted, string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh)));
        return outcome.Code!;
    }
}
