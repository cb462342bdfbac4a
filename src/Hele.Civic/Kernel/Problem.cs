namespace Hele.Civic.Kernel;

/// <summary>
/// A refusal that a person can understand. A value from its module's catalogue, never an exception: programming errors are
/// exceptions. <see cref="Code"/> is stable and unique in the whole program (a guard test checks it).
/// </summary>
/// <param name="Code">Stable, dotted, e.g. <c>appeal.text-too-long</c>.</param>
/// <param name="Sentence">What is said to the person.</param>
/// <param name="Field">The input it is about, by the name of the input's property; null when it is about the whole act.</param>
/// <param name="Kind">What the web answers: 400, 404 or 409.</param>
public sealed record Problem(string Code, Bilingual Sentence, string? Field = null, ProblemKind Kind = ProblemKind.Invalid)
{
    /// <summary>The same problem with the blanks of its sentence filled ({0}, {1} …), in both languages.</summary>
    public Problem With(params object[] values) => this with
    {
        // A text among the values speaks each sentence's own language.
        Sentence = new(
            string.Format(Sentence.Zh, [.. values.Select(v => v is Bilingual pair ? pair.Zh : v)]),
            string.Format(Sentence.En, [.. values.Select(v => v is Bilingual pair ? pair.En : v)])),
    };

    public Problem On(string field) => this with { Field = field };
}

public enum ProblemKind
{
    /// <summary>The input is wrong; what was typed stays on the form.</summary>
    Invalid,

    /// <summary>Missing, or not this viewer's: the two are never told apart.</summary>
    NotFound,

    /// <summary>The record is in another state than the act needs, or somebody else was faster.</summary>
    Conflict,
}
