using System.Collections.Concurrent;
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
}

/// <summary>The registry entry of one column: its class, and for personal columns the purpose, the legal basis and how long it is kept.</summary>
/// <param name="Purpose">What it is needed for; null only where the class is None or Reference.</param>
/// <param name="Basis">The law that allows it, cited.</param>
/// <param name="Retention">The rule after which it goes.</param>
public sealed record DataUse(DataClass Class, string? Purpose = null, string? Basis = null, string? Retention = null);

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

    public static PropertyBuilder<T> Personal<T>(this PropertyBuilder<T> property, string purpose, string basis, string retention) =>
        property.Use(new DataUse(DataClass.Personal, purpose, basis, retention));

    public static PropertyBuilder<T> FreeText<T>(this PropertyBuilder<T> property, string purpose, string basis, string retention) =>
        property.Use(new DataUse(DataClass.FreeText, purpose, basis, retention));

    public static PropertyBuilder<T> Credential<T>(this PropertyBuilder<T> property, string purpose, string basis, string retention) =>
        property.Use(new DataUse(DataClass.Credential, purpose, basis, retention));

    private static PropertyBuilder<T> Use<T>(this PropertyBuilder<T> property, DataUse use)
    {
        Register(property.Metadata, use);
        return property;
    }

    internal static void Register(IReadOnlyProperty property, DataUse use) => Registry[(property.DeclaringType.ClrType, property.Name)] = use;
}
