using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.GridPlanning;

/// <summary>Keeps a plan under a name, or changes one that is kept. The grids stay as they are.</summary>
public sealed class KeepPlan(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">Public code of the plan that is changed; null for a new one.</param>
    /// <param name="Wish">The planner's address it came about by.</param>
    /// <param name="Cut">As <see cref="PlanCut.Read"/> takes it.</param>
    public sealed record Input(string? Code, string? Name, string? Wish, string? Cut);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PlanAccess.Keep.Code, input, async scope =>
    {
        if (viewer.PostFor(PlanAccess.Keep) is null)
            return PlanProblems.NotFound;
        var here = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        if (here.Level != JurisdictionLevel.Community)
            return PlanProblems.NotACommunity;
        PlanDraft? draft = null;
        if (input.Code is not null)
        {
            draft = await scope.Db.Set<PlanDraft>().SingleOrDefaultAsync(d => d.PublicCode == input.Code);
            if (draft is null)
                return PlanProblems.NotFound;
            if (!draft.May(PlanDraft.Change))
                return PlanProblems.NotNow.With(PlanDraft.LifeCycle.StateTitle(draft.State));
        }
        var (name, wish) = (ChineseText.Line(input.Name), input.Wish ?? "");
        if (name.Length is 0 or > PlanDraft.NameLength)
            return PlanProblems.NameMissing;
        if (await scope.Db.Set<PlanDraft>().AnyAsync(d => d.Name == name && d.State == PlanState.Kept && d.PublicCode != input.Code))
            return PlanProblems.NameTaken;
        var ground = await PlanGround.Read(scope.Db, here, scope.Today);
        if (ground.Lots.Count == 0)
            return PlanProblems.NoBuildings;
        if (PlanCut.Read(input.Cut) is not { } cut || !ground.Fits(cut))
            return PlanProblems.CutOdd;
        var (before, text) = (ground.Today.ToString(), cut.ToString());
        if (wish.Length > PlanDraft.WishLength || before.Length > PlanDraft.CutLength || text.Length > PlanDraft.CutLength)
            return PlanProblems.CutOdd;
        if (draft is null)
        {
            return Outcome.Ok(scope.Add(new PlanDraft { Name = name, Wish = wish, Before = before, Cut = text, KeptOn = scope.Today, LoggedAt = scope.Now }, PlanDraft.WasKept).PublicCode);
        }
        if ((draft.Name, draft.Wish, draft.Before, draft.Cut) != (name, wish, before, text))
        {
            (draft.Name, draft.Wish, draft.Before, draft.Cut, draft.KeptOn) = (name, wish, before, text, scope.Today);
            scope.Record(draft, PlanDraft.WasChanged);
        }
        return Outcome.Ok(draft.PublicCode);
    }, cancel);
}

/// <summary>Gives a kept plan up. It stays in the register as given up.</summary>
public sealed class DiscardPlan(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "plan.discard", input, async scope =>
    {
        if (viewer.PostFor(PlanAccess.Keep) is null || await scope.Db.Set<PlanDraft>().SingleOrDefaultAsync(d => d.PublicCode == input.Code) is not { } draft)
            return PlanProblems.NotFound;
        if (draft.DiscardOn(scope.Today) is { } problem)
            return problem;
        scope.Record(draft, PlanDraft.WasDiscarded);
        return Outcome.Ok(draft.PublicCode);
    }, cancel);
}
