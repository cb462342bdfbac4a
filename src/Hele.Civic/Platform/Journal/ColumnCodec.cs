using System.Collections.Concurrent;
using System.Globalization;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Journal;

/// <summary>How a column's value becomes the bytes that are committed: the same from an entity and from a raw row of either database.</summary>
public enum ColumnKind { Text, Instant, Date, Guid, Integer, Enum, Bool, Bytes }

/// <summary>One committed column of an owned table.</summary>
public sealed class CommittedColumn(IProperty property)
{
    public IProperty Property { get; } = property;
    public string Name { get; } = property.GetColumnName();
    public ColumnKind Kind { get; } = KindOf(property);
    public Type? EnumType { get; } = (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) is { IsEnum: true } e ? e : null;

    private readonly IClrPropertyGetter _getter = property.GetGetter();

    public object? ValueOf(object entity) => _getter.GetClrValue(entity);

    /// <summary>The committed bytes of a value as the entity holds it.</summary>
    public byte[] Encode(object? value) => value switch
    {
        null => ValueBytes.Null(),
        string text => ValueBytes.Text(text),
        DateTimeOffset instant => ValueBytes.Instant(instant),
        DateOnly date => ValueBytes.Date(date),
        Guid guid => ValueBytes.Guid(guid),
        bool flag => ValueBytes.Bool(flag),
        Enum member => ValueBytes.Enum(member),
        byte[] bytes => ValueBytes.Bytes(bytes),
        IConvertible number when Kind == ColumnKind.Integer => ValueBytes.Integer(number.ToInt64(CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"{Property.DeclaringType.DisplayName()}.{Property.Name}: no committed form for {value.GetType()}."),
    };

    /// <summary>
    /// The committed bytes of a value as the database returned it. Null when the database holds something the program would never have
    /// written there, such as text in a number's place: SQLite lets that happen.
    /// </summary>
    public byte[]? EncodeStored(object stored) => (Kind, stored) switch
    {
        (_, DBNull) => ValueBytes.Null(),
        (ColumnKind.Text, string text) => ValueBytes.Text(text),
        // Only a member's own name: what is no name has no committed form, and must be a finding rather than an error.
        (ColumnKind.Enum, string name) => name.Length is > 0 and <= 200 && !name.AsSpan().ContainsAnyExceptInRange('!', '~') ? ValueBytes.Enum(name) : null,
        (ColumnKind.Instant, long ticks) when ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks => ValueBytes.Instant(new DateTimeOffset(ticks, TimeSpan.Zero)),
        (ColumnKind.Instant, DateTime instant) => ValueBytes.Instant(new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))),
        (ColumnKind.Date, DateTime date) when date.TimeOfDay == TimeSpan.Zero => ValueBytes.Date(DateOnly.FromDateTime(date)),
        (ColumnKind.Date, DateOnly date) => ValueBytes.Date(date),
        (ColumnKind.Date, string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? ValueBytes.Date(date) : null,
        (ColumnKind.Guid, Guid guid) => ValueBytes.Guid(guid),
        (ColumnKind.Guid, byte[] { Length: 16 } bytes) => ValueBytes.Guid(new Guid(bytes, true)),
        (ColumnKind.Integer, long number) => ValueBytes.Integer(number),
        (ColumnKind.Integer, int number) => ValueBytes.Integer(number),
        (ColumnKind.Integer, short number) => ValueBytes.Integer(number),
        (ColumnKind.Bool, bool flag) => ValueBytes.Bool(flag),
        (ColumnKind.Bool, 0L) => ValueBytes.Bool(false),
        (ColumnKind.Bool, 1L) => ValueBytes.Bool(true),
        (ColumnKind.Bytes, byte[] bytes) => ValueBytes.Bytes(bytes),
        _ => null,
    };

    private static ColumnKind KindOf(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum) return ColumnKind.Enum;
        if (type == typeof(string)) return ColumnKind.Text;
        if (type == typeof(DateTimeOffset)) return ColumnKind.Instant;
        if (type == typeof(DateOnly)) return ColumnKind.Date;
        if (type == typeof(Guid)) return ColumnKind.Guid;
        if (type == typeof(bool)) return ColumnKind.Bool;
        if (type == typeof(byte[])) return ColumnKind.Bytes;
        if (type == typeof(int) || type == typeof(long) || type == typeof(short)) return ColumnKind.Integer;
        throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name}: {type} has no committed form; see docs/adr/0002-log-entry.md.");
    }
}

/// <summary>The committed columns of one owned table: all but its key, which the entry names as its row.</summary>
public sealed class CommittedTable
{
    private static readonly ConcurrentDictionary<IEntityType, CommittedTable> Known = new();

    private CommittedTable(IEntityType type)
    {
        Type = type;
        Name = type.GetTableName()!;
        Columns = [.. type.GetProperties().Where(p => !p.IsPrimaryKey()).Select(p => new CommittedColumn(p)).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    public IEntityType Type { get; }
    public string Name { get; }
    public IReadOnlyList<CommittedColumn> Columns { get; }

    public static CommittedTable Of(IEntityType type) => Known.GetOrAdd(type, t => new CommittedTable(t));

    /// <summary>Every owned table of a model.</summary>
    public static IReadOnlyList<CommittedTable> All(IModel model) =>
        [.. model.GetEntityTypes().Where(e => typeof(Owned).IsAssignableFrom(e.ClrType)).Select(Of)];

    /// <summary>What an act changed in a tracked record: every column of a new one, the changed ones of an old one.</summary>
    /// <param name="all">Every column of an old one too (<see cref="EventKind.Whole"/>). A confidential entry shows its fields by number only: with all of them in it, verify
    /// knows which is which, and their number says nothing about what was changed.</param>
    public List<(CommittedColumn Column, byte[] Value)> Changes(EntityEntry entry, bool all = false)
    {
        var changes = new List<(CommittedColumn, byte[])>(Columns.Count);
        all |= entry.State == EntityState.Added;
        foreach (var column in Columns)
        {
            if (all || entry.Property(column.Property).IsModified)
                changes.Add((column, column.Encode(column.ValueOf(entry.Entity))));
        }
        return changes;
    }
}
