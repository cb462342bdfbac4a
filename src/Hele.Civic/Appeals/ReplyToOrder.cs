using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Records that a work order was replied to where it came from, with the words that went there. The matter itself still waits for the resident.</summary>
public sealed class ReplyToOrder(Writer writer)
{
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.ReplyToOrder.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, AppealAccess.ReplyToOrder, appeal) is not { } post
            || await scope.Db.Set<AppealOrder>().SingleOrDefaultAsync(o => o.AppealId == appeal.Id) is not { } order)
            return AppealProblems.NotFound;
        if (order.RepliedOn is { } on)
            return AppealProblems.OrderReplied.With(new Bilingual($"{on:yyyy年M月d日}", $"{on:d MMM yyyy}"));
        var text = ChineseText.Clean(input.Text);
        if (text.Length == 0)
            return AppealProblems.ReplyMissing;
        if (text.Length > AppealOrder.ReplyLength)
            return AppealProblems.TextTooLong.With(AppealOrder.ReplyLength, text.Length);
        order.Reply(post.PostId, text, scope.On);
        scope.Record(order, AppealEvents.OrderReplied);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
