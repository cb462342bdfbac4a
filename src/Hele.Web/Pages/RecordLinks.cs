using Hele.Civic.Appeals;
using Hele.Web.Pages.Appeals;

namespace Hele.Web.Pages;

/// <summary>The page of a record, by its kind and public code: for lists that gather records of several modules.</summary>
public static class RecordLinks
{
    private static readonly Dictionary<Type, Func<string, string>> Pages = new()
    {
        [typeof(Appeal)] = AppealLinks.Matter,
        [typeof(AppealPublication)] = AppealLinks.Publication,
    };

    public static string Of(Type record, string code) => Pages[record](code);
}
