using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Download;

/// <summary>
/// The list with full numbers as a file, page by page: each page is one act with a record for everybody on it, committed before its lines are
/// sent. When a later page can't be opened the connection is broken off, so that half a file doesn't look like a whole one; an Excel file is sent when it is whole.
/// </summary>
[Needs("person.export")]
public sealed class DownloadModel(OpenPeoplePhones phones, PeopleQueries queries, RecordExport record, ExportDesk desk, CurrentViewer current, SearchWords words, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Shown { get; set; } = "";

    public const string Xlsx = "xlsx", List = "people";

    /// <summary>Which kind of file; CSV unless Excel is asked for.</summary>
    [BindProperty]
    public string Format { get; set; } = "";

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
        if (Format == Xlsx && await queries.CountUpTo(current.Required, Filter, ExportDesk.MostRows + 1, cancel) > ExportDesk.MostRows)
        {
            await OnGetAsync();
            return this.Refused(ExportProblems.TooLarge.With(ExportDesk.MostRows));
        }
        var page = await Next(reason, null);
        if (!page.IsOpen)
        {
            await OnGetAsync();
            return this.Refused(page.Problems);
        }
        // Besides who was looked at: that a list went out.
        var recorded = await record.Run(current.Required, PeopleAccess.Export, current.Required.Act(PeopleAccess.Export, Guid.NewGuid(), reason),
            new(List, new ListQuery(Request, words).Choices("Shown"), await queries.CountUpTo(current.Required, Filter, int.MaxValue, cancel)), cancel);
        if (!recorded.Accepted)
        {
            await OnGetAsync();
            return this.Refused(recorded.Problems);
        }
        if (Format == Xlsx)
            return await Excel(page, reason);
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

        async Task<IActionResult> Excel(PeopleWithPhones first, string why)
        {
            var people = new List<PersonWithPhone>(first.People);
            for (var next = first.Next; next is not null;)
            {
                var more = await Next(why, next);
                if (!more.IsOpen)
                {
                    await OnGetAsync();
                    return this.Refused(more.Problems);
                }
                people.AddRange(more.People);
                next = more.Next;
            }
            var file = await desk.Make(ListContent.Of(L["人员登记"], people.ToAsyncEnumerable(),
                [new(L["编码"], p => p.Code), new(L["姓名"], p => p.Name), new(L["住址"], p => p.Address, 36), new(L["电话号码"], p => p.IsBroken ? L["密封已损坏，打不开"] : p.Phone)],
                Filter.Shown == PeopleShown.Everybody ? [] : [(L["看哪些人"], L.Shown(Filter.Shown))], Search), PeopleAccess.Export, why, cancel);
            if (file is null)
            {
                await OnGetAsync();
                return this.Refused(ExportProblems.TooLarge.With(ExportDesk.MostRows));
            }
            Response.Headers.CacheControl = "no-store";
            return File(file.Bytes, Workbook.Type, file.Name);
        }

        Task<PeopleWithPhones> Next(string why, Guid? after) => phones.Export(current.Required, current.Required.Act(PeopleAccess.Export, Guid.CreateVersion7(), why), Filter, after, cancel);
    }

    public sealed class InputModel
    {
        public const int ReasonLength = 200;
        public string Reason { get; set; } = "";
    }
}
