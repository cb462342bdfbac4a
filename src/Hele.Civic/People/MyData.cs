using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>One thing that is held: what it is, as it stands, and why. A sealed value is told by its shortened form.</summary>
/// <param name="Limit">The rule in force that ends it; null where no time does.</param>
public sealed record HeldField(Bilingual Title, string Value, Handling Handling, Rule? Limit);

/// <summary>One row that is held.</summary>
/// <param name="Name">What the row is called among its like; null where there is one.</param>
/// <param name="Kept">Why it stays when deletion is asked for; null when it goes.</param>
/// <param name="Until">Last day it is kept; null while that can't be said.</param>
public sealed record HeldRow(Bilingual Title, Bilingual? Name, IReadOnlyList<HeldField> Fields, Kept? Kept, DateOnly? Until);

/// <summary>Somebody looked at something sealed.</summary>
/// <param name="Post">The post's title; null where nobody looked in one.</param>
/// <param name="ByProgram">The program itself looked and showed it to nobody.</param>
public sealed record LookedAt(DateTimeOffset At, string? Post, bool ByProgram, IReadOnlyList<Bilingual> What, Bilingual Purpose, Way Way, string? Reason);

public sealed record RequestLine(string Code, DataRequestKind Kind, string? Text, DateOnly AskedOn, DateOnly DueOn, DataRequestState State, DateOnly? AnsweredOn, string? Answer, string Person, string AskedBy, bool IsOwn);

/// <summary>Everything held about one person.</summary>
public sealed record HeldAbout(string Code, string Name, string? Address, string? PhoneMasked, IReadOnlyList<HeldRow> Rows, IReadOnlyList<LookedAt> Looked, IReadOnlyList<RequestLine> Requests, IReadOnlyList<Ward> Wards,
    IReadOnlyList<(Bilingual Sentence, DateOnly Day)> Notices, Rule NoticesKept);

/// <summary>Somebody whose guardian the viewer is.</summary>
public sealed record Ward(string Code, string Name);

/// <summary>Reads what is held about a person, from what the modules declare: nobody keeps that list by hand.</summary>
public sealed class MyData(ReadSession read, ModuleList modules, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Most looks that are listed.</summary>
    public const int LooksShown = 200;

    /// <summary>What is held about the viewer, or about their ward; null for missing and for not theirs alike.</summary>
    /// <param name="code">Public code of the person; null for the viewer themselves.</param>
    public async Task<HeldAbout?> Find(Viewer viewer, string? code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var wards = await Wards.Of(db, viewer.PersonId, clock.Today(), cancel);
        var people = db.Set<Person>().Where(p => p.ErasedOn == null && (p.Id == viewer.PersonId || wards.Contains(p.Id)));
        var person = code is null ? await people.SingleOrDefaultAsync(p => p.Id == viewer.PersonId, cancel) : await people.SingleOrDefaultAsync(p => p.PublicCode == code, cancel);
        if (person is null || !PeopleAccess.May(viewer, person, PeopleAccess.OwnData, wards))
            return null;

        var rows = new List<HeldRow>();
        var today = clock.Today();
        var withheld = await modules.WithheldFrom(db, person.Id, cancel);
        var place = await jurisdictions.Get(db, viewer.JurisdictionId, cancel);
        foreach (var about in modules.AboutPeople)
        {
            var type = db.Model.FindEntityType(about.Entity)!;
            var columns = type.GetProperties().Select(p => (Property: p, Use: PersonalDataMapping.Of(p)!))
                .Where(c => c.Use.IsAboutSomebody && c.Use.Class is not (DataClass.Sealed or DataClass.BlindIndex)).ToList();
            var expiries = ExpiredRows.Personal(type).Select(p => PersonalDataMapping.Of(p)!.Handling!.Until).OfType<Expiry>().Where(u => u.Rule is not null).Distinct().ToList();
            var rules = await PurgeExpired.RulesOf(db, place, expiries, today);
            var limits = expiries.Zip(rules).ToDictionary(x => x.First, x => x.Second);
            foreach (var row in (await about.Of(db, person.Id).ToListAsync(cancel)).Where(r => !withheld.Contains(r.Id)))
            {
                var fields = columns.Select(c => (c.Use, Value: c.Property.GetGetter().GetClrValue(row))).Where(f => f.Value is not (null or ""))
                    .Select(f => new HeldField(f.Use.Title!.Value, f.Value is byte[] bytes ? Convert.ToHexStringLower(bytes) : Convert.ToString(f.Value, CultureInfo.InvariantCulture)!, f.Use.Handling!, f.Use.Handling!.Until is { } until ? limits.GetValueOrDefault(until) : null)).ToList();
                rows.Add(new HeldRow(about.Title, about.Name?.Invoke(row), fields, about.Keep?.Invoke(row, today), fields.Count == 0 ? null : PurgeExpired.OverOn(type, expiries, rules, row)?.AddDays(-1)));
            }
        }
        return new HeldAbout(person.PublicCode, person.Name, person.Address, person.PhoneMasked, rows, await Looks(db, person.Id, withheld, cancel),
            await Requests(db, db.Set<DataRequest>().Where(r => r.PersonId == person.Id), viewer, cancel),
            await db.Set<Person>().Where(p => wards.Contains(p.Id) && p.ErasedOn == null).OrderBy(p => p.Id).Select(p => new Ward(p.PublicCode, p.Name)).ToListAsync(cancel),
            await NoticeQueries.Kept(db, modules, person.Id, cancel), await RuleBook.InForce(db, place, KeepNotices.RetentionRule, today));
    }

    /// <summary>Requests to be answered, the most urgent first, then those answered last.</summary>
    public async Task<IReadOnlyList<RequestLine>> ToAnswer(Viewer viewer, CancellationToken cancel = default)
    {
        if (viewer.PostFor(PeopleAccess.AnswerRequest) is null)
            return [];
        var db = await read.Db(cancel);
        var open = await Requests(db, db.Set<DataRequest>().Where(r => r.State == DataRequestState.Asked), viewer, cancel);
        var done = await Requests(db, db.Set<DataRequest>().Where(r => r.State != DataRequestState.Asked).OrderByDescending(r => r.AnsweredOn).Take(50), viewer, cancel);
        return [.. open.OrderBy(r => r.DueOn), .. done.OrderByDescending(r => r.AnsweredOn)];
    }

    private async Task<IReadOnlyList<LookedAt>> Looks(HeleDb db, Guid person, IReadOnlySet<Guid> withheld, CancellationToken cancel)
    {
        var records = await db.Set<ViewRecord>().Where(r => r.SubjectId == person && !withheld.Contains(r.Id)).OrderByDescending(r => r.At).Take(LooksShown).ToListAsync(cancel);
        var posts = records.Select(r => r.PostId).OfType<Guid>().Distinct().ToList();
        var titles = await db.Set<Post>().Where(p => posts.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var columns = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p => (Key: (e.GetTableName()!, p.GetColumnName()), Title: PersonalDataMapping.Of(p)?.Title)))
            .Where(c => c.Title is not null).ToDictionary(c => c.Key, c => c.Title!.Value);
        return [.. records.Select(r => new LookedAt(r.At, r.PostId is { } post ? titles.GetValueOrDefault(post) : null, r.AccountId == SystemAccount.Id,
            [.. r.Columns.Split(',').Select(c => columns.GetValueOrDefault((r.RowTable, c), new Bilingual(c, c)))],
            modules.Permissions.FirstOrDefault(p => p.Code == r.Purpose)?.Title ?? new Bilingual(r.Purpose, r.Purpose), r.Way, r.Reason))];
    }

    private static async Task<IReadOnlyList<RequestLine>> Requests(HeleDb db, IQueryable<DataRequest> requests, Viewer viewer, CancellationToken cancel) =>
        await requests.OrderByDescending(r => r.AskedOn).ThenByDescending(r => r.Id)
            .Select(r => new RequestLine(r.PublicCode, r.Kind, r.Text, r.AskedOn, r.DueOn, r.State, r.AnsweredOn, r.Answer,
                db.Set<Person>().Where(p => p.Id == r.PersonId).Select(p => p.Name).First(), db.Set<Person>().Where(p => p.Id == r.AskedById).Select(p => p.Name).First(), r.AskedById == viewer.PersonId))
            .ToListAsync(cancel);
}
