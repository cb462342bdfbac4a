using Hele.Civic.Kernel;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>Puts mails into the outbox in the transaction that writes the notices they tell of.</summary>
internal static class QueueMail
{
    /// <param name="told">Notices that were just added, each with whether it belongs to what is urgent.</param>
    public static async Task For(ActScope scope, IReadOnlyList<(Notice Notice, bool Urgent)> told)
    {
        var (db, here) = (scope.Db, scope.Act.JurisdictionId);
        var people = told.Select(t => t.Notice.PersonId).Distinct().ToList();
        var emails = await db.Set<PersonEmail>().AsNoTracking().Where(e => people.Contains(e.PersonId) && e.AddressSealed != null && e.Way != EmailWay.Off && e.PausedOn == null && e.EndedOn == null)
            .ToDictionaryAsync(e => e.PersonId, e => e.Way);
        if (emails.Count == 0)
            return;
        var hour = (await RuleBook.InForce(db, await db.Jurisdictions.AsNoTracking().SingleAsync(j => j.Id == here), WriteNotices.DigestRule, scope.Today)).Amount;
        var mails = told.Where(t => emails.ContainsKey(t.Notice.PersonId)).SelectMany(t =>
        {
            var (person, day) = (t.Notice.PersonId, t.Notice.Day);
            var morning = China.EndOf(day).AddHours(hour);
            var digest = new OutgoingMail { JurisdictionId = here, PersonId = person, Kind = MailKind.Digest, Cause = OutgoingMail.OfDay(day), Day = day, DueAt = morning, NotBefore = morning };
            return t.Urgent && emails[person] == EmailWay.UrgentToo && t.Notice.ShownFrom <= scope.Now
                ? [new OutgoingMail { JurisdictionId = here, PersonId = person, Kind = MailKind.Urgent, Cause = OutgoingMail.OfNotice(t.Notice.LeafIndex), LeafIndex = t.Notice.LeafIndex, Day = day, DueAt = scope.Now, NotBefore = scope.Now }, digest]
                : new[] { digest };
        }).DistinctBy(m => (m.PersonId, m.Cause)).ToList();
        var causes = mails.Select(m => m.Cause).Distinct().ToList();
        // Behind the lock of the log's head: nobody else adds to this jurisdiction's meanwhile.
        var there = (await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.JurisdictionId == here && people.Contains(m.PersonId) && causes.Contains(m.Cause)).Select(m => new { m.PersonId, m.Cause }).ToListAsync())
            .Select(m => (m.PersonId, m.Cause)).ToHashSet();
        db.AddRange(mails.Where(m => !there.Contains((m.PersonId, m.Cause))));
    }
}
