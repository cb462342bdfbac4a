using Hele.Civic.Kernel;

namespace Hele.Civic.Reports;

/// <summary>The report for a period: its sections in the order of the account they are modelled on. Of appeals it says too that there are no records; a part of which there are none is left out.</summary>
public sealed class ReportWriter(OrganizationSection organizations, AppealsSection appeals)
{
    public async Task<IReadOnlyList<ReportSection>> Write(Period period, CancellationToken cancel = default)
    {
        var first = await organizations.Write(period, cancel);
        var last = await appeals.Write(period, cancel);
        return first.Sentences.All(s => s.Kind == SentenceKind.Nothing) ? [last] : [first, last];
    }
}
