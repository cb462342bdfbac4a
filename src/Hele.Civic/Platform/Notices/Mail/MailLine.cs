using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Hele.Civic.Kernel;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>Why no mail can be handed over at all: the server's affair or the operator's, never one mail's.</summary>
/// <param name="Technical">The failure's own words, for the program's messages; without anybody's address.</param>
public sealed class MailServerException(Bilingual reason, string technical, Exception? inner = null) : Exception($"{reason.En}: {technical}", inner)
{
    public Bilingual Reason => reason;
    public string Technical => technical;
}

/// <summary>What became of handing one mail over.</summary>
/// <param name="Answer">What the server said when it didn't take it, without anybody's address.</param>
internal readonly record struct Handed(HandedAs As, string? Answer = null);

internal enum HandedAs
{
    Taken,

    /// <summary>Not now: a busy mailbox, a greylist (4xx).</summary>
    NotNow,

    /// <summary>Never (5xx).</summary>
    Never,
}

/// <summary>One conversation with the mail server, for as many mails as there are.</summary>
internal sealed class MailLine : IDisposable
{
    /// <summary>How long a mail may take in all. A lease is longer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly SmtpClient _client = new();

    /// <summary>How the line is encrypted; null where it isn't.</summary>
    public string? Protocol => _client.IsSecure ? _client.SslProtocol.ToString() : null;

    public bool AsksForSignIn => _client.Capabilities.HasFlag(SmtpCapabilities.Authentication);

    /// <exception cref="MailServerException">There is no line to be had.</exception>
    public static async Task<MailLine> Open(SmtpServer server, CancellationToken cancel)
    {
        var line = new MailLine();
        var client = line._client;
        client.Timeout = 30_000;
        // Where the machine reaches no list of revoked certificates, as behind a firewall, no mail would ever go.
        client.CheckCertificateRevocation = false;
        client.LocalDomain = server.Domain;
        string? distrust = null;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => (distrust = Distrust(server, certificate, errors)) is null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Limit);
            await client.ConnectAsync(server.Host, server.Port, server.Security switch { SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect, SmtpSecurity.StartTls => SecureSocketOptions.StartTls, _ => SecureSocketOptions.None }, limit.Token);
            if (server.User is not null)
                await client.AuthenticateAsync(server.User, server.Password!, limit.Token);
            return line;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            line.Dispose();
            throw failure switch
            {
                _ when distrust is not null => new MailServerException(("邮件服务器的证书不可信，没有发送", "the mail server's certificate isn't to be trusted; nothing was sent"), distrust, failure),
                AuthenticationException or SaslException => new MailServerException(("邮件服务器不认可用户名和密码", "the mail server doesn't accept user and password"), Said(failure), failure),
                NotSupportedException => new MailServerException(("邮件服务器不支持所要求的加密或登录方式，没有发送", "the mail server doesn't offer the encryption or the sign-in that is asked for; nothing was sent"), Said(failure), failure),
                SslHandshakeException => new MailServerException(("和邮件服务器的加密连接没有建立", "no encrypted line to the mail server came about"), Said(failure), failure),
                SmtpCommandException => new MailServerException(("邮件服务器现在不收邮件", "the mail server takes no mails now"), Said(failure), failure),
                _ => new MailServerException(("连不上邮件服务器", "the mail server can't be reached"), Said(failure), failure),
            };
        }
    }

    /// <exception cref="MailServerException">The line broke, or the server takes nothing from this sender: whether this mail was taken isn't known unless <paramref name="message"/> never got there.</exception>
    public async Task<Handed> Hand(MimeMessage message)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _client.SendAsync(message, limit.Token);
            return new(HandedAs.Taken);
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode == SmtpErrorCode.SenderNotAccepted && (int)refused.StatusCode >= 500)
        {
            // It is this program that isn't welcome, whatever it brings.
            throw new MailServerException(("邮件服务器不让用这个发件地址发信", "the mail server lets nothing through from this sender"), Said(refused), refused);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode is >= 400 and < 600 && (int)refused.StatusCode != 421)
        {
            return new((int)refused.StatusCode >= 500 ? HandedAs.Never : HandedAs.NotNow, $"{(int)refused.StatusCode} {Said(refused)}");
        }
        catch (Exception failure)
        {
            throw new MailServerException(("和邮件服务器的连接断了", "the line to the mail server broke"), Said(failure), failure);
        }
    }

    public async Task Close()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or OperationCanceledException or ServiceNotConnectedException)
        {
            // Whatever was handed over was taken already.
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Said(Exception failure) => EmailAddress.WithoutAddresses(failure.Message, OutgoingMail.AnswerLength - 4);

    /// <summary>Why the certificate isn't to be trusted; null when it is.</summary>
    private static string? Distrust(SmtpServer server, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return errors.ToString();
        if (server.Ca is null)
            return errors == SslPolicyErrors.None ? null : errors.ToString();
        // Only what this authority signed, whatever the machine believes beside it.
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(server.Ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var own = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(own) ? null : string.Join(' ', chain.ChainStatus.Select(s => s.Status));
    }
}
