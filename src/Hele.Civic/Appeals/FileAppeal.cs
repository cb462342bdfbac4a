using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// A resident files an appeal on the web, or the community takes it down: at the counter, on the telephone, from a letter, a message in a chat group or a
/// work order. All are the same matter with equal rights; by place and kind it finds the paid post that answers for its clock.
/// </summary>
public sealed class FileAppeal(Writer writer, JurisdictionDirectory jurisdictions, StoredFiles files)
{
    private static readonly Compiled<Func<HeleDb, int, int, Task<int?>>> LastSerial = new(() => EF.CompileAsyncQuery((HeleDb db, int jurisdiction, int year) =>
        db.Set<Appeal>().Where(a => a.JurisdictionId == jurisdiction && a.Year == year).OrderByDescending(a => a.Serial).Select(a => (int?)a.Serial).FirstOrDefault()));

    /// <param name="Place">In words; may be left out where a building is named.</param>
    /// <param name="AppellantName">Taken down: for whom, when they aren't in the register. Null when the actor files for themselves.</param>
    /// <param name="ToldOn">Taken down: the day the resident said it, when that isn't today.</param>
    public sealed record Input(string? Kind, string? Title, string? Text, string? Place, string? AppellantName = null, DateOnly? ToldOn = null)
    {
        public Channel Channel { get; init; } = Channel.Web;

        /// <summary>Public code of the building; empty for none.</summary>
        public string? Building { get; init; }

        /// <summary>"longitude latitude" in degrees; empty for none.</summary>
        public string? Position { get; init; }

        /// <summary>Taken down: public code of whoever raised it, when they are in the register.</summary>
        public string? Person { get; init; }

        /// <summary>On the web: whom the resident speaks for.</summary>
        public string? OnBehalfOf { get; init; }

        /// <summary>The resident's name isn't to be shown; only where the kind leaves them the choice.</summary>
        public bool WithholdName { get; init; }

        /// <summary>A work order's number; of the other channels null.</summary>
        public string? OrderNumber { get; init; }

        public OrderSource? OrderSource { get; init; }

        /// <summary>The last day for the reply, as the order says.</summary>
        public DateOnly? OrderReplyBy { get; init; }

        /// <summary>Never asked for.</summary>
        public IReadOnlyList<Photo> Photos { get; init; } = [];

        /// <summary>Settled where it was told: there may be no name, and what was done stands in the answer.</summary>
        internal bool OnTheSpot { get; init; }

        /// <summary>True when somebody of the community takes it down for a resident.</summary>
        internal bool IsTakenDown => Channel != Channel.Web;
    }

    /// <summary>Checks what was typed, without touching the database.</summary>
    public static List<Problem> Check(Input input, DateOnly today)
    {
        var problems = new List<Problem>();
        if (AppealKinds.Find(input.Kind) is not { IsOffered: true })
            problems.Add(AppealProblems.KindMissing);
        Length(ChineseText.Line(input.Title), Appeal.TitleLength, AppealProblems.TitleMissing, AppealProblems.TitleTooLong);
        Length(ChineseText.Line(input.Place), Appeal.PlaceLength, string.IsNullOrEmpty(input.Building) ? AppealProblems.PlaceMissing : null, AppealProblems.PlaceTooLong);
        if (!KeepBuilding.TryPosition(input.Position, out _))
            problems.Add(AppealProblems.PositionOdd);
        Length(ChineseText.Clean(input.Text), Appeal.TextLength, AppealProblems.TextMissing, AppealProblems.TextTooLong);
        if (StoredFiles.Check(0, input.Photos.Count) is { } tooMany)
            problems.Add(tooMany);
        if (!input.IsTakenDown)
        {
            Length(ChineseText.Line(input.OnBehalfOf), Appeal.NameLength, null, AppealProblems.BehalfTooLong);
            return problems;
        }
        Length(ChineseText.Line(input.AppellantName), Appeal.NameLength, string.IsNullOrEmpty(input.Person) && input.Channel != Channel.Order && !input.OnTheSpot ? AppealProblems.NameMissing : null, AppealProblems.NameTooLong);
        if (input.ToldOn > today)
            problems.Add(AppealProblems.ToldInFuture);
        else if (input.ToldOn < today.AddYears(-1))
            problems.Add(AppealProblems.ToldTooLongAgo);
        if (input.Channel == Channel.Order)
        {
            if (input.OrderSource is null || !Enum.IsDefined(input.OrderSource.Value))
                problems.Add(AppealProblems.OrderSourceMissing);
            if (ChineseText.Line(input.OrderNumber).Length is 0 or > AppealOrder.NumberLength)
                problems.Add(AppealProblems.OrderNumberMissing.With(AppealOrder.NumberLength));
            if (input.OrderReplyBy is null || input.OrderReplyBy < (input.ToldOn ?? today))
                problems.Add(AppealProblems.OrderReplyByMissing);
        }
        return problems;

        void Length(string text, int most, Problem? missing, Problem tooLong)
        {
            if (text.Length == 0 && missing is not null)
                problems.Add(missing);
            else if (text.Length > most)
                problems.Add(tooLong.With(most, text.Length));
        }
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) =>
        writer.Write(act with { On = input.IsTakenDown ? input.ToldOn : null }, input.IsTakenDown ? AppealAccess.TakeDown.Code : AppealAccess.File.Code, input, async scope =>
        {
            var (appeal, problems) = await Enter(scope, jurisdictions, input);
            if (appeal is null)
                return Outcome.Refused(problems);
            var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            var rule = await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.Accept, scope.Today);
            var (post, insteadOf) = await AppealRouting.PostFor(scope.Db, act.JurisdictionId, appeal.Kind, appeal.GridId, scope.Today);
            appeal.StartClock(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar), post, insteadOf);
            scope.Add(appeal, input.IsTakenDown ? AppealEvents.TakenDown : AppealEvents.Filed);
            await AppealUrgency.Begin(scope, jurisdiction, appeal);
            if (await files.Add(scope, appeal, FileSide.Resident, PhotoPart.Told, 0, input.Photos) is { } tooMany)
                return tooMany;
            if (input.Channel == Channel.Order)
            {
                var number = ChineseText.Line(input.OrderNumber);
                if (await scope.Db.Set<AppealOrder>().Where(o => o.Source == input.OrderSource && o.Number == number).Select(o => (Guid?)o.AppealId).FirstOrDefaultAsync() is { } known)
                    return AppealProblems.OrderKnown.With(await scope.Db.Set<Appeal>().Where(a => a.Id == known).Select(a => Appeal.NumberOf(a.Year, a.Serial)).SingleAsync());
                scope.Add(new AppealOrder { AppealId = appeal.Id, Source = input.OrderSource!.Value, Number = number, ReplyBy = input.OrderReplyBy!.Value, ReceivedOn = scope.On }, AppealEvents.OrderReceived);
            }
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);

    /// <summary>The next running number of the year.</summary>
    internal static async Task<int> NextSerial(ActScope scope) => (await LastSerial.For(scope.Db)(scope.Db, scope.Act.JurisdictionId, scope.Today.Year) ?? 0) + 1;

    /// <summary>A new matter from what was said, not yet added; null with what is wrong.</summary>
    internal static async Task<(Appeal? Appeal, List<Problem> Problems)> Enter(ActScope scope, JurisdictionDirectory jurisdictions, Input input)
    {
        if (Check(input, scope.Today) is { Count: > 0 } problems)
            return (null, problems);
        if ((await jurisdictions.Get(scope.Db, scope.Act.JurisdictionId)).Level != JurisdictionLevel.Community)
            return (null, [AppealProblems.NotACommunity]);
        KeepBuilding.TryPosition(input.Position, out var at);
        var (place, unknown) = await AppealPlace.Find(scope.Db, input.Building, at);
        if (unknown is not null)
            return (null, [unknown]);
        var person = input.IsTakenDown ? null : scope.Act.PersonId;
        if (input.IsTakenDown && !string.IsNullOrEmpty(input.Person))
        {
            person = await scope.Db.Set<Person>().Where(Person.Living).Where(p => p.PublicCode == input.Person).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
            if (person is null)
                return (null, [AppealProblems.PersonUnknown]);
        }
        var year = scope.Today.Year;
        var serial = await NextSerial(scope);
        var kind = AppealKinds.Find(input.Kind)!;
        var words = ChineseText.Line(input.Place);
        var name = ChineseText.Line(input.AppellantName);
        var behalf = ChineseText.Line(input.OnBehalfOf);
        var where = place.Address is not { } address || words.StartsWith(address, StringComparison.Ordinal) ? words : $"{address} {words}".Trim();
        return where.Length > Appeal.PlaceLength ? (null, [AppealProblems.PlaceTooLong.With(Appeal.PlaceLength, where.Length)]) : (new Appeal
        {
            PublicCode = PublicCode.New().Text, Year = year, Serial = serial,
            Kind = kind.Code, Title = ChineseText.Line(input.Title), Text = ChineseText.Clean(input.Text), Place = where,
            BuildingId = place.BuildingId, GridId = place.GridId, LonE7 = place.At?.LonE7, LatE7 = place.At?.LatE7,
            Channel = input.Channel,
            AppellantId = person,
            AppellantName = input.IsTakenDown && person is null && name.Length > 0 ? name : null,
            OnBehalfOf = !input.IsTakenDown && behalf.Length > 0 ? behalf : null,
            NameWithheld = kind.Name == NameRule.Withheld || (kind.Name == NameRule.Choice && input.WithholdName),
            EnteredByPostId = input.IsTakenDown ? scope.Act.PostId : null,
            FiledOn = scope.On, FiledAt = scope.Now,
        }, []);
    }
}
