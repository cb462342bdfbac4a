using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>One sealed value to be opened.</summary>
/// <param name="Subject">Whose key it is under: the person or matter it is about.</param>
/// <param name="Property">The property of the row that holds the sealed bytes.</param>
public sealed record SealedField(Guid Subject, Owned Row, string Property, byte[]? Bytes);

/// <summary>What was opened, in the order it was asked for; null where there was nothing to open. Or why not.</summary>
public sealed record Opened(IReadOnlyList<string?> Values, IReadOnlyList<Problem> Problems)
{
    public bool IsOpen => Problems.Count == 0;

    /// <summary>Places in <see cref="Values"/> whose seal is damaged or whose key is gone; empty unless the caller asked to go on.</summary>
    public IReadOnlySet<int> Broken { get; init; } = new HashSet<int>();
}

/// <summary>
/// The only way to what is sealed. It runs through the writer: the record of who looked commits first, then the caller gets the plain text. With a
/// log that can't be written nothing can be opened.
/// </summary>
public sealed class OpenSeals(Writer writer, Seals seals)
{
    private sealed record Input(string Way, string Purpose, string? Reason);

    /// <param name="act">Made by <see cref="Viewer.Act"/> with a fresh operation id: each look is one of its own.</param>
    /// <param name="purpose">The permission under which it is opened.</param>
    /// <param name="pick">Loads the rows, decides whether this viewer may (as any operation does) and names what is to be opened; null for
    /// missing and for not allowed alike.</param>
    /// <param name="goOn">True to open the others when a seal is broken, and to say which were: one of them must not stop a whole list.</param>
    public async Task<Opened> Run(Act act, Way way, Permission purpose, Func<ActScope, Task<IReadOnlyList<SealedField>?>> pick, bool goOn = false, CancellationToken cancel = default)
    {
        var values = new List<string?>();
        var broken = new HashSet<int>();
        var outcome = await writer.Write(act, "seal.open", new Input(way.ToString(), purpose.Code, act.Reason), async scope =>
        {
            values.Clear();
            broken.Clear();
            if (await pick(scope) is not { } fields)
                return StorageProblems.NotFound;
            var hour = await HourFor(scope);
            foreach (var group in fields.Where(f => f.Bytes is not null).GroupBy(f => (f.Subject, f.Row)))
            {
                var type = scope.Db.Model.FindEntityType(group.Key.Row.GetType())!;
                scope.Db.Add(new ViewRecord
                {
                    JurisdictionId = act.JurisdictionId, Id = Guid.CreateVersion7(scope.Now), Hour = hour, At = scope.Now, AccountId = act.AccountId, PostId = act.PostId,
                    SubjectId = group.Key.Subject, RowTable = type.GetTableName()!, RowId = group.Key.Row.Id,
                    Columns = string.Join(',', group.Select(f => type.FindProperty(f.Property)!.GetColumnName())), Way = way, Purpose = purpose.Code, Reason = act.Reason,
                });
            }
            foreach (var field in fields)
            {
                if (field.Bytes is null)
                {
                    values.Add(null);
                    continue;
                }
                var plain = await seals.Open(scope, field.Subject, field.Row, field.Property, field.Bytes);
                if (plain is null && !goOn)
                    return Seals.Broken;
                if (plain is null)
                    broken.Add(values.Count);
                values.Add(plain);
            }
            return Outcome.Ok("seen");
        }, cancel);
        return outcome.Accepted && !outcome.Replayed ? new Opened(values, []) { Broken = broken } : new Opened([], outcome.Problems.Count > 0 ? outcome.Problems : [StorageProblems.NotSaved]);
    }

    /// <summary>The hour a new record belongs to: the present one, or the first that isn't closed yet (two nodes' clocks may differ).</summary>
    private static async Task<DateTimeOffset> HourFor(ActScope scope)
    {
        var hour = ViewHour.HourOf(scope.Now);
        var closed = await scope.Db.Set<ViewHour>().Where(h => h.Hour >= hour).OrderByDescending(h => h.Hour).Select(h => (DateTimeOffset?)h.Hour).FirstOrDefaultAsync();
        return closed is { } last ? last.AddHours(1) : hour;
    }
}
