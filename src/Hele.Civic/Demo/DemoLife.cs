using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;

namespace Hele.Civic.Demo;

/// <summary>
/// What a year brings behind the doors of a community: births, deaths, moves, lettings. Drawn by a generator that always gives the same, over who lives where as the ledger
/// told it, each at the hour it is registered; so nobody moves twice and nobody moves into a flat that is taken.
/// </summary>
/// <remarks>
/// Among so many people as many are born and die in a year as here (about five and seven of a thousand). Of the moves and lettings it has about a quarter: every fourth household of
/// tenants changes in a year, here every fifteenth, so that the seed stays quick.
/// </remarks>
internal sealed class DemoLife
{
    /// <summary>Numbers that no network gives out, above those of the ledger's people.</summary>
    private const int FirstPhone = 400_000;

    /// <summary>How much there is of each, in a community of so many households.</summary>
    private const int Of = 2860, Births = 43, Deaths = 57, Outs = 44, FamiliesOut = 8, SingleOuts = 15, Ins = 18, Lists = 3, InList = 15, Within = 12, Splits = 7, Joins = 4, Known = 44, GoingOn = 12;

    private static readonly DateOnly First = new(2025, 11, 4), Last = new(2026, 10, 29);

    private readonly string _code;
    private readonly Dice _dice;
    private readonly DemoNames _names;
    private readonly DemoStory.Words _words;
    private readonly List<Place> _places;
    private readonly List<Place> _empty;
    private readonly List<Turn> _turns = [];
    private readonly List<string> _made = [];
    private int _phone;

    /// <summary>Somebody, by their name and the first door the register knows them behind.</summary>
    internal sealed record Dweller(string Name, string FirstDoor, bool IsWoman, DateOnly Born, string Relation)
    {
        public string Key => Name + "\n" + FirstDoor;
    }

    private sealed class Place(DemoHomes.Door door)
    {
        public DemoHomes.Door Door => door;
        public string Spoken { get; } = door.Spoken;
        public List<Dweller> People { get; } = [];

        /// <summary>Left as they are: somebody there speaks up in the story, or had a year's event already.</summary>
        public bool IsQuiet { get; set; }

        /// <summary>The last day that is registered of it.</summary>
        public DateOnly Changed { get; set; }

        public DateOnly? LetUntil { get; set; }
        public bool IsLet { get; set; }
        public bool IsOfTenants => People.Count > 0 && People.TrueForAll(p => p.Relation == DemoHomes.Tenant);
    }

    internal abstract record Turn(string Key, DateTimeOffset At);

    /// <param name="Name">Null while it isn't decided.</param>
    internal sealed record Birth(string Key, DateTimeOffset At, string Door, string? Name, DateOnly On, IReadOnlyList<string> Guardians, string Child) : Turn(Key, At);

    internal sealed record Named(string Key, DateTimeOffset At, string Child, string Name, string Address) : Turn(Key, At);

    internal sealed record Death(string Key, DateTimeOffset At, string Who, DateOnly On, DeathSource Source, string ToldBy) : Turn(Key, At);

    /// <param name="ForGood">The counter knows that they left the community; else their grid worker, that they left the flat.</param>
    internal sealed record MovedOut(string Key, DateTimeOffset At, string Door, string Who, DateOnly On, bool ForGood) : Turn(Key, At);

    internal sealed record Entered(string Key, DateTimeOffset At, string Who, string Name, string Address, string? Phone) : Turn(Key, At);

    internal sealed record MovedIn(string Key, DateTimeOffset At, DemoHomes.Door Door, string Who, HouseholdRole Role, DateOnly On, Presence Presence) : Turn(Key, At);

    /// <param name="Head">Of the household that they become; null leaves the roles as they are.</param>
    internal sealed record Moved(string Key, DateTimeOffset At, string Door, IReadOnlyList<string> Who, DemoHomes.Door To, string? Head, bool Join, DateOnly On) : Turn(Key, At);

    internal sealed record Let(string Key, DateTimeOffset At, string Door, string Landlord, DateOnly From, DateOnly? Until, bool Seen) : Turn(Key, At);

    internal sealed record Owned(string Key, DateTimeOffset At, string Door, string Owner, DateOnly On) : Turn(Key, At);

    internal sealed record Registered(string Key, DateTimeOffset At, string Door, string Who, Presence Presence, DateOnly On) : Turn(Key, At);

    internal sealed record LetSettled(string Key, DateTimeOffset At, string Door, bool Ends, DateOnly On) : Turn(Key, At);

    /// <summary>A list of newcomers that a property manager hands in.</summary>
    internal sealed record NewList(string Key, DateTimeOffset At, IReadOnlyList<DemoHomes.Home> Homes) : Turn(Key, At);

    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>Names of who was born, came or lets a flat.</summary>
    public IReadOnlyList<string> Names => _made;

    /// <param name="homes">As the ledger told them.</param>
    /// <param name="empty">Doors nobody lives behind.</param>
    /// <param name="quiet">Names of the story's people, whom the year leaves alone.</param>
    public DemoLife(string code, int households, IReadOnlyList<DemoHomes.Home> homes, IReadOnlyList<DemoHomes.Door> empty, IReadOnlySet<string> quiet, DemoNames names, DemoStory.Words words)
    {
        (_code, _dice, _names, _words) = (code, new Dice("life/" + code), names, words);
        _places = homes.Select(h =>
        {
            var place = new Place(h.Door) { IsQuiet = h.People.Any(p => quiet.Contains(p.Name)), Changed = h.People.Max(p => p.Since) };
            place.People.AddRange(h.People.Select(p => new Dweller(p.Name, place.Spoken, p.IsWoman, p.Born, p.Relation)));
            return place;
        }).ToList();
        _empty = [.. empty.Select(d => new Place(d) { Changed = First.AddYears(-1) })];
        var slots = new List<(DateTimeOffset At, string What, int Number)>();
        void Spread(string what, int many, DateOnly? from = null, DateOnly? until = null)
        {
            for (var i = 1; i <= Math.Max(1, many * households / Of); i++)
                slots.Add((Hour(from ?? First, until ?? Last), what, i));
        }
        Spread("let-known", Known, until: new(2025, 12, 30));
        Spread("birth", Births);
        Spread("death", Deaths);
        // Tenants change after the Spring Festival and when schools have ended.
        Spread("out", Outs / 3);
        Spread("out-spring", Outs / 3, new(2026, 2, 24), new(2026, 4, 10));
        Spread("out-summer", Outs / 3, new(2026, 6, 20), new(2026, 8, 31));
        Spread("family-out", FamiliesOut, from: new(2025, 12, 10));
        Spread("single-out", SingleOuts);
        Spread("in", Ins, from: new(2025, 12, 1));
        Spread("within", Within);
        Spread("split", Splits);
        Spread("join", Joins);
        Spread("going-on", GoingOn, from: new(2026, 1, 15));
        DateTimeOffset[] lists = [China.At(new DateOnly(2026, 3, 17), new TimeOnly(9, 50)), China.At(new DateOnly(2026, 7, 21), new TimeOnly(10, 20)), China.At(new DateOnly(2026, 9, 15), new TimeOnly(15, 10))];
        if (households >= Of / 2)
            slots.AddRange(lists.Take(Lists).Select((at, i) => (at, "list", i + 1)));
        // In the order in which they are registered: each finds the doors as those before left them.
        foreach (var (at, what, number) in slots.OrderBy(s => s.At).ThenBy(s => s.What, StringComparer.Ordinal).ThenBy(s => s.Number))
            Happen(at, what, $"life/{_code}/{what}/{number}");
    }

    /// <summary>An hour of office on a working day between two.</summary>
    private DateTimeOffset Hour(DateOnly from, DateOnly until)
    {
        var day = from.AddDays(_dice.Below(until.DayNumber - from.DayNumber + 1));
        while (!ReferenceData.Calendar.IsWorkingDay(day))
            day = day.AddDays(-1);
        return Office.OnDay(day < First ? First : day, China.At(from.AddDays(-1), default), _dice.Below(400));
    }

    private void Happen(DateTimeOffset at, string what, string key)
    {
        var today = China.DateIn(at);
        switch (what)
        {
            case "birth":
                Bear(key, at, today);
                break;
            case "death":
                Die(key, at, today);
                break;
            case "out" or "out-spring" or "out-summer":
                Leave(key, at, today, p => p.IsOfTenants && p.Changed < today.AddDays(-90), 80);
                break;
            case "family-out":
                Leave(key, at, today, p => !p.IsOfTenants && p.People.Count is >= 2 and <= 4 && p.People.TrueForAll(d => today.Year - d.Born.Year < 60) && p.Changed < today.AddDays(-400), 0);
                break;
            case "single-out":
                LeaveAlone(key, at, today);
                break;
            case "in":
                Come(key, at, today);
                break;
            case "list":
                ComeByList(key, at, today);
                break;
            case "within":
                if (Pick(p => !p.IsLet && p.People.Count > 0 && p.Changed < today.AddDays(-200)) is { } whole && Free(today) is { } other)
                    Move(key, at, whole, [.. whole.People], other, null, join: false, today);
                break;
            case "split":
                if (Pick(p => !p.IsOfTenants && p.People.Count > 2 && p.People.Exists(d => Child(d, today))) is { } parents && Free(today) is { } own)
                {
                    var child = parents.People.First(d => Child(d, today));
                    Move(key, at, parents, [child], own, child, join: false, today);
                }
                break;
            case "join":
                var elder = Pick(p => !p.IsOfTenants && p.People.Count == 1 && today.Year - p.People[0].Born.Year >= 70);
                if (elder is not null && Pick(p => p != elder && !p.IsOfTenants && p.People.Count is 2 or 3 && p.People[0].Born.Year - elder.People[0].Born.Year is >= 22 and <= 36) is { } children)
                    Move(key, at, elder, [elder.People[0]], children, null, join: true, today);
                break;
            case "let-known":
                if (Pick(p => p.IsOfTenants && !p.IsLet, keep: true) is { } tenants)
                {
                    LetTo(key, at, tenants, tenants.Changed);
                    // On the same visit their grid worker asks whose the flat is and where they are registered.
                    _turns.Add(new Owned(key + "/owner", at.AddMinutes(3), tenants.Spoken, ((Let)_turns[^1]).Landlord, today));
                    _turns.Add(new Registered(key + "/presence", at.AddMinutes(4), tenants.Spoken, tenants.People[0].Key, Presence.PersonOnly, today));
                }
                break;
            case "going-on":
                if (Pick(p => p.IsLet && p.LetUntil is { } until && until <= today.AddDays(45) && until > today.AddDays(-60), keep: true) is { } staying)
                {
                    var until = staying.LetUntil!.Value.AddYears(1);
                    _turns.Add(new LetSettled(key, at, staying.Spoken, Ends: false, until));
                    staying.LetUntil = until;
                }
                break;
        }
    }

    private static bool Child(Dweller who, DateOnly today) => who.Relation is DemoHomes.Son or DemoHomes.Daughter && today.Year - who.Born.Year is >= 21 and <= 32;

    /// <summary>One of the places that fit; then it has had its event, unless <paramref name="keep"/>.</summary>
    private Place? Pick(Func<Place, bool> fits, bool keep = false)
    {
        var fitting = _places.Where(p => !p.IsQuiet && p.People.Count > 0 && fits(p)).ToList();
        if (fitting.Count == 0)
            return null;
        var place = fitting[_dice.Below(fitting.Count)];
        if (!keep)
            place.IsQuiet = true;
        return place;
    }

    /// <summary>A flat that has stood empty for a time.</summary>
    private Place? Free(DateOnly today)
    {
        var free = _empty.Where(p => p.Changed < today.AddDays(-14)).ToList();
        if (free.Count == 0)
            return null;
        var place = free[_dice.Below(free.Count)];
        _empty.Remove(place);
        _places.Add(place);
        place.IsQuiet = true;
        return place;
    }

    /// <summary>Some days before it is registered, after what is registered already.</summary>
    private DateOnly Before(DateOnly today, int days, DateOnly changed)
    {
        var on = today.AddDays(-_dice.Below(days));
        return on > changed ? on : today;
    }

    private void Bear(string key, DateTimeOffset at, DateOnly today)
    {
        bool Mother(Dweller d) => d.IsWoman && d.Relation is DemoHomes.Head or DemoHomes.Spouse or DemoHomes.Tenant && today.Year - d.Born.Year is >= 24 and <= 39;
        var place = Pick(p => p.People.Count is >= 2 and <= 4 && p.People.Count(Mother) == 1 && p.People.Exists(d => !d.IsWoman && d.Relation != DemoHomes.Son && Math.Abs(d.Born.Year - p.People.First(Mother).Born.Year) < 8)
            && p.People.TrueForAll(d => today.Year - d.Born.Year is >= 2 and < 46) && p.People.Count(d => today.Year - d.Born.Year < 20) < 2);
        if (place is null)
            return;
        var mother = place.People.First(Mother);
        var father = place.People.First(d => !d.IsWoman && d.Relation != DemoHomes.Son && Math.Abs(d.Born.Year - mother.Born.Year) < 8);
        var on = today.AddDays(-_dice.Between(4, 28));
        var name = NewName(on.Year, _dice.Chance(48), _names.SurnameOf(father.Name));
        var late = _dice.Chance(12);
        var child = new Dweller(late ? Person.Unnamed.Zh : name, place.Spoken, false, on, DemoHomes.Son);
        _turns.Add(new Birth(key, at, place.Spoken, late ? null : name, on, [mother.Key, father.Key], child.Key));
        if (late && Office.OnDay(Office.Plus(today, _dice.Between(8, 20)), at, _dice.Below(400)) is var later && China.DateIn(later) <= Last)
            _turns.Add(new Named(key + "/named", later, child.Key, name, place.Spoken));
        place.People.Add(child);
    }

    private void Die(string key, DateTimeOffset at, DateOnly today)
    {
        // As old as people die: of ten, five are over eighty.
        var (from, to) = _dice.Below(10) switch { 0 => (48, 65), 1 or 2 => (65, 74), 3 or 4 => (72, 80), _ => (79, 100) };
        bool Old(Dweller d) => today.Year - d.Born.Year >= from && today.Year - d.Born.Year < to;
        if (Pick(p => p.People.Exists(Old)) is not { } place)
            return;
        var who = place.People.First(Old);
        var on = Before(today, 9, place.Changed);
        var family = place.People.FirstOrDefault(d => d != who && today.Year - d.Born.Year >= 18);
        var source = family is not null ? DeathSource.Family : _dice.Below(4) switch { 0 => DeathSource.HospitalPaper, 1 => DeathSource.Police, 2 => DeathSource.Visit, _ => DeathSource.Family };
        var toldBy = source != DeathSource.Family ? "" : family is not null ? family.Name : _words.ToldBy[_dice.Below(_words.ToldBy.Count)];
        _turns.Add(new Death(key, at, who.Key, on, source, toldBy));
        Away(place, who, on);
    }

    private void Leave(string key, DateTimeOffset at, DateOnly today, Func<Place, bool> fits, int elsewhere)
    {
        // Whose contract is known is heard of sooner.
        if (((_dice.Chance(45) ? Pick(p => fits(p) && p.IsLet) : null) ?? Pick(fits)) is not { } place)
            return;
        var on = Before(today, 12, place.Changed);
        if (place.IsLet && _dice.Chance(80))
            _turns.Add(new LetSettled(key + "/let", at, place.Spoken, Ends: true, on));
        var forGood = !_dice.Chance(elsewhere);
        var number = 0;
        foreach (var who in place.People.ToList())
        {
            _turns.Add(new MovedOut($"{key}/{++number}", at, place.Spoken, who.Key, on, forGood));
            Away(place, who, on);
        }
    }

    private void LeaveAlone(string key, DateTimeOffset at, DateOnly today)
    {
        if (Pick(p => p.People.Count > 1 && p.People.Exists(d => Child(d, today) || d.Relation == DemoHomes.Tenant)) is not { } place)
            return;
        var who = place.People.Last(d => Child(d, today) || d.Relation == DemoHomes.Tenant);
        var on = Before(today, 10, place.Changed);
        _turns.Add(new MovedOut(key, at, place.Spoken, who.Key, on, ForGood: false));
        Away(place, who, on);
    }

    private void Come(string key, DateTimeOffset at, DateOnly today)
    {
        if (Free(today) is not { } place)
            return;
        var on = Before(today, 12, place.Changed);
        var people = Newcomers(place, on);
        var tenants = people[0].Relation == DemoHomes.Tenant;
        for (var i = 0; i < people.Count; i++)
        {
            var (who, dweller) = (people[i], place.People[i]);
            _turns.Add(new Entered($"{key}/{i + 1}", at, dweller.Key, who.Name, place.Spoken, who.Phone.Length == 0 ? null : who.Phone));
            _turns.Add(new MovedIn($"{key}/{i + 1}/in", at, place.Door, dweller.Key, tenants ? HouseholdRole.Tenant : i == 0 ? HouseholdRole.Head : HouseholdRole.Family, on, tenants ? Presence.PersonOnly : Presence.Both));
        }
        if (tenants)
            LetTo(key + "/let", at.AddMinutes(2), place, on);
    }

    private void ComeByList(string key, DateTimeOffset at, DateOnly today)
    {
        var homes = new List<DemoHomes.Home>();
        while (homes.Count < InList && Free(today) is { } place)
            homes.Add(new(place.Door, Newcomers(place, Before(today, 30, place.Changed.AddDays(3)))));
        _turns.Add(new NewList(key, at, homes));
    }

    /// <summary>Who moves in: mostly tenants, now and then a family that bought.</summary>
    private List<DemoHomes.Resident> Newcomers(Place place, DateOnly on)
    {
        var roll = _dice.Below(100);
        List<(string Relation, bool Woman, int Age)> people = roll switch
        {
            < 45 => [(DemoHomes.Tenant, _dice.Chance(50), _dice.Between(22, 33))],
            < 70 => [(DemoHomes.Tenant, false, _dice.Between(23, 34)), (DemoHomes.Tenant, true, _dice.Between(22, 33))],
            < 82 => [(DemoHomes.Tenant, false, _dice.Between(29, 40)), (DemoHomes.Tenant, true, _dice.Between(28, 38)), (DemoHomes.Tenant, _dice.Chance(48), _dice.Between(2, 9))],
            _ => [(DemoHomes.Head, false, _dice.Between(29, 42)), (DemoHomes.Spouse, true, _dice.Between(28, 40)), (_dice.Chance(48) ? DemoHomes.Daughter : DemoHomes.Son, false, _dice.Between(1, 8))],
        };
        var made = new List<DemoHomes.Resident>();
        foreach (var (relation, woman, age) in people)
        {
            var isWoman = relation == DemoHomes.Daughter || woman;
            var born = new DateOnly(on.Year - age, 1, 1).AddDays(_dice.Below(365));
            var name = NewName(born.Year, isWoman, age < 18 ? _names.SurnameOf(made[0].Name) : null);
            made.Add(new(name, relation, isWoman, born, age < 18 ? "" : $"10000{FirstPhone + (_code[^1] - '0') * 20_000 + _phone++}", on));
        }
        place.People.AddRange(made.Select(p => new Dweller(p.Name, place.Spoken, p.IsWoman, p.Born, p.Relation)));
        place.Changed = on;
        return made;
    }

    private void LetTo(string key, DateTimeOffset at, Place place, DateOnly from)
    {
        var landlord = NewName(China.DateIn(at).Year - _dice.Between(38, 70), _dice.Chance(45), null);
        // From year to year, so that an old letting runs out soon.
        DateOnly? until = _dice.Chance(15) ? null : Enumerable.Range(1, 40).Select(from.AddYears).First(d => d > China.DateIn(at)).AddDays(-1);
        _turns.Add(new Let(key, at, place.Spoken, landlord, from, until, _dice.Chance(65)));
        (place.IsLet, place.LetUntil) = (true, until);
    }

    private void Move(string key, DateTimeOffset at, Place from, IReadOnlyList<Dweller> who, Place to, Dweller? head, bool join, DateOnly today)
    {
        var on = Before(today, 8, from.Changed > to.Changed ? from.Changed : to.Changed);
        _turns.Add(new Moved(key, at, from.Spoken, [.. who.Select(w => w.Key)], to.Door, head?.Key, join, on));
        foreach (var one in who)
            Away(from, one, on);
        to.People.AddRange(who);
        to.Changed = on;
    }

    private void Away(Place place, Dweller who, DateOnly on)
    {
        place.People.Remove(who);
        place.Changed = on;
        if (place.People.Count > 0)
            return;
        _places.Remove(place);
        _empty.Add(new Place(place.Door) { Changed = on });
    }

    private string NewName(int year, bool woman, string? surname)
    {
        var name = _names.GiveNew(_dice, year, woman, surname);
        _made.Add(name);
        return name;
    }
}
