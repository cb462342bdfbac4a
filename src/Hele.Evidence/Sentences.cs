using System.Globalization;

namespace Hele.Evidence;

/// <summary>The same sentence in Chinese and in English.</summary>
public readonly record struct Sentence(string Zh, string En);

/// <summary>A sentence with blanks ({0}, {1} …), so that the page which verifies in a browser says the same words.</summary>
sealed record Template(string Zh, string En)
{
    /// <summary>Fills the blanks. A <see cref="Sentence"/> among the values is filled in in each language.</summary>
    internal Sentence With(params object[] values)
    {
        string In(string text, Func<Sentence, string> language) =>
            string.Format(CultureInfo.InvariantCulture, text, [.. values.Select(v => v is Sentence said ? language(said) : v)]);
        return new Sentence(In(Zh, s => s.Zh), In(En, s => s.En));
    }

    public static implicit operator Sentence(Template template) => template.With();
}

/// <summary>Everything the offline verifiers say, by name; the verifying page takes its words from here.</summary>
// Stryker disable String: made once in a program, so that every test has to run on each, and one test sees all of them (VerifierPageTests: words and the same blanks in both languages).
static class Sentences
{
    /// <summary>A time as all sentences write it, in UTC.</summary>
    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal static readonly Template BadForm = new(
        "这份文件不是完整的凭证：内容缺失、被改动，或者不是由本系统生成的。",
        "This file is not a complete receipt: something is missing, was changed, or it was not made by this system.");

    internal static readonly Template BadKey = new(
        "给出的验证密钥格式不对，无法验证。",
        "The verifier key that was given is not one, so nothing can be verified.");

    internal static readonly Template CheckpointSigned = new(
        "校验点由日志“{0}”的密钥签署，记录当时日志共有 {1} 条。",
        "The checkpoint was signed with the key of the log \"{0}\", which then had {1} entries.");

    internal static readonly Template CheckpointNotSigned = new(
        "校验点没有密钥“{0}”的有效签名，或者不是该日志的校验点。下面的内容因此都不能证明。",
        "The checkpoint has no valid signature of the key \"{0}\", or is of another log. So nothing else is proved.");

    internal static readonly Template Included = new(
        "这条记录在该日志中，序号为 {0}（从 0 起）；自校验点签署以来一字未改。",
        "This entry is in that log, under index {0} (counted from 0), and not a byte of it has changed since the checkpoint was signed.");

    internal static readonly Template NotIncluded = new(
        "证明不成立：不能证明这条记录在该日志中。",
        "The proof does not hold: this entry is not shown to be in that log.");

    internal static readonly Template Header = new(
        "记录写明：事件类型 {0}，日志时间 {1}（协调世界时），辖区 {2}，事件编号 {3}。",
        "The entry says: kind of event {0}, time of the log {1} (UTC), jurisdiction {2}, event id {3}.");

    internal static readonly Template ConfidentialHeader = new(
        "这是一条保密记录，不写明事件类型。记录写明：日志时间 {0}（协调世界时），辖区 {1}，事件编号 {2}。",
        "This is a confidential entry that does not state the kind of event. It says: time of the log {0} (UTC), jurisdiction {1}, event id {2}.");

    internal static readonly Template FieldHolds = new(
        "记入时，字段 {0} 的值是：{1}",
        "When the entry was logged, the field {0} had the value: {1}");

    internal static readonly Template FieldHoldsUnnamed = new(
        "记入时，第 {0} 项的值是：{2}（凭证称该字段为 {1}；字段名未经证明）",
        "When the entry was logged, item {0} had the value: {2} (the receipt calls the field {1}; the name is not proved)");

    internal static readonly Template FieldFails = new(
        "字段 {0} 的值与记录中的承诺不符：文件中的这个值不是当时记入的值。",
        "The value of the field {0} does not match the entry's commitment: what the file says is not what was logged.");

    internal static readonly Template Closed = new(
        "记录中另有 {0} 个字段未公开；本凭证不说明其内容。",
        "The entry has {0} more field(s) that are not laid open; this receipt says nothing about them.");

    internal static readonly Template Witnessed = new(
        "见证人“{0}”于 {1}（协调世界时）签署了同一校验点。",
        "The witness \"{0}\" signed the same checkpoint at {1} (UTC).");

    internal static readonly Template NotWitnessed = new(
        "校验点没有见证人“{0}”的有效签名。",
        "The checkpoint has no valid signature of the witness \"{0}\".");

    internal static readonly Template BadKit = new(
        "这份文件不是完整的核验包：缺少部分内容、被改动，或者不是由本系统生成的。",
        "This file is not a complete kit: something is missing, was changed, or it was not made by this system.");

    internal static readonly Template KitOf = new(
        "这是辖区 {0} 的核验包，自称制作于 {1}（协调世界时）。",
        "This is a kit of jurisdiction {0}, made, so it says, at {1} (UTC).");

    internal static readonly Template KeyGiven = new(
        "核验包里的密钥和您另外给出的一样。",
        "The key in the kit is the one that you gave.");

    internal static readonly Template KeyFromKit = new(
        "密钥取自核验包本身，请和您从别处得到的比对：{0}",
        "The key was taken from the kit itself; compare it with the one you have from elsewhere: {0}");

    internal static readonly Template TooFewEntries = new(
        "核验包里只有 {0} 条，而校验点签的是 {1} 条：少了。",
        "The kit holds {0} entries, but the checkpoint signs {1}: some are missing.");

    internal static readonly Template TooManyEntries = new(
        "校验点签的是 {0} 条，核验包里还有多出来的。",
        "The checkpoint signs {0} entries, but the kit holds more.");

    internal static readonly Template BadEntry = new(
        "第 {0} 条（从 0 起）不成其为日志条目，或者属于别的辖区。",
        "Entry {0} (counted from 0) is no entry of a log, or belongs to another jurisdiction.");

    internal static readonly Template EntriesDiffer = new(
        "逐条重算的结果和签署的校验点不一样：至少有一条被改动、调换、插入或删去。",
        "Computed again entry by entry, the result is not what the checkpoint signs: at least one was changed, moved, put in or taken out.");

    internal static readonly Template EntriesWhole = new(
        "{0} 条逐条重算，和签署的校验点完全一致：一条不多、一条不少、次序未动。",
        "All {0} entries, computed again one by one, are exactly what the checkpoint signs: none more, none less, in their order.");

    internal static readonly Template PinHolds = new(
        "您另存的校验点（{0} 条）成立：那以前的每一条都原样在这里，那以后只往后加过。",
        "The checkpoint you kept (of {0} entries) holds: every entry until then is here unchanged, and since then the log was only added to.");

    internal static readonly Template PinDiffers = new(
        "和您另存的校验点（{0} 条）不一致：那以前的记录在您存下以后被改动过，或者整本被换过。请保存好两份，联系上级。",
        "It does not agree with the checkpoint you kept (of {0} entries): what was there before was changed since, or the whole log was replaced. Keep both and tell the level above.");

    internal static readonly Template PinLonger = new(
        "您另存的校验点有 {0} 条，这份核验包只有 {1} 条：核验包比您存的旧，或者日志被截短了。",
        "The checkpoint you kept is of {0} entries, this kit only of {1}: the kit is older than what you kept, or the log was cut short.");

    internal static readonly Template PinOfOther = new(
        "您另存的校验点属于日志“{0}”，这份核验包属于“{1}”。",
        "The checkpoint you kept is of the log \"{0}\", this kit is of \"{1}\".");

    internal static readonly Template PinOfEpochHolds = new(
        "您另存的校验点属于恢复备份以前的“{0}”（{1} 条）：那以前的每一条都原样在这里，没有因恢复而丢失。",
        "The checkpoint you kept is of \"{0}\" ({1} entries), before a backup was restored: every entry until then is here unchanged; the restore lost none of them.");

    internal static readonly Template PinOfEpochLost = new(
        "您另存的校验点属于“{0}”（{1} 条），这份核验包属于恢复备份以后的“{2}”：您存下的校验点所记的一部分条目已不在这里。恢复时丢失了什么，写在日志里类型为 log.epoch-begun 的条目和公示的“记录如何防篡改”页上；请保存好您的校验点并核对。",
        "The checkpoint you kept is of \"{0}\" ({1} entries), this kit of \"{2}\", after a backup was restored: some entries your checkpoint is of are no longer here. What the restore lost is declared in the log's entry of the kind log.epoch-begun and on the public page about the log; keep your checkpoint and compare.");

    internal static readonly Template PinNotSigned = new(
        "您另存的校验点（{0} 条）没有这把密钥的有效签名。",
        "The checkpoint you kept (of {0} entries) has no valid signature of this key.");

    internal static readonly Template NoValue = new("（无值）", "(no value)");

    // ── what no check proves ──

    internal static readonly Template LimitTruth = new(
        "以上证明记入了什么、何时已在日志中；不证明记入的内容是真的，也不证明没有漏记。",
        "This proves what was logged and that it is in the log; not that what was logged is true, nor that nothing was left out.");

    internal static readonly Template LimitClock = new(
        "时间是运行该日志的服务器所写；签名只证明校验点出自持有该密钥者。",
        "The times were written by the server that runs the log; the signature only shows that the checkpoint comes from whoever holds the key.");

    internal static readonly Template LimitWitness = new(
        "没有核对见证人的签名：单凭这一份凭证，不能排除日志向不同的人出示不同的内容。请把校验点与他人手中的相比较。",
        "No witness's signature was checked: this receipt alone can't rule out a log that shows different people different contents. Compare the checkpoint with one that somebody else holds.");

    internal static readonly Template LimitWhole = new(
        "以上证明这份日志从头到尾没有动过；不证明记入的内容是真的，也不证明没有漏记。",
        "This proves that the log is untouched from its first entry to its last; not that what was logged is true, nor that nothing was left out.");

    internal static readonly Template LimitContent = new(
        "条目里只有承诺，没有姓名和内容；内容对不对得上，要拿回执逐件核对。",
        "Entries hold commitments, no names and no contents; whether a content belongs to its entry is checked with that matter's receipt.");

    internal static readonly Template LimitAlone = new(
        "没有比对您另存的校验点：单凭核验包本身，不能排除整本日志被换过。请用公告栏上的校验点、上一次的核验包或居民回执里的校验点再验一次。",
        "No checkpoint of yours was compared: the kit alone can't rule out that the whole log was replaced. Verify again with the checkpoint of the notice board, of an earlier kit, or of a resident's receipt.");

    internal static Sentence[] Limits(bool witnessed) => witnessed ? [LimitTruth, LimitClock] : [LimitTruth, LimitClock, LimitWitness];

    /// <summary>A kit that what was kept elsewhere contradicts isn't proved whole by itself.</summary>
    internal static Sentence[] KitLimits(bool pinned, bool holds) => !holds ? [LimitContent] : pinned ? [LimitWhole, LimitContent] : [LimitWhole, LimitContent, LimitAlone];

    // ── what the verifying page says besides ──

    internal static readonly Template Proved = new("证明成立", "The proof holds");
    internal static readonly Template NotProved = new("证明不成立", "The proof does not hold");
    internal static readonly Template NeedFile = new("请先选择要核验的文件。", "Choose the file to verify first.");
    internal static readonly Template NeedKey = new(
        "核验回执还要填验证密钥：写在公告栏上，也写在“记录如何防篡改”那一页上。",
        "A receipt needs the verifier key too: it stands on the notice board and on the page on the log.");
    internal static readonly Template NeedPin = new(
        "第 {0} 个校验点读不懂：请填“条数 十六组字符”，或校验点文件的全文；多个之间空一行。",
        "Checkpoint {0} can't be read: give the count and sixteen groups, or the whole text of a checkpoint file; leave a blank line between several.");
    internal static readonly Template Reading = new("已核对 {0} 条，共 {1} 条……", "Checked {0} of {1} entries …");
    internal static readonly Template KindsOfEvent = new("记了哪些事（{0} 种）", "What was logged (kinds of event: {0})");
    internal static readonly Template KindOfEvent = new("事件", "Kind of event");
    internal static readonly Template CountOfKind = new("条数", "Entries");
    internal static readonly Template FirstOfKind = new("最早", "First");
    internal static readonly Template LastOfKind = new("最晚", "Last");
}
