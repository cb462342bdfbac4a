namespace Hele.Web.Pages.Shared;

/// <summary>A form that the script of passkeys fills in and sends.</summary>
/// <param name="Action">Where the answer goes.</param>
/// <param name="Ask">Where the question comes from.</param>
/// <param name="NameLabel">Label of a field for the passkey's name; null when it has none.</param>
public sealed record PasskeyForm(string Action, string Ask, string Button, string? NameLabel, string Name = "", string? NameProblem = null);

/// <summary>What the script sends.</summary>
public sealed class PasskeyAnswer
{
    public string Question { get; set; } = "";
    public string Answer { get; set; } = "";

    /// <summary>What its owner calls the passkey, on registering.</summary>
    public string Name { get; set; } = "";

    public Guid Id => Guid.TryParse(Question, out var id) ? id : Guid.Empty;
}
