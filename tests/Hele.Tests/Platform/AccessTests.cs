using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>The decisions themselves, without a database: who has what in which post, on which day, at which level.</summary>
public class AccessTests
{
    private static readonly DateOnly Day = new(2026, 10, 30);

    private static readonly Permission Staff = new("test.staff", ("办理", "Handle"), [Role.Clerk, Role.Secretary]);
    private static readonly Permission Everybody = new("test.own", ("自己的", "One's own"), [Role.Clerk], Residents: true);
    private static readonly Permission InCommunities = Everybody with { ResidentsOfCommunities = true };

    private static Viewer Viewer(params Role[] roles) => In(1, roles);

    private static Viewer In(int jurisdiction, params Role[] roles) =>
        new(Guid.NewGuid(), jurisdiction, Guid.NewGuid(), "x", [.. roles.Select(r => new HeldPost(Guid.NewGuid(), jurisdiction, r))]);

    // ── a viewer ──

    [Fact]
    public void Staff_IsWhoeverHoldsAPost()
    {
        Assert.False(Viewer().IsStaff);
        Assert.True(Viewer(Role.GridWorker).IsStaff);
    }

    /// <summary>A permission goes with the role of any post held, and with nothing else.</summary>
    [Fact]
    public void Has_GoesByTheRolesOfTheirPosts()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Equal(role is Role.Clerk or Role.Secretary, Viewer(role).Has(Staff));
            Assert.True(Viewer(role, Role.Clerk).Has(Staff));
        }
        Assert.False(Viewer().Has(Staff));
    }

    /// <summary>What residents have for their own: only somebody with a person here, and not the officers' register where the permission says so.</summary>
    [Fact]
    public void Has_AsAResident_NeedsAPerson_AndACommunityWhereItSaysSo()
    {
        Assert.True(Viewer().Has(Everybody));
        Assert.False((Viewer() with { PersonId = Guid.Empty }).Has(Everybody));
        Assert.False(Viewer().Has(Staff));
        foreach (var level in Enum.GetValues<JurisdictionLevel>())
        {
            var there = Viewer() with { Level = level };
            Assert.True(there.Has(Everybody));
            Assert.Equal(level == JurisdictionLevel.Community, there.Has(InCommunities));
            Assert.False((there with { PersonId = Guid.Empty }).Has(InCommunities));
            // A post that carries it has it anywhere.
            Assert.True((Viewer(Role.Clerk) with { Level = level, PersonId = Guid.Empty }).Has(InCommunities));
        }
    }

    [Fact]
    public void BothAdministrations_AreSeenOnlyWhenBothAreHeld()
    {
        foreach (var one in Enum.GetValues<Role>())
        {
            Assert.False(Viewer(one).HoldsBothAdministrations);
            foreach (var other in Enum.GetValues<Role>())
                Assert.Equal(one != other && one.IsAdministrator() && other.IsAdministrator(), Viewer(one, other).HoldsBothAdministrations);
        }
        Assert.False(Viewer().HoldsBothAdministrations);
    }

    /// <summary>What they do is done in the first post that carries it: never in one that doesn't, and as a resident in none.</summary>
    [Fact]
    public void Act_IsInThePostThatCarriesThePermission()
    {
        var viewer = In(7, Role.Supervisor, Role.Secretary, Role.Clerk);
        var operation = Guid.NewGuid();
        var act = viewer.Act(Staff, operation, "缺人", Day);
        Assert.Equal(new Act { OperationId = operation, AccountId = viewer.AccountId, PersonId = viewer.PersonId, PostId = viewer.Posts[1].PostId, JurisdictionId = 7, Reason = "缺人", On = Day }, act);
        Assert.Equal(viewer.Posts[1], viewer.PostFor(Staff));

        var resident = Viewer();
        Assert.Null(resident.PostFor(Everybody));
        Assert.Equal(new Act { OperationId = operation, AccountId = resident.AccountId, PersonId = resident.PersonId, JurisdictionId = 1 }, resident.Act(Everybody, operation));
        Assert.Null(Viewer(Role.GridWorker).PostFor(Staff));
    }

    // ── the id of an act ──

    /// <summary>Two people who aren't signed in share an account: the form's id alone tells their acts apart, and none of them is asked whether they mean it once more.</summary>
    [Fact]
    public void Unnamed_IsKnownByItsIdAlone()
    {
        var form = OperationIds.New();
        var act = Act.Unnamed(form, 3);
        Assert.Equal((SystemAccount.Id, 3), (act.AccountId, act.JurisdictionId));
        Assert.Null(act.PersonId);
        Assert.Null(act.PostId);
        Assert.False(OperationIds.AsksFirst(act.OperationId));
        Assert.Equal(act.OperationId, Act.Unnamed(form, 3).OperationId);
        // Only the version is another: every bit that makes it the only one of its kind stays.
        Assert.Equal(form.ToString().Remove(14, 1).Insert(14, "8"), act.OperationId.ToString());
        Assert.NotEqual(act.OperationId, Act.Unnamed(OperationIds.New(), 3).OperationId);
    }

    [Fact]
    public void OperationIds_SayWhetherSomebodyWasAskedAlready()
    {
        Assert.True(OperationIds.AsksFirst(OperationIds.New()));
        Assert.False(OperationIds.AsksFirst(OperationIds.ToSendAsNew()));
        Assert.Equal(8, OperationIds.ToSendAsNew().Version);
        // A program's own.
        Assert.False(OperationIds.AsksFirst(Guid.NewGuid()));
        var many = Enumerable.Range(0, 1000).Select(_ => OperationIds.ToSendAsNew()).ToList();
        Assert.Equal(many.Count, many.Distinct().Count());
        // All but the version is as it was made: the instant in front, by which rows lie in the order of their making, and random bits beside it.
        Assert.Equal(Instant(OperationIds.New()), Instant(OperationIds.ToSendAsNew()), 60_000.0);
        Assert.True(many.Select(id => id.ToString()[15]).Distinct().Count() > 1);

        static double Instant(Guid id) => Convert.ToInt64(id.ToString("N")[..12], 16);
    }

    // ── posts ──

    /// <summary>Both ways to ask say the same, and nothing but a confirmed post within its term gives anything.</summary>
    [Fact]
    public void Active_IsConfirmed_WithinItsTerm_BothEndsIncluded()
    {
        foreach (var state in Enum.GetValues<PostState>())
        {
            foreach (var to in (DateOnly?[])[null, Day, Day.AddDays(5)])
            {
                foreach (var vacant in (DateOnly?[])[null, Day.AddDays(-3), Day])
                {
                    var post = In(state, Day, to);
                    post.BeVacant(vacant);
                    for (var day = Day.AddDays(-2); day <= Day.AddDays(7); day = day.AddDays(1))
                    {
                        var expected = state == PostState.Confirmed && vacant is null && day >= post.From && (post.To is null || day <= post.To);
                        Assert.Equal(expected, post.IsActiveOn(day));
                        Assert.Equal(expected, Post.ActiveOn(day).Compile()(post));
                        // What stands against an erasure: somebody's now, or about to be; a term that is over is neither.
                        Assert.Equal(state is PostState.Confirmed or PostState.Proposed && (post.To is null || day <= post.To), Post.HeldOrWaitingOn(day).Compile()(post));
                    }
                }
            }
        }
    }

    [Fact]
    public void Operator_GivesAPostAtOnce()
    {
        var person = Guid.NewGuid();
        var post = Post.GivenByOperator(person, Role.Secretary, "书记", Day);
        Assert.Equal((person, Role.Secretary, "书记", Day, null, PostState.Confirmed, "jurisdiction", null), (post.PersonId, post.Role, post.Title, post.From, post.To, post.State, post.Scope, post.ScopeId));
        Assert.Null(post.ProposedById);
        Assert.Null(post.ConfirmedById);
        Assert.NotEqual(post.PublicCode, Post.GivenByOperator(person, Role.Secretary, "书记", Day).PublicCode);
    }

    [Fact]
    public void Proposal_KeepsWhatWasProposed_AndGivesNothing()
    {
        var (proposer, person, grid) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var post = Post.ProposedBy(proposer, person, Role.GridWorker, new("grid", ("网格", "grid")), grid, "第三网格网格员", Day, Day.AddDays(9));
        Assert.Equal((proposer, person, Role.GridWorker, "grid", grid, "第三网格网格员"), (post.ProposedById, post.PersonId, post.Role, post.Scope, post.ScopeId, post.Title));
        Assert.Equal((Day, Day.AddDays(9), PostState.Proposed), (post.From, post.To, post.State));
        Assert.Null(post.ConfirmedById);
    }

    /// <summary>It gives nothing for days on which nobody had agreed yet, and what was agreed for later begins later.</summary>
    [Theory, InlineData(-1, 0), InlineData(0, 0), InlineData(3, 3)]
    public void Confirm_NeverReachesBack(int from, int begins)
    {
        var by = Guid.NewGuid();
        var post = Post.ProposedBy(Guid.NewGuid(), Guid.NewGuid(), Role.Clerk, PostScope.Jurisdiction, null, "x", Day.AddDays(from), null);
        Assert.Null(post.ConfirmBy(by, Day));
        Assert.Equal((by, Day.AddDays(begins), PostState.Confirmed), (post.ConfirmedById, post.From, post.State));
    }

    /// <summary>An end doesn't lengthen a term that was over, and cuts one that wasn't.</summary>
    [Theory, InlineData(null, 0), InlineData(5, 0), InlineData(0, 0), InlineData(-1, -1)]
    public void End_IsTheDayOfItsEnd_OrTheLastDayOfATermThatWasOver(int? to, int ends)
    {
        var post = In(PostState.Confirmed, Day.AddDays(-9), to is { } days ? Day.AddDays(days) : null);
        Assert.Null(post.EndOn(Day));
        Assert.Equal((Day.AddDays(ends), PostState.Ended), (post.To, post.State));
    }

    /// <summary>What can't be done now is refused with the state in words, and nothing of the post moves.</summary>
    [Fact]
    public void WhatCantBeDoneNow_IsRefusedAndChangesNothing()
    {
        var acts = new Dictionary<string, Func<Post, Problem?>>
        {
            [Post.Confirm] = p => p.ConfirmBy(Guid.NewGuid(), Day.AddDays(1)),
            [Post.Refuse] = p => p.RefuseIt(),
            [Post.Withdraw] = p => p.WithdrawIt(),
            [Post.End] = p => p.EndOn(Day.AddDays(1)),
        };
        foreach (var state in Enum.GetValues<PostState>())
        {
            foreach (var (name, act) in acts)
            {
                var post = In(state, Day, Day.AddDays(9));
                var before = (post.State, post.From, post.To, post.ConfirmedById);
                var problem = act(post);
                var to = (state, name) switch
                {
                    (PostState.Proposed, Post.Confirm) => PostState.Confirmed,
                    (PostState.Proposed, Post.Refuse) => PostState.Refused,
                    (PostState.Proposed, Post.Withdraw) => PostState.Withdrawn,
                    (PostState.Confirmed, Post.End) => PostState.Ended,
                    _ => (PostState?)null,
                };
                if (to is not null)
                {
                    Assert.Null(problem);
                    Assert.Equal(to, post.State);
                    continue;
                }
                Assert.Equal(PostProblems.NotNow.Code, problem?.Code);
                Assert.Contains(Post.LifeCycle.StateTitle(state).Zh, problem!.Sentence.Zh);
                Assert.Equal(before, (post.State, post.From, post.To, post.ConfirmedById));
            }
        }
    }

    // ── who may with posts ──

    private static readonly Role[] Keepers = [Role.Secretary, Role.SecurityAdministrator];

    /// <summary>Every role, each permission, in one's own jurisdiction and in another: against the sentence of the house, told here once more.</summary>
    [Fact]
    public void Posts_AreKeptByTheKeepers_ReadByTheSupervisorToo_AndOnlyAtHome()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var of in Enum.GetValues<Role>())
            {
                var post = Of(of, 1);
                var keeps = Keepers.Contains(role);
                Assert.Equal(keeps || role is Role.Supervisor or Role.SystemAdministrator, PostAccess.May(Viewer(role), post, PostAccess.See));
                Assert.Equal(keeps, PostAccess.May(Viewer(role), post, PostAccess.Propose));
                Assert.Equal(keeps, PostAccess.May(Viewer(role), post, PostAccess.Confirm));
                // Who watches over the secretary isn't the secretary's to send away.
                Assert.Equal(of == Role.Supervisor ? role == Role.SecurityAdministrator : keeps, PostAccess.May(Viewer(role), post, PostAccess.End));
                foreach (var what in PostAccess.All)
                    Assert.False(PostAccess.May(In(2, role), post, what));
            }
        }
        foreach (var what in PostAccess.All)
        {
            Assert.False(PostAccess.May(null, Of(Role.Clerk, 1), what));
            Assert.False(PostAccess.May(Viewer(), Of(Role.Clerk, 1), what));
        }
        // A secretary who is security administrator as well may.
        Assert.True(PostAccess.May(Viewer(Role.Secretary, Role.SecurityAdministrator), Of(Role.Supervisor, 1), PostAccess.End));
        Assert.Equal(["post.see", "post.propose", "post.confirm", "post.end"], PostAccess.All.Select(p => p.Code));
    }

    /// <summary>A list shows exactly what may be seen one by one.</summary>
    [Fact]
    public void VisiblePosts_AreThoseThatMayBeSeen()
    {
        var posts = (from role in Enum.GetValues<Role>() from place in (int[])[1, 2] select Of(role, place)).ToList();
        foreach (var roles in Enum.GetValues<Role>().Select(r => new[] { r }).Append([]).Append([Role.Clerk, Role.Supervisor]))
        {
            var viewer = Viewer(roles);
            Assert.Equal(posts.Where(p => PostAccess.May(viewer, p, PostAccess.See)), PostAccess.Visible(viewer, posts.AsQueryable()));
        }
        Assert.Empty(PostAccess.Visible(null, posts.AsQueryable()));
        Assert.Equal(Enum.GetValues<Role>().Length, PostAccess.Visible(Viewer(Role.Supervisor), posts.AsQueryable()).Count());
    }

    // ── roles ──

    [Fact]
    public void Roles_AreHeldWhereTheyBelong()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            JurisdictionLevel[] levels = role switch
            {
                Role.SubdistrictOfficer => [JurisdictionLevel.Subdistrict],
                Role.DistrictOfficer => [JurisdictionLevel.District],
                Role.SystemAdministrator or Role.SecurityAdministrator => [JurisdictionLevel.District, JurisdictionLevel.Subdistrict, JurisdictionLevel.Community],
                _ => [JurisdictionLevel.Community],
            };
            Assert.Equal(levels, Enum.GetValues<JurisdictionLevel>().Where(l => RoleLevels.May(role, l)));
        }
    }

    /// <summary>Every role has a name and says what it may do, in both languages, and no two are called alike.</summary>
    [Fact]
    public void Roles_HaveWords()
    {
        var roles = Enum.GetValues<Role>();
        foreach (var words in (Func<Role, Bilingual>[])[r => r.Title(), r => r.Explanation()])
        {
            Assert.All(roles, r => Assert.NotEqual(r.ToString(), words(r).Zh));
            Assert.All(roles, r => Assert.True(words(r).Zh.Length > 0 && words(r).En.Length > 0));
            Assert.Equal(roles.Length, roles.Select(r => words(r).Zh).Distinct().Count());
            Assert.Equal(roles.Length, roles.Select(r => words(r).En).Distinct().Count());
        }
        Assert.Equal([Role.SystemAdministrator, Role.SecurityAdministrator], roles.Where(r => r.IsAdministrator()));
        // One that a newer program wrote into a row is called by its stable name, not by nothing.
        Assert.Equal(("99", "99"), (((Role)99).Title().Zh, ((Role)99).Explanation().En));
    }

    // ── what hangs on a post ──

    /// <summary>A record goes to another post only where its role can do the work, and where the module says that this very record fits.</summary>
    [Fact]
    public void HandOver_GoesToWhoCanDoTheWork_AndFits()
    {
        var (record, good, bad) = (Of(Role.Clerk, 1), Guid.NewGuid(), Guid.NewGuid());
        var all = new HandOver(typeof(Post), "x", ("x", "x"), Staff, Staff, (db, posts) => throw new NotSupportedException(), _ => new("x", ("x", "x")), (_, _) => { }, new EventKind("x", ("x", "x")));
        Assert.True(all.CanGoTo(record, Role.Clerk, bad));
        Assert.False(all.CanGoTo(record, Role.GridWorker, good));
        var choosy = all with { Fits = (row, role, person) => row == record && role == Role.Clerk && person == good };
        Assert.True(choosy.CanGoTo(record, Role.Clerk, good));
        Assert.False(choosy.CanGoTo(record, Role.Clerk, bad));
        Assert.False(choosy.CanGoTo(record, Role.Secretary, good));
        Assert.False((all with { Fits = (_, _, _) => true }).CanGoTo(record, Role.GridWorker, good));
    }

    /// <summary>What a reference to a post means is known exactly where somebody said it.</summary>
    [Fact]
    public void PostReferences_MeanWhatTheMappingSaid()
    {
        var model = new ModelBuilder().Entity<Hung>();
        var (history, responsibility) = (model.Property(h => h.DoneBy).PostHistory(), model.Property(h => h.AnsweredBy).PostResponsibility());
        Assert.Equal((PostUse.History, PostUse.Responsibility), (PostReferences.Of(history.Metadata), PostReferences.Of(responsibility.Metadata)));
        Assert.Null(PostReferences.Of(model.Property(h => h.Unsaid).Metadata));
    }

    private sealed class Hung
    {
        public Guid Id { get; set; }
        public Guid DoneBy { get; set; }
        public Guid AnsweredBy { get; set; }
        public Guid Unsaid { get; set; }
    }

    private static Post Of(Role role, int place)
    {
        var post = new Post { PersonId = Guid.NewGuid(), Role = role, Title = "x" };
        // As the writer does from the act.
        typeof(Owned).GetProperty(nameof(Owned.JurisdictionId))!.SetValue(post, place);
        return post;
    }

    private static Post In(PostState state, DateOnly from, DateOnly? to)
    {
        var post = Post.ProposedBy(Guid.NewGuid(), Guid.NewGuid(), Role.Clerk, PostScope.Jurisdiction, null, "x", from, to);
        _ = state switch
        {
            PostState.Confirmed => post.ConfirmBy(Guid.NewGuid(), from),
            PostState.Ended => post.ConfirmBy(Guid.NewGuid(), from) ?? post.EndOn(to ?? from.AddDays(3)),
            PostState.Refused => post.RefuseIt(),
            PostState.Withdrawn => post.WithdrawIt(),
            _ => null,
        };
        Assert.Equal(state, post.State);
        return post;
    }
}
