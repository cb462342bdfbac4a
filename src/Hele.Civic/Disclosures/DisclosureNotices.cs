using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>Who is told: the posts that put a kind up, before it is due; whoever checks it; its writer; the supervisors of what was taken down early; whoever objected.</summary>
internal static class DisclosureNotices
{
    private static readonly NoticeGroup Work = new("disclosures", ("居务公开", "Disclosures"), ("到期要公开的、等您核对的、有人提出异议的", "What is due, what you check, what somebody objects to"), NoticeWay.AtOnce);
    private static readonly NoticeGroup Answers = new("disclosure-answers", ("异议的答复", "Answers to your objections"), ("您对公开的内容提出的异议", "What you objected to"), NoticeWay.AtOnce);

    private static readonly NoticeSubject Disclosed = new(typeof(Disclosure), async (db, viewer, codes, cancel) =>
        (await DisclosureAccess.Visible(viewer, db.Set<Disclosure>()).Where(d => codes.Contains(d.PublicCode)).ToListAsync(cancel)).ToDictionary(d => d.PublicCode, DisclosureDay.Named));

    private static readonly NoticeSubject Duty = new(typeof(DisclosureDuty), async (db, viewer, codes, cancel) =>
        viewer.PostFor(DisclosureAccess.See) is null ? new Dictionary<string, Bilingual>()
            : (await db.Set<DisclosureDuty>().Where(d => codes.Contains(d.PublicCode)).ToListAsync(cancel)).ToDictionary(d => d.PublicCode, d => DisclosureDay.Named(DisclosureKinds.Of(d.Kind), d.CoversFrom, d.CoversTo)));

    /// <summary>Opens the public page, by the disclosure's code.</summary>
    private static readonly NoticeSubject Objected = new(typeof(DisclosureObjection), async (db, viewer, codes, cancel) =>
    {
        var person = viewer.PersonId;
        return (await db.Set<Disclosure>().Where(d => codes.Contains(d.PublicCode) && db.Set<DisclosureObjection>().Any(o => o.DisclosureId == d.Id && o.SenderId == person)).ToListAsync(cancel)).ToDictionary(d => d.PublicCode, DisclosureDay.Named);
    });

    public static IEnumerable<NoticeSource> All =>
    [
        new(DisclosureEvents.DutyOpened, Work, Duty, ("有一期该公开了", "A period's disclosure is due"), Writers),
        new(DisclosureEvents.DutyReminded, Work, Duty, ("快到期了，还没有公开", "Nearly due, and not disclosed yet"), Writers),
        new(DisclosureEvents.Drafted, Work, Disclosed, ("有要公开的内容等您核对", "Something to be disclosed waits for your check"), Checkers),
        new(DisclosureEvents.Edited, Work, Disclosed, ("要公开的内容改过了，等您核对", "Something to be disclosed was changed and waits for your check"), Checkers),
        new(DisclosureEvents.CorrectionProposed, Work, Disclosed, ("有一处更正等您核对", "A correction waits for your check"), Checkers),
        new(DisclosureEvents.Checked, Work, Disclosed, ("核对过了，可以公布", "It was checked and can be put up"), Writer),
        new(DisclosureEvents.Returned, Work, Disclosed, ("核对后退回修改，看原因", "It was sent back: see why"), Writer),
        new(DisclosureEvents.CorrectionRefused, Work, Disclosed, ("更正没有采用，看原因", "The correction wasn't used: see why"), Writer),
        new(DisclosureEvents.Withdrawn, Work, Disclosed, ("一份公开提前撤下了，请了解情况", "A disclosure was taken down early: please look into it"), Supervisors),
        new(DisclosureEvents.Objected, Work, Disclosed, ("有居民对公开的内容提出异议", "Somebody objects to what is disclosed"), Answerers),
        new(DisclosureEvents.ObjectionAnswered, Answers, Objected, ("您的异议有了答复", "Your objection was answered"), Sender),
    ];

    private static async Task<NoticeTo> Writers(HeleDb db, Owned row) =>
        row is DisclosureDuty { DisclosureId: null } duty ? await Posts(db, duty.PublicCode, DisclosureKinds.Of(duty.Kind).Posts, China.DateIn(duty.RemindedAt ?? duty.OpenedAt)) : default;

    private static async Task<NoticeTo> Checkers(HeleDb db, Owned row)
    {
        var disclosure = (Disclosure)row;
        var writer = await db.Set<Post>().AsNoTracking().Where(p => p.Id == disclosure.WrittenByPostId).Select(p => p.PersonId).SingleAsync();
        return await Posts(db, disclosure.PublicCode, DisclosureKinds.Of(disclosure.Kind).Checks, disclosure.WrittenOn, writer);
    }

    private static Task<NoticeTo> Supervisors(HeleDb db, Owned row) => Posts(db, ((Disclosure)row).PublicCode, [Role.Supervisor], ((Disclosure)row).WithdrawnOn!.Value);

    private static async Task<NoticeTo> Answerers(HeleDb db, Owned row)
    {
        var objection = (DisclosureObjection)row;
        var of = await db.Set<Disclosure>().AsNoTracking().Where(d => d.Id == objection.DisclosureId).Select(d => new { d.PublicCode, d.Kind }).SingleAsync();
        return await Posts(db, of.PublicCode, DisclosureKinds.Of(of.Kind).Posts, objection.FiledOn);
    }

    private static async Task<NoticeTo> Writer(HeleDb db, Owned row)
    {
        var disclosure = (Disclosure)row;
        return new(await db.Set<Post>().AsNoTracking().Where(p => p.Id == disclosure.WrittenByPostId).Select(p => (Guid?)p.PersonId).SingleOrDefaultAsync(), disclosure.PublicCode);
    }

    private static async Task<NoticeTo> Sender(HeleDb db, Owned row)
    {
        var objection = (DisclosureObjection)row;
        return objection.SenderId is null ? default : new(objection.SenderId, await db.Set<Disclosure>().AsNoTracking().Where(d => d.Id == objection.DisclosureId).Select(d => d.PublicCode).SingleAsync());
    }

    private static async Task<NoticeTo> Posts(HeleDb db, string code, IReadOnlyList<Role> roles, DateOnly day, Guid? but = null)
    {
        var people = (await db.Set<Post>().AsNoTracking().Where(Post.ActiveOn(day)).Where(p => roles.Contains(p.Role) && p.PersonId != but).OrderBy(p => p.Id).Select(p => p.PersonId).ToListAsync()).Distinct().ToList();
        return people.Count == 0 ? default : new NoticeTo(people[0], code) { Also = [.. people.Skip(1)] };
    }
}
