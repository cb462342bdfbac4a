using System.Collections.Concurrent;
using Hele.Civic.Kernel;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hele.Civic.Platform.Storage;

/// <summary>What a column says about a person. A guard refuses a column without a class.</summary>
public enum DataClass
{
    /// <summary>Nothing about a person: keys, states, dates of the matter, rules, hashes.</summary>
    None,

    /// <summary>Which person it is, without saying anything else: a reference to a person, account or post.</summary>
    Reference,

    /// <summary>Names and addresses: personal, not sealed (design: Personal data).</summary>
    Personal,

    /// <summary>Free text in which people write what they like; treated as personal, never published unread.</summary>
    FreeText,

    /// <summary>Secrets that prove who somebody is: password hashes, stamps.</summary>
    Credential,

    /// <summary>Sealed bytes: opened only with a record of who looked, destroyed with the key of their subject.</summary>
    Sealed,

    /// <summary>The shortened form of a sealed value (138****1234), so that no list opens a seal.</summary>
    Masked,

    /// <summary>A keyed hash by which a sealed value is found without opening it.</summary>
    BlindIndex,
}

/// <summary>Why something about people is kept, by what right, and until when: said to the person it is about.</summary>
/// <param name="Basis">The law that allows it, cited.</param>
/// <param name="Retention">How long it is kept, in words, without the number: that is the rule's.</param>
/// <param name="Until">The same for the purge. A guard refuses a personal column without it.</param>
public sealed record Handling(Bilingual Purpose, Bilingual Basis, Bilingual Retention, Expiry? Until = null);

/// <summary>
/// When something about people has been kept long enough, as the purge reads it: a dated rule and the day of the row it counts from. What ends
/// otherwise says how.
/// </summary>
public sealed record Expiry
{
    private Expiry(string name) => Name = name;

    /// <summary>How the registry calls it.</summary>
    public string Name { get; }

    /// <summary>Id of the rule in data/deadlines.csv; null when no time ends it.</summary>
    public string? Rule { get; private init; }

    /// <summary>Property of the row with the day, or instant, the time counts from. While it is empty the time hasn't begun.</summary>
    public string? From { get; private init; }

    /// <summary>Its row is taken away by the act that ends its purpose (an account is closed), and nothing of it is left to expire.</summary>
    public static Expiry WithRow { get; } = new("with its row");

    /// <summary>It ends with the record it speaks about, in the same act.</summary>
    public static Expiry WithRecord { get; } = new("with the record it is about");

    public static Expiry By(string rule, string from) => new(rule) { Rule = rule, From = from };
}

/// <summary>The registry entry of one column: its class, and for what is about a person its title and how it is handled.</summary>
/// <param name="Title">What the column is called before the person it is about; null where the class is None or Reference.</param>
public sealed record DataUse(DataClass Class, Bilingual? Title = null, Handling? Handling = null)
{
    /// <summary>True for what says something about somebody and must say why it does.</summary>
    public bool IsAboutSomebody => Class is not (DataClass.None or DataClass.Reference);
}

public static class PersonalDataMapping
{
    // Beside the model, not in it: an annotation would be copied into every migration's snapshot.
    private static readonly ConcurrentDictionary<(Type, string), DataUse> Registry = new();

    /// <summary>What a column says about a person; null when nobody has said.</summary>
    public static DataUse? Of(IReadOnlyProperty property) => Registry.GetValueOrDefault((property.DeclaringType.ClrType, property.Name));

    /// <summary>Nothing about a person.</summary>
    public static PropertyBuilder<T> NotPersonal<T>(this PropertyBuilder<T> property) => property.Use(new DataUse(DataClass.None));

    /// <summary>A pointer to a person, account or post.</summary>
    public static PropertyBuilder<T> PersonReference<T>(this PropertyBuilder<T> property) => property.Use(new DataUse(DataClass.Reference));

    public static PropertyBuilder<T> Personal<T>(this PropertyBuilder<T> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.Personal, title, handling));

    public static PropertyBuilder<T> FreeText<T>(this PropertyBuilder<T> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.FreeText, title, handling));

    public static PropertyBuilder<T> Credential<T>(this PropertyBuilder<T> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.Credential, title, handling));

    /// <summary>Sealed bytes, by <see cref="Sealing.Seals"/>.</summary>
    public static PropertyBuilder<byte[]?> Sealed(this PropertyBuilder<byte[]?> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.Sealed, title, handling));

    /// <summary>The shortened form of a sealed column.</summary>
    public static PropertyBuilder<string?> Masked(this PropertyBuilder<string?> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.Masked, title, handling));

    /// <summary>What a sealed column is found by.</summary>
    public static PropertyBuilder<byte[]?> BlindIndex(this PropertyBuilder<byte[]?> property, Bilingual title, Handling handling) => property.Use(new DataUse(DataClass.BlindIndex, title, handling));

    private static PropertyBuilder<T> Use<T>(this PropertyBuilder<T> property, DataUse use)
    {
        Register(property.Metadata, use);
        return property;
    }

    internal static void Register(IReadOnlyProperty property, DataUse use) => Registry[(property.DeclaringType.ClrType, property.Name)] = use;
}
