using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

public static partial class DemoSeed
{
    /// <summary>Who is born, dies, moves and rents in the year: the drawn turns of <see cref="DemoLife"/> and the told ones of data/demo/life.zh.json.</summary>
    private sealed partial class Player
    {
        private readonly Dictionary<int, Known> _known = [];

        /// <summary>What a community's register calls its doors and people: loaded once, then kept up by what is played.</summary>
        private sealed class Known
        {
            /// <summary>By compound and name.</summary>
            public required Dictionary<string, string> Buildings { get; init; }

            /// <summary>Of whoever lives behind a door now, by its address.</summary>
            public required Dictionary<string, string> Households { get; init; }

            /// <summary>By name and the first door they were registered behind.</summary>
            public required Dictionary<string, string> People { get; init; }

            /// <summary>The sign-in name of whoever keeps a building's households.</summary>
            public required Dictionary<string, string> Keepers { get; init; }
        }

        private async Task<Known> KnownIn(DemoStory.Community community)
        {
            if (_known.TryGetValue(community.Id, out var there))
                return there;
            var (buildings, doors) = await ReadIn(community, async db => (
                await (from b in db.Set<Building>() join c in db.Set<Compound>() on b.CompoundId equals c.Id select new { b.Id, Spoken = c.Name + b.Name, b.PublicCode,
                    Grid = db.Set<GridBuilding>().Where(g => g.BuildingId == b.Id && g.To == null).Select(g => db.Set<Grid>().Where(x => x.Id == g.GridId).Select(x => x.Name).First()).FirstOrDefault() }).ToListAsync(cancel),
                await (from m in db.Set<HouseholdMember>() join p in db.Set<Person>() on m.PersonId equals p.Id join h in db.Set<Household>() on m.HouseholdId equals h.Id
                       orderby m.LoggedAt
                       select new { p.Name, p.PublicCode, h.BuildingId, Entrance = db.Set<Entrance>().Where(e => e.Id == h.EntranceId).Select(e => e.Name).FirstOrDefault(), h.Room, Household = h.PublicCode, Open = h.To == null }).ToListAsync(cancel)));
            var byId = buildings.ToDictionary(b => b.Id, b => b.Spoken);
            var known = new Known
            {
                Buildings = buildings.ToDictionary(b => b.Spoken, b => b.PublicCode), Households = [], People = [],
                Keepers = buildings.ToDictionary(b => b.Spoken, b => (community.People.FirstOrDefault(p => p.Grid == b.Grid && p.Post == "grid-worker") ?? community.People.First(p => p.Post == "grid-worker")).Key),
            };
            foreach (var door in doors)
            {
                var spoken = byId[door.BuildingId] + door.Entrance + door.Room;
                known.People[door.Name + "\n" + spoken] = door.PublicCode;
                if (door.Open)
                    known.Households[spoken] = door.Household;
            }
            return _known[community.Id] = known;
        }

        private IEnumerable<Scene> Turns(DemoStory.Community community)
        {
            foreach (var turn in community.Town.Life.Turns)
                yield return new(turn.Key, turn.At, id => Turn(community, turn, id));
            foreach (var told in DemoStory.Lives.Single(l => l.Community == community.Code).Turns)
                yield return new(ToldKey(community, told.Key), told.At, id => Told(community, told, id));
        }

        private async Task<Outcome> Turn(DemoStory.Community community, DemoLife.Turn turn, Guid id)
        {
            var known = await KnownIn(community);
            var outcome = await Done(id) is { } there ? Outcome.Again(there) : await Played();
            switch (turn)
            {
                case DemoLife.Birth birth when outcome.Code is { } child:
                    known.People[birth.Child] = child;
                    break;
                case DemoLife.Entered entered when outcome.Code is { } person:
                    known.People[entered.Who] = person;
                    break;
                case DemoLife.MovedIn moved when outcome.Code is { } household:
                    known.Households[moved.Door.Spoken] = household;
                    break;
                case DemoLife.Moved moved when outcome.Code is { } household:
                    known.Households[moved.To.Spoken] = household;
                    break;
                case DemoLife.NewList:
                    // Several dozen people at once: asked for anew.
                    _known.Remove(community.Id);
                    break;
            }
            return outcome;

            async Task<Outcome> Played()
            {
                switch (turn)
                {
                    case DemoLife.Birth b:
                        return await ByKeeper(b.Door, (v, act, door) => services.GetRequiredService<RecordBirth>().Run(v, act, new(door, b.Name, b.On, Codes(b.Guardians), Words(community).Birth), cancel));
                    case DemoLife.Named n:
                        return await AtCounter(PeopleAccess.Correct, (v, act) => services.GetRequiredService<CorrectPerson>().Run(v, act, new(Code(n.Child), n.Name, n.Address, null), cancel));
                    case DemoLife.Death d:
                        return await AtCounter(PeopleAccess.RecordDeath, (v, act) => services.GetRequiredService<RecordDeath>().Run(v, act, new(Code(d.Who), d.On, d.Source, d.ToldBy), cancel));
                    case DemoLife.MovedOut { ForGood: true } gone:
                        return await AtCounter(PeopleAccess.Correct, (v, act) => services.GetRequiredService<PersonLeft>().Run(v, act, new(Code(gone.Who), gone.On), cancel));
                    case DemoLife.MovedOut gone:
                        return await ByKeeper(gone.Door, (v, act, door) => services.GetRequiredService<MoveOut>().Run(v, act, new(door, Code(gone.Who), gone.On), cancel));
                    case DemoLife.Entered e:
                        return await AtCounter(PeopleAccess.Register, (v, act) => services.GetRequiredService<EnterPerson>().Run(v, act, new(e.Name, e.Address, e.Phone, [], Anyway: false), cancel));
                    case DemoLife.MovedIn m:
                        return await AtCounter(GridAccess.KeepHouseholds, (v, act) => services.GetRequiredService<MoveIn>().Run(v, act,
                            new(BuildingOf(m.Door), m.Door.EntranceName, m.Door.Room, Code(m.Who), m.Role, m.On, LeavesOther: false) { Presence = m.Presence }, cancel));
                    case DemoLife.Moved m:
                        return await AtCounter(GridAccess.KeepHouseholds, (v, act) => services.GetRequiredService<MoveMembers>().Run(v, act,
                            new(HouseholdOf(m.Door), Codes(m.Who), BuildingOf(m.To), m.To.EntranceName, m.To.Room, m.Head is null ? null : Code(m.Head), m.Join, m.On), cancel));
                    case DemoLife.Let l:
                        return await ByKeeper(l.Door, (v, act, door) => services.GetRequiredService<RecordTenancy>().Run(v, act, new(door, l.Landlord, l.From, l.Until, l.Seen), cancel));
                    case DemoLife.Owned o:
                        return await ByKeeper(o.Door, (v, act, door) => services.GetRequiredService<KeepOwner>().Run(v, act, new(door, o.Owner, o.On), cancel));
                    case DemoLife.Registered r:
                        return await ByKeeper(r.Door, (v, act, door) => services.GetRequiredService<SayPresence>().Run(v, act, new(door, Code(r.Who), r.Presence, r.On), cancel));
                    case DemoLife.LetSettled l:
                        return await ByKeeper(l.Door, (v, act, door) => services.GetRequiredService<SettleTenancy>().Run(v, act, new(door, l.Ends, l.On), cancel));
                    case DemoLife.NewList list:
                        var table = SheetTable.Of(DemoHomes.Headings, list.Homes.SelectMany(h => h.Rows));
                        return await AtCounter(ImportAccess.Import, (v, act) => services.GetRequiredService<ImportLedger>().Run(v, act, new("households", table, Answers: table.Rows.ToDictionary(r => r.Number, _ => LedgerContext.ANewOne)), cancel: cancel));
                    default:
                        throw new InvalidOperationException($"{turn.GetType().Name} is a turn that nobody plays.");
                }
            }

            string Code(string who) => known.People.GetValueOrDefault(who, "");
            List<string> Codes(IEnumerable<string> who) => [.. who.Select(Code)];
            string HouseholdOf(string door) => known.Households.GetValueOrDefault(door, "");
            string BuildingOf(DemoHomes.Door door) => known.Buildings[door.House.Compound + door.House.Name];

            async Task<Outcome> ByKeeper(string door, Func<Viewer, Act, string, Task<Outcome>> run)
            {
                var keeper = await ViewerBy(KeeperOf(known, door));
                return await run(keeper, keeper.Act(GridAccess.KeepHouseholds, id), HouseholdOf(door));
            }

            // Two sit at the counter; the same one does what belongs together.
            async Task<Outcome> AtCounter(Permission what, Func<Viewer, Act, Task<Outcome>> run)
            {
                var clerks = community.People.Where(p => p.Post == "clerk").ToList();
                var clerk = await ViewerBy(clerks[new Dice("counter/" + string.Join('/', turn.Key.Split('/').Take(4))).Below(clerks.Count)].Key);
                return await run(clerk, clerk.Act(what, id));
            }
        }

        /// <summary>The longest name of a building that an address begins with: whoever keeps it.</summary>
        private static string KeeperOf(Known known, string door) => known.Keepers[known.Keepers.Keys.Where(k => door.StartsWith(k, StringComparison.Ordinal)).MaxBy(k => k.Length)!];

        private static string ToldKey(DemoStory.Community community, string key) => $"told/{community.Code}/{key}";

        private static DemoStory.Words Words(DemoStory.Community community) => DemoStory.Lives.Single(l => l.Community == community.Code).Words;

        private async Task<Outcome> Told(DemoStory.Community community, DemoStory.ToldTurn told, Guid id)
        {
            var known = await KnownIn(community);
            var outcome = await Done(id) is { } there ? Outcome.Again(there) : await Play();
            if (outcome.Code is { } code && told.Act == "state")
                _codes[ToldKey(community, told.Key)] = code;
            // Who moved behind another door, or was entered with it, is found there from then on.
            if (outcome.Accepted && told.Act == "confirm" && (told.To is not null || told.Name is not null))
                _known.Remove(community.Id);
            return outcome;

            async Task<Outcome> Play()
            {
                var door = told.Home is null ? null : community.Town.Doors[told.Home];
                var household = door is null ? "" : known.Households.GetValueOrDefault(door.Spoken, "");
                List<string> people = [.. (told.Who ?? []).Select(n => door is null ? "" : known.People.GetValueOrDefault(n + "\n" + door.Spoken, ""))];
                var building = door is null ? null : known.Buildings[door.House.Compound + door.House.Name];
                var by = told.By == "keeper" ? await ViewerBy(KeeperOf(known, door!.Spoken)) : await ViewerOf(community.People, told.By);
                switch (told.Act)
                {
                    case "state":
                        return await services.GetRequiredService<StateChange>().Run(by, by.Act(StatedAccess.Tell, id), told.Elsewhere
                            ? new(told.Kind, building, door!.EntranceName, door.Room, [], told.Name, told.Text, told.On)
                            : new(told.Kind, null, null, null, people, told.Name, told.Text, told.On), cancel);
                    case "withdraw":
                        return await services.GetRequiredService<WithdrawChange>().Run(by, by.Act(StatedAccess.Tell, id), new(_codes[ToldKey(community, told.Of!)]), cancel);
                    case "confirm" or "reject":
                        var stated = DemoStory.Lives.Single(l => l.Community == community.Code).Turns.Single(t => t.Key == told.Of);
                        var to = told.To is null ? null : community.Town.Doors[told.To];
                        return await services.GetRequiredService<CheckChange>().Run(by, by.Act(StatedAccess.Check, id), new(_codes[ToldKey(community, told.Of!)], told.Act == "confirm", told.Check, told.Text)
                        {
                            People = stated.Kind == ChangeKind.Born ? [] : people, Guardians = stated.Kind == ChangeKind.Born ? people : [], Basis = Words(community).Birth, Name = told.Name, IsNew = stated.Kind == ChangeKind.MovedIn,
                            Phone = told.Phone, On = stated.Kind == ChangeKind.Born ? null : told.On, BornOn = stated.Kind == ChangeKind.Born ? told.On : null, Source = told.Source, ToldBy = told.ToldBy, Role = HouseholdRole.Family, To = told.Went,
                            Building = to is null ? null : known.Buildings[to.House.Compound + to.House.Name], Entrance = to?.EntranceName, Room = to?.Room,
                        }, cancel);
                    case "death":
                        var who = community.Town.Voices.Single(v => v.Matter.Key == told.Who![0]).Who.Name;
                        var dead = await CodeOf(community, db => db.Set<Person>().Where(p => p.Name == who).Select(p => p.PublicCode));
                        return await services.GetRequiredService<RecordDeath>().Run(by, by.Act(PeopleAccess.RecordDeath, id), new(dead ?? "", told.On, told.Source, told.ToldBy), cancel);
                    case "out":
                        return await services.GetRequiredService<MoveOut>().Run(by, by.Act(GridAccess.KeepHouseholds, id), new(household, people[0], told.On), cancel);
                    case "let":
                        return await services.GetRequiredService<RecordTenancy>().Run(by, by.Act(GridAccess.KeepHouseholds, id), new(household, told.Landlord, told.On, told.Until, told.Seen), cancel);
                    case "let-ends":
                        return await services.GetRequiredService<SettleTenancy>().Run(by, by.Act(GridAccess.KeepHouseholds, id), new(household, Ends: true, told.On), cancel);
                    case "presence":
                        return await services.GetRequiredService<SayPresence>().Run(by, by.Act(GridAccess.KeepHouseholds, id), new(household, people[0], told.Presence, told.On), cancel);
                    case "guardian":
                        return await services.GetRequiredService<KeepGuardianship>().Run(by, by.Act(PeopleAccess.KeepGuardianship, id), new(people[0], people[1], told.Text), cancel);
                    default:
                        throw new InvalidOperationException($"data/demo/life.zh.json: {told.Key} has an act that the program doesn't know: {told.Act}.");
                }
            }
        }
    }
}
