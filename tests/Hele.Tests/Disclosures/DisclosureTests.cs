using System.Text;
using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Hele.Tests.Disclosures;

/// <summary>The board and its archive: what must be disclosed, checked by another, up as long as the rule says, corrected in sight, and gone with its names when its time is over.</summary>
public class DisclosureTests
{
    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<DisclosureState>())
        {
            foreach (var act in Disclosure.LifeCycle.Acts.Where(a => a != Disclosure.Draft))
            {
                var disclosure = In(state);
                var problem = Do(disclosure, act);
                if (Disclosure.LifeCycle.Find(state, act) is { } line)
                {
                    Assert.Null(problem);
                    Assert.Equal(line.To, disclosure.State.ToString());
                }
                else
                {
                    Assert.True(problem?.Code == "disclosure.not-now", $"{act} from {state}");
                    Assert.Equal(state, disclosure.State);
                }
            }
        }
    }

    /// <summary>The state has one writer. Seen to fail: a second assignment in EndIt.</summary>
    [Fact]
    public void State_IsAssignedInOnePlaceOnly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Disclosure).Assembly.Location);
        Assert.Equal(["Move"], assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference { Name: "set_State" } set && set.DeclaringType.Name == nameof(Disclosure))).Select(m => m.Name));
    }

    /// <summary>The catalogue is complete and consistent: what stands in it can be put up, checked by others, for as long as a rule says.</summary>
    [Fact]
    public void Catalogue_EveryKindOfTheLaw_NamesItsPostsItsRulesAndItsFields()
    {
        Assert.Equal(["decision", "implementation", "office-fund", "donations", "facilities", "projects", "consultation", "assisting", "other", "raised-funds", "appraisal", "audit", "voters", "low-income", "destitute", "orphan-care", "minors"], DisclosureKinds.All.Select(k => k.Code));
        var day = new DateOnly(2026, 10, 30);
        foreach (var kind in DisclosureKinds.Shown)
        {
            Assert.NotEmpty(kind.Posts);
            Assert.NotEmpty(kind.Checks);
            Assert.NotEmpty(kind.Fields);
            Assert.NotEmpty(kind.Citation.Zh);
            foreach (var rule in new[] { kind.Min, kind.Answer, kind.Every ?? kind.Min, kind.Objection ?? kind.Min })
                Assert.NotNull(ReferenceData.Rules.Find(rule!, day));
            // Personal fields stand only in kinds that are sealed whole, and only there.
            Assert.Equal(kind.IsPersonal, kind.Fields.Any(f => f.IsPersonal));
        }
        Assert.Equal((15, Editable.NoBelow), Rule("affairs.disclosure.min"));
        Assert.Equal((7, Editable.NoBelow), Rule("disclosure.aid.min"));
        // Of low-income aid: name, members, amount (Measures of 2021, art. 24), and nothing else of the household.
        Assert.Equal(["name", "members", "amount"], DisclosureKinds.Of("low-income").Columns.Select(c => c.Code));
        // Never of children: there is no such kind to choose.
        Assert.All(new[] { "orphan-care", "minors" }, code => Assert.Null(DisclosureKinds.Find(code)));

        (int, Editable) Rule(string id) => ReferenceData.Rules.InForce(id, day) is var rule ? (rule.Amount, rule.Editable) : default;
    }

    [Fact]
    public void Typing_OneRecordALine_IsReadFieldByField_AndNothingElseGetsIn()
    {
        var (kind, problems) = (DisclosureKinds.Of("office-fund"), new List<Problem>());
        var content = DisclosureContent.Read(kind, DisclosureSteps.Fund().Head, DisclosureSteps.Fund().Lines, problems);
        Assert.Empty(problems);
        Assert.Equal(["opening"], content.Head.Keys);
        Assert.Equal(("150000", 2, "31850", "20260811-02"), (content["opening"], content.Lines.Count, content.Lines[1]["out"], content.Lines[1]["voucher"]));
        Assert.Equal((1_200_000L, 31_850L, 1_318_150L), (content.Total(kind.Columns[2]), content.Total(kind.Columns[3]), content.Balance(kind)));
        // Kept and typed again it is the same.
        var again = DisclosureContent.Parse(content.ToJson());
        Assert.Equal(content.ToJson(), again.ToJson());
        Assert.Equal(content.ToJson(), DisclosureContent.Read(kind, DisclosureSteps.Fund().Head, again.TypedLines(kind), problems).ToJson());

        foreach (var (line, code) in new[]
        {
            ("2026-07-05 | 买纸 | | 3.5 | 1 | 胡桂芝", "disclosure.too-many-columns"), ("2026-13-05 | 买纸", "disclosure.cell-unreadable"), ("2026-07-05 | 买纸 | | 三块五", "disclosure.cell-unreadable"), ("2026-07-05 | 买纸 | | 3.555", "disclosure.cell-unreadable"), ("2026-07-05 | 买纸 | | 3 | 13711118888", "disclosure.cell-unreadable"),
            ("| 买纸", "disclosure.cell-missing"), ($"2026-07-05 | {new string('纸', 201)}", "disclosure.cell-too-long"),
        })
        {
            problems.Clear();
            DisclosureContent.Read(kind, DisclosureSteps.Fund().Head, line, problems);
            Assert.Equal([code], problems.Select(p => p.Code));
        }
        problems.Clear();
        DisclosureContent.Read(kind, new Dictionary<string, string?> { ["opening"] = "很多", ["note"] = new string('字', 2001) }, string.Concat(Enumerable.Repeat("2026-07-05 | 买纸\n", 501)), problems);
        Assert.Equal(["disclosure.no-money", "disclosure.too-long", "disclosure.too-many-lines"], problems.Select(p => p.Code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Written_CheckedBySomebodyElse_AndPutUp_NeverForLessThanTheRule(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma, feng) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var operation = OperationIds.New();
        var code = GridSteps.Ok(await hele.Write(zhou, "office-fund", covers: "2026-Q3", operation: operation));
        Assert.True((await hele.Write(zhou, "office-fund", covers: "2026-Q3", operation: operation)).Replayed);
        // A period once: whoever else writes it is told how far the first is.
        Assert.Equal("disclosure.period-taken", Assert.Single((await hele.Write(ma, "office-fund", covers: "2026-Q3")).Problems).Code);
        Assert.Equal("disclosure.period-not-over", Assert.Single((await hele.Write(ma, "office-fund", covers: "2026-Q4")).Problems).Code);
        Assert.Equal("disclosure.period-missing", Assert.Single((await hele.Write(ma, "office-fund", covers: "近来")).Problems).Code);
        Assert.Equal([DisclosureProblems.NotYours], (await hele.Write(feng)).Problems);
        Assert.Equal([DisclosureProblems.KindMissing], (await hele.Write(zhou, "orphan-care")).Problems);

        // Nobody puts up what wasn't checked, nobody checks their own, and the clerk checks nothing.
        Assert.Equal("disclosure.not-now", Assert.Single((await hele.PutUp(zhou, code)).Problems).Code);
        Assert.Equal([DisclosureProblems.NotFound], (await hele.CheckDisclosure(zhou, code)).Problems);
        Assert.Equal([DisclosureProblems.NotFound], (await hele.CheckDisclosure(ma, code)).Problems);
        Assert.Equal("disclosure.reason-missing", Assert.Single((await hele.SendBack(feng, code, " ")).Problems).Code);
        GridSteps.Ok(await hele.SendBack(feng, code));
        GridSteps.Ok(await hele.EditDisclosure(zhou, code, DisclosureSteps.Fund(lines: "2026-07-05 | 街道拨付办公经费 | 12000")));
        // Checked on what was read: a change in between is said, with who and when, and nothing is checked.
        var faster = Assert.Single((await hele.CheckDisclosure(feng, code, seen: 1)).Problems);
        Assert.Equal(("disclosure.changed-meanwhile", true), (faster.Code, faster.Sentence.Zh.Contains("修改后再送核对", StringComparison.Ordinal)));
        GridSteps.Ok(await hele.CheckDisclosure(feng, code));

        // Fifteen days, the first not counted; the fourteenth of November is a Saturday.
        Assert.Equal("disclosure.too-short", Assert.Single((await hele.PutUp(zhou, code, new DateOnly(2026, 11, 14))).Problems).Code);
        Assert.Equal("disclosure.too-long-up", Assert.Single((await hele.PutUp(zhou, code, hele.Today.AddDays(400))).Problems).Code);
        Assert.Equal("disclosure.where-missing", Assert.Single((await hele.PutUp(zhou, code, where: "")).Problems).Code);
        GridSteps.Ok(await hele.PutUp(zhou, code));
        var up = await hele.Disclosed(code);
        Assert.Equal((new DateOnly(2026, 10, 30), new DateOnly(2026, 11, 16), "2026-001", (Guid?)feng.Posts[0].PostId, (Guid?)zhou.Posts[0].PostId), (up.ShownFrom!.Value, up.ShownTo!.Value, up.Number!, up.CheckedByPostId, up.PublishedByPostId));
        Assert.Equal(["disclosure.drafted", "disclosure.returned", "disclosure.edited", "disclosure.checked", "disclosure.published"], await hele.EventsOfDisclosure(code));
        // What is up can't be edited or dropped any more.
        Assert.Equal("disclosure.not-now", Assert.Single((await hele.EditDisclosure(zhou, code, DisclosureSteps.Fund())).Problems).Code);
        // A community may ask for more days, not for fewer.
        Assert.Equal("rule.not-below", Assert.Single((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new("affairs.disclosure.min", 10, hele.Today, "习惯"))).Problems).Code);
        GridSteps.Ok(await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new("affairs.disclosure.min", 20, hele.Today, "居民代表会议决定")));
        Assert.Equal(new DateOnly(2026, 11, 19), (await hele.Disclosed(await hele.Up())).ShownTo);
        // The appraisal is presided over by the supervisors: they write it, the secretary checks it.
        var appraisal = new DisclosureTyped("民主评议结果", new Dictionary<string, string?> { ["held"] = "2026-10-20", ["present"] = "41" }, "居委会主任 | 38 | 3 | 0");
        hele.Clock.MoveTo(China.At(new DateOnly(2027, 1, 5), new TimeOnly(9, 0)));
        var judged = GridSteps.Ok(await hele.Write(feng, "appraisal", appraisal, "2026"));
        GridSteps.Ok(await hele.CheckDisclosure(ma, judged));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task KindsWithoutPersonalData_RefuseWhatLooksLikeIt_UntilSomebodySaysItIsNone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        foreach (var typed in new[] { DisclosureSteps.Other(text: "请打13711118888"), DisclosureSteps.Other("3单元302室的申请"), DisclosureSteps.Other(text: "陈静说好") })
            Assert.Equal("disclosure.looks-personal", Assert.Single((await hele.Write(zhou, typed: typed)).Problems).Code);
        Assert.Equal("disclosure.looks-personal", Assert.Single((await hele.Write(zhou, "office-fund", DisclosureSteps.Fund(lines: "2026-07-05 | 慰问陈静 | | 200"), "2026-Q3")).Problems).Code);
        GridSteps.Ok(await hele.Write(zhou, typed: DisclosureSteps.Other(text: "凭证20260811002") with { Checked = true }));
        // A long list is kept whole, on both databases. Seen to fail: PostgreSQL refused what the default length of a text didn't hold.
        var whole = GridSteps.Ok(await hele.Write(zhou, "donations", new("全年捐赠", new Dictionary<string, string?>(), string.Concat(Enumerable.Repeat("2026-03-05 | 居民 | 棉衣一件 | | 送困难家庭\n", 300))), "2025-H2"));
        Assert.Equal(300, (await hele.Query<DisclosureQueries, DisclosureView?>(q => q.Find(zhou, whole)))!.Texts[0].Content!.Lines.Count);
        // Of nothing nothing is said: a fund without a line is disclosed as such, a posting without a name isn't.
        GridSteps.Ok(await hele.Write(zhou, "office-fund", DisclosureSteps.Fund(lines: ""), "2026-Q3"));
        Assert.Equal([DisclosureProblems.LinesMissing], (await hele.Write(zhou, "low-income", DisclosureSteps.Aid(" "))).Problems);
        Assert.Equal("disclosure.too-many-columns", Assert.Single((await hele.Write(zhou, "low-income", DisclosureSteps.Aid("胡桂芝 | 2 | 680 | 糖尿病"))).Problems).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Posting_IsSealedFromTheFirst_OpenWhileItIsUp_AndGoneFromEverywhereTheDayAfter(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng, ma, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Liu));
        var code = GridSteps.Ok(await hele.Write(zhou, "low-income"));
        var text = await hele.Read(db => db.Set<DisclosureText>().SingleAsync());
        Assert.Null(text.Content);
        Assert.DoesNotContain(DisclosureSteps.Name, Encoding.UTF8.GetString(text.ContentSealed!));
        // A title is no whitelist: none is kept.
        Assert.Null((await hele.Disclosed(code)).Title);
        Assert.Null(await hele.AsAnybody(code));
        // Whoever checks it says what for, and that is recorded; whoever has nothing to do with it opens nothing.
        Assert.Equal(["disclosure.purpose-missing"], (await Open(feng, "")).Problems.Select(p => p.Code));
        Assert.Equal(DisclosureSteps.Name, (await Open(feng, "核对")).Texts.Single().Content.Lines[0]["name"]);
        Assert.Equal(("核对", (Guid?)feng.Posts[0].PostId), await hele.Read(async db => await db.Set<ViewRecord>().SingleAsync() is var v ? (v.Reason, v.PostId) : default));
        Assert.Empty((await Open(liu, "看看")).Texts);
        GridSteps.Ok(await hele.CheckDisclosure(feng, code));
        GridSteps.Ok(await hele.PutUp(zhou, code));

        // Seven days: up to the sixth of November, to its last minute, for everybody and without a record of who.
        var disclosure = await hele.Disclosed(code);
        Assert.Equal(new DateOnly(2026, 11, 6), disclosure.ShownTo);
        hele.Clock.MoveTo(China.At(new DateOnly(2026, 11, 6), new TimeOnly(23, 59)));
        var shown = await hele.AsAnybody(code);
        Assert.Equal((DisclosurePhase.Up, DisclosureSteps.Name, "2", "68000"), (shown!.Phase, shown.Texts.Single().Content.Lines[0]["name"], shown.Texts.Single().Content.Lines[0]["members"], shown.Texts.Single().Content.Lines[0]["amount"]));
        Assert.Equal(1, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        // Never found by words, in no feed, without a file to keep.
        Assert.Equal([code], (await hele.OnBoard()).Select(r => r.Code));
        Assert.Empty(await hele.OnBoard(DisclosureSteps.Name));
        Assert.Empty((await hele.Get<FindDisclosed>().Newest(TestInstallation.HexiCode, 20))!.Value.Rows);
        Assert.Null(await hele.Get<FindDisclosed>().Proof(null, code, hele.Log));

        // A minute later nothing of it is left for anybody, though nothing has tidied up.
        hele.Clock.MoveTo(China.At(new DateOnly(2026, 11, 7), new TimeOnly(0, 0)));
        var over = await hele.AsAnybody(code);
        Assert.Equal((DisclosurePhase.Over, 0, (string?)null, DisclosureState.Shown), (over!.Phase, over.Texts.Count, over.Title, (await hele.Disclosed(code)).State));
        Assert.Empty(await hele.OnBoard());
        Assert.Empty(await hele.OnBoard(past: true));
        var view = await hele.Query<DisclosureQueries, DisclosureView?>(q => q.Find(ma, code));
        Assert.Null(view!.Texts.Single().Content);
        // Then the archive follows, with its entry; said twice it is done once.
        Assert.Equal(1, await hele.KeepDisclosures());
        Assert.Equal(0, await hele.KeepDisclosures());
        Assert.Equal(["disclosure.drafted", "disclosure.checked", "disclosure.published", "disclosure.ended"], await hele.EventsOfDisclosure(code));

        // From the archive the secretary and the supervisors open it, saying what for; its writer no longer.
        Assert.Empty((await Open(zhou, "看看")).Texts);
        Assert.Equal("丁福来", (await Open(ma, "有人来查询")).Texts.Single().Content.Lines[1]["name"]);
        // The proof holds the sealed bytes as they went up, from when to when.
        var proof = (await hele.Get<FindDisclosed>().Proof(ma, code, hele.Log))!.ToText();
        Assert.Contains("ContentSealed", proof, StringComparison.Ordinal);
        Assert.Contains("ShownAt", proof, StringComparison.Ordinal);
        Assert.DoesNotContain(DisclosureSteps.Name, proof, StringComparison.Ordinal);
        Assert.Empty((await hele.Verify()).Findings);

        Task<(IReadOnlyList<OpenDisclosure.Text> Texts, IReadOnlyList<Problem> Problems)> Open(Viewer viewer, string why) => hele.Get<OpenDisclosure>().Run(viewer, viewer.Act(DisclosureAccess.Open, Guid.CreateVersion7(), why), code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Correction_StandsBesideWhatItCorrects_AndTheTimeCountsAnew(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma, feng) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.Up("office-fund", covers: "2026-Q3");
        hele.MoveTo(2026, 11, 10);
        Assert.Equal([DisclosureProblems.SameText], (await hele.Propose(zhou, code, DisclosureSteps.Fund())).Problems);
        Assert.Equal("disclosure.reason-missing", Assert.Single((await hele.Propose(zhou, code, DisclosureSteps.Fund(opening: "1600"), "")).Problems).Code);
        GridSteps.Ok(await hele.Propose(zhou, code, DisclosureSteps.Fund(opening: "1600")));
        // Until somebody else has checked it, residents read what was up; a second one is told who was first.
        Assert.Equal("150000", (await hele.AsAnybody(code))!.Texts.Single().Content["opening"]);
        var second = Assert.Single((await hele.Propose(ma, code, DisclosureSteps.Fund(opening: "1700"))).Problems);
        Assert.Equal(("disclosure.correction-waits", true), (second.Code, second.Sentence.Zh.Contains(TestPeople.Zhou.PostTitle!, StringComparison.Ordinal)));
        GridSteps.Ok(await hele.CheckCorrection(feng, code, accept: false, reason: "原来的没有错。"));
        Assert.Equal("150000", (await hele.AsAnybody(code))!.Texts.Single().Content["opening"]);
        Assert.Equal([DisclosureProblems.NoCorrection], (await hele.CheckCorrection(feng, code)).Problems);

        GridSteps.Ok(await hele.Propose(zhou, code, DisclosureSteps.Fund(opening: "1600"), "上期结余少写了一百元。"));
        GridSteps.Ok(await hele.CheckCorrection(feng, code));
        var shown = (await hele.AsAnybody(code))!;
        Assert.Equal([("160000", "上期结余少写了一百元。", true), ("150000", null, false)], shown.Texts.Select(t => (t.Content["opening"]!, t.Why, t.ReplacedAt is null)));
        // Fifteen days from the tenth, and as long to object.
        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 25)), (shown.To, shown.ObjectTo));
        Assert.Contains("disclosure.corrected", await hele.EventsOfDisclosure(code));
        // A correction never shortens what was promised to be up longer.
        var longer = await hele.Up(to: new DateOnly(2026, 12, 31));
        GridSteps.Ok(await hele.Propose(zhou, longer, DisclosureSteps.Other(text: "收到意见24条，采纳17条。")));
        GridSteps.Ok(await hele.CheckCorrection(feng, longer));
        Assert.Equal(new DateOnly(2026, 12, 31), (await hele.Disclosed(longer)).ShownTo);
        // What is over can't be corrected.
        hele.MoveTo(2026, 11, 26);
        Assert.Equal("disclosure.not-now", Assert.Single((await hele.Propose(zhou, code, DisclosureSteps.Fund(opening: "1700"))).Problems).Code);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakenDownEarly_IsGoneAtOnce_AndSaysForGoodThatItWas(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = await hele.Up(typed: DisclosureSteps.Other("胡家的事"));
        Assert.Equal(["disclosure.why-missing", "disclosure.reason-missing"], (await hele.TakeDisclosureDown(zhou, code, null, "")).Problems.Select(p => p.Code));
        Assert.Equal([DisclosureProblems.NotFound], (await hele.TakeDisclosureDown(await hele.Viewer(TestPeople.Zhao), code)).Problems);
        GridSteps.Ok(await hele.TakeDisclosureDown(zhou, code));
        var gone = (await hele.AsAnybody(code))!;
        Assert.Equal((DisclosurePhase.Withdrawn, 0, null, "写了不该写的姓名。", WithdrawReason.PersonalData), (gone.Phase, gone.Texts.Count, gone.Title, gone.WithdrawText, gone.Withdrawal));
        Assert.Equal((DisclosurePhase.Withdrawn, (string?)null), (Assert.Single(await hele.OnBoard()).Phase, Assert.Single(await hele.OnBoard()).Title));
        Assert.Empty(await hele.OnBoard("胡家"));
        Assert.Null(await hele.Get<FindDisclosed>().Proof(null, code, hele.Log));
        Assert.Contains("disclosure.withdrawn", await NoticesOf(hele, feng));
        hele.MoveTo(2026, 12, 1);
        Assert.Equal(DisclosurePhase.Withdrawn, Assert.Single(await hele.OnBoard(past: true)).Phase);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Objections_ByAnybody_AreAnsweredInPublic_ByTheirDay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, zhao, liu, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        var code = await hele.Up("office-fund", covers: "2026-Q3");
        var operation = OperationIds.New();
        GridSteps.Ok(await hele.ObjectTo(null, code, operation: operation));
        Assert.True((await hele.ObjectTo(null, code, operation: operation)).Replayed);
        var mine = GridSteps.Ok(await hele.ObjectTo(liu, code, "拨款应当是15000元。"));
        GridSteps.Ok(await hele.ObjectTo(zhao, code, "大厅里一位居民说纸张写多了。", ObjectionDoor.Counter));
        Assert.Equal([DisclosureProblems.NotFound], (await hele.ObjectTo(liu, code, "替人说", ObjectionDoor.Counter)).Problems);
        Assert.Equal("disclosure.objection-missing", Assert.Single((await hele.ObjectTo(liu, code, " ")).Problems).Code);

        // Anybody reads that there are three, and not their words.
        var shown = (await hele.AsAnybody(code))!;
        Assert.Equal(3, shown.Objections.Count);
        Assert.All(shown.Objections, o => Assert.Equal((null, null, new DateOnly(2026, 11, 13)), (o.Asked, o.Answer, o.DueOn)));
        Assert.Equal(3, (await hele.Query<DisclosureQueries, DisclosureView?>(q => q.Find(zhou, code)))!.Objections.Count(o => o.Text is not null));
        Assert.Equal(3, (await Day(hele, zhou)).Count(i => i.Record == typeof(Disclosure)));

        Assert.Equal(["disclosure.asked-missing", "disclosure.answer-missing"], (await hele.AnswerObjection(zhou, code, mine, "", "")).Problems.Select(p => p.Code));
        Assert.Equal("disclosure.personal-words", Assert.Single((await hele.AnswerObjection(zhou, code, mine, "陈静问的")).Problems).Code);
        GridSteps.Ok(await hele.AnswerObjection(zhou, code, mine, "拨款数对不对。", "查过街道拨款单，是12000元。"));
        Assert.Equal("disclosure.answered-already", Assert.Single((await hele.AnswerObjection(ma, code, mine, "拨款数对不对。", "是的。")).Problems).Code);
        var answered = (await hele.AsAnybody(code))!.Objections.Single(o => o.Answer is not null);
        Assert.Equal(("拨款数对不对。", "查过街道拨款单，是12000元。", hele.Today), (answered.Asked, answered.Answer, answered.AnsweredOn));
        Assert.Contains("disclosure.objection-answered", await NoticesOf(hele, liu));

        // Of a posting the words tell of a household: sealed, opened with a purpose.
        var aid = await hele.Up("low-income");
        var sealedOne = GridSteps.Ok(await hele.ObjectTo(null, aid, "他家儿子有车。"));
        Assert.Null(await hele.Read(db => db.Set<DisclosureObjection>().Where(o => o.PublicCode == sealedOne).Select(o => o.Text).SingleAsync()));
        Assert.Equal("他家儿子有车。", (await hele.Get<OpenObjection>().Run(zhou, zhou.Act(DisclosureAccess.Answer, Guid.CreateVersion7(), "转街道复核"), aid, sealedOne)).Values[0]);
        Assert.False((await hele.Get<OpenObjection>().Run(zhao, zhao.Act(DisclosureAccess.Answer, Guid.CreateVersion7(), "看看"), aid, sealedOne)).IsOpen);

        // After its last day none is taken; of the posting nothing of objections is left in public either.
        hele.MoveTo(2026, 11, 7);
        Assert.Equal("disclosure.objection-too-late", Assert.Single((await hele.ObjectTo(null, aid)).Problems).Code);
        Assert.Empty((await hele.AsAnybody(aid))!.Objections);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APeriodThatIsOver_BecomesDue_IsSaidToItsPosts_AndClosedByTheDisclosure(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma, feng) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        // This community's log began in the last quarter: that is the first it owes.
        Assert.Equal(0, await hele.KeepDisclosures());
        hele.MoveTo(2027, 1, 1);
        Assert.Equal(7, await hele.KeepDisclosures());
        Assert.Equal(0, await hele.KeepDisclosures());
        var duty = await hele.Read(db => db.Set<DisclosureDuty>().SingleAsync(d => d.Kind == "office-fund"));
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 15)), (duty.CoversFrom, duty.CoversTo, duty.DueOn));
        Assert.Equal(6, (await NoticesOf(hele, zhou)).Count(n => n == "disclosure.duty-opened"));
        Assert.Equal(["disclosure.duty-opened"], await NoticesOf(hele, feng));
        Assert.Contains((await Day(hele, zhou)), i => i.Record == typeof(DisclosureDuty) && i.Code == duty.PublicCode && i.Due == duty.DueOn);
        Assert.DoesNotContain((await Day(hele, feng)), i => i.Code == duty.PublicCode);

        // Some days before it is said once more, once; a draft takes its place in the day.
        hele.MoveTo(2027, 1, 11);
        Assert.Equal(7, await hele.KeepDisclosures());
        Assert.Equal(0, await hele.KeepDisclosures());
        var code = GridSteps.Ok(await hele.Write(zhou, "office-fund", covers: "2026-Q4"));
        Assert.DoesNotContain((await Day(hele, zhou)), i => i.Code == duty.PublicCode);
        Assert.Contains((await Day(hele, feng)), i => i.Code == code && i.Due == duty.DueOn);
        GridSteps.Ok(await hele.CheckDisclosure(feng, code));
        GridSteps.Ok(await hele.PutUp(zhou, code));
        Assert.Equal((hele.Today, true), await hele.Read(async db => await db.Set<DisclosureDuty>().SingleAsync(d => d.Id == duty.Id) is var d ? (d.DoneOn!.Value, d.DisclosureId != null) : default));
        // Taken down early the period is owed again.
        GridSteps.Ok(await hele.TakeDisclosureDown(ma, code, WithdrawReason.Mistake, "拿错了季度。"));
        Assert.Contains((await Day(hele, zhou)), i => i.Code == duty.PublicCode);
        hele.MoveTo(2027, 1, 20);
        var line = (await hele.Query<DisclosureQueries, IReadOnlyList<CatalogueLine>>(async q => await q.Catalogue(await hele.Read(async db => await hele.Get<JurisdictionDirectory>().Get(db, TestInstallation.Hexi))))).Single(l => l.Kind.Code == "office-fund");
        Assert.Equal((true, duty.PublicCode), (line.IsLate(hele.Today), line.Duty));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MayAndVisible_SayTheSame_AndResidentsReadWhatIsUp(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        GridSteps.Ok(await hele.Write(zhou));
        var up = await hele.Up();
        await hele.Up(community: TestInstallation.Other);
        var all = await hele.Read(db => db.Set<Disclosure>().ToListAsync(), TestInstallation.Hexi, TestInstallation.Other);
        Assert.Equal(3, all.Count);
        foreach (var viewer in new Viewer?[] { null, zhou, await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma, TestInstallation.Other) })
            Assert.Equal(all.Where(d => DisclosureAccess.May(viewer, d, DisclosureAccess.See)).Select(d => d.PublicCode).Order(), await hele.Read(db => DisclosureAccess.Visible(viewer, db.Set<Disclosure>()).Select(d => d.PublicCode).OrderBy(c => c).ToListAsync(), TestInstallation.Hexi, TestInstallation.Other));
        Assert.Equal([up], (await hele.OnBoard()).Select(r => r.Code));
        // What is over stays to be found by its words; words of the program find nothing.
        hele.MoveTo(2026, 12, 1);
        Assert.Equal(up, Assert.Single(await hele.OnBoard("采纳17条", past: true)).Code);
        Assert.Empty(await hele.OnBoard("head", past: true));
        Assert.Empty(await hele.OnBoard("采纳17条"));
    }

    private static Task<List<string>> NoticesOf(TestInstallation hele, Viewer viewer) => hele.Read(db => db.Set<Notice>().Where(n => n.PersonId == viewer.PersonId).Select(n => n.Kind).ToListAsync());

    private static Task<IReadOnlyList<DayItem>> Day(TestInstallation hele, Viewer viewer) => hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer));

    private static Disclosure In(DisclosureState state)
    {
        var disclosure = new Disclosure { Kind = "other", WrittenOn = new(2026, 10, 30), LoggedAt = DateTimeOffset.UnixEpoch, WrittenByPostId = Guid.NewGuid() };
        string[] way = state switch
        {
            DisclosureState.Returned => [Disclosure.Return],
            DisclosureState.Checked => [Disclosure.Check],
            DisclosureState.Shown => [Disclosure.Check, Disclosure.Publish],
            DisclosureState.Archived => [Disclosure.Check, Disclosure.Publish, Disclosure.End],
            DisclosureState.Withdrawn => [Disclosure.Check, Disclosure.Publish, Disclosure.Withdraw],
            DisclosureState.Dropped => [Disclosure.Drop],
            _ => [],
        };
        foreach (var act in way)
            Assert.Null(Do(disclosure, act));
        Assert.Equal(state, disclosure.State);
        return disclosure;
    }

    private static Problem? Do(Disclosure d, string act)
    {
        var (post, day, at) = (Guid.NewGuid(), new DateOnly(2026, 10, 30), DateTimeOffset.UnixEpoch);
        return act switch
        {
            Disclosure.Edit => d.EditTo("标题", post),
            Disclosure.Drop => d.DropIt("不办了"),
            Disclosure.Check => d.CheckIt(post, day),
            Disclosure.Return => d.ReturnIt("改"),
            Disclosure.Publish => d.PutUp(1, post, day, day.AddDays(15), day.AddDays(15), day.AddDays(15), "公开栏", at),
            Disclosure.Propose => d.ProposeCorrection(),
            Disclosure.Correct => d.CorrectTo(2, post, post, day, day.AddDays(15), day.AddDays(15)),
            Disclosure.Refuse => d.RefuseCorrection(),
            Disclosure.Withdraw => d.TakeDown(WithdrawReason.Mistake, "错了", post, day, at),
            Disclosure.End => d.EndIt(day),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
    }
}
