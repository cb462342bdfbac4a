using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Enters a person into the register, with a way to sign in and a post where they have one.</summary>
public sealed class RegisterPerson(Writer writer, Seals seals, JurisdictionDirectory jurisdictions)
{
    public static readonly EventKind Registered = new("person.registered", ("登记了人员", "Registered a person"));
    public static readonly EventKind PostGiven = new("post.given", ("设立岗位并任用", "Gave a post"));

    public static readonly Problem NameMissing = new("person.name-missing", ("请写姓名，最多60个字。", "Give the name, at most 60 characters."), nameof(Input.Name));
    public static readonly Problem AddressTooLong = new("person.address-too-long", ("住址最多120个字。", "The address has at most 120 characters."), nameof(Input.Address));
    public static readonly Problem SignInNameTaken = new("person.sign-in-name-taken", ("这个登录名已有人使用。", "This sign-in name is taken."), nameof(Input.SignInName), ProblemKind.Conflict);
    public static readonly Problem SignInNameBad = new("person.sign-in-name-bad", ("登录名用2到60个字，不含空格。", "A sign-in name has 2 to 60 characters and no blanks."), nameof(Input.SignInName));

    public static readonly Problem RoleElsewhere = new("person.role-elsewhere", ("这个角色不能设在这一级辖区。", "This role can't be held in a jurisdiction of this level."), nameof(Input.Role));
    public static readonly Problem PhoneTaken = new("person.phone-taken", ("这个号码已用于另一个人的登录，不能再用来登录。", "This number signs in to somebody else's account; it can't sign in to another."), nameof(Input.Phone), ProblemKind.Conflict);

    /// <param name="SignInName">Null for a person who doesn't sign in by name.</param>
    /// <param name="PasswordHash">Made beforehand (<see cref="Passwords"/>): hashing is slow and has no place inside the writer.</param>
    /// <param name="Role">Null for a resident.</param>
    /// <param name="PhoneSignIn">Makes an account that is signed in to by phone code alone. An account with a name gets the phone too, unless the number signs in to another.</param>
    public sealed record Input(string Name, string? Address, string? SignInName, string? PasswordHash, bool OneTime, Role? Role, string? PostTitle, DateOnly? PostFrom, string? Phone = null, bool PhoneSignIn = false);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "person.register", input, async scope =>
    {
        var problems = new List<Problem>();
        var name = ChineseText.Normalize(input.Name);
        var address = ChineseText.Normalize(input.Address);
        var phone = string.IsNullOrWhiteSpace(input.Phone) ? null : Phone.Normalize(input.Phone);
        if (name.Length is 0 or > Person.NameLength) problems.Add(NameMissing);
        if (address.Length > Person.AddressLength) problems.Add(AddressTooLong);
        if (phone is "") problems.Add(Phone.Bad);
        if (input.Role is { } asked && !RoleLevels.May(asked, (await jurisdictions.Get(scope.Db, act.JurisdictionId)).Level)) problems.Add(RoleElsewhere);
        Account? account = null;
        if (input.SignInName is not null)
        {
            var signIn = Passwords.NormalizeName(input.SignInName);
            if (signIn.Length is < 2 or > Account.SignInNameLength || signIn.Any(char.IsWhiteSpace)) problems.Add(SignInNameBad);
            else if (await scope.Db.Accounts.AnyAsync(a => a.SignInName == signIn)) problems.Add(SignInNameTaken);
            account = new Account { SignInName = signIn, PasswordHash = input.PasswordHash, MustChangePassword = input.OneTime, PasswordSetAt = input.PasswordHash is null ? null : scope.Now, CreatedAt = scope.Now };
        }
        else if (input.PhoneSignIn && phone is { Length: > 0 })
        {
            account = new Account { SignInName = null, CreatedAt = scope.Now };
        }
        // A number signs in to one account: a code sent there must not open somebody else's. Whoever shares a telephone has a name to sign in with.
        var signsIn = account is not null && phone is { Length: > 0 } && !await IsTaken(scope, seals, phone);
        if (account is { SignInName: null } && !signsIn)
            problems.Add(PhoneTaken);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = name, Address = address.Length == 0 ? null : address }, Registered);
        if (account is not null)
        {
            scope.Db.Add(account);
            scope.Db.Add(new AccountPlace { AccountId = account.Id, JurisdictionId = act.JurisdictionId });
            person.GiveAccount(account.Id);
            if (signsIn)
                (account.PhoneIndex, account.PhoneSealed) = (PhoneCodes.Index(seals, phone!), await seals.SealForAccount(scope.Db, account.Id, nameof(Account.PhoneSealed), Encoding.ASCII.GetBytes(phone!)));
        }
        if (phone is not null)
            await Phone.Set(scope, seals, person, phone);
        if (input.Role is { } role)
            scope.Add(Post.GivenByOperator(person.Id, role, input.PostTitle ?? role.ToString(), input.PostFrom ?? scope.Today), PostGiven);
        return Outcome.Ok(person.PublicCode);
    }, cancel);

    private static async Task<bool> IsTaken(ActScope scope, Seals seals, string phone)
    {
        var index = PhoneCodes.Index(seals, phone);
        return await scope.Db.Accounts.AnyAsync(a => a.PhoneIndex == index);
    }
}
