using System.Linq.Expressions;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A line of the staff list.</summary>
/// <param name="Post">Who answers for its clock: who accepted it, until then whom it was brought to.</param>
public sealed record AppealLine(Guid Id, string Code, int Year, int Serial, string Kind, string Title, string Place, AppealState State, DateOnly FiledOn, DateOnly? DueOn, Channel Channel, DateOnly? AskAgainOn, DateOnly? AskAgainUntil, string? Grid, string? Post)
{
    public string Number => Appeal.NumberOf(Year, Serial);
    public bool IsLate(DateOnly today) => DueOn < today;

    /// <summary>Whether it waits for the resident's word: an answer to judge, or the question whether it still holds.</summary>
    public bool Asks(DateOnly today) => State == AppealState.Answered || AsksAgain(today);

    public bool AsksAgain(DateOnly today) => Appeal.IsAskedAgain(State, AskAgainOn, AskAgainUntil, today);
}

/// <summary>What the code of a receipt shows to whoever holds it: kind, state and times, nothing else.</summary>
public sealed record PublicAppealLine(Guid Id, string Code, string Kind, AppealState State, DateOnly FiledOn, DateOnly? AnsweredOn, DateOnly? JudgedOn);

/// <summary>What the staff list is narrowed to. Everything null or empty shows all.</summary>
public sealed record AppealFilter(AppealState? State = null, string? Kind = null, string? Search = null, bool LateOnly = false, string? Grid = null, Channel? Channel = null);

/// <summary>One page of a list read by key: <paramref name="After"/> leads to the next page, <paramref name="Before"/> to the one before.</summary>
public sealed record Page<T>(IReadOnlyList<T> Rows, Guid? Before, Guid? After);

/// <summary>An answer or verdict as a page shows it.</summary>
/// <param name="Unit">The sub-district it came from; null when the community answered itself.</param>
public sealed record AnswerView(int Round, string Text, string? PostTitle, string? Unit, DateOnly On, DateTimeOffset At, DateOnly? DueOn)
{
    public bool WasLate => DueOn < On;
}

public sealed record VerdictView(int Round, bool Satisfied, string? Remark, Channel Channel, string? EnteredBy, DateOnly On, DateTimeOffset At)
{
    /// <summary>By somebody who joined; what they say besides is for the community, not for whoever filed it.</summary>
    public bool IsJoined { get; init; }

    /// <summary>The day the resident said that it isn't theirs; null while it stands.</summary>
    public DateOnly? StruckOn { get; init; }

    /// <summary>The last day on which they can, of one that was entered for them.</summary>
    public DateOnly? ContestUntil { get; init; }

    /// <summary>The code on the resident's paper; empty for whoever has no business with that paper.</summary>
    public string PaperCode { get; init; } = "";

    /// <summary>Set where the remark is hidden; without the right to read it the remark isn't there.</summary>
    public HiddenView? Hidden { get; init; }
}

/// <summary>A going up or a coming back as a page shows it.</summary>
/// <param name="ByResident">The resident's own button.</param>
/// <param name="EnteredBy">The post that took the resident's wish down.</param>
public sealed record ReferralStep(string Unit, string? Text, ReturnReason? Returned, DateOnly? DueOn, bool ByResident = false, string? EnteredBy = null);

/// <summary>A note as a page shows it.</summary>
/// <param name="Post">The post that said it, or took the resident's word down.</param>
/// <param name="To">The post that it was handed to.</param>
public sealed record NoteView(NoteKind Kind, string? Reason, string? Text, Channel Channel, string? Post, string? To, DateOnly On)
{
    /// <summary>Set where the words are hidden; without the right to read them they aren't there.</summary>
    public HiddenView? Hidden { get; init; }
}

/// <summary>The work order a matter came with.</summary>
public sealed record OrderView(OrderSource Source, string Number, DateOnly ReceivedOn, DateOnly ReplyBy, DateOnly? RepliedOn, string? Reply, string? RepliedBy);

/// <summary>Somebody who joined, as the community sees them.</summary>
/// <param name="Who">Null where they left no name.</param>
/// <param name="MayEnterVerdict">They are asked now, and this viewer may take their word down.</param>
public sealed record JoinerView(string Code, string? Who, string? Words, Channel Channel, string? EnteredBy, DateOnly On, bool MayEnterVerdict)
{
    /// <summary>The matter they had filed themselves, when it was merged into this one; their name stays with it.</summary>
    public string? FromCode { get; init; }

    /// <inheritdoc cref="FromCode"/>
    public string? FromNumber { get; init; }

    /// <summary>Filed by somebody who has the matter already: they judge it there.</summary>
    public bool IsSamePerson { get; init; }

    /// <summary>What was entered for them stands to be contested, and this viewer may take that down.</summary>
    public bool MayContest { get; init; }

    /// <summary>This viewer entered it, and prints its paper.</summary>
    public bool HasPaper { get; init; }
}

/// <summary>A post that a matter can be handed on to.</summary>
public sealed record Taker(string Code, string Title, string Person);

/// <summary>One line of the timeline, from the log.</summary>
/// <param name="Who">The post it was done in, or null for the resident or the installation.</param>
/// <param name="IsLateEntry">The business date lies before the day it was written (补录).</param>
public sealed record TimelineEvent(long Leaf, string Kind, DateTimeOffset At, DateOnly On, string? Who, bool ByResident, string? Reason)
{
    public bool IsLateEntry => On < China.DateIn(At);
}

/// <summary>An appeal as its page shows it to this viewer, with what they may do now.</summary>
public sealed record AppealView(Guid Id, string Code, string Number, string Kind, string Title, string Text, string Place, Channel Channel, string? Appellant, AppealState State,
    DateOnly FiledOn, DateTimeOffset FiledAt, DateOnly? DueOn, string? DueRule, bool DueIsProvisional, string? Handler,
    IReadOnlyList<AnswerView> Answers, IReadOnlyList<VerdictView> Verdicts, IReadOnlyList<TimelineEvent> Timeline, IReadOnlySet<string> Acts, bool IsOwn)
{
    /// <summary>Each time it went up, in order.</summary>
    public IReadOnlyList<ReferralStep> GoneUp { get; init; } = [];

    /// <summary>Each time it came back, in order.</summary>
    public IReadOnlyList<ReferralStep> CameBack { get; init; } = [];

    /// <summary>The steps that are neither answer nor verdict, in order.</summary>
    public IReadOnlyList<NoteView> Notes { get; init; } = [];

    public NoteView? Last(NoteKind kind) => Notes.LastOrDefault(n => n.Kind == kind);

    /// <summary>This viewer had a hand in it.</summary>
    public bool IsHandler { get; init; }

    /// <summary>About conduct: who may see it is counted on the fingers, and it is in no public list.</summary>
    public bool IsShielded { get; init; }

    /// <summary>It lies with the sub-district for good; here its appellant sees it, and who heard it.</summary>
    public bool PastCommunity { get; init; }

    public DateOnly? ResumeUntil { get; init; }
    public DateOnly? AskAgainUntil { get; init; }

    /// <summary>The verdict whose paper this viewer can print: the resident's, or one that they entered; null for none.</summary>
    public VerdictView? Paper => Verdicts.LastOrDefault(v => v.PaperCode.Length > 0 && v.StruckOn is null);

    /// <summary>The parts of joint handling, in the order they were asked for; the resident reads who took part and what they were to do.</summary>
    public IReadOnlyList<JointPart> Joint { get; init; } = [];

    /// <summary>The posts that this viewer can bring in now.</summary>
    public IReadOnlyList<Taker> CanBringIn { get; init; } = [];

    /// <summary>A contested verdict waits for whoever supervises, and that is this viewer.</summary>
    public bool MayLookInto { get; init; }

    /// <summary>Whoever raised it died: nobody is asked to judge it.</summary>
    public bool AppellantDied { get; init; }

    /// <summary>How many have joined and not left.</summary>
    public int JoinedBy { get; init; }

    /// <summary>Who they are; empty for whoever filed it.</summary>
    public IReadOnlyList<JoinerView> Joiners { get; init; } = [];

    /// <summary>Code of what the filer sees of the matter that theirs goes along with; null for everybody else, and while it goes by itself.</summary>
    public string? JoinedAs { get; init; }

    /// <summary>Code of the matter that theirs goes along with, when they have that one too and judge there: an appeal's, or with <see cref="JoinedAs"/> none.</summary>
    public string? MergedIntoOwn { get; init; }

    /// <summary>The day whoever filed it withdrew while others had joined.</summary>
    public DateOnly? AppellantLeftOn { get; init; }

    /// <summary>What a colleague who didn't handle it may take down as the resident's word.</summary>
    public IReadOnlySet<string> SpeakFor { get; init; } = new HashSet<string>();

    /// <summary>Who it can be handed on to; empty where this viewer can't.</summary>
    public IReadOnlyList<Taker> Takers { get; init; } = [];

    /// <summary>It waits for a review, and this viewer is who refused it.</summary>
    public bool IsOwnRefusal { get; init; }

    public string? Grid { get; init; }

    /// <summary>Public code of the building it is about.</summary>
    public string? Building { get; init; }

    public Position? At { get; init; }

    /// <summary>The post it was brought to, while nobody has accepted it.</summary>
    public string? Assigned { get; init; }

    public string? OnBehalfOf { get; init; }

    /// <summary>The post that took it down.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>Who raised it isn't shown to whoever handles it.</summary>
    public bool NameIsWithheld { get; init; }

    public bool MayOpenName { get; init; }

    /// <summary>Its photos in the order of their numbers, without those that are gone.</summary>
    public IReadOnlyList<PhotoView> Photos { get; init; } = [];

    /// <summary>How many more this viewer may add now.</summary>
    public int PhotosLeft { get; init; }

    /// <summary>How many more the community's side takes, with an answer or a verdict on paper too.</summary>
    public int CommunityPhotosLeft { get; init; }

    public OrderView? Order { get; init; }

    public bool MayReplyToOrder { get; init; }

    /// <summary>Who helps, now that it is late.</summary>
    public IReadOnlyList<string> Deputies { get; init; } = [];

    /// <summary>Of an urgent matter: by when somebody is to respond, and when somebody did.</summary>
    public DateTimeOffset? RespondBy { get; init; }

    /// <inheritdoc cref="RespondBy"/>
    public DateTimeOffset? RespondedAt { get; init; }

    /// <summary>It is urgent, nobody has responded, and nobody who could is there today.</summary>
    public bool NobodyThere { get; init; }

    /// <summary>What was reported of it to the authorities; empty for whoever may not read that.</summary>
    public IReadOnlyList<HarmView> Reports { get; init; } = [];

    /// <summary>This viewer handles it, and its kind is one that is reported.</summary>
    public bool MayReport { get; init; }

    /// <summary>Whoever has it isn't there today.</summary>
    public bool HandlerIsAway { get; init; }

    /// <summary>The post it would have been brought to, whose holder was away; null where nobody was missing.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>Set where title and text are hidden; without the right to read them both are empty.</summary>
    public HiddenView? Hidden { get; init; }

    /// <summary>The page that the public sees of it; null while there is none.</summary>
    public string? PublicPage { get; init; }

    /// <summary>Whether the public sees it, as somebody decided; null while nobody has.</summary>
    public PublicationState? Publication { get; init; }

    /// <summary>Why it isn't public, where somebody decided so.</summary>
    public string? NotPublicBecause { get; init; }

    /// <summary>The sub-district it lies with now; null when it lies here.</summary>
    public string? LiesWith => State == AppealState.ReferredUp ? GoneUp[^1].Unit : null;
}

/// <summary>The proof that an appeal's filing is in the log.</summary>
public sealed record AppealReceipt(string Code, string Number, string Kind, string Title, DateTimeOffset FiledAt, DateOnly FiledOn, long Leaf, long TreeSize);

/// <summary>Read side: projections straight to what a page shows, within the request's scope and the viewer's rights.</summary>
public sealed class AppealQueries(ReadSession read, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>A title that is hidden from the reader is empty.</summary>
    private static Expression<Func<Appeal, AppealLine>> Line(HeleDb db, IQueryable<Guid> hidden) => a =>
        new AppealLine(a.Id, a.PublicCode, a.Year, a.Serial, a.Kind, hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.State, a.FiledOn, a.DueOn, a.Channel, a.AskAgainOn, a.AskAgainUntil,
            db.Set<Grid>().Where(g => g.Id == a.GridId).Select(g => g.Name).FirstOrDefault(), db.Set<Post>().Where(p => p.Id == (a.HandlerPostId ?? a.AssignedPostId)).Select(p => p.Title).FirstOrDefault());

    public async Task<Page<AppealLine>> List(Viewer viewer, AppealFilter filter, DateOnly today, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var query = AppealAccess.Visible(viewer, db.Set<Appeal>());
        var facets = new List<string>();
        if (filter.State is { } state)
        {
            query = query.Where(a => a.State == state);
            facets.Add(AppealsModule.StateFacet(state));
        }
        if (!string.IsNullOrEmpty(filter.Kind))
        {
            query = query.Where(a => a.Kind == filter.Kind);
            facets.Add(AppealsModule.KindFacet(filter.Kind));
        }
        if (!string.IsNullOrEmpty(filter.Grid))
        {
            var grid = await db.Set<Grid>().Where(g => g.PublicCode == filter.Grid).Select(g => (Guid?)g.Id).SingleOrDefaultAsync(cancel);
            query = query.Where(a => a.GridId == grid && grid != null);
            facets.Add(AppealsModule.GridFacet(grid ?? Guid.Empty));
        }
        if (filter.Channel is { } channel)
        {
            query = query.Where(a => a.Channel == channel);
            facets.Add(AppealsModule.ChannelFacet(channel));
        }
        if (filter.LateOnly)
        {
            query = query.Where(a => a.DueOn < today);
            facets.Add(AppealsModule.Clocked);
        }
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
        {
            query = query.Where(a => a.PublicCode == code.Text);
        }
        else if (words.Length > 0)
        {
            // Hidden words are found by nobody who may not read them; a matter is still found by its number.
            var unread = HiddenTexts.TitlesFrom(db, viewer);
            query = Appeal.TryNumber(words, out var year, out var serial) ? query.Where(a => !unread.Contains(a.Id) || (a.Year == year && a.Serial == serial)) : query.Where(a => !unread.Contains(a.Id));
            var keys = await SearchIndex.Find(db, ChineseText.Query(words), facets, query, after, before, size + 1, cancel);
            var lines = await query.Where(a => keys.Contains(a.Id)).Select(Line(db, HiddenTexts.TitlesFrom(db, viewer))).ToDictionaryAsync(l => l.Id, cancel);
            return PageOf([.. keys.Select(k => lines[k])], l => l.Id, after, before, size);
        }
        return await ByKey(query, a => a.Id, Line(db, HiddenTexts.TitlesFrom(db, viewer)), l => l.Id, after, before, size, cancel);
    }

    /// <summary>The appeals that are this viewer's own, newest first.</summary>
    public async Task<IReadOnlyList<AppealLine>> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var person = viewer.PersonId;
        var db = await read.Db(cancel);
        return await db.Set<Appeal>().Where(a => a.AppellantId == person).OrderByDescending(a => a.Id).Take(100).Select(Line(db, HiddenTexts.TitlesFrom(db, viewer))).ToListAsync(cancel);
    }

    /// <summary>The reasons of refusal of this community, which anybody may read.</summary>
    public async Task<ReasonBook> Reasons(Jurisdiction jurisdiction, CancellationToken cancel = default) => await ReasonBook.Of(await read.Db(cancel), jurisdiction, cancel);

    /// <summary>One appeal as this viewer may see it; null for missing and for not theirs alike.</summary>
    public async Task<AppealView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null)
            return null;
        var posts = await db.Set<Post>().ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var appellant = appeal.AppellantName ?? await db.Set<Person>().Where(p => p.Id == appeal.AppellantId).Select(p => p.Name).SingleOrDefaultAsync(cancel);
        var answers = await db.Set<AppealAnswer>().Where(x => x.AppealId == appeal.Id).OrderBy(x => x.Round).ToListAsync(cancel);
        var verdicts = await db.Set<AppealVerdict>().Where(x => x.AppealId == appeal.Id).InLogOrder(db, cancel);
        var up = await db.Set<AppealReferral>().Where(x => x.AppealId == appeal.Id).InLogOrder(db, cancel);
        var back = up.Count == 0 ? [] : await db.Set<AppealReturn>().Where(x => x.AppealId == appeal.Id).InLogOrder(db, cancel);
        var notes = await db.Set<AppealNote>().Where(x => x.AppealId == appeal.Id).InLogOrder(db, cancel);
        var events = await db.Set<JournalRow>().Where(r => r.RowTable == "Appeals" && r.RowId == appeal.Id).OrderBy(r => r.LeafIndex)
            .Select(r => new { r.LeafIndex, r.Kind, r.At, r.OnDate, r.PostId, r.ActorId, r.Reason }).ToListAsync(cancel);

        var hidden = await HiddenTexts.Of(db, viewer, appeal, posts);
        var publication = await db.Set<AppealPublication>().SingleOrDefaultAsync(p => p.AppealId == appeal.Id, cancel);
        var joined = await (from j in db.Set<AppealJoin>()
                            where j.AppealId == appeal.Id && j.LeftOn == null
                            orderby j.LoggedAt
                            select new { Join = j, From = db.Set<Appeal>().Where(a => a.Id == j.FromAppealId).Select(a => new { a.PublicCode, a.Year, a.Serial }).FirstOrDefault(), Who = j.Name ?? db.Set<Person>().Where(p => p.Id == j.PersonId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(cancel);
        var order = await db.Set<AppealOrder>().SingleOrDefaultAsync(o => o.AppealId == appeal.Id, cancel);
        var photos = await db.Set<StoredFile>().Where(f => f.SubjectTable == "Appeals" && f.SubjectId == appeal.Id && (f.State == FileState.Shown || f.State == FileState.Hidden)).OrderBy(f => f.Number).ToListAsync(cancel);
        var named = await OpenName.Sees(db, viewer, appeal);
        var own = appeal.AppellantId == viewer.PersonId;
        var today = clock.Today();
        IReadOnlyList<AppealRouting.Paid> paid = appeal.DueOn is not null && (viewer.IsStaff || appeal.WaitsForResponse) ? await AppealRouting.All(db, appeal.JurisdictionId, today) : [];
        var held = paid.FirstOrDefault(p => p.Id == (appeal.HandlerPostId ?? appeal.AssignedPostId));
        var isHandler = await JudgeAppeal.Handled(db, viewer, appeal);
        var possible = Appeal.LifeCycle.From(appeal.State).Where(l => !Given(l.Act) && l.Permission != JoiningAccess.Judge).ToList();
        if (appeal.AppellantLeftOn is not null)
            possible.RemoveAll(l => l.Permission.Roles.Count == 0);
        if (!await db.Jurisdictions.AnyAsync(j => j.Id == appeal.JurisdictionId && j.ParentId != null, cancel))
            possible.RemoveAll(l => l.Act is Appeal.ReferUp or Appeal.AskAbove);
        // What went past the community isn't taken up here again, and goes up again with the verdict.
        if (appeal.PastCommunity)
            possible.RemoveAll(l => l.Act is Appeal.Resume or Appeal.AskAbove);
        var acts = possible.Where(l => AppealAccess.May(viewer, appeal, l.Permission)).Select(l => l.Act).ToHashSet();
        if (!viewer.Posts.Any(p => p.PostId == appeal.HandlerPostId))
            acts.ExceptWith([Appeal.HandBack, Appeal.BringIn]);
        if (appeal.WaitsForResponse && AppealAccess.May(viewer, appeal, AppealAccess.Respond))
            acts.Add(AppealAccess.Respond.Code);
        foreach (var beside in new[] { PublicationAccess.Review, AppealAccess.List, MergingAccess.Merge })
            if (AppealAccess.May(viewer, appeal, beside))
                acts.Add(beside.Code);
        var ownRefusal = acts.Contains(Appeal.Uphold) && await ReviewRefusal.RefusedIt(db, viewer, appeal);
        if (ownRefusal)
            acts.ExceptWith([Appeal.Uphold, Appeal.Overrule]);
        var canBeAsked = await ResidentWord.CanBeAsked(db, appeal);
        if (appeal.State == AppealState.Answered && appeal.AppellantLeftOn is null && AppealAccess.May(viewer, appeal, AppealAccess.EnterVerdict) && !isHandler && canBeAsked)
            acts.Add(AppealAccess.EnterVerdict.Code);
        // A verdict has its own form: it may have been given on another day, on paper.
        var speakFor = AppealAccess.May(viewer, appeal, AppealAccess.SpeakFor) && !isHandler && canBeAsked
            ? possible.Where(l => l.Permission.Roles.Count == 0 && l.Permission != AppealAccess.Judge).Select(l => l.Act).ToHashSet() : [];
        var contestable = canBeAsked && appeal.AppellantLeftOn is null ? await ContestVerdict.Contestable(db, verdicts, today) : null;
        if (contestable is not null && AppealAccess.May(viewer, appeal, AppealAccess.ContestVerdict))
            acts.Add(Appeal.ContestVerdict);
        if (contestable is not null && AppealAccess.May(viewer, appeal, AppealAccess.SpeakFor) && !isHandler && !await ContestVerdict.Entered(db, viewer, contestable))
            speakFor.Add(Appeal.ContestVerdict);
        var reports = !own && WaysOnward.DutyOf(appeal.Kind) is not null && AppealAccess.May(viewer, appeal, AppealAccess.List);
        string? joinedAs = null, mergedIntoOwn = null;
        if (own && await db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.FromAppealId == appeal.Id && j.LeftOn == null, cancel) is { } goesWith)
        {
            var person = viewer.PersonId;
            joinedAs = !goesWith.IsSamePerson ? goesWith.PublicCode
                : await db.Set<AppealJoin>().Where(j => j.AppealId == goesWith.AppealId && j.PersonId == person && j.LeftOn == null).Select(j => j.PublicCode).FirstOrDefaultAsync(cancel);
            if (goesWith.IsSamePerson)
                mergedIntoOwn = await db.Set<Appeal>().Where(a => a.Id == goesWith.AppealId && a.AppellantId == person).Select(a => a.PublicCode).SingleOrDefaultAsync(cancel);
        }
        var contestedJoins = new HashSet<Guid>();
        if (AppealAccess.May(viewer, appeal, AppealAccess.SpeakFor) && !isHandler)
        {
            foreach (var j in joined)
                if (await ContestVerdict.Contestable(db, verdicts, today, j.Join.Id) is { } entered && !await ContestVerdict.Entered(db, viewer, entered) && await ResidentWord.IsThere(db, j.Join.PersonId))
                    contestedJoins.Add(j.Join.Id);
        }
        IReadOnlyList<Taker> takers = !acts.Contains(Appeal.HandBack) && !acts.Contains(Appeal.PassOn) ? [] : await
            (from p in HandOnAppeal.Takers(db, viewer, appeal.HandlerPostId, today)
             join person in db.Set<Person>() on p.PersonId equals person.Id
             orderby p.Title, person.Name
             select new Taker(p.PublicCode, p.Title, person.Name)).ToListAsync(cancel);

        return new AppealView(appeal.Id, appeal.PublicCode, appeal.Number, appeal.Kind, Read(appeal.Id, appeal.Title) ?? "", Read(appeal.Id, appeal.Text) ?? "", appeal.Place, appeal.Channel, named ? appellant : null, appeal.State,
            appeal.FiledOn, appeal.FiledAt, appeal.DueOn, appeal.DueRule, appeal.DueIsProvisional, Title(appeal.HandlerPostId),
            [.. answers.Select(x => new AnswerView(x.Round, x.Text, Title(x.PostId), x.FromUnit, x.AnsweredOn, x.LoggedAt, x.DueOn))],
            [.. verdicts.Select(v => new VerdictView(v.Round, v.Satisfied, own && v.JoinId is not null ? null : Read(v.Id, v.Remark), v.Channel, Title(v.EnteredByPostId), v.JudgedOn, v.LoggedAt) 
            {
                IsJoined = v.JoinId is not null, Hidden = hidden.GetValueOrDefault(v.Id), StruckOn = v.ContestedOn, ContestUntil = v.ContestUntil,
                PaperCode = v.PaperCode is { } paper && v.JoinId is null && (own || viewer.Posts.Any(p => p.PostId == v.EnteredByPostId)) ? paper : "",
            })],
            [.. events.Select(e => new TimelineEvent(e.LeafIndex, e.Kind, e.At, e.OnDate, FromAbove(e.Kind) ? up[^1].Unit : Title(e.PostId), e.PostId is null && !FromAbove(e.Kind), e.Reason))],
            acts, own)
        {
            Grid = await db.Set<Grid>().Where(g => g.Id == appeal.GridId).Select(g => g.Name).SingleOrDefaultAsync(cancel),
            Building = await db.Set<Building>().Where(b => b.Id == appeal.BuildingId).Select(b => b.PublicCode).SingleOrDefaultAsync(cancel),
            At = (appeal.LonE7, appeal.LatE7) is ({ } lon, { } lat) ? new Position(lon, lat) : null,
            Assigned = appeal.HandlerPostId is null ? Title(appeal.AssignedPostId) : null,
            InsteadOf = appeal.HandlerPostId is null || appeal.HandlerPostId == appeal.AssignedPostId ? Title(appeal.InsteadOfPostId) : null,
            OnBehalfOf = appeal.OnBehalfOf,
            EnteredBy = Title(appeal.EnteredByPostId),
            NameIsWithheld = appeal.NameWithheld,
            MayOpenName = !named && AppealAccess.May(viewer, appeal, AppealAccess.OpenName),
            Order = order is null ? null : new OrderView(order.Source, order.Number, order.ReceivedOn, order.ReplyBy, order.RepliedOn, order.ReplyText, Title(order.RepliedByPostId)),
            MayReplyToOrder = order is { RepliedOn: null } && AppealAccess.May(viewer, appeal, AppealAccess.ReplyToOrder),
            JoinedBy = joined.Count(j => !j.Join.IsSamePerson),
            AppellantLeftOn = appeal.AppellantLeftOn,
            Joiners = !AppealAccess.May(viewer, appeal, AppealAccess.List) || own ? [] : [.. joined.Select(j => new JoinerView(j.Join.PublicCode, j.From is null ? j.Who : null, j.Join.Words, j.Join.Channel, Title(j.Join.EnteredByPostId), j.Join.JoinedOn,
                !isHandler && !j.Join.IsSamePerson && AppealAccess.May(viewer, appeal, AppealAccess.EnterVerdict) && AppealJoin.IsAsked(appeal.State, appeal.AskAgainUntil, today) && !verdicts.Exists(v => v.JoinId == j.Join.Id && v.Round == appeal.Round && v.ContestedOn is null)) { FromCode = j.From?.PublicCode, FromNumber = j.From is null ? null : Appeal.NumberOf(j.From.Year, j.From.Serial),
                IsSamePerson = j.Join.IsSamePerson, MayContest = contestedJoins.Contains(j.Join.Id), HasPaper = verdicts.Exists(v => v.JoinId == j.Join.Id && v.PaperCode != null && v.ContestedOn is null && viewer.Posts.Any(p => p.PostId == v.EnteredByPostId)) })],
            JoinedAs = joinedAs,
            MergedIntoOwn = mergedIntoOwn,
            RespondBy = appeal.RespondBy,
            RespondedAt = appeal.RespondedAt,
            NobodyThere = appeal.WaitsForResponse && held is not { Away: false } && (held is null ? !paid.Any(p => p.ScopeId is null && !p.Away && AppealAccess.Handlers.Contains(p.Role)) : AppealRouting.DeputiesOf(paid, held.Id).Count == 0),
            Deputies = held is not null && (appeal.DueOn < today || held.Away || (appeal.WaitsForResponse && appeal.RespondBy < clock.Now())) ? [.. AppealRouting.DeputiesOf(paid, held.Id).Select(d => d.Title)] : [],
            MayReport = reports && AppealAccess.May(viewer, appeal, HarmAccess.Record),
            Reports = !reports ? [] : [.. (await db.Set<HarmReport>().Where(r => r.AppealId == appeal.Id).OrderBy(r => r.LoggedAt).ToListAsync(cancel)).Select(r => new HarmView(r.To, r.ReportedOn, r.Words, Title(r.PostId)))],
            HandlerIsAway = held is { Away: true },
            Photos = [.. photos.Select(f => new PhotoView(f.PublicCode, f.Number, f.Part, f.Round, f.Side, f.Width, f.Height, Title(f.AddedByPostId), f.AddedOn, f.State, f.HiddenFor, Title(f.HiddenByPostId),
                f.State == FileState.Shown || AppealAccess.SeesHidden(viewer), f.State == FileState.Shown && f.AddedById == viewer.PersonId && TakePhotoBack.IsEarly(appeal.State),
                f.State == FileState.Shown && AppealAccess.May(viewer, appeal, AppealAccess.HidePhoto)))],
            PhotosLeft = AddPhotos.IsOpen(appeal.State) && AppealAccess.May(viewer, appeal, own ? AppealAccess.AddOwnPhotos : AppealAccess.AddPhotos) ? Left(own ? FileSide.Resident : FileSide.Community) : 0,
            CommunityPhotosLeft = Left(FileSide.Community),
            Notes = [.. notes.Select(n => new NoteView(n.Kind, n.Reason, Read(n.Id, n.Text), n.Channel, Title(n.PostId), Title(n.ToPostId), n.SaidOn) { Hidden = hidden.GetValueOrDefault(n.Id) })],
            Hidden = hidden.GetValueOrDefault(appeal.Id),
            Publication = publication?.State,
            PublicPage = publication is { State: PublicationState.Published } ? publication.PublicCode : null,
            NotPublicBecause = publication is { State: not PublicationState.Published } ? publication.Reason : null,
            IsHandler = isHandler,
            IsShielded = appeal.IsShielded,
            PastCommunity = appeal.PastCommunity,
            ResumeUntil = appeal.ResumeUntil,
            AskAgainUntil = appeal.AskAgainUntil,
            SpeakFor = speakFor,
            Joint = [.. (await JointQueries.Of(db, appeal.Id, cancel)).Select(j => own ? j with { Part = null } : j)],
            CanBringIn = !acts.Contains(Appeal.BringIn) ? [] : await (from p in BringIn.Posts(db, appeal, today) join person in db.Set<Person>() on p.PersonId equals person.Id
                                                                       orderby p.Title, person.Name select new Taker(p.PublicCode, p.Title, person.Name)).ToListAsync(cancel),
            MayLookInto = AppealAccess.May(viewer, appeal, AppealAccess.LookIntoVerdict) && await LookIntoVerdict.Waiting(db).ContainsAsync(appeal.Id, cancel),
            AppellantDied = !canBeAsked && appeal.AppellantId is { } who && await db.Set<Person>().AnyAsync(p => p.Id == who && p.DiedOn != null, cancel),
            Takers = takers,
            IsOwnRefusal = ownRefusal,
            GoneUp = [.. up.Select(x => new ReferralStep(x.Unit, x.Reason, null, x.DueOn, x.ByResident, x.ByResident ? Title(x.PostId) : null))],
            CameBack = [.. back.Select(x => new ReferralStep(x.Unit, x.Note, x.Reason, null))],
        };

        int Left(FileSide side) => Math.Max(0, FileLimits.PerSide - photos.Count(f => f.State == FileState.Shown && f.Side == side));

        // What has its days or is said once, and isn't to be offered now.
        bool Given(string act) => act switch
        {
            Appeal.SayStillSolved or Appeal.SayNotSolved => !Appeal.IsAskedAgain(appeal.State, appeal.AskAgainOn, appeal.AskAgainUntil, today),
            Appeal.Resume => appeal.ResumeUntil < today,
            Appeal.StateOwn => notes.Exists(n => n.Kind == NoteKind.ResidentStatement),
            Appeal.StateForCommunity => notes.Exists(n => n.Kind == NoteKind.CommunityStatement),
            // That is offered where there is a verdict to contest, whatever the state.
            Appeal.ContestVerdict or Appeal.ContestJoined => true,
            // The resident judges with one form; which way a dissatisfied verdict leads is the operation's to find.
            Appeal.JudgeDisagreed or Appeal.JudgePast or Appeal.ContestPast => true,
            // A withdrawal is one form too, whether others joined or not.
            Appeal.StepBack => true,
            _ => false,
        };

        // Words that are hidden from this viewer are none.
        string? Read(Guid row, string? words) => hidden.GetValueOrDefault(row) is { MayRead: false } ? null : words;

        static bool FromAbove(string kind) => kind == AppealEvents.AnsweredFromAbove.Code || kind == AppealEvents.ReturnedFromAbove.Code;

        string? Title(Guid? post) => post is { } id ? posts.GetValueOrDefault(id) : null;
    }

    /// <summary>The receipt of an appeal's filing; null for missing and for not theirs alike.</summary>
    public async Task<AppealReceipt?> Receipt(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null)
            return null;
        var leaf = await db.Set<JournalRow>().Where(r => r.RowTable == "Appeals" && r.RowId == appeal.Id).MinAsync(r => r.LeafIndex, cancel);
        var size = await LogService.GroupSizeOf(db, appeal.JurisdictionId, leaf, cancel);
        return new AppealReceipt(appeal.PublicCode, appeal.Number, appeal.Kind, await HiddenTexts.TitlesFrom(db, viewer).ContainsAsync(appeal.Id, cancel) ? "" : appeal.Title, appeal.FiledAt, appeal.FiledOn, leaf, size);
    }

    /// <summary>
    /// The file with which anybody can check, off line, that an appeal's filing is in the log; null for missing and for not theirs alike.
    /// It lays open what the appellant wrote and when, and nothing about whoever handled it.
    /// </summary>
    public async Task<ReceiptFile?> Proof(Viewer viewer, string code, LogService log, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null)
            return null;
        var filing = await db.Set<JournalRow>().Where(r => r.RowTable == "Appeals" && r.RowId == appeal.Id).OrderBy(r => r.LeafIndex).FirstAsync(cancel);
        string[] open = [nameof(Appeal.PublicCode), nameof(Appeal.Year), nameof(Appeal.Serial), nameof(Appeal.Kind), nameof(Appeal.Title), nameof(Appeal.Text), nameof(Appeal.Place),
            nameof(Appeal.Channel), nameof(Appeal.FiledOn), nameof(Appeal.FiledAt)];
        // A name that isn't shown isn't in the file either, nor are hidden words.
        if (await HiddenTexts.TitlesFrom(db, viewer).ContainsAsync(appeal.Id, cancel))
            open = [.. open.Except([nameof(Appeal.Title), nameof(Appeal.Text)])];
        return await LeafReceipt.Of(db, log, filing, appeal, await OpenName.Sees(db, viewer, appeal) ? [.. open, nameof(Appeal.AppellantName)] : open, cancel);
    }

    /// <summary>Newest first, by the key (version 7 ids sort by time), one more than a page to know whether there is a next one.</summary>
    private static async Task<Page<TLine>> ByKey<TRow, TLine>(IQueryable<TRow> query, Expression<Func<TRow, Guid>> key, Expression<Func<TRow, TLine>> line, Func<TLine, Guid> id,
        Guid? after, Guid? before, int size, CancellationToken cancel) where TRow : Owned
    {
        var page = before is { } upTo ? query.Where(r => r.Id > upTo).OrderBy(key) : (after is { } from ? query.Where(r => r.Id < from) : query).OrderByDescending(key);
        return PageOf(await page.Take(size + 1).Select(line).ToListAsync(cancel), id, after, before, size);
    }

    /// <param name="rows">In the order they were asked for: newest first, or, before a row, oldest first; one more than a page when there is a next one.</param>
    private static Page<TLine> PageOf<TLine>(List<TLine> rows, Func<TLine, Guid> id, Guid? after, Guid? before, int size)
    {
        var more = rows.Count > size;
        rows = [.. rows.Take(size)];
        if (before is not null)
        {
            rows.Reverse();
            return new Page<TLine>(rows, more ? id(rows[0]) : null, rows.Count > 0 ? id(rows[^1]) : null);
        }
        return new Page<TLine>(rows, after is not null && rows.Count > 0 ? id(rows[0]) : null, more ? id(rows[^1]) : null);
    }
}
