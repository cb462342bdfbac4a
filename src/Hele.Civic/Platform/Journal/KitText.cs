using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Platform.Journal;

/// <summary>What stands in a kit for whoever opens it first.</summary>
internal static class KitText
{
    public static byte[] Of(Jurisdiction jurisdiction, string origin, long size)
    {
        Bilingual text = (
            $"""
            {jurisdiction.Name} · 监督核验包
            日志：{origin}，{size} 条

            怎样核验（不用数据库，不用账号，不用联网，换一台电脑更好）
            一、用浏览器打开 verify.html，选这个核验包，填上您另存的校验点。
                它也在核验包里，所以先确认没有被换过：用您以前下载的那一份，或者核对它的 SHA-256 和公告栏上的是不是一样。
            二、或者用命令行：
            {OperatorCommand.Line("evidence verify FILE --pinned CHECKPOINT")}
            CHECKPOINT 是您手里另存的校验点：公告栏上的“条数和十六组字符”、上一次的核验包里的 checkpoint 文件，或者居民回执上的。

            能证明：从第一条到最后一条，一条没有多、没有少、没有改、没有换位置；和您另存的校验点是同一本。
            不能证明：记下的事是真的；没有漏记；没有别人手里的校验点时，整本没有被换过。

            checkpoint 文件请另存到别处，下次核验时就是您手里的校验点。

            """,
            $"""
            {jurisdiction.NameEn}: supervisor's kit
            Log: {origin}, {size} entries

            How to verify (no database, no account, no network; best on another computer)
            1. Open verify.html in a browser, choose this kit and give the checkpoint that you kept.
               It came with the kit, so make sure first that nobody swapped it: take the one you downloaded before, or compare its SHA-256 with the notice board's.
            2. Or on the command line:
            {OperatorCommand.Line("evidence verify FILE --pinned CHECKPOINT")}
            CHECKPOINT is what you kept: the count and sixteen groups of the notice board, the file “checkpoint” of an earlier kit, or that of a resident's receipt.

            It proves that from the first entry to the last none was added, taken out, changed or moved, and that it is the log of your checkpoint.
            It does not prove that what was logged is true, that nothing was left out, or, without a checkpoint in other hands, that the whole log was not replaced.

            Keep the file “checkpoint” somewhere else: next time it is the checkpoint that you kept.

            """);
        return Encoding.UTF8.GetBytes(text.Zh + "\n" + text.En);
    }
}
