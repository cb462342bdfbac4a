using Hele.Web.Ui;

namespace Hele.Web.Pages.Notices;

/// <summary>Addresses of the notice pages.</summary>
public static class NoticeLinks
{
    public const string List = "/notices", Choices = "/notices/choices", Digest = "/notices/digest", Email = "/notices/email", Letters = "/mail";

    public static string Letter(string code) => $"{Letters}#m-{code}";

    public static string DigestOf(DateOnly day) => $"{Digest}?on={Fmt.Iso(day)}";
}
