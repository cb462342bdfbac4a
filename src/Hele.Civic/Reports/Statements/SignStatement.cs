using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>A post signs a statement: from now on it waits for a second person.</summary>
public sealed class SignStatement(Writer writer)
{
    /// <param name="Place">A code of <see cref="ReportPlaces"/>.</param>
    /// <param name="From">The first day it speaks of; <paramref name="To"/> the last.</param>
    public sealed record Input(string? Place, string? Text, DateOnly? From, DateOnly? To);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StatementAccess.Sign.Code, input, async scope =>
    {
        if (viewer.PostFor(StatementAccess.Sign) is not { } post)
            return StatementProblems.NotFound;
        var text = ChineseText.Clean(input.Text);
        var problems = new List<Problem>();
        if (ReportPlaces.Find(input.Place) is null) problems.Add(StatementProblems.PlaceMissing);
        if (text.Length is 0 or > ReportStatement.TextLength) problems.Add(StatementProblems.TextMissing.With(ReportStatement.TextLength));
        else if (ReportText.Numbers(text) is { Count: > 0 } numbers) problems.Add(StatementProblems.HasNumber.With(string.Join('\u3001', numbers)));
        else if (await ReportText.Names(scope.Db, text) is { Count: > 0 } names) problems.Add(StatementProblems.NamesSomebody.With(string.Join('\u3001', names)));
        if (input.From is not { } from || input.To is not { } to || from > to || to > scope.Today || from.AddYears(ReportStatement.MostYears) <= to)
            problems.Add(StatementProblems.TimeWrong.With(ReportStatement.MostYears));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (await scope.Db.Set<ReportStatement>().AnyAsync(s => s.Place == input.Place && s.From == input.From && s.To == input.To && s.Text == text && (s.State == StatementState.Waiting || s.State == StatementState.Standing)))
            return StatementProblems.ThereAlready;
        var statement = scope.Add(new ReportStatement { Place = input.Place!, Text = text, From = input.From!.Value, To = input.To!.Value, SignedByPostId = post.PostId, SignedOn = scope.On, LoggedAt = scope.Now }, StatementEvents.Signed);
        return Outcome.Ok(statement.PublicCode);
    }, cancel);
}

/// <summary>A second person confirms a statement, or says why not.</summary>
public sealed class ConfirmStatement(Writer writer)
{
    /// <param name="Reason">Why it isn't confirmed; null to confirm it.</param>
    public sealed record Input(string Code, bool Confirms, string? Reason = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StatementAccess.Confirm.Code, input, async scope =>
    {
        if (viewer.PostFor(StatementAccess.Confirm) is not { } post || await StatementAccess.Visible(viewer, scope.Db.Set<ReportStatement>()).SingleOrDefaultAsync(s => s.PublicCode == input.Code) is not { } statement)
            return StatementProblems.NotFound;
        if (await StatementAccess.Bars(scope.Db, viewer, statement) is { } barred)
            return barred;
        var reason = ChineseText.Line(input.Reason);
        if (!input.Confirms && reason.Length is 0 or > ReportStatement.ReasonLength)
            return StatementProblems.ReasonMissing.With(ReportStatement.ReasonLength);
        if ((input.Confirms ? statement.ConfirmIt(post.PostId, scope.On, scope.Now) : statement.DeclineIt(reason, post.PostId, scope.On)) is { } problem)
            return problem;
        scope.Record(statement, input.Confirms ? StatementEvents.Confirmed : StatementEvents.Declined);
        return Outcome.Ok(statement.PublicCode);
    }, cancel);
}

/// <summary>Takes a statement back, with the reason: whoever signs statements may, also one that somebody signed before them in that post.</summary>
public sealed class WithdrawStatement(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StatementAccess.Sign.Code + "-withdraw", input, async scope =>
    {
        if (viewer.PostFor(StatementAccess.Sign) is not { } post || await StatementAccess.Visible(viewer, scope.Db.Set<ReportStatement>()).SingleOrDefaultAsync(s => s.PublicCode == input.Code) is not { } statement)
            return StatementProblems.NotFound;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > ReportStatement.ReasonLength)
            return StatementProblems.ReasonMissing.With(ReportStatement.ReasonLength);
        if (statement.TakeBack(reason, post.PostId, scope.On, scope.Now) is { } problem)
            return problem;
        scope.Record(statement, StatementEvents.Withdrawn);
        return Outcome.Ok(statement.PublicCode);
    }, cancel);
}
