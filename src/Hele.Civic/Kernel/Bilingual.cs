namespace Hele.Civic.Kernel;

/// <summary>A sentence or name the program itself speaks, in Chinese and in English. Both are always given.</summary>
public readonly record struct Bilingual(string Zh, string En)
{
    /// <summary>The text for a language tag: anything that starts with "en" is English, all else Chinese.</summary>
    public string In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    public static implicit operator Bilingual((string Zh, string En) pair) => new(pair.Zh, pair.En);

    public override string ToString() => Zh;
}
