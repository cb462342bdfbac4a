using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>What is typed of a disclosure.</summary>
/// <param name="Head">By the code of the field; others than the kind's are not looked at.</param>
/// <param name="Checked">Whoever writes it has looked at what seems personal.</param>
public sealed record DisclosureTyped(string? Title, IReadOnlyDictionary<string, string?> Head, string? Lines, bool Checked = false);

/// <summary>Writes a disclosure and sends it to be checked by somebody else.</summary>
public sealed class WriteDisclosure(Writer writer, Seals seals)
{
    /// <param name="Covers">A period's code (2026-Q3), where the kind has periods.</param>
    public sealed record Input(string? Kind, string? Covers, DisclosureTyped Typed);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Write.Code, input, async scope =>
    {
        if (DisclosureKinds.Find(input.Kind) is not { } kind)
            return DisclosureProblems.KindMissing;
        if (!DisclosureAccess.MayWrite(viewer, kind))
            return DisclosureProblems.NotYours;
        var problems = new List<Problem>();
        Period? covers = null;
        if (kind.HasPeriod)
        {
            if (!Period.TryParse(input.Covers, out var period)) problems.Add(DisclosureProblems.PeriodMissing);
            else if (period.To >= scope.Today) problems.Add(DisclosureProblems.PeriodNotOver);
            else covers = period;
        }
        var (title, content) = await Writing.Read(scope, kind, input.Typed, problems);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (covers is { } of && await scope.Db.Set<Disclosure>().FirstOrDefaultAsync(d => d.Kind == kind.Code && d.CoversFrom <= of.To && d.CoversTo >= of.From
            && d.State != DisclosureState.Withdrawn && d.State != DisclosureState.Dropped) is { } there)
            return DisclosureProblems.PeriodTaken.With(new Period(there.CoversFrom!.Value, there.CoversTo!.Value).Title, Disclosure.LifeCycle.StateTitle(there.State));

        var disclosure = new Disclosure { Kind = kind.Code, CoversFrom = covers?.From, CoversTo = covers?.To, WrittenOn = scope.Today, LoggedAt = scope.Now, WrittenByPostId = scope.Act.PostId!.Value };
        disclosure.Name(title);
        scope.Add(disclosure, DisclosureEvents.Drafted);
        await Writing.Add(scope, seals, disclosure, kind, 1, content, null);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>Changes what isn't up yet; it is checked anew.</summary>
public sealed class EditDisclosure(Writer writer, Seals seals)
{
    /// <param name="Seen">The revision that stood on the page.</param>
    public sealed record Input(string Code, int Seen, DisclosureTyped Typed);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Write.Code + ".edit", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Write, input.Seen);
        if (refused is not null)
            return refused;
        var (kind, problems) = (DisclosureKinds.Of(disclosure.Kind), new List<Problem>());
        var (title, content) = await Writing.Read(scope, kind, input.Typed, problems);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (disclosure.EditTo(title, scope.Act.PostId!.Value) is { } problem)
            return problem;
        var text = await scope.Db.Set<DisclosureText>().SingleAsync(t => t.DisclosureId == disclosure.Id && t.Number == 1);
        text.WrittenByPostId = scope.Act.PostId!.Value;
        await Writing.Put(scope, seals, disclosure, kind, text, content);
        scope.Record(disclosure, DisclosureEvents.Edited);
        scope.Record(text, DisclosureEvents.TextEdited);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>Gives up what was never up.</summary>
public sealed class DropDisclosure(Writer writer)
{
    public sealed record Input(string Code, int Seen, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Write.Code + ".drop", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Write, input.Seen);
        if (refused is not null)
            return refused;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > Disclosure.ReasonLength)
            return DisclosureProblems.ReasonMissing.With(Disclosure.ReasonLength);
        if (disclosure.DropIt(reason) is { } problem)
            return problem;
        scope.Record(disclosure, DisclosureEvents.Dropped);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>What the operations about disclosures have in common.</summary>
internal static class Writing
{
    /// <summary>The disclosure, for whoever may do this to it; and who was faster, where somebody was.</summary>
    public static async Task<(Disclosure Disclosure, Problem? Refused)> On(ActScope scope, Viewer viewer, string code, Permission what, int? seen)
    {
        var disclosure = await DisclosureAccess.Visible(viewer, scope.Db.Set<Disclosure>()).SingleOrDefaultAsync(d => d.PublicCode == code);
        if (disclosure is null || !DisclosureAccess.May(viewer, disclosure, what))
            return (null!, DisclosureProblems.NotFound);
        return (disclosure, seen is { } revision && revision != disclosure.Revision ? await Since(scope, disclosure) : null);
    }

    private static async Task<Problem> Since(ActScope scope, Disclosure disclosure)
    {
        var id = disclosure.Id;
        var last = await scope.Db.Set<JournalRow>().AsNoTracking().Where(r => r.RowTable == DisclosureQueries.Table && r.RowId == id).OrderByDescending(r => r.LeafIndex).FirstAsync();
        var post = await scope.Db.Set<Post>().AsNoTracking().Where(p => p.Id == last.PostId).Select(p => p.Title).SingleOrDefaultAsync();
        var kind = DisclosureEvents.All.Single(e => e.Code == last.Kind);
        return DisclosureProblems.ChangedMeanwhile.With(post is null ? (Bilingual)("系统", "the system") : post, China.TimeIn(last.At).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), kind.Sentence);
    }

    /// <summary>Who wrote it checks it not; the same person under another post or entry neither.</summary>
    public static async Task<Problem?> Bars(HeleDb db, Viewer viewer, Guid writtenBy) =>
        await SamePerson.Holds(db, viewer.PersonId, writtenBy) ? DisclosureProblems.OwnText : null;

    public static async Task<(string? Title, DisclosureContent Content)> Read(ActScope scope, DisclosureKind kind, DisclosureTyped typed, List<Problem> problems)
    {
        string? title = null;
        // A title is free text: where personal data is near, the kind and its day are title enough.
        if (!kind.IsPersonal && (title = ChineseText.Line(typed.Title)).Length is 0 or > Disclosure.TitleLength)
            problems.Add(DisclosureProblems.TitleMissing.With(Disclosure.TitleLength));
        var content = DisclosureContent.Read(kind, typed.Head, typed.Lines, problems);
        // A posting that names nobody posts nothing; of money nothing is as good to know as something.
        if (kind.IsPersonal && content.Lines.Count == 0 && problems.Count == 0)
            problems.Add(DisclosureProblems.LinesMissing);
        if (problems.Count == 0 && !typed.Checked)
        {
            // Fields that hold names are left out: that is what they are for.
            var free = kind.Head.Where(f => !f.IsPersonal && f.Type == FieldType.Text).Select(f => content[f.Code])
                .Concat(content.Lines.SelectMany(l => kind.Columns.Where(c => !c.IsPersonal && c.Type == FieldType.Text).Select(c => l.GetValueOrDefault(c.Code))));
            if (await PersonalHints.In(scope.Db, [], [title, .. free]) is { Count: > 0 } hints)
                problems.Add(DisclosureProblems.LooksPersonal.With(string.Join('\u3001', hints.Select(h => h.Words).Take(6))));
        }
        return (title, content);
    }

    public static async Task<DisclosureText> Add(ActScope scope, Seals seals, Disclosure disclosure, DisclosureKind kind, int number, DisclosureContent content, string? why)
    {
        var text = scope.Add(new DisclosureText { DisclosureId = disclosure.Id, Number = number, Why = why, WrittenByPostId = scope.Act.PostId!.Value, WrittenOn = scope.Today, LoggedAt = scope.Now }, DisclosureEvents.TextWritten);
        await Put(scope, seals, disclosure, kind, text, content);
        return text;
    }

    public static async Task Put(ActScope scope, Seals seals, Disclosure disclosure, DisclosureKind kind, DisclosureText text, DisclosureContent content)
    {
        if (kind.IsPersonal)
            text.Write(null, await seals.Seal(scope, disclosure.Id, text, nameof(DisclosureText.ContentSealed), content.ToJson()));
        else
            text.Write(content.ToJson(), null);
    }

    /// <summary>A rule of the disclosure's kind as it is in force here.</summary>
    public static async Task<Rule> RuleOf(ActScope scope, JurisdictionDirectory jurisdictions, string rule) =>
        await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, scope.Act.JurisdictionId), rule, scope.Today);
}
