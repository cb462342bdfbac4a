using System.Globalization;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;

namespace Hele.Civic.Demo;

/// <summary>
/// Who lives where in the demo: households behind the doors of its real buildings, made from lists of names by a generator that always gives the same.
/// They come into the register as a community's would: as its household ledger.
/// </summary>
internal sealed class DemoHomes
{
    /// <summary>Headings of the ledger, as the import knows them.</summary>
    public static readonly IReadOnlyList<string> Headings = ["estate", "block", "unit", "flat", "name", "relation", "sex", "born", "phone", "since"];

    public const string Tenant = "tenant", Head = "head", Spouse = "spouse", Son = "son", Daughter = "daughter";
    private const string Father = "father", Mother = "mother";

    /// <summary>Numbers that no network gives out; the story's people have theirs below these.</summary>
    private const int FirstPhone = 200_000;

    private readonly Dice _dice;
    private readonly DateOnly _today;
    private readonly DemoNames _names;
    private int _phone;

    /// <param name="Relation">To the head of the household, in the ledger's words.</param>
    /// <param name="Phone">Empty for children and for who gave none.</param>
    /// <param name="Known">The key of the scene that has entered them into the register already; null for whom the ledger enters.</param>
    internal sealed record Resident(string Name, string Relation, bool IsWoman, DateOnly Born, string Phone, DateOnly Since, string? Known = null);

    /// <param name="Entrance">Its number; empty where the building has one door.</param>
    internal sealed record Door(DemoPlaces.House House, string Entrance, string Room)
    {
        private static readonly Bilingual Stairs = ("单元", "entrance");

        /// <summary>As the register names it; null where the building has one door.</summary>
        public string? EntranceName => Entrance.Length == 0 ? null : Entrance + Stairs.Zh;

        /// <summary>The address.</summary>
        public string Spoken => House.Compound + House.Name + EntranceName + Room;
    }

    internal sealed record Home(Door Door, IReadOnlyList<Resident> People)
    {
        public DemoPlaces.House House => Door.House;

        public IEnumerable<IReadOnlyList<string>> Rows => People.Select(p => (IReadOnlyList<string>)
            [House.Compound, House.Name, Door.Entrance, Door.Room, p.Name, p.Relation, p.IsWoman ? "f" : "m", Day(p.Born), p.Phone, Day(p.Since)]);

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<Home> All { get; }

    /// <summary>Doors nobody lives behind.</summary>
    public IReadOnlyList<Door> Empty { get; }

    /// <param name="households">How many doors somebody lives behind.</param>
    /// <param name="today">The day the ledger is told of.</param>
    /// <param name="taken">Names that the story's people have.</param>
    public DemoHomes(string seed, DemoPlaces ground, int households, DateOnly today, DemoNames names, IEnumerable<string> taken)
    {
        (_dice, _today, _names) = (new Dice(seed), today, names);
        _names.Avoid(taken);
        var doors = Doors(ground, households);
        // Which doors are empty: spread over all buildings.
        var empty = new List<Door>();
        while (doors.Count > households)
        {
            var at = _dice.Below(doors.Count);
            empty.Add(doors[at]);
            doors.RemoveAt(at);
        }
        Empty = empty;
        All = [.. doors.Select(d => new Home(d, Household(d.House.Kind)))];
    }

    /// <summary>Two flats a floor, three in the larger buildings where two are too few.</summary>
    private List<Door> Doors(DemoPlaces ground, int households)
    {
        static int Stairs(DemoPlaces.House house) => Math.Max(1, house.Entrances);
        var flats = ground.Houses.ToDictionary(h => h, h => h.Entrances == 0 ? 3 : 2);
        var wanted = households * 104 / 100;
        foreach (var house in ground.Houses.OrderByDescending(h => h.Floors * Stairs(h)).ThenBy(h => h.Compound + h.Name, StringComparer.Ordinal))
        {
            if (flats.Sum(f => f.Key.Floors * Stairs(f.Key) * f.Value) >= wanted)
                break;
            flats[house]++;
        }
        return [.. from house in ground.Houses
                   from stair in Enumerable.Range(1, Stairs(house))
                   from floor in Enumerable.Range(1, house.Floors)
                   from flat in Enumerable.Range(1, flats[house])
                   select new Door(house, house.Entrances == 0 ? "" : $"{stair}", $"{floor}{flat:00}")];
    }

    private List<Resident> Household(CompoundKind kind)
    {
        // Old yards and employers' housing have grown old with their people; the younger live in the estates.
        var old = kind is CompoundKind.Old or CompoundKind.EmployerHousing or CompoundKind.Street ? 12 : 0;
        var roll = _dice.Below(100);
        return roll switch
        {
            _ when roll < 7 + (old / 3) => [Person(Head, _dice.Chance(62), 66, 90)],
            _ when roll < 20 + old => Couple(60, 86),
            _ when roll < 30 + old => Couple(46, 62),
            _ when roll < 56 + (old / 2) => Family(30, 48, children: _dice.Chance(30) ? 2 : 1),
            _ when roll < 65 + (old / 2) => ThreeGenerations(),
            _ when roll < 69 + (old / 2) => OneParent(),
            _ when roll < 78 + (old / 3) => [Person(Head, _dice.Chance(48), 25, 44)],
            _ when roll < 90 => Lodgers(),
            _ => TenantFamily(),
        };
    }

    private List<Resident> Couple(int from, int to)
    {
        var head = Person(Head, woman: _dice.Chance(22), from, to);
        var years = head.Born.Year + _dice.Between(-3, 4);
        return [head, Born(Spouse, !head.IsWoman, years, head.Since, null)];
    }

    private List<Resident> Family(int from, int to, int children)
    {
        var people = Couple(from, to);
        var father = people[0].IsWoman ? people[1] : people[0];
        var mother = people[0].IsWoman ? people[0] : people[1];
        for (var (i, year) = (0, Math.Max(mother.Born.Year + 24, father.Born.Year + 24)); i < children; i++, year += _dice.Between(2, 6))
        {
            year += _dice.Below(4);
            if (year > _today.Year)
                break;
            var daughter = _dice.Chance(48);
            people.Add(Born(daughter ? Daughter : Son, daughter, year, people[0].Since, Surname(father.Name)));
        }
        return people;
    }

    private List<Resident> ThreeGenerations()
    {
        var people = Family(32, 46, 1);
        var head = people[0];
        people.Add(Born(Mother, true, head.Born.Year - _dice.Between(22, 30), head.Since, null));
        if (_dice.Chance(45))
            people.Add(Born(Father, false, people[^1].Born.Year - _dice.Below(4), head.Since, Surname(head.Name)));
        return people;
    }

    private List<Resident> OneParent()
    {
        var parent = Person(Head, _dice.Chance(80), 30, 48);
        var daughter = _dice.Chance(50);
        return [parent, Born(daughter ? Daughter : Son, daughter, Math.Min(_today.Year - 1, parent.Born.Year + _dice.Between(24, 30)), parent.Since, null)];
    }

    private List<Resident> Lodgers()
    {
        var since = _today.AddDays(-_dice.Between(20, 900));
        return [.. Enumerable.Range(0, _dice.Between(1, 4)).Select(_ => Born(Tenant, _dice.Chance(50), _today.Year - _dice.Between(22, 34), since, null))];
    }

    private List<Resident> TenantFamily()
    {
        var since = _today.AddDays(-_dice.Between(60, 1500));
        return [.. Family(27, 42, 1).Select(p => p with { Relation = Tenant, Since = since < p.Born ? p.Born : since })];
    }

    private Resident Person(string relation, bool woman, int from, int to)
    {
        var age = _dice.Between(from, to + 1);
        var born = _today.Year - age;
        // Somebody came here as a grown-up, after the houses were built.
        var since = new DateOnly(Math.Max(1986, born + 22) + _dice.Below(Math.Max(1, _today.Year - Math.Max(1986, born + 22))), _dice.Between(1, 13), _dice.Between(1, 29));
        return Born(relation, woman, born, since > _today ? _today.AddDays(-30) : since, null);
    }

    private Resident Born(string relation, bool woman, int year, DateOnly since, string? surname)
    {
        var born = new DateOnly(year, 1, 1).AddDays(_dice.Below(year == _today.Year ? _today.DayOfYear : 365));
        var age = _today.Year - year;
        var phone = age is >= 16 and < 88 && _dice.Chance(age > 70 ? 70 : 92) ? $"10000{FirstPhone + _phone++}" : "";
        return new(_names.Give(_dice, year, woman, surname), relation, woman, born, phone, since < born ? born : since);
    }

    private string Surname(string name) => _names.SurnameOf(name);
}

/// <summary>The names people are called by in a northern city: data/demo/names.csv.</summary>
internal sealed class DemoNames
{
    private readonly (string Text, int Weight)[] _surnames;
    private readonly (string Text, int Weight, bool Woman, int From, int To)[] _given;
    private readonly Dictionary<string, int> _used = [];

    public DemoNames()
    {
        var rows = Csv.Load(ReferenceData.Path("demo/names.csv")).ToList();
        _surnames = [.. rows.Where(r => r["kind"] == "surname").Select(r => (r["text"], Number(r["weight"])))];
        Avoid(rows.Where(r => r["kind"] == "avoid").Select(r => r["text"]));
        _given = [.. rows.Where(r => r["kind"] == "given").Select(r => (r["text"], Number(r["weight"]), r["sex"] == "f", Number(r["from"]), Number(r["to"])))];
    }

    /// <summary>Nobody else gets one of these.</summary>
    public void Avoid(IEnumerable<string> names)
    {
        foreach (var name in names)
            _used[name] = int.MaxValue / 2;
    }

    /// <summary>A name for somebody born in a year. Two people may have the same one, as they do in life; three don't.</summary>
    public string Give(Dice dice, int year, bool woman, string? surname)
    {
        var fitting = _given.Where(g => g.Woman == woman && g.From <= year && year <= g.To).ToArray();
        for (var attempt = 0; ; attempt++)
        {
            var name = (surname ?? Pick(dice, _surnames, s => s.Weight).Text) + Pick(dice, fitting, g => g.Weight).Text;
            var used = _used.GetValueOrDefault(name);
            if (used > 1 || (used == 1 && attempt < 40 && !dice.Chance(4)))
                continue;
            _used[name] = used + 1;
            return name;
        }
    }

    /// <summary>A name that nobody has.</summary>
    public string GiveNew(Dice dice, int year, bool woman, string? surname)
    {
        var fitting = _given.Where(g => g.Woman == woman && g.From <= year && year <= g.To).ToArray();
        for (var attempt = 0; ; attempt++)
        {
            // Where every name with this surname is somebody's, two characters of two names make one.
            var given = Pick(dice, fitting, g => g.Weight).Text + (attempt < 200 ? "" : Pick(dice, fitting, g => g.Weight).Text[^1..]);
            var name = (surname ?? Pick(dice, _surnames, s => s.Weight).Text) + (given.Length > 2 ? given[0..1] + given[^1..] : given);
            if (_used.TryAdd(name, 1))
                return name;
        }
    }

    public bool IsUsed(string name) => _used.ContainsKey(name);

    public string SurnameOf(string name) => _surnames.Select(s => s.Text).Where(s => name.StartsWith(s, StringComparison.Ordinal)).MaxBy(s => s.Length) ?? name[..1];

    private static T Pick<T>(Dice dice, T[] from, Func<T, int> weight)
    {
        var at = dice.Below(from.Sum(weight));
        foreach (var item in from)
            if ((at -= weight(item)) < 0)
                return item;
        throw new InvalidOperationException("Nothing to choose from: data/demo/names.csv has no name of that year.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Numbers that look like chance and are the same on every machine and with every runtime (SplitMix64).</summary>
internal sealed class Dice(string seed)
{
    private ulong _state = BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("hele/demo/" + seed)));

    /// <summary>From 0, below <paramref name="many"/>.</summary>
    public int Below(int many)
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((UInt128)(z ^ (z >> 31)) * (uint)many >> 64);
    }

    /// <summary>From <paramref name="from"/>, below <paramref name="to"/>.</summary>
    public int Between(int from, int to) => from + Below(Math.Max(1, to - from));

    /// <param name="percent">How often of a hundred.</param>
    public bool Chance(int percent) => Below(100) < percent;
}
