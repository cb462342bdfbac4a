using System.CommandLine;
using Hele.Civic.Platform.Notices.Mail;

namespace Hele.Cli;

/// <summary><c>hele mail check</c>: would the server take mails? Sends none, and needs no data.</summary>
internal static class MailCommand
{
    public static Command Make(Frame frame) => new("mail", frame.In(("发邮件的服务器。", "The server that mails are handed to."))) { Check(frame) };

    private static Command Check(Frame frame)
    {
        var file = new Option<string>("--smtp") { Required = true, HelpName = "FILE", Description = frame.In(("描述邮件服务器的文件，和服务用的同一份。", "The file that describes the server, the same as the program serves with.")) };
        var command = new Command("check", frame.In(("连上邮件服务器并登录，说明情况；不发邮件。", "Reaches the mail server and signs in, and says what it found; sends no mail."))) { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var server = SmtpServer.Load(parsed.GetValue(file)!);
            try
            {
                foreach (var line in await MailCheck.Run(server, cancel))
                    frame.Say(line);
                return ExitCode.Ok;
            }
            catch (MailServerException away)
            {
                throw new OperatorException(($"{server}：{away.Reason.Zh}（{away.Technical}）", $"{server}: {away.Reason.En} ({away.Technical})"));
            }
        });
        return command;
    }
}
