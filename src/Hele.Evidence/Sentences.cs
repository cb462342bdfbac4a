namespace Hele.Evidence;

/// <summary>The same sentence in Chinese and in English.</summary>
public readonly record struct Sentence(string Zh, string En);

/// <summary>Everything the offline verifier says. The only file of this library with words for people in it.</summary>
static class Sentences
{
    internal static Sentence BadForm => new(
        "这份文件不是完整的凭证：内容缺失、被改动，或者不是由本系统生成的。",
        "This file is not a complete receipt: something is missing, was changed, or it was not made by this system.");

    internal static Sentence BadKey => new(
        "给出的验证密钥格式不对，无法验证。",
        "The verifier key that was given is not one, so nothing can be verified.");

    internal static Sentence CheckpointSigned(string origin, long size) => new(
        $"检查点由日志“{origin}”的密钥签署，记录当时日志共有 {size} 条。",
        $"The checkpoint was signed with the key of the log \"{origin}\", which then had {size} entries.");

    internal static Sentence CheckpointNotSigned(string name) => new(
        $"检查点没有密钥“{name}”的有效签名，或者不是该日志的检查点。下面的内容因此都不能证明。",
        $"The checkpoint has no valid signature of the key \"{name}\", or is of another log. So nothing else is proved.");

    internal static Sentence Included(long index) => new(
        $"这条记录在该日志中，序号为 {index}（从 0 起）；自检查点签署以来一字未改。",
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
        $"见证人“{name}”于 {time}（协调世界时）签署了同一检查点。",
        $"The witness \"{name}\" signed the same checkpoint at {time} (UTC).");

    internal static Sentence NotWitnessed(string name) => new(
        $"检查点没有见证人“{name}”的有效签名。",
        $"The checkpoint has no valid signature of the witness \"{name}\".");

    internal static Sentence NoValue => new("（无值）", "(no value)");

    internal static Sentence[] Limits(bool witnessed) =>
    [
        new("以上证明记入了什么、何时已在日志中；不证明记入的内容是真的，也不证明没有漏记。",
            "This proves what was logged and that it is in the log; not that what was logged is true, nor that nothing was left out."),
        new("时间是运行该日志的服务器所写；签名只证明检查点出自持有该密钥者。",
            "The times were written by the server that runs the log; the signature only shows that the checkpoint comes from whoever holds the key."),
        .. witnessed ? (Sentence[])[] :
        [
            new("没有核对见证人的签名：单凭这一份凭证，不能排除日志向不同的人出示不同的内容。请把检查点与他人手中的相比较。",
                "No witness's signature was checked: this receipt alone can't rule out a log that shows different people different contents. Compare the checkpoint with one that somebody else holds."),
        ],
    ];
}
