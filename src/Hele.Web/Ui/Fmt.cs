using System.Globalization;

namespace Hele.Web.Ui;

/// <summary>
/// Dates, times and numbers as people read them, in the language of the request. Instants are shown in China time (UTC+8, no
/// summer time). What a form sends and what a <c>datetime</c> attribute holds is always ISO: <see cref="Iso(DateOnly)"/>.
/// </summary>
public sealed class Fmt(Texts L)
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>31 Oct 2026, in Chinese with the characters for year, month and day.</summary>
    public string Date(DateOnly date) => date.ToString(L["yyyy年M月d日"], CultureInfo.InvariantCulture);

    /// <summary>The day it was in China at that instant.</summary>
    public string Date(DateTimeOffset instant) => Date(ChinaDate(instant));

    /// <summary>31 Oct 2026, 09:05, likewise.</summary>
    public string DateTime(DateTimeOffset instant) =>
        instant.ToOffset(China).ToString(L["yyyy年M月d日 HH:mm"], CultureInfo.InvariantCulture);

    /// <summary>09:05</summary>
    public string Time(DateTimeOffset instant) => instant.ToOffset(China).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>12,345</summary>
    public string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>12,345.6: at most <paramref name="digits"/> digits after the point, no trailing zeros.</summary>
    public string Number(decimal number, int digits = 2) =>
        number.ToString("#,0." + new string('#', digits), CultureInfo.InvariantCulture);

    /// <summary>2026-10-31, for date inputs and datetime attributes.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>2026-10-31T09:05:00+08:00, for datetime attributes.</summary>
    public static string Iso(DateTimeOffset instant) => instant.ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The calendar day in China at an instant.</summary>
    public static DateOnly ChinaDate(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(China).DateTime);
}
