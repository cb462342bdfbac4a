using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>A signed-in resident gives thanks themselves.</summary>
public sealed class GiveThanks(Writer writer, StoredFiles files, Seals seals)
{
    /// <param name="Whom">A <see cref="ThanksWhom"/>.</param>
    /// <param name="Appeal">Public code of their own appeal, judged satisfied; empty for none.</param>
    public sealed record Input(string? Text, string? Whom, bool Anonymous, ThanksShown? Shown, string? Appeal)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, ThanksAccess.Give.Code, input, async scope =>
    {
        if (!viewer.Has(ThanksAccess.Give))
            return ThanksProblems.NotFound;
        Appeal? appeal = null;
        if (!string.IsNullOrEmpty(input.Appeal))
        {
            appeal = await scope.Db.Set<Appeal>().SingleOrDefaultAsync(a => a.PublicCode == input.Appeal);
            // Somebody else's is as unknown as one that isn't there.
            if (appeal is null || appeal.AppellantId != viewer.PersonId || appeal.IsShielded)
                return ThanksProblems.AppealUnknown;
            if (appeal.State != AppealState.Satisfied)
                return ThanksProblems.NotSatisfied;
        }
        var name = await scope.Db.Set<Person>().Where(p => p.Id == viewer.PersonId).Select(p => p.Name).SingleAsync();
        return await Recording.Run(scope, files, seals, new(ThanksKind.Letter, ThanksDoor.Web, input.Text, ThanksWhom.Of(input.Whom), viewer.PersonId, name, input.Anonymous, input.Shown, scope.Today, appeal, input.Photos), []);
    }, cancel);
}

/// <summary>Somebody of the community writes down what a resident brought, said or sent; never whoever is thanked by it, nor who stands in for them.</summary>
public sealed class RecordThanks(Writer writer, StoredFiles files, Seals seals)
{
    /// <param name="Giver">Public code in the register, when whoever writes it down knows who it is.</param>
    /// <param name="On">The day it was brought, said or came.</param>
    /// <param name="Appeal">Public code or readable number of a matter; empty for none.</param>
    public sealed record Input(ThanksKind? Kind, ThanksDoor? Door, string? Text, string? Whom, string? GiverName, string? Giver, bool Anonymous, ThanksShown? Shown, DateOnly? On, string? Appeal)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, ThanksAccess.Enter.Code, input, async scope =>
    {
        if (viewer.PostFor(ThanksAccess.Enter) is null)
            return ThanksProblems.NotFound;
        var problems = new List<Problem>();
        if (input.Kind is not { } kind || !Enum.IsDefined(kind)) problems.Add(ThanksProblems.KindMissing);
        if (input.Door is not { } door || !Enum.IsDefined(door) || door == ThanksDoor.Web) problems.Add(ThanksProblems.DoorMissing);
        else if (!Fits(input.Kind, door)) problems.Add(ThanksProblems.DoorDoesntFit);
        if (input.On is not { } on || on > scope.Today || on < scope.Today.AddYears(-1)) problems.Add(ThanksProblems.DayWrong);
        var name = input.Anonymous ? "" : ChineseText.Line(input.GiverName);
        Person? giver = null;
        if (!input.Anonymous && !string.IsNullOrEmpty(input.Giver))
        {
            giver = await scope.Db.Set<Person>().Where(Person.Living).SingleOrDefaultAsync(p => p.PublicCode == input.Giver);
            if (giver is null) problems.Add(ThanksProblems.GiverUnknown);
            else name = giver.Name;
        }
        Appeal? appeal = null;
        if (ChineseText.Line(input.Appeal) is { Length: > 0 } said)
        {
            appeal = await Find(scope.Db, viewer, said);
            if (appeal is null) problems.Add(ThanksProblems.AppealUnknown);
            else if (appeal.State != AppealState.Satisfied) problems.Add(ThanksProblems.NotSatisfied);
        }
        var day = input.On is { } told && told <= scope.Today ? told : scope.Today;
        return await Recording.Run(scope, files, seals, new(input.Kind ?? default, input.Door ?? default, input.Text, ThanksWhom.Of(input.Whom), giver?.Id, name, input.Anonymous, input.Shown, day, appeal, input.Photos), problems, viewer);
    }, cancel);

    /// <summary>A pennant and a letter are things; words are heard.</summary>
    private static bool Fits(ThanksKind? kind, ThanksDoor door) => kind switch
    {
        ThanksKind.Pennant or ThanksKind.Letter => door is ThanksDoor.Counter or ThanksDoor.Mail,
        ThanksKind.Spoken => door is ThanksDoor.Counter or ThanksDoor.Phone,
        _ => true,
    };

    /// <summary>A matter this viewer sees, by its code or its number. One about somebody's conduct is none to be thanked from.</summary>
    private static async Task<Appeal?> Find(HeleDb db, Viewer viewer, string said)
    {
        var seen = AppealAccess.Visible(viewer, db.Set<Appeal>());
        var appeal = PublicCode.TryParse(said, out var code) ? await seen.SingleOrDefaultAsync(a => a.PublicCode == code.Text)
            : said.Split('-') is [var year, var serial] && int.TryParse(year, out var y) && int.TryParse(serial, out var s) ? await seen.SingleOrDefaultAsync(a => a.Year == y && a.Serial == s) : null;
        return appeal is { IsShielded: false } ? appeal : null;
    }
}

/// <summary>What both ways of recording have in common.</summary>
file static class Recording
{
    internal sealed record Told(ThanksKind Kind, ThanksDoor Door, string? Text, ThanksWhom? Whom, Guid? Giver, string Name, bool Anonymous, ThanksShown? Shown, DateOnly On, Appeal? Appeal, IReadOnlyList<Photo> Photos);

    /// <param name="enterer">Who writes it down for the giver; null where the giver does.</param>
    public static async Task<Outcome> Run(ActScope scope, StoredFiles files, Seals seals, Told told, List<Problem> problems, Viewer? enterer = null)
    {
        var text = ChineseText.Clean(told.Text);
        var name = told.Anonymous ? "" : told.Name;
        if (text.Length == 0) problems.Add(ThanksProblems.TextMissing);
        else if (text.Length > ThanksRecord.TextLength) problems.Add(ThanksProblems.TextTooLong.With(ThanksRecord.TextLength, text.Length));
        // Also of somebody who wants no name to be left: what they wrote is read by those who are thanked.
        else if (told.Name.Length > 1 && text.Contains(told.Name, StringComparison.Ordinal)) problems.Add(ThanksProblems.NameInText.With(told.Name));
        if (!told.Anonymous && name.Length is 0 or > ThanksRecord.NameLength && !problems.Contains(ThanksProblems.GiverUnknown)) problems.Add(ThanksProblems.NameMissing);
        if (told.Shown is not { } shown || !Enum.IsDefined(shown)) problems.Add(ThanksProblems.ShownMissing);
        else if (told.Anonymous && shown == ThanksShown.Surname) problems.Add(ThanksProblems.NoNameToShow);
        if (told.Photos.Count > 1) problems.Add(ThanksProblems.OnePhoto);
        var whom = await Thanked.Find(scope.Db, told.Whom, told.On);
        if (whom is null)
            problems.Add(ThanksProblems.WhomMissing);
        else if (enterer is not null && await ThanksAccess.BarsFrom(scope.Db, enterer.PersonId, whom.People, scope.Today) is { } barred)
            problems.Add(barred);
        else if (told.Giver is { } thanker && await ThanksAccess.BarsFrom(scope.Db, thanker, whom.People, scope.Today) is not null)
            problems.Add(ThanksProblems.GiverIsThanked);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var (appeal, giver) = (told.Appeal?.Id, told.Giver);
        if (appeal is not null && giver is not null && await scope.Db.Set<ThanksRecord>().AnyAsync(t => t.AppealId == appeal && t.GiverId == giver && t.State != ThanksState.Withdrawn && t.State != ThanksState.Rejected))
            return ThanksProblems.ThankedAlready;

        var thanks = new ThanksRecord
        {
            Kind = told.Kind, Door = told.Door, Text = text, Thanked = whom!.Kind, GridId = whom.GridId, BodyId = whom.BodyId, PostId = whom.PostId, GiverId = giver, IsAnonymous = told.Anonymous,
            GiverMasked = name.Length == 0 ? null : Masking.Surname(name), ReceivedOn = told.On, LoggedAt = scope.Now, EnteredByPostId = enterer is null ? null : scope.Act.PostId, AppealId = appeal,
        };
        thanks.Agree(told.Shown!.Value);
        scope.Add(thanks, enterer is null ? ThanksEvents.Given : ThanksEvents.Recorded);
        if (name.Length > 0)
            thanks.GiverNameSealed = await seals.Seal(scope, giver ?? thanks.Id, thanks, nameof(ThanksRecord.GiverNameSealed), name);
        foreach (var person in whom.People)
            scope.Add(new ThanksTo { ThanksId = thanks.Id, PersonId = person }, ThanksEvents.ToNamed);
        return await files.Add(scope, thanks, enterer is null ? FileSide.Resident : FileSide.Community, AddThanksPhoto.Part, 0, told.Photos) is { } tooMany ? tooMany : Outcome.Ok(thanks.PublicCode);
    }
}
