using System.Text;
using System.Text.Encodings.Web;
using Hele.Civic.Platform.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary>
/// <c>&lt;h-form&gt;</c>: a POST form with antiforgery token, operation id and, when something was refused, a summary that links to the fields; with <c>asks="true"</c> one that only asks, by its address.
/// Browser validation is off: the program says what is wrong, in its own words and the reader's language.
/// </summary>
[HtmlTargetElement("h-form")]
public sealed class FormTagHelper(IAntiforgery antiforgery, Texts L) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Where it is sent; by default the page itself.</summary>
    public string? Action { get; set; }

    /// <summary>The operation id. By default the one that was posted (a refused attempt keeps its id; one that was sent before gets an id to send it as new), else a new one.</summary>
    public Guid? Op { get; set; }

    /// <summary>True for a form that only asks something: what is typed goes into the address, and nothing is done.</summary>
    public bool Asks { get; set; }

    /// <summary>True for a form that sends files.</summary>
    public bool Files { get; set; }

    /// <summary>The form's sections are shown one at a time (only with script).</summary>
    public bool Steps { get; set; }

    /// <summary>Warn before leaving with unsent text (only with script).</summary>
    public bool Guard { get; set; } = true;

    /// <summary>False when the page shows the summary of this form's problems elsewhere, or has a second form.</summary>
    public bool Summary { get; set; } = true;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var fields = new FormFields();
        context.Items[typeof(FormFields)] = fields;
        var children = await output.GetChildContentAsync();

        output.TagName = "form";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("method", Asks ? "get" : "post");
        output.Attributes.SetAttribute("action", Action ?? LocalPath.OfPage(ViewContext.HttpContext));
        output.Attributes.SetAttribute("novalidate", "novalidate");
        output.Attributes.SetAttribute("accept-charset", "utf-8");
        output.AddClass("form", HtmlEncoder.Default);
        if (Files)
            output.Attributes.SetAttribute("enctype", "multipart/form-data");
        if (Steps)
            output.Attributes.SetAttribute("data-steps", "");
        if (Guard && !Asks)
            output.Attributes.SetAttribute("data-guard", "");
        // A form that makes something new on a page of its own: the script gives it its operation back when the reader comes back to it.
        if (Action is null && Guard && !Asks)
            output.Attributes.SetAttribute("data-once", "");

        if (Summary)
            output.Content.AppendHtml(SummaryOf(fields));
        if (!Asks)
        {
            var token = antiforgery.GetAndStoreTokens(ViewContext.HttpContext);
            Hidden(output.Content, token.FormFieldName, token.RequestToken!);
            Hidden(output.Content, UnsentForm.OperationField, (Op ?? (Refusals.OffersToSendAsNew(ViewContext.HttpContext) ? OperationIds.ToSendAsNew() : Posted()) ?? OperationIds.New()).ToString());
        }
        output.Content.AppendHtml(children);
    }

    private static void Hidden(TagHelperContent content, string name, string value) =>
        content.AppendHtml("<input type=\"hidden\" name=\"").AppendHtml(name).AppendHtml("\" value=\"").Append(value).AppendHtml("\">");

    private Guid? Posted()
    {
        var request = ViewContext.HttpContext.Request;
        return request.HasFormContentType && Guid.TryParse(request.Form[UnsentForm.OperationField], out var id) ? id : null;
    }

    private IHtmlContent SummaryOf(FormFields fields)
    {
        var problems = new HtmlContentBuilder();
        var count = 0;
        foreach (var field in fields.All.Where(f => f.Problem is not null))
        {
            count++;
            problems.AppendHtml("<li><a href=\"#").Append(field.Anchor).AppendHtml("\">")
                .Append(field.Label.Length == 0 ? field.Problem! : L["{0}：{1}", field.Label, field.Problem]).AppendHtml("</a></li>");
        }

        var shown = fields.All.Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, entry) in ViewContext.ViewData.ModelState)
        {
            if (shown.Contains(key))
                continue;
            foreach (var error in entry.Errors)
            {
                count++;
                problems.AppendHtml("<li>").Append(error.ErrorMessage).AppendHtml("</li>");
            }
        }

        if (count == 0)
            return HtmlString.Empty;
        return new HtmlContentBuilder()
            .AppendHtml("<div class=\"summary\" role=\"alert\" tabindex=\"-1\"><p class=\"summary-title\">").AppendHtml(Icons.Svg(Icons.Warning))
            // A password is never sent back to the page.
            .Append(Asks || fields.All.Any(f => f.IsPassword) ? L["没有办成："] : L["还没有提交成功，您填写的内容都在。请看这里："]).AppendHtml("</p><ul>").AppendHtml(problems).AppendHtml("</ul></div>");
    }
}

/// <summary>The fields of a form in their order, as they were rendered.</summary>
internal sealed class FormFields
{
    public List<Field> All { get; } = [];

    public sealed record Field(string Name, string Anchor, string Label, string? Problem, bool IsPassword);
}

/// <summary>One choice of a select, a radio group or a group of check boxes.</summary>
/// <param name="Hint">A second, quieter line (radio and check boxes only).</param>
public sealed record Option(string Value, string Text, string? Hint = null)
{
    /// <summary>Heading under which a select lists it; choices of one group stand together.</summary>
    public string? Group { get; init; }

    /// <summary>One choice for every value of an enum, in the order of its declaration, sent by its name.</summary>
    public static IReadOnlyList<Option> Of<TEnum>(Func<TEnum, string> text, Func<TEnum, string?>? hint = null)
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(v => new Option(v.ToString(), text(v), hint?.Invoke(v)))];
}

public enum FieldKind
{
    /// <summary>By the property: bool → Checkbox, DateOnly → Date, options given → Select, else Text.</summary>
    Auto,
    Text,
    TextArea,
    Select,
    Date,
    Radio,
    Checkbox,

    /// <summary>Several of the options; the property is a list of strings or enum values.</summary>
    Checks,
    Password,
    Number,
    Phone,
    File,
    Hidden,
}

/// <summary>
/// <c>&lt;h-field for="Input.Text" label=… /&gt;</c>: label, hint, control and problem, tied together for screen readers. What was typed stays,
/// even when it could not be read.
/// </summary>
[HtmlTargetElement("h-field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(Texts L) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;

    public string Label { get; set; } = "";

    /// <summary>One sentence under the label: what is expected, said before it goes wrong.</summary>
    public string? Hint { get; set; }

    /// <summary>Replaces the problem found in the model state.</summary>
    public string? Problem { get; set; }

    public FieldKind Kind { get; set; }

    public IEnumerable<Option>? Options { get; set; }

    /// <summary>Marks the field as optional; everything else is expected to be filled in.</summary>
    public bool Optional { get; set; }

    /// <summary>The most characters of a text area; shown and counted down, never cut off. 0: no limit.</summary>
    public int Max { get; set; }

    /// <summary>Lines of a text area.</summary>
    public int Rows { get; set; } = 5;

    /// <summary>Limits of a date.</summary>
    public DateOnly? From { get; set; }

    /// <inheritdoc cref="From"/>
    public DateOnly? To { get; set; }

    /// <summary>The text of a select's empty first choice; by default "please choose". Empty: there is no empty choice.</summary>
    public string? Choose { get; set; }

    /// <summary>A short box for a short answer.</summary>
    public bool Short { get; set; }

    /// <summary>The browser's hint for filling in, say <c>name</c>, <c>username</c>, <c>current-password</c>.</summary>
    public string? Autocomplete { get; set; }

    public string? Inputmode { get; set; }

    public bool Readonly { get; set; }

    /// <summary>File types of a file field, say <c>image/*,.pdf</c>.</summary>
    public string? Accept { get; set; }

    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        ViewContext.ViewData.ModelState.TryGetValue(name, out var entry);
        var problem = Problem ?? entry?.Errors.FirstOrDefault()?.ErrorMessage;
        var kind = Kind != FieldKind.Auto ? Kind : Guess();
        var choices = Options?.ToList() ?? [];
        var values = Values(kind, entry);
        var value = values.Count > 0 ? values[0] : "";

        output.TagName = null;
        var html = new Html();
        if (kind == FieldKind.Hidden)
        {
            output.Content.SetHtmlContent(html.Raw("<input type=\"hidden\"").Attr("name", name).Attr("value", value).Raw(">").Done());
            return;
        }

        var group = kind is FieldKind.Radio or FieldKind.Checks;
        // A link to a group leads to its first choice: a fieldset can't take the focus.
        var anchor = group && choices.Count > 0 ? id + "_0" : id;
        if (context.Items.TryGetValue(typeof(FormFields), out var form))
            ((FormFields)form).All.Add(new(name, anchor, Label, problem, kind == FieldKind.Password));

        var about = string.Join(' ', new[]
        {
            Hint is null ? null : id + "_hint",
            problem is null ? null : id + "_problem",
            kind == FieldKind.TextArea && Max > 0 ? id + "_count" : null,
        }.OfType<string>());

        html.Raw(group ? "<fieldset" : "<div").Attr("class", "field" + (problem is null ? "" : " has-problem") + (Short ? " short" : ""));
        if (group)
            html.Attr("aria-describedby", about);
        html.Raw(">");

        if (kind == FieldKind.Checkbox)
        {
            html.Raw("<label class=\"choice\"").Attr("for", id).Raw("><input type=\"checkbox\" value=\"true\"").Attr("id", id).Attr("name", name)
                .Flag("checked", string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
            State(html, problem, about, required: false).Raw("><span>").Text(Label).Raw("</span></label>");
            Notes(html, id, problem);
        }
        else
        {
            html.Raw(group ? "<legend class=\"label\"" : "<label class=\"label\"").Attr("for", group ? null : id).Raw(">").Text(Label);
            if (Optional)
                html.Raw(" <span class=\"optional\">").Text(L["（选填）"]).Raw("</span>");
            html.Raw(group ? "</legend>" : "</label>");
            Notes(html, id, problem);
            Control(html, kind, id, name, value, values, choices, problem, about);
            if (kind == FieldKind.TextArea && Max > 0)
            {
                html.Raw("<p class=\"counter\"").Attr("id", id + "_count").Attr("data-counts", id).Attr("data-max", Max.ToString())
                    .Attr("data-left", L["还可以写{0}字"].Replace("{0}", "#")).Attr("data-over", L["超出{0}字，请删减"].Replace("{0}", "#"))
                    .Raw(">").Text(L["最多{0}字", Max]).Raw("</p>");
            }
        }

        html.Raw(group ? "</fieldset>" : "</div>");
        output.Content.SetHtmlContent(html.Done());
    }

    private void Notes(Html html, string id, string? problem)
    {
        if (Hint is not null)
            html.Raw("<p class=\"hint\"").Attr("id", id + "_hint").Raw(">").Text(Hint).Raw("</p>");
        if (problem is not null)
            html.Raw("<p class=\"problem\"").Attr("id", id + "_problem").Raw(">").Raw(Icons.Svg(Icons.Warning)).Raw("<span>").Text(problem).Raw("</span></p>");
    }

    private void Control(Html html, FieldKind kind, string id, string name, string value, IReadOnlyList<string> values, List<Option> choices, string? problem, string about)
    {
        switch (kind)
        {
            case FieldKind.TextArea:
                html.Raw("<textarea").Attr("id", id).Attr("name", name).Attr("rows", Rows.ToString()).Attr("autocomplete", Autocomplete).Flag("readonly", Readonly);
                // The line break after the tag is dropped by the parser, so that a text that begins with one keeps it.
                State(html, problem, about, !Optional).Raw(">\n").Text(value).Raw("</textarea>");
                break;

            case FieldKind.Select:
                html.Raw("<select").Attr("id", id).Attr("name", name).Attr("autocomplete", Autocomplete);
                State(html, problem, about, !Optional).Raw(">");
                if (Choose != "")
                    html.Raw("<option value=\"\">").Text(Choose ?? L["请选择"]).Raw("</option>");
                string? open = null;
                foreach (var choice in choices)
                {
                    if (choice.Group != open)
                    {
                        html.Raw(open is null ? "" : "</optgroup>");
                        if ((open = choice.Group) is not null)
                            html.Raw("<optgroup").Attr("label", open).Raw(">");
                    }
                    html.Raw("<option").Attr("value", choice.Value).Flag("selected", choice.Value == value).Raw(">").Text(choice.Text).Raw("</option>");
                }
                html.Raw(open is null ? "" : "</optgroup>").Raw("</select>");
                break;

            case FieldKind.Radio or FieldKind.Checks:
                html.Raw("<div class=\"choices\">");
                for (var i = 0; i < choices.Count; i++)
                {
                    var choice = choices[i];
                    var choiceId = $"{id}_{i}";
                    html.Raw("<label class=\"choice\"").Attr("for", choiceId).Raw("><input").Attr("type", kind == FieldKind.Radio ? "radio" : "checkbox")
                        .Attr("id", choiceId).Attr("name", name).Attr("value", choice.Value).Flag("checked", values.Contains(choice.Value));
                    State(html, problem, about: "", required: false).Raw("><span>").Text(choice.Text);
                    if (choice.Hint is not null)
                        html.Raw("<small>").Text(choice.Hint).Raw("</small>");
                    html.Raw("</span></label>");
                }

                html.Raw("</div>");
                break;

            default:
                var type = kind switch
                {
                    FieldKind.Date => "date",
                    FieldKind.Password => "password",
                    FieldKind.Phone => "tel",
                    FieldKind.File => "file",
                    _ => "text",
                };
                html.Raw("<input").Attr("type", type).Attr("id", id).Attr("name", name)
                    .Attr("autocomplete", Autocomplete)
                    // Not type=number: a wheel or an arrow key changes it unseen.
                    .Attr("inputmode", Inputmode ?? (kind == FieldKind.Number ? "decimal" : null))
                    .Attr("accept", Accept).Flag("multiple", Multiple).Flag("readonly", Readonly);
                if (kind is not (FieldKind.Password or FieldKind.File))
                    html.Attr("value", value);
                if (kind == FieldKind.Date)
                    html.Attr("min", From is { } from ? Fmt.Iso(from) : null).Attr("max", To is { } to ? Fmt.Iso(to) : null);
                State(html, problem, about, !Optional).Raw(">");
                break;
        }
    }

    private static Html State(Html html, string? problem, string about, bool required) => html
        .Attr("aria-describedby", about.Length == 0 ? null : about)
        .Attr("aria-invalid", problem is null ? null : "true")
        .Flag("required", required);

    private FieldKind Guess()
    {
        var type = Nullable.GetUnderlyingType(For.ModelExplorer.ModelType) ?? For.ModelExplorer.ModelType;
        return type == typeof(bool) ? FieldKind.Checkbox
            : type == typeof(DateOnly) ? FieldKind.Date
            : Options is null ? FieldKind.Text
            : type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? FieldKind.Checks
            : FieldKind.Select;
    }

    private static IReadOnlyList<string> AsSent(object? value) => value switch
    {
        null => [],
        string text => [text],
        DateOnly date => [Fmt.Iso(date)],
        bool yes => [yes ? "true" : "false"],
        System.Collections.IEnumerable several => [.. several.Cast<object?>().SelectMany(AsSent)],
        IFormattable number => [number.ToString(null, System.Globalization.CultureInfo.InvariantCulture)],
        _ => [value.ToString() ?? ""],
    };

    private IReadOnlyList<string> Values(FieldKind kind, ModelStateEntry? entry)
    {
        if (kind is FieldKind.Checks && entry?.RawValue is string[] several)
            return several;
        return entry?.RawValue is not null && entry.AttemptedValue is { } typed ? [typed] : AsSent(For.Model);
    }
}

/// <summary>Builds a piece of HTML as text: values are encoded by <see cref="Text"/> and <see cref="Attr"/>, markup is <see cref="Raw"/>.</summary>
internal sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
    private readonly StringBuilder text = new();

    public Html Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    public Html Text(string? value)
    {
        text.Append(Encoder.Encode(value ?? ""));
        return this;
    }

    /// <summary>An attribute; none when the value is null.</summary>
    public Html Attr(string name, string? value)
    {
        if (value is not null)
            text.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        return this;
    }

    public Html Flag(string name, bool set)
    {
        if (set)
            text.Append(' ').Append(name);
        return this;
    }

    public HtmlString Done() => new(text.ToString());

    public override string ToString() => text.ToString();
}

/// <summary><c>&lt;h-actions&gt;</c>: the buttons of a form or a record; on the phone a bar at the lower edge.</summary>
[HtmlTargetElement("h-actions")]
public sealed class ActionsTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("actions", HtmlEncoder.Default);
    }
}
