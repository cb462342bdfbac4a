using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A resident files an appeal on the web, or the counter takes it down for somebody. Both are the same matter with equal rights.</summary>
public sealed class FileAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    private static readonly Compiled<Func<HeleDb, int, int, Task<int?>>> LastSerial = new(() => EF.CompileAsyncQuery((HeleDb db, int jurisdiction, int year) =>
        db.Set<Appeal>().Where(a => a.JurisdictionId == jurisdiction && a.Year == year).OrderByDescending(a => a.Serial).Select(a => (int?)a.Serial).FirstOrDefault()));

    /// <param name="AppellantName">Counter only: for whom. Null when the actor files for themselves.</param>
    /// <param name="ToldOn">Counter only: the day the resident said it, when that isn't today.</param>
    public sealed record Input(string? Kind, string? Title, string? Text, string? Place, string? AppellantName = null, DateOnly? ToldOn = null)
    {
        /// <summary>True when somebody at the counter files for a resident.</summary>
        public bool AtCounter { get; init; }
    }

    /// <summary>Checks what was typed, without touching the database.</summary>
    public static List<Problem> Check(Input input, DateOnly today)
    {
        var problems = new List<Problem>();
        if (AppealKinds.Find(input.Kind) is not { IsOffered: true })
            problems.Add(AppealProblems.KindMissing);
        Length(ChineseText.Line(input.Title), Appeal.TitleLength, AppealProblems.TitleMissing, AppealProblems.TitleTooLong);
        Length(ChineseText.Line(input.Place), Appeal.PlaceLength, AppealProblems.PlaceMissing, AppealProblems.PlaceTooLong);
        Length(ChineseText.Clean(input.Text), Appeal.TextLength, AppealProblems.TextMissing, AppealProblems.TextTooLong);
        if (input.AtCounter)
        {
            Length(ChineseText.Line(input.AppellantName), Appeal.NameLength, AppealProblems.NameMissing, AppealProblems.NameTooLong);
            if (input.ToldOn > today)
                problems.Add(AppealProblems.ToldInFuture);
            else if (input.ToldOn < today.AddYears(-1))
                problems.Add(AppealProblems.ToldTooLongAgo);
        }
        return problems;

        void Length(string text, int most, Problem missing, Problem tooLong)
        {
            if (text.Length == 0)
                problems.Add(missing);
            else if (text.Length > most)
                problems.Add(tooLong.With(most, text.Length));
        }
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) =>
        writer.Write(act with { On = input.AtCounter ? input.ToldOn : null }, input.AtCounter ? AppealAccess.TakeDown.Code : AppealAccess.File.Code, input, async scope =>
        {
            if (Check(input, scope.Today) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            if (jurisdiction.Level != JurisdictionLevel.Community)
                return AppealProblems.NotACommunity;
            var year = scope.Today.Year;
            var last = await LastSerial.For(scope.Db)(scope.Db, act.JurisdictionId, year) ?? 0;
            var appeal = new Appeal
            {
                PublicCode = PublicCode.New().Text, Year = year, Serial = last + 1,
                Kind = input.Kind!, Title = ChineseText.Line(input.Title), Text = ChineseText.Clean(input.Text), Place = ChineseText.Line(input.Place),
                Channel = input.AtCounter ? Channel.Counter : Channel.Web,
                AppellantId = input.AtCounter ? null : act.PersonId,
                AppellantName = input.AtCounter ? ChineseText.Line(input.AppellantName) : null,
                FiledOn = scope.On, FiledAt = scope.Now,
            };
            var rule = await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.Accept, scope.Today);
            appeal.StartClock(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar));
            scope.Add(appeal, input.AtCounter ? AppealEvents.TakenDown : AppealEvents.Filed);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);
}
