using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Posts.List;

/// <summary>All posts as a file: what waits, what is held, what is over.</summary>
public sealed class PostFile(PostQueries posts, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/posts/export";

    public override string Code => "posts";
    public override Permission Needs => PostAccess.See;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel) => Task.FromResult<ListContent?>(ListContent.Of(L["岗位|list"], ListContent.Whole(() => posts.All(current.Required, asked.Words, cancel)),
    [
        new(L["岗位"], p => p.Title, 24), new(L["姓名"], p => p.Person.Length > 0 ? p.Person : L["（已删除）"]), new(L["角色"], p => L[p.Role.Title()]), new(L["范围"], p => L.Scope(p.Scope)), new(L["从"], p => p.From, 12), new(L["到"], p => p.To, 12),
        new(L["状态"], p => L.State(p.State)), new(L["提出|by"], p => p.ProposedBy), new(L["确认"], p => p.ConfirmedBy),
    ], words: asked.Words, choices: asked.Choices()));
}

[Needs("post.see")]
public sealed class PostExportModel(PostFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, PostLinks.List);
}
