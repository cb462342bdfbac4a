using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Log.Check;

/// <summary>What the check in the background found here: which records differ from the log, and where. It names them and never shows a value.</summary>
[Needs("log.check")]
public sealed class CheckModel(LogCheck check, Checking checking, CurrentViewer current) : PageModel
{
    public const string Path = "/log/check";

    public CheckResult? Result => check.Last;

    public VerificationProgress? Running => check.Running;

    public string Code => current.Jurisdiction!.Code;

    public IReadOnlyList<CheckFinding> Findings { get; private set; } = [];

    public VerifiedJurisdiction? Here => Result?.Jurisdictions.FirstOrDefault(j => j.Code == Code);

    public static Bilingual StageOf(VerificationStage stage) => stage switch
    {
        VerificationStage.Schema => ("数据库结构", "schema"),
        VerificationStage.Journal => ("日志", "log"),
        VerificationStage.Rows => ("记录", "records"),
        _ => ("跨辖区办理", "crossings"),
    };

    public IActionResult OnGet(bool asked = false)
    {
        Findings = Result is null ? [] : [.. Result.Of(Code)];
        // Asked a moment ago it may not have begun yet.
        if (Running is not null || asked)
            Response.Headers["Refresh"] = "2; url=" + Path;
        return Page();
    }

    public IActionResult OnPost()
    {
        checking.Ask();
        return Redirect(Path + "?asked=true");
    }
}
