using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>
/// What stands in mails and proves something: the code and the link by which an address is confirmed, and the link by which mails are stopped. All are made of a row's id and the key outside the
/// database, so that no table holds them, and each is good for one thing only.
/// </summary>
public sealed class MailKeys(Seals seals)
{
    private const int Half = 16;

    /// <summary>Six digits.</summary>
    public string Code(MailCode code) =>
        (BitConverter.ToUInt32(Of(code.JurisdictionId, "MailCodes", "Code", code.Id)) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>What stands in the link that confirms; worth nothing to anybody but the signed-in owner of the code.</summary>
    public string Link(MailCode code) => Text([.. code.Id.ToByteArray(bigEndian: true), .. Of(code.JurisdictionId, "MailCodes", "Link", code.Id)[..Half]]);

    /// <summary>The code that a link is of, within a jurisdiction; null for what is no such link.</summary>
    public Guid? CodeOf(int jurisdiction, string? link)
    {
        if (Bytes(link) is not { Length: 2 * Half } bytes)
            return null;
        var id = new Guid(bytes.AsSpan(0, Half), bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(Half), Of(jurisdiction, "MailCodes", "Link", id).AsSpan(0, Half)) ? id : null;
    }

    public bool Fits(MailCode code, string? typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(code)), Encoding.UTF8.GetBytes(string.Concat(ChineseText.Normalize(typed).Where(c => c != ' '))));

    /// <summary>What stands in the link that stops mails.</summary>
    public string Stop(PersonEmail email)
    {
        var place = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(place, email.JurisdictionId);
        return Text([.. place, .. email.Id.ToByteArray(bigEndian: true), .. Of(email.JurisdictionId, "PersonEmails", "Stop", email.Id)[..Half]]);
    }

    /// <summary>Whose mails a link stops; null for what is no such link.</summary>
    public (int Jurisdiction, Guid Email)? StopOf(string? link)
    {
        if (Bytes(link) is not { Length: 4 + 2 * Half } bytes)
            return null;
        var (jurisdiction, id) = (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes), new Guid(bytes.AsSpan(4, Half), bigEndian: true));
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(4 + Half), Of(jurisdiction, "PersonEmails", "Stop", id).AsSpan(0, Half)) ? (jurisdiction, id) : null;
    }

    private byte[] Of(int jurisdiction, string table, string what, Guid id) => seals.Index(jurisdiction, table, what, id.ToString("N"));

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[]? Bytes(string? text)
    {
        try
        {
            return text is { Length: > 0 and < 100 } ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>Somebody gives an address: a code goes there, and nothing else. It becomes theirs when they bring the code back.</summary>
public sealed class AskEmail(Database database, Seals seals, MailSetup setup, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);
    public const int Tries = 5;

    /// <summary>Codes for one person, and for one address.</summary>
    private static readonly (int Most, TimeSpan Within)[] Limits = [(1, TimeSpan.FromMinutes(1)), (5, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))];

    public async Task<Problem?> Run(Viewer viewer, string? typed, bool consent, MailLanguage language)
    {
        if (!setup.IsOn)
            return MailProblems.NotSetUp;
        if (EmailAddress.Normalize(typed) is not { } address)
            return EmailAddress.Bad;
        if (!consent)
            return MailProblems.NoConsent;
        var (here, person, now) = (viewer.JurisdictionId, viewer.PersonId, clock.Now());
        var index = seals.Index(here, "MailCodes", nameof(MailCode.AddressIndex), address.ToLowerInvariant());
        TimeSpan? wait = null;
        await database.Operate(async db =>
        {
            var day = now - TimeSpan.FromDays(1);
            var asked = await db.Set<MailCode>().Where(c => c.JurisdictionId == here && c.CreatedAt > day && (c.PersonId == person || c.AddressIndex == index)).Select(c => new { c.CreatedAt, c.PersonId }).ToListAsync();
            wait = new[] { Wait(asked.Where(a => a.PersonId == person).Select(a => a.CreatedAt), now), Wait(asked.Select(a => a.CreatedAt), now) }.Max();
            if (wait is not null)
                return;
            // One address at a time: what was typed before, in whatever hurry, goes.
            await Forget(db, here, person);
            var id = Guid.NewGuid();
            db.Add(new MailCode
            {
                JurisdictionId = here, Id = id, PersonId = person, AddressSealed = await seals.SealAside(db, here, person, "MailCodes", nameof(MailCode.AddressSealed), id, Encoding.UTF8.GetBytes(address)),
                AddressMasked = EmailAddress.Mask(address), AddressIndex = index, Language = language, CreatedAt = now,
            });
            db.Add(new OutgoingMail { JurisdictionId = here, PersonId = person, Kind = MailKind.Code, Cause = $"code {id:N}", CodeId = id, Day = China.DateIn(now), Language = language, DueAt = now, NotBefore = now });
        }, here);
        return wait is { } w ? MailProblems.TooMany.With(Math.Max(1, (int)Math.Ceiling(w.TotalMinutes))) : null;
    }

    /// <summary>Gives up what waits to be confirmed.</summary>
    public Task Cancel(Viewer viewer) => database.Operate(db => Forget(db, viewer.JurisdictionId, viewer.PersonId), viewer.JurisdictionId);

    private static async Task Forget(HeleDb db, int here, Guid person)
    {
        foreach (var code in await db.Set<MailCode>().AsTracking().Where(c => c.JurisdictionId == here && c.PersonId == person && !c.Used).ToListAsync())
            (code.Used, code.AddressSealed) = (true, null);
    }

    private static TimeSpan? Wait(IEnumerable<DateTimeOffset> asked, DateTimeOffset now)
    {
        var newest = asked.OrderByDescending(a => a).ToList();
        return Limits.Select(l => newest.Where(a => a > now - l.Within).ElementAtOrDefault(l.Most - 1) is var oldest && oldest != default ? oldest + l.Within - now : (TimeSpan?)null).Max();
    }
}

/// <summary>Somebody who is signed in brings back what came to the address, the digits or the link: from now on it is theirs.</summary>
public sealed class ConfirmEmail(Writer writer, Database database, Seals seals, MailKeys keys, MailSetup setup, TimeProvider clock)
{
    /// <param name="Digits">What stands in the mail; or</param>
    /// <param name="Link">what stands in its link.</param>
    public sealed record Input(string? Digits, string? Link = null);

    /// <param name="CodeId">The code that was right.</param>
    private sealed record Right(Guid CodeId);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var wrong = input.Link is null ? MailProblems.Wrong : MailProblems.LinkOver;
        var only = keys.CodeOf(viewer.JurisdictionId, input.Link);
        if (input.Link is not null && only is null)
            return wrong;
        if (!setup.IsOn)
            return MailProblems.NotSetUp;
        // The try is counted first, whatever becomes of it: a refused act leaves nothing behind.
        Guid? right = null;
        try
        {
            await database.Operate(async db =>
            {
                right = null;
                if (await Waiting(db, viewer, only) is not { } code || !Good(code, clock.Now()))
                    return;
                code.Tries++;
                if (only is not null || keys.Fits(code, input.Digits))
                    right = code.Id;
            }, viewer.JurisdictionId);
        }
        catch (DbUpdateConcurrencyException)
        {
            return wrong;
        }
        if (right is not { } id)
            return wrong;
        return await writer.Write(act, "email.confirm", new Right(id), async scope =>
        {
            var (db, here, person) = (scope.Db, scope.Act.JurisdictionId, viewer.PersonId);
            if (await Waiting(db, viewer, id) is not { AddressSealed: { } pending } code || code.CreatedAt + AskEmail.Lasts <= scope.Now
                || await seals.OpenAside(db, here, person, "MailCodes", nameof(MailCode.AddressSealed), code.Id, pending) is not { } bytes)
                return wrong;
            (code.Used, code.AddressSealed) = (true, null);
            var (address, masked) = (Encoding.UTF8.GetString(bytes), code.AddressMasked!);
            var email = await db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person);
            if (email is null)
                scope.Add(email = new PersonEmail { PersonId = person }, EmailEvents.Confirmed);
            else
            {
                await Leave(scope, seals, email, except: address);
                scope.Record(email, EmailEvents.Confirmed);
            }
            email.Confirm(await seals.Seal(scope, person, email, nameof(PersonEmail.AddressSealed), address), masked, code.Language, scope.Now);
            return Outcome.Ok(masked);
        }, cancel);
    }

    private static Task<MailCode?> Waiting(HeleDb db, Viewer viewer, Guid? only)
    {
        var (here, person) = (viewer.JurisdictionId, viewer.PersonId);
        return db.Set<MailCode>().AsTracking().Where(c => c.JurisdictionId == here && c.PersonId == person && !c.Used && (only == null || c.Id == only)).OrderByDescending(c => c.CreatedAt).FirstOrDefaultAsync();
    }

    private static bool Good(MailCode code, DateTimeOffset now) => code.Tries < AskEmail.Tries && code.CreatedAt + AskEmail.Lasts > now;

    /// <summary>Inside the act by which an address goes out of use: it is told so, once, and what came back from it needs nothing more.</summary>
    internal static async Task Leave(ActScope scope, Seals seals, PersonEmail email, string? except = null)
    {
        var (db, here, person) = (scope.Db, scope.Act.JurisdictionId, email.PersonId);
        foreach (var letter in await db.Set<DeadLetter>().AsTracking().Where(l => l.PersonId == person && l.State == DeadLetterState.Standing).ToListAsync())
        {
            letter.Move(DeadLetter.Overtake, scope.Today);
            scope.Record(letter, DeadLetterEvents.Overtaken);
        }
        if (!email.IsThere || await seals.OpenAside(db, here, person, "PersonEmails", nameof(PersonEmail.AddressSealed), email.Id, email.AddressSealed!) is not { } old || Encoding.UTF8.GetString(old) == except)
            return;
        var id = Guid.CreateVersion7();
        db.Add(new OutgoingMail
        {
            JurisdictionId = here, Id = id, PersonId = person, Kind = MailKind.Changed, Cause = $"left {scope.Act.OperationId:N}", Day = scope.Today, Language = email.Language, DueAt = scope.Now, NotBefore = scope.Now,
            ToSealed = await seals.SealAside(db, here, person, "OutgoingMails", nameof(OutgoingMail.ToSealed), id, old),
        });
    }
}

/// <summary>Its owner chooses which notices come by mail, and in which language.</summary>
public sealed class ChooseEmail(Writer writer)
{
    public sealed record Input(EmailWay? Way, MailLanguage? Language);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "email.choose", input, async scope =>
    {
        if (input.Way is not { } way || !Enum.IsDefined(way) || input.Language is not { } language || !Enum.IsDefined(language))
            return MailProblems.NoWay;
        var person = viewer.PersonId;
        if (await scope.Db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person && e.AddressSealed != null) is not { } email)
            return MailProblems.NoAddress;
        email.Choose(way, language);
        scope.Record(email, EmailEvents.Chosen);
        return Outcome.Ok(email.AddressMasked!);
    }, cancel);
}

/// <summary>Its owner takes the address away: it is destroyed in this act, and so are the salts by which somebody could try addresses out against the log. The consent is over with it.</summary>
public sealed class RemoveEmail(Writer writer, Seals seals, MailSetup setup)
{
    private sealed record Input(Guid Person);

    internal static readonly SubjectRows Rows = new(typeof(PersonEmail), ("收通知的邮箱", "E-mail address for notices"), (db, _) => db.Set<PersonEmail>(), Erase: (row, _) => ((PersonEmail)row).Empty(), Erased: EmailEvents.Removed);

    public Task<Outcome> Run(Viewer viewer, Act act, CancellationToken cancel = default) => writer.Write(act, "email.remove", new Input(viewer.PersonId), async scope =>
    {
        var person = viewer.PersonId;
        if (await scope.Db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person && e.AddressSealed != null) is not { } email)
            return MailProblems.NoAddress;
        var masked = email.AddressMasked!;
        if (setup.IsOn)
            await ConfirmEmail.Leave(scope, seals, email);
        await Erasing.TakenBack(scope, EmailEvents.Emptied, [(Rows, email)]);
        return Outcome.Ok(masked);
    }, cancel);
}

/// <summary>Whoever holds a mail stops further ones, without signing in: the link in it says whose, and is good for nothing else.</summary>
public sealed class StopEmail(Writer writer, Database database, MailKeys keys)
{
    public sealed record Input(string? Link);

    /// <summary>The jurisdiction in which a link of some mail stops further ones; null for what is no such link.</summary>
    public int? PlaceOf(string? link) => keys.StopOf(link)?.Jurisdiction;

    /// <summary>Said twice, it is done once.</summary>
    /// <param name="act">Of nobody who is signed in, in the place of the link.</param>
    public async Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default)
    {
        if (keys.StopOf(input.Link) is not var (place, id) || place != act.JurisdictionId)
            return MailProblems.NotFound;
        await using (var lease = await database.Read([place], cancel))
        {
            if (!await lease.Db.Set<PersonEmail>().AnyAsync(e => e.Id == id && e.AddressSealed != null && e.Way != EmailWay.Off, cancel))
                return Done(id);
        }
        var outcome = await writer.Write(act, "email.stop", id, async scope =>
        {
            if (await scope.Db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.Id == id && e.AddressSealed != null && e.Way != EmailWay.Off) is not { } email)
                return MailProblems.NoAddress;
            email.Choose(EmailWay.Off, email.Language);
            scope.Record(email, EmailEvents.Stopped);
            return Done(id);
        }, cancel);
        // Somebody else, or another click, was faster: they are stopped all the same.
        return outcome.Problems.Any(p => p.Code == MailProblems.NoAddress.Code) ? Done(id) : outcome;
    }

    private static Outcome Done(Guid email) => Outcome.Ok(email.ToString("N"));
}

/// <summary>Left or died: nothing goes there any more, and after a short time the address goes too. A correction brings it back.</summary>
internal static class EmailFollow
{
    public static LifeFollower Follower { get; } = new(
        async (db, person, _, cancel) => await db.Set<PersonEmail>().AnyAsync(e => e.PersonId == person && e.AddressSealed != null && e.EndedOn == null, cancel) ? [new Bilingual("发到邮箱的通知停止", "Notices by e-mail end")] : [],
        async (scope, fact) =>
        {
            var person = fact.PersonId;
            if (await scope.Db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person && e.AddressSealed != null) is not { } email)
                return;
            if (fact.Change is LifeChange.Died or LifeChange.Left && email.EndedOn is null)
            {
                email.End(scope.Today);
                scope.Record(email, EmailEvents.Ended);
            }
            // Whoever had left before they were said to have died has left still.
            else if (fact.Change is LifeChange.DeathTakenBack or LifeChange.Returned && email.EndedOn is not null && (await fact.Touched(scope, EmailEvents.Ended)).Contains(email.Id))
            {
                email.End(null);
                scope.Record(email, EmailEvents.Resumed);
            }
        });
}
