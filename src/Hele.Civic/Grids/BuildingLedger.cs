using Hele.Civic.Kernel;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>楼栋台账: a row a building; its compound is registered with it where there is none yet.</summary>
public sealed class BuildingLedger() : LedgerKind("buildings", ("楼栋台账", "Building ledger"),
    ("每行一栋楼。小区还没有登记的，一起登记；写明网格的，同时划入网格（网格要先画好）。", "A building a row. A compound that isn't registered yet is registered with it; with a grid given the building is put into it (the grid has to be drawn before)."), GridAccess.Keep)
{
    private static readonly LedgerColumn
        Place = new("compound", ("小区", "Compound"), ("小区名称 院落 院落名称 小区院落 楼院 所属小区 小区（院落）", "estate compound-name")) { Required = true },
        Name = new("building", ("楼栋", "Building"), ("楼号 楼栋号 楼栋名称 栋号 幢号 楼座 楼名", "building-name block")) { Required = true },
        Kind = new("kind", ("小区类型", "Kind of compound"), ("类型 房屋类型 小区性质", "kind")),
        Manager = new("manager", ("物业", "Manager"), ("物业公司 物业服务企业 物业名称 管理单位", "manager property-company")),
        Floors = new("floors", ("层数", "Floors"), ("楼层数 总层数 楼层", "storeys")),
        Doors = new("entrances", ("单元数", "Entrances"), ("单元 单元总数", "entrance")),
        Lon = new("longitude", ("经度", "Longitude"), ("经度坐标 lng", "lng lon")),
        Lat = new("latitude", ("纬度", "Latitude"), ("纬度坐标", "lat")),
        System = new("datum", ("坐标系", "Coordinate system"), ("坐标系统 坐标来源 地图坐标系", "datum crs")),
        InGrid = new("grid", ("网格", "Grid"), ("所属网格 网格名称 所在网格", "grid-name"));

    private static readonly Bilingual Sign = ("号楼", "building");

    private static readonly IReadOnlyList<(Bilingual, CompoundKind)> Kinds =
    [
        (("商品房小区 商品房 小区 住宅小区", "estate"), CompoundKind.Estate), (("单位家属院 家属院 单位院 单位宿舍", "employer-housing"), CompoundKind.EmployerHousing),
        (("老旧小区 老小区 无物业小区", "old"), CompoundKind.Old), (("临街楼院 临街楼 楼院 散楼", "street"), CompoundKind.Street),
    ];

    private static readonly IReadOnlyList<(Bilingual, Datum)> Systems =
    [
        (("WGS-84 WGS84 CGCS2000 国家2000 天地图", "WGS84"), Datum.Wgs84), (("GCJ-02 GCJ02 高德 高德地图 腾讯 腾讯地图 火星坐标", "Amap"), Datum.Gcj02), (("BD-09 BD09 百度 百度地图", "Baidu"), Datum.Bd09),
    ];

    public override IReadOnlyList<LedgerColumn> Columns { get; } = [Place, Name, Kind, Manager, Floors, Doors, InGrid, Lon, Lat, System];

    public override async Task<LedgerPlan> Plan(LedgerContext on, IReadOnlyList<LedgerRow> rows)
    {
        var db = on.Db;
        var compounds = (await db.Set<Compound>().AsNoTracking().Where(c => c.To == null).ToListAsync()).ToDictionary(c => c.Name);
        var buildings = (await db.Set<Building>().AsNoTracking().Where(b => b.To == null).ToListAsync()).ToLookup(b => (b.CompoundId, Grids.Doors.Plain(b.Name)));
        var entrances = (await db.Set<Entrance>().AsNoTracking().Select(e => e.BuildingId).ToListAsync()).CountBy(e => e).ToDictionary();
        var grids = (await db.Set<Grid>().AsNoTracking().Where(g => g.To == null).ToListAsync()).ToDictionary(g => Plain(g.Name));
        var places = await db.Set<GridBuilding>().AsNoTracking().Where(g => g.To == null).ToDictionaryAsync(g => g.BuildingId, g => g.GridId);
        var mayDraw = on.Viewer.PostFor(GridAccess.Draw) is not null;
        var made = new Dictionary<string, Compound>();
        var seen = new Dictionary<(string, string), int>();
        return new([.. rows.Select(row =>
        {
            var place = row.Text(Place, Compound.NameLength, required: true);
            var name = row.Text(Name, Building.NameLength, required: true);
            // A bare number is what the sign says before the word.
            if (name.Length > 0 && name.All(char.IsAsciiDigit))
                name += Sign.Zh;
            var kind = row.Choice(Kind, Kinds);
            var manager = row.Text(Manager, Compound.NameLength);
            var floors = row.Integer(Floors, 1, Building.MostFloors);
            var doors = row.Integer(Doors, 0, Building.MostEntrances);
            var (lon, lat) = (row.Text(Lon, 20), row.Text(Lat, 20));
            // Where the ledger doesn't say, they are WGS-84, as the template's.
            if (!KeepBuilding.TryPosition(OtherMaps.ToWgs84(lon + " " + lat, row.Choice(System, Systems) ?? Datum.Wgs84), out var at))
                row.Wrong(Lon, ("经度和纬度要成对，例如121.4912345和31.2412345，不要写反。", "longitude and latitude belong together, e.g. 121.4912345 and 31.2412345; not the wrong way round."), $"{lon} {lat}");
            var grid = row.Text(InGrid, Grid.NameLength) is { Length: > 0 } called ? grids.GetValueOrDefault(Plain(called)) : null;
            if (row.Raw(InGrid).Length > 0 && grid is null)
                row.Wrong(InGrid, ("没有这个网格，请先画好网格。", "there is no such grid; draw it first."));
            if (row.IsWrong)
                return row.As(Verdict.Wrong, place + name);
            if (!seen.TryAdd((place, Grids.Doors.Plain(name)), row.Number))
            {
                row.Wrong(Name, ($"和第{seen[(place, Grids.Doors.Plain(name))]}行是同一栋楼，请只留一行。", $"the same building as in row {seen[(place, Grids.Doors.Plain(name))]}; keep one of them."));
                return row.As(Verdict.Wrong, place + name);
            }
            var known = compounds.GetValueOrDefault(place) is { } there ? buildings[(there.Id, Grids.Doors.Plain(name))].ToList() : [];
            if (known.Count > 1)
                row.Wrong(Name, ("登记册里有几栋楼都可能是它，请写全楼名。", "the register has several buildings it may be; give its full name."));
            var moves = grid is not null && (known.Count == 0 || places.GetValueOrDefault(known[0].Id) != grid.Id);
            if (moves && !mayDraw)
                row.Wrong(InGrid, ("划入网格由书记办理。请去掉这一列再导入，或请书记导入。", "putting buildings into grids is the secretary's. Leave the column out, or let the secretary import it."));
            if (row.IsWrong || known.Count == 0)
                return row.As(Verdict.New, place + name, async scope =>
                {
                    if (!compounds.TryGetValue(place, out var compound) && !made.TryGetValue(place, out compound))
                        made[place] = compound = scope.Add(new Compound { Name = place, Kind = kind ?? (manager.Length > 0 ? CompoundKind.Estate : CompoundKind.Old), Manager = manager.Length > 0 ? manager : null, From = scope.On }, GridEvents.CompoundRegistered);
                    var building = KeepBuilding.Register(scope, compound, name, floors, at);
                    KeepBuilding.AddEntrances(scope, building, 0, doors ?? 0);
                    await Put(scope, grid, building);
                });
            var building = known[0];
            var adds = (floors is not null && floors != building.Floors) || (at is not null && at != building.At);
            var more = (doors ?? 0) > entrances.GetValueOrDefault(building.Id);
            if (doors < entrances.GetValueOrDefault(building.Id))
                row.Note(Doors, ($"登记册里已有{entrances[building.Id]}个单元，不会减少。", $"the register has {entrances[building.Id]} entrances already; none is taken away."));
            return !adds && !more && !moves ? row.As(Verdict.Same, place + name) : row.As(Verdict.Changed, place + name, async scope =>
            {
                var kept = await scope.Db.Set<Building>().SingleAsync(b => b.Id == building.Id);
                if (adds)
                {
                    kept.Floors = floors ?? kept.Floors;
                    if (at is not null)
                        kept.StandAt(at);
                    scope.Record(kept, GridEvents.BuildingCorrected);
                }
                KeepBuilding.AddEntrances(scope, kept, entrances.GetValueOrDefault(building.Id), doors ?? 0);
                if (moves)
                    await Put(scope, grid, kept);
            });
        })]);
    }

    private static Task Put(ActScope scope, Grid? grid, Building building) => grid is null ? Task.CompletedTask : AssignBuildings.Put(scope, grid, [building]);
}
