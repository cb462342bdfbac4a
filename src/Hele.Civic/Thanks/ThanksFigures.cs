using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Thanks;

/// <summary>The numbers of thanks: by the day they were brought, said or sent, once a second person has found them true. Never by person, grid or body.</summary>
public static class ThanksFigures
{
    public static readonly Figure Received = Counted("thanks.received", ("居民的感谢", "Thanks received"),
        ("统计期内送来、寄来、说出或在网上写下，并由第二个人核对过的感谢；撤回的和核对后不予登记的不算。", "Thanks brought, sent, said or written in the period and checked by a second person; those taken back or not acknowledged don't count."), ("次", "thanks"), null);

    public static readonly Figure Pennants = Counted("thanks.pennants", ("锦旗", "Pennants"), ("其中的锦旗。", "Those of them that were pennants."), ("面", "pennants"), ThanksKind.Pennant);
    public static readonly Figure Letters = Counted("thanks.letters", ("感谢信", "Letters of thanks"), ("其中的感谢信，网上写的也算。", "Those of them that were letters, or written on the web."), ("封", "letters"), ThanksKind.Letter);
    public static readonly Figure Spoken = Counted("thanks.spoken", ("口头的感谢", "Spoken thanks"), ("其中当面或在电话里说的。", "Those of them that were said in person or on the telephone."), ("次", "times"), ThanksKind.Spoken);

    public static IEnumerable<Figure> All => [Received, Pennants, Letters, Spoken];

    private static Figure Counted(string id, Bilingual title, Bilingual definition, Bilingual measure, ThanksKind? kind) => new(id, 1, title, definition, measure, FigureKind.Flow,
        (db, period, before) =>
        {
            var thanks = db.Set<ThanksRecord>().Where(t => t.ReceivedOn >= period.From && t.ReceivedOn <= period.To && t.LoggedAt < before && t.ConfirmedAt != null && t.ConfirmedAt < before && (t.EndedAt == null || t.EndedAt >= before));
            if (kind is { } only)
                thanks = thanks.Where(t => t.Kind == only);
            return thanks.Select(t => new FigureRecord { Id = t.Id, Code = t.PublicCode, On = t.ReceivedOn, LoggedAt = t.LoggedAt });
        }) { Record = typeof(ThanksRecord), Opens = (db, viewer) => ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Select(t => t.PublicCode) };
}
