using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Tests.Appeals.Verdicts;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Figures;

/// <summary>Short ways to facts with other dates than today's, and to the numbers made of them. Everything goes through the real operations.</summary>
internal static class NumberSteps
{
    public static void MoveTo(this TestInstallation hele, int year, int month, int day, int hour = 9) => hele.Clock.MoveTo(China.At(new DateOnly(year, month, day), new TimeOnly(hour, 0)));

    public static async Task<string> TakeDown(this TestInstallation hele, Viewer clerk, DateOnly told) => Code(await hele.Get<FileAppeal>().Run(
        clerk.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("facilities", "单元门关不上", "单元门的闭门器坏了，风一吹就响。", "12号院5号楼", "王桂兰", told) { Channel = Channel.Counter }));

    public static Task<Outcome> JudgeOnPaper(this TestInstallation hele, Viewer colleague, string code, bool satisfied, DateOnly on) =>
        hele.Get<JudgeAppeal>().Run(colleague, colleague.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, satisfied, satisfied ? null : "还是不亮", OnPaper: true, JudgedOn: on));

    public static Task<Outcome> Close(this TestInstallation hele, Viewer secretary, Period period) =>
        hele.Get<ClosePeriod>().Run(secretary.Act(ClosePeriod.Permission, Guid.NewGuid()), new(period.From, period.To));

    /// <summary>Files, accepts, answers and judges one appeal on the web, all now.</summary>
    public static async Task<string> Finished(this TestInstallation hele, Viewer resident, Viewer handler, bool satisfied)
    {
        var code = await hele.FileAppeal(resident);
        Ok(await hele.Accept(handler, code));
        Ok(await hele.Answer(handler, code));
        Ok(await hele.Judge(resident, code, satisfied));
        return code;
    }

    public static Task<FigureValue> Value(this TestInstallation hele, Figure figure, Period period) => hele.Query<FigureReader, FigureValue>(f => f.Value(figure, period));

    public static Task<IReadOnlyList<FigureRecord>> Records(this TestInstallation hele, Figure figure, Period period) =>
        hele.Query<FigureReader, IReadOnlyList<FigureRecord>>(f => f.Records(figure, period, 0, int.MaxValue));

    public static Task<FigureChanges> Changes(this TestInstallation hele, Figure figure, Period period) =>
        hele.Query<FigureReader, FigureChanges>(async f => await f.Changes(await f.Value(figure, period)));

    /// <summary>All figures of a period at once.</summary>
    public static async Task<Dictionary<string, long>> Numbers(this TestInstallation hele, Period period)
    {
        var numbers = new Dictionary<string, long>();
        foreach (var figure in AppealFigures.All)
            numbers[figure.Id] = (await hele.Value(figure, period)).Value;
        return numbers;
    }

    public static void Ok(Outcome outcome) => _ = Code(outcome);

    private static string Code(Outcome outcome) => outcome.Code ?? throw new InvalidOperationException(string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh)));

    /// <summary>
    /// A made-up autumn: from 30 October on, people file, come to the counter late, are answered, judge on the web or on paper, some twice; some are refused and
    /// contest it, some withdraw and take it up again, some ask the level above. The secretary closes October and November on the way.
    /// </summary>
    public static async Task RandomAutumn(this TestInstallation hele, int seed, int steps)
    {
        var random = new Random(seed);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var tang = await hele.Viewer(TestPeople.Tang, TestInstallation.Street);
        var closed = 0;
        // Each course begins with one that is answered twice.
        var twice = await hele.Finished(liu, zhao, satisfied: false);
        Ok(await hele.Answer(zhao, twice));
        // And with a verdict that somebody entered and the resident struck.
        var struck = await hele.TakeDown(zhou, hele.Clock.Today());
        Ok(await hele.Accept(zhao, struck));
        Ok(await hele.Answer(zhao, struck));
        Ok(await hele.Telephoned(ma, struck, satisfied: true));
        Ok(await hele.ContestByPaper(await hele.Read(db => db.Set<AppealVerdict>().Where(v => v.PaperCode != null).Select(v => v.PaperCode!).SingleAsync())));
        for (var i = 0; i < steps; i++)
        {
            if (random.Next(3) == 0)
                hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddHours(random.Next(8, 90)));
            var today = hele.Clock.Today();
            var months = new[] { Period.Month(2026, 10), Period.Month(2026, 11) };
            if (closed < months.Length && months[closed].To.AddDays(4) < today)
                Ok(await hele.Close(ma, months[closed++]));
            // In the order of the log: identifiers of one millisecond have none, and the course of a seed must be the same each time.
            var appeals = await hele.Read(db => db.Set<Appeal>().OrderBy(a => db.Set<JournalRow>().Where(j => j.RowId == a.Id).Min(j => j.LeafIndex)).ToListAsync());
            var appeal = appeals.Count == 0 ? null : appeals[random.Next(appeals.Count)];
            var entered = appeal is null ? null : await hele.Read(db => db.Set<AppealVerdict>().Where(v => v.AppealId == appeal.Id && v.PaperCode != null && v.ContestedOn == null && v.ContestUntil >= today
                && !db.Set<AppealNote>().Any(n => n.AppealId == v.AppealId && n.Round == v.Round && (n.Kind == NoteKind.StillSolved || n.Kind == NoteKind.NotSolved))).OrderByDescending(v => v.Round).FirstOrDefaultAsync());
            switch (appeal?.State)
            {
                case not null when entered is not null && entered.IsWhereItStands(appeal!) && random.Next(3) == 0:
                    Ok(await hele.ContestByPaper(entered.PaperCode!));
                    break;
                case null:
                    await hele.FileAppeal(liu);
                    break;
                case AppealState.Filed or AppealState.Accepted or AppealState.Reopened or AppealState.Answered or AppealState.Contested when appeal.AppellantId is not null && random.Next(7) == 0:
                    Ok(await hele.WithdrawAppeal(Own(), appeal.PublicCode, $"第{i}步"));
                    break;
                case AppealState.Withdrawn when appeal.AppellantId is not null && appeal.ResumeUntil >= today:
                    Ok(await hele.Resume(Own(), appeal.PublicCode));
                    break;
                case AppealState.Filed when random.Next(5) == 0:
                    Ok(await hele.Refuse(zhou, appeal.PublicCode));
                    break;
                case AppealState.Refused when appeal.AppellantId is not null:
                    Ok(await hele.Contest(Own(), appeal.PublicCode));
                    break;
                case AppealState.Contested:
                    Ok(await hele.ReviewRefusal(ma, appeal.PublicCode, random.Next(2) == 0));
                    break;
                case AppealState.Accepted or AppealState.Reopened or AppealState.Answered when appeal.AppellantId is not null && random.Next(5) == 0:
                    Ok(await hele.AskAbove(Own(), appeal.PublicCode));
                    break;
                case AppealState.ReferredUp:
                    Ok(random.Next(3) == 0 ? await hele.ReturnFromAbove(tang, await hele.ReferralOf(appeal.PublicCode)) : await hele.AnswerFromAbove(tang, await hele.ReferralOf(appeal.PublicCode)));
                    break;
                case AppealState.Satisfied when appeal.AppellantId is not null && Appeal.IsAskedAgain(appeal.State, appeal.AskAgainOn, appeal.AskAgainUntil, today):
                    Ok(await hele.LookAgain(Own(), appeal.PublicCode, random.Next(2) == 0));
                    break;
                case AppealState.Filed:
                    Ok(await hele.Accept(zhao, appeal.PublicCode));
                    break;
                case AppealState.Accepted or AppealState.Reopened:
                    Ok(await hele.Answer(zhao, appeal.PublicCode));
                    break;
                case AppealState.Answered when appeal.AppellantId is null || random.Next(2) == 0:
                    var answered = await hele.Read(db => db.Set<AppealAnswer>().Where(x => x.AppealId == appeal.Id).MaxAsync(x => x.AnsweredOn));
                    // Who refused it, or accepted it on review, can't enter the verdict.
                    var colleague = await hele.Read(db => JudgeAppeal.Handled(db, zhou, appeal)) ? ma : zhou;
                    if (colleague == ma && await hele.Read(db => JudgeAppeal.Handled(db, ma, appeal)))
                        break;
                    Ok(await hele.JudgeOnPaper(colleague, appeal.PublicCode, random.Next(3) > 0, answered.AddDays(random.Next(today.DayNumber - answered.DayNumber + 1))));
                    break;
                case AppealState.Answered:
                    Ok(await hele.Judge(appeal.AppellantId == liu.PersonId ? liu : chen, appeal.PublicCode, random.Next(3) > 0));
                    break;
                default:
                    if (random.Next(2) == 0)
                        await hele.TakeDown(zhou, today.AddDays(-random.Next(12)));
                    else
                        await hele.FileAppeal(random.Next(2) == 0 ? liu : chen);
                    break;
            }
            if (random.Next(4) == 0)
                await hele.FileAppeal(random.Next(2) == 0 ? liu : chen, kind: i % 2 == 0 ? "safety" : "facilities");

            Viewer Own() => appeal!.AppellantId == liu.PersonId ? liu : chen;
        }

        // However the dice fell, both months end closed and each has an entry that came after.
        if (hele.Clock.Today() < new DateOnly(2026, 12, 6))
            hele.MoveTo(2026, 12, 6);
        while (closed < 2)
            Ok(await hele.Close(ma, Period.Month(2026, 10 + closed++)));
        await hele.TakeDown(zhou, new(2026, 10, 31));
        await hele.TakeDown(zhou, new(2026, 11, 29));
    }
}
