using System.Runtime.CompilerServices;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Pages.Exports;

/// <summary>A file that is ready to leave.</summary>
public sealed record ListWorkbook(string Name, byte[] Bytes, int Rows);

/// <summary>Makes a list's file: the rows, and a sheet that says what was exported, by whom, when and how narrowed.</summary>
public sealed class ExportDesk(ReadSession read, CurrentViewer current, TimeProvider clock, Texts L)
{
    /// <summary>Rows of one file: as many as an import takes, so that what goes out can come in.</summary>
    public const int MostRows = SheetReader.MostRows;

    /// <returns>Null when the list is longer than one file holds.</returns>
    public async Task<ListWorkbook?> Make(ListContent content, Permission? needs, string? reason = null, CancellationToken cancel = default)
    {
        var (count, now) = (0, clock.Now());
        var by = await By(needs, cancel);
        var bytes = await Workbook.Write([new(content.Title, content.Headings, Counted(), content.Widths), new(L["说明|sheet"], [L["项目|sheet"], L["内容|sheet"]], About(), [20, 70])], cancel);
        return count > MostRows ? null : new(Workbook.FileName(string.Join('_', [content.Title, .. content.Said.Select(s => s.Value), .. content.Words.Length > 0 ? [L["查找结果"]] : Array.Empty<string>(), Fmt.Iso(clock.Today())])), bytes, count);

        async IAsyncEnumerable<IReadOnlyList<object?>> Counted([EnumeratorCancellation] CancellationToken stop = default)
        {
            await foreach (var row in content.Rows.WithCancellation(stop))
            {
                if (++count > MostRows)
                    yield break;
                yield return row;
            }
        }

        // Asked for when the rows are written, so that their number is known.
        async IAsyncEnumerable<IReadOnlyList<object?>> About()
        {
            await Task.CompletedTask;
            yield return [L["导出的是"], content.Title];
            yield return [L["在哪里|jurisdiction"], current.Jurisdiction is { } place ? (L.Language == Language.English ? place.NameEn : place.Name) : null];
            yield return [L["由谁导出"], by];
            yield return [L["导出时间"], now];
            foreach (var (label, value) in content.Said)
                yield return [L["条件：{0}", label], value];
            if (content.Words.Length > 0)
                yield return [L["条件：{0}", L["找"]], content.Words];
            if (content.Said.Count == 0 && content.Words.Length == 0)
                yield return [L["条件|filter"], L["没有选条件，是全部"]];
            yield return [L["行数"], count];
            if (reason is not null)
                yield return [L["用途"], reason];
            foreach (var (label, value) in content.About)
                yield return [label, value];
        }
    }

    private async Task<string> By(Permission? needs, CancellationToken cancel)
    {
        if (current.Viewer is not { } viewer)
            return L["公开页面，没有登录"];
        var post = needs is null ? viewer.Posts.FirstOrDefault() : viewer.PostFor(needs);
        var title = post is null ? null : await (await read.Db(cancel)).Set<Post>().Where(p => p.Id == post.PostId).Select(p => p.Title).FirstOrDefaultAsync(cancel);
        return title is null ? viewer.Name : L["{0}（{1}）", viewer.Name, title];
    }
}
