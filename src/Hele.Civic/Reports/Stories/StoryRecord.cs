using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>The record a story is told from, as far as its author may see it.</summary>
/// <param name="SubjectId">Whoever it is about; null where the register doesn't know them.</param>
/// <param name="Names">What the text must not hold: the names this record knows.</param>
/// <param name="Lines">What it says that can be told, in its own words.</param>
internal sealed record StoryRecord(StorySource Source, Guid Id, Guid? SubjectId, string SubjectName, DateOnly On, IReadOnlyList<string?> Names, IReadOnlyList<string> Lines)
{
    public Guid? AppealId => Source == StorySource.Appeal ? Id : null;
    public Guid? ThanksId => Source == StorySource.Thanks ? Id : null;
    public Guid? HouseholdId => Source == StorySource.Household ? Id : null;

    /// <summary>Finds it, and says why it can't be told.</summary>
    /// <param name="code">Public code, or an appeal's readable number.</param>
    /// <param name="subject">Of a household: public code of the person it is about.</param>
    public static async Task<(StoryRecord? Record, Problem? Problem)> Find(HeleDb db, Viewer viewer, StorySource source, string? code, string? subject, DateOnly today)
    {
        var said = ChineseText.Line(code);
        var (record, problem) = source switch
        {
            StorySource.Appeal => await OfAppeal(db, viewer, said),
            StorySource.Thanks => await OfThanks(db, viewer, said),
            _ => await OfHousehold(db, viewer, said, subject),
        };
        if (record?.SubjectId is { } person && await IsProtected(db, person, today))
            return (null, source == StorySource.Household ? StoryProblems.Minor : StoryProblems.Minor.On(nameof(WriteStory.Input.Record)));
        return (record, problem);
    }

    private static async Task<(StoryRecord?, Problem?)> OfAppeal(HeleDb db, Viewer viewer, string said)
    {
        var seen = AppealAccess.Visible(viewer, db.Set<Appeal>());
        var appeal = PublicCode.TryParse(said, out var code) ? await seen.SingleOrDefaultAsync(a => a.PublicCode == code.Text)
            : Appeal.TryNumber(said, out var year, out var serial) ? await seen.SingleOrDefaultAsync(a => a.Year == year && a.Serial == serial) : null;
        // That a matter about conduct exists is told to nobody who asks for a story of it.
        if (appeal is null || appeal.IsShielded)
            return (null, StoryProblems.RecordUnknown);
        if (appeal.NameWithheld || AppealKinds.Find(appeal.Kind) is not { MayBeTold: true })
            return (null, StoryProblems.RecordUnfit);
        var verdict = await db.Set<AppealVerdict>().Where(v => v.AppealId == appeal.Id && v.Satisfied && v.Closes && v.ContestedOn == null).OrderByDescending(v => v.Round).FirstOrDefaultAsync();
        var answer = await db.Set<AppealAnswer>().Where(a => a.AppealId == appeal.Id).OrderByDescending(a => a.Round).FirstOrDefaultAsync();
        if (appeal.State != AppealState.Satisfied || verdict is null || answer is null)
            return (null, StoryProblems.RecordUnfinished);
        var name = appeal.AppellantId is { } id ? await db.Set<Person>().Where(p => p.Id == id).Select(p => p.Name).SingleAsync() : appeal.AppellantName ?? "";
        return (new(StorySource.Appeal, appeal.Id, appeal.AppellantId, name, verdict.JudgedOn, [name, appeal.AppellantName, appeal.OnBehalfOf], [appeal.Title, answer.Text]), null);
    }

    private static async Task<(StoryRecord?, Problem?)> OfThanks(HeleDb db, Viewer viewer, string said)
    {
        if (!PublicCode.TryParse(said, out var code) || await ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).SingleOrDefaultAsync(t => t.PublicCode == code.Text) is not { } thanks)
            return (null, StoryProblems.RecordUnknown);
        if (thanks.State is not (ThanksState.Public or ThanksState.Kept))
            return (null, StoryProblems.RecordUnfinished);
        // Who asked that no name is left isn't found out by being asked for a story.
        if (thanks.IsAnonymous)
            return (null, StoryProblems.RecordUnfit);
        var name = thanks.GiverId is { } id ? await db.Set<Person>().Where(p => p.Id == id).Select(p => p.Name).SingleAsync() : "";
        return (new(StorySource.Thanks, thanks.Id, thanks.GiverId, name.Length > 0 ? name : thanks.GiverMasked ?? "", thanks.ReceivedOn, [name], [thanks.PublicText ?? thanks.Text]), null);
    }

    private static async Task<(StoryRecord?, Problem?)> OfHousehold(HeleDb db, Viewer viewer, string said, string? subject)
    {
        if (!PublicCode.TryParse(said, out var code) || await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == code.Text && h.To == null) is not { } household)
            return (null, StoryProblems.RecordUnknown);
        var member = await (from m in db.Set<HouseholdMember>() join p in db.Set<Person>().Where(Person.Here) on m.PersonId equals p.Id
                            where m.HouseholdId == household.Id && m.To == null && p.PublicCode == subject select p).FirstOrDefaultAsync();
        if (member is null)
            return (null, StoryProblems.SubjectMissing);
        var names = await (from m in db.Set<HouseholdMember>() join p in db.Set<Person>() on m.PersonId equals p.Id where m.HouseholdId == household.Id select p.Name).ToListAsync();
        return (new(StorySource.Household, household.Id, member.Id, member.Name, DateOnly.MinValue, names, []), null);
    }

    /// <summary>A minor, as far as the register knows their year, or somebody under guardianship.</summary>
    private static async Task<bool> IsProtected(HeleDb db, Guid person, DateOnly today)
    {
        var born = await db.Set<Person>().Where(p => p.Id == person).Select(p => p.BornMasked).SingleAsync();
        return (born is { Length: >= 4 } && int.TryParse(born[..4], System.Globalization.CultureInfo.InvariantCulture, out var year) && year + 18 >= today.Year)
            || await db.Set<Guardianship>().AnyAsync(g => g.WardId == person && g.To == null);
    }
}
