using System.CommandLine;
using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;

namespace Hele.Cli;

/// <summary><c>hele admin create</c>: the first people of an empty community, each with a one-time password that is printed once.</summary>
internal static class AdminCommand
{
    private const string Resident = "Resident";

    public static Command Make(Frame frame) => new("admin", frame.In(("人员与登录。", "People and how they sign in."))) { Create(frame) };

    private static Command Create(Frame frame)
    {
        var name = new Option<string>("--name") { Required = true, HelpName = "NAME", Description = frame.In(("姓名。", "The person's name.")) };
        var signIn = new Option<string>("--sign-in") { Required = true, HelpName = "NAME", Description = frame.In(("登录名。", "The name they sign in with.")) };
        var role = new Option<string>("--role") { HelpName = "ROLE", DefaultValueFactory = _ => nameof(Role.Secretary), Description = frame.In(("岗位的角色，Resident 表示没有岗位的居民：", "The post's role; Resident is a resident without a post: ")) + string.Join(" ", Roles) };
        role.AcceptOnlyFromAmong([.. Roles]);
        var title = new Option<string?>("--title") { HelpName = "TITLE", Description = frame.In(("岗位怎么称呼，如“第三网格网格员”。", "What the post is called.")) };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("create", frame.In(("登记一个人，给岗位和一次性密码。", "Registers a person with a post and a one-time password."))) { name, signIn, role, title, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            var chosen = parsed.GetValue(role) is { } given && given != Resident ? Enum.Parse<Role>(given) : (Role?)null;
            if (parsed.GetValue(title)?.Length > Post.TitleLength)
                throw new OperatorException(($"岗位称呼最多{Post.TitleLength}个字。", $"A post's title has at most {Post.TitleLength} characters."), ExitCode.Usage);
            var password = OneTimePassword();
            var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = place.Id },
                new(parsed.GetValue(name)!, null, parsed.GetValue(signIn)!, Passwords.Hash(password), OneTime: true, chosen, chosen is { } r ? parsed.GetValue(title) ?? TitleOf(r) : null, null), cancel);
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            frame.Say(($"已登记：{parsed.GetValue(name)}（{place.Name}）", $"Registered: {parsed.GetValue(name)} ({place.NameEn})"));
            frame.Say(($"登录名：{Passwords.NormalizeName(parsed.GetValue(signIn)!)}", $"Sign-in name: {Passwords.NormalizeName(parsed.GetValue(signIn)!)}"));
            frame.Say(($"一次性密码：{password}", $"One-time password: {password}"));
            frame.Say(("密码只显示这一次；首次登录时要换成自己的。", "It is shown only now; the first sign-in asks for a password of their own."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Roles => Enum.GetNames<Role>().Append(Resident);

    /// <summary>Sixteen characters without look-alikes (78 bits), readable over the telephone.</summary>
    private static string OneTimePassword() =>
        string.Join('-', RandomNumberGenerator.GetString(PublicCode.Alphabet.ToLowerInvariant(), 16).Chunk(4).Select(c => new string(c)));

    /// <summary>A title is data of the community, so it is Chinese whatever the operator's language.</summary>
    // not spoken from here: data of the community
    private static string TitleOf(Role role) => role switch
    {
        Role.GridWorker => "网格员",
        Role.Clerk => "社区工作者",
        Role.Secretary => "社区党委书记",
        Role.Supervisor => "居务监督委员会主任",
        Role.SystemAdministrator => "系统管理员",
        Role.SecurityAdministrator => "安全管理员",
        _ => role.ToString(),
    };
    // spoken again
}
