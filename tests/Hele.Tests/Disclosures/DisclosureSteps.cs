using Hele.Civic.Disclosures;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Disclosures;

/// <summary>Short ways to write, check, put up, correct and answer, each through the real operation.</summary>
internal static class DisclosureSteps
{
    public const string Name = "胡桂芝", Board = "社区大厅公开栏";

    public static DisclosureTyped Fund(string title = "第三季度办公经费收支", string lines = "2026-07-05 | 街道拨付办公经费 | 12000 | | \n2026-08-11\t购买打印纸\t\t318.50\t20260811-02", string opening = "1500", bool isChecked = false) =>
        new(title, new Dictionary<string, string?> { ["opening"] = opening, ["secret"] = "多写的一项" }, lines, isChecked);

    public static DisclosureTyped Aid(string lines = $"{Name} | 2 | 680\n丁福来 | 1 | 820.5") => new("胡桂芝家低保", new Dictionary<string, string?> { ["opinion"] = "拟同意，报区民政局审核。" }, lines);

    public static DisclosureTyped Other(string title = "小游园改造意见征集结果", string text = "收到意见23条，采纳17条。") => new(title, new Dictionary<string, string?> { ["text"] = text }, null);

    public static Task<Outcome> Write(this TestInstallation hele, Viewer viewer, string kind = "other", DisclosureTyped? typed = null, string? covers = null, Guid? operation = null) =>
        hele.Get<WriteDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Write, operation ?? Guid.NewGuid()), new(kind, covers, typed ?? kind switch { "office-fund" => Fund(), "low-income" => Aid(), _ => Other() }));

    public static async Task<Outcome> EditDisclosure(this TestInstallation hele, Viewer viewer, string code, DisclosureTyped typed, int? seen = null) =>
        await hele.Get<EditDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Write, Guid.NewGuid()), new(code, seen ?? await hele.Seen(code), typed));

    public static async Task<Outcome> CheckDisclosure(this TestInstallation hele, Viewer viewer, string code, int? seen = null, Guid? operation = null) =>
        await hele.Get<CheckDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Check, operation ?? Guid.NewGuid()), new(code, seen ?? await hele.Seen(code)));

    public static async Task<Outcome> SendBack(this TestInstallation hele, Viewer viewer, string code, string? reason = "凭证号不对。") =>
        await hele.Get<ReturnDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Check, Guid.NewGuid()), new(code, await hele.Seen(code), reason));

    public static async Task<Outcome> PutUp(this TestInstallation hele, Viewer viewer, string code, DateOnly? to = null, string? where = Board, int? seen = null, Guid? operation = null) =>
        await hele.Get<PublishDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Write, operation ?? Guid.NewGuid()), new(code, seen ?? await hele.Seen(code), where, to));

    public static Task<Outcome> TakeDisclosureDown(this TestInstallation hele, Viewer viewer, string code, WithdrawReason? why = WithdrawReason.PersonalData, string? reason = "写了不该写的姓名。") =>
        hele.Get<WithdrawDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Withdraw, Guid.NewGuid()), new(code, why, reason));

    public static async Task<Outcome> Propose(this TestInstallation hele, Viewer viewer, string code, DisclosureTyped typed, string? reason = "打印纸的金额写错了。", int? seen = null) =>
        await hele.Get<ProposeCorrection>().Run(viewer, viewer.Act(DisclosureAccess.Write, Guid.NewGuid()), new(code, seen ?? await hele.Seen(code), typed, reason));

    public static async Task<Outcome> CheckCorrection(this TestInstallation hele, Viewer viewer, string code, bool accept = true, string? reason = null) =>
        await hele.Get<CheckCorrection>().Run(viewer, viewer.Act(DisclosureAccess.Check, Guid.NewGuid()), new(code, await hele.Seen(code), accept, reason));

    public static Task<Outcome> ObjectTo(this TestInstallation hele, Viewer? viewer, string code, string? text = "打印纸哪用得了这么多？", ObjectionDoor? door = null, Guid? operation = null)
    {
        var id = operation ?? Guid.NewGuid();
        return hele.Get<ObjectToDisclosure>().Run(viewer, viewer is null ? Act.Unnamed(id, TestInstallation.Hexi) : viewer.Act(door is null ? DisclosureAccess.Object : DisclosureAccess.TakeDown, id), new(code, text, door, door is not null));
    }

    public static Task<Outcome> AnswerObjection(this TestInstallation hele, Viewer viewer, string code, string objection, string? asked = "打印纸买多了。", string? answer = "查过凭证，是三个月的量。", bool isRight = false) =>
        hele.Get<AnswerObjection>().Run(viewer, viewer.Act(DisclosureAccess.Answer, Guid.NewGuid()), new(code, objection, asked, answer, isRight));

    /// <summary>Written by the clerk, checked by the supervisor, put up by the clerk.</summary>
    public static async Task<string> Up(this TestInstallation hele, string kind = "other", DisclosureTyped? typed = null, string? covers = null, DateOnly? to = null, int community = TestInstallation.Hexi)
    {
        var (zhou, feng) = (await hele.Viewer(TestPeople.Zhou, community), await hele.Viewer(TestPeople.Feng, community));
        var code = GridSteps.Ok(await hele.Get<WriteDisclosure>().Run(zhou, zhou.Act(DisclosureAccess.Write, Guid.NewGuid()), new(kind, covers, typed ?? kind switch { "office-fund" => Fund(), "low-income" => Aid(), _ => Other() })));
        GridSteps.Ok(await hele.Get<CheckDisclosure>().Run(feng, feng.Act(DisclosureAccess.Check, Guid.NewGuid()), new(code, 1)));
        GridSteps.Ok(await hele.Get<PublishDisclosure>().Run(zhou, zhou.Act(DisclosureAccess.Write, Guid.NewGuid()), new(code, 2, Board, to)));
        return code;
    }

    public static Task<Disclosure> Disclosed(this TestInstallation hele, string code) => hele.Read(db => db.Set<Disclosure>().SingleAsync(d => d.PublicCode == code));

    public static async Task<int> Seen(this TestInstallation hele, string code) => await hele.Read(db => db.Set<Disclosure>().Where(d => d.PublicCode == code).Select(d => (int?)d.Revision).SingleOrDefaultAsync()) ?? 0;

    public static async Task<PublicDisclosure?> AsAnybody(this TestInstallation hele, string code) => (await hele.Get<FindDisclosed>().Find(code))?.Disclosure;

    public static async Task<IReadOnlyList<BoardLine>> OnBoard(this TestInstallation hele, string? search = null, bool past = false, string? kind = null) =>
        (await hele.Query<DisclosureQueries, (IReadOnlyList<BoardLine> Rows, Guid?, Guid?)>(q => q.Board(new(kind, search, past)))).Rows;

    public static Task<int> KeepDisclosures(this TestInstallation hele, int community = TestInstallation.Hexi) => hele.Get<KeepDisclosures>().RunDue(community);

    public static Task<List<string>> EventsOfDisclosure(this TestInstallation hele, string code) => hele.Read(async db =>
    {
        var id = await db.Set<Disclosure>().Where(d => d.PublicCode == code).Select(d => d.Id).SingleAsync();
        return await db.Set<JournalRow>().Where(r => r.RowTable == "Disclosures" && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync();
    });
}
