using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>A mail came back: it leaves the outbox and stands before a person.</summary>
public sealed class RecordDeadLetter(Writer writer)
{
    /// <param name="Sender">Who has the mail; another's is not spoken for.</param>
    public sealed record Input(Guid Mail, int Attempts, Guid Sender, string? AddressMasked, string? Answer);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "mail.refuse", input, async scope =>
    {
        var (here, id) = (act.JurisdictionId, input.Mail);
        if (await scope.Db.Set<OutgoingMail>().AsTracking().SingleOrDefaultAsync(m => m.JurisdictionId == here && m.Id == id) is not { State: MailState.Sending } mail || mail.LeaseBy != input.Sender || mail.Attempts != input.Attempts)
            return MailProblems.NotFound;
        (mail.State, mail.SettledAt, mail.LeaseBy, mail.LeaseUntil, mail.Answer) = (MailState.Refused, scope.Now, null, null, input.Answer);
        var letter = new DeadLetter { MailId = mail.Id, PersonId = mail.PersonId, Kind = mail.Kind, Day = mail.Day, RefusedOn = scope.Today, RefusedAt = scope.Now };
        letter.Say(input.AddressMasked, input.Answer);
        scope.Add(letter, DeadLetterEvents.Refused);
        return Outcome.Ok(letter.PublicCode);
    }, cancel);
}

/// <summary>An administrator has a mail that came back tried once more: the mailbox was full, the server had a bad day. The same mail, under the same Message-ID.</summary>
public sealed class RetryMail(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, MailAccess.Keep.Code + ".retry", input, async scope =>
    {
        var (letter, refused) = await Letters.Of(scope, viewer, input.Code, DeadLetter.Retry);
        if (letter is null)
            return refused!;
        var (here, id) = (scope.Act.JurisdictionId, letter.MailId);
        if (await scope.Db.Set<OutgoingMail>().AsTracking().SingleOrDefaultAsync(m => m.JurisdictionId == here && m.Id == id) is { State: MailState.Refused } mail)
            (mail.State, mail.SettledAt, mail.DueAt, mail.NotBefore) = (MailState.Waiting, null, scope.Now, scope.Now);
        scope.Record(letter, DeadLetterEvents.Retried);
        return Outcome.Ok(letter.PublicCode);
    }, cancel);
}

/// <summary>An administrator gives it up: nothing more goes to that address until its owner confirms one again. They see so themselves, beside their notices.</summary>
public sealed class GiveUpMail(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, MailAccess.Keep.Code + ".give-up", input, async scope =>
    {
        var (letter, refused) = await Letters.Of(scope, viewer, input.Code, DeadLetter.GiveUp);
        if (letter is null)
            return refused!;
        var (db, here, person) = (scope.Db, scope.Act.JurisdictionId, letter.PersonId);
        scope.Record(letter, DeadLetterEvents.GivenUp);
        // One to an address that is no longer used says nothing about the one that is.
        if (letter.Kind != MailKind.Changed && await db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person && e.AddressSealed != null && e.PausedOn == null) is { } email)
        {
            email.Pause(scope.Today);
            scope.Record(email, EmailEvents.Paused);
            foreach (var mail in await db.Set<OutgoingMail>().AsTracking().Where(m => m.JurisdictionId == here && m.PersonId == person && m.State == MailState.Waiting && (m.Kind == MailKind.Digest || m.Kind == MailKind.Urgent)).ToListAsync())
                (mail.State, mail.SettledAt) = (MailState.Stopped, scope.Now);
        }
        return Outcome.Ok(letter.PublicCode);
    }, cancel);
}

internal static class Letters
{
    public static async Task<(DeadLetter? Letter, Problem? Refused)> Of(ActScope scope, Viewer viewer, string code, string act)
    {
        if (await MailAccess.Visible(viewer, scope.Db.Set<DeadLetter>().AsTracking()).SingleOrDefaultAsync(l => l.PublicCode == code) is not { } letter)
            return (null, MailProblems.NotFound);
        return letter.Move(act, scope.Today) is { } problem ? (null, problem) : (letter, null);
    }

    private static readonly Bilingual Title = ("退回的邮件", "A mail that came back"), ToDo = ("看为什么退回，再发或不再发", "See why it came back; send it again, or give it up");

    /// <summary>What waits for whoever looks after the installation, until it is dealt with or the person changes the address.</summary>
    public static async Task<IReadOnlyList<DayItem>> Day(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(MailAccess.Keep) is null)
            return [];
        var letters = await MailAccess.Visible(viewer, db.Set<DeadLetter>()).Where(l => l.State == DeadLetterState.Standing).OrderBy(l => l.RefusedAt).Select(l => new { l.PublicCode, l.AddressMasked }).ToListAsync(cancel);
        return [.. letters.Select(l => new DayItem(typeof(DeadLetter), l.PublicCode, Title, l.AddressMasked, ToDo, null))];
    }
}
