using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Who makes one matter of two that were filed, and two of it again.</summary>
public static class MergingAccess
{
    public static readonly Permission Merge = new("appeal.merge", ("并案和分案", "Merge matters and split them again"), AppealAccess.Handlers);

    public static IEnumerable<Permission> All => [Merge];
}

/// <summary>What can happen when two filed matters are one.</summary>
public static class MergingEvents
{
    public static readonly EventKind Merged = new("appeal.merged", ("并入更早的同一件事，一起办理", "Merged into an earlier matter that is the same"));
    public static readonly EventKind Split = new("appeal.split", ("分案，单独办理", "Split off, handled by itself again"));
    public static readonly EventKind TookIn = new("join.took-in", ("并入了另一位居民反映的同一件事", "Took in the same matter as another resident filed it"));
    public static readonly EventKind TookInOwn = new("join.took-in-own", ("并入了同一位居民反映的另一件，评价一次", "Took in another matter of the same resident, who judges once"));
    public static readonly EventKind LetGo = new("join.let-go", ("分出了并入的一件", "Let go of what had been merged into it"));

    public static IEnumerable<EventKind> All => [Merged, Split, TookIn, TookInOwn, LetGo];
}

/// <summary>What merging and splitting can be refused for.</summary>
public static class MergingProblems
{
    public static readonly Problem Choose = new("merge.choose", ("请选择并入哪一件。", "Choose the matter it is merged into."), "Into");
    public static readonly Problem NotThere = new("merge.not-there", ("没有找到要并入的那一件，请重新选择。", "The matter it is to be merged into was not found; please choose again."), "Into", ProblemKind.Conflict);
    public static readonly Problem Private = new("merge.private", ("这一类诉求涉及隐私，不能并案。", "Matters of this kind are private and can't be merged."), Kind: ProblemKind.Conflict);
    public static readonly Problem OtherKind = new("merge.other-kind", ("两件不是同一类，不能并案。类别填错的，请先更正。", "The two are not of one kind and can't be merged. If a kind is wrong, correct it first."), "Into", ProblemKind.Conflict);
    public static readonly Problem NotEarlier = new("merge.not-earlier", ("只能并入更早的那一件，这样谁的期限都不往后推。", "It can only be merged into an earlier matter, so that nobody's deadline moves back."), "Into", ProblemKind.Conflict);
    public static readonly Problem NotPublic = new("merge.not-public", ("那一件还没有公开。请先审核公开，并过去的居民只看得到审核过的内容。", "That matter isn't public yet. Have it reviewed first: whoever is merged into it sees only what was reviewed."), "Into", ProblemKind.Conflict);
    public static readonly Problem NotWaiting = new("merge.not-waiting", ("那一件现在是“{0}”，不在等答复，不能并入。", "That matter is now “{0}”; it doesn't wait for an answer, so nothing can be merged into it."), "Into", ProblemKind.Conflict);
    public static readonly Problem HasOthers = new("merge.has-others", ("已有别的居民加入这一件，不能再并入另一件。", "Others have joined this matter; it can't be merged into another."), Kind: ProblemKind.Conflict);
    public static readonly Problem Answered = new("merge.answered", ("并案以后已经答复过，不能再分开。", "It was answered since it was merged and can't be split off any more."), Kind: ProblemKind.Conflict);
    public static readonly Problem WhyMissing = new("merge.why-missing", ("请写为什么分开，居民会看到。", "Say why it is split off; the resident reads it."), "Text");
}

/// <summary>
/// The same thing was filed twice: the later matter goes along with the earlier one. Whoever filed it keeps its code and receipt and judges each answer like somebody who joined; of the other
/// matter they see what was reviewed for the public, and nothing of who filed it. Whoever filed both, or has joined the earlier, judges once, where they have it already. What is private by its kind is never merged.
/// </summary>
public sealed class MergeAppeal(Writer writer)
{
    /// <param name="Code">The later matter.</param>
    /// <param name="Into">The earlier one.</param>
    public sealed record Input(string Code, string? Into);

    /// <summary>Where a matter that others are merged into can stand: somebody handles it, and the answer is still to come.</summary>
    internal static readonly AppealState[] Waiting = [AppealState.Accepted, AppealState.Reopened, AppealState.ReferredUp];

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, MergingAccess.Merge.Code, input, async scope =>
    {
        var appeals = AppealAccess.Visible(viewer, scope.Db.Set<Appeal>());
        if (await appeals.SingleOrDefaultAsync(a => a.PublicCode == input.Code) is not { } appeal || AppealAccess.PostFor(viewer, MergingAccess.Merge, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (string.IsNullOrEmpty(input.Into))
            return MergingProblems.Choose;
        if (await appeals.SingleOrDefaultAsync(a => a.PublicCode == input.Into && a.Id != appeal.Id) is not { } into || !AppealAccess.May(viewer, into, MergingAccess.Merge))
            return MergingProblems.NotThere;
        if (!AppealKinds.Listed.Contains(appeal.Kind) || !AppealKinds.Listed.Contains(into.Kind))
            return MergingProblems.Private;
        if (into.Kind != appeal.Kind)
            return MergingProblems.OtherKind;
        if (into.FiledAt >= appeal.FiledAt)
            return MergingProblems.NotEarlier;
        if (!Waiting.Contains(into.State))
            return MergingProblems.NotWaiting.With(Appeal.LifeCycle.StateTitle(into.State));
        // Whoever has that one already reads it anyway, and judges it there.
        var samePerson = appeal.AppellantId is { } filer && await Joins.Has(scope.Db, await SamePerson.EntriesOf(scope.Db, filer), into);
        if (!samePerson && !await scope.Db.Set<AppealPublication>().AnyAsync(p => p.AppealId == into.Id && p.State == PublicationState.Published))
            return MergingProblems.NotPublic;
        if (await Joins.Any(scope.Db, appeal.Id))
            return MergingProblems.HasOthers;
        if (appeal.MergeWithAnother() is { } problem)
            return problem;
        await AppealUrgency.Respond(scope, appeal);
        scope.Record(appeal, MergingEvents.Merged);
        scope.Add(Note(scope, appeal, NoteKind.Merged, null, post.PostId), AppealEvents.NoteWritten);
        scope.Add(new AppealJoin
        {
            AppealId = into.Id, FromAppealId = appeal.Id, PublicCode = PublicCode.New().Text, PersonId = samePerson ? null : appeal.AppellantId, Name = appeal.AppellantId is null ? appeal.AppellantName : null, IsSamePerson = samePerson,
            Channel = appeal.Channel, EnteredByPostId = post.PostId, JoinedOn = scope.On, LoggedAt = scope.Now,
        }, samePerson ? MergingEvents.TookInOwn : MergingEvents.TookIn);
        if (await scope.Db.Set<AppealPublication>().SingleOrDefaultAsync(p => p.AppealId == appeal.Id && p.State == PublicationState.Published) is { } published)
        {
            // The same thing doesn't stand in the list twice.
            if (published.TakeDown(AppealPublication.WithdrawForMerge, PublicationEvents.WithdrawnForMerge.Sentence.Zh, post.PostId, scope.Now) is { } stays)
                return stays;
            scope.Record(published, PublicationEvents.WithdrawnForMerge);
        }
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    internal static AppealNote Note(ActScope scope, Appeal appeal, NoteKind kind, string? text, Guid? post) =>
        new() { AppealId = appeal.Id, Kind = kind, Round = appeal.Round, Text = text, PostId = post, SaidOn = scope.On, LoggedAt = scope.Now };

    internal static Task<AppealJoin?> Into(HeleDb db, Guid appeal) => db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.FromAppealId == appeal && j.LeftOn == null);

    /// <summary>Whoever withdraws a matter that goes along with another leaves that one too.</summary>
    internal static async Task LeaveOther(ActScope scope, Appeal appeal)
    {
        if (await Into(scope.Db, appeal.Id) is not { } join)
            return;
        join.Leave(scope.On);
        scope.Record(join, JoiningEvents.Left);
        scope.Add(Note(scope, appeal, NoteKind.Split, null, scope.Act.PostId), AppealEvents.NoteWritten);
    }
}

/// <summary>Splits a merged matter off again, while no answer was given since: it stands where it stood, and its clock counts all the time that has gone.</summary>
public sealed class SplitAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Text">Why; the resident reads it.</param>
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, MergingAccess.Merge.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, MergingAccess.Merge, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (await MergeAppeal.Into(scope.Db, appeal.Id) is not { } join)
            return AppealProblems.NotNow.With(Appeal.LifeCycle.StateTitle(appeal.State));
        if (AppealNote.Check(input.Text, MergingProblems.WhyMissing) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (await scope.Db.Set<AppealAnswer>().AnyAsync(x => x.AppealId == join.AppealId && x.LoggedAt >= join.LoggedAt))
            return MergingProblems.Answered;
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        Problem? problem;
        if (appeal is { HandlerPostId: not null, AcceptedOn: { } accepted })
        {
            var (handler, rule) = await LookAgain.TakenUpBy(scope, jurisdiction, appeal);
            problem = appeal.SplitFromOther(Appeal.SplitBack, handler, rule, rule.DueFrom(China.At(accepted, new TimeOnly(12, 0)), ReferenceData.Calendar));
        }
        else
        {
            var rule = await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.Accept, scope.Today);
            var (brought, insteadOf) = await AppealRouting.PostFor(scope.Db, appeal, scope.Today);
            problem = appeal.SplitFromOther(Appeal.SplitOff, brought, rule, rule.DueFrom(appeal.FiledAt, ReferenceData.Calendar), insteadOf);
        }
        if (problem is not null)
            return problem;
        scope.Record(appeal, MergingEvents.Split);
        scope.Add(MergeAppeal.Note(scope, appeal, NoteKind.Split, AppealNote.Words(input.Text), post.PostId), AppealEvents.NoteWritten);
        join.Leave(scope.On);
        scope.Record(join, MergingEvents.LetGo);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>A matter nearby of the same kind, as whoever handles one of them sees it.</summary>
/// <param name="IsEarlier">It was filed before the one that is looked at.</param>
/// <param name="Bar">Why nothing can be merged into it now; null when it can.</param>
public sealed record SameLine(string Code, string Number, string Title, string Place, AppealState State, DateOnly FiledOn, bool IsEarlier, Problem? Bar);

/// <summary>What a matter has to do with others that are the same, before those who handle it.</summary>
/// <param name="May">It can be merged now, as far as it goes.</param>
/// <param name="Into">The matter it goes along with; null when it goes by itself.</param>
/// <param name="MaySplit">It can be split off again.</param>
public sealed record SameView(string Code, string Number, string Title, AppealState State, bool May, IReadOnlyList<SameLine> Near, SameLine? Into, bool MaySplit);

/// <summary>Matters that may be one.</summary>
public sealed class MergeQueries(ReadSession read)
{
    /// <summary>So many are shown, the nearest in time.</summary>
    public const int Most = 8;

    /// <summary>Null for missing, for not theirs, and for whoever doesn't handle: no others are offered there.</summary>
    public async Task<SameView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var visible = AppealAccess.Visible(viewer, db.Set<Appeal>());
        var appeal = await visible.SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null || !AppealAccess.May(viewer, appeal, MergingAccess.Merge))
            return null;
        var hidden = await HiddenTexts.TitlesFrom(db, viewer).ToListAsync(cancel);
        var join = await MergeAppeal.Into(db, appeal.Id);
        var into = join is null ? null : await db.Set<Appeal>().SingleAsync(a => a.Id == join.AppealId, cancel);
        var near = AppealKinds.Listed.Contains(appeal.Kind) && !Appeal.Closed.Contains(appeal.State) ? await Near(db, visible, appeal, cancel) : [];
        var published = (await db.Set<AppealPublication>().Where(p => p.State == PublicationState.Published && near.Select(a => a.Id).Contains(p.AppealId)).Select(p => p.AppealId).ToListAsync(cancel)).ToHashSet();
        HashSet<Guid> own = [];
        if (appeal.AppellantId is { } filer)
        {
            var entries = await SamePerson.EntriesOf(db, filer);
            foreach (var a in near)
                if (await Joins.Has(db, entries, a))
                    own.Add(a.Id);
        }
        return new(appeal.PublicCode, appeal.Number, hidden.Contains(appeal.Id) ? "" : appeal.Title, appeal.State, appeal.State is AppealState.Filed or AppealState.Accepted,
            [.. near.Select(a => Line(a))], into is null ? null : Line(into), join is not null && !await db.Set<AppealAnswer>().AnyAsync(x => x.AppealId == join.AppealId && x.LoggedAt >= join.LoggedAt, cancel));

        SameLine Line(Appeal a) => new(a.PublicCode, a.Number, hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.State, a.FiledOn, a.FiledAt < appeal.FiledAt,
            a.FiledAt >= appeal.FiledAt ? MergingProblems.NotEarlier : !MergeAppeal.Waiting.Contains(a.State) ? MergingProblems.NotWaiting.With(Appeal.LifeCycle.StateTitle(a.State))
            : !AppealAccess.May(viewer, a, MergingAccess.Merge) ? MergingProblems.NotThere : !published.Contains(a.Id) && !own.Contains(a.Id) ? MergingProblems.NotPublic : null);
    }

    /// <summary>Those that wait for somebody of the community in the same compound, near the same spot, or, where nothing closer is known, in the same grid.</summary>
    private static async Task<List<Appeal>> Near(HeleDb db, IQueryable<Appeal> visible, Appeal appeal, CancellationToken cancel)
    {
        var others = await visible.Where(a => a.Id != appeal.Id && a.Kind == appeal.Kind && (a.State == AppealState.Filed || MergeAppeal.Waiting.Contains(a.State))).ToListAsync(cancel);
        if (others.Count == 0)
            return [];
        var buildings = await db.Set<Building>().Where(b => b.To == null).ToDictionaryAsync(b => b.Id, cancel);
        var compounds = await db.Set<Compound>().Where(c => c.To == null).ToListAsync(cancel);
        var (compound, spot) = (CompoundOf(appeal), SpotOf(appeal));
        return [.. others.Where(a => CompoundOf(a) is { } there && there == compound || (SpotOf(a) is { } at && spot is { } here && Geo.Metres(here, at) <= JoinQueries.Near)
                || (compound is null && spot is null && a.GridId is { } grid && grid == appeal.GridId))
            .OrderBy(a => (a.FiledAt - appeal.FiledAt).Duration()).Take(Most)];

        Guid? CompoundOf(Appeal a) => a.BuildingId is { } id && buildings.TryGetValue(id, out var building) ? building.CompoundId
            : compounds.Where(c => a.Place.StartsWith(c.Name, StringComparison.Ordinal)).MaxBy(c => c.Name.Length)?.Id;

        Position? SpotOf(Appeal a) => (a.LonE7, a.LatE7) is ({ } lon, { } lat) ? new(lon, lat) : a.BuildingId is { } id && buildings.TryGetValue(id, out var building) ? building.At : null;
    }
}
