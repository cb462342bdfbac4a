using System.Globalization;
using DocumentFormat.OpenXml;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Documents;

namespace Hele.Civic.GridPlanning;

/// <summary>
/// A plan as a document to be decided on, in the official layout: what is to change, for whom, grid by grid and building by building. Of an adopted plan it says the figures it was decided by. It names no person.
/// </summary>
public static class PlanDocument
{
    private static readonly Bilingual
        Title = ("{0}关于调整网格划分的方案", "{0}: plan for cutting the grids anew"), Decided = ("{0}关于调整网格划分的决定", "{0}: decision on cutting the grids anew"),
        Why = ("一、调整的理由", "1. Why"), What = ("二、调整以后怎么样", "2. What becomes of the grids"), Whom = ("三、谁换网格", "3. Who changes their grid"), Mind = ("四、要一并办好的事", "4. What has to be settled with it"), Basis = ("五、依据和说明", "5. What it rests on"),
        Reason = ("{0}。", "{0}."), NotYet = ("（采用的时候填写理由。）", "(The reason is given when it is adopted.)"),
        Sum = ("调整以后共{0}个网格（调整以前{1}个）。换网格的有{2}栋楼、{3}户、{4}人。每个网格{5}—{6}户，平均{7}户，离平均最远的差{8}%（调整以前{9}%）。", "There are {0} grids then (before: {1}). {2} buildings with {3} households and {4} people change their grid. A grid has {5}–{6} households, {7} on the mean; the farthest lies {8}% from it (before: {9}%)."),
        Splits = ("分在几个网格里的小区{0}个（调整以前{1}个）。", "Compounds that lie in several grids: {0} (before: {1})."),
        Grid = ("网格", "Grid"), Code = ("编码", "Code"), Fate = ("变化", "Change"), Buildings = ("楼栋", "Buildings"), Households = ("户数", "Households"), Residents = ("居民", "Residents"), Older = ("老年人", "Older people"), Party = ("正式党员（填报）", "Full Party members (as stated)"),
        From = ("从", "From"), To = ("到", "To"), Which = ("楼栋", "Buildings"), Later = ("采用时编", "given on adoption"),
        Stays = ("不变", "as before"), Changes = ("有变动", "changes"), Opened = ("新设", "new"), Closes = ("撤销", "closed"), Unknown = ("没有登记", "not registered"), Joint = ("合在一个支部", "shares a branch"),
        Reckoned = ("约{0}（推算）", "about {0} (reckoned)"), Was = ("调整以前：{0}。", " Before: {0}."), EvenMembers = ("方案要求正式党员也要均匀；没有填报党员的支部，它的楼按0名算。", "Full Party members were wished to be even, too; buildings of a branch that stated none count as having none."), Broken = ("和提出的要求不符：{0}。", "Against what was wished for: {0}."),
        FewReckoned = ("{0}按居民数推算正式党员约{1}名，少于成立党支部要的{2}名（{3}）；请支部核实。", "{0} has about {1} full members by its residents, fewer than the {2} a branch needs ({3}); the branch should check."),
        Shared = ("正式党员是支部换届时填报的；支部的楼分在几个网格里的，按居民数推算。", "Full members are as branches stated when their terms began; of a branch with buildings in several grids they are reckoned by residents."),
        Few = ("{0}的党支部填报正式党员{1}名，少于成立党支部要的{2}名（{3}）。", "The branch of {0} stated {1} full members, fewer than the {2} a branch needs ({3})."),
        Unsure = ("{0}能不能单独成立党支部，登记里看不出：没有登记党员住在哪栋楼。", "Whether {0} can have a branch of its own the register doesn't say: it doesn't know where Party members live."),
        Bodies = ("{0}撤销，为它设的组织要改：{1}。", "{0} closes; these are for it: {1}."), NoneToMind = ("没有。", "Nothing."),
        Numbers = ("户数、居民、老年人按{0}的登记计数；老年人按出生年份算。换网格按整栋楼算，不拆开一栋楼。", "Households, residents and older people are counted from the register of {0}, older people by their year of birth. Whole buildings change their grid; none is divided."),
        Rules = ("网格规模：{0}—{1}户（{2}）。", "Size of a grid: {0}–{1} households ({2})."), Checked = ("规模的原文没有核对。", "The text behind the sizes was not checked."),
        Person = ("自动划分只提出建议；本方案由社区的人看过、调整过，由人决定采用。", "The program only proposes; people of the community looked at this plan, changed it, and decide on it."),
        Number = ("决定：{0}。自{1}起执行。", "Decided by: {0}. It holds from {1}."), Outlines = ("网格范围按楼栋的位置画出，可以再按道路和围墙改划。", "Outlines are worked out from where the buildings stand; they can be redrawn along roads and walls."),
        File = ("{0}网格划分方案（{1}）.docx", "grid-plan-{0}-{1}.docx"), Comma = ("、", ", ");

    /// <param name="wish">What of it the plan breaks is said; null where none was asked.</param>
    /// <param name="language">zh or en.</param>
    public static byte[] Write(Jurisdiction here, PlanDraftView view, PlanWish? wish, string language)
    {
        string In(Bilingual text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text.In(language), [.. values.Select(v => v is Bilingual pair ? pair.In(language) : v)]);
        var (draft, stand, ground) = (view.Draft, view.View.Stand, view.Ground);
        var name = language == "en" ? here.NameEn : here.Name;
        var day = draft.ClosedOn ?? draft.KeptOn;
        string Date(DateOnly on) => new Period(on, on).Title.In(language);
        string NameOf(string key) => In(stand.NameOf(key));
        var address = ground.Lots.ToDictionary(l => l.Code, l => l.Address);
        var adopted = draft.State == PlanState.Adopted;
        var title = In(adopted ? Decided : Title, name);
        return OfficialPaper.Write(language, title, name, China.At(day), _ => Content());

        IEnumerable<OpenXmlElement> Content()
        {
            yield return OfficialPaper.Styled(OfficialPaper.Title, OfficialPaper.Words(title));
            yield return OfficialPaper.Styled(OfficialPaper.Body);
            OpenXmlElement Head(Bilingual text) => OfficialPaper.Styled(OfficialPaper.Heading(1), OfficialPaper.Words(In(text)));
            string Members(PlanParty party) => party.Branch == BranchStanding.Joint ? In(Joint) : party.Members is not { } members ? In(Unknown) : party.Reckoned ? In(Reckoned, members) : Whole(members);
            OpenXmlElement Say(string text) => OfficialPaper.Styled(OfficialPaper.Body, OfficialPaper.Words(text));

            yield return Head(Why);
            yield return Say(draft.Reason is { } reason ? reason.EndsWith('\u3002') || reason.EndsWith('.') ? reason : In(Reason, reason) : In(NotYet));
            if (adopted)
                yield return Say(In(Number, draft.Number!, Date(draft.ValidFrom!.Value)));

            yield return Head(What);
            yield return Say(In(Sum, stand.Planned.Count(), stand.GridsBefore, stand.MovedBuildings, stand.MovedHouseholds, stand.MovedResidents, stand.Spread.Least, stand.Spread.Most, stand.Spread.Mean, stand.Spread.Off, stand.SpreadBefore.Off));
            yield return Say(In(Splits, stand.Split.Count, stand.SplitBefore));
            foreach (var broken in wish is null ? [] : PlanBreaches.Of(ground, view.View.Cut, stand, wish))
                yield return Say(In(Broken, broken));
            yield return OfficialPaper.Table([28, 34, 16, 18, 18, 18, 24],
            [
                Row(In(Grid), In(Code), In(Fate), In(Buildings), In(Households), In(Residents), In(Party)),
                .. stand.Lines.Select(l => Row(NameOf(l.Key), l.Number.Length > 0 ? l.Number : In(Later), In(FateOf(l.Fate)), $"{l.Before.Buildings} → {l.After.Buildings}", $"{l.Before.Households} → {l.After.Households}", $"{l.Before.Residents} → {l.After.Residents}",
                    $"{Members(l.PartyBefore)} → {Members(l.Party)}")),
            ]);
            yield return OfficialPaper.Styled(OfficialPaper.Cell);

            yield return Head(Whom);
            if (stand.Flows.Count == 0)
            {
                yield return Say(In(NoneToMind));
            }
            else
            {
                yield return OfficialPaper.Table([26, 26, 56, 16, 16, 16],
                [
                    Row(In(From), In(To), In(Which), In(Households), In(Residents), In(Older)),
                    .. stand.Flows.Select(f => Row(NameOf(f.From), NameOf(f.To), string.Join(In(Comma), f.Buildings.Select(b => address.GetValueOrDefault(b, b))), Whole(f.Figures.Households), Whole(f.Figures.Residents), Whole(f.Figures.Older))),
                ]);
                yield return OfficialPaper.Styled(OfficialPaper.Cell);
            }

            yield return Head(Mind);
            var told = false;
            foreach (var line in stand.Lines.Where(l => l.Fate == GridFate.Closes))
            {
                if (ground.Grid(line.Key)?.Bodies is { Count: > 0 } bodies)
                {
                    told = true;
                    yield return Say(In(Bodies, line.Name, string.Join(In(Comma), bodies.Select(b => b.Name))));
                }
            }
            foreach (var line in stand.Planned)
            {
                if (line.Party.Branch == BranchStanding.TooFew)
                {
                    told = true;
                    yield return Say(In(line.Party.Reckoned ? FewReckoned : Few, NameOf(line.Key), line.Party.Members!, ground.Rules.BranchLeast.Amount, ground.Rules.BranchLeast.Source) + (line.Fate == GridFate.New ? "" : In(Was, Members(line.PartyBefore))));
                }
                else if (line.Party.Branch == BranchStanding.Unknown)
                {
                    told = true;
                    yield return Say(In(Unsure, NameOf(line.Key)));
                }
            }
            foreach (var torn in stand.TornBranches)
            {
                told = true;
                yield return Say(In(Reason, torn));
            }
            if (!told)
                yield return Say(In(NoneToMind));

            yield return Head(Basis);
            yield return Say(In(Numbers, Date(day)));
            if (stand.Lines.Any(l => l.Party.Reckoned || l.PartyBefore.Reckoned))
                yield return Say(In(Shared));
            if (wish is { EvenMembers: true })
                yield return Say(In(EvenMembers));
            yield return Say(In(Rules, ground.Rules.Least.Amount, ground.Rules.Most.Amount, ground.Rules.Least.Source) + (ground.Rules.Least.IsVerified ? "" : In(Checked)));
            yield return Say(In(Outlines));
            yield return Say(In(Person));
            yield return OfficialPaper.Styled(OfficialPaper.Body);
            yield return OfficialPaper.Styled(OfficialPaper.Signed, OfficialPaper.Words(name));
            yield return OfficialPaper.Styled(OfficialPaper.Signed, OfficialPaper.Words(Date(day)));
        }
    }

    public static string FileName(Jurisdiction here, PlanDraftView view, string language) => string.Format(CultureInfo.InvariantCulture, File.In(language), language == "en" ? here.Code : here.Name, view.Draft.PublicCode);

    private static Bilingual FateOf(GridFate fate) => fate switch { GridFate.New => Opened, GridFate.Closes => Closes, GridFate.Changes => Changes, _ => Stays };

    private static IReadOnlyList<IEnumerable<OpenXmlElement>> Row(params string[] cells) => [.. cells.Select(c => OfficialPaper.CellOf(OfficialPaper.Words(c)))];

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
