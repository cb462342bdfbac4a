using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Hele.Civic.Kernel;

namespace Hele.Web.Ui;

/// <summary>
/// The English of every text the web pages speak, read once from <c>en.json</c> (embedded). The key is the Chinese text itself.
/// </summary>
public sealed class TextCatalogue
{
    /// <summary>Between a text and the note that tells two meanings of it apart: <c>L["处理|verb"]</c>. The note is never shown.</summary>
    public const char MeaningMark = '|';

    /// <summary>In an English value, between the form for exactly one and the form for any other count.</summary>
    public const string PluralMark = " || ";

    private readonly FrozenDictionary<string, string> english;
    private readonly bool strict;

    /// <param name="english">Chinese key (with its meaning note, if any) to English text.</param>
    /// <param name="strict">True: a key without English is a programming error and throws. False: Chinese is shown.</param>
    public TextCatalogue(IReadOnlyDictionary<string, string> english, bool strict)
    {
        this.english = english.ToFrozenDictionary(StringComparer.Ordinal);
        this.strict = strict;
    }

    public IReadOnlyCollection<string> Keys => english.Keys;

    public static TextCatalogue Embedded(bool strict)
    {
        using var stream = typeof(TextCatalogue).Assembly.GetManifestResourceStream("en.json")
            ?? throw new InvalidOperationException("en.json is not embedded in " + Assembly.GetExecutingAssembly().GetName().Name);
        return new(JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!, strict);
    }

    /// <summary>The text of <paramref name="key"/> in <paramref name="language"/>; its blanks are still {0}, {1} ….</summary>
    /// <exception cref="KeyNotFoundException">English is asked for, there is none, and the catalogue is strict.</exception>
    public string Find(string key, string language)
    {
        if (language == Language.English)
        {
            if (english.TryGetValue(key, out var text))
                return text;
            if (strict)
                throw new KeyNotFoundException($"en.json has no English for \"{key}\".");
        }

        var mark = key.IndexOf(MeaningMark);
        return mark < 0 ? key : key[..mark];
    }
}

/// <summary>
/// The texts in the language of this request. Injected as <c>L</c>: <c>L["提交诉求"]</c>, <c>L["共{0}件", n]</c>,
/// <c>L["处理|verb"]</c>, <c>L[problem.Sentence]</c>.
/// </summary>
public sealed class Texts(TextCatalogue catalogue, string language)
{
    /// <summary><see cref="Hele.Web.Ui.Language.Chinese"/> or <see cref="Hele.Web.Ui.Language.English"/>.</summary>
    public string Language { get; } = language;

    public string this[string key] => Plural(catalogue.Find(key, Language), 0);

    /// <summary>Fills {0}, {1} …. An English value with a plural mark takes its first form when the first argument is 1.</summary>
    public string this[string key, params object?[] arguments]
    {
        get
        {
            var format = Plural(catalogue.Find(key, Language), arguments is [IConvertible first, ..] && first is not string ? first.ToDouble(CultureInfo.InvariantCulture) : 0);
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i] is Bilingual pair)
                    arguments[i] = this[pair];
            }

            return string.Format(CultureInfo.InvariantCulture, format, arguments);
        }
    }

    public string this[Bilingual text] => text.In(Language);

    private static string Plural(string text, double count)
    {
        var mark = text.IndexOf(TextCatalogue.PluralMark, StringComparison.Ordinal);
        return mark < 0 ? text : count == 1 ? text[..mark] : text[(mark + TextCatalogue.PluralMark.Length)..];
    }
}

/// <summary>The two languages, and which one a request is answered in.</summary>
public static class Language
{
    public const string Chinese = "zh";
    public const string English = "en";
    public const string Cookie = "hele-lang";

    /// <summary>The reader's own choice (cookie), else English when the browser asks for English first, else Chinese.</summary>
    public static string Of(HttpContext? context)
    {
        if (context is null)
            return Chinese;
        return context.Request.Cookies[Cookie] switch
        {
            English => English,
            Chinese => Chinese,
            _ => context.Request.Headers.AcceptLanguage.ToString().TrimStart().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : Chinese,
        };
    }

    /// <summary>The value of the lang attribute: it also decides which of the regional forms of a character a phone draws.</summary>
    public static string Tag(string language) => language == English ? "en" : "zh-CN";
}
