using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>Why no mail goes at the moment, as this process found.</summary>
public sealed record MailTrouble(Bilingual Reason, DateTimeOffset Since);

/// <summary>
/// Hands mails to the server, one after the other. A row is taken with a lease, committed before the server is spoken to, so that of two senders one has it; what the server said is written
/// after it. A sender that dies in between leaves a row whose try is known and whose outcome isn't: it is sent again, under the same Message-ID (docs/adr/0018-mail.md).
/// </summary>
public sealed class MailSender(Database database, RecordDeadLetter letters, Seals seals, MailKeys keys, ModuleList modules, JurisdictionDirectory jurisdictions, MailSetup setup, StorageOptions storage, TimeProvider clock, ILogger<MailSender> logger) : IDisposable
{
    /// <summary>For so many days a mail that isn't taken is tried, whether the server says "later" or isn't there.</summary>
    public const string GiveUpRule = "notices.mail.give-up";

    /// <summary>Longer than a mail may take, with room for two clocks that differ.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>After the first "later": greylists ask for about so much. Doubled each time, up to <see cref="LongestWait"/>.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    /// <summary>After the line broke within a mail: that is no word about this mail.</summary>
    private static readonly TimeSpan AfterBreak = TimeSpan.FromMinutes(1);

    private const int MostAtATime = 200;

    private readonly Guid _me = Guid.NewGuid();
    private readonly SemaphoreSlim _round = new(1);

    /// <summary>Taken by the server, and then the database couldn't be written: known here until it can.</summary>
    private readonly Dictionary<(int Place, Guid Id), OutgoingMail> _unwritten = [];

    public MailTrouble? Trouble { get; private set; }

    /// <summary>Sends what is due. One round at a time in a process.</summary>
    /// <returns>How many mails the server took.</returns>
    public async Task<int> SendDue(CancellationToken cancel = default)
    {
        if (setup.Server is not { } server)
            return 0;
        await _round.WaitAsync(cancel);
        try
        {
            await WriteWhatIsKnown();
            var due = await Due(cancel);
            if (due.Count == 0)
                return 0;
            MailLine line;
            try
            {
                line = await MailLine.Open(server, cancel);
            }
            catch (MailServerException away)
            {
                Note(away);
                foreach (var (place, id, at) in due)
                    if (await IsOver(place, at, cancel) && await Claim(place, id) is { } mail)
                        await Refuse(mail, await AddressOf(mail, cancel), null);
                return 0;
            }
            using (line)
            {
                Trouble = null;
                var taken = 0;
                foreach (var (place, id, _) in due)
                {
                    // A stop waits for the mail that is being handed over, and begins no other.
                    if (cancel.IsCancellationRequested)
                        break;
                    if (await Claim(place, id) is not { } mail)
                        continue;
                    try
                    {
                        taken += await Send(server, line, mail) ? 1 : 0;
                    }
                    catch (MailServerException broken)
                    {
                        Note(broken);
                        await Defer(mail, AfterBreak, null, null);
                        break;
                    }
                    catch (Exception failure) when (failure is not OperationCanceledException && StorageTrouble.Of(failure) is null)
                    {
                        // One that can't be written must not keep the others.
                        logger.LogError(failure, "A mail could not be written and will be tried again.");
                        await Defer(mail, Wait(mail.Attempts), null, null);
                    }
                }
                await line.Close();
                return taken;
            }
        }
        finally
        {
            _round.Release();
        }
    }

    /// <summary>Removes codes that no longer count and mails that were settled as long ago as notices are kept.</summary>
    public Task Sweep(int jurisdiction) => database.Operate(async db =>
    {
        var (now, today) = (clock.Now(), clock.Today());
        var yesterday = now - TimeSpan.FromDays(1);
        db.RemoveRange(await db.Set<MailCode>().AsTracking().Where(c => c.JurisdictionId == jurisdiction && c.CreatedAt <= yesterday).ToListAsync());
        var before = China.At(ExpiredRows.BeganBefore(await RuleBook.InForce(db, await jurisdictions.Get(db, jurisdiction), KeepNotices.RetentionRule, today), today));
        db.RemoveRange(await db.Set<OutgoingMail>().AsTracking().Where(m => m.JurisdictionId == jurisdiction && m.SettledAt < before
            && !db.Set<DeadLetter>().Any(l => l.JurisdictionId == jurisdiction && l.MailId == m.Id && l.State == DeadLetterState.Standing)).ToListAsync());
    }, jurisdiction);

    private async Task<List<(int Place, Guid Id, DateTimeOffset DueAt)>> Due(CancellationToken cancel)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
            places = await outer.Db.Jurisdictions.Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(places, cancel);
        var (db, now, alone) = (lease.Db, clock.Now(), Alone);
        var rows = await db.Set<OutgoingMail>()
            .Where(m => m.State == MailState.Waiting && m.NotBefore <= now || m.State == MailState.Sending && (alone || m.LeaseUntil <= now))
            // While somebody has to look at one that came back, the others to the same person wait.
            .Where(m => m.Kind == MailKind.Code || m.Kind == MailKind.Changed
                || !db.Set<DeadLetter>().Any(l => l.JurisdictionId == m.JurisdictionId && l.PersonId == m.PersonId && l.State == DeadLetterState.Standing && l.Kind != MailKind.Changed))
            .OrderByDescending(m => m.Kind == MailKind.Code).ThenBy(m => m.NotBefore).ThenBy(m => m.Id).Take(MostAtATime).Select(m => new { m.JurisdictionId, m.Id, m.DueAt }).ToListAsync(cancel);
        return [.. rows.Where(r => !_unwritten.ContainsKey((r.JurisdictionId, r.Id))).Select(r => (r.JurisdictionId, r.Id, r.DueAt))];
    }

    /// <summary>A data directory has one process: what lies there as on its way was left by one that ended. Two that share a PostgreSQL wait for the lease's end.</summary>
    private bool Alone => storage.Postgres is null;

    private async Task<OutgoingMail?> Claim(int place, Guid id)
    {
        OutgoingMail? mine = null;
        try
        {
            await database.Operate(async db =>
            {
                mine = null;
                var now = clock.Now();
                var row = await db.Set<OutgoingMail>().AsTracking().SingleOrDefaultAsync(m => m.JurisdictionId == place && m.Id == id);
                if (row is null || !(row.State == MailState.Waiting && row.NotBefore <= now || row.State == MailState.Sending && (Alone || row.LeaseUntil <= now)))
                    return;
                (row.State, row.LeaseBy, row.LeaseUntil) = (MailState.Sending, _me, now + Lease);
                row.Attempts++;
                mine = row;
            }, place);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other sender was faster.
            return null;
        }
        return mine;
    }

    /// <summary>To its end, once it is claimed: stopped in between, nobody would know whether it was taken.</summary>
    /// <returns>Whether the server took it.</returns>
    private async Task<bool> Send(SmtpServer server, MailLine line, OutgoingMail mail)
    {
        if (await Write(server, mail, CancellationToken.None) is not var (message, address))
        {
            await Settle(mail, MailState.Stopped, null);
            return false;
        }
        using (message)
        {
            var handed = await line.Hand(message);
            switch (handed.As)
            {
                case HandedAs.Taken:
                    try
                    {
                        await Settle(mail, MailState.Sent, null);
                    }
                    catch (Exception failure) when (StorageTrouble.Of(failure) is not null)
                    {
                        _unwritten[(mail.JurisdictionId, mail.Id)] = mail;
                        throw;
                    }
                    return true;
                case HandedAs.NotNow:
                    await Defer(mail, Wait(mail.Attempts), address, handed.Answer);
                    return false;
                default:
                    await Refuse(mail, address, handed.Answer);
                    return false;
            }
        }
    }

    private static TimeSpan Wait(int attempts) => TimeSpan.FromMinutes(Math.Min(LongestWait.TotalMinutes, FirstWait.TotalMinutes * Math.Pow(2, Math.Min(20, attempts - 1))));

    private async Task<bool> IsOver(int place, DateTimeOffset dueAt, CancellationToken cancel)
    {
        await using var lease = await database.Read([place], cancel);
        var today = clock.Today();
        return China.DateIn(dueAt) < ExpiredRows.BeganBefore(await RuleBook.InForce(lease.Db, await jurisdictions.Get(lease.Db, place, cancel), GiveUpRule, today), today);
    }

    private async Task Defer(OutgoingMail mail, TimeSpan wait, string? address, string? answer)
    {
        if (await IsOver(mail.JurisdictionId, mail.DueAt, CancellationToken.None))
        {
            await Refuse(mail, address ?? await AddressOf(mail, CancellationToken.None), answer ?? mail.Answer);
            return;
        }
        await Change(mail, row =>
        {
            (row.State, row.NotBefore, row.LeaseBy, row.LeaseUntil) = (MailState.Waiting, clock.Now() + wait, null, null);
            row.Answer = answer ?? row.Answer;
        });
    }

    /// <summary>It came back. Whoever only mistyped an address sees that on the page where they typed it; everything else waits for a person.</summary>
    private async Task Refuse(OutgoingMail mail, string? address, string? answer)
    {
        if (mail.Kind == MailKind.Code)
        {
            await Settle(mail, MailState.Refused, answer);
            return;
        }
        var outcome = await letters.Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = mail.JurisdictionId }, new(mail.Id, mail.Attempts, _me, address is null ? null : EmailAddress.Mask(address), answer));
        if (!outcome.Accepted)
            logger.LogError("A mail came back and that couldn't be written: {Problem}. It will be tried again.", string.Join(' ', outcome.Problems.Select(p => p.Code)));
    }

    private Task Settle(OutgoingMail mail, MailState state, string? answer) => Change(mail, row =>
        (row.State, row.SettledAt, row.LeaseBy, row.LeaseUntil, row.Answer) = (state, clock.Now(), null, null, answer ?? row.Answer));

    private Task Change(OutgoingMail mail, Action<OutgoingMail> change) => database.Operate(async db =>
    {
        var (place, id) = (mail.JurisdictionId, mail.Id);
        if (await db.Set<OutgoingMail>().AsTracking().SingleOrDefaultAsync(m => m.JurisdictionId == place && m.Id == id) is { State: MailState.Sending } row && row.LeaseBy == _me && row.Attempts == mail.Attempts)
            change(row);
    }, mail.JurisdictionId);

    private async Task WriteWhatIsKnown()
    {
        foreach (var (key, mail) in _unwritten.ToList())
        {
            await Settle(mail, MailState.Sent, null);
            _unwritten.Remove(key);
        }
    }

    private void Note(MailServerException failure)
    {
        logger.LogWarning("No mail was sent: {Failure}. They wait.", failure.Message);
        Trouble = new MailTrouble(failure.Reason, Trouble?.Since ?? clock.Now());
    }

    private async Task<string?> AddressOf(OutgoingMail mail, CancellationToken cancel)
    {
        await using var lease = await database.Read([mail.JurisdictionId], cancel);
        return (await Target(lease.Db, mail, cancel))?.Address;
    }

    /// <summary>Where it goes; null when it no longer goes anywhere.</summary>
    private async Task<(string Address, MailLanguage Language, MailCode? Code, PersonEmail? Email)?> Target(HeleDb db, OutgoingMail mail, CancellationToken cancel)
    {
        var (place, person, codeId) = (mail.JurisdictionId, mail.PersonId, mail.CodeId);
        async Task<string?> Open(string table, string column, Guid row, byte[]? bytes) =>
            bytes is null ? null : await seals.OpenAside(db, place, person, table, column, row, bytes) is { } plain ? Encoding.UTF8.GetString(plain) : null;
        if (mail.Kind == MailKind.Changed)
            return await Open("OutgoingMails", nameof(OutgoingMail.ToSealed), mail.Id, mail.ToSealed) is { } old ? (old, mail.Language, null, null) : null;
        // Whoever left, died or was erased is told nothing.
        if (!(await modules.CanBeTold(db, [person])).ContainsKey(person))
            return null;
        if (mail.Kind == MailKind.Code)
        {
            return await db.Set<MailCode>().SingleOrDefaultAsync(c => c.Id == codeId && !c.Used, cancel) is { } code && code.CreatedAt + AskEmail.Lasts > clock.Now()
                && await Open("MailCodes", nameof(MailCode.AddressSealed), code.Id, code.AddressSealed) is { } typed ? (typed, code.Language, code, null) : null;
        }
        return await db.Set<PersonEmail>().SingleOrDefaultAsync(e => e.PersonId == person, cancel) is { PausedOn: null, EndedOn: null, Way: not EmailWay.Off } email
            && await Open("PersonEmails", nameof(PersonEmail.AddressSealed), email.Id, email.AddressSealed) is { } address ? (address, email.Language, null, email) : null;
    }

    /// <summary>The mail as it is right at this moment; null when there is nothing left to say, or nobody to say it to.</summary>
    private async Task<(MimeMessage Message, string Address)?> Write(SmtpServer server, OutgoingMail mail, CancellationToken cancel)
    {
        await using var lease = await database.Read([mail.JurisdictionId], cancel);
        var (db, now) = (lease.Db, clock.Now());
        if (await Target(db, mail, cancel) is not var (address, language, code, email))
            return null;
        var place = await jurisdictions.Get(db, mail.JurisdictionId, cancel);
        string? stop = null;
        (string Subject, List<Paragraph> Paragraphs) text;
        if (code is not null)
            text = MailText.Code(server, place, language, keys.Code(code), server.At($"{MailText.ConfirmPath}?t={keys.Link(code)}"));
        else if (email is null)
            text = MailText.Changed(place, language, mail.DueAt);
        else
        {
            var body = await Body(db, mail, now, cancel);
            if (body.Count == 0)
                return null;
            var (person, day) = (mail.PersonId, mail.Day);
            // One that was put off until its day's mail had told of it has nothing new to say.
            if (mail.Kind == MailKind.Urgent && (email.Way != EmailWay.UrgentToo || await db.Set<OutgoingMail>().AnyAsync(m => m.PersonId == person && m.Kind == MailKind.Digest && m.Day == day && m.State == MailState.Sent, cancel)))
                return null;
            stop = server.At($"{MailText.StopPath}?t={keys.Stop(email)}");
            text = MailText.Notices(server, place, mail, language, body, stop);
        }
        return (MailText.Of(server, place, mail, language, address, text.Paragraphs, text.Subject, stop, now), address);
    }

    /// <summary>What hasn't been looked at yet and wasn't told by a mail of its own. Of what is confidential not even the sentence leaves the house.</summary>
    private async Task<MailBody> Body(HeleDb db, OutgoingMail mail, DateTimeOffset now, CancellationToken cancel)
    {
        var (person, day, leaf, today, known) = (mail.PersonId, mail.Day, mail.LeafIndex, China.DateIn(now), modules.NoticeSources.Keys.ToList());
        var own = db.Set<OutgoingMail>().Where(m => m.PersonId == person && m.Kind == MailKind.Urgent && m.State == MailState.Sent).Select(m => m.LeafIndex);
        var kinds = await db.Set<Notice>().Where(n => n.PersonId == person && !n.IsRead && n.ShownFrom <= now && (n.Until == null || n.Until >= today) && known.Contains(n.Kind)
            && (leaf != null ? n.LeafIndex == leaf : n.Day == day && !own.Contains(n.LeafIndex))).OrderBy(n => n.LeafIndex).Select(n => n.Kind).ToListAsync(cancel);
        var open = kinds.Where(k => !modules.NoticeSources[k].Event.Confidential).ToList();
        return new MailBody([.. open.GroupBy(k => modules.NoticeSources[k].Sentence).Select(g => (g.Key, g.Count()))], kinds.Count - open.Count);
    }

    public void Dispose() => _round.Dispose();
}
