using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hele.Civic.Platform.Accounts;

/// <summary>Tables of signing in. What belongs to an account goes with it.</summary>
internal static class AccountsMapping
{
    private static readonly Bilingual
        ForSigningIn = ("登录系统、确认本人", "signing in and making sure it is you"),
        Basis = ("《个人信息保护法》第13条第一款第二项；《网络安全法》第24条", "PIPL art. 13(2); Cybersecurity Law art. 24");

    private static readonly Handling
        SigningIn = new(ForSigningIn, Basis, ("直到账号注销", "until the account is closed"), Expiry.WithRow),
        WhileSignedIn = new(ForSigningIn, Basis, ("直到退出登录或超时", "until you sign out or the session times out"), Expiry.WithRow),
        ForADay = new(("登录验证、防止猜测和滥用", "signing in, and slowing guessing and abuse down"), Basis, ("一天", "one day"), Expiry.WithRow);

    public static void Map(ModelBuilder model)
    {
        model.Entity<Account>(e =>
        {
            e.ToTable("Accounts");
            e.Property(x => x.Id).ValueGeneratedNever().PersonReference();
            e.Property(x => x.SignInName).HasMaxLength(Account.SignInNameLength).Personal(("登录名", "Sign-in name"), SigningIn);
            e.Property(x => x.PasswordHash).Credential(("密码（只存不可还原的校验值）", "Password (only a hash that can't be turned back)"), SigningIn);
            e.Property(x => x.Stamp).Credential(("登录凭据的版本号", "Version of the credentials"), SigningIn);
            e.Property(x => x.MustChangePassword).NotPersonal();
            e.Property(x => x.PasswordSetAt).NotPersonal();
            e.Property(x => x.CreatedAt).NotPersonal();
            e.Property(x => x.PhoneSealed).Sealed(("接收登录验证码的号码", "Number that sign-in codes are sent to"), SigningIn);
            e.Property(x => x.PhoneIndex).BlindIndex(("登录号码的查找值", "What the sign-in number is found by"), SigningIn);
            e.Property(x => x.TotpSealed).Sealed(("验证器密钥", "Secret of the authenticator app"), SigningIn);
            e.Property(x => x.TotpStep).IsConcurrencyToken().NotPersonal();
            e.HasIndex(x => x.SignInName).IsUnique();
            e.HasIndex(x => x.PhoneIndex).IsUnique();
        });
        model.Entity<AccountPlace>(e =>
        {
            e.ToTable("AccountPlaces");
            e.HasKey(x => new { x.AccountId, x.JurisdictionId });
            e.Property(x => x.AccountId).PersonReference();
            e.Property(x => x.JurisdictionId).NotPersonal();
            e.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SignInSession>(e =>
        {
            e.ToTable("SignInSessions");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.TokenHash).Credential(("登录会话的校验值", "Hash of the session's token"), WhileSignedIn);
            Of(e, e.Property(x => x.AccountId));
            e.Property(x => x.Stamp).Credential(("登录凭据的版本号", "Version of the credentials"), WhileSignedIn);
            e.Property(x => x.Method).NotPersonal();
            e.Property(x => x.AwaitsSecondFactor).NotPersonal();
            e.Property(x => x.Device).HasMaxLength(SignInSession.DeviceLength).Personal(("浏览器和系统", "Browser and system"), WhileSignedIn);
            e.Property(x => x.CreatedAt).Personal(("登录时间", "When you signed in"), WhileSignedIn);
            e.Property(x => x.IdleUntil).NotPersonal();
            e.Property(x => x.EndsAt).NotPersonal();
            e.Property(x => x.SeenOn).Personal(("最近使用的日期", "The last day of use"), WhileSignedIn);
            e.HasIndex(x => x.TokenHash).IsUnique();
        });
        model.Entity<Passkey>(e =>
        {
            e.ToTable("Passkeys");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            Of(e, e.Property(x => x.AccountId));
            e.Property(x => x.CredentialId).HasMaxLength(1023).Credential(("通行密钥的编号", "Id of the passkey"), SigningIn);
            e.Property(x => x.PublicKey).Credential(("通行密钥的公钥", "Public key of the passkey"), SigningIn);
            e.Property(x => x.SignCount).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Passkey.NameLength).Personal(("通行密钥的名称", "Name of the passkey"), SigningIn);
            e.Property(x => x.CreatedAt).NotPersonal();
            e.HasIndex(x => x.CredentialId).IsUnique();
        });
        model.Entity<PasskeyChallenge>(e =>
        {
            e.ToTable("PasskeyChallenges");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.AccountId).PersonReference();
            e.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Cascade);
            e.Property(x => x.Challenge).NotPersonal();
            e.Property(x => x.ExpiresAt).NotPersonal();
        });
        model.Entity<RecoveryCode>(e =>
        {
            e.ToTable("RecoveryCodes");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            Of(e, e.Property(x => x.AccountId));
            e.Property(x => x.Salt).Credential(("恢复码的盐值", "Salt of the recovery codes"), SigningIn);
            e.Property(x => x.Hash).Credential(("恢复码（只存不可还原的校验值）", "Recovery code (only a hash that can't be turned back)"), SigningIn);
        });
        model.Entity<OldPassword>(e =>
        {
            e.ToTable("OldPasswords");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            Of(e, e.Property(x => x.AccountId));
            e.Property(x => x.Hash).Credential(("用过的密码（只存不可还原的校验值）", "Earlier password (only a hash that can't be turned back)"), SigningIn);
        });
        model.Entity<PhoneCode>(e =>
        {
            e.ToTable("PhoneCodes");
            e.Property(x => x.Id).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.NumberIndex).Credential(("号码的查找值", "What a number is found by"), ForADay);
            e.Property(x => x.ClientIndex).Credential(("网络地址的查找值", "What a network address is found by"), ForADay);
            e.Property(x => x.CodeHash).Credential(("验证码的校验值", "Hash of the code"), ForADay);
            e.Property(x => x.CreatedAt).NotPersonal();
            e.Property(x => x.Tries).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.Used).IsConcurrencyToken().NotPersonal();
            e.HasIndex(x => new { x.NumberIndex, x.CreatedAt });
            e.HasIndex(x => new { x.ClientIndex, x.CreatedAt });
        });
        model.Entity<SignInCounter>(e =>
        {
            e.ToTable("SignInCounters");
            e.HasKey(x => x.Key);
            e.Property(x => x.Key).Credential(("登录名与网络地址的查找值", "What a sign-in name and a network address are found by"), ForADay);
            e.Property(x => x.Failures).IsConcurrencyToken().NotPersonal();
            e.Property(x => x.NextTryAt).NotPersonal();
            e.Property(x => x.CountedAt).NotPersonal();
        });
    }

    private static void Of<T>(EntityTypeBuilder<T> entity, PropertyBuilder<Guid> account) where T : class
    {
        account.PersonReference();
        entity.HasOne<Account>().WithMany().HasForeignKey(account.Metadata.Name).OnDelete(DeleteBehavior.Cascade);
    }
}
