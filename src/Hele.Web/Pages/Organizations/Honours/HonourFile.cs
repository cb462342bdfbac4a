using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Organizations.Honours;

/// <summary>The list of honours as a file, for those who work here: it names people.</summary>
public sealed class HonourFile(HonourQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/honours/export";

    public override string Code => "honours";
    public override Permission Needs => OrganizationAccess.SeeSeats;

    public static HonourFilter Filter(ListQuery asked) => new(asked.Choice<HonourKind>("Kind"), asked.Choice<HonourLevel>("Level"), null, asked.Words);

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return Task.FromResult<ListContent?>(ListContent.Of(L["荣誉"], ListContent.Whole(() => queries.List(current.Viewer, filter, cancel)),
        [
            new(L["荣誉"], h => h.Title, 36), new(L["种类"], h => L.Kind(h.Kind)), new(L["谁的"], h => L.Whose(h), 24), new(L["颁发单位"], h => h.Issuer, 28), new(L["级别"], h => L.Level(h.Level)), new(L["颁发日期"], h => h.AwardedOn, 12),
            new(L["撤销日期"], h => h.WithdrawnOn, 12), new(L["撤销依据"], h => h.WithdrawnFor, 28), new(L["证书照片"], h => h.Photos, 10), new(L["编号"], h => h.Code),
        ],
        [(L["种类"], filter.Kind is { } kind ? L.Kind(kind) : null), (L["级别"], filter.Level is { } level ? L.Level(level) : null)], words: asked.Words, choices: asked.Choices("Kind", "Level")));
    }
}

[Needs("seat.see")]
public sealed class HonourExportModel(HonourFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, HonourWords.All);
}
