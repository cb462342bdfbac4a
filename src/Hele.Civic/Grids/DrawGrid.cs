using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Opens a grid, or corrects its name, duty telephone and outline. An outline that was stays in the register with its days.</summary>
public sealed class DrawGrid(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">Public code of the grid that is corrected; null for a new one.</param>
    /// <param name="Outline">As <see cref="Geo.Read"/> takes it.</param>
    public sealed record Input(string? Code, string? Name, GridKind Kind, string? DutyPhone, string? Outline);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (ChineseText.Line(input.Name).Length is 0 or > Grid.NameLength) problems.Add(GridProblems.GridNameMissing);
        if (ChineseText.Line(input.DutyPhone).Length > Grid.PhoneLength) problems.Add(GridProblems.PhoneTooLong);
        if (Geo.Read(input.Outline).Problem is { } outline) problems.Add(outline);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "grid.draw", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Draw) is null)
            return GridProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        if (jurisdiction.Level != JurisdictionLevel.Community)
            return GridProblems.NotACommunity;
        var (name, phone) = (ChineseText.Line(input.Name), ChineseText.Line(input.DutyPhone) is { Length: > 0 } said ? said : null);
        if (await scope.Db.Set<Grid>().AnyAsync(g => g.Name == name && g.To == null && g.PublicCode != input.Code))
            return GridProblems.GridNameTaken;
        var drawn = Geo.Read(input.Outline).Outline!;
        var (outline, area) = (Geo.Text(drawn), Geo.EllipsoidSquareMetres(drawn));
        Grid? grid;
        if (input.Code is null)
        {
            // Serials of grids that are gone are used up too.
            var used = await scope.Db.Set<Grid>().CountAsync();
            if (used >= 999)
                return GridProblems.GridsTooMany;
            grid = scope.Add(new Grid { Code = $"{jurisdiction.Code}{used + 1:D3}", Name = name, Kind = input.Kind, DutyPhone = phone, From = scope.On, LoggedAt = scope.Now }, GridEvents.GridOpened);
            scope.Add(new GridOutline { GridId = grid.Id, Outline = outline, SquareMetres = area, From = scope.On, LoggedAt = scope.Now }, GridEvents.OutlineDrawn);
            return Outcome.Ok(grid.PublicCode);
        }
        grid = await scope.Db.Set<Grid>().SingleOrDefaultAsync(g => g.PublicCode == input.Code);
        if (grid is null)
            return GridProblems.NotFound;
        if (grid.To is not null)
            return GridProblems.GridGone;
        if ((grid.Name, grid.DutyPhone) != (name, phone))
        {
            (grid.Name, grid.DutyPhone) = (name, phone);
            scope.Record(grid, GridEvents.GridCorrected);
        }
        var present = await scope.Db.Set<GridOutline>().SingleAsync(o => o.GridId == grid.Id && o.To == null);
        if (present.Outline != outline)
        {
            present.EndOn(scope.On);
            scope.Record(present, GridEvents.OutlineEnded);
            scope.Add(new GridOutline { GridId = grid.Id, Outline = outline, SquareMetres = area, From = scope.On, LoggedAt = scope.Now }, GridEvents.OutlineDrawn);
        }
        return Outcome.Ok(grid.PublicCode);
    }, cancel);
}
