using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>
/// What a day's end brings: what has been up long enough goes into the archive, each with its entry; of a period that is over the disclosure becomes due; what is nearly due is said once more. Run by the background work
/// of the server; said twice it is done once. Nobody's eyes depend on it: what is over is closed to everybody by the clock.
/// </summary>
public sealed class KeepDisclosures(EndDisclosure end, OpenDuty open, RemindOfDuty remind, Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Periods that ended longer ago are nobody's duty any more.</summary>
    private const int MonthsBack = 12;

    /// <returns>How many acts it came to.</returns>
    public async Task<int> RunDue(int jurisdiction, CancellationToken cancel = default)
    {
        var today = clock.Today();
        List<string> over, late;
        var duties = new List<OpenDuty.Input>();
        await using (var lease = await database.Read([jurisdiction], cancel))
        {
            var db = lease.Db;
            var here = await jurisdictions.Get(db, jurisdiction, cancel);
            if (here.Level != JurisdictionLevel.Community)
                return 0;
            over = await db.Set<Disclosure>().Where(d => d.State == DisclosureState.Shown && d.ShownTo < today).OrderBy(d => d.ShownTo).ThenBy(d => d.PublicCode).Select(d => d.PublicCode).ToListAsync(cancel);
            foreach (var kind in DisclosureKinds.Shown.Where(k => k.HasPeriod))
                duties.AddRange(await Due(db, here, kind, today, cancel));
            var within = (await RuleBook.InForce(db, here, "disclosure.remind", today)).Amount;
            var soon = today.AddDays(within);
            late = await db.Set<DisclosureDuty>().Where(d => d.DisclosureId == null && d.RemindedAt == null && d.DueOn <= soon).OrderBy(d => d.DueOn).ThenBy(d => d.PublicCode).Select(d => d.PublicCode).ToListAsync(cancel);
        }
        foreach (var code in over)
            await end.Run(System(jurisdiction, "end", code), new(code), cancel);
        foreach (var duty in duties)
            await open.Run(System(jurisdiction, "duty", $"{duty.Kind}|{duty.From:yyyy-MM-dd}"), duty, cancel);
        foreach (var code in late)
            await remind.Run(System(jurisdiction, "remind", code), new(code), cancel);
        return over.Count + duties.Count + late.Count;
    }

    /// <summary>Periods of a kind that are over, since this community keeps its log and the law asks for it, and of which nobody has been told yet.</summary>
    private async Task<List<OpenDuty.Input>> Due(HeleDb db, Jurisdiction here, DisclosureKind kind, DateOnly today, CancellationToken cancel)
    {
        var found = new List<OpenDuty.Input>();
        if (ReferenceData.Rules.Find(kind.Every!, today, here.Code) is null || ReferenceData.Rules.Find(kind.Min!, today, here.Code) is null)
            return found;
        var months = (await RuleBook.InForce(db, here, kind.Every!, today)).Amount;
        var place = here.Id;
        var opened = await db.Set<LogGroup>().Where(g => g.JurisdictionId == place).OrderBy(g => g.Size).Select(g => (DateTimeOffset?)g.At).FirstOrDefaultAsync(cancel) ?? clock.Now();
        var told = await db.Set<DisclosureDuty>().Where(d => d.Kind == kind.Code).Select(d => (DateOnly?)d.CoversTo).MaxAsync(cancel);
        for (var period = DisclosurePeriods.At(today.AddMonths(-MonthsBack), months); period.To < today; period = DisclosurePeriods.At(period.To.AddDays(1), months))
        {
            if (period.From > (told ?? DateOnly.MinValue) && period.To >= China.DateIn(opened) && ReferenceData.Rules.Find(kind.Min!, period.To, here.Code) is not null)
                found.Add(new(kind.Code, period.From, period.To));
        }
        return found;
    }

    /// <summary>The id says what is done to what: two nodes that try do it once.</summary>
    private static Act System(int jurisdiction, string what, string code) => new()
    {
        OperationId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"disclosure|{jurisdiction}|{what}|{code}")).AsSpan(0, 16)), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction,
    };
}

/// <summary>Puts into the archive what has been up long enough.</summary>
public sealed class EndDisclosure(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "disclosure.end", input, async scope =>
    {
        if (await scope.Db.Set<Disclosure>().SingleOrDefaultAsync(d => d.PublicCode == input.Code) is not { } disclosure)
            return DisclosureProblems.NotFound;
        // Nobody ends it early, not even by the clock of another machine.
        if (disclosure.IsUpOn(scope.Today))
            return DisclosureProblems.NotNow.With(Disclosure.LifeCycle.StateTitle(disclosure.State));
        if (disclosure.EndIt(disclosure.ShownTo ?? scope.Today) is { } problem)
            return problem;
        scope.Record(disclosure, DisclosureEvents.Ended);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>Of a period that is over the disclosure becomes due.</summary>
public sealed class OpenDuty(Writer writer, JurisdictionDirectory jurisdictions)
{
    public sealed record Input(string Kind, DateOnly From, DateOnly To);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "disclosure.duty", input, async scope =>
    {
        if (DisclosureKinds.Find(input.Kind) is not { HasPeriod: true } kind)
            return DisclosureProblems.KindMissing;
        if (await scope.Db.Set<DisclosureDuty>().FirstOrDefaultAsync(d => d.Kind == kind.Code && d.CoversFrom == input.From) is { } known)
            return Outcome.Ok(known.PublicCode);
        var due = (await Writing.RuleOf(scope, jurisdictions, "disclosure.due")).DueFrom(China.At(input.To), ReferenceData.Calendar).Date;
        var duty = new DisclosureDuty { Kind = kind.Code, CoversFrom = input.From, CoversTo = input.To, DueOn = due, OpenedAt = scope.Now };
        // It may have been put up before anybody had to be reminded.
        if (await scope.Db.Set<Disclosure>().FirstOrDefaultAsync(d => d.Kind == kind.Code && d.CoversFrom <= input.From && d.CoversTo >= input.To && (d.State == DisclosureState.Shown || d.State == DisclosureState.Archived)) is { } there)
            duty.Done(there.Id, there.ShownFrom!.Value, there.PublishedAt!.Value);
        scope.Add(duty, DisclosureEvents.DutyOpened);
        return Outcome.Ok(duty.PublicCode);
    }, cancel);
}

/// <summary>What is nearly due and not disclosed yet is said once more.</summary>
public sealed class RemindOfDuty(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "disclosure.remind", input, async scope =>
    {
        if (await scope.Db.Set<DisclosureDuty>().SingleOrDefaultAsync(d => d.PublicCode == input.Code) is not { } duty)
            return DisclosureProblems.NotFound;
        if (duty.DisclosureId is not null || duty.RemindedAt is not null)
            return Outcome.Ok(duty.PublicCode);
        duty.Remind(scope.Now);
        scope.Record(duty, DisclosureEvents.DutyReminded);
        return Outcome.Ok(duty.PublicCode);
    }, cancel);
}

/// <summary>The periods of a kind: so many months each, laid from January of the year 0 on, so that three are the quarters and twelve the year.</summary>
public static class DisclosurePeriods
{
    public static Period At(DateOnly day, int months)
    {
        var first = ((day.Year * 12) + day.Month - 1) / months * months;
        var from = new DateOnly(first / 12, (first % 12) + 1, 1);
        return new(from, from.AddMonths(months).AddDays(-1));
    }

    /// <summary>The last of them that is over.</summary>
    public static Period LastOver(DateOnly today, int months) => At(At(today, months).From.AddDays(-1), months);
}
