using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>Enters the views of past hours into the log, one leaf an hour. Run by the background work of the server; said twice it is done once.</summary>
public sealed class CloseViewHours(Writer writer, Database database, TimeProvider clock)
{
    public static readonly EventKind Closed = new("views.closed", ("登记了一小时内的查看记录", "Entered the views of one hour"));

    public sealed record Input(DateTimeOffset Hour);

    /// <summary>Closes every hour of a jurisdiction that has ended and has views.</summary>
    /// <returns>How many hours were closed.</returns>
    public async Task<int> RunDue(int jurisdiction, CancellationToken cancel = default)
    {
        var now = ViewHour.HourOf(clock.Now());
        List<DateTimeOffset> due;
        await using (var lease = await database.Read([jurisdiction], cancel))
        {
            var closed = lease.Db.Set<ViewHour>().Select(h => h.Hour);
            due = await lease.Db.Set<ViewRecord>().Where(r => r.Hour < now && !closed.Contains(r.Hour)).Select(r => r.Hour).Distinct().OrderBy(h => h).ToListAsync(cancel);
        }
        foreach (var hour in due)
        {
            // The id says which hour of which jurisdiction: two nodes that try close it once.
            var id = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"views|{jurisdiction}|{hour.UtcTicks}"));
            await Run(new Act { OperationId = new Guid(id.AsSpan(0, 16)), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction }, new Input(hour), cancel);
        }
        return due.Count;
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "views.close", input, async scope =>
    {
        var records = await scope.Db.Set<ViewRecord>().AsNoTracking().Where(r => r.Hour == input.Hour).OrderBy(r => r.Id).ToListAsync();
        scope.Add(new ViewHour { Hour = input.Hour, Count = records.Count, Root = ViewHour.RootOf(records.Select(r => r.Canonical())) }, Closed);
        return Outcome.Ok(input.Hour.UtcDateTime.ToString("yyyy-MM-ddTHH", System.Globalization.CultureInfo.InvariantCulture));
    }, cancel);
}
