using Hele.Civic.Platform.Access;

namespace Hele.Civic.Platform.Imports;

/// <summary>Who imports ledgers. Each ledger asks besides for the permission of the operations that its rows stand for.</summary>
public static class ImportAccess
{
    public static readonly Permission Import = new("import.run", ("导入台账", "Import ledgers"), [Role.Clerk, Role.Secretary]);

    public static bool May(Viewer? viewer, LedgerKind kind) => viewer?.PostFor(Import) is not null && viewer.PostFor(kind.Permission) is not null && viewer.Level == JurisdictionLevel.Community;
}
