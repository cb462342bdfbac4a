using System.Globalization;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Journal;

/// <summary>The sentences of <c>verify</c>. They name record and column and say what the log says, never the value itself.</summary>
public static class VerificationTexts
{
    /// <summary>A short name of a kind of finding, for headings and counts.</summary>
    public static Bilingual Title(FindingKind kind) => kind switch
    {
        FindingKind.ValueChanged => ("内容被改动", "Value changed"),
        FindingKind.RowInserted => ("多出的记录", "Record nobody entered"),
        FindingKind.RowDeleted => ("记录不见了", "Record gone"),
        FindingKind.EntryChanged => ("日志条目被改动", "Entry changed"),
        FindingKind.EntryMissing => ("日志条目缺失", "Entries missing"),
        FindingKind.OpeningChanged => ("办理信息被改动", "Who, when or why changed"),
        FindingKind.SaltChanged => ("条目的盐值被改动", "Salt changed"),
        FindingKind.HeadChanged => ("日志头被改动", "Head of the log changed"),
        FindingKind.TreeChanged => ("哈希树被改动", "Hash tree changed"),
        FindingKind.CutOff => ("日志被截短", "Log cut off"),
        FindingKind.PinMissing => ("校验点缺失", "Pin missing"),
        FindingKind.PinMismatch => ("与校验点不一致", "Pin disagrees"),
        FindingKind.TieDiffers => ("索引不一致", "Index differs"),
        FindingKind.ViewsChanged => ("查看记录被改动", "Records of who looked changed"),
        FindingKind.FileChanged => ("照片被改动", "Bytes of a file changed"),
        FindingKind.CrossingOneSided => ("跨辖区办理只剩一边", "One side of a crossing is missing"),
        FindingKind.CrossingDiffers => ("跨辖区办理两边不一致", "The sides of a crossing disagree"),
        FindingKind.HangsOnEndedPost => ("事项挂在已终止的岗位上", "Matter on an ended post"),
        FindingKind.KindUnknown => ("未知的事件", "Unknown event"),
        FindingKind.ColumnUnknown => ("未知的列", "Unknown column"),
        FindingKind.OpeningMissing => ("日志没有开头", "Log without its opening"),
        FindingKind.JurisdictionUnknown => ("未知的辖区", "Unknown jurisdiction"),
        FindingKind.SchemaUnexpected => ("数据库结构异常", "Unexpected schema"),
        FindingKind.FileDamaged => ("数据库文件损坏", "Database file damaged"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>An instant as people here read it: to the second, China's time.</summary>
    private static string Time(DateTimeOffset at) => China.TimeIn(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal static Bilingual Record(string table, Guid? row, string? code) => (
        code is null ? $"{table} 表的记录 {row}" : $"{table} 表的记录 {code}",
        code is null ? $"record {row} of {table}" : $"record {code} of {table}");

    internal static Bilingual Entry(long leaf, DateTimeOffset? at, Bilingual? what) => (
        $"日志第 {leaf} 号条目" + (at is { } t ? $"（{Time(t)}{(what is { } w ? "，" + w.Zh : "")}）" : ""),
        $"entry {leaf}" + (at is { } u ? $" ({Time(u)}{(what is { } v ? ", " + v.En : "")})" : ""));

    internal static Bilingual ValueChanged(Bilingual record, string column, Bilingual entry) => (
        $"{record.Zh}：“{column}”一列现在的内容与{entry.Zh}所记的不同，是绕过系统改动的。",
        $"{Capital(record.En)}: column {column} no longer holds what {entry.En} recorded; it was changed behind the program's back.");

    internal static Bilingual ViewsChanged(DateTimeOffset? hour) => (
        $"{(hour is { } h ? Time(h) : "某个")}起一小时内的查看记录与日志所记的不同：有记录被改动、删除或添加。",
        $"The records of who looked in the hour from {(hour is { } e ? Time(e) : "?")} are not those the log committed: one was changed, deleted or added.");

    internal static Bilingual FileChanged(Bilingual record) => (
        $"{record.Zh}：照片的内容与日志所记的校验值不符，被换掉、删除或添加过。",
        $"{Capital(record.En)}: the bytes of the file don't give the hash the log committed; they were swapped, deleted or put in.");

    /// <param name="other">Code of the log that should hold the other side; null when nothing says which it is.</param>
    internal static Bilingual CrossingOneSided(string log, Bilingual entry, string? other) => (
        $"辖区 {log} 的{entry.Zh}是跨辖区办理的一边，{(other is null ? "没有一个辖区的日志有另一边" : $"辖区 {other} 的日志里没有另一边")}：那份日志可能被截短，或被换成了较早的状态。",
        $"{Capital(entry.En)} of jurisdiction {log} is one side of an act that crosses; {(other is null ? "no log has" : $"the log of jurisdiction {other} lacks")} the other: perhaps that log's end was cut off, or an earlier state put back.");

    internal static Bilingual CrossingDiffers(string above, Bilingual entryAbove, string columnAbove, string below, Bilingual entryBelow, string columnBelow) => (
        $"辖区 {above} 的{entryAbove.Zh}与辖区 {below} 的{entryBelow.Zh}是同一次跨辖区办理的两边，但前者的“{columnAbove}”与后者的“{columnBelow}”不一致。",
        $"{Capital(entryAbove.En)} of jurisdiction {above} and {entryBelow.En} of jurisdiction {below} are the two sides of one act; {columnAbove} of the first and {columnBelow} of the second disagree.");

    internal static Bilingual HangsOnEndedPost(Bilingual title) => (
        $"{title.Zh}：还没有办结，却挂在已经终止的岗位名下，没有移交给别的岗位。",
        $"{title.En}: still open, yet it hangs on a post that has ended and was handed over to none.");

    internal static Bilingual ViewsBackAgain(DateTimeOffset? hour) => (
        $"{(hour is { } h ? Time(h) : "某个")}起一小时内的查看记录早已期满清除，现在却又有了：是绕过系统加进来的。",
        $"The records of who looked in the hour from {(hour is { } e ? Time(e) : "?")} were purged long ago, yet there are some: they were put in behind the program's back.");

    internal static Bilingual NeverSet(Bilingual record, string column) => (
        $"{record.Zh}：“{column}”一列有内容，但没有任何条目写过它。",
        $"{Capital(record.En)}: column {column} holds a value that no entry ever set.");

    internal static Bilingual RowInserted(Bilingual record) => (
        $"{record.Zh}没有任何日志条目：它是绕过系统加进来的。",
        $"{Capital(record.En)} has no entry in the log: it was put in behind the program's back.");

    internal static Bilingual RowWithoutBirth(Bilingual record) => (
        $"{record.Zh}的日志里没有登记它的条目。",
        $"{Capital(record.En)} has entries, but none that created it.");

    internal static Bilingual RowBackAgain(Bilingual record, Bilingual entry) => (
        $"{record.Zh}在{entry.Zh}已经删除，现在却又在库里。",
        $"{Capital(record.En)} was deleted by {entry.En}, yet it is there.");

    internal static Bilingual RowDeleted(Bilingual record, Bilingual entry) => (
        $"{record.Zh}不见了：{entry.Zh}记着它，没有任何条目删除过它。",
        $"{Capital(record.En)} is gone: {entry.En} knows it, and no entry deleted it.");

    internal static Bilingual BadKey(string table) => (
        $"{table} 表里有一行的编号不是编号：它不是系统写的。",
        $"A row of {table} has an id that is none: the program didn't write it.");

    internal static Bilingual EntryChanged(Bilingual entry) => (
        $"{entry.Zh}的原文被改动：与它的哈希不符。", $"The text of {entry.En} was changed: it doesn't give its hash.");

    internal static Bilingual EntryMalformed(Bilingual entry) => (
        $"{entry.Zh}的原文不合日志格式。", $"The text of {entry.En} is no entry of this log.");

    internal static Bilingual EntryElsewhere(Bilingual entry) => (
        $"{entry.Zh}属于另一个辖区的日志。", $"{Capital(entry.En)} belongs into the log of another jurisdiction.");

    internal static Bilingual BadPosition() => (
        "日志里有一行的序号不是从零开始的整数：它不是系统写的。", "The journal has a row whose position is no whole number from 0 on: the program didn't write it.");

    internal static Bilingual EntriesMissing(long from, long to) => from == to
        ? ($"日志第 {from} 号条目不见了。", $"Entry {from} is missing in the journal.")
        : ($"日志第 {from} 至 {to} 号条目不见了。", $"Entries {from} to {to} are missing in the journal.");

    internal static Bilingual OpeningChanged(Bilingual entry, string column) => (
        $"{entry.Zh}：日志表“{column}”一列的内容与条目所记的不同。", $"{Capital(entry.En)}: column {column} of the journal is not what the entry recorded.");

    internal static Bilingual SaltChanged(Bilingual entry) => (
        $"{entry.Zh}的盐值被改动：它所记的内容无法再核对。", $"The salt of {entry.En} was changed: what it recorded can no longer be checked.");

    internal static Bilingual HashColumnChanged(Bilingual entry) => (
        $"{entry.Zh}旁存放的哈希被改动；条目原文没有变。", $"The hash kept beside {entry.En} was changed; the entry's text is intact.");

    internal static Bilingual HeadMissing(long size) => (
        $"日志有 {size} 条，但没有日志头。", $"The log has {size} entries, but no head.");

    internal static Bilingual HeadSize(long entries, long head) => (
        $"日志头记着 {head} 条，日志里却有 {entries} 条。", $"The head of the log says {head} entries, but there are {entries}.");

    internal static Bilingual HeadHash(long size) => (
        $"日志头与 {size} 条日志算出的不同：日志头或日志被改动过。", $"The head of the log is not what its {size} entries give: the head or the log was changed.");

    internal static Bilingual NodeDiffers(int level, long index, long from, long to) => (
        $"哈希树第 {level} 层第 {index} 个节点与条目（第 {from} 至 {to} 号）算出的不同。",
        $"Node {index} on level {level} of the hash tree is not what entries {from} to {to} give.");

    internal static Bilingual NodeMissing(int level, long index) => (
        $"哈希树第 {level} 层缺第 {index} 个节点。", $"Node {index} on level {level} of the hash tree is missing.");

    internal static Bilingual NodeExtra(int level, long index) => (
        $"哈希树第 {level} 层多出第 {index} 个节点。", $"Node {index} on level {level} of the hash tree doesn't belong there.");

    internal static Bilingual GroupSize(long size, long entries) => (
        $"日志记着在第 {size} 条处签过校验点，而日志共 {entries} 条。", $"A checkpoint is recorded at {size} entries; the log has {entries}.");

    internal static Bilingual GroupMissing(long entries) => (
        $"日志共 {entries} 条，末尾却没有校验点的记录。", $"The log has {entries} entries, but no checkpoint is recorded at its end.");

    internal static Bilingual TieDiffers(Bilingual record, string column, long? tie, long? leaf) => (
        $"{record.Zh}：索引说“{column}”由{No(tie)}写成，按日志是{No(leaf)}。",
        $"{Capital(record.En)}: the index says column {column} was set by {NoEn(tie)}; by the log it is {NoEn(leaf)}.");

    internal static Bilingual KindUnknown(Bilingual entry, string kind) => (
        $"{entry.Zh}的事件种类 {kind} 不是本系统的。", $"{Capital(entry.En)} is of kind {kind}, which this program doesn't know.");

    internal static Bilingual ColumnUnknown(Bilingual entry, string table, string column) => (
        $"{entry.Zh}记着 {table} 表的“{column}”一列，数据库里没有。", $"{Capital(entry.En)} recorded column {column} of {table}, which the database doesn't have.");

    internal static Bilingual ColumnCount(Bilingual entry, string table, int columns) => (
        $"{entry.Zh}是保密条目，所记的列数（{columns}）与 {table} 表不符。", $"{Capital(entry.En)} is confidential and recorded {columns} columns, which is not what {table} has.");

    internal static Bilingual TableUnknown(Bilingual entry) => (
        $"{entry.Zh}说的记录不在本系统的任何一张表里。", $"{Capital(entry.En)} is about a table that this program doesn't have.");

    internal static Bilingual OpeningMissing() => (
        "日志的第一条不是辖区的开立记录。", "The log doesn't begin with the opening of its jurisdiction.");

    internal static Bilingual JurisdictionChanged(string column) => (
        $"辖区表“{column}”一列的内容与日志开头所记的不同。", $"Column {column} of the jurisdiction is not what the opening of its log recorded.");

    internal static Bilingual ForeignRows(string table, long rows) => (
        $"{table} 表有 {rows} 行不属于任何辖区。", $"{table} has {rows} rows that belong to no jurisdiction.");

    internal static Bilingual SchemaUnexpected(string what, string name, string? on) => (
        $"数据库里有系统没有建的{What(what).Zh} {name}{(on is null ? "" : $"（在 {on} 表上）")}。",
        $"The database has a {What(what).En} {name}{(on is null ? "" : $" on {on}")} that the program didn't make.");

    internal static Bilingual TableMissing(string table) => ($"数据库里没有 {table} 表。", $"The database has no table {table}.");

    internal static Bilingual TriggerOff(string table) => (
        $"{table} 表的外键检查被关掉了。", $"Foreign keys of {table} are no longer enforced.");

    internal static Bilingual FenceOff(string table) => (
        $"{table} 表的辖区隔离（行级安全）被关掉了。", $"Row security, the fence between jurisdictions, is off on {table}.");

    internal static Bilingual FileDamaged(string said) => (
        $"数据库文件自相矛盾：{said}", $"The database file contradicts itself: {said}");

    private static Bilingual What(string type) => type switch
    {
        "trigger" => ("触发器", "trigger"),
        "view" => ("视图", "view"),
        "rule" => ("规则", "rule"),
        "policy" => ("隔离策略", "policy"),
        _ => ("表", "table"),
    };

    private static string No(long? leaf) => leaf is null ? "任何条目都没有" : $"第 {leaf} 号条目"; // not spoken: one half of a pair, the other is NoEn
    private static string NoEn(long? leaf) => leaf is null ? "no entry" : $"entry {leaf}";
    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
