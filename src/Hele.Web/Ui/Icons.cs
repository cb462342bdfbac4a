namespace Hele.Web.Ui;

/// <summary>What a state or an event means, so that colour, shape and word always go together.</summary>
public enum Tone
{
    Neutral,
    Progress,
    Done,
    Late,
    Refused,
}

/// <summary>Small drawings, all 16 by 16, in the colour of the text around them, hidden from screen readers: a word always stands beside.</summary>
public static class Icons
{
    public const string Ring = """<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2"/>""";
    public const string Half = """<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>""";
    public const string Check = """<path d="M2.5 8.5l3.6 3.7L13.5 4" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>""";
    public const string Warning = """<path d="M8 1.8L15 14H1z" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/><path d="M8 6v4M8 11.2v1.4" stroke="currentColor" stroke-width="1.8"/>""";
    public const string Cross = """<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>""";
    public const string Info = """<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 7v4.5M8 4v1.6" stroke="currentColor" stroke-width="1.8"/>""";
    public const string Bell = """<path d="M3 11.5h10l-1.2-1.8V6.6a3.8 3.8 0 0 0-7.6 0v3.1z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/><path d="M6.6 13.6a1.5 1.5 0 0 0 2.8 0" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>""";
    public const string Back = """<path d="M10 3L5 8l5 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>""";
    public const string Down = """<path d="M3 6l5 5 5-5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>""";
    public const string Up = """<path d="M3 10l5-5 5 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>""";
    public const string Both = """<path d="M4.5 6.5L8 3l3.5 3.5M4.5 9.5L8 13l3.5-3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>""";

    public static string Svg(string drawing) => $"""<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{drawing}</svg>""";

    public static string Of(Tone tone) => Svg(tone switch
    {
        Tone.Progress => Half,
        Tone.Done => Check,
        Tone.Late => Warning,
        Tone.Refused => Cross,
        _ => Ring,
    });

    /// <summary>The name of a tone in class names.</summary>
    public static string Class(this Tone tone) => tone.ToString().ToLowerInvariant();
}
