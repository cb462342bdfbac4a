using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>An address that waits to be confirmed.</summary>
/// <param name="State">How far its mail is.</param>
/// <param name="Answer">What the server said when it didn't take it.</param>
public sealed record PendingEmail(string Masked, MailState State, string? Answer);

/// <summary>What somebody sees of their own address.</summary>
/// <param name="Address">Shortened; null where none is confirmed.</param>
/// <param name="CameBackOn">Since when mails don't arrive; null while they do, as far as is known.</param>
/// <param name="Paused">Nothing is sent any more because of it.</param>
public sealed record OwnEmail(string? Address, DateOnly? ConfirmedOn, EmailWay Way, MailLanguage Language, PendingEmail? Pending, DateOnly? CameBackOn, bool Paused);

/// <summary>A mail that came back, as an administrator sees it.</summary>
public sealed record LetterLine(string Code, string? Address, MailKind Kind, DateOnly Day, DateOnly RefusedOn, string? Answer, DeadLetterState State, DateOnly? ClosedOn);

/// <summary>How the mails of a place do.</summary>
public sealed record MailBoard(IReadOnlyList<LetterLine> Standing, IReadOnlyList<LetterLine> Closed, int Waiting, DateTimeOffset? WaitingSince);

/// <summary>Addresses and mails, each as whoever may see something of them sees it.</summary>
public sealed class EmailQueries(ReadSession read, MailSetup setup, TimeProvider clock)
{
    public const int ClosedShown = 50;

    public bool IsSetUp => setup.IsOn;

    public async Task<OwnEmail> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var (db, person) = (await read.Db(cancel), viewer.PersonId);
        var email = await db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person, cancel);
        var since = clock.Now() - AskEmail.Lasts;
        var pending = await db.Set<MailCode>().Where(c => c.PersonId == person && !c.Used && c.Tries < AskEmail.Tries && c.CreatedAt > since).OrderByDescending(c => c.CreatedAt)
            .Select(c => new { c.AddressMasked, Mail = db.Set<OutgoingMail>().Where(m => m.CodeId == c.Id).Select(m => new { m.State, m.Answer }).FirstOrDefault() }).FirstOrDefaultAsync(cancel);
        var back = await CameBack(db, viewer, cancel);
        return new OwnEmail(email?.AddressMasked, email?.ConfirmedAt is { } at ? China.DateIn(at) : null, email?.Way ?? EmailWay.Digest, email?.Language ?? MailLanguage.Chinese,
            pending is null ? null : new PendingEmail(pending.AddressMasked!, pending.Mail?.State ?? MailState.Waiting, pending.Mail?.Answer), back, email?.PausedOn is not null);
    }

    /// <summary>Since when the viewer's mails don't arrive; null while they do, as far as is known.</summary>
    public async Task<DateOnly?> CameBack(Viewer viewer, CancellationToken cancel = default) => await CameBack(await read.Db(cancel), viewer, cancel);

    private static async Task<DateOnly?> CameBack(HeleDb db, Viewer viewer, CancellationToken cancel)
    {
        var person = viewer.PersonId;
        return await db.Set<DeadLetter>().Where(l => l.PersonId == person && l.Kind != MailKind.Changed && l.State == DeadLetterState.Standing).OrderBy(l => l.RefusedAt).Select(l => (DateOnly?)l.RefusedOn).FirstOrDefaultAsync(cancel)
            ?? await db.Set<PersonEmail>().Where(e => e.PersonId == person && e.AddressSealed != null).Select(e => e.PausedOn).SingleOrDefaultAsync(cancel);
    }

    /// <summary>What there is to be dealt with, and what was, last.</summary>
    public async Task<MailBoard> Board(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var letters = MailAccess.Visible(viewer, db.Set<DeadLetter>());
        var (now, here) = (clock.Now(), viewer.JurisdictionId);
        var waiting = viewer.PostFor(MailAccess.Keep) is null ? [] : await db.Set<OutgoingMail>().Where(m => m.JurisdictionId == here && (m.State == MailState.Waiting || m.State == MailState.Sending) && m.DueAt <= now).Select(m => m.DueAt).ToListAsync(cancel);
        return new MailBoard(
            await Lines(letters.Where(l => l.State == DeadLetterState.Standing).OrderBy(l => l.RefusedAt), cancel),
            await Lines(letters.Where(l => l.State != DeadLetterState.Standing).OrderByDescending(l => l.ClosedOn).ThenByDescending(l => l.RefusedAt).Take(ClosedShown), cancel),
            waiting.Count, waiting.Count == 0 ? null : waiting.Min());
    }

    private static async Task<IReadOnlyList<LetterLine>> Lines(IQueryable<DeadLetter> letters, CancellationToken cancel) =>
        await letters.Select(l => new LetterLine(l.PublicCode, l.AddressMasked, l.Kind, l.Day, l.RefusedOn, l.Answer, l.State, l.ClosedOn)).ToListAsync(cancel);
}
