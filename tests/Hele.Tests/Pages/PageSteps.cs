using Hele.Civic.Appeals;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages;

/// <summary>What a person does on the appeal's pages, and what it left behind.</summary>
internal static class PageSteps
{
    public const string Text = "三单元从一楼到三楼的灯都不亮了，晚上看不见路。";

    /// <summary>Fills in the resident's form, not yet sent.</summary>
    public static async Task<HtmlForm> AppealForm(HttpClient resident, string title = "楼道灯不亮", string kind = "facilities") =>
        (await HtmlPage.Get(resident, "/appeals/new")).Form("main form")
            .Fill("Input.Kind", kind).Fill("Input.Title", title).Fill("Input.Place", "12号院3号楼3单元").Fill("Input.Text", Text);

    /// <summary>Files an appeal on the web; the code stands in the address of the receipt. A matter of its own however often the same is told.</summary>
    public static async Task<string> FileAppeal(HttpClient resident, string title = "楼道灯不亮", string kind = "facilities")
    {
        var answer = await (await AppealForm(resident, title, kind)).Force("op", Guid.NewGuid().ToString()).Submit();
        answer.ExpectRedirect("/appeals/*");
        return answer.Location!.Segments[2].TrimEnd('/');
    }

    /// <summary>Types words into a list's search box and looks at what it finds.</summary>
    public static async Task<HtmlPage> Find(HttpClient client, string list, string words) =>
        await (await (await HtmlPage.Get(client, list)).Form("main form[role=search]").Fill("Search", words).Submit()).Follow();

    public static async Task<HtmlForm> AnswerForm(HttpClient staff, string code) => (await HtmlPage.Get(staff, "/appeals/" + code)).Form("#answer form");

    public static async Task<HtmlPage> Accept(HttpClient staff, string code) => await (await HtmlPage.Get(staff, "/appeals/" + code)).Form("#accept form").Submit();

    public static async Task<HtmlPage> Answer(HttpClient staff, string code, string text) => await (await AnswerForm(staff, code)).Fill("Answer.Text", text).Submit();

    public static async Task<HtmlPage> Judge(HttpClient resident, string code, bool satisfied, string remark = "") =>
        await (await HtmlPage.Get(resident, "/appeals/" + code)).Form("#judge form").Fill("Verdict.Satisfied", satisfied ? "true" : "false").Fill("Verdict.Remark", remark).Submit();

    public static async Task<HtmlPage> ReferUp(HttpClient staff, string code, string reason) => await (await HtmlPage.Get(staff, "/appeals/" + code)).Form("#refer form").Fill("Refer.Reason", reason).Submit();

    public static async Task<HtmlPage> AnswerFromAbove(HttpClient officer, string referral, string text) => await (await HtmlPage.Get(officer, "/referrals/" + referral)).Form("#answer form").Fill("Answer.Text", text).Submit();

    /// <param name="why">The name of the reason; empty to choose none.</param>
    public static async Task<HtmlPage> ReturnFromAbove(HttpClient officer, string referral, string why, string note)
    {
        var form = (await HtmlPage.Get(officer, "/referrals/" + referral)).Form("#return form").Fill("Return.Note", note);
        return await (why.Length > 0 ? form.Fill("Return.Why", why) : form).Submit();
    }

    public static Task<Appeal> Row(this TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));

    /// <summary>The kinds of the appeal's own events, in the order of the log.</summary>
    public static Task<List<string>> Events(this TestInstallation hele, string code) => hele.Read(async db =>
    {
        var id = await db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.Id).SingleAsync();
        return await db.Set<JournalRow>().Where(r => r.RowTable == "Appeals" && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync();
    });

    public static Task<int> Count(this TestInstallation hele, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => db.Set<Appeal>().CountAsync(), jurisdiction);

    /// <summary>Redirected there, in this state, by this event.</summary>
    public static async Task Went(this TestInstallation hele, HtmlPage answer, string code, AppealState state, string lastEvent)
    {
        answer.ExpectRedirect("/appeals/" + code);
        Assert.Equal(state, (await hele.Row(code)).State);
        Assert.Equal(lastEvent, (await hele.Events(code))[^1]);
    }
}
