using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Download;

/// <summary>
/// The list with full numbers as a file, page by page: each page is one act with a record for everybody on it, committed before its lines are
/// sent. When a later page can't be opened the connection is broken off, so that half a file doesn't look like a whole one.
/// </summary>
[Needs("person.export")]
public sealed class DownloadModel(OpenPeoplePhones phones, PeopleQueries queries, CurrentViewer current, SearchWords words, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Shown { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>How many it will be, counted up to the limit.</summary>
    public int Count { get; private set; }

    public PeopleFilter Filter => PeopleWords.Filter(Shown, Search);
    public string Query => QueryString.Create(new Dictionary<string, string?> { ["Search"] = words.Seal(Search), ["Shown"] = Shown }).ToString();
    public string What => Search.Length > 0 ? L["{0}，含“{1}”", L.Shown(Filter.Shown), Search] : L.Shown(Filter.Shown);

    public async Task OnGetAsync() => Count = await queries.Count(current.Required, Filter, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        var cancel = HttpContext.RequestAborted;
        var reason = ChineseText.Line(Input.Reason);
        if (reason.Length is 0 or > InputModel.ReasonLength)
        {
            await OnGetAsync();
            return this.Refused(PeopleProblems.ReasonMissing.With(InputModel.ReasonLength));
        }
        var page = await Next(reason, null);
        if (!page.IsOpen)
        {
            await OnGetAsync();
            return this.Refused(page.Problems);
        }
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"hele-people-{Fmt.Iso(clock.Today())}.csv\"";
        Response.Headers.CacheControl = "no-store";
        // With its mark, without which a spreadsheet takes Chinese for something else.
        await using var writer = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Csv.Line(L["编码"], L["姓名"], L["住址"], L["电话号码"]));
        while (true)
        {
            foreach (var person in page.People)
                await writer.WriteLineAsync(Csv.Line(person.Code, Csv.Shown(person.Name), Csv.Shown(person.Address), person.IsBroken ? L["密封已损坏，打不开"] : person.Phone ?? ""));
            await writer.FlushAsync(cancel);
            if (page.Next is not { } next)
                return new EmptyResult();
            page = await Next(reason, next);
            if (!page.IsOpen)
            {
                HttpContext.Abort();
                return new EmptyResult();
            }
        }

        Task<PeopleWithPhones> Next(string why, Guid? after) => phones.Export(current.Required, current.Required.Act(PeopleAccess.Export, Guid.CreateVersion7(), why), Filter, after, cancel);
    }

    public sealed class InputModel
    {
        public const int ReasonLength = 200;
        public string Reason { get; set; } = "";
    }
}
