using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>Whether mails could be handed over: speaks to the server as <see cref="MailSender"/> does, up to where a mail would begin. For whoever sets mail up.</summary>
public static class MailCheck
{
    /// <summary>What was found, a line each.</summary>
    /// <exception cref="MailServerException">No mail would go, and why.</exception>
    public static async Task<IReadOnlyList<Bilingual>> Run(SmtpServer server, CancellationToken cancel = default)
    {
        using var line = await MailLine.Open(server, cancel);
        var found = new List<Bilingual> { new($"已连上 {server}", $"Reached {server}") };
        found.Add(line.Protocol is { } protocol
            ? new($"连接已加密（{protocol}），证书是 {server.Host} 的，可信", $"The line is encrypted ({protocol}), and the certificate is to be trusted for {server.Host}")
            : new("连接没有加密：服务器就在本机", "The line isn't encrypted: the server is this machine"));
        found.Add(server.User is not null ? new($"用户名 {server.User} 和密码得到认可", $"User {server.User} and the password are accepted")
            : line.AsksForSignIn ? new("服务器可以登录，而文件里没有用户名和密码：它不一定收", "The server offers a sign-in, and the file names no user: it may take nothing")
            : new("没有登录，服务器也没有要求", "Nobody signed in, and the server doesn't ask for it"));
        found.Add(new($"没有发出邮件。它让不让 {server.From} 发信，要到第一封才知道", $"No mail was sent. Whether it lets {server.From} send shows with the first one"));
        await line.Close();
        return found;
    }
}
