namespace Hele.Web.Pages.Appeals;

/// <summary>The key of a list's page in its address. One that can't be read is the first page.</summary>
public static class PageKey
{
    public static Guid? Of(string? text) => Guid.TryParse(text, out var key) ? key : null;
}
