using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>
/// Shows the sealed texts of a posting while it isn't up, before or after: to whoever writes or checks it, and of what is over to the secretary and the supervisors. Each look says what for and leaves a record.
/// </summary>
public sealed class OpenDisclosure(OpenSeals seals)
{
    /// <summary>A text that was opened.</summary>
    public sealed record Text(int Number, DisclosureContent Content);

    /// <param name="act">Its reason is what it is looked at for.</param>
    public async Task<(IReadOnlyList<Text> Texts, IReadOnlyList<Problem> Problems)> Run(Viewer viewer, Act act, string code, CancellationToken cancel = default)
    {
        var why = ChineseText.Line(act.Reason);
        if (why.Length is 0 or > Disclosure.ReasonLength)
            return ([], [DisclosureProblems.PurposeMissing.With(Disclosure.ReasonLength)]);
        var numbers = new List<int>();
        var opened = await seals.Run(act with { Reason = why }, Way.Page, DisclosureAccess.Open, async scope =>
        {
            var disclosure = await DisclosureAccess.Visible(viewer, scope.Db.Set<Disclosure>()).SingleOrDefaultAsync(d => d.PublicCode == code);
            if (disclosure is null || !May(viewer, disclosure))
                return null;
            var texts = await scope.Db.Set<DisclosureText>().Where(t => t.DisclosureId == disclosure.Id && t.ContentSealed != null).OrderBy(t => t.Number).ToListAsync();
            numbers = [.. texts.Select(t => t.Number)];
            return texts.Count == 0 ? null : [.. texts.Select(t => new SealedField(disclosure.Id, t, nameof(DisclosureText.ContentSealed), t.ContentSealed))];
        }, cancel: cancel);
        return ([.. opened.Values.Zip(numbers).Where(o => o.First is not null).Select(o => new Text(o.Second, DisclosureContent.Parse(o.First!)))], opened.Problems);
    }

    /// <summary>While it isn't up yet also whoever writes that kind; what is over is the archive's.</summary>
    internal static bool May(Viewer? viewer, Disclosure disclosure) => DisclosureAccess.May(viewer, disclosure, DisclosureAccess.Open)
        || (disclosure.State is DisclosureState.Waiting or DisclosureState.Returned or DisclosureState.Checked or DisclosureState.Shown && DisclosureAccess.May(viewer, disclosure, DisclosureAccess.Write));
}

/// <summary>Shows the sealed words of an objection to whoever answers it and says what for.</summary>
public sealed class OpenObjection(OpenSeals seals)
{
    /// <param name="act">Its reason is what it is looked at for.</param>
    /// <returns>One value: the words.</returns>
    public async Task<Opened> Run(Viewer viewer, Act act, string code, string objection, CancellationToken cancel = default)
    {
        var why = ChineseText.Line(act.Reason);
        if (why.Length is 0 or > Disclosure.ReasonLength)
            return new([], [DisclosureProblems.PurposeMissing.With(Disclosure.ReasonLength)]);
        return await seals.Run(act with { Reason = why }, Way.Page, DisclosureAccess.Answer, async scope =>
        {
            var disclosure = await DisclosureAccess.Visible(viewer, scope.Db.Set<Disclosure>()).SingleOrDefaultAsync(d => d.PublicCode == code);
            if (disclosure is null || !(DisclosureAccess.May(viewer, disclosure, DisclosureAccess.Answer) || DisclosureAccess.May(viewer, disclosure, DisclosureAccess.Open)))
                return null;
            var row = await scope.Db.Set<DisclosureObjection>().SingleOrDefaultAsync(o => o.DisclosureId == disclosure.Id && o.PublicCode == objection);
            return row?.TextSealed is null ? null : [new SealedField(row.Id, row, nameof(DisclosureObjection.TextSealed), row.TextSealed)];
        }, cancel: cancel);
    }
}
