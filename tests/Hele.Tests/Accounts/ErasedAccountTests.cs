using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Accounts;

public class ErasedAccountTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erasure_OfAPerson_TakesEveryWayToSignInAndEndsTheirSessions(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        Act New() => new() { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi };
        var cancel = TestContext.Current.CancellationToken;
        var code = (await hele.Get<RegisterPerson>().Run(New(), new("要走的", null, "leaving", TestPeople.PasswordHash, false, null, null, null, "10000006001"), cancel)).Code!;
        var account = await hele.Read(db => db.Accounts.Where(a => a.SignInName == "leaving").Select(a => a.Id).SingleAsync());
        var secret = Totp.NewSecret();
        Assert.Null((await hele.Get<SecondFactors>().AddApp(account, secret, Totp.Code(secret, hele.Clock.GetUtcNow().ToUnixTimeSeconds() / 30), SignInClient.Nobody)).Problem);
        var token = await hele.Get<Civic.Platform.Accounts.Sessions>().Begin(account, SignInMethod.Password, false, "", null);
        await hele.Database.Operate(db =>
        {
            db.Add(new Passkey { AccountId = account, CredentialId = [1], PublicKey = [2], SignCount = 0, Name = "手机", CreatedAt = hele.Clock.GetUtcNow() });
            db.Add(new PasskeyChallenge { AccountId = account, Challenge = [1], ExpiresAt = hele.Clock.GetUtcNow() });
            db.Add(new OldPassword { AccountId = account, Hash = "x" });
            return Task.CompletedTask;
        });

        Assert.True((await hele.Get<ErasePerson>().Run(New(), new(code), cancel)).Accepted);

        Assert.Null(await hele.Get<Civic.Platform.Accounts.Sessions>().Find(token, cancel));
        Assert.Null(await hele.Get<PhoneCodes>().AccountOf("10000006001", cancel));
        Assert.Equal(0, await hele.Read(async db => await db.Set<SignInSession>().CountAsync() + await db.Set<Passkey>().CountAsync() + await db.Set<PasskeyChallenge>().CountAsync()
            + await db.Set<RecoveryCode>().CountAsync() + await db.Set<OldPassword>().CountAsync() + await db.Set<AccountKey>().CountAsync(k => k.AccountId == account)));
    }
}
