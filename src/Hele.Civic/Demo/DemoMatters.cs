using System.Globalization;
using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

/// <summary>
/// What the community's residents raised over the year beside the matters that are told step by step: data/demo/matters.csv gives the words and the course each took, and
/// the hours of an office day give the rest.
/// </summary>
public sealed record DemoMatter(string Key, Channel Channel, string Kind, string Compound, string Building, string Place, string Who, DateTimeOffset FiledAt, string Title, string Text, string Course, int Delay,
    string Answer, string Remark, string Answer2, string Remark2, string Note, string Respond)
{
    public static IReadOnlyList<DemoMatter> Load() => [.. Csv.Load(ReferenceData.Path("demo/matters.csv")).Select(r => new DemoMatter(
        r["key"], Enum.Parse<Channel>(r["channel"], ignoreCase: true), r["kind"], r["compound"], r["building"], r["place"], r["who"],
        new DateTimeOffset(DateTime.ParseExact(r["filed"], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), China.Offset).ToUniversalTime(), r["title"], r["text"], r["course"],
        r["delay"].Length == 0 ? 0 : int.Parse(r["delay"], CultureInfo.InvariantCulture), r["answer"], r["remark"], r["answer2"], r["remark2"], r["note"], r["respond"]))];

    /// <summary>The steps after it was filed, each with its hour.</summary>
    public IEnumerable<(string Act, DateTimeOffset At, string Text)> Steps()
    {
        var dice = new Dice("matter/" + Key);
        var at = FiledAt;
        var web = Channel == Channel.Web;
        DateTimeOffset Soon() => at = Office.After(at, dice.Between(20, 200));
        DateTimeOffset Days(int days) => at = Office.OnDay(Office.Plus(China.DateIn(at), days), at, dice.Below(420));
        // Residents judge at home in the evening; who has no telephone is asked in office hours.
        DateTimeOffset Later(int days) => at = web ? China.At(China.DateIn(at).AddDays(Math.Max(1, days)), new TimeOnly(18, 30).AddMinutes(dice.Below(190))) : Office.OnDay(Office.Plus(China.DateIn(at), Math.Max(1, days)), at, dice.Below(420));
        // Four weeks and some days after the verdict, counted by the calendar.
        DateTimeOffset Again() => at = web ? China.At(China.DateIn(at).AddDays(33), new TimeOnly(19, 10).AddMinutes(dice.Below(90))) : Office.OnDay(Office.Plus(China.DateIn(at).AddDays(33), 0), at, dice.Below(420));

        if (Course == "spot")
        {
            if (Remark.Length > 0)
                yield return ("satisfied", Later(2), Remark);
            yield break;
        }
        if (Course == "open-filed")
            yield break;
        if (Course is "refused" or "upheld" or "overruled")
        {
            yield return ("refuse", Soon(), Note);
            if (Course == "refused")
                yield break;
            yield return ("contest", Later(1 + dice.Below(3)), Remark);
            if (Course == "upheld")
            {
                yield return ("uphold", Days(1 + dice.Below(2)), Answer);
                yield break;
            }
            yield return ("overrule", Days(1 + dice.Below(2)), Answer);
        }
        else
        {
            var accepted = Soon();
            // An urgent matter is responded to at once, in the evening too; it is accepted in office hours.
            if (Respond.Split(": ", 2) is [var minutes, var words] && FiledAt.AddMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)) is var responded && responded < accepted)
                yield return ("respond", responded, words);
            yield return ("accept", accepted, "");
        }
        switch (Course)
        {
            case "open-accepted" or "open-late":
                yield break;
            case "withdrawn":
                yield return ("withdraw", Later(1), Note);
                yield break;
            case "resumed":
                yield return ("withdraw", Later(1), Note);
                yield return ("resume", Later(3 + dice.Below(5)), Remark);
                yield return ("accept", Soon(), "");
                break;
            case "handed":
                yield return ("hand-back", Soon(), Note);
                break;
            case "referred":
                yield return ("refer", Soon(), Note);
                yield return ("street-answer", Days(1 + dice.Below(4)), Answer);
                if (Remark.Length > 0)
                    yield return ("satisfied", Later(1 + dice.Below(4)), Remark);
                yield break;
            case "returned":
                yield return ("refer", Soon(), Remark2);
                yield return ("street-return", Days(1 + dice.Below(3)), Note);
                break;
        }
        if (Course == "joint")
        {
            yield return ("bring-in", Soon(), Note);
            yield return ("part", Soon(), Remark2);
        }
        yield return ("answer", Days(Delay), Course == "overruled" ? Answer2 : Answer);
        switch (Course)
        {
            case "silent":
                yield break;
            case "contested":
                // Rung up and put down as satisfied; the resident comes by with the paper, the supervision asks how it came, and then they judge themselves.
                yield return ("phone", Later(1), "");
                yield return ("struck", Later(2), Note);
                yield return ("finding", Days(1), Answer2);
                yield return ("satisfied", Later(2), Remark);
                yield break;
            case "reopened" or "disagreed":
                yield return ("dissatisfied", Later(dice.Below(4)), Remark);
                yield return ("answer", Days(1 + dice.Below(3)), Answer2);
                yield return (Course == "reopened" ? "satisfied" : "dissatisfied", Later(1 + dice.Below(5)), Remark2);
                yield break;
            case "resumed" or "overruled":
                yield return ("satisfied", Later(dice.Below(4)), Remark2);
                yield break;
            case "lapsed":
                yield return ("satisfied", Later(dice.Below(3)), Remark);
                yield return ("not-solved", Again(), Remark2);
                if (Answer2.Length > 0)
                    yield return ("answer", Days(1 + dice.Below(2)), Answer2);
                yield break;
            default:
                yield return ("satisfied", Later(dice.Below(6)), Remark);
                // Asked again after four weeks; most don't answer.
                if (dice.Chance(30))
                    yield return ("still-solved", Again(), "");
                yield break;
        }
    }
}

/// <summary>The hours in which a community's office works.</summary>
internal static class Office
{
    private const int Morning = 210, Afternoon = 210;
    private static readonly TimeOnly Opens = new(8, 30), OpensAgain = new(14, 0);

    /// <summary>So many minutes of office time after an instant, at the latest at the day's end.</summary>
    public static DateTimeOffset After(DateTimeOffset at, int minutes)
    {
        var (day, now) = (China.DateIn(at), MinuteOf(at));
        if (!ReferenceData.Calendar.IsWorkingDay(day) || now >= Morning + Afternoon - 5)
            (day, now) = (Plus(day, 1), 0);
        return Moment(day, Math.Min(now + minutes, Morning + Afternoon - 3));
    }

    /// <summary>A minute of a day's office time, after <paramref name="earliest"/> where that is the same day.</summary>
    public static DateTimeOffset OnDay(DateOnly day, DateTimeOffset earliest, int minute) =>
        China.DateIn(earliest) == day ? After(earliest, 10 + (minute / 8)) : Moment(day, Math.Min(minute, Morning + Afternoon - 3));

    /// <summary>So many working days later; the day itself for none, the next working one where it is none.</summary>
    public static DateOnly Plus(DateOnly day, int days)
    {
        while (days > 0 || !ReferenceData.Calendar.IsWorkingDay(day))
        {
            day = day.AddDays(1);
            if (ReferenceData.Calendar.IsWorkingDay(day))
                days--;
        }
        return day;
    }

    private static int MinuteOf(DateTimeOffset at)
    {
        var time = TimeOnly.FromDateTime(China.TimeIn(at).DateTime);
        var first = (int)Math.Clamp((time - Opens).TotalMinutes, 0, Morning);
        return time < Opens ? 0 : time >= OpensAgain ? Morning + (int)Math.Min((time - OpensAgain).TotalMinutes, Afternoon) : first;
    }

    private static DateTimeOffset Moment(DateOnly day, int minute) => China.At(day, minute < Morning ? Opens.AddMinutes(minute) : OpensAgain.AddMinutes(minute - Morning));
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private static readonly Lazy<IReadOnlyList<DemoMatter>> Matters = new(DemoMatter.Load);

        /// <summary>The crowd's matters, each raised by somebody who lives there.</summary>
        private IEnumerable<Scene> Everyday(DemoStory.Community community)
        {
            var voices = community.Town.Voices;
            foreach (var (matter, who) in voices.Where(v => v.Matter.Channel == Channel.Web).DistinctBy(v => v.Who.Name))
                yield return new("person/" + DemoTown.SignInOf(who), Opening.AddMinutes(40), id => services.GetRequiredService<RegisterPerson>().Run(
                    new Act { OperationId = id, AccountId = SystemAccount.Id, JurisdictionId = community.Id }, new(who.Name, matter.Compound + matter.Building, DemoTown.SignInOf(who), _hash.Value, OneTime: false, null, null, null, who.Phone), cancel));
            foreach (var (matter, who) in voices)
            {
                yield return new(matter.Key, matter.FiledAt, id => Raise(community, matter, who, id));
                var i = 0;
                foreach (var (act, at, text) in matter.Steps())
                    yield return new($"{matter.Key}/{++i}", at, id => Go(community, matter, who, act, text, id));
            }
        }

        /// <summary>The supervision draws from the verdicts of September and rings whom it drew; the seed is fixed, so that the demo is the same each time.</summary>
        private IEnumerable<Scene> CallingBack(DemoStory.Community community)
        {
            var at = China.At(new DateOnly(2026, 10, 12), new TimeOnly(9, 40));
            yield return new("callbacks/draw", at, async id =>
            {
                var feng = await ViewerOf(community.People, "supervisor");
                return await services.GetRequiredService<DrawCallbacks>().Run(feng, feng.Act(CallbackAccess.Draw, id), new(new(2026, 9, 1), new(2026, 9, 30)) { Seed = "5a1f0c9e77b34d2286e10b4fd3c8a960" }, cancel);
            });
            string[] results = [Callback.Agree, Callback.Miss];
            for (var i = 0; i < results.Length; i++)
            {
                var (place, result) = (i + 1, results[i]);
                yield return new($"callbacks/call/{place}", at.AddMinutes(25 * place), async id =>
                {
                    if (await Done(id) is { } there)
                        return Outcome.Again(there);
                    var feng = await ViewerOf(community.People, "supervisor");
                    var call = await CodeOf(community, db => db.Set<Callback>().Where(c => c.Place == place).Select(c => c.PublicCode));
                    return await services.GetRequiredService<RecordCall>().Run(feng, feng.Act(CallbackAccess.Call, id), new(call ?? "", result, null), cancel);
                });
            }
        }

        /// <summary>Who raises which matter: somebody of that building who fits, and whose name nobody else has.</summary>
        public static List<(DemoMatter Matter, DemoHomes.Resident Who)> Voices(DemoHomes homes)
        {
            var names = homes.All.SelectMany(h => h.People).CountBy(p => p.Name).Where(n => n.Value == 1).Select(n => n.Key).ToHashSet();
            var voices = new List<(DemoMatter, DemoHomes.Resident)>();
            foreach (var matter in Matters.Value)
            {
                var dice = new Dice("who/" + matter.Key);
                var there = homes.All.Where(h => h.House.Compound == matter.Compound && (matter.Building.Length == 0 || h.House.Name == matter.Building)).SelectMany(h => h.People)
                    .Where(p => names.Contains(p.Name) && p.Phone.Length > 0 && matter.FiledAt.Year - p.Born.Year is >= 20 and <= 88).ToList();
                // Not every building has somebody of every kind: then any grown-up there says it.
                var fitting = there.Where(p => Fits(p, matter)).ToList() is { Count: > 0 } exactly ? exactly : there;
                if (fitting.Count == 0)
                    throw new InvalidOperationException($"data/demo/matters.csv: nobody who lives there raises {matter.Key}.");
                voices.Add((matter, fitting[dice.Below(fitting.Count)]));
            }
            return voices;
        }

        private static bool Fits(DemoHomes.Resident person, DemoMatter matter)
        {
            var age = matter.FiledAt.Year - person.Born.Year;
            var (from, to) = matter.Who switch { "old" => (62, 88), "parent" => (28, 48), _ => matter.Channel == Channel.Web ? (20, 62) : (35, 84) };
            return age >= from && age <= to && (matter.Who == "tenant") == (person.Relation == DemoHomes.Tenant);
        }

        private async Task<Outcome> Raise(DemoStory.Community community, DemoMatter matter, DemoHomes.Resident who, Guid id)
        {
            if (await Done(id) is { } there)
            {
                _codes[matter.Key] = there;
                return Outcome.Again(there);
            }
            var building = matter.Building.Length == 0 ? null : await CodeOf(community, db => db.Set<Building>().Where(b => b.Name == matter.Building && db.Set<Compound>().Any(c => c.Id == b.CompoundId && c.Name == matter.Compound)).Select(b => b.PublicCode));
            var place = matter.Building.Length == 0 ? matter.Compound + matter.Place : matter.Place;
            var outcome = matter.Course == "spot" ? await Spot() : await File();
            if (outcome.Code is { } code)
                _codes[matter.Key] = code;
            return outcome;

            async Task<Outcome> Spot()
            {
                var worker = await WorkerOf(community, matter);
                return await services.GetRequiredService<SettleOnTheSpot>().Run(worker, worker.Act(AppealAccess.OnTheSpot, id), new(matter.Kind, matter.Title, matter.Answer, building, place, who.Name), cancel);
            }

            async Task<Outcome> File()
            {
                var web = matter.Channel == Channel.Web;
                var actor = web ? await ViewerBy(DemoTown.SignInOf(who)) : matter.Channel == Channel.Chat ? await WorkerOf(community, matter) : await ViewerOf(community.People, "clerk");
                var person = web ? null : await CodeOf(community, db => db.Set<Person>().Where(p => p.Name == who.Name).Select(p => p.PublicCode));
                return await services.GetRequiredService<FileAppeal>().Run(actor.Act(web ? AppealAccess.File : AppealAccess.TakeDown, id), new(matter.Kind, matter.Title, matter.Text, place, person is null && !web ? who.Name : null)
                {
                    Channel = matter.Channel, Building = building, Person = person,
                    OrderSource = matter.Channel == Channel.Order ? OrderSource.Hotline : null, OrderNumber = matter.Channel == Channel.Order ? OrderNumberOf(matter) : null,
                    OrderReplyBy = matter.Channel == Channel.Order ? Office.Plus(China.DateIn(matter.FiledAt), 5) : null,
                }, cancel);
            }
        }

        /// <summary>As the hotline numbers its orders: the day and a running number.</summary>
        private static string OrderNumberOf(DemoMatter matter) => $"{China.DateIn(matter.FiledAt):yyyyMMdd}{1000 + new Dice("order/" + matter.Key).Below(9000)}";

        private async Task<Outcome> Go(DemoStory.Community community, DemoMatter matter, DemoHomes.Resident who, string act, string text, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            if (!_codes.TryGetValue(matter.Key, out var code))
                return AppealProblems.NotNow.With("");
            var own = matter.Channel == Channel.Web;
            switch (act)
            {
                case "accept":
                    return await Staff(AppealAccess.Accept, v => services.GetRequiredService<AcceptAppeal>().Run(v, v.Act(AppealAccess.Accept, id), new(code), cancel));
                case "respond":
                    return await Staff(AppealAccess.Respond, v => services.GetRequiredService<RespondAppeal>().Run(v, v.Act(AppealAccess.Respond, id), new(code, text), cancel));
                case "answer":
                    return await Staff(AppealAccess.Answer, v => services.GetRequiredService<AnswerAppeal>().Run(v, v.Act(AppealAccess.Answer, id), new(code, text), cancel));
                case "refuse":
                    var (why, words) = text.Split(": ", 2) is [var reason, var rest] ? (reason, rest) : (text, "");
                    return await Staff(AppealAccess.Refuse, v => services.GetRequiredService<RefuseAppeal>().Run(v, v.Act(AppealAccess.Refuse, id), new(code, why, words), cancel));
                case "overrule" or "uphold":
                    return await Others(v => services.GetRequiredService<ReviewRefusal>().Run(v, v.Act(AppealAccess.Review, id), new(code, act == "overrule", text), cancel));
                case "refer":
                    return await Staff(AppealAccess.ReferUp, v => services.GetRequiredService<ReferAppeal>().Run(v, v.Act(AppealAccess.ReferUp, id), new(code, text), cancel));
                case "hand-back":
                    // The clerk takes it; what was brought to the clerk the secretary does.
                    var taker = await ViewerOf(community.People, "clerk");
                    if (await Responsible() == taker.Posts[0].PostId)
                        taker = await ViewerOf(community.People, "secretary");
                    var to = await CodeOf(community, db => db.Set<Post>().Where(p => p.Id == taker.Posts[0].PostId).Select(p => p.PublicCode));
                    return await Staff(AppealAccess.HandBack, v => services.GetRequiredService<HandOnAppeal>().Run(v, v.Act(HandOnAppeal.Way(v) ?? AppealAccess.HandBack, id), new(code, to, text), cancel));
                case "street-answer" or "street-return":
                    var officer = await ViewerOf(DemoStory.Over.Street.People, "subdistrict-officer");
                    if (await CodeOf(community, db => from r in db.Set<AppealReferral>() join a in db.Set<Appeal>() on r.AppealId equals a.Id where a.PublicCode == code orderby r.LoggedAt descending select r.ReferralCode) is not { } referral)
                        return ReferralProblems.NotNow.With("");
                    return act == "street-answer" ? await services.GetRequiredService<AnswerReferral>().Run(officer, officer.Act(ReferralAccess.Answer, id), new(referral, text), cancel)
                        : await services.GetRequiredService<ReturnReferral>().Run(officer, officer.Act(ReferralAccess.Return, id), new(referral, ReturnReason.NotThisLevel, text), cancel);
                case "satisfied" or "dissatisfied":
                    var (satisfied, remark) = (act == "satisfied", text.Length == 0 ? null : text);
                    return await Resident(AppealAccess.Judge, AppealAccess.EnterVerdict, (v, a) => services.GetRequiredService<JudgeAppeal>().Run(v, a, new(code, satisfied, remark, OnPaper: !own), cancel));
                case "phone":
                    return await Others(v => services.GetRequiredService<JudgeAppeal>().Run(v, v.Act(AppealAccess.EnterVerdict, id), new(code, true, null) { ByPhone = true }, cancel));
                case "struck":
                    return await Others(v => services.GetRequiredService<ContestVerdict>().Run(v, v.Act(AppealAccess.SpeakFor, id), new(code, text, AtCounter: true), cancel));
                case "finding":
                    var supervisor = await ViewerOf(community.People, "supervisor");
                    return await services.GetRequiredService<LookIntoVerdict>().Run(supervisor, supervisor.Act(AppealAccess.LookIntoVerdict, id), new(code, text), cancel);
                case "bring-in":
                    var helper = await ViewerOf(community.People, await Responsible() == (await ViewerOf(community.People, "clerk")).Posts[0].PostId ? "secretary" : "clerk");
                    var with = await CodeOf(community, db => db.Set<Post>().Where(p => p.Id == helper.Posts[0].PostId).Select(p => p.PublicCode));
                    var (because, task) = text.Split(": ", 2) is [var first, var second] ? (first, second) : (text, text);
                    return await Staff(JointAccess.BringIn, v => services.GetRequiredService<BringIn>().Run(v, v.Act(JointAccess.BringIn, id), new(code, with, because, task), cancel));
                case "part":
                    var part = await CodeOf(community, db => from j in db.Set<AppealJoint>() join a in db.Set<Appeal>() on j.AppealId equals a.Id where a.PublicCode == code && j.Part == null select j.PublicCode);
                    var member = await ReadIn(community, db => (from j in db.Set<AppealJoint>() join p in db.Set<Post>() on j.PostId equals p.Id join person in db.Set<Person>() on p.PersonId equals person.Id join account in db.Accounts on person.AccountId equals account.Id
                                                                where j.PublicCode == part select account.SignInName).FirstOrDefaultAsync(cancel));
                    var writes = await ViewerBy(member ?? "");
                    return await services.GetRequiredService<WritePart>().Run(writes, writes.Act(JointAccess.WritePart, id), new(part ?? "", text), cancel);
                case "contest":
                    return await Resident(AppealAccess.Contest, AppealAccess.SpeakFor, (v, a) => services.GetRequiredService<ContestRefusal>().Run(v, a, new(code, text, !own), cancel));
                case "withdraw":
                    return await Resident(AppealAccess.Withdraw, AppealAccess.SpeakFor, (v, a) => services.GetRequiredService<WithdrawAppeal>().Run(v, a, new(code, text, !own), cancel));
                case "resume":
                    return await Resident(AppealAccess.Resume, AppealAccess.SpeakFor, (v, a) => services.GetRequiredService<ResumeAppeal>().Run(v, a, new(code, text, !own), cancel));
                case "still-solved" or "not-solved":
                    return await Resident(AppealAccess.LookAgain, AppealAccess.SpeakFor, (v, a) => services.GetRequiredService<LookAgain>().Run(v, a, new(code, act == "still-solved", text, !own), cancel));
                default:
                    throw new InvalidOperationException($"data/demo/matters.csv: {matter.Key} takes a course that the program doesn't know: {matter.Course}.");
            }

            Task<Guid?> Responsible() => ReadIn(community, db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.HandlerPostId ?? a.AssignedPostId).SingleAsync(cancel));

            // Whoever it was brought to, or has it now.
            async Task<Outcome> Staff(Permission what, Func<Viewer, Task<Outcome>> run)
            {
                var responsible = await Responsible();
                var signIn = await ReadIn(community, db => (from p in db.Set<Post>() join person in db.Set<Person>() on p.PersonId equals person.Id join account in db.Accounts on person.AccountId equals account.Id
                                                            where p.Id == responsible select account.SignInName).FirstOrDefaultAsync(cancel));
                return await run(signIn is null ? await ViewerOf(community.People, "clerk") : await ViewerBy(signIn));
            }

            // Somebody who had no hand in it; who had is refused, and the next is asked.
            async Task<Outcome> Others(Func<Viewer, Task<Outcome>> run)
            {
                Outcome? last = null;
                foreach (var colleague in community.People.Where(p => p.Post == "secretary").Concat(community.People.Where(p => p.Post == "clerk")).Select(p => p.Key).Append(await WorkerKeyOf(community, matter)))
                {
                    last = await run(await ViewerBy(colleague));
                    if (last.Accepted || last.Replayed || !last.Problems.Any(p => p.Code == AppealProblems.HandlerCantJudge.Code || p.Code == AppealProblems.HandlerCantSpeak.Code || p.Code == AppealProblems.EntererCantContest.Code || p.Code == AppealProblems.RefuserCantReview.Code))
                        return last;
                }
                return last!;
            }

            async Task<Outcome> Resident(Permission alone, Permission spoken, Func<Viewer, Act, Task<Outcome>> run)
            {
                if (!own)
                    return await Others(v => run(v, v.Act(spoken, id)));
                var resident = await ViewerBy(DemoTown.SignInOf(who));
                return await run(resident, resident.Act(alone, id));
            }
        }

        /// <summary>What an earlier run wrote by this act, whoever did it then: who has a matter in hand now isn't who had it.</summary>
        private async Task<string?> Done(Guid id)
        {
            if (!isResumed)
                return null;
            await using var lease = await services.GetRequiredService<Database>().Read([], cancel);
            return await lease.Db.Set<AcceptedOperation>().Where(o => o.OperationId == id).Select(o => o.Result).FirstOrDefaultAsync(cancel);
        }

        /// <summary>The worker of the grid that a matter lies in.</summary>
        private async Task<Viewer> WorkerOf(DemoStory.Community community, DemoMatter matter) => await ViewerBy(await WorkerKeyOf(community, matter));

        private async Task<string> WorkerKeyOf(DemoStory.Community community, DemoMatter matter)
        {
            var grid = await ReadIn(community, db => (from b in db.Set<Building>() join c in db.Set<Compound>() on b.CompoundId equals c.Id join g in db.Set<GridBuilding>() on b.Id equals g.BuildingId
                                                      where c.Name == matter.Compound && (matter.Building == "" || b.Name == matter.Building) && g.To == null
                                                      orderby b.Name join grid in db.Set<Grid>() on g.GridId equals grid.Id select grid.Name).FirstOrDefaultAsync(cancel));
            return (community.People.FirstOrDefault(p => p.Grid == grid) ?? community.People.First(p => p.Post == "grid-worker")).Key;
        }

        private async Task<string?> CodeOf(DemoStory.Community community, Func<HeleDb, IQueryable<string>> codes) => await ReadIn(community, db => codes(db).FirstOrDefaultAsync(cancel));

        private async Task<T> ReadIn<T>(DemoStory.Community community, Func<HeleDb, Task<T>> question)
        {
            await using var lease = await services.GetRequiredService<Database>().Read([community.Id], cancel);
            return await question(lease.Db);
        }
    }
}
