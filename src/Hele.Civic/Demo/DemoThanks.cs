using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<IReadOnlyList<Gratitude>> LazyGratitudes = new(() => Load<IReadOnlyList<Gratitude>>("demo/thanks.zh.json"));

    /// <summary>What residents gave thanks for.</summary>
    public static IReadOnlyList<Gratitude> Gratitudes => LazyGratitudes.Value;

    /// <param name="By">A person's key or a post: who wrote it down; on the web the giver.</param>
    /// <param name="Giver">A name; on the web null.</param>
    /// <param name="Linked">The register knows the giver.</param>
    /// <param name="Appeal">A matter's key.</param>
    /// <param name="In">Code of the community; null for the first.</param>
    internal sealed record Gratitude(string Key, DateTimeOffset At, string By, ThanksKind Kind, ThanksDoor Door, Whom Whom, string Text, ThanksShown Shown, IReadOnlyList<Checking> Steps, DateOnly? On = null, string? Giver = null,
        bool Linked = false, bool Anonymous = false, string? Appeal = null, string? In = null)
    {
        public Community Community => In is null ? Communities[0] : Communities.Single(c => c.Code == In);
    }

    /// <param name="Grid">A name, as of <paramref name="Body"/>.</param>
    /// <param name="Post">A person's key, as of <paramref name="Holder"/>.</param>
    internal sealed record Whom(string? Grid = null, string? Body = null, string? Post = null, string? Holder = null);

    /// <param name="Act">publish (which also corrects), keep, reject or withdraw.</param>
    internal sealed record Checking(string Act, DateTimeOffset At, string By, string? Text = null, string? Reason = null);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private IEnumerable<Scene> Gratitudes()
        {
            foreach (var thanks in DemoStory.Gratitudes)
            {
                yield return new(thanks.Key, thanks.At, id => Thank(thanks, id));
                for (var i = 0; i < thanks.Steps.Count; i++)
                {
                    var step = thanks.Steps[i];
                    yield return new($"{thanks.Key}/{i + 1}", step.At, id => Check(thanks, step, id));
                }
            }
        }

        /// <summary>The code of thanks that an earlier run took back: with the words went what would tell that they had been given, so giving them again would give them twice.</summary>
        private async Task<string?> TakenBack(DemoStory.Gratitude thanks)
        {
            for (var i = 0; i < thanks.Steps.Count; i++)
            {
                if (thanks.Steps[i].Act == "withdraw" && await Done(OperationId($"{thanks.Key}/{i + 1}")) is { } there)
                    return _codes[thanks.Key] = there;
            }
            return null;
        }

        private async Task<Outcome> Thank(DemoStory.Gratitude thanks, Guid id)
        {
            if (await TakenBack(thanks) is { } gone)
                return Outcome.Again(gone);
            var (community, actor) = (thanks.Community, await ViewerOf(thanks.Community.People, thanks.By));
            string whom;
            string? giver;
            await using (var lease = await services.GetRequiredService<Database>().Read([community.Id], cancel))
                (whom, giver) = (await WhomOf(lease.Db, community, thanks.Whom), thanks.Linked ? PersonNamed(community, thanks.Giver!) : null);
            var appeal = thanks.Appeal is null ? null : _codes[thanks.Appeal];
            var outcome = thanks.Door == ThanksDoor.Web
                ? await services.GetRequiredService<GiveThanks>().Run(actor, actor.Act(ThanksAccess.Give, id), new(thanks.Text, whom, thanks.Anonymous, thanks.Shown, appeal), cancel)
                : await services.GetRequiredService<RecordThanks>().Run(actor, actor.Act(ThanksAccess.Enter, id),
                    new(thanks.Kind, thanks.Door, thanks.Text, whom, thanks.Giver, giver, thanks.Anonymous, thanks.Shown, thanks.On, appeal), cancel);
            if (outcome.Code is { } code)
                _codes[thanks.Key] = code;
            return outcome;
        }

        private async Task<string> WhomOf(HeleDb db, DemoStory.Community community, DemoStory.Whom whom)
        {
            if (whom.Grid is { } grid)
                return new ThanksWhom(ThankedKind.Grid, (await GridsOf(db, [grid]))[0]).ToString();
            if (whom.Body is { } body)
                return new ThanksWhom(ThankedKind.Body, await BodyOf(db, body)).ToString();
            var post = (await ViewerOf(community.People, (whom.Post ?? whom.Holder)!)).Posts[0].PostId;
            return new ThanksWhom(whom.Post is null ? ThankedKind.Holder : ThankedKind.Post, await db.Set<Post>().Where(p => p.Id == post).Select(p => p.PublicCode).SingleAsync(cancel)).ToString();
        }

        private async Task<Outcome> Check(DemoStory.Gratitude thanks, DemoStory.Checking step, Guid id)
        {
            if (step.Act != "withdraw" && await TakenBack(thanks) is { } gone)
                return Outcome.Again(gone);
            // Somebody using the demo may have given thanks for the same matter first.
            if (!_codes.TryGetValue(thanks.Key, out var code))
                return ThanksProblems.NotNow.With("");
            var actor = await ViewerOf(thanks.Community.People, step.By);
            var act = actor.Act(step.Act == "withdraw" ? ThanksAccess.Own : ThanksAccess.Review, id);
            return step.Act switch
            {
                "publish" => await services.GetRequiredService<PublishThanks>().Run(actor, act, new(code, step.Text, Photo: false), cancel),
                "keep" => await services.GetRequiredService<KeepThanks>().Run(actor, act, new(code, step.Reason), cancel),
                "reject" => await services.GetRequiredService<RejectThanks>().Run(actor, act, new(code, step.Reason), cancel),
                "withdraw" => await services.GetRequiredService<WithdrawThanks>().Run(actor, act, new(code), cancel),
                _ => throw new InvalidOperationException($"data/demo: {thanks.Key} has an act that the program doesn't know: {step.Act}."),
            };
        }
    }
}
