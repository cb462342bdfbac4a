using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>Shows who gave thanks, to whoever checks it and says what for; never to those who are thanked. A giver whom the register knows reads that it was looked at.</summary>
public sealed class OpenGiver(OpenSeals seals)
{
    /// <param name="act">Its reason is what the name is needed for.</param>
    /// <returns>One value: the name.</returns>
    public async Task<Opened> Run(Viewer viewer, Act act, string code, CancellationToken cancel = default)
    {
        var why = ChineseText.Line(act.Reason);
        if (why.Length is 0 or > ThanksRecord.ReasonLength)
            return new([], [ThanksProblems.WhyMissing.With(ThanksRecord.ReasonLength)]);
        return await seals.Run(act with { Reason = why }, Way.Page, ThanksAccess.OpenGiver, async scope =>
        {
            var thanks = await ThanksAccess.Visible(viewer, scope.Db.Set<ThanksRecord>()).SingleOrDefaultAsync(t => t.PublicCode == code);
            if (thanks is null || !ThanksAccess.May(viewer, thanks, ThanksAccess.OpenGiver) || thanks.GiverNameSealed is null
                || await ThanksAccess.BarsFrom(scope.Db, viewer.PersonId, [.. thanks.To.Select(t => t.PersonId)], scope.Today) is not null)
                return null;
            return [new SealedField(thanks.GiverId ?? thanks.Id, thanks, nameof(ThanksRecord.GiverNameSealed), thanks.GiverNameSealed)];
        }, cancel: cancel);
    }
}
