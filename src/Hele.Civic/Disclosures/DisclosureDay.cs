using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>What of the disclosures waits for whom: the periods that are due, what is to be checked, put up, changed or answered. Records close it, nobody ticks it.</summary>
internal static class DisclosureDay
{
    private static readonly Bilingual Write = ("写这一期的公开", "Write the disclosure of this period"), Check = ("核对要公开的内容", "Check what is to be disclosed"), Change = ("修改后再送核对", "Change it and have it checked again"),
        PutUp = ("公布出去", "Put it up"), CheckCorrection = ("核对更正", "Check a correction"), Answer = ("公开答复异议", "Answer an objection in public");

    private static readonly DisclosureState[] Before = [DisclosureState.Waiting, DisclosureState.Returned, DisclosureState.Checked];

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.Level != JurisdictionLevel.Community || viewer.PostFor(DisclosureAccess.See) is null)
            return [];
        var items = new List<DayItem>();
        var open = await DisclosureAccess.Visible(viewer, db.Set<Disclosure>()).Where(d => Before.Contains(d.State)).OrderBy(d => d.LoggedAt).ToListAsync(cancel);
        var duties = await db.Set<DisclosureDuty>().Where(d => d.DisclosureId == null).OrderBy(d => d.DueOn).ToListAsync(cancel);
        foreach (var duty in duties)
        {
            if (!open.Any(d => d.Kind == duty.Kind && d.CoversFrom <= duty.CoversFrom && d.CoversTo >= duty.CoversTo) && DisclosureKinds.Find(duty.Kind) is { } kind && DisclosureAccess.MayWrite(viewer, kind))
                items.Add(new(typeof(DisclosureDuty), duty.PublicCode, Named(kind, duty.CoversFrom, duty.CoversTo), null, Write, duty.DueOn));
        }
        foreach (var disclosure in open)
        {
            var due = duties.FirstOrDefault(d => d.Kind == disclosure.Kind && d.CoversFrom >= disclosure.CoversFrom && d.CoversTo <= disclosure.CoversTo)?.DueOn;
            var (what, permission) = disclosure.State switch { DisclosureState.Waiting => (Check, DisclosureAccess.Check), DisclosureState.Returned => (Change, DisclosureAccess.Write), _ => (PutUp, DisclosureAccess.Write) };
            if (DisclosureAccess.May(viewer, disclosure, permission) && (permission == DisclosureAccess.Write || await Writing.Bars(db, viewer, disclosure.WrittenByPostId) is null))
                items.Add(new(typeof(Disclosure), disclosure.PublicCode, Named(disclosure), null, what, due));
        }
        var proposals = await (from t in db.Set<DisclosureText>()
                               join d in db.Set<Disclosure>() on t.DisclosureId equals d.Id
                               where t.Number > 1 && t.ShownAt == null && t.RefusedText == null && d.State == DisclosureState.Shown && d.ShownTo >= today
                               select new { Text = t, Disclosure = d }).ToListAsync(cancel);
        foreach (var waits in proposals)
        {
            if (DisclosureAccess.May(viewer, waits.Disclosure, DisclosureAccess.Check) && await Writing.Bars(db, viewer, waits.Text.WrittenByPostId) is null)
                items.Add(new(typeof(Disclosure), waits.Disclosure.PublicCode, Named(waits.Disclosure), null, CheckCorrection, waits.Disclosure.ShownTo));
        }
        var objections = await (from o in db.Set<DisclosureObjection>()
                                join d in db.Set<Disclosure>() on o.DisclosureId equals d.Id
                                where o.AnsweredOn == null
                                orderby o.DueOn
                                select new { o.DueOn, Disclosure = d }).ToListAsync(cancel);
        foreach (var waits in objections.Where(o => DisclosureAccess.May(viewer, o.Disclosure, DisclosureAccess.Answer)))
            items.Add(new(typeof(Disclosure), waits.Disclosure.PublicCode, Named(waits.Disclosure), null, Answer, waits.DueOn));
        return items;
    }

    /// <summary>How one is called in a list: its title, or its kind and period; of a posting the kind and the day alone.</summary>
    internal static Bilingual Named(Disclosure d) => d.Title is { } title ? new(title, title) : Named(DisclosureKinds.Of(d.Kind), d.CoversFrom, d.CoversTo);

    internal static Bilingual Named(DisclosureKind kind, DateOnly? from, DateOnly? to) =>
        from is { } f && to is { } t ? ($"{new Period(f, t).Title.Zh} {kind.Title.Zh}", $"{kind.Title.En}, {new Period(f, t).Title.En}") : kind.Title;
}
