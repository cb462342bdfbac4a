namespace Hele.Web.Pages.People;

/// <summary>What is typed to correct an entry, by the counter or by the person themselves.</summary>
public sealed class CorrectInput
{
    public string Name { get; set; } = "";
    public string Address { get; set; } = "";

    /// <summary>Empty leaves the number as it is.</summary>
    public string Phone { get; set; } = "";

    /// <summary>Takes the number away.</summary>
    public bool NoPhone { get; set; }

    /// <summary>Null leaves what is held.</summary>
    public DateOnly? BornOn { get; set; }

    /// <summary>The number as the operation takes it: null leaves it, empty takes it away.</summary>
    public string? NewPhone => Phone.Trim().Length > 0 ? Phone : NoPhone ? "" : null;
}
