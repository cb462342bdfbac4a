using System.Collections.Concurrent;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hele.TestKit;

/// <summary>
/// The program's real host over a real database, in this process: every middleware, every policy, antiforgery on. <see cref="Hele"/> asks
/// and moves the same installation behind the pages' back.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri? _address;
    private readonly ConcurrentDictionary<string, HttpClient> _signedIn = new();

    private TestHost(WebApplication app, TestInstallation hele, Uri? address) => (_app, Hele, _address) = (app, hele, address);

    public TestInstallation Hele { get; }

    /// <summary>Where a browser finds it, when it listens.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException("It listens on no port.");

    /// <summary>What the program wrote into its log.</summary>
    public required IReadOnlyCollection<string> Log { get; init; }

    /// <summary>A host over a fresh installation with the two communities and their people; over an empty one when asked.</summary>
    /// <param name="policy">How people sign in; by default a post demands no second factor, so that every other test needn't set one up.</param>
    /// <param name="listens">A real server on a port of its own, as it runs in production: for benches and for what only a server decides.</param>
    /// <param name="from">Where its clock begins, for a story of another time: the communities are opened then.</param>
    /// <param name="arguments">Further words of the command line; limits of use are out of the tests' way unless said here.</param>
    public static async Task<TestHost> Start(TestDatabase kind, bool empty = false, Func<TimeProvider, SignInPolicy>? policy = null, bool listens = false, DateTimeOffset? from = null, params string[] arguments)
    {
        var options = await TestInstallation.NewPlace(kind, empty || from is not null);
        var clock = new DemoClock(from ?? TestInstallation.Start, running: false);
        var log = new KeptLog();
        List<string> args = ["--environment", listens ? "Production" : "Development", "--urls", "http://127.0.0.1:0", "--data", options.DataDirectory, "--pins", options.PinDirectory,
            "--acts-per-minute", "1000000", "--reads-per-minute", "1000000", "--check-hours", "0"];
        if (options.Postgres is { } postgres)
            args.AddRange(["--database", postgres]);
        args.AddRange(arguments);
        var app = HeleHost.Build([.. args], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(log);
            if (!listens)
                builder.WebHost.UseTestServer();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.Replace(ServiceDescriptor.Singleton(policy?.Invoke(clock) ?? SignInPolicy.Real(SignInProfile.Find(SignInProfile.Standard), clock) with { DemandsSecondFactor = false }));
            builder.Services.AddSingleton<IStartupFilter, FromSomewhere>();
        });
        await HeleHost.Prepare(app);
        var hele = TestInstallation.Over(options, kind, clock, app.Services);
        if (from is not null)
            await hele.OpenCommunities();
        await app.StartAsync();
        return new TestHost(app, hele, listens ? new Uri(app.Urls.Single()) : null) { Log = log.Lines };
    }

    /// <summary>
    /// A browser without script: it keeps cookies and follows no redirect by itself. Chinese unless told otherwise. It has chosen a community,
    /// as a visitor's does after the first page.
    /// </summary>
    /// <param name="place">The jurisdiction it chose; null for none.</param>
    public HttpClient Browser(string? language = null, int? place = TestInstallation.Hexi)
    {
        var address = _address ?? new Uri("http://localhost/");
        var cookies = new System.Net.CookieContainer();
        if (place is { } chosen)
            cookies.Add(new System.Net.Cookie(PlaceHosting.Cookie, chosen.ToString(System.Globalization.CultureInfo.InvariantCulture), "/", address.Host));
        HttpMessageHandler inner = _address is null ? _app.GetTestServer().CreateHandler() : new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        var client = new HttpClient(new CookieContainerHandler(cookies) { InnerHandler = inner }) { BaseAddress = address };
        if (language is not null)
            client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    /// <summary>A browser in which this person has signed in through the form.</summary>
    public async Task<HttpClient> SignIn(TestPerson person, int jurisdiction = TestInstallation.Hexi, string? language = null)
    {
        var name = (jurisdiction == TestInstallation.Other ? "other-" : "") + person.SignIn;
        var client = Browser(language);
        await SignIn(client, name, TestPeople.Password);
        return client;
    }

    /// <summary>A search as it stands in a list's address.</summary>
    public string Search(string words) => "?Search=" + Hele.Get<SearchWords>().Seal(words);

    /// <summary>A browser that comes from this address.</summary>
    public HttpClient BrowserFrom(string address)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Add(FromSomewhere.Header, address);
        return client;
    }

    /// <summary>The test server knows no network; tests say where a request comes from.</summary>
    private sealed class FromSomewhere : IStartupFilter
    {
        public const string Header = "X-Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers.TryGetValue(Header, out var address))
                    context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address.ToString());
                return go(context);
            });
            next(app);
        };
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }

    /// <summary>The same browser of a person for all tests of a class.</summary>
    public async Task<HttpClient> As(TestPerson person, int jurisdiction = TestInstallation.Hexi)
    {
        var key = $"{jurisdiction} {person.SignIn}";
        if (_signedIn.TryGetValue(key, out var known))
            return known;
        return _signedIn[key] = await SignIn(person, jurisdiction);
    }

    /// <summary>Fills in the sign-in form and expects to be let in.</summary>
    public static async Task<HtmlPage> SignIn(HttpClient client, string name, string password)
    {
        var page = await HtmlPage.Get(client, "/sign-in");
        var answer = await page.Form("main form").Fill("Input.Name", name).Fill("Input.Password", password).Submit();
        return answer.ExpectRedirect();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        TestInstallation.RemovePlace(Hele.Options);
    }
}

/// <summary>The hosts of a test class: one per database, made when first asked for and shared by its tests, each of which makes its own appeals.</summary>
public sealed class TestHosts : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TestDatabase, Lazy<Task<TestHost>>> _hosts = new();

    public Task<TestHost> On(TestDatabase kind) => _hosts.GetOrAdd(kind, k => new Lazy<Task<TestHost>>(() => TestHost.Start(k))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
            await (await host.Value).DisposeAsync();
    }
}
