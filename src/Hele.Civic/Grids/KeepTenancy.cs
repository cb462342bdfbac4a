using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Somebody named beside a flat: in the register by their code, or by name alone.</summary>
internal static class Named
{
    public static async Task<(Guid? Person, string? Name)> Find(HeleDb db, string? typed)
    {
        var words = ChineseText.Line(typed);
        if (PublicCode.TryParse(words, out var code))
            return (await db.Set<Person>().Where(Person.Living).Where(p => p.PublicCode == code.Text).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(), null);
        return (null, words.Length is 0 or > Tenancy.NameLength ? null : words);
    }
}

/// <summary>Registers whose a flat is.</summary>
public sealed class KeepOwner(Writer writer)
{
    /// <param name="Household">Public code of who lives there; the flat is its door.</param>
    /// <param name="Owner">A code of the register, or a name.</param>
    public sealed record Input(string Household, string? Owner, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, "flat.owner", input, async scope =>
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        var (person, name) = await Named.Find(db, input.Owner);
        if (person is null && name is null)
            return GridProblems.OwnerMissing;
        if (input.On > scope.Today)
            return GridProblems.DayInFuture;
        var (building, entrance, room) = (household.BuildingId, household.EntranceId, household.Room);
        foreach (var present in await db.Set<FlatOwner>().Where(o => o.BuildingId == building && o.EntranceId == entrance && o.Room == room && o.To == null).ToListAsync())
        {
            if (present.PersonId == person && present.Name == name)
                return GridProblems.SameOwner;
            present.EndOn(scope.On < present.From ? present.From : scope.On);
            scope.Record(present, GridEvents.OwnerEnded);
        }
        var owner = new FlatOwner { BuildingId = building, EntranceId = entrance, Room = room, PersonId = person, From = scope.On };
        owner.Call(name);
        scope.Add(owner, GridEvents.OwnerRegistered);
        return Outcome.Ok(household.PublicCode);
    }, cancel);
}

/// <summary>Registers that a household rents the flat it lives in.</summary>
public sealed class RecordTenancy(Writer writer)
{
    /// <param name="Household">Public code of the tenants.</param>
    /// <param name="Landlord">A code of the register, or a name.</param>
    public sealed record Input(string Household, string? Landlord, DateOnly? From, DateOnly? Until, bool ContractSeen);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "tenancy.register", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (household.To is { } last)
            return GridProblems.HouseholdGone.With(new Bilingual($"{last:yyyy年M月d日}", $"{last:d MMM yyyy}"));
        if (await db.Set<Tenancy>().SingleOrDefaultAsync(t => t.HouseholdId == household.Id && t.EndedOn == null) is { } there)
            return GridProblems.TenancyThere.With(new Bilingual($"{there.From:yyyy年M月d日}", $"{there.From:d MMM yyyy}"));
        var problems = new List<Problem>();
        var (person, name) = await Named.Find(db, input.Landlord);
        if (person is null && name is null) problems.Add(GridProblems.LandlordMissing);
        var from = input.From ?? scope.Today;
        if (input.Until < from) problems.Add(GridProblems.UntilBeforeFrom);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var tenancy = new Tenancy { HouseholdId = household.Id, LandlordId = person, From = from, ContractSeen = input.ContractSeen };
        tenancy.LetBy(name);
        tenancy.RunUntil(input.Until);
        scope.Add(tenancy, GridEvents.TenancyRegistered);
        return Outcome.Ok(household.PublicCode);
    }
}

/// <summary>Registers that a tenancy goes on, until another day, or that it has ended.</summary>
public sealed class SettleTenancy(Writer writer)
{
    /// <param name="Household">Public code of the tenants.</param>
    /// <param name="Ends">True when it has ended, on <paramref name="On"/>; else it runs until then.</param>
    public sealed record Input(string Household, bool Ends, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "tenancy.settle", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (await db.Set<Tenancy>().SingleOrDefaultAsync(t => t.HouseholdId == household.Id && t.EndedOn == null) is not { } tenancy)
            return GridProblems.NoTenancy;
        if (!input.Ends)
        {
            if (input.On is null || input.On <= scope.Today)
                return GridProblems.UntilPast;
            tenancy.RunUntil(input.On);
            scope.Record(tenancy, GridEvents.TenancyExtended);
            return Outcome.Ok(household.PublicCode);
        }
        var last = input.On ?? scope.Today;
        if (last > scope.Today || last < tenancy.From)
            return GridProblems.TenancyEndOdd;
        tenancy.EndOn(last);
        scope.Record(tenancy, GridEvents.TenancyEnded);
        return Outcome.Ok(household.PublicCode);
    }
}

/// <summary>Tenancies that have run out or soon do, for whoever serves the building: quietly, without a day by which. Nobody is late with them.</summary>
internal static class TenancyDay
{
    /// <summary>How long before it runs out somebody is reminded.</summary>
    public const string Rule = "tenancy.ending";

    private static readonly Bilingual ToAsk = ("租约到期：问一问是续租还是搬走", "The contract runs out: ask whether they stay or leave"), ToEnd = ("这一户已搬走：登记租住结束", "The household has left: register the end of the tenancy");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (!viewer.Posts.Any(p => p.Role == Role.GridWorker))
            return [];
        var place = await db.Jurisdictions.SingleAsync(j => j.Id == viewer.JurisdictionId, cancel);
        var until = today.AddDays((await RuleBook.InForce(db, place, Rule, today)).Amount);
        var visible = GridAccess.Visible(db, viewer, db.Set<Household>());
        var lines = await (from t in db.Set<Tenancy>()
                           where t.EndedOn == null
                           join h in visible on t.HouseholdId equals h.Id
                           where t.Until <= until || h.To != null
                           orderby t.Until
                           select new { h.PublicCode, h.Id, Gone = h.To != null, Compound = db.Set<Building>().Where(b => b.Id == h.BuildingId).Select(b => db.Set<Compound>().Where(c => c.Id == b.CompoundId).Select(c => c.Name).First() + b.Name).First(),
                               Entrance = db.Set<Entrance>().Where(e => e.Id == h.EntranceId).Select(e => e.Name).FirstOrDefault(), h.Room }).ToListAsync(cancel);
        return [.. lines.Select(l => new DayItem(typeof(Household), l.PublicCode, l.Compound + l.Entrance + l.Room, null, l.Gone ? ToEnd : ToAsk, null))];
    }
}
