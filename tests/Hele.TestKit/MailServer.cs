using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MimeKit;

namespace Hele.TestKit;

/// <summary>
/// Debian's Exim on a loopback port of its own, with everything in a temporary folder: what it takes it files as a Maildir, and tests tell it by files what to refuse, to put off or to be slow about.
/// The system's own mail is left alone.
/// </summary>
public sealed class MailServer : IDisposable
{
    private const string Program = "/usr/sbin/exim4";
    private static readonly bool Root = Environment.IsPrivilegedProcess;

    private readonly StringBuilder said = new();
    private Process? process;
    private string? noted;

    private MailServer(string folder) => Folder = folder;

    public string Folder { get; }
    public int Port { get; } = Ports.Free();
    public const string User = "hele", Password = "mail-password";

    /// <summary>A PEM file with the authority that signed its certificate.</summary>
    public string Ca => Path.Combine(Folder, "ca.pem");

    /// <summary>Starts it; returns when it answers.</summary>
    /// <param name="host">The name its certificate is for; null: no TLS at all.</param>
    /// <param name="signIn">It takes mails only from who signs in, under TLS.</param>
    public static MailServer Start(string? host = null, bool signIn = false)
    {
        if (TestRun.Quick)
            throw new InvalidOperationException("./test quick needs no Debian package: give this test [Trait(\"Needs\", \"smtp\")].");
        if (!File.Exists(Program))
            throw new InvalidOperationException("Exim is not installed (apt-get install exim4-daemon-light).");
        var server = new MailServer(Directory.CreateTempSubdirectory("hele-mail-").FullName);
        ChildProcess.WhenTheRunEnds(server.Dispose);
        foreach (var name in new[] { "spool", "log", "mail", "later", "refuse", "flags" })
            Directory.CreateDirectory(server.At(name));
        if (host is not null)
            server.MakeCertificate(host);
        File.WriteAllText(server.At("exim.conf"), server.Configuration(host is not null, signIn));
        if (Root)
        {
            // Exim delivers as nobody's superuser; its configuration it wants to be root's.
            ChildProcess.Run("chown", ["-R", "Debian-exim:Debian-exim", server.Folder], TimeSpan.FromSeconds(10));
            ChildProcess.Run("chown", ["root:root", server.At("exim.conf")], TimeSpan.FromSeconds(10));
            ChildProcess.Run("chmod", ["755", server.Folder], TimeSpan.FromSeconds(10));
        }
        server.Run();
        return server;
    }

    /// <summary>The same server again, on the same port.</summary>
    public void Run()
    {
        process = Process.Start(ChildProcess.Info(Program, ["-C", At("exim.conf"), "-bdf", "-oX", $"127.0.0.1:{Port}"]))!;
        ChildProcess.Collect(process, line => { lock (said) said.AppendLine(line); });
        // ./test reads these when a runner itself was killed.
        File.WriteAllText(noted = Path.Combine(Path.GetTempPath(), $"hele-{process.Id}.pid"), $"{process.Id}\n");
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", Port);
                using var reader = new StreamReader(client.GetStream());
                if (reader.ReadLine()?.StartsWith("220", StringComparison.Ordinal) == true)
                    return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                if (process.HasExited || limit.Elapsed > TimeSpan.FromSeconds(20))
                    throw new InvalidOperationException($"Exim did not start:\n{Log}", e);
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>It is gone, as after a power cut of another machine.</summary>
    public void Stop()
    {
        if (process is null)
            return;
        ChildProcess.Signal(process.HasExited ? 0 : process.Id, ChildProcess.Kill);
        process.WaitForExit();
        process.Dispose();
        process = null;
        File.Delete(noted!);
    }

    /// <summary>What it wrote about what it did.</summary>
    public string Log => said + string.Join('\n', Directory.GetFiles(At("log")).Select(File.ReadAllText));

    /// <summary>Says "no such mailbox" (550) to who writes to this name, or no longer does.</summary>
    public void Refuse(string name, bool on = true) => Flag("refuse", name, on);

    /// <summary>Says "greylisted, try again later" (451).</summary>
    public void PutOff(string name, bool on = true) => Flag("later", name, on);

    /// <summary>Takes nothing from anybody (550 to MAIL FROM).</summary>
    public void RefuseSenders(bool on = true) => Flag("flags", "no-sender", on);

    /// <summary>Thinks for a second about each mail after it has read it, before it says that it took it.</summary>
    public void BeSlow(bool on = true) => Flag("flags", "slow", on);

    /// <summary>How many mails have been read and are being thought about: between the last byte and the word that they were taken.</summary>
    public bool IsThinking => Directory.GetFiles(At("spool"), "*-D", SearchOption.AllDirectories).Length > 0;

    /// <summary>What it has filed, in the order it came; waits until there is so much.</summary>
    public async Task<IReadOnlyList<MimeMessage>> Mails(int atLeast = 0)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var files = Directory.GetFiles(At("mail"), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) is "new" or "cur").OrderBy(Path.GetFileName, StringComparer.Ordinal).ToList();
            if (files.Count >= atLeast)
                return [.. files.Select(f => MimeMessage.Load(f))];
            if (limit.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"{files.Count} mails came, {atLeast} were expected.\n{Log}");
            await Task.Delay(50);
        }
    }

    /// <summary>To whom a filed mail went on the wire, whatever its header says.</summary>
    public static string To(MimeMessage mail) => mail.Headers["Envelope-to"] ?? "";

    /// <summary>A description of it for <c>--smtp</c>, readable for its owner alone.</summary>
    public string Description(string security = "none", string host = "127.0.0.1", bool ca = false, bool signIn = false, string? password = null, string site = "https://hele.test")
    {
        var file = At($"smtp-{Guid.NewGuid():N}.json");
        var description = new Dictionary<string, object?> { ["host"] = host, ["port"] = Port, ["security"] = security, ["from"] = "notices@hele.test", ["site"] = site };
        if (ca)
            description["ca"] = Ca;
        if (signIn)
            (description["user"], description["password"]) = (User, password ?? Password);
        File.WriteAllText(file, JsonSerializer.Serialize(description));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public void Dispose()
    {
        Stop();
        ChildProcess.Forget(Dispose);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private string At(string name) => Path.Combine(Folder, name);

    private void Flag(string kind, string name, bool on)
    {
        var file = Path.Combine(At(kind), name);
        if (on)
            File.WriteAllText(file, "");
        else
            File.Delete(file);
    }

    private void MakeCertificate(string host)
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=Hele test authority", caKey, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        ca.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var root = ca.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var own = request.Create(root, from, to, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Ca, root.ExportCertificatePem());
        File.WriteAllText(At("server.pem"), own.ExportCertificatePem());
        File.WriteAllText(At("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string Configuration(bool tls, bool signIn) =>
        """
            exim_user = @user
            deliver_drop_privilege = true
            keep_environment =
            primary_hostname = mail.hele.test
            qualify_domain = hele.test
            spool_directory = @folder/spool
            log_file_path = @folder/log/%slog
            pid_file_path = @folder/exim.pid
            check_spool_space = 0
            check_spool_inodes = 0
            host_lookup =
            rfc1413_hosts =
            rfc1413_query_timeout = 0s
            local_interfaces = 127.0.0.1
            @tls
            acl_smtp_mail = mail
            acl_smtp_rcpt = rcpt
            acl_smtp_data = data
            begin acl
            mail:
              deny message = 5.7.1 this sender may not send here
                   condition = ${if exists{@folder/flags/no-sender}}
              @sign-in
              accept
            rcpt:
              deny message = 5.1.1 <$local_part@$domain>: no such mailbox
                   condition = ${lookup{$local_part}dsearch{@folder/refuse}{yes}{no}}
              defer message = 4.7.1 <$local_part@$domain>: greylisted, try again later
                    condition = ${lookup{$local_part}dsearch{@folder/later}{yes}{no}}
              accept
            data:
              warn condition = ${if exists{@folder/flags/slow}}
                   delay = 1s
              accept
            begin routers
            all:
              driver = accept
              transport = keep
            begin transports
            keep:
              driver = appendfile
              directory = @folder/mail
              maildir_format
              create_directory
              envelope_to_add
              return_path_add
              user = @user
            begin retry
            * * F,1h,5m
            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_prompts = :
              server_condition = ${if and{{eq{$auth2}{@known}}{eq{$auth3}{@password}}}}
              server_set_id = $auth2
              server_advertise_condition = ${if def:tls_in_cipher}

            """.Replace("@tls", tls ? $"tls_advertise_hosts = *\ntls_certificate = {At("server.pem")}\ntls_privatekey = {At("server.key")}" : "tls_advertise_hosts =", StringComparison.Ordinal)
            .Replace("@sign-in", signIn ? "deny message = 5.7.0 sign in first\n     !authenticated = *" : "", StringComparison.Ordinal)
            .Replace("@known", User, StringComparison.Ordinal).Replace("@password", Password, StringComparison.Ordinal)
            .Replace("@user", Root ? "Debian-exim" : Environment.UserName, StringComparison.Ordinal).Replace("@folder", Folder, StringComparison.Ordinal);
}
