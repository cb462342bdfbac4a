using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// 作风投诉: a complaint about somebody who works for the community goes past everybody it names and their deputies to a supervisor; when a supervisor is named, or
/// there is no other, straight to the sub-district, in the same act. A lead on a breach of discipline or law is refused before anything is written.
/// </summary>
public sealed class FileConduct(Writer writer, Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public const string Kind = "conduct";
    public const int WhenLength = 40;

    /// <summary>How much of the appeal's text is left to whoever writes: the lines before it say whom, what and when.</summary>
    public const int TextLength = 1500;

    private static readonly Bilingual Whom = ("反映的是谁：{0}", "About: {0}"), NotSure = ("说不清是谁", "not sure whom"), What = ("哪方面：{0}", "Aspect: {0}"), When = ("什么时候：{0}", "When: {0}");

    /// <summary>It goes up as it is filed.</summary>
    public static readonly Crossing Crossing = new("conduct.file-past", CrossingWay.Up, Said, nameof(Referral.CommunityCode), GoingUp.Ties(AppealEvents.ReceivedPast, AppealEvents.FiledPast, AppealEvents.SentPast))
    {
        Aside = new HashSet<Platform.Journal.EventKind> { AppealEvents.AboutNamed },
    };

    internal static Bilingual Said => ("对工作人员的意见：类别、标题、内容（写明反映的是谁）、地点、居民的话、查询码和社区名称；不含反映人的姓名和编号",
        "a complaint about conduct: kind, title, text (which says whom it is about), place, the resident's words and public code, the community's name; no name or id of the appellant");

    /// <param name="About">Public codes of the posts it is about.</param>
    /// <param name="Unsure">The resident can't say who it was.</param>
    /// <param name="NotALead">Asked about words that look like a lead, they said it is none.</param>
    public sealed record Input(IReadOnlyList<string> About, bool Unsure, string? Aspect, string? Text, bool NotALead = false)
    {
        /// <summary>When it happened, in words.</summary>
        public string? When { get; init; }

        public string? Place { get; init; }

        /// <summary>Taken down by a supervisor: by which door, for whom, on which day it was told.</summary>
        public Channel Channel { get; init; } = Channel.Web;

        /// <inheritdoc cref="Channel"/>
        public string? AppellantName { get; init; }

        /// <inheritdoc cref="Channel"/>
        public DateOnly? ToldOn { get; init; }

        internal bool IsTakenDown => Channel != Channel.Web;
    }

    /// <summary>Checks what was typed, without touching the database: a lead goes no further than this.</summary>
    public static List<Problem> Check(Input input, DateOnly today)
    {
        var problems = new List<Problem>();
        if (input.About.Count == 0 && !input.Unsure)
            problems.Add(ConductProblems.AboutMissing);
        var aspect = ConductAspects.Find(input.Aspect);
        if (aspect is null)
            problems.Add(ConductProblems.AspectMissing);
        else if (aspect.IsLead)
            return [ConductProblems.Lead];
        var text = ChineseText.Clean(input.Text);
        if (text.Length == 0)
            problems.Add(ConductProblems.TextMissing);
        else if (text.Length > TextLength)
            problems.Add(ConductProblems.TextTooLong.With(TextLength, text.Length));
        if (ChineseText.Line(input.When) is { Length: > WhenLength } when)
            problems.Add(ConductProblems.WhenTooLong.With(WhenLength, when.Length));
        if (ChineseText.Line(input.Place) is { Length: > Appeal.PlaceLength } place)
            problems.Add(AppealProblems.PlaceTooLong.With(Appeal.PlaceLength, place.Length));
        if (input.IsTakenDown)
        {
            var name = ChineseText.Line(input.AppellantName);
            if (name.Length == 0)
                problems.Add(AppealProblems.NameMissing);
            else if (name.Length > Appeal.NameLength)
                problems.Add(AppealProblems.NameTooLong.With(Appeal.NameLength, name.Length));
            if (input.ToldOn > today)
                problems.Add(AppealProblems.ToldInFuture);
            else if (input.ToldOn < today.AddYears(-1))
                problems.Add(AppealProblems.ToldTooLongAgo);
        }
        if (problems.Count == 0 && !input.NotALead && ConductAspects.LeadWords(text, input.When, input.Place) is { Count: > 0 } words)
            problems.Add(ConductProblems.LooksLikeLead.With(string.Join('、', words)));
        return problems;
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (input.IsTakenDown ? viewer.PostFor(AppealAccess.TakeDownConduct) is null : !viewer.Has(AppealAccess.File))
            return AppealProblems.NotFound;
        var today = clock.Today();
        if (Check(input, today) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var appellant = input.IsTakenDown ? (Guid?)null : viewer.PersonId;
        Jurisdiction community;
        Jurisdiction? street;
        ConductNamed named;
        await using (var lease = await database.Read([act.JurisdictionId], cancel))
        {
            community = await jurisdictions.Get(lease.Db, act.JurisdictionId, cancel);
            street = await jurisdictions.Above(lease.Db, act.JurisdictionId, cancel);
            named = await ConductNamed.Of(lease.Db, input.About, appellant, today);
        }
        if (community.Level != JurisdictionLevel.Community)
            return AppealProblems.NotACommunity;
        if (Refusal(named) is { } refused)
            return refused;
        act = act with { On = input.IsTakenDown ? input.ToldOn : null };
        if (!named.IsPast)
            return await writer.Write(act, (input.IsTakenDown ? AppealAccess.TakeDownConduct : AppealAccess.File).Code, input, async scope =>
            {
                var now = await ConductNamed.Of(scope.Db, input.About, appellant, scope.Today);
                if (Refusal(now) is { } late)
                    return late;
                if (now.IsPast)
                    return ConductProblems.Changed;
                var appeal = await Make(scope, input, now, appellant);
                var rule = await RuleBook.InForce(scope.Db, community, AppealRules.Accept, scope.Today);
                appeal.StartClock(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar), await AppealRouting.SupervisorFor(scope.Db, act.JurisdictionId, [.. now.Without], scope.Today));
                scope.Add(appeal, input.IsTakenDown ? AppealEvents.TakenDown : AppealEvents.Filed);
                Name(scope, appeal, now);
                return Outcome.Ok(appeal.PublicCode);
            }, cancel);
        if (street is not { Level: JurisdictionLevel.Subdistrict })
            return ConductProblems.NothingAbove;
        return await writer.Cross(act, Crossing, street.Id, input, async sides =>
        {
            var here = await sides.Here();
            var now = await ConductNamed.Of(here.Db, input.About, appellant, here.Today);
            if (Refusal(now) is { } late)
                return late;
            if (!now.IsPast)
                return ConductProblems.Changed;
            var appeal = await Make(here, input, now, appellant);
            var up = await GoingUp.Receive(await sides.There(), street, community, appeal, byResident: true, null, AppealEvents.ReceivedPast, pastCommunity: true);
            here = await sides.Here();
            appeal.GoPast(up.Rule, up.Due);
            here.Add(appeal, AppealEvents.FiledPast);
            up.Send(here, appeal, appeal.EnteredByPostId, AppealEvents.SentPast);
            Name(here, appeal, now);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);

        Problem? Refusal(ConductNamed found) => found.IsUnknown ? ConductProblems.PostUnknown
            : input.IsTakenDown && found.People.Contains(viewer.PersonId) ? ConductProblems.NamedCantTakeDown
            : Compose(input, found).Length is var length && length > Appeal.TextLength ? ConductProblems.TextTooLong.With(TextLength - (length - Appeal.TextLength), ChineseText.Clean(input.Text).Length) : null;
    }

    private static async Task<Appeal> Make(ActScope scope, Input input, ConductNamed named, Guid? appellant)
    {
        return new Appeal
        {
            PublicCode = PublicCode.New().Text, Year = scope.Today.Year, Serial = await FileAppeal.NextSerial(scope),
            Kind = Kind, Title = ConductAspects.Find(input.Aspect)!.Title.Zh, Text = Compose(input, named), Place = ChineseText.Line(input.Place),
            Channel = input.Channel, AppellantId = appellant, AppellantName = input.IsTakenDown ? ChineseText.Line(input.AppellantName) : null,
            NameWithheld = AppealKinds.Find(Kind)!.Name == NameRule.Withheld, EnteredByPostId = input.IsTakenDown ? scope.Act.PostId : null,
            FiledOn = scope.On, FiledAt = scope.Now,
        };
    }

    /// <summary>The text as it stands for good: whoever handles it, here or above, reads whom, what and when before the words themselves.</summary>
    private static string Compose(Input input, ConductNamed named)
    {
        var when = ChineseText.Line(input.When);
        string[] before =
        [
            Line(Whom, named.Posts.Count == 0 ? NotSure.Zh : string.Join('、', named.Posts.Select(p => $"{p.Title}（{p.Name}）"))),
            Line(What, ConductAspects.Find(input.Aspect)!.Title.Zh),
            .. when.Length > 0 ? [Line(When, when)] : Array.Empty<string>(),
        ];
        return $"{string.Join('\n', before)}\n\n{ChineseText.Clean(input.Text)}";
    }

    private static string Line(Bilingual template, string value) => template.Zh.Replace("{0}", value, StringComparison.Ordinal);

    private static void Name(ActScope scope, Appeal appeal, ConductNamed named)
    {
        foreach (var (post, person) in named.Rows)
            scope.Add(new AppealAbout { AppealId = appeal.Id, PostId = post, PersonId = person }, AppealEvents.AboutNamed);
    }
}

/// <summary>Whom a complaint about conduct names, as the posts are held on a day, and whether it has to go past the community.</summary>
/// <param name="Posts">In the order they were chosen.</param>
/// <param name="Rows">Post and person; each entry that the register has of somebody.</param>
/// <param name="IsUnknown">One of the posts isn't held today.</param>
/// <param name="Without">Who may not be the supervisor it is brought to: whoever is named, and who raised it.</param>
internal sealed record ConductNamed(IReadOnlyList<(Guid Id, string Title, string Name)> Posts, IReadOnlyList<(Guid Post, Guid Person)> Rows, bool IsUnknown, bool IsPast, IReadOnlySet<Guid> Without)
{
    public IEnumerable<Guid> People => Rows.Select(r => r.Person);

    public static async Task<ConductNamed> Of(HeleDb db, IReadOnlyList<string> codes, Guid? appellant, DateOnly today)
    {
        var held = await (from p in db.Set<Post>().Where(Post.ActiveOn(today))
                          join person in db.Set<Person>() on p.PersonId equals person.Id
                          where codes.Contains(p.PublicCode) || p.Role == Role.Supervisor
                          select new { p.Id, p.PublicCode, p.Title, p.Role, p.PersonId, person.Name }).ToListAsync();
        var chosen = codes.Distinct().Select(c => held.Find(h => h.PublicCode == c)).ToList();
        var known = chosen.OfType<object>().Count() == chosen.Count ? chosen.ConvertAll(c => c!) : [];
        var rows = new List<(Guid, Guid)>();
        foreach (var post in known)
            rows.AddRange((await SamePerson.EntriesOf(db, post.PersonId)).Select(entry => (post.Id, entry)));
        var own = appellant is { } id ? await SamePerson.EntriesOf(db, id) : [];
        var people = rows.Select(r => r.Item2).ToHashSet();
        var supervisors = held.Where(h => h.Role == Role.Supervisor).Select(h => h.PersonId).ToList();
        return new([.. known.Select(k => (k.Id, k.Title, k.Name))], rows, known.Count < chosen.Count, supervisors.Exists(people.Contains) || supervisors.TrueForAll(own.Contains), new HashSet<Guid>([.. people, .. own]));
    }
}
