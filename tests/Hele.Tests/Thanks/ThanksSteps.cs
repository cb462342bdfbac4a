using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Thanks;

/// <summary>Short ways to give, write down and check thanks, each through the real operation.</summary>
internal static class ThanksSteps
{
    public const string Text = "灯坏了当天就来换好，老人晚上下楼不怕了。", PublicText = "楼道灯当天就换好了。", Giver = "曲长明";

    public static async Task<string> Whom(this TestInstallation hele, TestPerson person, ThankedKind kind = ThankedKind.Holder) => new ThanksWhom(kind, await hele.PostCode(person)).ToString();

    public static async Task<Outcome> Give(this TestInstallation hele, Viewer resident, string? whom = null, string? text = Text, bool anonymous = false, ThanksShown? shown = ThanksShown.Surname, string? appeal = null, Guid? operation = null, params IReadOnlyList<Photo> photos) =>
        await hele.Get<GiveThanks>().Run(resident, resident.Act(ThanksAccess.Give, operation ?? Guid.NewGuid()), new(text, whom ?? await hele.Whom(TestPeople.Zhao), anonymous, shown, appeal) { Photos = photos });

    public static async Task<Outcome> Record(this TestInstallation hele, Viewer staff, string? whom = null, ThanksKind? kind = ThanksKind.Pennant, ThanksDoor? door = ThanksDoor.Counter, string? text = Text, string? name = Giver, string? giver = null, bool anonymous = false,
        ThanksShown? shown = ThanksShown.Surname, DateOnly? on = null, string? appeal = null, Guid? operation = null, params IReadOnlyList<Photo> photos) =>
        await hele.Get<RecordThanks>().Run(staff, staff.Act(ThanksAccess.Enter, operation ?? Guid.NewGuid()), new(kind, door, text, whom ?? await hele.Whom(TestPeople.Zhao), name, giver, anonymous, shown, on ?? hele.Today, appeal) { Photos = photos });

    public static Task<Outcome> PublishThanks(this TestInstallation hele, Viewer viewer, string code, string? text = PublicText, bool photo = false, bool isChecked = false, Guid? operation = null) =>
        hele.Get<PublishThanks>().Run(viewer, viewer.Act(ThanksAccess.Review, operation ?? Guid.NewGuid()), new(code, text, photo, isChecked));

    public static Task<Outcome> KeepThanks(this TestInstallation hele, Viewer viewer, string code, string? reason = "家里的事，不宜公开。") =>
        hele.Get<KeepThanks>().Run(viewer, viewer.Act(ThanksAccess.Review, Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> RejectThanks(this TestInstallation hele, Viewer viewer, string code, string? reason = "打电话问过，没有这回事。") =>
        hele.Get<RejectThanks>().Run(viewer, viewer.Act(ThanksAccess.Review, Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> SayShown(this TestInstallation hele, Viewer viewer, string code, ThanksShown? shown, bool speaksFor = false) =>
        hele.Get<ChangeThanksShown>().Run(viewer, viewer.Act(speaksFor ? ThanksAccess.SpeakFor : ThanksAccess.Own, Guid.NewGuid()), new(code, shown, speaksFor));

    public static Task<Outcome> TakeBack(this TestInstallation hele, Viewer viewer, string code, bool speaksFor = false) =>
        hele.Get<WithdrawThanks>().Run(viewer, viewer.Act(speaksFor ? ThanksAccess.SpeakFor : ThanksAccess.Own, Guid.NewGuid()), new(code, speaksFor));

    public static Task<ThanksRecord> Thanks(this TestInstallation hele, string code) => hele.Read(db => db.Set<ThanksRecord>().SingleAsync(t => t.PublicCode == code));

    public static Task<List<string>> EventsOfThanks(this TestInstallation hele, string code) => hele.Read(async db =>
    {
        var id = await db.Set<ThanksRecord>().Where(t => t.PublicCode == code).Select(t => t.Id).SingleAsync();
        return await db.Set<JournalRow>().Where(r => r.RowTable == "ThanksRecords" && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync();
    });

    public static async Task<IReadOnlyList<PublicThanks>> PublicThanks(this TestInstallation hele, string? search = null, ThanksKind? kind = null) =>
        (await hele.Query<ThanksQueries, (IReadOnlyList<PublicThanks> Rows, Guid?, Guid?)>(q => q.Public(new(kind, Search: search)))).Rows;

    /// <summary>A matter of the resident's, handled by the grid worker and judged satisfied.</summary>
    public static async Task<string> SatisfiedAppeal(this TestInstallation hele, Viewer resident)
    {
        var code = await hele.FileAppeal(resident);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        GridSteps.Ok(await hele.Accept(zhao, code));
        GridSteps.Ok(await hele.Answer(zhao, code));
        GridSteps.Ok(await hele.Judge(resident, code, satisfied: true));
        return code;
    }

    public static async Task<Photo> Photo(this TestInstallation hele, uint seed = 1)
    {
        var bytes = Pictures.Jpeg(seed: seed);
        return (await hele.Get<PhotoReader>().Read("锦旗.jpg", bytes, bytes.Length, TestContext.Current.CancellationToken)).Photo!;
    }
}
