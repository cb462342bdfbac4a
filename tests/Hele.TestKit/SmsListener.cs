using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Hele.TestKit;

/// <summary>What a gateway was sent.</summary>
public sealed record SmsRequest(string Method, string PathAndQuery, string? ContentType, string? Authorization, string Body);

/// <summary>A text message gateway on this machine: a real listener that keeps what it was asked to send.</summary>
public sealed class SmsListener : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<SmsRequest> _requests = Channel.CreateUnbounded<SmsRequest>();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hele-sms-");
    private Task _loop = Task.CompletedTask;
    private int _received;

    private SmsListener(int port) => _listener.Prefixes.Add((Address = new Uri($"http://127.0.0.1:{port}/")).ToString());

    public Uri Address { get; }

    public int Received => _received;

    /// <summary>The status it answers with.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Where it redirects to; null for nowhere.</summary>
    public string? Location { get; set; }

    public static SmsListener Start()
    {
        var sms = new SmsListener(Ports.Free());
        sms._listener.Start();
        sms._loop = Task.Run(sms.Listen);
        return sms;
    }

    /// <summary>A description of this gateway for <c>--sms</c>.</summary>
    public string File(string? json = null)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".json");
        System.IO.File.WriteAllText(file, json ?? $$"""
            {"url":"{{Address}}send","method":"POST","headers":{"Content-Type":"application/json","Authorization":"Bearer secret"},"bodyTemplate":"{\"to\":\"{phone}\",\"code\":\"{code}\",\"text\":\"{text}\"}","expectedStatus":200}
            """);
        return file;
    }

    public async Task<SmsRequest> NextRequest()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next message, of a gateway described by <see cref="File"/>'s own words.</summary>
    public async Task<(string Number, string Code)> Next()
    {
        var body = JsonDocument.Parse((await NextRequest()).Body).RootElement;
        return (body.GetProperty("to").GetString()!, body.GetProperty("code").GetString()!);
    }

    private async Task Listen()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var request = new SmsRequest(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.ContentType, context.Request.Headers["Authorization"], await reader.ReadToEndAsync());
                Interlocked.Increment(ref _received);
                context.Response.StatusCode = Status;
                if (Location is not null)
                    context.Response.RedirectLocation = Location;
                context.Response.Close();
                await _requests.Writer.WriteAsync(request);
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        _folder.Delete(recursive: true);
    }
}
