using Hele.Civic.Platform.Access;
using Hele.Civic.Thanks;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Thanks.Public;

/// <summary>Pennants and thanks, as anybody may read them.</summary>
public sealed class ThanksFile(ThanksQueries queries, Texts L) : ListFile
{
    public const string Path = "/thanks/list.xlsx";

    public override string Code => "thanks";
    public override Permission? Needs => null;

    public static ThanksFilter Filter(ListQuery asked) => new(asked.Choice<ThanksKind>("Kind"), null, asked.Words);

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return Task.FromResult<ListContent?>(ListContent.Of(L["锦旗和感谢"], ListContent.Pages<PublicThanks>(async after => await queries.Public(filter, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["为什么事|thanks"], t => t.Text, 60), new(L["种类"], t => L.Kind(t.Kind), 14), new(L["感谢谁"], t => t.Thanked.Name, 28), new(L["感谢人"], t => t.Giver ?? L["不写姓名"], 14), new(L["怎么来的"], t => L.WrittenBy(t.Door), 24),
            new(L["日期|thanks"], t => t.On, 12), new(L["更正|date"], t => t.CorrectedOn, 12), new(L["编号"], t => t.Code),
        ],
        [(L["种类"], filter.Kind is { } kind ? L.Kind(kind) : null)], asked.Words, asked.Choices("Kind")));
    }
}
