using Hele.Civic.GridPlanning;

namespace Hele.Web.Pages.GridPlanning;

/// <summary>What a plan does, as tables: the planner and the page of a kept plan show the same.</summary>
/// <param name="Moves">Each building can be picked to be moved.</param>
/// <param name="Adopted">The figures are those it was decided by: of before and after, not of now.</param>
public sealed record StandModel(PlanGround Ground, PlanLots Lots, PlanView View, IReadOnlyDictionary<string, IReadOnlyList<PlanOfficer>> Officers, bool Moves, bool Adopted = false);
