using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Civic.Kernel;
using Hele.Tests.Appeals;
using Hele.Tests.Appeals.Joint;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Disclosures;
using Hele.Tests.Feedback;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform.Imports;
using Hele.Tests.Reports;
using Hele.Tests.ServiceCircles;
using Hele.Tests.Thanks;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Every end point the host has, by every verb, as everybody: without signing in, as an account nobody knows, as the resident a record belongs to,
/// as another resident, in each role, in a post that hasn't begun, and as the other community's people with this community's ids. What is expected
/// comes from the policy of the end point and the roles of its permission, nowhere else.
/// </summary>
/// <remarks>
/// Seen to fail: the system administrator given appeal.see was reported for each page that shows what a matter says. It compares EF's commands, not
/// connections: the 404 page opens one more for a forbidden record, which it doesn't see.
/// </remarks>
public sealed class EndpointMatrix
{
    /// <summary>Stands in records of the other community, and must stand in no answer to this one.</summary>
    private const string OtherMark = "隔壁院里的事丙九";

    /// <summary>Stands in a record of another resident.</summary>
    private const string NotMineMark = "别家门口的事丁七";

    /// <summary>Stands in the owner's own record.</summary>
    private const string PageMark = "自己家门口的事甲二";

    internal enum Target { Mine, NotMine, Elsewhere, Missing }

    /// <summary>Values for the parameters of a route, by the start of its pattern. An end point with parameters that stands in none fails the guard.</summary>
    private static readonly (string Start, Func<Records, Target, string> Value, bool BelongsToSomebody, string Query)[] Examples =
    [
        ("/appeals/public/feed/{", (_, t) => t switch { Target.Missing => "000000000000", Target.Elsewhere => TestInstallation.OtherCode, _ => TestInstallation.HexiCode }, false, ""),
        // Whatever is public is so for everybody, wherever they are.
        ("/appeals/public/{code}", (r, t) => t == Target.Missing ? "2222-3333-4444" : r.Published, false, ""),
        ("/appeals/joint/{code}", (r, t) => r.Pick(r.Parts, t), true, ""),
        ("/appeals/callbacks/{code}", (r, t) => r.Pick(r.Rounds, t), true, ""),
        ("/appeals/calls/{code}", (r, t) => r.Pick(r.Calls, t), true, ""),
        // Public by its code, which stands on the resident's paper only.
        ("/appeals/entered/{code}", (r, t) => t == Target.Missing ? "2222-3333-4444" : r.Entered, false, ""),
        ("/appeals/joined/{code}", (r, t) => r.Pick(r.Joined, t), true, ""),
        ("/appeals/{code}", (r, t) => r.Appeal(t), true, ""),
        ("/people/{code}", (r, t) => r.Pick(r.People, t), true, ""),
        ("/posts/{code}", (r, t) => r.Pick(r.Posts, t), true, ""),
        ("/break-glass/{code}", (r, t) => r.Pick(r.Emergencies, t), true, ""),
        ("/figures/{id}", (_, t) => t == Target.Missing ? "no-such-figure" : AppealFigures.All.First().Id, false, "period=2026-10"),
        ("/rules/reasons/{code?}", (_, t) => t == Target.Missing ? "no-such-reason" : RefusalReasons.All[0].Code, false, ""),
        // One that each level sets for itself: RulePageTests has those that another level sets.
        ("/rules/{id}", (_, t) => t == Target.Missing ? "no.such.rule" : PeopleModule.PersonRule, false, ""),
        // A log whole goes to whoever supervises it; the rest of it is anybody's.
        ("/log/{jurisdiction}/kit", (_, t) => t switch { Target.Missing => "000000000000", Target.Elsewhere => TestInstallation.OtherCode, _ => TestInstallation.HexiCode }, true, ""),
        ("/log/{", (_, t) => t switch { Target.Missing => "000000000000", Target.Elsewhere => TestInstallation.OtherCode, _ => TestInstallation.HexiCode }, false, ""),
        ("/referrals/{code}", (r, t) => t switch { Target.Missing => "2222-3333-4444", Target.Elsewhere => r.Elsewhere, _ => r.Referral }, true, ""),
        ("/communities/{id}", (_, t) => t == Target.Missing ? "no-such-figure" : AppealFigures.Filed.Id, false, "period=2026-Q3"),
        ("/grids/plans/{code}", (r, t) => r.Pick(r.Plans, t), true, ""),
        ("/grids/{code}", (r, t) => r.Pick(r.Grids, t), true, ""),
        ("/buildings/{code}", (r, t) => r.Pick(r.Buildings, t), true, ""),
        ("/circle/service-points/{code}", (r, t) => r.Pick(r.Points, t), true, ""),
        ("/stated/{code}", (r, t) => r.Pick(r.Stated, t), true, ""),
        ("/households/{code}", (r, t) => r.Pick(r.Households, t), true, ""),
        ("/bodies/{code}", (r, t) => r.Pick(r.Bodies, t), true, ""),
        ("/honours/{code}", (r, t) => r.Pick(r.Honours, t), true, ""),
        // Public by its code: what of it is whose to read is FeedbackPageTests' business.
        ("/feedback/{code}", (r, t) => r.Pick(r.Notes, t), true, ""),
        // Public where it was made so: what of it is whose to read is ThanksPageTests' business.
        ("/thanks/{code}", (r, t) => r.Pick(r.Thanks, t), true, ""),
        ("/board/feed/{", (_, t) => t switch { Target.Missing => "000000000000", Target.Elsewhere => TestInstallation.OtherCode, _ => TestInstallation.HexiCode }, false, ""),
        // Whatever hangs on a board is public for everybody, wherever they are, for as long as it hangs: DisclosurePageTests.
        ("/board/{code}", (r, t) => r.Pick(r.Disclosed, t), false, ""),
        ("/disclosures/due/{code}", (r, t) => r.Pick(r.Duties, t), true, ""),
        ("/disclosures/{code}", (r, t) => r.Pick(r.Disclosed, t), true, ""),
        ("/report/stories/{code}", (r, t) => r.Pick(r.Stories, t), true, ""),
        ("/report/statements/{code}", (r, t) => r.Pick(r.Statements, t), true, ""),
        ("/public-files/{code}", (r, t) => r.Pick(r.Photos, t), true, ""),
        ("/imports/{code}", (r, t) => r.Pick(r.Imports, t), true, ""),
        ("/import-files/{code}", (r, t) => r.Pick(r.Uploads, t), true, ""),
        ("/import-templates/{kind}", (_, t) => t == Target.Missing ? "nothing" : "people", false, ""),
        ("/files/{code}", (r, t) => r.Pick(r.Photos, t), true, ""),
        ("/errors/{", (_, _) => "404", false, ""),
    ];

    /// <param name="People">The owner, somebody else of this community, and one of the other.</param>
    /// <param name="Posts">Of this community twice, and of the other.</param>
    /// <param name="Grids">Of this community twice, and of the other; likewise <paramref name="Buildings"/> and <paramref name="Households"/>.</param>
    /// <param name="Uploads">Files that lie on the desk of somebody who is none of the callers; likewise of both communities.</param>
    /// <param name="Photos">Of the owner's matter, of the other resident's, and of one of the other community.</param>
    /// <param name="Emergencies">Accesses about the owner, about the other resident, and in the other community.</param>
    internal sealed record Records(string Mine, string NotMine, string Elsewhere, string[] People, string[] Posts, string[] Emergencies, string Referral, string[] Grids, string[] Buildings, string[] Notes, string[] Imports, string[] Uploads, string[] Photos, string Published, string[] Households, string[] Bodies, string[] Joined, string[] Stated, string[] Honours, string Entered, string[] Parts, string[] Rounds, string[] Calls, string[] Thanks, string[] Disclosed, string[] Duties, string[] Stories, string[] Statements, string[] Points, string[] Plans)
    {
        public string Pick(string[] codes, Target target) => target == Target.Missing ? "2222-3333-4444" : codes[(int)target];

        public string Appeal(Target target) => target switch { Target.Mine => Mine, Target.NotMine => NotMine, Target.Elsewhere => Elsewhere, _ => "2222-3333-4444" };
    }

    internal sealed record Caller(string Name, HttpClient Client, Viewer? Viewer, string? Token)
    {
        public bool IsSignedIn => Viewer is not null;
    }

    internal sealed record Way(RouteEndpoint Endpoint, string Pattern, Permission? Permission, bool IsPublic, IReadOnlyList<string> Verbs, IReadOnlyList<string> Handlers);

    [Fact]
    public async Task EveryEndpoint_ByEveryVerb_AsEverybody_AnswersWhatItsPolicySays()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var records = await MakeRecords(host.Hele);
        var ways = await Ways(host);
        var callers = await Callers(host);
        var faults = new List<string>();
        foreach (var caller in callers)
        {
            foreach (var way in ways)
            {
                foreach (var target in way.Pattern.Contains('{') ? Enum.GetValues<Target>() : [Target.Mine])
                    await Check(host.Hele, caller, way, target, records, faults);
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(40))}");
    }

    /// <summary>The whole answer and the questions put to the database are the same, so that neither says whether the record is there.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ForbiddenRecord_ComparedWithAMissingOne_CannotBeToldApart(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var records = await MakeRecords(host.Hele);
        using var commands = await Commands.Of(host.Hele.Database);
        var compared = 0;
        var asked = new HashSet<(bool, string, string, HttpMethod)>();
        var callers = await Callers(host);
        // The pin that follows what was just written asks the database too, and so does the work beside the requests, once a minute.
        await host.Hele.Get<Housekeeping>().StopAsync(TestContext.Current.CancellationToken);
        await host.Hele.Log.PinNow();
        foreach (var caller in callers.Where(c => c.Name is "resident, owner" or "resident, another" or "GridWorker" or "GridWorker of the other community" or "SubdistrictOfficer" or "DistrictOfficer" or "nobody signed in"))
        {
            foreach (var way in (await Ways(host)).Where(w => Example(w.Pattern).BelongsToSomebody && !w.IsPublic))
            {
                var hidden = Enum.GetValues<Target>().Where(t => t != Target.Missing && !Sees(caller, way, t)).ToList();
                foreach (var (method, handler) in hidden.Count == 0 ? [] : way.Handlers.Select(h => (HttpMethod.Post, h)).Prepend((HttpMethod.Get, "")))
                {
                    // Once before: what is made at the first request (a query, an antiforgery cookie) isn't what is compared.
                    if (asked.Add((caller.IsSignedIn, way.Pattern, handler, method)))
                        await Ask(caller, way, Target.Missing, records, method, handler);
                    var missing = await Answer(caller, way, Target.Missing, method, handler);
                    foreach (var target in hidden)
                    {
                        var forbidden = await Answer(caller, way, target, method, handler);
                        Assert.Equal(missing.Answered, forbidden.Answered);
                        Assert.Equal(missing.Commands, forbidden.Commands);
                        compared++;
                    }
                }
            }
        }
        Assert.True(compared > 20, $"Only {compared} pairs were compared.");

        async Task<(Answered Answered, List<string> Commands)> Answer(Caller caller, Way way, Target target, HttpMethod method, string handler)
        {
            commands.Texts.Clear();
            return (await Ask(caller, way, target, records, method, handler), [.. commands.Texts]);
        }
    }

    [Fact]
    public async Task GeneratedAccess_IsUpToDate()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, empty: true);
        var text = new StringBuilder("# Who may open what\n\nMade from the end points of the running host. A record that isn't the reader's to see is answered like one that doesn't exist.\n\n"
            + "| end point | verbs | policy | posts | residents |\n| --- | --- | --- | --- | --- |\n");
        foreach (var way in await Ways(host))
        {
            var policy = way.IsPublic ? "public" : way.Permission?.Code ?? "signed in";
            var posts = way.IsPublic ? "everybody" : way.Permission is { } p ? string.Join(", ", p.Roles) : "all";
            var residents = way.IsPublic ? "everybody" : way.Permission is null ? "all" : way.Permission.Residents ? "their own" : "";
            text.Append($"| {way.Pattern} | {string.Join(", ", way.Verbs)} | {policy} | {posts} | {residents} |\n");
        }
        Generated.Check("access.md", text.ToString());
    }

    private static async Task Check(TestInstallation hele, Caller caller, Way way, Target target, Records records, List<string> faults)
    {
        var allowed = way.IsPublic || Sees(caller, way, target);
        // Reading may be written down too (a phone that was opened); what isn't allowed, or has no form, writes nothing.
        foreach (var verb in new[] { "GET", "HEAD" })
            await Look(verb, "");
        var size = await LogSize(hele);
        // What a permitted person's post does is the business of the page's own tests; here it would only use the records up.
        foreach (var handler in allowed ? [] : way.Handlers)
            await Look("POST", handler);
        // A verb the end point doesn't have is refused before anything is looked up: one record for each of them.
        foreach (var (verb, one) in new[] { ("POST", Target.Missing), ("PUT", Target.Mine), ("DELETE", Target.NotMine), ("BREW", Target.Elsewhere) })
        {
            if (verb == "POST" && (allowed || way.Handlers.Count > 0))
                continue;
            if (way.Verbs.Contains(verb) || target == one || !way.Pattern.Contains('{'))
                await Look(verb, "");
        }
        if (await LogSize(hele) != size)
            faults.Add($"{way.Pattern} ({target}) as {caller.Name}: a verb that wasn't allowed wrote something");

        async Task Look(string verb, string handler)
        {
            var answer = await Ask(caller, way, target, records, new HttpMethod(verb), handler);
            var at = $"{verb} {way.Pattern}{(handler.Length > 0 ? "?handler=" + handler : "")} ({target}) as {caller.Name}: {(int)answer.Status}";
            if ((int)answer.Status >= 500)
                faults.Add(at);
            if (answer.Body.Contains(OtherMark, StringComparison.Ordinal) && caller.Viewer?.JurisdictionId != TestInstallation.Other)
                faults.Add(at + " and shows the other community's record");
            if (answer.Body.Contains(NotMineMark, StringComparison.Ordinal) && caller.Viewer is not { IsStaff: true, JurisdictionId: TestInstallation.Hexi })
                faults.Add(at + " and shows another resident's record");
            // What residents wrote, and what was written about them, is no administrator's reading.
            if (new[] { NotMineMark, PageMark }.Any(mark => answer.Body.Contains(mark, StringComparison.Ordinal)) && caller.Viewer is { IsStaff: true } admin && admin.Posts.All(p => p.Role.IsAdministrator()))
                faults.Add(at + " and shows an administrator what a matter says");
            if (way.IsPublic)
                return;
            if (!caller.IsSignedIn)
            {
                // A verb the end point doesn't have may be refused as such; everything else leads to signing in, whether the record exists or not.
                if (!(answer.Status == HttpStatusCode.Redirect && answer.Location.Contains("/sign-in", StringComparison.Ordinal)) && !(answer.Status == HttpStatusCode.MethodNotAllowed && !way.Verbs.Contains(verb)))
                    faults.Add(at + ", not asked to sign in");
            }
            else if (!allowed)
            {
                // A verb without a form is refused before anything is looked up, for every record alike.
                if (answer.Status != HttpStatusCode.NotFound && !(verb is not ("GET" or "HEAD") && answer.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest))
                    faults.Add(at + ", should be as missing");
            }
            else if (verb == "GET" && way.Verbs.Contains("GET") && target != Target.Missing && answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Redirect))
            {
                faults.Add(at + ", should be shown");
            }
            else if (verb is "PUT" or "DELETE" or "BREW" && answer.Status is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.BadRequest))
            {
                faults.Add(at + ", should be refused");
            }
        }
    }

    /// <summary>The one rule: the permission's roles see what is their community's, its residents what is their own.</summary>
    private static bool Sees(Caller caller, Way way, Target target)
    {
        if (way.IsPublic)
            return true;
        if (caller.Viewer is not { } viewer)
            return false;
        // A file on its way in is its sender's alone, whoever else imports ledgers.
        if (way.Pattern.StartsWith("/import-files/", StringComparison.Ordinal))
            return false;
        if (way.Permission is not { } permission)
            return true;
        if (!viewer.Has(permission))
            return false;
        if (!way.Pattern.Contains('{') || !Example(way.Pattern).BelongsToSomebody)
            return target != Target.Missing || !way.Pattern.Contains('{');
        var there = viewer.JurisdictionId == TestInstallation.Street ? way.Pattern.StartsWith("/referrals/", StringComparison.Ordinal) && target is Target.Mine or Target.NotMine
            : viewer.JurisdictionId == TestInstallation.Hexi ? target is Target.Mine or Target.NotMine : target == Target.Elsewhere;
        return there && (viewer.PostFor(permission) is not null || (caller.Name is "resident, owner" or "resident of the other community" && target != Target.NotMine));
    }

    internal static (string Start, Func<Records, Target, string> Value, bool BelongsToSomebody, string Query) Example(string pattern)
    {
        // The longest start that fits says it: a part of a family may be somebody's where the rest is everybody's.
        var found = Examples.Where(e => pattern.StartsWith(e.Start, StringComparison.Ordinal)).OrderByDescending(e => e.Start.Length).Take(1).ToList();
        return found.Count == 1 || !pattern.Contains('{') ? found.FirstOrDefault() : throw new InvalidOperationException($"{pattern} has parameters: say in EndpointMatrix.Examples what stands in them.");
    }

    private sealed record Answered(HttpStatusCode Status, string Location, string Headers, string Body);

    private static async Task<Answered> Ask(Caller caller, Way way, Target target, Records records, HttpMethod method, string handler)
    {
        var value = way.Pattern.Contains('{') ? Example(way.Pattern).Value(records, target) : "";
        var path = Regex.Replace(Regex.Replace(way.Pattern, @"\{\*\*[^}]*\}", "0/000"), @"\{[^}]*\}", value);
        using var request = new HttpRequestMessage(method, $"{path}?{(handler.Length > 0 ? "handler=" + handler : way.Pattern.Contains('{') ? Example(way.Pattern).Query : "")}");
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", caller.Token ?? ""), new("op", Guid.NewGuid().ToString())]);
        using var answer = await caller.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        // What was asked for is echoed (the way back after switching the language), and tokens are new each time.
        string Plain(string text) => Regex.Replace(value.Length > 3 ? text.Replace(value, "VALUE").Replace(Uri.EscapeDataString(value), "VALUE") : text, @"CfDJ8[\w-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "TOKEN");
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Location" or "Content-Length")).OrderBy(h => h.Key).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));
        return new Answered(answer.StatusCode, Plain(answer.Headers.Location?.ToString() ?? ""), Plain(headers), Plain(body));
    }

    internal static async Task<List<Way>> Ways(TestHost host)
    {
        var services = host.Hele.Services;
        var loader = services.GetRequiredService<PageLoader>();
        var ways = new List<Way>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var metadata = endpoint.Metadata;
            IReadOnlyList<string> verbs, handlers = [];
            if (metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, metadata);
                metadata = compiled.Endpoint?.Metadata ?? metadata;
                verbs = [.. compiled.HandlerMethods.Select(h => h.HttpMethod.ToUpperInvariant()).Distinct().Order()];
                handlers = [.. compiled.HandlerMethods.Where(h => h.HttpMethod.Equals("Post", StringComparison.OrdinalIgnoreCase)).Select(h => h.Name ?? "")];
            }
            else
            {
                verbs = metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            }
            var isPublic = metadata.GetMetadata<IAllowAnonymous>() is not null;
            var needs = metadata.GetOrderedMetadata<NeedsAttribute>();
            Assert.True(isPublic || needs.Count == 1 || metadata.GetMetadata<SignedInAttribute>() is not null, $"{pattern} has no policy.");
            var permission = needs.Count == 0 ? null : Modules.All.Permissions.Single(p => p.Code == needs[0].Permission);
            ways.Add(new Way(endpoint, pattern, permission, isPublic, verbs, handlers));
        }
        Assert.True(ways.Count > 20, $"Only {ways.Count} end points were found.");
        return [.. ways.GroupBy(w => w.Pattern).Select(g => g.First()).OrderBy(w => w.Pattern, StringComparer.Ordinal)];
    }

    internal static async Task<List<Caller>> Callers(TestHost host)
    {
        var hele = host.Hele;
        var callers = new List<Caller> { new("nobody signed in", host.Browser(), null, await Token(host.Browser(), "/sign-in")) };
        var hash = TestPeople.PasswordHash;
        foreach (var (jurisdiction, suffix) in new[] { (TestInstallation.Hexi, ""), (TestInstallation.Other, " of the other community") })
        {
            foreach (var role in Enum.GetValues<Role>().Where(r => RoleLevels.May(r, JurisdictionLevel.Community)))
                callers.Add(await Registered(role + suffix, role, DateOnly.MinValue.AddYears(2019), jurisdiction));
            callers.Add(await Registered("in a post that hasn't begun" + suffix, Role.Secretary, new DateOnly(2027, 1, 1), jurisdiction));
        }
        callers.Add(await Registered("SubdistrictOfficer", Role.SubdistrictOfficer, DateOnly.MinValue.AddYears(2019), TestInstallation.Street));
        callers.Add(await Registered("DistrictOfficer", Role.DistrictOfficer, DateOnly.MinValue.AddYears(2019), TestInstallation.District));
        callers.Add(await Registered("somebody without a post in the sub-district", null, null, TestInstallation.Street));
        callers.Add(await SignedIn("resident, owner", "liu-dayong", await hele.Viewer(TestPeople.Liu)));
        callers.Add(await SignedIn("resident, another", "wang-another", (await Registered("", null, null, TestInstallation.Hexi, "wang-another")).Viewer));
        callers.Add(await SignedIn("resident of the other community", "other-liu-dayong", await hele.Viewer(TestPeople.Liu, TestInstallation.Other)));
        var stranger = "stranger" + Guid.NewGuid().ToString("N")[..8];
        await hele.Database.Operate(db =>
        {
            db.Add(new Account { SignInName = stranger, PasswordHash = hash, CreatedAt = hele.Clock.GetUtcNow() });
            return Task.CompletedTask;
        });
        var nobody = host.Browser();
        await TestHost.SignIn(nobody, stranger, TestPeople.Password);
        callers.Add(new("an account nobody knows", nobody, null, null));
        return callers;

        async Task<Caller> Registered(string name, Role? role, DateOnly? from, int jurisdiction, string? signIn = null)
        {
            signIn ??= "m" + Guid.NewGuid().ToString("N")[..10];
            var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction },
                new("某某", null, signIn, hash, false, role, role is null ? null : "岗位", from));
            Assert.True(outcome.Accepted);
            Account account;
            await using (var lease = await hele.Database.Read([]))
                account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == signIn);
            return await SignedIn(name, signIn, (await hele.Get<Viewers>().Load(account.Id, account.Stamp))!);
        }

        async Task<Caller> SignedIn(string name, string signIn, Viewer? viewer)
        {
            var client = host.Browser();
            await TestHost.SignIn(client, signIn, TestPeople.Password);
            return new(name, client, viewer, await Token(client, "/account/password"));
        }

        static async Task<string?> Token(HttpClient client, string page) =>
            (await HtmlPage.Get(client, page)).Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
    }

    internal static async Task<Records> MakeRecords(TestInstallation hele)
    {
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var referred = await hele.FileAppeal(liu, "要请街道办的事");
        Assert.True((await hele.Accept(zhou, referred)).Accepted);
        Assert.True((await hele.ReferUp(zhou, referred)).Accepted);
        var (other, he, zhao) = (TestInstallation.Other, await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Zhao));
        var (otherHe, otherZhao) = (await hele.Viewer(TestPeople.He, other), await hele.Viewer(TestPeople.Zhao, other));
        var (ma, otherMa) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Ma, other));
        var compound = await hele.Compound(ma);
        var open = await hele.FileAppeal(await hele.Viewer(TestPeople.Chen), "公开的事");
        Assert.True((await hele.Accept(zhou, open)).Accepted);
        Assert.True((await hele.Publish(ma, open, "公开的事")).Accepted);
        var mineOpen = await hele.FileAppeal(liu, "自己的事，也公开");
        Assert.True((await hele.Accept(zhou, mineOpen)).Accepted);
        Assert.True((await hele.Publish(ma, mineOpen, "自己的事，也公开")).Accepted);
        var otherOpen = await hele.FileAppeal(await hele.Viewer(TestPeople.Chen, other), "别处公开的事");
        Assert.True((await hele.Accept(otherZhao, otherOpen)).Accepted);
        Assert.True((await hele.Publish(otherMa, otherOpen, "别处公开的事")).Accepted);
        string[] buildings = [await hele.Building(ma, compound, "1号楼"), await hele.Building(ma, compound, "2号楼"), await hele.Building(otherMa, await hele.Compound(otherMa, OtherMark), "1号楼")];
        var (feng, otherFeng) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Feng, other));
        List<(string Round, string Call)> calls = [await Rung(zhou, ma, feng), await Rung(zhou, ma, feng), await Rung(otherZhao, otherMa, otherFeng)];
        async Task<string> Emergency(Viewer opener, TestPerson person, string number, string reason) =>
            (await hele.OpenInEmergency(opener, await hele.GivePhone(person, number, opener.JurisdictionId), reason)).Code!;
        return new(
            await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), PageMark),
            await hele.FileAppeal(await hele.Viewer(TestPeople.Chen), NotMineMark),
            await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, other), OtherMark),
            [
                await hele.PersonCode(TestPeople.Liu),
                (await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
                    new(NotMineMark, NotMineMark, null, null, false, null, null, null, "13800000000"))).Code!,
                await hele.PersonCode(TestPeople.Liu, other),
            ],
            [
                (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!,
                (await hele.Propose(he, await hele.PersonCode(TestPeople.Chen), Role.GridWorker)).Code!,
                (await hele.Propose(otherHe, await hele.PersonCode(TestPeople.Liu, other), Role.GridWorker, OtherMark)).Code!,
            ],
            [
                await Emergency(zhao, TestPeople.Liu, "13811112222", PageMark + PageMark),
                await Emergency(zhao, TestPeople.Chen, "13811113333", NotMineMark + NotMineMark),
                await Emergency(otherZhao, TestPeople.Liu, "13811114444", OtherMark + OtherMark),
            ],
            await hele.ReferralOf(referred),
            [await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0)), await hele.Grid(ma, "第二网格", GridSteps.Square(200, 0)), await hele.Grid(otherMa, OtherMark, GridSteps.Square(0, 500))],
            buildings,
            [(await hele.Say(liu)).Code!, (await hele.Say(zhao)).Code!, (await hele.Say(otherZhao, OtherMark)).Code!],
            [await Imported(ma, "王秀英"), await Imported(ma, "李大力"), await Imported(otherMa, OtherMark)], [await Uploaded(zhou, "王秀英"), await Uploaded(ma, "李大力"), await Uploaded(otherMa, OtherMark)],
            [await Photo(liu), await Photo(await hele.Viewer(TestPeople.Chen)), await Photo(await hele.Viewer(TestPeople.Liu, other))],
            (await hele.Publication(open)).PublicCode,
            [
                GridSteps.Ok(await hele.MoveIn(ma, buildings[0], "101", await hele.PersonCode(TestPeople.Liu))),
                GridSteps.Ok(await hele.MoveIn(ma, buildings[1], "201", await hele.PersonCode(TestPeople.Chen))),
                GridSteps.Ok(await hele.MoveIn(otherMa, buildings[2], "101", await hele.PersonCode(TestPeople.Liu, other))),
            ],
            [await hele.Body(ma, BodyKind.ResidentsCommittee, "居民委员会"), await hele.Body(ma, BodyKind.BuildingLeads, "楼栋长"), await hele.Body(otherMa, BodyKind.ResidentsCommittee, OtherMark)],
            [await Joined(liu, open), await Joined(await hele.Viewer(TestPeople.Chen), mineOpen), await Joined(await hele.Viewer(TestPeople.Liu, other), otherOpen)],
            [await Stated(liu, PageMark), await Stated(await hele.Viewer(TestPeople.Chen), NotMineMark), await Stated(await hele.Viewer(TestPeople.Liu, other), OtherMark)],
            [GridSteps.Ok(await HonourTests.Record(hele, ma, "先进社区")), GridSteps.Ok(await HonourTests.Record(hele, ma, "文明社区")), GridSteps.Ok(await HonourTests.Record(hele, otherMa, OtherMark))],
            (await Entered(zhou, ma)).Paper,
            [await Part(zhou, ma), await Part(zhou, ma), await Part(otherZhao, otherMa)], [.. calls.Select(c => c.Round)], [.. calls.Select(c => c.Call)],
            [await Thanked(liu, PageMark), await Thanked(await hele.Viewer(TestPeople.Chen), NotMineMark), await Thanked(await hele.Viewer(TestPeople.Liu, other), OtherMark)],
            [await hele.Up(), await hele.Up("low-income"), await hele.Up(community: other)],
            [await Owed(TestInstallation.Hexi, 1), await Owed(TestInstallation.Hexi, 4), await Owed(other, 1)],
            [await Told(ma, TestPeople.Liu), await Told(ma, TestPeople.Chen), await Told(otherMa, TestPeople.Liu)],
            [GridSteps.Ok(await hele.Sign(ma)), GridSteps.Ok(await hele.Sign(ma, "没有发生安全事故。")), GridSteps.Ok(await hele.Sign(otherMa))],
            [await hele.Point(ma, GridSteps.At(0, 0), name: "第一个点"), await hele.Point(ma, GridSteps.At(100, 0), name: "第二个点"), await hele.Point(otherMa, GridSteps.At(0, 0), name: OtherMark)],
            [await Planned(ma, "甲方案"), await Planned(ma, "乙方案"), await Planned(otherMa, OtherMark)]);

        async Task<string> Planned(Viewer who, string name) => GridSteps.Ok(await hele.Get<Hele.Civic.GridPlanning.KeepPlan>().Run(who, who.Act(Hele.Civic.GridPlanning.PlanAccess.Keep, Guid.NewGuid()), new(null, name, "",
            Hele.Civic.GridPlanning.PlanCut.Of((await hele.Read(db => db.Set<Building>().Select(b => b.PublicCode).ToListAsync(), who.JurisdictionId)).Select(b => KeyValuePair.Create(b, ""))).ToString())));

        async Task<string> Owed(int community, int month) => GridSteps.Ok(await hele.Get<Hele.Civic.Disclosures.OpenDuty>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = community },
            new("office-fund", new(2026, month, 1), new DateOnly(2026, month, 1).AddMonths(3).AddDays(-1))));

        async Task<string> Told(Viewer author, TestPerson person) => GridSteps.Ok(await hele.Tell(author, await hele.Read(db => (from m in db.Set<HouseholdMember>() join p in db.Set<Person>() on m.PersonId equals p.Id
            join h in db.Set<Household>() on m.HouseholdId equals h.Id where p.Name == person.Name && m.To == null select h.PublicCode).FirstAsync(), author.JurisdictionId), Hele.Civic.Reports.StorySource.Household, "党支部每天给这位居民打一个电话。", "care", await hele.PersonCode(person, author.JurisdictionId)));

        async Task<string> Thanked(Viewer resident, string text) => GridSteps.Ok(await hele.Give(resident, new Hele.Civic.Thanks.ThanksWhom(Hele.Civic.Thanks.ThankedKind.Post, await hele.PostCode(TestPeople.Zhao, resident.JurisdictionId)).ToString(), text));

        async Task<(string Round, string Call)> Rung(Viewer handler, Viewer colleague, Viewer supervisor)
        {
            var place = handler.JurisdictionId;
            var verdict = (await Entered(handler, colleague)).Verdict;
            // The day isn't over: a real draw would refuse it.
            var round = new CallbackRound { PublicCode = PublicCode.New().Text, From = hele.Today, To = hele.Today, Share = 10, Seed = "x", Listed = 1, ListHash = "x", PostId = supervisor.Posts[0].PostId, DrawnOn = hele.Today, LoggedAt = DateTimeOffset.UnixEpoch };
            var call = new Callback { PublicCode = PublicCode.New().Text, RoundId = round.Id, AppealId = verdict.AppealId, VerdictId = verdict.Id, Place = 1 };
            Assert.True((await hele.Get<Writer>().Write(supervisor.Act(CallbackAccess.Draw, Guid.NewGuid()), CallbackAccess.Draw.Code, round.PublicCode, scope =>
            {
                scope.Add(round, CallbackEvents.Drawn);
                scope.Add(call, CallbackEvents.Picked);
                return Task.FromResult(Outcome.Ok(round.PublicCode));
            })).Accepted);
            Assert.Equal(place, supervisor.JurisdictionId);
            return (round.PublicCode, call.PublicCode);
        }

        async Task<string> Part(Viewer lead, Viewer other)
        {
            var matter = await hele.FileAppeal(await hele.Viewer(TestPeople.Chen, lead.JurisdictionId), lead.JurisdictionId == TestInstallation.Hexi ? "一起办的事" : OtherMark);
            Assert.True((await hele.Accept(lead, matter)).Accepted);
            Assert.True((await hele.BringIn(lead, matter, other)).Accepted);
            return await hele.Read(db => db.Set<AppealJoint>().Where(j => db.Set<Appeal>().Any(a => a.Id == j.AppealId && a.PublicCode == matter)).Select(j => j.PublicCode).SingleAsync(), lead.JurisdictionId);
        }

        async Task<(string Paper, AppealVerdict Verdict)> Entered(Viewer handler, Viewer colleague)
        {
            var place = handler.JurisdictionId;
            var matter = await hele.FileAppeal(await hele.Viewer(TestPeople.Chen, place), place == TestInstallation.Hexi ? "电话里评价的事" : OtherMark);
            Assert.True((await hele.Accept(handler, matter)).Accepted);
            Assert.True((await hele.Answer(handler, matter)).Accepted);
            Assert.True((await hele.Telephoned(colleague, matter, true)).Accepted);
            var verdict = await hele.Read(db => db.Set<AppealVerdict>().SingleAsync(v => db.Set<Appeal>().Any(a => a.Id == v.AppealId && a.PublicCode == matter)), place);
            return (verdict.PaperCode!, verdict);
        }

        async Task<string> Stated(Viewer viewer, string text) => GridSteps.Ok(await hele.Get<StateChange>().Run(viewer, viewer.Act(StatedAccess.Tell, Guid.NewGuid()), new(ChangeKind.Other, null, null, null, [], null, text, null)));

        async Task<string> Joined(Viewer viewer, string appeal) => GridSteps.Ok(await hele.Get<JoinAppeal>().Run(viewer.Act(JoiningAccess.Join, Guid.NewGuid()), new((await hele.Publication(appeal, viewer.JurisdictionId)).PublicCode, null)));

        async Task<string> Imported(Viewer viewer, string name) => GridSteps.Ok(await hele.Import(viewer, "people", Civic.Platform.Imports.SheetTable.Of(["姓名", "电话"], [name, "13912345678"])));

        async Task<string> Uploaded(Viewer viewer, string name) => await hele.Query<Civic.Platform.Imports.ImportDesk, string>(async desk => (await desk.Put(viewer, "people", name + ".xlsx", SheetFiles.Table(["姓名"], [name]))).Code!, viewer.JurisdictionId);

        async Task<string> Photo(Viewer resident)
        {
            var bytes = Pictures.Jpeg(80, 60);
            var matter = await hele.FileAppeal(resident, "有照片的事" + resident.Name);
            var (photo, _) = await hele.Get<PhotoReader>().Read("照片.jpg", bytes, bytes.Length);
            Assert.True((await hele.Get<AddPhotos>().Run(resident, resident.Act(AppealAccess.AddOwnPhotos, Guid.NewGuid()), new(matter, true) { Photos = [photo!] })).Accepted);
            return await hele.Read(db => db.Set<StoredFile>().Where(f => db.Set<Appeal>().Any(a => a.Id == f.SubjectId && a.PublicCode == matter)).Select(f => f.PublicCode).SingleAsync(), resident.JurisdictionId);
        }
    }

    private static Task<long> LogSize(TestInstallation hele) =>
        hele.Read(db => db.Set<LogHead>().SumAsync(h => h.Size), TestInstallation.Hexi, TestInstallation.Other, TestInstallation.Street, TestInstallation.District);

    /// <summary>The texts of the commands that EF sends to one installation's database.</summary>
    private sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly IServiceProvider _services;
        private readonly List<IDisposable> _subscriptions = [];

        private Commands(IServiceProvider services)
        {
            _services = services;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public static async Task<Commands> Of(Database database)
        {
            await using var lease = await database.Read([]);
            return new Commands(ServicesOf(lease.Db) ?? throw new InvalidOperationException("The context says nothing about its services."));
        }

        public List<string> Texts { get; } = [];

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name)
                _subscriptions.Add(listener.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> happened)
        {
            // Other tests run in this process at the same time, and some are just being stopped: whose command it is, is told by which
            // services the context belongs to, without asking those services anything.
            if (happened.Value is CommandExecutedEventData { Context: { } context } executed && ReferenceEquals(ServicesOf(context), _services))
                Texts.Add(executed.Command.CommandText);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        private static IServiceProvider? ServicesOf(DbContext context) => context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;

        public void Dispose() => _subscriptions.ForEach(s => s.Dispose());
    }
}
