using System.Collections.Concurrent;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hele.Civic.Platform.Access;

/// <summary>A record that hangs on a post, as the hand-over list names it: by its number, never by what it says, because administrators read that list.</summary>
public sealed record HangingRecord(string Code, Bilingual Name);

/// <summary>What hangs on a post and how it goes to another, as the module that owns the records knows it.</summary>
/// <param name="Entity">The table's type.</param>
/// <param name="Property">The reference that says which post answers now (<see cref="PostReferences.PostResponsibility"/>).</param>
/// <param name="See">The permission to open such a record: only who has it gets a link.</param>
/// <param name="Work">What a successor's role must be able to do.</param>
/// <param name="Open">The open records that hang on these posts, oldest first.</param>
/// <param name="Move">Gives one record to another post; nothing else of it changes, its clock least of all.</param>
/// <param name="Moved">The event of it.</param>
public sealed record HandOver(Type Entity, string Property, Bilingual Title, Permission See, Permission Work, Func<HeleDb, IReadOnlyCollection<Guid>, IQueryable<Owned>> Open,
    Func<Owned, HangingRecord> Line, Action<Owned, Guid> Move, EventKind Moved)
{
    /// <summary>Whether a post of this role and person can take this very record; null when the permission says it all.</summary>
    public Func<Owned, Role, Guid, bool>? Fits { get; init; }

    /// <summary>Who may open this very record; null when it is as all the others.</summary>
    public Func<Owned, Permission>? SeeOne { get; init; }

    public bool CanGoTo(Owned record, Role role, Guid person) => Work.Roles.Contains(role) && Fits?.Invoke(record, role, person) != false;
}

/// <summary>What a reference to a post means.</summary>
public enum PostUse
{
    /// <summary>In which post something was done: stays for ever.</summary>
    History,

    /// <summary>Which post answers for it now: has to go on when the post ends.</summary>
    Responsibility,
}

/// <summary>Says on the mapping what each reference to a post means; a guard refuses one that doesn't, and a responsibility without its <see cref="HandOver"/>.</summary>
public static class PostReferences
{
    // Beside the model, as the classes of personal data are: an annotation would be copied into every migration.
    private static readonly ConcurrentDictionary<(Type, string), PostUse> Registry = new();

    /// <summary>What a reference means; null when nobody has said.</summary>
    public static PostUse? Of(IReadOnlyProperty property) => Registry.TryGetValue((property.DeclaringType.ClrType, property.Name), out var use) ? use : null;

    /// <summary>In which post something was done.</summary>
    public static PropertyBuilder<T> PostHistory<T>(this PropertyBuilder<T> property) => property.Use(PostUse.History);

    /// <summary>Which post answers for it now.</summary>
    public static PropertyBuilder<T> PostResponsibility<T>(this PropertyBuilder<T> property) => property.Use(PostUse.Responsibility);

    private static PropertyBuilder<T> Use<T>(this PropertyBuilder<T> property, PostUse use)
    {
        Registry[(property.Metadata.DeclaringType.ClrType, property.Metadata.Name)] = use;
        return property;
    }
}
