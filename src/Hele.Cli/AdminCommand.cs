using System.CommandLine;
using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;

namespace Hele.Cli;

/// <summary><c>hele admin create</c>: the first people of an empty community, each with a one-time password that is printed once. <c>hele admin reset</c>: a way back in.</summary>
internal static class AdminCommand
{
    private const string Resident = "Resident";

    public static Command Make(Frame frame) => new("admin", frame.In(("人员与登录。", "People and how they sign in."))) { Create(frame), Reset(frame) };

    private static Command Create(Frame frame)
    {
        var name = new Option<string>("--name") { Required = true, HelpName = "NAME", Description = frame.In(("姓名。", "The person's name.")) };
        var signIn = new Option<string?>("--sign-in") { HelpName = "NAME", Description = frame.In(("登录名。只用手机验证码登录的居民不必有。", "The name they sign in with. A resident who signs in by phone code alone needs none.")) };
        var phone = new Option<string?>("--phone") { HelpName = "NUMBER", Description = frame.In(("手机号：居民可以用它收验证码登录。密封保存，不会再显示。", "Mobile number: a resident can sign in with codes sent to it. Kept sealed and shown no more.")) };
        var role = new Option<string>("--role") { HelpName = "ROLE", DefaultValueFactory = _ => nameof(Role.Secretary), Description = frame.In(("岗位的角色，Resident 表示没有岗位的居民：", "The post's role; Resident is a resident without a post: ")) + string.Join(" ", Roles) };
        role.AcceptOnlyFromAmong([.. Roles]);
        var title = new Option<string?>("--title") { HelpName = "TITLE", Description = frame.In(("岗位怎么称呼，如“第三网格网格员”。", "What the post is called.")) };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("create", frame.In(("登记一个人，给岗位和一次性密码。", "Registers a person with a post and a one-time password."))) { name, signIn, phone, role, title, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            var chosen = parsed.GetValue(role) is { } given && given != Resident ? Enum.Parse<Role>(given) : (Role?)null;
            if (parsed.GetValue(title)?.Length > Post.TitleLength)
                throw new OperatorException(($"岗位称呼最多{Post.TitleLength}个字。", $"A post's title has at most {Post.TitleLength} characters."), ExitCode.Usage);
            var called = parsed.GetValue(signIn);
            var number = parsed.GetValue(phone);
            if (called is null && (number is null || chosen is not null))
                throw new OperatorException(("请用 --sign-in 给出登录名；只有居民（--role Resident）可以只用 --phone。", "Give a sign-in name with --sign-in; only a resident (--role Resident) may have --phone alone."), ExitCode.Usage);
            if (number is not null && !Phone.IsMobile(Phone.Normalize(number)))
                throw new OperatorException(Phone.Bad.Sentence, ExitCode.Usage);
            var password = called is null ? null : OneTimePassword();
            var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = place.Id },
                new(parsed.GetValue(name)!, null, called, password is null ? null : Passwords.Hash(password), OneTime: password is not null, chosen, chosen is { } r ? parsed.GetValue(title) ?? r.Title().Zh : null, null, number, PhoneSignIn: called is null), cancel);
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            frame.Say(($"已登记：{parsed.GetValue(name)}（{place.Name}）", $"Registered: {parsed.GetValue(name)} ({place.NameEn})"));
            if (number is not null)
                frame.Say(chosen is null && !await SignsIn(hele, number, called, cancel)
                    ? ($"手机号：{Masking.Phone(number)}，已用于另一个人的登录，此人请用登录名登录。", $"Phone: {Masking.Phone(number)}; it signs in to another account, so this person signs in by name.")
                    : chosen is null
                    ? ($"手机号：{Masking.Phone(number)}，可以收验证码登录。", $"Phone: {Masking.Phone(number)}; codes to sign in can be sent there.")
                    : ($"手机号：{Masking.Phone(number)}。有岗位的人用登录名和密码登录。", $"Phone: {Masking.Phone(number)}. Whoever holds a post signs in with name and password."));
            if (password is not null)
                Tell(frame, called!, password);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<bool> SignsIn(Installation hele, string number, string? name, CancellationToken cancel)
    {
        if (name is null || await hele.Get<PhoneCodes>().AccountOf(Phone.Normalize(number), cancel) is not { } account)
            return name is null;
        return (await hele.Get<Passwords>().Find(account, cancel)).SignInName == Passwords.NormalizeName(name);
    }

    private static Command Reset(Frame frame)
    {
        var signIn = new Option<string>("--sign-in") { Required = true, HelpName = "NAME", Description = frame.In(("登录名。", "The name they sign in with.")) };
        var command = new Command("reset", frame.In(("忘了密码、丢了手机：给新的一次性密码，移除两步验证和通行密钥，退出所有设备。先当面核实身份。", "Lost password or telephone: a new one-time password; second factors and passkeys go, every session ends. Make sure first who is asking."))) { signIn };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            var password = OneTimePassword();
            var outcome = await hele.Get<ResetSignIn>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = 0 }, new(parsed.GetValue(signIn)!, Passwords.Hash(password)), cancel);
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            frame.Say(("登录方式已重置，此事已记入日志。", "The sign-in was reset; the log says so."));
            Tell(frame, parsed.GetValue(signIn)!, password);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Tell(Frame frame, string signIn, string password)
    {
        frame.Say(($"登录名：{Passwords.NormalizeName(signIn)}", $"Sign-in name: {Passwords.NormalizeName(signIn)}"));
        frame.Say(($"一次性密码：{password}", $"One-time password: {password}"));
        var days = (int)SignInProfile.Find(SignInProfile.Standard).OneTimeLasts.TotalDays;
        frame.Say(($"密码只显示这一次，{days}天内有效；首次登录时要换成自己的。", $"It is shown only now and good for {days} days; the first sign-in asks for a password of their own."));
    }

    private static IEnumerable<string> Roles => Enum.GetNames<Role>().Append(Resident);

    /// <summary>Sixteen characters without look-alikes (78 bits), readable over the telephone.</summary>
    private static string OneTimePassword() =>
        string.Join('-', RandomNumberGenerator.GetString(PublicCode.Alphabet.ToLowerInvariant(), 16).Chunk(4).Select(c => new string(c)));
}
