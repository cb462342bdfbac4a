using CsCheck;
using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Hele.Tests.Feedback;

/// <summary>What is said about Hele is answered in public by a day, in words without anybody's data; what was written stays between its sender and those who answer.</summary>
public class FeedbackTests
{
    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<FeedbackState>())
        {
            foreach (var act in new[] { FeedbackNote.Answer, FeedbackNote.SetAside, FeedbackNote.Contest })
            {
                var note = In(state);
                var before = (note.State, note.Round, note.AnsweredOn, note.DueOn, note.ContestText);
                var problem = Do(note, act);
                if (FeedbackNote.LifeCycle.Find(state, act) is { } line)
                {
                    Assert.Null(problem);
                    Assert.Equal(line.To, note.State.ToString());
                    // A clock runs exactly while an answer is owed, and the words' own time exactly while none is.
                    Assert.Equal(FeedbackNote.Waiting.Contains(note.State), note.DueOn is not null);
                    Assert.NotEqual(note.DueOn is null, note.AnsweredOn is null);
                }
                else
                {
                    Assert.Equal("feedback.not-now", problem?.Code);
                    Assert.Equal(before, (note.State, note.Round, note.AnsweredOn, note.DueOn, note.ContestText));
                }
            }
        }
    }

    /// <summary>The state has one writer. Seen to fail: a second assignment in AnswerIt.</summary>
    [Fact]
    public void State_IsAssignedInOnePlaceOnly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(FeedbackNote).Assembly.Location);
        Assert.Equal(["Move"], assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference { Name: "set_State" } set && set.DeclaringType.Name == nameof(FeedbackNote))).Select(m => m.Name));
    }

    [Theory]
    [InlineData("/appeals/7KQ2-9XMF-3TDA?handler=Answer", "/appeals/*")]
    [InlineData("/appeals/7kq29xmf3tda/receipt#top", "/appeals/*/receipt")]
    [InlineData("/figures/appeals.filed?period=2026-10", "/figures/appeals.filed")]
    [InlineData("/communities/13711118888", "/communities/*")]
    [InlineData("/x/0190a1b2-0000-7000-8000-000000000001", "/x/*")]
    [InlineData("/appeals/*", "/appeals/*")]
    [InlineData("/", "/")]
    [InlineData("/errors/404", "/errors/404")]
    [InlineData("/刘大勇住12号院", null)]
    [InlineData("//evil.example/x", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("/a b", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void PageOf_AnAddress_KeepsThePageAndNothingOfARecord(string? address, string? page) => Assert.Equal(page, FeedbackNote.PageOf(address));

    [Fact]
    public void PageOf_Anything_HoldsNoCodeAndNoQuery() => Gen.String[Gen.Char[" /?#%刘137*.-_aB\\\u0001"], 0, 40].Select(s => "/" + s).Sample(address =>
    {
        if (FeedbackNote.PageOf(address) is { } page)
            Assert.Matches(@"^/[A-Za-z0-9._~/*-]*$", page);
    });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Say_SignedIn_IsWrittenOnceWithItsDay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var operation = OperationIds.New();
        var code = (await hele.Say(liu, operation: operation)).Code!;
        var again = await hele.Say(liu, operation: operation);
        Assert.True(again.Replayed);
        Assert.Equal(code, again.Code);
        // The same once more from a form opened anew is asked about; somebody else's same words are a note of their own.
        Assert.Equal(code, (await hele.Say(liu, operation: OperationIds.New())).SentBefore);
        Assert.True((await hele.Say(await hele.Viewer(TestPeople.Chen), operation: OperationIds.New())).Accepted);

        var note = await hele.Note(code);
        // Friday 30 October 2026; ten working days later is Friday 13 November.
        Assert.Equal((FeedbackKind.Burden, "/appeals/intake", (Guid?)liu.PersonId, FeedbackSteps.Text, FeedbackState.Filed, (DateOnly?)new DateOnly(2026, 11, 13), true),
            (note.Kind, note.Page, note.SenderId, note.Text, note.State, note.DueOn, note.WantsToBeTold));
        Assert.Equal(["feedback.filed"], await hele.EventsOfNote(code));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Say_WithoutSigningIn_IsNobodys_AndTheSameWordsOfTwoAreTwoNotes(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var operation = OperationIds.New();
        var code = (await hele.Say(null, operation: operation)).Code!;
        Assert.True((await hele.Say(null, operation: operation)).Replayed);
        var other = await hele.Say(null, operation: OperationIds.New());
        // Else the second would be shown the first one's code.
        Assert.Null(other.SentBefore);
        Assert.NotEqual(code, other.Code);
        var note = await hele.Note(code);
        Assert.Equal((null, false), (note.SenderId, note.WantsToBeTold));
        Assert.Equal(2, await hele.Read(db => db.Set<FeedbackNote>().CountAsync()));
        var entry = await hele.Read(db => db.Set<JournalRow>().Where(j => j.RowTable == "FeedbackNotes").OrderBy(j => j.LeafIndex).FirstAsync());
        Assert.Equal((SystemAccount.Id, (Guid?)null), (entry.ActorId, entry.PostId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Say_WithNothingOrTooMuch_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        Assert.Equal(["feedback.kind-missing", "feedback.text-missing"], (await hele.Say(null, " \n ", kind: null)).Problems.Select(p => p.Code));
        Assert.Equal(["feedback.kind-missing"], (await hele.Say(null, kind: (FeedbackKind)77)).Problems.Select(p => p.Code));
        Assert.Equal(["feedback.text-too-long"], (await hele.Say(null, new string('字', 1001))).Problems.Select(p => p.Code));
        Assert.True((await hele.Say(null, new string('字', 1000), page: new string('x', 5000))).Accepted);
        Assert.Null((await hele.Read(db => db.Set<FeedbackNote>().SingleAsync())).Page);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_ByTheAdministrator_IsPublic_AndTheOriginalIsNot(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, sun) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Sun));
        var code = (await hele.Say(liu)).Code!;
        Assert.Equal(["feedback.asked-missing", "feedback.answer-missing"], (await hele.Reply(sun, code, " ", "")).Problems.Select(p => p.Code));
        var operation = Guid.NewGuid();
        Assert.True((await hele.Reply(sun, code, changed: "登记页减到两栏", operation: operation)).Accepted);
        Assert.True((await hele.Reply(sun, code, changed: "登记页减到两栏", operation: operation)).Replayed);
        Assert.Equal(["feedback.not-now"], (await hele.Reply(await hele.Viewer(TestPeople.Ma), code)).Problems.Select(p => p.Code));

        var (rows, _, _) = await hele.Query<FeedbackQueries, (IReadOnlyList<PublicNote> Rows, Guid?, Guid?)>(q => q.Public(new()));
        var shown = Assert.Single(rows);
        Assert.Equal((FeedbackSteps.Asked, FeedbackSteps.Answer, "登记页减到两栏", "系统管理员"), shown.Answers.Select(a => (a.Asked, a.Text, a.Changed, a.Post)).Single());
        // Its own words find nothing in public; the published ones do.
        foreach (var (search, found) in new[] { ("刘大勇", 0), ("13711118888", 0), ("四栏", 0), ("栏太多", 1), ("两栏", 1), (code, 1) })
            Assert.Equal(found, (await hele.Query<FeedbackQueries, (IReadOnlyList<PublicNote> Rows, Guid?, Guid?)>(q => q.Public(new(Search: search)))).Rows.Count);
        Assert.Equal(["feedback.filed", "feedback.answered"], await hele.EventsOfNote(code));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Publish_ANumberOrTheSendersName_IsRefusedEverywhere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        var code = (await hele.Say(liu)).Code!;
        foreach (var personal in new[] { FeedbackSteps.Text, "请打137 1111 8888", "137-1111-8888", "身份证410105199001011234", "身份证41010519900101123X", "刘大勇说" })
        {
            foreach (var outcome in new[] { await hele.Reply(ma, code, asked: personal), await hele.Reply(ma, code, text: personal), await hele.Reply(ma, code, changed: personal), await hele.SetAside(ma, code, text: personal) })
                Assert.Equal("feedback.personal", Assert.Single(outcome.Problems).Code);
        }
        Assert.Equal("Changed", (await hele.Reply(ma, code, changed: "刘大勇说")).Problems[0].Field);
        // A service telephone, a day and a case number are none.
        Assert.True((await hele.Reply(ma, code, asked: "2026年10月30日打12345，单号2026103012345", text: "服务大厅0371-6222")).Accepted);
        Assert.Equal("feedback.personal", Assert.Single((await hele.Reword(ma, code, "刘大勇说")).Problems).Code);
        Assert.Equal("feedback.asked-missing", Assert.Single((await hele.Reword(ma, code, "")).Problems).Code);
        Assert.True((await hele.Reword(ma, code, "要填的栏太多")).Accepted);
        Assert.Equal("要填的栏太多", (await hele.AnswersOf(code))[0].Asked);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contest_Once_IsAnsweredAgain_AndThatStands(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, sun, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.Ma));
        var code = (await hele.Say(liu)).Code!;
        Assert.Equal(["feedback.not-now"], (await hele.ContestAnswer(liu, code)).Problems.Select(p => p.Code));
        Assert.True((await hele.SetAside(ma, code)).Accepted);
        Assert.Equal("feedback.nothing-published", Assert.Single((await hele.Reword(ma, code, "别的话")).Problems).Code);
        Assert.Equal("feedback.contest-missing", Assert.Single((await hele.ContestAnswer(liu, code, " ")).Problems).Code);
        hele.Clock.MoveTo(China.At(new(2026, 11, 2), new(9, 0)));
        Assert.True((await hele.ContestAnswer(liu, code)).Accepted);
        Assert.Equal((FeedbackState.Contested, (DateOnly?)new DateOnly(2026, 11, 16)), ((await hele.Note(code)).State, (await hele.Note(code)).DueOn));
        Assert.True((await hele.Reply(sun, code)).Accepted);
        Assert.Equal(["feedback.not-now"], (await hele.ContestAnswer(liu, code)).Problems.Select(p => p.Code));
        Assert.Equal([(1, AsideReason.NotAboutHele), (2, null)], (await hele.AnswersOf(code)).Select(a => (a.Round, a.Aside)));
        Assert.Equal(FeedbackState.AnsweredAgain, (await hele.Note(code)).State);
        Assert.Equal(["feedback.filed", "feedback.set-aside", "feedback.contested", "feedback.answered"], await hele.EventsOfNote(code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Everything_ForWhoMayNot_IsMissing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var code = (await hele.Say(liu)).Code!;
        foreach (var (person, jurisdiction) in new[] { (TestPeople.Zhao, 1), (TestPeople.Zhou, 1), (TestPeople.Feng, 1), (TestPeople.He, 1), (TestPeople.Liu, 1), (TestPeople.Chen, 1), (TestPeople.Ma, 2), (TestPeople.Sun, 2) })
        {
            var viewer = await hele.Viewer(person, jurisdiction);
            foreach (var outcome in new[] { await hele.Reply(viewer, code), await hele.SetAside(viewer, code), await hele.Reword(viewer, code, "x") })
                Assert.Equal([FeedbackProblems.NotFound], outcome.Problems);
            if (person != TestPeople.Liu)
                Assert.Equal([FeedbackProblems.NotFound], (await hele.ContestAnswer(viewer, code)).Problems);
        }
        // Who answers reads the original, the supervisor too; nobody else but the sender. The other community finds nothing.
        foreach (var (person, reads) in new[] { (TestPeople.Liu, true), (TestPeople.Sun, true), (TestPeople.Ma, true), (TestPeople.Feng, true), (TestPeople.Zhao, false), (TestPeople.Zhou, false), (TestPeople.He, false), (TestPeople.Chen, false) })
        {
            var view = (await hele.Query<FeedbackQueries, FeedbackView?>(async q => await q.Find(await hele.Viewer(person), code)))!;
            Assert.Equal(reads ? FeedbackSteps.Text : null, view.Text);
            Assert.Equal(reads, await hele.Read(async db => await FeedbackAccess.Visible(await hele.Viewer(person), db.Set<FeedbackNote>()).AnyAsync()));
        }
        Assert.Null((await hele.Query<FeedbackQueries, FeedbackView?>(q => q.Find(null, code)))!.Text);
        Assert.Null(await hele.Query<FeedbackQueries, FeedbackView?>(async q => await q.Find(await hele.Viewer(TestPeople.Ma, 2), code), jurisdiction: 2));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_OfOnesOwn_IsSomebodyElses(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (sun, ma) = (await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.Ma));
        var code = (await hele.Say(sun)).Code!;
        Assert.Equal([FeedbackProblems.OwnNote], (await hele.Reply(sun, code)).Problems);
        Assert.Empty(await Day(hele, sun));
        var waits = Assert.Single(await Day(hele, ma));
        Assert.Equal((typeof(FeedbackNote), code, (DateOnly?)new DateOnly(2026, 11, 13)), (waits.Record, waits.Code, waits.Due));
        Assert.StartsWith("登记一件小事", waits.Title.Zh);
        // It goes when its record says so.
        Assert.True((await hele.Reply(ma, code)).Accepted);
        Assert.Empty(await Day(hele, ma));
        Assert.Empty((await hele.Query<FeedbackQueries, FeedbackView?>(q => q.Find(sun, code)))!.Acts.Except([FeedbackNote.Contest]));
    }

    private static async Task<List<DayItem>> Day(TestInstallation hele, Viewer viewer) => [.. (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Where(i => i.Record == typeof(FeedbackNote))];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task DueDay_SetByTheCommunity_CountsFromThenOn(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var before = (await hele.Say(null)).Code!;
        Assert.True((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new(FeedbackNote.Rule, 3, new(2026, 10, 30), "居民代表会议决定"))).Accepted);
        var after = (await hele.Say(null)).Code!;
        Assert.Equal((new DateOnly(2026, 11, 13), new DateOnly(2026, 11, 4)), ((await hele.Note(before)).DueOn!.Value, (await hele.Note(after)).DueOn!.Value));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Public_ManyNotes_ArePagedBothWays_AndNarrowed(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var codes = new List<string>();
        for (var i = 0; i < 45; i++)
        {
            hele.Clock.MoveTo(TestInstallation.Start.AddMinutes(i));
            codes.Add((await hele.Say(null, $"意见{i}", i % 3 == 0 ? FeedbackKind.Wish : FeedbackKind.Broken)).Code!);
        }
        Assert.True((await hele.Reply(await hele.Viewer(TestPeople.Sun), codes[3])).Accepted);
        Task<(IReadOnlyList<PublicNote> Rows, Guid? Before, Guid? After)> Page(FeedbackFilter filter, Guid? after = null, Guid? before = null) =>
            hele.Query<FeedbackQueries, (IReadOnlyList<PublicNote>, Guid?, Guid?)>(q => q.Public(filter, after, before));
        var seen = new List<string>();
        Guid? next = null;
        var pages = new List<(IReadOnlyList<PublicNote> Rows, Guid? Before, Guid? After)>();
        do
        {
            var page = await Page(new(), next);
            pages.Add(page);
            seen.AddRange(page.Rows.Select(r => r.Code));
            next = page.After;
        }
        while (next is not null);
        Assert.Equal(codes.Order(), seen.Order());
        Assert.Equal([20, 20, 5], pages.Select(p => p.Rows.Count));
        Assert.Null(pages[0].Before);
        var back = await Page(new(), before: pages[2].Before);
        Assert.Equal(pages[1].Rows.Select(r => r.Code), back.Rows.Select(r => r.Code));
        Assert.Equal(pages[0].Rows.Select(r => r.Code), (await Page(new(), before: back.Before)).Rows.Select(r => r.Code));
        Assert.Equal(15, (await Page(new(FeedbackKind.Wish))).Rows.Count);
        Assert.Equal([codes[3]], (await Page(new(FeedbackKind.Wish, FeedbackState.Answered))).Rows.Select(r => r.Code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_CountWhatWasSaidAndAnswered(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, sun) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Sun));
        var code = (await hele.Say(liu)).Code!;
        await hele.Say(null);
        Assert.True((await hele.SetAside(sun, code)).Accepted && (await hele.ContestAnswer(liu, code)).Accepted && (await hele.Reply(sun, code)).Accepted);
        async Task<long> Value(Figure figure, Period period) => (await hele.Query<FigureReader, IReadOnlyList<FigureRecord>>(f => f.Records(figure, period, 0, 50))).Count;
        Assert.Equal((2L, 2L), (await Value(FeedbackFigures.Filed, Period.Month(2026, 10)), await Value(FeedbackFigures.Answered, Period.Month(2026, 10))));
        Assert.Equal(0L, await Value(FeedbackFigures.Filed, Period.Month(2026, 9)));
        Assert.All(FeedbackFigures.All, f => Assert.Equal(typeof(FeedbackNote), f.Record));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Words_AfterTheirTime_AreErased_AndWhatWasPublishedStays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, sun) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Sun));
        var (answered, anonymous, waiting) = ((await hele.Say(liu)).Code!, (await hele.Say(null, "没登录写的话")).Code!, (await hele.Say(liu, "还没答复")).Code!);
        Assert.True((await hele.Reply(sun, answered)).Accepted && (await hele.Reply(sun, anonymous)).Accepted);
        // In "my data" as long as it is kept.
        var held = await hele.Query<MyData, HeldAbout?>(d => d.Find(liu, null));
        Assert.Contains(held!.Rows.SelectMany(r => r.Fields), f => f.Value == FeedbackSteps.Text && f.Limit?.Id == "retention.feedback");
        hele.Clock.MoveTo(China.At(new(2028, 10, 30), new(9, 0)));
        await hele.Get<PurgeExpired>().RunDue(1);
        Assert.Equal(FeedbackSteps.Text, (await hele.Note(answered)).Text);
        hele.Clock.MoveTo(China.At(new(2028, 10, 31), new(9, 0)));
        await hele.Get<PurgeExpired>().RunDue(1);
        Assert.Equal(("", "", "还没答复"), ((await hele.Note(answered)).Text, (await hele.Note(anonymous)).Text, (await hele.Note(waiting)).Text));
        Assert.Equal(FeedbackSteps.Asked, (await hele.AnswersOf(answered))[0].Asked);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task May_RandomViewersAndNotes_SaysTheSameAsVisible(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        foreach (var (person, jurisdiction) in new[] { (TestPeople.Liu, 1), (TestPeople.Sun, 1), (TestPeople.Zhao, 1), (TestPeople.Chen, 2) })
            Assert.True((await hele.Say(await hele.Viewer(person, jurisdiction))).Accepted);
        Assert.True((await hele.Say(null)).Accepted && (await hele.Say(null, jurisdiction: 2)).Accepted);
        var all = await hele.Read(db => db.Set<FeedbackNote>().ToListAsync(), 1, 2);
        foreach (var jurisdiction in new[] { 1, 2 })
        {
            foreach (var person in TestPeople.All)
            {
                var viewer = await hele.Viewer(person, jurisdiction);
                var visible = await hele.Read(db => FeedbackAccess.Visible(viewer, db.Set<FeedbackNote>()).Select(n => n.Id).ToListAsync(), 1, 2);
                Assert.Equal(all.Where(n => FeedbackAccess.May(viewer, n, FeedbackAccess.See)).Select(n => n.Id).Order(), visible.Order());
            }
        }
        Assert.Empty(await hele.Read(db => FeedbackAccess.Visible(null, db.Set<FeedbackNote>()).ToListAsync(), 1, 2));
    }

    private static FeedbackNote In(FeedbackState state)
    {
        var note = new FeedbackNote { Kind = FeedbackKind.Wish, Text = "x", WantsToBeTold = false, FiledOn = new(2026, 10, 30), FiledAt = TestInstallation.Start };
        note.StartClock(new(2026, 11, 13));
        foreach (var act in state switch
        {
            FeedbackState.Filed => [],
            FeedbackState.Answered => [FeedbackNote.Answer],
            FeedbackState.SetAside => [FeedbackNote.SetAside],
            FeedbackState.Contested => [FeedbackNote.Answer, FeedbackNote.Contest],
            FeedbackState.AnsweredAgain => [FeedbackNote.Answer, FeedbackNote.Contest, FeedbackNote.Answer],
            _ => new[] { FeedbackNote.Answer, FeedbackNote.Contest, FeedbackNote.SetAside },
        })
        {
            Assert.Null(Do(note, act));
        }
        Assert.Equal(state, note.State);
        return note;
    }

    private static Problem? Do(FeedbackNote note, string act) => act == FeedbackNote.Contest ? note.ContestIt("不对", new(2026, 11, 2), new(2026, 11, 16)) : note.AnswerIt(act == FeedbackNote.Answer, new(2026, 11, 3));
}
