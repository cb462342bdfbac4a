using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Who may sign and confirm statements. They hold nothing personal: whoever reads the report reads them, with their history.</summary>
public static class StatementAccess
{
    private static readonly Role[] Answer = [Role.Secretary, Role.Supervisor];

    public static readonly Permission See = new("statement.see", ("查看签署的声明", "See signed statements"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor]);
    public static readonly Permission Sign = new("statement.sign", ("签署和撤回报告里的声明", "Sign statements for the report, and take them back"), Answer);
    public static readonly Permission Confirm = new("statement.confirm", ("确认别人签署的声明", "Confirm statements somebody else signed"), Answer);

    public static IEnumerable<Permission> All => [See, Sign, Confirm];

    /// <summary>Those of a query that this viewer may see.</summary>
    public static IQueryable<ReportStatement> Visible(Viewer? viewer, IQueryable<ReportStatement> statements)
    {
        if (viewer is null || !viewer.Has(See))
            return statements.Where(s => false);
        var jurisdiction = viewer.JurisdictionId;
        return statements.Where(s => s.JurisdictionId == jurisdiction);
    }

    /// <summary>Why this viewer may not confirm it: they signed it, in whichever entry of the register. Null when they may.</summary>
    internal static async Task<Problem?> Bars(HeleDb db, Viewer viewer, ReportStatement statement) =>
        await SamePerson.Holds(db, viewer.PersonId, statement.SignedByPostId) ? StatementProblems.OwnStatement : null;
}

public static class StatementEvents
{
    public static readonly EventKind Signed = new("statement.signed", ("签署了报告里的声明", "Signed a statement for the report"));
    public static readonly EventKind Confirmed = new("statement.confirmed", ("确认了声明", "Confirmed the statement"));
    public static readonly EventKind Declined = new("statement.declined", ("没有确认声明", "Didn't confirm the statement"));
    public static readonly EventKind Withdrawn = new("statement.withdrawn", ("撤回了声明", "Withdrew the statement"));

    public static IEnumerable<EventKind> All => [Signed, Confirmed, Declined, Withdrawn];
}

/// <summary>What is refused about statements, in words for people.</summary>
public static class StatementProblems
{
    public static readonly Problem NotFound = new("statement.not-found", ("没有找到这份声明。", "This statement was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem PlaceMissing = new("statement.place-missing", ("请选择放在报告的哪一处。", "Choose its place in the report."), "Place");
    public static readonly Problem TextMissing = new("statement.text-missing", ("请写声明的内容，最多{0}个字。", "Write the statement, at most {0} characters."), "Text");
    public static readonly Problem HasNumber = new("statement.has-number", ("声明里不能写数字（{0}）：报告里的数字都由记录算出。日期可以写。", "A statement holds no number ({0}): every number in the report is computed from records. Dates may stand in it."), "Text");
    public static readonly Problem NamesSomebody = new("statement.names-somebody", ("声明里不能有姓名、电话和住址（{0}）。", "A statement holds no name, telephone number or address ({0})."), "Text");
    public static readonly Problem TimeWrong = new("statement.time-wrong", ("请写所指的时间：开始不晚于结束，结束不晚于今天，最长{0}年。", "Give the time it speaks of: it begins before it ends, is over by today, and is at most {0} years long."), "To");
    public static readonly Problem OwnStatement = new("statement.own", ("这份声明是您签署的，要由另一个人确认。", "You signed this statement: another person has to confirm it."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("statement.reason-missing", ("请写原因，最多{0}个字。", "Give the reason, at most {0} characters."), "Reason");
    public static readonly Problem NotNow = new("statement.not-now", ("现在不能这样办：{0}。", "This can't be done now: {0}."), Kind: ProblemKind.Conflict);
    public static readonly Problem ThereAlready = new("statement.there-already", ("同一处、同一时间、同样内容的声明已经有了。", "The same statement about the same time stands there already."), "Text", ProblemKind.Conflict);
}
