using Hele.Civic.Platform.Journal;

namespace Hele.Web.Hosting;

/// <summary>
/// Asks the witnesses once a minute; a log that hasn't grown isn't asked about. A log that isn't to be believed here isn't to be shown to a witness either: it would be taken for the log's next step.
/// </summary>
public sealed class Witnessing(Witnesses witnesses, DemoYear demo, LogService log, ILogger<Witnessing> logger) : Round(TimeSpan.FromMinutes(1), demo, log, logger)
{
    protected override bool IsOn => witnesses.Addresses.Count > 0;

    protected override string Failed => "The witnesses couldn't be asked.";

    protected override Task Do(CancellationToken cancel) => witnesses.Ask(cancel);
}
