using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// Which passwords may be chosen. Refused are the commonest ones (<c>data/common-passwords.txt</c>), and those in which nothing much is left
/// after taking out the words everybody here thinks of first (<c>data/password-words.csv</c>), one's own names, dates, and runs along the keyboard.
/// </summary>
public static partial class PasswordRules
{
    /// <summary>Longest, so that hashing can't be made to take minutes.</summary>
    public const int MaxLength = 128;

    /// <summary>Characters that must be left when words and patterns are taken out.</summary>
    public const int OwnCharacters = 6;

    public static readonly Problem TooShort = new("sign-in.too-short", ("新密码至少{0}个字符。", "The new password has at least {0} characters."), "NewPassword");
    public static readonly Problem TooLong = new("sign-in.too-long", ("密码最多128个字符。", "A password has at most 128 characters."), "NewPassword");
    public static readonly Problem TooPlain = new("sign-in.too-plain", ("新密码要有大写字母、小写字母、数字、其他符号中的{0}种。", "The new password needs {0} of: capitals, small letters, digits, other signs."), "NewPassword");
    public static readonly Problem TooCommon = new("sign-in.too-common", ("这个密码太常见，容易被猜到，请换一个。", "This password is too common and easily guessed. Please choose another."), "NewPassword");
    public static readonly Problem TooEasy = new("sign-in.too-easy",
        ("这个密码主要由常用词、名字、日期或键盘上相邻的键组成，容易被猜到，请换一个，例如一句只有您知道的话。", "This password is mostly common words, names, dates or neighbouring keys and easily guessed. Please choose another, such as a sentence only you know."), "NewPassword");

    public static readonly Problem Breached = new("sign-in.breached",
        ("这个密码在别处泄露过，别人会拿它来试，请换一个。", "This password was leaked somewhere, and others will try it. Please choose another."), "NewPassword");

    private static readonly Lazy<FrozenSet<string>> Common = new(() => File.ReadLines(ReferenceData.Path("common-passwords.txt")).ToFrozenSet(StringComparer.Ordinal));
    private static readonly Lazy<string[]> Words = new(() => [.. Csv.Load(ReferenceData.Path("password-words.csv")).Select(r => r["word"]).OrderByDescending(w => w.Length)]);

    /// <summary>Rows and columns of the keyboard, and the sequences everybody knows, in both directions.</summary>
    private static readonly string[] Runs =
    [
        .. new[] { "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp", "147258369", "123qweasdzxc" }
            .SelectMany(r => new[] { r, new string([.. r.Reverse()]) }),
    ];

    /// <param name="names">Names that belong to whoever chooses it: the sign-in name, the person's.</param>
    public static IReadOnlyList<Problem> Check(SignInProfile profile, string chosen, params IEnumerable<string?> names)
    {
        var length = ChineseText.Length(chosen);
        if (length < profile.MinLength)
            return [TooShort.With(profile.MinLength)];
        if (chosen.Length > MaxLength)
            return [TooLong];
        var problems = new List<Problem>();
        if (Classes(chosen) < profile.CharacterClasses)
            problems.Add(TooPlain.With(profile.CharacterClasses));
        var small = chosen.ToLowerInvariant();
        if (Common.Value.Contains(small))
            problems.Add(TooCommon);
        else if (ChineseText.Length(WithoutPatterns(small, names)) < OwnCharacters)
            problems.Add(TooEasy);
        return problems;
    }

    private static int Classes(string chosen) =>
        (chosen.Any(char.IsUpper) ? 1 : 0) + (chosen.Any(char.IsLower) ? 1 : 0) + (chosen.Any(char.IsDigit) ? 1 : 0) + (chosen.Any(c => !char.IsUpper(c) && !char.IsLower(c) && !char.IsDigit(c)) ? 1 : 0);

    private static string WithoutPatterns(string small, IEnumerable<string?> names)
    {
        var left = small;
        foreach (var word in names.OfType<string>().SelectMany(n => n.ToLowerInvariant().Split(['-', '_', '.', '@', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 2).OrderByDescending(w => w.Length).Concat(Words.Value))
            left = left.Replace(word, "\n", StringComparison.Ordinal);
        left = WithoutRuns(left);
        left = Dates().Replace(left, "\n");
        left = Repeats().Replace(left, "$1");
        return string.Concat(left.Where(c => c != '\n'));
    }

    /// <summary>Takes out stretches of four or more that stand in one of the runs.</summary>
    private static string WithoutRuns(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var longest = Runs.Max(run => Enumerable.Range(4, Math.Max(0, text.Length - at - 3)).TakeWhile(n => run.Contains(text.Substring(at, n), StringComparison.Ordinal)).LastOrDefault());
            if (longest >= 4)
                text = text[..at] + "\n" + text[(at + longest)..];
        }
        return text;
    }

    /// <summary>Days as 19900815, 1990-8-15, and years; whatever one sign stands between the numbers.</summary>
    [GeneratedRegex(@"(?:19|20)\d\d\D?(?:0?[1-9]|1[0-2])\D?(?:0?[1-9]|[12]\d|3[01])|(?:19|20)\d\d")]
    private static partial Regex Dates();

    /// <summary>The same one, two or three characters over and over.</summary>
    [GeneratedRegex(@"(.{1,3}?)\1{2,}")]
    private static partial Regex Repeats();
}
