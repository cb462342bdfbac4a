using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>The part of the report about the community's bodies, the Party's organisation on the grids, and honours, as of a period's last day.</summary>
public sealed class OrganizationSection(FigureReader figures, TimeProvider clock)
{
    private static readonly Bilingual Title = ("强化党建核心，支部建在网格上", "The Party's organisation at the core, its branches on the grids");

    private static readonly Bilingual
        Nothing = ("到{day}，没有组织、任职和荣誉的记录。", "On {day}, there are no records of bodies, seats and honours."),
        Branches = ("到{day}，社区党委下设{bodies.branches}个党支部，在相邻楼栋建立党小组{bodies.party-groups}个。",
            "On {day}, the community's Party committee had {bodies.branches|branch|branches}, and {bodies.party-groups|Party group|Party groups} in adjacent buildings."),
        Teams = ("根据所在网格实际，科学组建了{bodies.teams}支“1+X”服务团队，服务{teams.grids}个网格，配备社区干部、网格党支部书记和社区协警，将骨干党员、志愿者、在职党员编入相应网格，共{teams.seats}席，开展特色服务。",
            "By the needs of each grid, {bodies.teams} “1+X” service teams were formed for {teams.grids|grid|grids}: community cadres, branch secretaries and auxiliary police, with active Party members, volunteers and in-service members, hold {teams.seats|seat|seats}."),
        Residents = ("居民小组{bodies.resident-groups}个，居民代表{seats.representatives}人。", "There are {bodies.resident-groups|residents' group|residents' groups} and {seats.representatives|residents' representative|residents' representatives}."),
        HonoursAll = ("社区先后获得荣誉{honours.held}项，其中市级以上{honours.city-and-above}项。", "The community has received {honours.held|honour|honours}, {honours.city-and-above} of them from a city or above."),
        Headless = ("下一步，补齐{bodies.without-head}个组织空缺的负责人。", "Next, the empty chairs of {bodies.without-head|body|bodies} will be filled.");

    private static readonly Figure[] Used = [OrganizationFigures.Branches, OrganizationFigures.PartyGroups, OrganizationFigures.Teams, OrganizationFigures.GridsWithTeam, OrganizationFigures.TeamSeats, OrganizationFigures.ResidentGroups,
        OrganizationFigures.Representatives, OrganizationFigures.Honours, OrganizationFigures.HighHonours, OrganizationFigures.WithoutHead];

    public async Task<ReportSection> Write(Period period, CancellationToken cancel = default)
    {
        var values = new Dictionary<string, FigureValue>();
        foreach (var figure in Used)
            values[figure.Id] = await figures.Value(figure, period, cancel);
        var used = new List<FigureValue>();
        var template = new SentenceTemplate(Use, id => throw new FormatException($"This section compares nothing: {id}."));
        var today = clock.Today();
        var day = period.To < today ? period.To : today;
        var words = new Dictionary<string, Bilingual> { ["day"] = new Period(day, day).Title };
        var sentences = new List<ReportSentence>();
        void Say(SentenceKind kind, Bilingual text, params Figure[] carriedBy)
        {
            // What the figures don't carry is not said.
            if (carriedBy.All(f => values[f.Id].Value > 0))
                sentences.Add(template.Fill(kind, text, words));
        }

        Say(SentenceKind.Account, Branches, OrganizationFigures.Branches);
        Say(SentenceKind.Account, Teams, OrganizationFigures.Teams);
        Say(SentenceKind.Account, Residents, OrganizationFigures.ResidentGroups);
        Say(SentenceKind.Account, HonoursAll, OrganizationFigures.Honours);
        if (sentences.Count == 0)
            Say(SentenceKind.Nothing, Nothing);
        Say(SentenceKind.Next, Headless, OrganizationFigures.WithoutHead);
        var first = values[OrganizationFigures.Branches.Id];
        return new(Title, period, sentences, used, first.AsOf, first.LogSize, first.ClosedAt);

        FigureValue Use(string id)
        {
            if (!used.Contains(values[id]))
                used.Add(values[id]);
            return values[id];
        }
    }
}
