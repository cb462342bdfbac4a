using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hele.Tests.Ui;

/// <summary>The form, the table and the small pieces, each run as a page runs it and read back as HTML.</summary>
public class HelperTests
{
    private static readonly Texts L = new(TextCatalogue.Embedded(strict: true), Language.Chinese);
    private static readonly Fmt Fmt = new(L);

    private readonly DefaultHttpContext http = new()
    {
        RequestServices = new ServiceCollection().AddLogging().AddAntiforgery().BuildServiceProvider(),
    };

    private readonly ModelStateDictionary state = new();

    [Fact]
    public async Task Render_FieldWithProblem_TiesLabelHintProblemAndControl()
    {
        state.AddModelError("Input.Text", "写得太长了");
        var field = await Field(new Sample { Text = "<b>我家</b>" }, "Input.Text", m => m.Text, f =>
        {
            f.Label = "请说说情况";
            f.Hint = "不用写电话";
            f.Kind = FieldKind.TextArea;
            f.Max = 100;
        });
        var box = field.QuerySelector("textarea")!;
        Assert.Equal("Input.Text", box.GetAttribute("name"));
        Assert.Equal("<b>我家</b>", box.TextContent);
        Assert.Equal("true", box.GetAttribute("aria-invalid"));
        Assert.Equal(box.Id, field.QuerySelector("label")!.GetAttribute("for"));
        foreach (var id in box.GetAttribute("aria-describedby")!.Split(' '))
            Assert.NotNull(field.GetElementById(id));
        Assert.Equal("写得太长了", field.QuerySelector(".problem")!.TextContent);
        Assert.Equal("最多100字", field.QuerySelector(".counter")!.TextContent);
        Assert.False(box.HasAttribute("maxlength"));
    }

    [Fact]
    public async Task Render_UnreadableDate_KeepsWhatWasTyped()
    {
        state.SetModelValue("Input.On", "2026年13月", "2026年13月");
        state.AddModelError("Input.On", "无法识别");
        var field = await Field(new Sample(), "Input.On", m => m.On, f => f.Label = "哪一天");
        Assert.Equal("date", field.QuerySelector("input")!.GetAttribute("type"));
        Assert.Equal("2026年13月", field.QuerySelector("input")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Render_Date_IsWrittenAsIso()
    {
        var field = await Field(new Sample { On = new(2026, 3, 1) }, "Input.On", m => m.On, f => f.To = new(2026, 10, 31));
        Assert.Equal("2026-03-01", field.QuerySelector("input")!.GetAttribute("value"));
        Assert.Equal("2026-10-31", field.QuerySelector("input")!.GetAttribute("max"));
    }

    [Fact]
    public async Task Render_Radios_AreAGroupWithTheChosenOneChecked()
    {
        state.AddModelError("Input.Kind", "请选一项");
        var field = await Field(new Sample { Kind = "water" }, "Input.Kind", m => m.Kind, f =>
        {
            f.Label = "是什么事";
            f.Kind = FieldKind.Radio;
            f.Options = [new("heat", "供暖"), new("water", "水", "自来水和污水")];
        });
        Assert.Equal("是什么事", field.QuerySelector("fieldset > legend")!.TextContent);
        Assert.Equal("water", Assert.Single(field.QuerySelectorAll("input[checked]")).GetAttribute("value"));
        Assert.Contains("Input_Kind_problem", field.QuerySelector("fieldset")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_SelectCheckboxAndPassword_ByTheProperty()
    {
        var select = await Field(new Sample { Kind = "water" }, "Input.Kind", m => m.Kind, f => f.Options = [new("heat", "供暖"), new("water", "水")]);
        Assert.Equal("water", select.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.Equal("", select.QuerySelector("option")!.GetAttribute("value"));

        var check = await Field(new Sample { Open = true }, "Input.Open", m => m.Open, f => f.Label = "同意公开");
        Assert.NotNull(check.QuerySelector("input[type=checkbox][value=true][checked]"));
        Assert.Equal("同意公开", check.QuerySelector("label")!.TextContent);

        var password = await Field(new Sample { Text = "secret" }, "Input.Text", m => m.Text, f => f.Kind = FieldKind.Password);
        Assert.False(password.QuerySelector("input")!.HasAttribute("value"));
    }

    [Fact]
    public async Task Render_FormWithProblems_SummaryLinksToTheFieldsInTheirOrder()
    {
        state.AddModelError("", "别人刚刚处理过");
        state.AddModelError("Input.Text", "写得太长了");
        state.AddModelError("Input.Kind", "请选一项");
        var form = await Form(async context =>
        {
            var kind = await Run(FieldFor(new Sample(), "Input.Kind", m => m.Kind, f => { f.Label = "是什么事"; f.Kind = FieldKind.Radio; f.Options = [new("heat", "供暖")]; }), context);
            var text = await Run(FieldFor(new Sample(), "Input.Text", m => m.Text, f => f.Label = "情况"), context);
            return kind + text;
        });
        var links = form.QuerySelectorAll(".summary[role=alert] a");
        Assert.Equal(["是什么事：请选一项", "情况：写得太长了"], links.Select(a => a.TextContent));
        Assert.All(links, a => Assert.NotNull(form.GetElementById(a.GetAttribute("href")![1..])));
        Assert.Contains("别人刚刚处理过", form.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Form_CarriesTokenAndOperationId()
    {
        var form = await Form(_ => Task.FromResult(""));
        Assert.NotEmpty(form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
        Assert.Equal(7, Guid.Parse(form.QuerySelector("input[name=op]")!.GetAttribute("value")!).Version);
        Assert.Null(form.QuerySelector(".summary"));
    }

    [Fact]
    public async Task Render_FormAfterARefusal_KeepsItsOperationId()
    {
        var op = Guid.CreateVersion7();
        http.Request.Method = "POST";
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(new() { ["op"] = op.ToString() });
        Assert.Equal(op.ToString(), (await Form(_ => Task.FromResult(""))).QuerySelector("input[name=op]")!.GetAttribute("value"));

        http.Request.Form = new FormCollection(new() { ["op"] = "\"><script>" });
        Assert.True(Guid.TryParse((await Form(_ => Task.FromResult(""))).QuerySelector("input[name=op]")!.GetAttribute("value"), out _));
    }

    [Fact]
    public async Task Render_Table_LabelsEveryCellByItsColumn()
    {
        var table = await Table(t => t.Sort = "-due", """
            <tr class="x"><th scope="row"><a href="/a">1</a></th><td><time>t</time></td>
            <td>3</td></tr><tr><th scope="row">2</th><td></td><td><b>9</b></td></tr>
            """);
        Assert.Equal(["编号", "期限", "天数", "编号", "期限", "天数"], table.QuerySelectorAll("tbody > tr > *").Select(c => c.GetAttribute("data-label")!));
        Assert.All(table.QuerySelectorAll("tbody td:nth-child(3)"), c => Assert.True(c.HasAttribute("data-num")));
        Assert.Equal("descending", Assert.Single(table.QuerySelectorAll("th[aria-sort]")).GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Render_TableLinks_KeepTheFilterAndDropThePage()
    {
        http.Request.Path = "/appeals";
        http.Request.QueryString = new("?state=open&after=k9&sort=due");
        var table = await Table(t => { t.Sort = "due"; t.Next = "k&20"; }, "<tr><td>1</td></tr>");
        Assert.Equal("/appeals?state=open&sort=-due", table.QuerySelector("th a.sort")!.GetAttribute("href"));
        Assert.Equal("/appeals?state=open&sort=due&after=k%2620", table.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("/appeals?state=open&sort=due", table.QuerySelector(".paging a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Render_TableWithoutRows_SaysSoAndOffersWhatToDo()
    {
        var table = await Table(t => { t.Empty = "还没有诉求"; t.EmptyAction = "登记一件"; t.EmptyHref = "/appeals/intake"; }, "\n  ");
        Assert.Null(table.QuerySelector("table"));
        Assert.Contains("还没有诉求", table.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/appeals/intake", table.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Render_TimelineEventOfAnotherDay_IsMarkedAsEnteredLater()
    {
        // 16:30 UTC is already the 31st in China.
        var at = new DateTimeOffset(2026, 10, 30, 16, 30, 0, TimeSpan.Zero);
        var timeline = await Html(new TimelineTagHelper(L, Fmt)
        {
            Events = [new("同一天", at) { OnDate = new(2026, 10, 31) }, new("前一天", at) { OnDate = new(2026, 10, 30), Post = "网格员", Reason = "没有网络" }],
        });
        var items = timeline.QuerySelectorAll("ol > li");
        Assert.Null(items[0].QuerySelector(".backfilled"));
        Assert.Equal("补录", items[1].QuerySelector(".backfilled")!.TextContent);
        Assert.Equal(["2026-10-31T00:30:00+08:00", "2026-10-30"], items[1].QuerySelectorAll("time").Select(t => t.GetAttribute("datetime")!));
        Assert.Contains("理由：没有网络", items[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_State_IsWordShapeAndColour()
    {
        var shapes = new HashSet<string>();
        foreach (var tone in Enum.GetValues<Tone>())
        {
            var state = await Html(new StateTagHelper { Tone = tone, Text = "办理中" });
            Assert.Equal("办理中", state.QuerySelector(".state")!.TextContent);
            Assert.True(shapes.Add(state.QuerySelector("svg")!.InnerHtml), $"{tone} has the shape of another tone");
        }
    }

    [Fact]
    public async Task Render_Figure_OpensItsRecordsAndShowsItsBase()
    {
        var figure = await Html(new FigureTagHelper(L) { Title = "满意", Value = "35", Base = "41", Href = "/figures/x" });
        Assert.Equal("满意：35/41", figure.QuerySelector("a[href='/figures/x']")!.TextContent);
        Assert.Equal("—", (await Html(new FigureTagHelper(L) { Title = "不公开" })).QuerySelector("b")!.TextContent);
    }

    [Theory]
    [InlineData(NoticeKind.Error, "alert")]
    [InlineData(NoticeKind.Success, "status")]
    [InlineData(NoticeKind.Info, "note")]
    public async Task Render_Notice_HasItsRole(NoticeKind kind, string role) =>
        Assert.Equal(role, (await Html(new NoticeTagHelper { Kind = kind })).QuerySelector(".notice")!.GetAttribute("role"));

    private sealed class Sample
    {
        public string Text { get; init; } = "";

        public string Kind { get; init; } = "";

        public DateOnly? On { get; init; }

        public bool Open { get; init; }
    }

    private ViewContext View() => new(
        new ActionContext(http, new RouteData(), new ActionDescriptor()),
        new NoView(),
        new ViewDataDictionary(new EmptyModelMetadataProvider(), state),
        new TempDataDictionary(http, new NoTempData()),
        TextWriter.Null,
        new HtmlHelperOptions());

    private FieldTagHelper FieldFor<T>(Sample model, string name, System.Linq.Expressions.Expression<Func<Sample, T>> property, Action<FieldTagHelper> set)
    {
        var explorer = new EmptyModelMetadataProvider().GetModelExplorerForType(typeof(T), property.Compile()(model));
        var field = new FieldTagHelper(L) { ViewContext = View(), For = new ModelExpression(name, explorer) };
        set(field);
        return field;
    }

    private async Task<IDocument> Field<T>(Sample model, string name, System.Linq.Expressions.Expression<Func<Sample, T>> property, Action<FieldTagHelper> set) =>
        await Html(FieldFor(model, name, property, set));

    private async Task<IDocument> Form(Func<TagHelperContext, Task<string>> children)
    {
        var form = new FormTagHelper(http.RequestServices.GetRequiredService<IAntiforgery>(), L) { ViewContext = View() };
        return Parse(await Run(form, NewContext(), children));
    }

    private async Task<IDocument> Table(Action<TableTagHelper> set, string rows)
    {
        var table = new TableTagHelper(L) { ViewContext = View(), Caption = "诉求" };
        set(table);
        return Parse(await Run(table, NewContext(), async context =>
        {
            ColumnTagHelper[] columns = [new() { Label = "编号" }, new() { Label = "期限", Sort = "due" }, new() { Label = "天数", Numeric = true }];
            var shown = "";
            foreach (var column in columns)
                shown += await Run(column, context);
            return shown + rows;
        }));
    }

    private static async Task<IDocument> Html(ITagHelper helper) => Parse(await Run(helper, NewContext()));

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static TagHelperContext NewContext() => new([], new Dictionary<object, object>(), Guid.NewGuid().ToString("N"));

    private static async Task<string> Run(ITagHelper helper, TagHelperContext context, Func<TagHelperContext, Task<string>>? children = null)
    {
        var output = new TagHelperOutput("h-x", [], async (_, _) =>
        {
            var content = new DefaultTagHelperContent();
            if (children is not null)
                content.SetHtmlContent(await children(context));
            return content;
        });
        await helper.ProcessAsync(context, output);
        using var writer = new StringWriter();
        output.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }

    private sealed class NoView : IView
    {
        public string Path => "";

        public Task RenderAsync(ViewContext context) => Task.CompletedTask;
    }

    private sealed class NoTempData : ITempDataProvider
    {
        public IDictionary<string, object> LoadTempData(HttpContext context) => new Dictionary<string, object>();

        public void SaveTempData(HttpContext context, IDictionary<string, object> values)
        {
        }
    }
}
