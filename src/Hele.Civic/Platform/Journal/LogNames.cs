using Hele.Evidence;

namespace Hele.Civic.Platform.Journal;

/// <summary>How a log agrees with its pin.</summary>
internal enum PinState
{
    /// <summary>By the pin's name and size it does; the root at the pin's size has to be compared.</summary>
    Compare,

    /// <summary>Nothing is pinned and nothing has to be, or the log itself declares this pin as that of what was lost.</summary>
    Agrees,

    /// <summary>A log with entries and no pin.</summary>
    Missing,

    /// <summary>The pin isn't one this installation signed.</summary>
    Damaged,

    /// <summary>The pin is of more entries than the log has.</summary>
    Longer,

    /// <summary>The pin is of an epoch the log doesn't know yet.</summary>
    Later,

    /// <summary>The pin is of entries that a declared restore lost, and isn't the pin that was declared.</summary>
    Lost,
}

/// <summary>What a jurisdiction's log is called: its own name and those of its later epochs, as the log declares them.</summary>
public sealed record LogNames(string Code, string First, IReadOnlyList<LogEpoch> Epochs)
{
    /// <summary>The name it signs under now.</summary>
    public string Now => Epochs is [.., var last] ? last.Origin : First;

    public int Number => Epochs is [.., var last] ? last.Number : 1;

    /// <summary>The name that a checkpoint of this size is signed under: what was signed before a restore can be signed again the same.</summary>
    public string At(long size) => Epochs.LastOrDefault(e => e.Kept < size)?.Origin ?? First;

    /// <summary>Whether a name is one this log has or had, those of epochs included that a restore lost.</summary>
    public bool Knows(string origin) => EpochName.TryNumber(origin, First, out var number) && number <= Number;

    /// <summary>What the pin's name and size say of a log of this size.</summary>
    internal PinState Judge(LogService.PinRead read, long size)
    {
        if (read.Wrong is not null)
            return PinState.Damaged;
        var last = Epochs is [.., var newest] ? newest : null;
        if (read.Pin is not { } pin)
            return size == 0 || (last is { OldPin: null } && size == last.Kept + 1) ? PinState.Agrees : PinState.Missing;
        if (!EpochName.TryNumber(pin.Origin, First, out var number))
            return PinState.Damaged;
        if (number == Number)
            return pin.Size > size ? PinState.Longer : PinState.Compare;
        // A crash between the declaration and its pin leaves the old one there: the log names it, so nothing is hidden by moving on.
        if (last?.OldPin is not null && last.OldPin == read.Text)
            return PinState.Agrees;
        if (number > Number)
            return PinState.Later;
        return Epochs.First(e => e.Number > number).Kept >= pin.Size ? PinState.Compare : PinState.Lost;
    }
}
