using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Appeals;

/// <summary>Short ways to what the public sees, each through the real operation.</summary>
public static class PublicationSteps
{
    /// <param name="round">By default as many answers as there are.</param>
    public static async Task<Outcome> Publish(this TestInstallation hele, Viewer viewer, string code, string? title = "楼道灯不亮", string? answer = null, PublicPlaceLevel? place = PublicPlaceLevel.Community, int? round = null, bool isChecked = false)
    {
        var seen = round ?? await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.Round).SingleOrDefaultAsync(), viewer.JurisdictionId);
        return await hele.Get<PublishAppeal>().Run(viewer, viewer.Act(PublicationAccess.Review, Guid.NewGuid()), new(code, title, answer ?? (seen > 0 ? "灯已经换好。" : ""), place, seen, isChecked));
    }

    public static Task<Outcome> KeepFromPublic(this TestInstallation hele, Viewer viewer, string code, string? reason = "只涉及一户") =>
        hele.Get<KeepFromPublic>().Run(viewer, viewer.Act(PublicationAccess.Review, Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> CorrectKind(this TestInstallation hele, Viewer viewer, string code, string? kind, string? reason = "看过现场，是两家之间的事") =>
        hele.Get<CorrectKind>().Run(viewer, viewer.Act(PublicationAccess.CorrectKind, Guid.NewGuid()), new(code, kind, reason));

    public static Task<Outcome> HideText(this TestInstallation hele, Viewer viewer, string code, string what = Civic.Appeals.HideText.AppealText, string? reason = "有侮辱他人的话") =>
        hele.Get<HideText>().Run(viewer, viewer.Act(PublicationAccess.HideText, Guid.NewGuid()), new(code, what, reason));

    public static Task<Outcome> ShowText(this TestInstallation hele, Viewer viewer, string code, string what = Civic.Appeals.HideText.AppealText) =>
        hele.Get<ShowText>().Run(viewer, viewer.Act(PublicationAccess.HideText, Guid.NewGuid()), new(code, what));

    /// <summary>Everything that is public of the community, first page.</summary>
    public static async Task<IReadOnlyList<PublicMatter>> PublicList(this TestInstallation hele, PublicFilter? filter = null) => (await hele.Query<PublicQueries, Page<PublicMatter>>(q => q.List(filter ?? new()))).Rows;

    public static Task<AppealPublication> Publication(this TestInstallation hele, string code) =>
        hele.Read(db => db.Set<AppealPublication>().SingleAsync(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.PublicCode == code)));
}
