using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.Disclosures;
using Hele.Civic.Feedback;
using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Reports;
using Hele.Civic.ServiceCircles;
using Hele.Civic.Thanks;
using Hele.Web.Pages.Account.Data;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.BreakGlass;
using Hele.Web.Pages.Disclosures;
using Hele.Web.Pages.Feedback;
using Hele.Web.Pages.Grids;
using Hele.Web.Pages.Notices;
using Hele.Web.Pages.Organizations;
using Hele.Web.Pages.People.Requests;
using Hele.Web.Pages.Posts;
using Hele.Web.Pages.Reports;
using Hele.Web.Pages.ServiceCircles;
using Hele.Web.Pages.Thanks;

namespace Hele.Web.Pages;

/// <summary>The page of a record, by its kind and public code: for lists that gather records of several modules.</summary>
public static class RecordLinks
{
    private static readonly Dictionary<Type, Func<string, string>> Pages = new()
    {
        [typeof(Appeal)] = AppealLinks.Matter,
        [typeof(AppealJoin)] = AppealLinks.Joined,
        [typeof(CallbackRound)] = AppealLinks.Callbacks,
        [typeof(AppealJoint)] = AppealLinks.Joint,
        [typeof(Grid)] = GridLinks.Grid,
        [typeof(Household)] = GridLinks.Household,
        [typeof(Building)] = GridLinks.Building,
        [typeof(ReportStory)] = ReportLinks.Story,
        [typeof(ReportStatement)] = ReportLinks.Statement,
        [typeof(StatedChange)] = StatedLinks.Of,
        [typeof(Post)] = PostLinks.Of,
        [typeof(FeedbackNote)] = FeedbackLinks.Of,
        [typeof(Body)] = OrganizationLinks.Of,
        [typeof(Honour)] = HonourWords.Of,
        [typeof(ThanksRecord)] = ThanksLinks.Of,
        [typeof(ServicePoint)] = code => $"{CircleLinks.Points}#{code}",
        [typeof(CircleReading)] = CircleLinks.Reading,
        [typeof(NearbyHelper)] = _ => CircleLinks.Helpers,
        [typeof(Disclosure)] = DisclosureLinks.Of,
        [typeof(DisclosureDuty)] = DisclosureLinks.Due,
        // Whoever objected reads the answer where everybody does.
        [typeof(DisclosureObjection)] = DisclosureLinks.Shown,
        [typeof(AppealPublication)] = AppealLinks.Publication,
        // Where an administrator deals with them, all on one page.
        [typeof(DeadLetter)] = NoticeLinks.Letter,
        [typeof(EmergencyAccess)] = EmergencyLinks.Of,
        // Where staff answer them, all on one page.
        [typeof(AnswerDataRequest)] = _ => DataRequestsModel.Path,
        // Its answer stands among one's data, on one page with the others.
        [typeof(DataRequest)] = _ => MyDataModel.Path + "#requests",
    };

    public static string Of(Type record, string code) => Pages[record](code);
}
