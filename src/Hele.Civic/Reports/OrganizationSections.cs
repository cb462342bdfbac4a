using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>The first paragraph: who lives here and how the community is divided, from the registers.</summary>
public sealed class ProfileSection : SectionWriter
{
    private static readonly Bilingual
        Who = ("到{day}，{community}登记住户{population.households}户、居民{population.people}人，其中租户{population.tenants}人。",
            "On {day}, {population.households|household|households} and {population.people|resident|residents} were registered in {community}, {population.tenants} of them tenants."),
        Area = ("到{day}，{community}面积{grids.area}平方公里（各网格范围合计）。", "On {day}, {community} covered {grids.area} square kilometres, the grids' outlines added up."),
        AreaAndWho = ("到{day}，{community}面积{grids.area}平方公里（各网格范围合计），登记住户{population.households}户、居民{population.people}人，其中租户{population.tenants}人。",
            "On {day}, {community} covered {grids.area} square kilometres, the grids' outlines added up; {population.households|household|households} and {population.people|resident|residents} were registered, {population.tenants} of them tenants."),
        Divided = ("辖区划分为{grids.standing}个网格。", "The community is divided into {grids.standing|grid|grids}."),
        Led = ("社区党委下设{bodies.branches}个党支部；没有党员名册的记录。",
            "Its Party committee has {bodies.branches|branch|branches}; there are no records of its members."),
        Moved = ("{in}搬入{population.moved-in}人、搬出{population.moved-out}人，出生{population.born}人、去世{population.died}人。",
            "{in}, {population.moved-in} moved in and {population.moved-out} moved out; there were {population.born|birth|births} and {population.died|death|deaths}.");

    public override ReportPlace Place => ReportOutline.Profile;

    protected override IEnumerable<Figure> Figures => [.. PopulationFigures.All, GridFigures.Grids, GridFigures.Area, OrganizationFigures.Branches];

    protected override Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        if (section[GridFigures.Area] > 0 && section[PopulationFigures.Households] > 0)
            section.Say(SentenceKind.Account, AreaAndWho);
        else if (section[GridFigures.Area] > 0)
            section.Say(SentenceKind.Account, Area);
        else
            section.SayIf(SentenceKind.Account, Who, PopulationFigures.Households);
        section.SayIf(SentenceKind.Account, Divided, GridFigures.Grids);
        section.SayIf(SentenceKind.Account, Led, OrganizationFigures.Branches);
        if (section[PopulationFigures.MovedIn] + section[PopulationFigures.MovedOut] + section[PopulationFigures.Born] + section[PopulationFigures.Died] > 0)
            section.Say(SentenceKind.Account, Moved);
        return Task.CompletedTask;
    }
}

/// <summary>The Party's organisation on the grids, the residents' groups beside it, and empty chairs.</summary>
public sealed class BranchesSection : SectionWriter
{
    private static readonly Bilingual
        Divided = ("社区党委根据院落、楼栋、党员的分布情况将辖区划分为{grids.standing}个网格，", "By its compounds, buildings and members the community was divided into {grids.standing|grid|grids}; "),
        Branches = ("到{day}，社区党委下设{bodies.branches}个党支部，在相邻楼栋建立党小组{bodies.party-groups}个。",
            "On {day}, the community's Party committee had {bodies.branches|branch|branches}, and {bodies.party-groups|Party group|Party groups} in adjacent buildings."),
        Residents = ("居民小组{bodies.resident-groups}个，居民代表{seats.representatives}人。", "There are {bodies.resident-groups|residents' group|residents' groups} and {seats.representatives|residents' representative|residents' representatives}."),
        Uncovered = ("把还不在任何网格里的{buildings.without-grid}栋楼划进网格。", "The {buildings.without-grid|building|buildings} that lie in no grid yet will be given to one."),
        Headless = ("补齐{bodies.without-head}个组织空缺的负责人。", "The empty chairs of {bodies.without-head|body|bodies} will be filled.");

    public override ReportPlace Place => ReportOutline.Branches;

    protected override IEnumerable<Figure> Figures => [GridFigures.Grids, GridFigures.Uncovered, OrganizationFigures.Branches, OrganizationFigures.PartyGroups, OrganizationFigures.ResidentGroups, OrganizationFigures.Representatives, OrganizationFigures.WithoutHead];

    protected override Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        section.SayIf(SentenceKind.Account, section[GridFigures.Grids] > 0 ? (Divided.Zh + Branches.Zh, Divided.En + Branches.En.Replace("On {day}", "on {day}", StringComparison.Ordinal)) : Branches, OrganizationFigures.Branches);
        section.SayIf(SentenceKind.Account, Residents, OrganizationFigures.ResidentGroups);
        // Where no grid has been drawn yet there is nothing they could lie in.
        if (section[GridFigures.Grids] > 0)
            section.SayIf(SentenceKind.Next, Uncovered, GridFigures.Uncovered);
        section.SayIf(SentenceKind.Next, Headless, OrganizationFigures.WithoutHead);
        return Task.CompletedTask;
    }
}

/// <summary>The grids' service teams.</summary>
public sealed class TeamsSection : SectionWriter
{
    private static readonly Bilingual Teams = ("根据所在网格实际，科学组建了{bodies.teams}支“1+X”服务团队，服务{teams.grids}个网格，配备社区干部、网格党支部书记和社区协警，将骨干党员、志愿者、在职党员编入相应网格，共{teams.seats}席，开展特色服务。",
        "By the needs of each grid, {bodies.teams} “1+X” service teams were formed for {teams.grids|grid|grids}: community cadres, branch secretaries and auxiliary police, with active Party members, volunteers and in-service members, hold {teams.seats|seat|seats}.");

    private static readonly Bilingual
        Unserved = ("为还没有服务团队的{grids.without-team}个网格组建服务团队。", "Service teams will be formed for the {grids.without-team|grid|grids} without one."),
        Short = ("配齐{teams.short}支服务团队缺的席位。", "The empty seats of {teams.short|service team|service teams} will be taken.");

    public override ReportPlace Place => ReportOutline.Teams;

    protected override IEnumerable<Figure> Figures => [OrganizationFigures.Teams, OrganizationFigures.GridsWithTeam, OrganizationFigures.GridsWithoutTeam, OrganizationFigures.ShortTeams, OrganizationFigures.TeamSeats];

    protected override Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        section.SayIf(SentenceKind.Account, Teams, OrganizationFigures.Teams);
        section.SayIf(SentenceKind.Next, Unserved, OrganizationFigures.GridsWithoutTeam);
        section.SayIf(SentenceKind.Next, Short, OrganizationFigures.ShortTeams);
        return Task.CompletedTask;
    }
}

/// <summary>What the supervision committee asked residents themselves, and what it found.</summary>
public sealed class SupervisionSection : SectionWriter
{
    private static readonly Bilingual
        Drawn = ("{in}，居务监督委员会随机抽中{callbacks.drawn}次评价，打电话问居民本人，打通{callbacks.reached}次，", "{in}, the supervision committee drew {callbacks.drawn|verdict|verdicts} at random to ring the residents themselves, and reached {callbacks.reached}; "),
        Agreed = ("没有与登记不一致的（{callbacks.differing}次）。", "none said otherwise than recorded ({callbacks.differing})."),
        Differed = ("其中{callbacks.differing}次与登记的不一致，都划去、由居民重新评价。", "{callbacks.differing} said otherwise than recorded: each was struck, and the resident judges again."),
        NotReached = ("抽中的还没有打通。", "nobody was reached."),
        Missing = ("继续回访抽中还没有打通的{callbacks.missing}次。", "The {callbacks.missing} drawn and not reached yet will be rung again.");

    public override ReportPlace Place => ReportOutline.Supervision;

    protected override IEnumerable<Figure> Figures => CallbackFigures.All;

    protected override Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        if (section[CallbackFigures.Drawn] > 0)
        {
            var found = section[CallbackFigures.Reached] == 0 ? NotReached : section[CallbackFigures.Differing] == 0 ? Agreed : Differed;
            section.Say(SentenceKind.Account, (Drawn.Zh + found.Zh, Drawn.En + found.En));
        }
        section.SayIf(SentenceKind.Next, Missing, CallbackFigures.Missing);
        return Task.CompletedTask;
    }
}

/// <summary>Honours; the highest of them by name. People's are counted and never named: a report names nobody.</summary>
public sealed class HonoursSection(ReadSession read) : SectionWriter
{
    /// <summary>How many are named.</summary>
    private const int Most = 4;

    private static readonly Bilingual
        Counted = ("社区先后获得荣誉{honours.held}项，其中市级以上{honours.city-and-above}项。", "The community has received {honours.held|honour|honours}, {honours.city-and-above} of them from a city or above."),
        Named = ("社区先后获得{titles}等荣誉{honours.held}项，其中市级以上{honours.city-and-above}项。",
            "The community has received {honours.held|honour|honours}, {honours.city-and-above} of them from a city or above, among them {titles}.");

    public override ReportPlace Place => ReportOutline.Honours;

    protected override IEnumerable<Figure> Figures => [OrganizationFigures.Honours, OrganizationFigures.HighHonours];

    protected override async Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        if (section[OrganizationFigures.Honours] == 0)
            return;
        // Those behind the number that stands: a closed report goes on naming what it named.
        var value = section.Now[OrganizationFigures.HighHonours.Id];
        var db = await read.Db(cancel);
        var counted = OrganizationFigures.HighHonours.Records(db, draft.Period, value.ClosedAt).Select(r => r.Id);
        var high = value.Value == 0 ? [] : await db.Set<Honour>().Where(h => h.PersonId == null && counted.Contains(h.Id)).Select(h => new { h.Id, h.Level, h.AwardedOn, h.PublicCode, h.Title }).ToListAsync(cancel);
        var named = high.OrderBy(h => h.Level).ThenBy(h => h.AwardedOn).ThenBy(h => h.Id).Take(Most).Select(h => new HonourPart(h.PublicCode, h.Title)).ToList();
        if (named.Count == 0)
            section.Say(SentenceKind.Account, Counted);
        else
            section.Say(SentenceKind.Account, Named, new("titles", _ => named, ("", ", ")));
    }
}
