using System.Data.Common;
using System.Text;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// Rows as the database holds them, within the lease's transaction and past EF: a value the program would never have written must be seen,
/// not be converted or thrown over.
/// </summary>
internal sealed class VerificationReader(HeleDb db)
{
    /// <summary>Stands for a value that can't be read as anything: text that isn't text, a date beyond all dates.</summary>
    internal static readonly object Unreadable = new();

    private readonly DbConnection _connection = db.Database.GetDbConnection();
    private readonly DbTransaction? _transaction = db.Database.CurrentTransaction?.GetDbTransaction();

    public HeleDb Db => db;

    public bool IsSqlite => _connection is SqliteConnection;

    /// <param name="sql">With parameters @p0, @p1 …</param>
    public async Task<List<object[]>> Query(string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        command.CommandTimeout = 600;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i;
            parameter.Value = parameters[i];
            command.Parameters.Add(parameter);
        }
        var rows = new List<object[]>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new object[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = Value(reader, i);
            rows.Add(row);
        }
        return rows;
    }

    private static object Value(DbDataReader reader, int i)
    {
        try
        {
            var value = reader.GetValue(i);
            // SQLite hands text over up to a NUL and with broken bytes replaced; what it keeps must be exactly the text that is read.
            if (value is string text && reader is SqliteDataReader && !Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(i)))
                return Unreadable;
            return value;
        }
        catch (Exception failure) when (failure is InvalidCastException or OverflowException or ArgumentException or FormatException)
        {
            return Unreadable;
        }
    }

    /// <summary>The sixteen bytes of a stored id, big-endian; null when it is none.</summary>
    public static byte[]? Key(object stored) => stored switch
    {
        Guid guid => guid.ToByteArray(bigEndian: true),
        byte[] { Length: 16 } bytes => bytes,
        _ => null,
    };
}

/// <summary>Rows in a fixed order, fetched page by page, one row ahead.</summary>
internal sealed class RowStream<T>(Func<T?, Task<List<T>>> next) where T : class
{
    private List<T> _page = [];
    private int _at;
    private bool _end;

    /// <summary>The next row without taking it; null at the end.</summary>
    public async ValueTask<T?> Peek()
    {
        if (_at == _page.Count && !_end)
        {
            var last = _page.Count == 0 ? null : _page[^1];
            _page = await next(last);
            _at = 0;
            _end = _page.Count == 0;
        }
        return _at < _page.Count ? _page[_at] : null;
    }

    public void Take() => _at++;
}

/// <summary>One entry with what is needed to open its commitments.</summary>
internal sealed class OpenEntry
{
    private byte[]? _prk;
    private string?[]? _names;

    public required long Leaf { get; init; }

    /// <summary>Null when its bytes are no entry.</summary>
    public required EntryText? Text { get; init; }

    /// <summary>Null when there is no salt of the right length.</summary>
    public required byte[]? Salt { get; init; }

    public string? Kind { get; init; }

    /// <summary>From the columns of a journal row as they are stored.</summary>
    public static OpenEntry Of(object leaf, object kind, object entry, object salt) => new()
    {
        Leaf = leaf as long? ?? -1,
        Kind = kind as string,
        Text = entry is byte[] bytes && EntryText.TryParse(bytes, out var text) ? text : null,
        Salt = salt is byte[] { Length: JournalEntry.SaltSize } kept ? kept : null,
    };

    public byte[] Prk => _prk ??= Commitment.Prk(Salt);

    public bool CanOpen => Text is not null && Salt is not null;

    /// <summary>Whether the field at a place commits a value under a name. False for a value that has no committed form.</summary>
    public bool Commits(int place, string name, byte[]? value)
    {
        if (value is null || place >= Text!.Fields.Count)
            return false;
        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Compute(Prk, name, value, commitment);
        return commitment.SequenceEqual(Text.Fields[place].Value);
    }

    /// <summary>Whether the entry has a field of this name and it commits the value.</summary>
    public bool Commits(string field, byte[]? value) => PlaceOf(field) is var place and >= 0 && Commits(place, field, value);

    /// <summary>
    /// The true name of each field. A confidential entry shows places only: the seven fields of every entry come first, because no column's name
    /// sorts before '@'; a deletion has @deleted among them. The columns behind them are null here.
    /// </summary>
    public string?[] Names => _names ??= FindNames();

    public int PlaceOf(string field) => Array.IndexOf(Names, field);

    private string?[] FindNames()
    {
        if (!Text!.IsConfidential)
            return [.. Text.Fields.Select(f => f.Label)];
        var names = new string?[Text.Fields.Count];
        string[] known = [JournalEntry.ActField, JournalEntry.ActorField, JournalEntry.KindField, JournalEntry.OnField, JournalEntry.PostField, JournalEntry.ReasonField, JournalEntry.RowField];
        if (Salt is not null && names.Length == known.Length + 1 && Commits(2, JournalEntry.DeletedField, ValueBytes.Bool(true)))
            known = [.. known[..2], JournalEntry.DeletedField, .. known[2..]];
        for (var i = 0; i < Math.Min(known.Length, names.Length); i++)
            names[i] = known[i];
        return names;
    }
}
