using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Exports;

public static class ExportAccess
{
    public static readonly Permission See = new("export.see", ("查看导出过什么", "See what was exported"), [Role.Secretary, Role.Supervisor]);
}

public static class ExportProblems
{
    public static readonly Problem ReasonMissing = new("export.reason", ("请写明用途，最多{0}个字。", "Please say what it is for, in at most {0} characters."), "Reason");
    public static readonly Problem TooLarge = new("export.too-large", ("这份名单超过{0}行，一个文件放不下。请先在名单上选条件，缩小范围再导出。", "This list has more than {0} rows, too many for one file. Please narrow it first, then export."));
    public static readonly Problem NotFound = new("export.not-found", ("没有这份名单。", "There is no such list."), Kind: ProblemKind.NotFound);

    public static IEnumerable<Problem> All => [ReasonMissing, TooLarge, NotFound];
}

/// <summary>Says in the log that a list about people is leaving as a file. Committed before the first byte leaves: with a log that can't be written nothing is exported.</summary>
public sealed class RecordExport(Writer writer)
{
    public const int ReasonLength = 200;

    /// <param name="List">Code of the list.</param>
    /// <param name="Filter">As <see cref="ListExport.Filter"/>.</param>
    public sealed record Input(string List, string Filter, int Rows);

    /// <param name="needs">The permission that the list is shown under.</param>
    /// <param name="act">With a fresh operation id, each file is an act of its own; its reason is the purpose.</param>
    public async Task<Outcome> Run(Viewer viewer, Permission needs, Act act, Input input, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(act.Reason) || act.Reason.Length > ReasonLength)
            return ExportProblems.ReasonMissing.With(ReasonLength);
        return await writer.Write(act, "export.list", input, scope =>
        {
            if (viewer.PostFor(needs) is null || viewer.JurisdictionId != act.JurisdictionId || viewer.PersonId == Guid.Empty)
                return Task.FromResult<Outcome>(ExportProblems.NotFound);
            scope.Add(new ListExport
            {
                JurisdictionId = act.JurisdictionId, List = input.List, Filter = input.Filter.Length > ListExport.FilterLength ? input.Filter[..ListExport.FilterLength] : input.Filter,
                Rows = input.Rows, ExportedById = viewer.PersonId, ExportedAt = scope.Now,
            }, ListExport.Exported);
            return Task.FromResult(Outcome.Ok("recorded"));
        }, cancel);
    }
}
