using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Feedback.Public;

/// <summary>What is said about Hele and what was answered, as anybody may read it.</summary>
public sealed class FeedbackFile(FeedbackQueries queries, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/feedback/list.xlsx";

    public override string Code => "feedback";
    public override Permission? Needs => null;

    public static FeedbackFilter Filter(ListQuery asked) => new(asked.Choice<FeedbackKind>("Kind"), asked.Choice<FeedbackState>("State"), asked.Words);

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var (filter, today) = (Filter(asked), clock.Today());
        return Task.FromResult<ListContent?>(ListContent.Of(L["对和乐的意见"], ListContent.Pages<PublicNote>(async after => await queries.Public(filter, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["意见"], n => n.Answers.LastOrDefault(a => a.Asked is not null)?.Asked ?? (n.Answers.Count == 0 ? L["内容在答复时公开"] : L["内容不公开"]), 48), new(L["种类"], n => L.Kind(n.Kind)), new(L["状态"], n => L.State(n.State)), new(L["提出|date"], n => n.FiledOn, 12),
            new(L["期限"], n => n.DueOn, 12), new(L["已超期"], n => n.IsLate(today) ? L["已超期"] : null, 10), new(L["答复"], n => n.Answers.LastOrDefault() is { } last ? last.Aside is { } why ? L["{0}。", L.Aside(why)] + last.Text : last.Text : null, 48),
            new(L["改了什么"], n => n.Answers.LastOrDefault()?.Changed, 32), new(L["由谁"], n => n.Answers.LastOrDefault()?.Post), new(L["答复|date"], n => n.Answers.LastOrDefault()?.On, 12), new(L["查询码"], n => n.Code),
        ],
        [(L["种类"], filter.Kind is { } kind ? L.Kind(kind) : null), (L["状态"], filter.State is { } state ? L.State(state) : null)], asked.Words));
    }
}

/// <summary>What waits for an answer, as it was written: for those who answer.</summary>
public sealed class FeedbackToAnswerFile(FeedbackQueries queries, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/feedback/export";

    public override string Code => "feedback.to-answer";
    public override Permission Needs => FeedbackAccess.Answer;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var today = clock.Today();
        return Task.FromResult<ListContent?>(ListContent.Of(L["等您答复"], ListContent.Whole(() => queries.ToAnswer(current.Required, cancel)),
            [new(L["意见"], n => n.Text, 60), new(L["种类"], n => L.Kind(n.Kind)), new(L["状态"], n => L.State(n.State)), new(L["提出|date"], n => n.FiledOn, 12), new(L["期限"], n => n.DueOn, 12), new(L["已超期"], n => n.IsLate(today) ? L["已超期"] : null, 10), new(L["查询码"], n => n.Code)]));
    }
}

[Needs("feedback.answer")]
public sealed class FeedbackExportModel(FeedbackToAnswerFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => FeedbackLinks.List;
}
