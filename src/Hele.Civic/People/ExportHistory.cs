using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>An export as the list shows it.</summary>
/// <param name="Post">The post it was done in.</param>
public sealed record ExportLine(string List, string Filter, int Rows, DateTimeOffset At, string By, string? Post, string? Reason);

/// <summary>Reads which lists left as files, by whom and what for. It stands here because whoever exports is a person.</summary>
public sealed class ExportHistory(ReadSession read)
{
    /// <summary>Most that the page lists.</summary>
    public const int Shown = 200;

    /// <summary>Newest first; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<ExportLine>> List(Viewer viewer, int most = Shown, CancellationToken cancel = default)
    {
        if (viewer.PostFor(ExportAccess.See) is null)
            return [];
        var db = await read.Db(cancel);
        var rows = await db.Set<ListExport>().Where(e => e.JurisdictionId == viewer.JurisdictionId).OrderByDescending(e => e.ExportedAt).ThenByDescending(e => e.Id).Take(most)
            .Select(e => new { Export = e, By = db.Set<Person>().Where(p => p.Id == e.ExportedById).Select(p => p.Name).First(), Entry = db.Set<JournalRow>().Where(j => j.RowTable == "ListExports" && j.RowId == e.Id).Select(j => new { j.PostId, j.Reason }).FirstOrDefault() })
            .ToListAsync(cancel);
        var posts = await db.Set<Post>().Select(p => new { p.Id, p.Title }).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        return [.. rows.Select(r => new ExportLine(r.Export.List, r.Export.Filter, r.Export.Rows, r.Export.ExportedAt, r.By, r.Entry?.PostId is { } post ? posts.GetValueOrDefault(post) : null, r.Entry?.Reason))];
    }
}
