using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Thanks;

public static class ThanksEvents
{
    public static readonly EventKind Given = new("thanks.given", ("表达了感谢", "Gave thanks"));
    public static readonly EventKind Recorded = new("thanks.recorded", ("登记了居民的感谢", "Wrote down somebody's thanks"));
    public static readonly EventKind PhotoAdded = new("thanks.photo-added", ("添加了照片", "Added a photo"));
    public static readonly EventKind ToNamed = new("thanks.to-named", ("记下感谢的是谁", "Noted who is thanked"));
    public static readonly EventKind Published = new("thanks.published", ("核对后公开", "Checked it and made it public"));
    public static readonly EventKind Kept = new("thanks.kept", ("核对后登记，不公开", "Checked it and kept it out of public"));
    public static readonly EventKind Rejected = new("thanks.rejected", ("核对后不予登记", "Checked it and didn't acknowledge it"));
    public static readonly EventKind Corrected = new("thanks.corrected", ("更正了公开的说法", "Corrected what is public"));
    public static readonly EventKind TakenDown = new("thanks.taken-down", ("撤下公开的感谢", "Took down what was public"));
    public static readonly EventKind ConsentChanged = new("thanks.consent-changed", ("改了是否公开、怎样称呼", "Changed whether and how it is shown"));
    public static readonly EventKind Withdrawn = new("thanks.withdrawn", ("撤回了感谢，内容已销毁", "Took the thanks back; the words were destroyed"), Whole: true);
    public static readonly EventKind Erased = new("thanks.erased", ("删除了感谢的内容", "Erased words of thanks"), Whole: true);

    /// <summary>In the row about what the withdrawal destroyed.</summary>
    public static readonly EventKind Emptied = new("thanks.emptied", ("销毁了撤回的感谢", "Destroyed thanks that were taken back"));

    public static IEnumerable<EventKind> All => [Given, Recorded, PhotoAdded, ToNamed, Published, Kept, Rejected, Corrected, TakenDown, ConsentChanged, Withdrawn, Erased, Emptied];
}
