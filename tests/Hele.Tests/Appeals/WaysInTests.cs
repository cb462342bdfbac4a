using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>Every door has equal rights: web, counter, telephone, letter, chat group, work order, and what was settled on the spot.</summary>
public class WaysInTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    private static FileAppeal.Input Taken(Channel channel, string? name = "王桂兰") => new("facilities", "单元门关不上", "闭门器坏了。", "12号院5号楼", name, Today) { Channel = channel };

    private static async Task<Outcome> TakeDown(TestInstallation hele, Viewer clerk, FileAppeal.Input input) => await hele.Get<FileAppeal>().Run(clerk.Act(AppealAccess.TakeDown, Guid.NewGuid()), input);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakeDown_ForSomebodyOfTheRegister_IsTheirOwnMatter(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, zhao, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var code = (await TakeDown(hele, zhou, Taken(Channel.Phone, null) with { Person = await hele.PersonCode(TestPeople.Liu) })).Code!;
        var appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync());
        Assert.Equal((liu.PersonId, null, Channel.Phone, zhou.Posts[0].PostId), (appeal.AppellantId, appeal.AppellantName, appeal.Channel, appeal.EnteredByPostId));
        Assert.True((await hele.Accept(zhao, code)).Accepted);
        Assert.True((await hele.Answer(zhao, code)).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: true)).Accepted);
        Assert.Equal([AppealProblems.PersonUnknown], (await TakeDown(hele, zhou, Taken(Channel.Counter, null) with { Person = await hele.PersonCode(TestPeople.Liu, TestInstallation.Other) })).Problems);
        Assert.Equal([AppealProblems.NameMissing], (await TakeDown(hele, zhou, Taken(Channel.Chat, " "))).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Order_KeepsItsNumberAndDeadline_IsOneMatter_AndIsRepliedToOnce(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, zhao) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var order = Taken(Channel.Order, "") with { OrderSource = OrderSource.Hotline, OrderNumber = "DH20261030001234", OrderReplyBy = new(2026, 11, 3) };
        Assert.Equal([AppealProblems.OrderSourceMissing.Code, AppealProblems.OrderNumberMissing.Code, AppealProblems.OrderReplyByMissing.Code], (await TakeDown(hele, zhou, Taken(Channel.Order))).Problems.Select(p => p.Code));
        Assert.Equal([AppealProblems.OrderReplyByMissing], (await TakeDown(hele, zhou, order with { OrderReplyBy = new(2026, 10, 29) })).Problems);
        var code = (await TakeDown(hele, zhou, order)).Code!;
        Assert.Equal([AppealProblems.OrderKnown.Code], (await TakeDown(hele, zhou, order with { OrderReplyBy = new(2026, 11, 4) })).Problems.Select(p => p.Code));
        Assert.True((await TakeDown(hele, zhou, order with { OrderSource = OrderSource.Street })).Accepted);

        Assert.True((await hele.Accept(zhao, code)).Accepted);
        var reply = hele.Get<ReplyToOrder>();
        Assert.Equal([AppealProblems.ReplyMissing], (await reply.Run(zhao, zhao.Act(AppealAccess.ReplyToOrder, Guid.NewGuid()), new(code, " "))).Problems);
        Assert.True((await reply.Run(zhao, zhao.Act(AppealAccess.ReplyToOrder, Guid.NewGuid()), new(code, "已派人更换闭门器。"))).Accepted);
        Assert.Equal([AppealProblems.OrderReplied.Code], (await reply.Run(zhou, zhou.Act(AppealAccess.ReplyToOrder, Guid.NewGuid()), new(code, "已更换。"))).Problems.Select(p => p.Code));
        // The reply closes nothing: the resident judges.
        Assert.Equal(AppealState.Accepted, await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.State).SingleAsync()));
        Assert.Equal([AppealProblems.NotFound], (await reply.Run(zhao, zhao.Act(AppealAccess.ReplyToOrder, Guid.NewGuid()), new((await TakeDown(hele, zhou, Taken(Channel.Counter))).Code!, "x"))).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnTheSpot_IsFiledAndAnsweredInOneAct_AndNeverJudgedByWhoeverSettledIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, liu) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu));
        var settle = hele.Get<SettleOnTheSpot>();
        var before = await hele.Numbers(Period.Month(2026, 10));
        Task<Outcome> Run(Viewer viewer, SettleOnTheSpot.Input input) => settle.Run(viewer, viewer.Act(AppealAccess.OnTheSpot, Guid.NewGuid()), input);
        Assert.Equal([AppealProblems.KindMissing.Code, AppealProblems.TitleMissing.Code, AppealProblems.PlaceMissing.Code, AppealProblems.DoneMissing.Code], (await Run(zhao, new(null, "", " ", null, null, null))).Problems.Select(p => p.Code));
        var code = (await Run(zhao, new("facilities", "楼道灯不亮", "换了灯泡，当场试亮。", null, "3号楼2单元", null))).Code!;
        var now = await hele.Numbers(Period.Month(2026, 10));
        Assert.Equal((1, 1, 1), (now["appeals.filed"] - before["appeals.filed"], now["appeals.answered"] - before["appeals.answered"], now["appeals.unjudged"] - before["appeals.unjudged"]));
        Task<Outcome> Judge(Viewer viewer) => hele.Get<JudgeAppeal>().Run(viewer, viewer.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, true, null, OnPaper: true, Today));
        Assert.Equal([AppealProblems.HandlerCantJudge], (await Judge(zhao)).Problems);
        Assert.True((await Judge(zhou)).Accepted);
        Assert.Equal([AppealProblems.NotFound], (await Run(liu, new("facilities", "灯", "换了。", null, "3号楼", null))).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NameWithheld_IsSeenOnlyByWhoSaysWhatFor_AndTheResidentReadsIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, liu) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu));
        async Task<string> File(string of) => (await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new(of, "半夜装修", "每天十一点还在装修。", "3号楼") { WithholdName = true })).Code!;
        async Task<AppealView> See(Viewer viewer, string code) => (await hele.Query<AppealQueries, AppealView?>(q => q.Find(viewer, code)))!;
        var code = await File("noise");
        Assert.Null((await See(zhao, code)).Appellant);
        Assert.Equal(TestPeople.Liu.Name, (await See(liu, code)).Appellant);
        // Between neighbours it can't be handled without knowing who.
        Assert.Equal(TestPeople.Liu.Name, (await See(zhao, await File("neighbours"))).Appellant);
        var open = hele.Get<OpenName>();
        Task<Outcome> Open(Viewer viewer, string? why) => open.Run(viewer, viewer.Act(AppealAccess.OpenName, Guid.NewGuid()), new(code, why));
        Assert.Equal([AppealProblems.NameReasonMissing], (await Open(zhao, " ")).Problems);
        Assert.True((await Open(zhao, "要上门听声音从哪家来")).Accepted);
        Assert.Equal(TestPeople.Liu.Name, (await See(zhao, code)).Appellant);
        Assert.Null((await See(zhou, code)).Appellant);
        Assert.Equal("要上门听声音从哪家来", Assert.Single((await See(liu, code)).Notes, n => n.Kind == NoteKind.NameOpened).Text);
        // Nor does a search by the name find it, when it was taken down at the counter.
        await TakeDown(hele, zhou, Taken(Channel.Counter, "秦小姐") with { WithholdName = true });
        Assert.Empty((await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(zhao, new(Search: "秦小姐"), Today))).Rows);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory]
    [InlineData("3号楼张姐 2026/10/29 21:12\n楼道灯又不亮了！老人下楼怕摔。[流泪][流泪]", "3号楼张姐", "2026-10-29", "楼道灯又不亮了", "楼道灯又不亮了！老人下楼怕摔。")]
    [InlineData("张姐 10月29日 8:05\n有人管管吗\n电话13812345678", "张姐", "2026-10-29", "有人管管吗", "有人管管吗\n电话138****5678")]
    [InlineData("老李：下水道堵了", "老李", null, "下水道堵了", "下水道堵了")]
    [InlineData("@网格员小赵 门禁坏了，进不去", null, null, "门禁坏了，进不去", "门禁坏了，进不去")]
    [InlineData("张姐 12/30 08:00\n去年的事", "张姐", "2025-12-30", "去年的事", "去年的事")]
    [InlineData("张姐 2月31日 08:00\n日子不对", "张姐", null, "日子不对", "日子不对")]
    [InlineData("", null, null, "", "")]
    [InlineData("身份证110101199003078515的住户投诉", null, null, "身份证110***********8515的住户投诉", "身份证110***********8515的住户投诉")]
    public void ChatMessage_IsReadIntoFields_NumbersShortened(string pasted, string? name, string? on, string title, string text)
    {
        var read = ChatMessage.Read(pasted, Today);
        Assert.Equal((name, on is null ? null : DateOnly.ParseExact(on, "yyyy-MM-dd"), title, text), (read.Name, (DateOnly?)read.On, read.Title, read.Text));
    }

    [Fact]
    public void ChatMessage_OfAnyText_NeverFailsAndFitsTheFields() => CsCheck.Check.Sample(CsCheck.Gen.String, text =>
    {
        var read = ChatMessage.Read(text, Today);
        Assert.True(read.Title.Length <= Appeal.TitleLength && (read.Name?.Length ?? 0) <= Appeal.NameLength);
    });
}
