namespace Hele.Evidence;

/// <summary>The same sentence in Chinese and in English.</summary>
public readonly record struct Sentence(string Zh, string En);

/// <summary>Everything the offline verifier says. The only file of this library with words for people in it.</summary>
static class Sentences
{
    /// <summary>A time as all sentences write it, in UTC.</summary>
    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    internal static Sentence BadForm => new(
        "这份文件不是完整的凭证：内容缺失、被改动，或者不是由本系统生成的。",
        "This file is not a complete receipt: something is missing, was changed, or it was not made by this system.");

    internal static Sentence BadKey => new(
        "给出的验证密钥格式不对，无法验证。",
        "The verifier key that was given is not one, so nothing can be verified.");

    internal static Sentence CheckpointSigned(string origin, long size) => new(
        $"校验点由日志“{origin}”的密钥签署，记录当时日志共有 {size} 条。",
        $"The checkpoint was signed with the key of the log \"{origin}\", which then had {size} entries.");

    internal static Sentence CheckpointNotSigned(string name) => new(
        $"校验点没有密钥“{name}”的有效签名，或者不是该日志的校验点。下面的内容因此都不能证明。",
        $"The checkpoint has no valid signature of the key \"{name}\", or is of another log. So nothing else is proved.");

    internal static Sentence Included(long index) => new(
        $"这条记录在该日志中，序号为 {index}（从 0 起）；自校验点签署以来一字未改。",
        $"This entry is in that log, under index {index} (counted from 0), and not a byte of it has changed since the checkpoint was signed.");

    internal static Sentence NotIncluded => new(
        "证明不成立：不能证明这条记录在该日志中。",
        "The proof does not hold: this entry is not shown to be in that log.");

    internal static Sentence Header(string kind, string time, string jurisdiction, string id) => new(
        $"记录写明：事件类型 {kind}，日志时间 {time}（协调世界时），辖区 {jurisdiction}，事件编号 {id}。",
        $"The entry says: kind of event {kind}, time of the log {time} (UTC), jurisdiction {jurisdiction}, event id {id}.");

    internal static Sentence ConfidentialHeader(string time, string jurisdiction, string id) => new(
        $"这是一条保密记录，不写明事件类型。记录写明：日志时间 {time}（协调世界时），辖区 {jurisdiction}，事件编号 {id}。",
        $"This is a confidential entry that does not state the kind of event. It says: time of the log {time} (UTC), jurisdiction {jurisdiction}, event id {id}.");

    internal static Sentence FieldHolds(string field, string value) => new(
        $"记入时，字段 {field} 的值是：{value}",
        $"When the entry was logged, the field {field} had the value: {value}");

    internal static Sentence FieldHoldsUnnamed(string label, string field, string value) => new(
        $"记入时，第 {label} 项的值是：{value}（凭证称该字段为 {field}；字段名未经证明）",
        $"When the entry was logged, item {label} had the value: {value} (the receipt calls the field {field}; the name is not proved)");

    internal static Sentence FieldFails(string field) => new(
        $"字段 {field} 的值与记录中的承诺不符：文件中的这个值不是当时记入的值。",
        $"The value of the field {field} does not match the entry's commitment: what the file says is not what was logged.");

    internal static Sentence Closed(int count) => new(
        $"记录中另有 {count} 个字段未公开；本凭证不说明其内容。",
        $"The entry has {count} more field(s) that are not laid open; this receipt says nothing about them.");

    internal static Sentence Witnessed(string name, string time) => new(
        $"见证人“{name}”于 {time}（协调世界时）签署了同一校验点。",
        $"The witness \"{name}\" signed the same checkpoint at {time} (UTC).");

    internal static Sentence NotWitnessed(string name) => new(
        $"校验点没有见证人“{name}”的有效签名。",
        $"The checkpoint has no valid signature of the witness \"{name}\".");

    internal static Sentence BadKit => new(
        "这份文件不是完整的核验包：缺少部分内容、被改动，或者不是由本系统生成的。",
        "This file is not a complete kit: something is missing, was changed, or it was not made by this system.");

    internal static Sentence KitOf(string jurisdiction, string made) => new(
        $"这是辖区 {jurisdiction} 的核验包，自称制作于 {made}（协调世界时）。",
        $"This is a kit of jurisdiction {jurisdiction}, made, so it says, at {made} (UTC).");

    internal static Sentence KeyGiven => new(
        "核验包里的密钥和您另外给出的一样。",
        "The key in the kit is the one that you gave.");

    internal static Sentence KeyFromKit(string key) => new(
        $"密钥取自核验包本身，请和您从别处得到的比对：{key}",
        $"The key was taken from the kit itself; compare it with the one you have from elsewhere: {key}");

    internal static Sentence TooFewEntries(long read, long size) => new(
        $"核验包里只有 {read} 条，而校验点签的是 {size} 条：少了。",
        $"The kit holds {read} entries, but the checkpoint signs {size}: some are missing.");

    internal static Sentence TooManyEntries(long size) => new(
        $"校验点签的是 {size} 条，核验包里还有多出来的。",
        $"The checkpoint signs {size} entries, but the kit holds more.");

    internal static Sentence BadEntry(long index) => new(
        $"第 {index} 条（从 0 起）不成其为日志条目，或者属于别的辖区。",
        $"Entry {index} (counted from 0) is no entry of a log, or belongs to another jurisdiction.");

    internal static Sentence EntriesDiffer => new(
        "逐条重算的结果和签署的校验点不一样：至少有一条被改动、调换、插入或删去。",
        "Computed again entry by entry, the result is not what the checkpoint signs: at least one was changed, moved, put in or taken out.");

    internal static Sentence EntriesWhole(long size) => new(
        $"{size} 条逐条重算，和签署的校验点完全一致：一条不多、一条不少、次序未动。",
        $"All {size} entries, computed again one by one, are exactly what the checkpoint signs: none more, none less, in their order.");

    internal static Sentence PinHolds(long size) => new(
        $"您另存的校验点（{size} 条）成立：那以前的每一条都原样在这里，那以后只往后加过。",
        $"The checkpoint you kept (of {size} entries) holds: every entry until then is here unchanged, and since then the log was only added to.");

    internal static Sentence PinDiffers(long size) => new(
        $"和您另存的校验点（{size} 条）不一致：那以前的记录在您存下以后被改动过，或者整本被换过。请保存好两份，联系上级。",
        $"It does not agree with the checkpoint you kept (of {size} entries): what was there before was changed since, or the whole log was replaced. Keep both and tell the level above.");

    internal static Sentence PinLonger(long size, long now) => new(
        $"您另存的校验点有 {size} 条，这份核验包只有 {now} 条：核验包比您存的旧，或者日志被截短了。",
        $"The checkpoint you kept is of {size} entries, this kit only of {now}: the kit is older than what you kept, or the log was cut short.");

    internal static Sentence PinOfOther(string origin, string here) => new(
        $"您另存的校验点属于日志“{origin}”，这份核验包属于“{here}”。",
        $"The checkpoint you kept is of the log \"{origin}\", this kit is of \"{here}\".");

    internal static Sentence PinOfEpochHolds(string origin, long size) => new(
        $"您另存的校验点属于恢复备份以前的“{origin}”（{size} 条）：那以前的每一条都原样在这里，没有因恢复而丢失。",
        $"The checkpoint you kept is of \"{origin}\" ({size} entries), before a backup was restored: every entry until then is here unchanged; the restore lost none of them.");

    internal static Sentence PinOfEpochLost(string origin, long size, string here) => new(
        $"您另存的校验点属于“{origin}”（{size} 条），这份核验包属于恢复备份以后的“{here}”：您存下的校验点所记的一部分条目已不在这里。恢复时丢失了什么，写在日志里类型为 log.epoch-begun 的条目和公示的“记录如何防篡改”页上；请保存好您的校验点并核对。",
        $"The checkpoint you kept is of \"{origin}\" ({size} entries), this kit of \"{here}\", after a backup was restored: some entries your checkpoint is of are no longer here. What the restore lost is declared in the log's entry of the kind log.epoch-begun and on the public page about the log; keep your checkpoint and compare.");

    internal static Sentence PinNotSigned(long size) => new(
        $"您另存的校验点（{size} 条）没有这把密钥的有效签名。",
        $"The checkpoint you kept (of {size} entries) has no valid signature of this key.");

    internal static Sentence[] KitLimits(bool pinned) =>
    [
        new("以上证明这份日志从头到尾没有动过；不证明记入的内容是真的，也不证明没有漏记。",
            "This proves that the log is untouched from its first entry to its last; not that what was logged is true, nor that nothing was left out."),
        new("条目里只有承诺，没有姓名和内容；内容对不对得上，要拿回执逐件核对。",
            "Entries hold commitments, no names and no contents; whether a content belongs to its entry is checked with that matter's receipt."),
        .. pinned ? (Sentence[])[] :
        [
            new("没有比对您另存的校验点：单凭核验包本身，不能排除整本日志被换过。请用公告栏上的校验点、上一次的核验包或居民回执里的校验点再验一次。",
                "No checkpoint of yours was compared: the kit alone can't rule out that the whole log was replaced. Verify again with the checkpoint of the notice board, of an earlier kit, or of a resident's receipt."),
        ],
    ];

    internal static Sentence NoValue => new("（无值）", "(no value)");

    internal static Sentence[] Limits(bool witnessed) =>
    [
        new("以上证明记入了什么、何时已在日志中；不证明记入的内容是真的，也不证明没有漏记。",
            "This proves what was logged and that it is in the log; not that what was logged is true, nor that nothing was left out."),
        new("时间是运行该日志的服务器所写；签名只证明校验点出自持有该密钥者。",
            "The times were written by the server that runs the log; the signature only shows that the checkpoint comes from whoever holds the key."),
        .. witnessed ? (Sentence[])[] :
        [
            new("没有核对见证人的签名：单凭这一份凭证，不能排除日志向不同的人出示不同的内容。请把校验点与他人手中的相比较。",
                "No witness's signature was checked: this receipt alone can't rule out a log that shows different people different contents. Compare the checkpoint with one that somebody else holds."),
        ],
    ];
}
