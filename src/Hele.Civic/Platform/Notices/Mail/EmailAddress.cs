using System.Globalization;
using System.Text.RegularExpressions;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>E-mail addresses: one form to write them in, and a shortened one for pages.</summary>
public static partial class EmailAddress
{
    public const int Length = 254, MaskedLength = 260;

    public static readonly Problem Bad = new("email.bad", ("邮箱地址不对，要像 name@example.cn。", "That is no e-mail address: it looks like name@example.com."), "Address");

    /// <summary>The address with its host in small ASCII letters; null when it is none. Nothing in it can end a line or begin another header.</summary>
    public static string? Normalize(string? typed)
    {
        var text = ChineseText.Normalize(typed);
        var at = text.LastIndexOf('@');
        if (at < 1 || !Local().IsMatch(text[..at]))
            return null;
        string host;
        try
        {
            host = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text[(at + 1)..]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
        var address = text[..at] + "@" + host;
        return host.Contains('.', StringComparison.Ordinal) && Host().IsMatch(host) && address.Length <= Length ? address : null;
    }

    /// <summary>l***@example.cn: its owner knows it again, nobody else can write to it.</summary>
    public static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : address[0] + "***" + address[at..];
    }

    /// <summary>What a server said, in one line, without anybody's address.</summary>
    public static string WithoutAddresses(string said, int most)
    {
        var line = ChineseText.Line(Anybody().Replace(said, "***"));
        return line.Length <= most ? line : line[..most];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"\A[a-z0-9-]+(\.[a-z0-9-]+)+\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"[^\s<>""]+@[^\s<>"",;:]+")]
    private static partial Regex Anybody();
}
