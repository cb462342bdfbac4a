using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>住户台账 (户册): a row a person, their household told by building, entrance and room.</summary>
public sealed class HouseholdLedger() : LedgerKind("households", ("住户台账", "Household ledger"),
    ("每行一个人，用楼栋、单元、房号写明住在哪一户。楼栋要先登记（可以先导入楼栋台账）。", "A person a row, with building, entrance and room. The buildings have to be registered before (import the building ledger first)."), GridAccess.KeepHouseholds)
{
    private static readonly LedgerColumn
        Place = new("compound", ("小区", "Compound"), ("小区名称 院落 院落名称 楼院 所属小区", "estate")),
        House = new("building", ("楼栋", "Building"), ("楼号 楼栋号 栋号 幢号 楼座 栋 幢 楼", "block")) { Hint = ("3号楼、3栋、3#、3都认得；房号写成3-2-501的，可以没有这一列。", "Building 3, 3# and 3 are the same; not needed where the room says 3-2-501.") },
        Door = new("entrance", ("单元", "Entrance"), ("单元号 单元名称 门洞", "unit")),
        Room = new("room", ("房号", "Room"), ("门牌 门牌号 室号 房间号 户室 户室号 房屋编号 房号室号 室", "flat door")) { Required = true },
        Relation = new("relation", ("与户主关系", "Relation to the head"), ("与户主的关系 户主关系 关系 家庭关系 与户主之间关系", "relation")),
        Since = new("since", ("入住日期", "Living there since"), ("入住时间 迁入日期 迁入时间 居住开始日期 何时入住", "since moved-in"));

    private static readonly IReadOnlyList<(Bilingual, HouseholdRole)> Relations =
    [
        (("户主 本人 房主 业主 产权人", "head self owner"), HouseholdRole.Head),
        (("家人 配偶 妻 妻子 丈夫 夫 爱人 子 儿子 长子 次子 三子 独生子 女 女儿 长女 次女 三女 独生女 子女 父 父亲 母 母亲 父母 公公 婆婆 岳父 岳母 儿媳 女婿 孙 孙子 孙女 外孙 外孙子 外孙女 祖父 祖母 爷爷 奶奶 外公 外婆 姥爷 姥姥 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟姐妹 侄子 侄女 外甥 外甥女 其他 其他亲属 家庭成员 亲属", "family spouse wife husband son daughter child father mother parent brother sister grandchild relative other"), HouseholdRole.Family),
        (("租户 租客 承租人 租住 租赁 承租 租户成员 合租", "tenant lodger"), HouseholdRole.Tenant),
    ];

    public override IReadOnlyList<LedgerColumn> Columns { get; } =
        [Place, House, Door, Room, PersonColumns.Name, Relation, PersonColumns.Phone, PersonColumns.Identity, Since, PersonColumns.Born, PersonColumns.Sex];

    public override async Task<LedgerPlan> Plan(LedgerContext on, IReadOnlyList<LedgerRow> rows)
    {
        var register = await Register.Load(on);
        var read = rows.Select(row => (Row: row, Door: Find(register, row))).Select(r => (r.Row, r.Door, Said: PersonColumns.Read(r.Row, on.Today, r.Door?.Address, r.Door?.Key))).ToList();
        foreach (var (_, _, said) in read)
            register.People.Claim(said);
        return new([.. read.Select(r => Line(on, register, r.Row, r.Door, r.Said))], register.EndEmptied);
    }

    private static LedgerLine Line(LedgerContext on, Register register, LedgerRow row, DoorPlace? door, RowPerson said)
    {
        var role = row.Choice(Relation, Relations) ?? HouseholdRole.Family;
        var since = row.Date(Since) ?? on.On;
        var name = door is null ? said.Name : $"{said.Name} {door.Address}";
        if (row.IsWrong || door is null)
            return row.As(Verdict.Wrong, name);
        var meant = register.People.Find(row, said);
        if (meant.IsWrong)
            return row.As(Verdict.Wrong, name);
        if (meant.Ask.Count > 0)
            return row.As(Verdict.Question, name, candidates: meant.Ask);
        if (meant.Known is not { } known)
            return row.As(Verdict.New, name, async scope => register.Add(scope, door, (await register.People.Enter(scope, said)).Id, role, since));
        var (adds, lives) = (register.People.Adds(known, said), register.LivesAt.GetValueOrDefault(known.Id));
        if (lives is not null && lives.Key != door.Key)
            row.Note(null, ($"登记册里住在{lives.Address}，导入后改为住在{door.Address}。", $"in the register they live at {lives.Address}; the import moves them to {door.Address}."));
        if (lives?.Key == door.Key)
            return adds ? row.As(Verdict.Changed, name, scope => register.People.Correct(scope, known, said)) : row.As(Verdict.Same, name);
        return row.As(Verdict.Changed, name, async scope =>
        {
            if (adds)
                await register.People.Correct(scope, known, said, door.Address);
            else if (known.Address != door.Address)
                Grids.Door.MovedTo(scope, await scope.Db.Set<Person>().SingleAsync(p => p.Id == known.Id), door.Address);
            if (lives is not null)
                await register.Leave(scope, known.Id, lives, on.On);
            register.Add(scope, door, known.Id, role, lives is not null && since < on.On ? on.On : since);
        });
    }

    /// <summary>The door a row names; null when it names none, which is then said.</summary>
    private static DoorPlace? Find(Register register, LedgerRow row)
    {
        var (house, entrance, room) = (row.Text(House, Building.NameLength), row.Text(Door, Entrance.NameLength), row.Text(Room, 60, required: true));
        if (house.Length == 0 && Doors.Split(room) is { } parts)
            (house, entrance, room) = (parts.Building, parts.Entrance ?? entrance, parts.Room);
        room = room.Length > 0 && char.IsAsciiDigit(room[0]) ? Doors.Plain(room) is { Length: > 0 } plain && plain.All(char.IsAsciiDigit) ? plain : room : room;
        if (room.Length > Household.RoomLength)
            row.Wrong(Room, ($"最多{Household.RoomLength}个字。", $"at most {Household.RoomLength} characters."));
        if (house.Length == 0)
        {
            if (!row.IsWrong)
                row.Wrong(row.Has(House) ? House : Room, ("没有写明是哪一栋楼；合并的单元格会自动填满，其余的每行都要填。", "it doesn't say which building. Merged cells are filled in; everywhere else each row needs it."));
            return null;
        }
        var place = row.Text(Place, Compound.NameLength);
        var found = register.Buildings[Doors.Plain(house)].Where(b => place.Length == 0 || LedgerKind.Plain(b.Compound) == LedgerKind.Plain(place)).ToList();
        if (found.Count != 1)
        {
            row.Wrong(House, found.Count == 0
                ? place.Length == 0 ? ("登记册里没有这栋楼，请先登记（或先导入楼栋台账）。", "the register has no such building; register it first (or import the building ledger).")
                    : ($"“{place}”里没有登记这栋楼，请先登记（或先导入楼栋台账）。", $"“{place}” has no such building; register it first (or import the building ledger).")
                : new($"有{found.Count}个小区都有这个楼号（{string.Join("、", found.Select(b => b.Compound))}），请加一列“小区”。", $"{found.Count} compounds have such a building ({string.Join(", ", found.Select(b => b.Compound))}); add a column with the compound."), house);
            return null;
        }
        var building = found[0];
        if (building.Entrances.Count == 0 && entrance.Length == 0)
            return register.At(building, null, room);
        var doors = building.Entrances.Where(e => Doors.Plain(e.Name) == Doors.Plain(entrance)).ToList();
        if (doors.Count == 1 && !row.IsWrong)
            return register.At(building, doors[0], room);
        if (doors.Count != 1)
            row.Wrong(Door, building.Entrances.Count == 0 ? ("这栋楼没有登记单元（只有一个门），请留空。", "this building has one door and no entrances; leave it empty.")
                : new($"应是：{string.Join("、", building.Entrances.Select(e => e.Name))}。", $"one of: {string.Join(", ", building.Entrances.Select(e => e.Name))}."), entrance);
        return null;
    }

    /// <summary>A building with its doors.</summary>
    private sealed record BuildingPlace(Guid Id, string Name, string Compound, IReadOnlyList<Entrance> Entrances);

    /// <summary>One door, as rows and register are compared by.</summary>
    private sealed record DoorPlace(Guid BuildingId, Guid? EntranceId, string Room, string Address)
    {
        public string Key { get; } = $"{BuildingId:N}/{EntranceId:N}/{Room}";
    }

    /// <summary>Who lives where, and what the act makes of it.</summary>
    private sealed class Register
    {
        private readonly Dictionary<string, Household> _households = [];
        private readonly Dictionary<Guid, int> _living = [];
        private readonly HashSet<Guid> _left = [];

        /// <summary>Who has left another door of the community and isn't behind the new one yet.</summary>
        private readonly HashSet<Guid> _moved = [];
        private readonly Dictionary<string, DoorPlace> _doors = [];

        public required KnownPeople People { get; init; }
        public required ILookup<string, BuildingPlace> Buildings { get; init; }
        public Dictionary<Guid, DoorPlace> LivesAt { get; } = [];

        public static async Task<Register> Load(LedgerContext on)
        {
            var db = on.Db;
            var entrances = (await db.Set<Entrance>().AsNoTracking().ToListAsync()).OrderBy(e => HouseholdQueries.DoorNumber(e.Name)).ToLookup(e => e.BuildingId);
            var buildings = (await db.Set<Building>().AsNoTracking().Where(b => b.To == null).Join(db.Set<Compound>(), b => b.CompoundId, c => c.Id, (b, c) => new { b.Id, b.Name, Compound = c.Name }).ToListAsync())
                .Select(b => new BuildingPlace(b.Id, b.Name, b.Compound, [.. entrances[b.Id]])).ToList();
            var register = new Register { People = await KnownPeople.Load(on), Buildings = buildings.ToLookup(b => Doors.Plain(b.Name)) };
            var byId = buildings.ToDictionary(b => b.Id);
            var byHousehold = new Dictionary<Guid, DoorPlace>();
            foreach (var household in await db.Set<Household>().AsNoTracking().Where(h => h.To == null).ToListAsync())
            {
                if (!byId.TryGetValue(household.BuildingId, out var building))
                    continue;
                var door = register.At(building, building.Entrances.FirstOrDefault(e => e.Id == household.EntranceId), household.Room);
                register._households[door.Key] = household;
                byHousehold[household.Id] = door;
            }
            foreach (var member in await db.Set<HouseholdMember>().AsNoTracking().Where(m => m.To == null).Select(m => new { m.HouseholdId, m.PersonId }).ToListAsync())
            {
                if (!byHousehold.TryGetValue(member.HouseholdId, out var door))
                    continue;
                register.LivesAt[member.PersonId] = door;
                register._living[member.HouseholdId] = register._living.GetValueOrDefault(member.HouseholdId) + 1;
                if (register.People.ById.TryGetValue(member.PersonId, out var person))
                    person.Door = door.Key;
            }
            return register;
        }

        public DoorPlace At(BuildingPlace building, Entrance? entrance, string room)
        {
            var door = new DoorPlace(building.Id, entrance?.Id, room, building.Compound + building.Name + entrance?.Name + room);
            return _doors.TryGetValue(door.Key, out var known) ? known : _doors[door.Key] = door;
        }

        /// <summary>As <see cref="MoveIn"/> does it; the household begins with its first person.</summary>
        public void Add(ActScope scope, DoorPlace door, Guid person, HouseholdRole role, DateOnly since)
        {
            if (!_households.TryGetValue(door.Key, out var household))
                _households[door.Key] = household = scope.Add(new Household { BuildingId = door.BuildingId, EntranceId = door.EntranceId, Room = door.Room, From = since, LoggedAt = scope.Now }, GridEvents.HouseholdRegistered);
            var within = _moved.Remove(person);
            scope.Add(new HouseholdMember { HouseholdId = household.Id, PersonId = person, Role = role, From = since, Came = within ? MemberCause.Within : MemberCause.Move, LoggedAt = scope.Now }, within ? GridEvents.MovedWithin : GridEvents.MovedIn);
            _living[household.Id] = _living.GetValueOrDefault(household.Id) + 1;
        }

        public async Task Leave(ActScope scope, Guid person, DoorPlace from, DateOnly last)
        {
            var member = await scope.Db.Set<HouseholdMember>().SingleAsync(m => m.PersonId == person && m.To == null);
            member.EndOn(last < member.From ? member.From : last, MemberCause.Within, scope.Now);
            scope.Record(member, GridEvents.MovedAway);
            _moved.Add(person);
            _living[member.HouseholdId]--;
            _left.Add(member.HouseholdId);
        }

        /// <summary>A household ends with its last member: seen only when all rows have moved.</summary>
        public async Task EndEmptied(ActScope scope)
        {
            foreach (var id in _left.Where(h => _living[h] == 0))
            {
                var household = await scope.Db.Set<Household>().SingleAsync(h => h.Id == id);
                household.EndOn(scope.On < household.From ? household.From : scope.On, scope.Now);
                scope.Record(household, GridEvents.HouseholdEnded);
            }
        }
    }
}
