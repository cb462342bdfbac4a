using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>
/// The operator's way back in for somebody who lost password, app and codes: a one-time password; second factors go and every session ends. That it
/// happened is a fact about the person and stands in the log of each community that knows them; what the password is stands nowhere.
/// </summary>
public sealed class ResetSignIn(Writer writer, Database database)
{
    public static readonly EventKind Reset = new("account.sign-in-reset", ("由系统运维重置了登录方式", "The operator reset how they sign in"));

    public static readonly Problem NoSuchName = new("account.no-such-name", ("没有这个登录名。", "There is no such sign-in name."), nameof(Input.SignInName));

    /// <param name="PasswordHash">Made beforehand.</param>
    public sealed record Input(string SignInName, string PasswordHash);

    /// <param name="act">Its jurisdiction is replaced by each of the account's.</param>
    public async Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default)
    {
        var name = Passwords.NormalizeName(input.SignInName);
        Guid? account;
        int[] places;
        await using (var lease = await database.Read([], cancel))
        {
            account = await lease.Db.Accounts.Where(a => a.SignInName == name).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancel);
            places = await lease.Db.Set<AccountPlace>().Where(p => p.AccountId == account).Select(p => p.JurisdictionId).OrderBy(j => j).ToArrayAsync(cancel);
        }
        if (account is not { } id || places.Length == 0)
            return NoSuchName;
        Outcome outcome = null!;
        foreach (var place in places)
        {
            outcome = await writer.Write(act with { OperationId = place == places[0] ? act.OperationId : Guid.NewGuid(), JurisdictionId = place }, "account.reset", new { input.SignInName }, async scope =>
            {
                if (await scope.Db.Set<Person>().AsTracking().SingleOrDefaultAsync(p => p.AccountId == id) is not { } person)
                    return NoSuchName;
                scope.Record(person, Reset);
                if (place == places[0])
                    await Clear(scope.Db, id, input.PasswordHash, scope.Now);
                return Outcome.Ok(person.PublicCode);
            }, cancel);
            if (!outcome.Accepted)
                return outcome;
        }
        return outcome;
    }

    private static async Task Clear(HeleDb db, Guid id, string hash, DateTimeOffset now)
    {
        var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == id);
        (account.PasswordHash, account.MustChangePassword, account.PasswordSetAt, account.Stamp) = (hash, true, now, Guid.NewGuid());
        (account.TotpSealed, account.TotpStep) = (null, null);
        db.RemoveRange(await db.Set<Passkey>().AsTracking().Where(p => p.AccountId == id).ToListAsync());
        db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(c => c.AccountId == id).ToListAsync());
        db.RemoveRange(await db.Set<SignInSession>().AsTracking().Where(s => s.AccountId == id).ToListAsync());
    }
}
