using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Registers a compound, or corrects what it is called and who manages it.</summary>
public sealed class KeepCompound(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">Of the compound that is corrected; null for a new one.</param>
    public sealed record Input(string? Code, string? Name, CompoundKind Kind, string? Manager);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (ChineseText.Line(input.Name).Length is 0 or > Compound.NameLength) problems.Add(GridProblems.CompoundNameMissing);
        if (ChineseText.Line(input.Manager).Length > Compound.NameLength) problems.Add(GridProblems.ManagerTooLong);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "compound.keep", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Keep) is null)
            return GridProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if ((await jurisdictions.Get(scope.Db, act.JurisdictionId)).Level != JurisdictionLevel.Community)
            return GridProblems.NotACommunity;
        var (name, manager) = (ChineseText.Line(input.Name), ChineseText.Line(input.Manager) is { Length: > 0 } said ? said : null);
        if (await scope.Db.Set<Compound>().AnyAsync(c => c.Name == name && c.To == null && c.PublicCode != input.Code))
            return GridProblems.CompoundNameTaken;
        if (input.Code is null)
            return Outcome.Ok(scope.Add(new Compound { Name = name, Kind = input.Kind, Manager = manager, From = scope.On }, GridEvents.CompoundRegistered).PublicCode);
        if (await scope.Db.Set<Compound>().SingleOrDefaultAsync(c => c.PublicCode == input.Code) is not { } compound)
            return GridProblems.NotFound;
        (compound.Name, compound.Kind, compound.Manager) = (name, input.Kind, manager);
        scope.Record(compound, GridEvents.CompoundCorrected);
        return Outcome.Ok(compound.PublicCode);
    }, cancel);
}
