using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Joint;

/// <summary>A post's part in a matter that another post leads: what it needs to know, and where it writes what it did.</summary>
[Needs("appeal.see-part")]
public sealed class JointModel(JointQueries queries, ReadSession read, CurrentViewer current, WritePart write, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public PartInput Part { get; set; } = new();

    public JointView View { get; private set; } = null!;

    public DateOnly Today => clock.Today();

    protected override string PathOf(string code) => AppealLinks.Joint(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostWriteAsync(string code) => Do(code, "Write", nameof(Part),
        canonical => write.Run(current.Required, current.Required.Act(JointAccess.WritePart, OperationId.Posted(Request)), new(canonical, Part.Text), HttpContext.RequestAborted),
        () => L["已写下，牵头的岗位看得到。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class PartInput
    {
        public string Text { get; set; } = "";
    }
}
