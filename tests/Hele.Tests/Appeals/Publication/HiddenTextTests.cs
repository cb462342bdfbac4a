using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>A hidden text is found by nobody who may not read it, and isn't read where the matter went up.</summary>
public class HiddenTextTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Search_ByHiddenWords_FindsItOnlyForWhoMayReadThem(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.FileAppeal(liu, "混账东西不修灯");
        var other = await hele.FileAppeal(liu, "混账东西不修门");
        NumberSteps.Ok(await hele.HideText(zhou, code));
        // Whoever hid it and the supervision read it, and find it; the others find what isn't hidden.
        foreach (var reader in new[] { zhou, feng })
            Assert.Equal(new[] { code, other }.Order(), (await Find(reader, "混账东西")).Order());
        foreach (var one in new[] { zhao, ma })
            Assert.Equal([other], await Find(one, "混账东西"));
        // Nobody has to lose it: its number is no hidden word.
        var number = await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => new { a.Year, a.Serial }).SingleAsync());
        Assert.Equal([code], await Find(zhao, Appeal.NumberOf(number.Year, number.Serial)));
        NumberSteps.Ok(await hele.ShowText(zhou, code));
        Assert.Equal(new[] { code, other }.Order(), (await Find(zhao, "混账东西")).Order());

        async Task<List<string>> Find(Viewer viewer, string words) => [.. (await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(viewer, new AppealFilter(Search: words), new(2026, 10, 30)))).Rows.Select(r => r.Code)];
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Referral_OfAHiddenText_IsNotReadAbove_HiddenBeforeOrAfterItWentUp(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var (before, after) = (await hele.FileAppeal(liu, "混账东西不修灯"), await hele.FileAppeal(liu, "混账东西不修门"));
        foreach (var code in new[] { before, after })
            NumberSteps.Ok(await hele.Accept(zhao, code));
        NumberSteps.Ok(await hele.HideText(zhao, before));
        NumberSteps.Ok(await hele.ReferUp(zhao, before));
        NumberSteps.Ok(await hele.ReferUp(zhao, after));
        Assert.Equal(["", "混账东西不修门"], await Titles());
        NumberSteps.Ok(await hele.HideText(zhao, after));
        Assert.Equal(["", ""], await Titles());
        foreach (var line in await Lines())
        {
            var view = (await hele.Query<ReferralQueries, ReferralView?>(q => q.Find(tang, line.Code), TestInstallation.Street))!;
            Assert.Equal(("", "", true), (view.Title, view.Text, view.WordsAreHidden));
        }
        NumberSteps.Ok(await hele.ShowText(zhao, before));
        Assert.Equal(["", "混账东西不修灯"], await Titles());
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        async Task<IReadOnlyList<ReferralLine>> Lines() => (await hele.Query<ReferralQueries, Page<ReferralLine>>(q => q.List(tang, null), TestInstallation.Street)).Rows;
        async Task<List<string>> Titles() => [.. (await Lines()).Select(r => r.Title).Order(StringComparer.Ordinal)];
    }
}
