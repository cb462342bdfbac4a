using Hele.Civic.Disclosures;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Disclosures;

/// <summary>The board or its archive, as anybody may read them: of postings only which kind, from when to when.</summary>
public sealed class BoardFile(DisclosureQueries queries, Texts L) : ListFile
{
    public const string Path = "/board/list.xlsx";

    public override string Code => "board";
    public override Permission? Needs => null;

    public static BoardFilter Filter(ListQuery asked) => new(DisclosureKinds.Find(asked.Text("Kind"))?.Code, asked.Words, asked.Flag("Past"));

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return Task.FromResult<ListContent?>(ListContent.Of(filter.Past ? L["公开档案"] : L["居务公开栏"], ListContent.Pages<BoardLine>(async after => await queries.Board(filter, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["公开的事"], d => L.Name(d.Kind, d.Covers, d.Title), 44), new(L["类别"], d => L[d.Kind.Title], 24), new(L["第几号"], d => d.Number, 12), new(L["从哪一天|disclosure"], d => d.From, 14), new(L["到哪一天|disclosure"], d => d.To, 14),
            new(L["状态"], d => L.Phase(d.Phase), 14), new(L["有更正"], d => d.IsCorrected ? L["有更正"] : null, 10), new(L["异议"], d => d.Objections, 8), new(L["编号"], d => d.Code),
        ],
        [(L["哪一类"], filter.Kind is { } kind ? L[DisclosureKinds.Of(kind).Title] : null)], asked.Words, asked.Choices("Kind", "Past")));
    }
}

/// <summary>Disclosures for those who work on them; nobody is named in it.</summary>
public sealed class DeskFile(DisclosureQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/disclosures/list.xlsx";

    public override string Code => "disclosures";
    public override Permission Needs => DisclosureAccess.See;

    public static DisclosureFilter Filter(ListQuery asked) => new(DisclosureKinds.Find(asked.Text("Kind"))?.Code, asked.Choice<DisclosureState>("State"));

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return Task.FromResult<ListContent?>(ListContent.Of(L["居务公开办理"], ListContent.Pages<DisclosureLine>(async after => await queries.List(current.Required, filter, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["公开的事"], d => L.Name(d.Kind, d.Covers, d.Title), 44), new(L["类别"], d => L[d.Kind.Title], 24), new(L["状态"], d => L.State(d.State), 18), new(L["第几号"], d => d.Number, 12), new(L["写的日期"], d => d.WrittenOn, 14), new(L["从哪一天|disclosure"], d => d.From, 14),
            new(L["到哪一天|disclosure"], d => d.To, 14), new(L["更正待核对"], d => d.HasProposal ? L["更正待核对"] : null, 14), new(L["待答复的异议"], d => d.Unanswered, 14), new(L["编号"], d => d.Code),
        ],
        [(L["哪一类"], filter.Kind is { } kind ? L[DisclosureKinds.Of(kind).Title] : null), (L["状态"], filter.State is { } state ? L.State(state) : null)], "", asked.Choices("Kind", "State")));
    }
}
