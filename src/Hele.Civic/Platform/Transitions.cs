using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Platform;

/// <summary>One line of a life cycle: from this state, this act, by who holds the permission, leads to that state.</summary>
/// <param name="From">State before; null for the act that creates the record.</param>
/// <param name="Act">Stable name of the act, e.g. <c>accept</c>.</param>
/// <param name="Needs">What the act must bring, said to a reader ("答复内容").</param>
/// <param name="DeadlineRule">The rule whose clock starts on entering the new state; null for none.</param>
public sealed record Transition(string? From, string Act, string To, Permission Permission, Bilingual Needs, string? DeadlineRule = null);

/// <summary>
/// A life cycle: the one table that the entity, the buttons, the generated diagram and the exhaustive test read.
/// An illegal transition is refused with a reason, never ignored.
/// </summary>
public abstract class Transitions
{
    public abstract string Name { get; }
    public abstract Bilingual Title { get; }
    public abstract IReadOnlyList<Transition> Lines { get; }
    public abstract IReadOnlyList<string> States { get; }
    public abstract Bilingual StateTitle(string state);
    public IReadOnlyList<string> Acts => [.. Lines.Select(l => l.Act).Distinct()];

    /// <summary>The life cycle as a Mermaid state diagram.</summary>
    public string Diagram()
    {
        var text = new System.Text.StringBuilder("stateDiagram-v2\n");
        foreach (var state in States)
            text.Append($"  state \"{StateTitle(state).En}\" as {state}\n");
        foreach (var line in Lines)
            text.Append($"  {line.From ?? "[*]"} --> {line.To}: {line.Act}\n");
        foreach (var end in States.Where(s => Lines.All(l => l.From != s)))
            text.Append($"  {end} --> [*]\n");
        return text.ToString();
    }
}

/// <param name="name">The record's type, in lower case, e.g. <c>appeal</c>.</param>
/// <param name="titles">Every state with its title; a state without one stops the start.</param>
public sealed class Transitions<TState>(string name, Bilingual title, IReadOnlyDictionary<TState, Bilingual> titles,
    IReadOnlyList<(TState? From, string Act, TState To, Permission Permission, Bilingual Needs, string? DeadlineRule)> lines) : Transitions
    where TState : struct, Enum
{
    public override string Name => name;
    public override Bilingual Title => title;
    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<TState>()];
    public override IReadOnlyList<Transition> Lines { get; } =
        [.. lines.Select(l => new Transition(l.From?.ToString(), l.Act, l.To.ToString(), l.Permission, l.Needs, l.DeadlineRule))];

    public override Bilingual StateTitle(string state) => titles[Enum.Parse<TState>(state)];
    public Bilingual StateTitle(TState state) => titles[state];

    /// <summary>The line for an act from a state, or null when the act isn't possible from there.</summary>
    public Transition? Find(TState? from, string act)
    {
        var name = from?.ToString();
        return Lines.FirstOrDefault(l => l.From == name && l.Act == act);
    }

    /// <summary>The acts possible from a state.</summary>
    public IEnumerable<Transition> From(TState state) => Lines.Where(l => l.From == state.ToString());
}
