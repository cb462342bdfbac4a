using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Pages.People;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account.Data;

/// <summary>Why some of the values of a group are held.</summary>
/// <param name="What">The values it is about.</param>
public sealed record Why(IReadOnlyList<Bilingual> What, Handling Handling, Rule? Limit);

/// <summary>The rows of one kind.</summary>
public sealed record HeldKind(Bilingual Title, IReadOnlyList<HeldRow> Rows)
{
    /// <summary>More rows than this are folded away behind their number.</summary>
    public const int ShownAtOnce = 3;

    /// <summary>Articles that keep rows when deletion is asked for, and how many each.</summary>
    public IReadOnlyList<(Bilingual Article, int Rows)> Kept => [.. Rows.Where(r => r.Kept is not null).GroupBy(r => r.Kept!.Article).Select(k => (k.Key, k.Count()))];

    /// <summary>Whether a row has to say that it stays, because others don't, or for another reason.</summary>
    public bool SaysPerRow(HeldRow row) => row.Kept is not null && Kept[0].Rows < Rows.Count;

    /// <summary>Rows of which nothing is told but that they are about this person.</summary>
    public int Bare => Rows.Count(IsBare);

    public bool IsBare(HeldRow row) => row is { Name: null, Until: null, Fields.Count: 0 } && !SaysPerRow(row);
}

/// <summary>Kinds of rows that are held for the same purpose, on the same basis and as long: said once for all of them.</summary>
public sealed record HeldGroup(IReadOnlyList<HeldKind> Kinds, IReadOnlyList<Why> Whys)
{
    /// <summary>The article that keeps all of them when deletion is asked for, where it is one for all.</summary>
    public Bilingual? KeptAlike => Kinds.SelectMany(k => k.Rows).Select(r => r.Kept?.Article).Distinct().ToList() is [{ } one] ? one : null;

    public static IReadOnlyList<HeldGroup> Of(IEnumerable<HeldRow> rows) =>
        [.. rows.GroupBy(r => r.Title).Select(g => new HeldKind(g.Key, [.. g])).GroupBy(k => string.Join('\n', Fields([k]).Select(Reason).Distinct().Select(r => r.ToString()).Order(StringComparer.Ordinal)))
            .Select(g => new HeldGroup([.. g],
                [.. Fields(g).GroupBy(Reason).Select(w => new Why([.. w.Select(f => f.Title).Distinct()], w.First().Handling, w.First().Limit))]))];

    private static IEnumerable<HeldField> Fields(IEnumerable<HeldKind> kinds) => kinds.SelectMany(k => k.Rows).SelectMany(r => r.Fields);

    /// <summary>What is said about a value; the column its time is counted from is none of it.</summary>
    private static (Bilingual, Bilingual, Bilingual, Rule?) Reason(HeldField field) => (field.Handling.Purpose, field.Handling.Basis, field.Handling.Retention, field.Limit);
}

/// <summary>What is held about oneself, or one's ward; who looked; what one asks for.</summary>
[Needs("person.own-data")]
public sealed class MyDataModel(MyData data, AskAboutData ask, OpenPersonPhone phone, CorrectPerson correct, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    public const string Path = "/account/data";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Public code of the ward; empty for oneself.</summary>
    [BindProperty(SupportsGet = true)]
    public string Of { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty]
    public CorrectInput Correct { get; set; } = new();

    public HeldAbout Held { get; private set; } = null!;

    public IReadOnlyList<HeldGroup> Groups => HeldGroup.Of(Held.Rows);

    /// <summary>The form that was sent and refused.</summary>
    public string Form { get; private set; } = "";

    /// <summary>The full number, after it was asked for on this page.</summary>
    public string? FullPhone { get; private set; }

    public string Here => Of.Length == 0 ? Path : Path + "?of=" + Of;

    public IReadOnlyList<Option> Kinds => [.. Enum.GetValues<DataRequestKind>().Select(k => new Option(k.ToString(), KindText(k), KindHint(k)))];

    public string KindText(DataRequestKind kind) => kind switch
    {
        DataRequestKind.Deletion => L["删除我的信息"],
        DataRequestKind.Correction => L["更正我的信息"],
        _ => L["解释为什么保存"],
    };

    private string KindHint(DataRequestKind kind) => kind switch
    {
        DataRequestKind.Deletion => L["依法必须保存的会留下，但不再带有姓名；答复会写明依据"],
        DataRequestKind.Correction => L["请写清楚哪一项不对，应该是什么"],
        _ => L["请写清楚想了解哪一项"],
    };

    public string ActionOf(string handler) => $"{Here}{(Of.Length == 0 ? '?' : '&')}handler={handler}";

    public string WhoText(LookedAt look) => look.Post ?? (look.ByProgram ? L["系统"] : L["本人或监护人"]);

    public string LimitText(Rule? limit) => limit is null ? "" : L["期限：{0}起{1}（{2}，{3}）。", L[limit.Event], L[limit.Limit], limit.Source, L[limit.SourceStatus.Text()]];

    public string WayText(Way way) => way switch
    {
        Way.Page => L["在页面上看"],
        Way.SearchHit => L["搜索到"],
        Way.Export => L["导出"],
        Way.Print => L["打印"],
        Way.Feed => L["数据接口"],
        _ => L["系统自动处理"],
    };

    public string StateText(RequestLine request) => L[DataRequest.LifeCycle.StateTitle(request.State)];

    public bool IsLate(RequestLine request) => request.State == DataRequestState.Asked && request.DueOn < clock.Today();

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAskAsync()
    {
        if (!await Load())
            return NotFound();
        var outcome = await ask.Run(current.Required, current.Required.Act(PeopleAccess.OwnData, OperationId.Posted(Request)), new(Held.Code, Input.Kind, Input.Text), HttpContext.RequestAborted);
        Form = "Ask";
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        await read.Refresh();
        await Load();
        this.Say(L["已提出。最晚{0}前答复您。", fmt.Date(Held.Requests.First(r => r.Code == outcome.Code).DueOn)]);
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostCorrectAsync()
    {
        if (!await Load(typed: true))
            return NotFound();
        Form = "Correct";
        if (!ModelState.IsValid)
            return this.Refused([], "Correct");
        var outcome = await correct.Run(current.Required, current.Required.Act(PeopleAccess.Correct, OperationId.Posted(Request)), new(Held.Code, Correct.Name, Correct.Address, Correct.NewPhone) { BornOn = Correct.BornOn }, HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, "Correct");
        this.Say(L["已更正。"]);
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostPhoneAsync()
    {
        if (!await Load())
            return NotFound();
        Form = "Phone";
        var opened = await phone.Run(current.Required, current.Required.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), Held.Code, Way.Page, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        await read.Refresh();
        await Load();
        FullPhone = opened.Values[0];
        return Page();
    }

    /// <summary>All of it as a file, for another program or a lawyer; the full number with it.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        if (!await Load())
            return NotFound();
        Form = "Export";
        var (number, refused) = await NumberForExport();
        if (refused is not null)
            return refused;
        var file = new
        {
            person = Held.Name, exported = Fmt.Iso(clock.GetUtcNow()), phone = number,
            held = Held.Rows.Select(r => new
            {
                what = L[r.Title], name = r.Name is { } n ? L[n] : null, keptUntil = r.Until, keptBy = r.Kept is { } k ? L[k.Article] : null,
                fields = r.Fields.Select(f => new { field = L[f.Title], value = f.Value, purpose = L[f.Handling.Purpose], basis = L[f.Handling.Basis], retention = L[f.Handling.Retention], rule = f.Limit?.Id, limit = f.Limit is { } limit ? L[limit.Limit] : null, source = f.Limit?.Source }),
            }),
            looked = Held.Looked.Select(l => new { at = Fmt.Iso(l.At), who = WhoText(l), post = l.Post, what = l.What.Select(w => L[w]), purpose = L[l.Purpose], way = l.Way.ToString(), reason = l.Reason }),
            notices = Held.Notices.Select(n => new { on = n.Day, what = L[n.Sentence] }),
            requests = Held.Requests.Select(r => new { code = r.Code, kind = r.Kind.ToString(), text = r.Text, asked = r.AskedOn, due = r.DueOn, state = r.State.ToString(), answered = r.AnsweredOn, answer = r.Answer }),
        };
        return File(JsonSerializer.SerializeToUtf8Bytes(file, Json), "application/json", $"hele-{Held.Code}.json");
    }

    /// <summary>The same as one page to read, print and keep; the full number with it.</summary>
    public async Task<IActionResult> OnPostDocumentAsync()
    {
        if (!await Load())
            return NotFound();
        Form = "Document";
        var (number, refused) = await NumberForExport();
        if (refused is not null)
            return refused;
        return File(MyDataDocument.Write(this, number, clock.GetUtcNow(), L, fmt), "text/html; charset=utf-8", $"hele-{Held.Code}.html");
    }

    /// <summary>No act of that name.</summary>
    public IActionResult OnPost() => BadRequest();

    private async Task<(string? Number, IActionResult? Refused)> NumberForExport()
    {
        if (Held.PhoneMasked is null)
            return (null, null);
        var opened = await phone.Run(current.Required, current.Required.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), Held.Code, Way.Export, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return (null, this.Refused(opened.Problems));
        // The look this is stands in the file too.
        await read.Refresh();
        await Load();
        return (opened.Values[0], null);
    }

    /// <param name="typed">True where the posted form's own values stand in the correction.</param>
    private async Task<bool> Load(bool typed = false)
    {
        string? code = null;
        if (Of.Length > 0)
        {
            if (!PublicCode.TryParse(Of, out var parsed))
                return false;
            code = parsed.Text;
        }
        if (await data.Find(current.Required, code, HttpContext.RequestAborted) is not { } held)
            return false;
        Held = held;
        if (!typed)
            (Correct.Name, Correct.Address) = (held.Name, held.Address ?? "");
        return true;
    }

    public sealed class InputModel
    {
        public DataRequestKind? Kind { get; set; }
        public string Text { get; set; } = "";
    }
}
