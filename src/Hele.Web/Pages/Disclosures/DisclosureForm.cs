using Hele.Civic.Disclosures;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Disclosures;

/// <summary>What is typed of a disclosure: a field for each of its kind and no other.</summary>
public sealed class DisclosureForm
{
    public string Title { get; set; } = "";
    public Dictionary<string, string?> Head { get; set; } = [];
    public string Lines { get; set; } = "";
    public bool Checked { get; set; }

    /// <summary>The revision that stood on the page.</summary>
    public int Seen { get; set; }

    public string Reason { get; set; } = "";

    public DisclosureTyped Typed => new(Title, Head, Lines, Checked);

    /// <summary>A box for every field of the kind, also where nothing was sent.</summary>
    public void Prepare(DisclosureKind kind)
    {
        foreach (var field in kind.Head)
            Head.TryAdd(field.Code, "");
    }

    /// <summary>What stands there, to be changed.</summary>
    public void Take(DisclosureKind kind, DisclosureContent? content, string? title, int revision)
    {
        (Title, Seen) = (title ?? "", revision);
        foreach (var field in kind.Head)
            Head[field.Code] = content?[field.Code] is { } value ? DisclosureContent.Typed(field.Type, value) : "";
        Lines = content?.TypedLines(kind) ?? "";
    }
}

/// <summary>The fields of a form about a disclosure.</summary>
/// <param name="Prefix">The page's property that holds the form.</param>
public sealed record FieldsView(DisclosureKind Kind, DisclosureForm Form, string Prefix, bool HasTitle, bool AsksWhetherChecked)
{
    public string Columns(Texts L) => string.Join(" | ", Kind.Columns.Select(c => L[c.Title] + (c.IsRequired ? "" : L["（选填）"])));
}
