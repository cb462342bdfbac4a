using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Hours as a form gives them: a row for each span.</summary>
/// <param name="Always">Somebody answers day and night; the spans are of no matter then.</param>
public sealed record HoursInput(bool Always, IReadOnlyList<HourSpan?> Spans)
{
    /// <summary>Null stands for a row that was begun and isn't whole.</summary>
    public Problem? Check()
    {
        if (Always)
            return null;
        if (Spans.Any(s => s is null))
            return CircleProblems.HoursOdd;
        if (Spans.Count == 0)
            return CircleProblems.HoursMissing;
        var taken = new HashSet<int>();
        foreach (var span in Spans)
        {
            foreach (var day in span!.Days)
            {
                var minutes = span.To == span.From ? 1440 : (int)(span.To - span.From).TotalMinutes;
                for (var m = 0; m < minutes; m++)
                    if (!taken.Add((((day - 1) * 1440) + (span.From.Hour * 60) + span.From.Minute + m) % 10_080))
                        return CircleProblems.HoursCross;
            }
        }
        return null;
    }

    public string Text => Always ? OpeningHours.Always : OpeningHours.Write(Spans.OfType<HourSpan>());
}

/// <summary>Opens a service point, or corrects one.</summary>
public sealed class KeepPoint(Writer writer)
{
    /// <param name="Code">Of the point that is corrected; null for a new one.</param>
    /// <param name="Position">As <see cref="KeepBuilding.TryPosition"/> takes it.</param>
    public sealed record Input(string? Code, string? Kind, string? Name, string? Phone, string? Position, HoursInput Hours);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (ServicePointKinds.Find(input.Kind) is null) problems.Add(CircleProblems.KindMissing);
        if (ChineseText.Line(input.Name).Length is 0 or > ServicePoint.NameLength) problems.Add(CircleProblems.NameMissing);
        if (ChineseText.Line(input.Phone).Length > ServicePoint.PhoneLength) problems.Add(CircleProblems.PhoneTooLong);
        if (!KeepBuilding.TryPosition(input.Position, out var at) || at is null) problems.Add(CircleProblems.PositionMissing);
        if (input.Hours.Check() is { } hours) problems.Add(hours);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "circle.keep-point", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null)
            return CircleProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var (name, phone) = (ChineseText.Line(input.Name), ChineseText.Line(input.Phone) is { Length: > 0 } said ? said : null);
        if (await scope.Db.Set<ServicePoint>().AnyAsync(p => p.Name == name && p.To == null && p.PublicCode != input.Code))
            return CircleProblems.NameTaken;
        KeepBuilding.TryPosition(input.Position, out var place);
        var at = place!.Value;
        if (input.Code is null)
        {
            return Outcome.Ok(scope.Add(new ServicePoint { Kind = input.Kind!, Name = name, Phone = phone, LonE7 = at.LonE7, LatE7 = at.LatE7, Hours = input.Hours.Text, From = scope.On, LoggedAt = scope.Now },
                CircleEvents.PointOpened).PublicCode);
        }
        if (await scope.Db.Set<ServicePoint>().SingleOrDefaultAsync(p => p.PublicCode == input.Code) is not { } point)
            return CircleProblems.NotFound;
        if (point.To is not null)
            return CircleProblems.PointClosed;
        (point.Kind, point.Name, point.Phone, point.LonE7, point.LatE7, point.Hours) = (input.Kind!, name, phone, at.LonE7, at.LatE7, input.Hours.Text);
        scope.Record(point, CircleEvents.PointCorrected);
        return Outcome.Ok(point.PublicCode);
    }, cancel);
}

/// <summary>Nobody answers at a service point any more.</summary>
public sealed class ClosePoint(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "circle.close-point", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null || await scope.Db.Set<ServicePoint>().SingleOrDefaultAsync(p => p.PublicCode == input.Code) is not { } point)
            return CircleProblems.NotFound;
        if (point.To is not null)
            return CircleProblems.PointClosed;
        point.CloseOn(scope.On < point.From ? point.From : scope.On, scope.Now);
        scope.Record(point, CircleEvents.PointClosed);
        return Outcome.Ok(point.PublicCode);
    }, cancel);
}
