using Hele.Civic.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hele.Civic.Platform.Storage;

/// <summary>What keeps the program from reading or saving, where it is the machine's trouble and not the program's fault.</summary>
public enum TroubleKind
{
    /// <summary>No space left.</summary>
    Full,

    /// <summary>The disk, or the database's server, takes no writes.</summary>
    ReadOnly,

    /// <summary>The database isn't where it was, or its server doesn't answer.</summary>
    Away,

    /// <summary>The disk fails in reading or writing.</summary>
    Disk,

    /// <summary>The file was read and makes no sense.</summary>
    Damaged,
}

/// <summary>A trouble that the program found by looking, before an error of the system could say so.</summary>
public sealed class StorageTroubleException(TroubleKind kind, string what, Exception? inner = null) : Exception(what, inner)
{
    public TroubleKind Kind => kind;
}

/// <summary>One reason, in the words that a reader, an operator and a monitor are told.</summary>
/// <param name="Reason">The second half of a sentence: what is the matter.</param>
/// <param name="NotSaved">What an act is refused with.</param>
/// <param name="Remedy">What the operator does about it.</param>
public sealed record StorageTrouble(TroubleKind Kind, Bilingual Reason, Problem NotSaved, Bilingual Remedy)
{
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, OverQuota = 122;

    private static readonly IReadOnlyDictionary<TroubleKind, StorageTrouble> OfFiles = new[]
    {
        Make(TroubleKind.Full, "storage.full", ("服务器的磁盘满了", "the server's disk is full"), ("请腾出磁盘空间。", "Free some space.")),
        Make(TroubleKind.ReadOnly, "storage.medium-read-only", ("服务器的磁盘现在只能读，不能写", "the server's disk can be read but not written"), ("请看系统日志里磁盘为什么变成只读，修好后重新挂载为可写。", "See in the system's messages why the disk became read-only, mend it and mount it writable.")),
        Make(TroubleKind.Away, "storage.away", ("数据库现在连不上", "the database can't be reached"), ("请把原来的数据库文件放回原处；找不到时停下程序，用最新的备份恢复。", "Put the very same file back; where it can't be found, stop the program and restore the newest backup.")),
        Make(TroubleKind.Disk, "storage.disk", ("服务器的磁盘读写出错", "the server's disk fails in reading or writing"), ("请先做一次备份，再看系统日志并更换磁盘。", "Make a backup first, then look into the system's messages and replace the disk.")),
        Make(TroubleKind.Damaged, "storage.damaged", ("数据库文件损坏，需要管理员处理", "the database file is damaged and needs the operator"), ("请停下程序，留着这个文件，用最新的备份恢复。", "Stop the program, keep the file, and restore the newest backup.")),
    }.ToDictionary(t => t.Kind);

    /// <summary>The same told of a database server: readers see the same words, an operator has other things to do.</summary>
    private static readonly IReadOnlyDictionary<TroubleKind, StorageTrouble> OfServers = new Dictionary<TroubleKind, Bilingual>
    {
        [TroubleKind.Full] = ("请在数据库服务器上腾出磁盘空间。", "Free some space on the database server's disk."),
        [TroubleKind.ReadOnly] = ("请看数据库服务器是不是成了只读的备机，或者它的磁盘变成了只读。", "See whether the database server has become a read-only standby, or its disk read-only."),
        [TroubleKind.Away] = ("请启动数据库服务器，并核对 --database 里的地址、端口和网络。", "Start the database server, and check the address and port in --database and the network between."),
        [TroubleKind.Disk] = ("请先做一次备份，再看数据库服务器的系统日志并更换磁盘。", "Make a backup first, then look into the messages of the database server's system and replace the disk."),
        [TroubleKind.Damaged] = ("请停下程序和数据库服务器，留着它的数据目录，用最新的备份恢复到另一个空的数据库。", "Stop the program and the database server, keep its data directory, and restore the newest backup into another, empty database."),
    }.ToDictionary(t => t.Key, t => OfFiles[t.Key] with { Remedy = t.Value });

    /// <summary>The reasons, for the catalogue of problems.</summary>
    public static IEnumerable<StorageTrouble> Kinds => OfFiles.Values;

    private static StorageTrouble Make(TroubleKind kind, string code, Bilingual reason, Bilingual remedy) => new(kind, reason, new Problem(code,
        ($"没有保存成功：{reason.Zh}。您写的内容还在，请过一会儿再提交一次，不会重复。", $"This was not saved: {reason.En}. What you wrote is still here; please send it again in a while, nothing will be doubled."), Kind: ProblemKind.Conflict), remedy);

    /// <summary>What a failure says about the place of storage; null when it is another kind of failure.</summary>
    public static StorageTrouble? Of(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AggregateException { InnerExceptions: { Count: > 1 } several })
                return several.Select(Of).FirstOrDefault(t => t is not null);
            if (KindOf(failure) is { } kind)
                return (failure is NpgsqlException ? OfServers : OfFiles)[kind];
        }
        return null;
    }

    private static TroubleKind? KindOf(Exception failure) => failure switch
    {
        StorageTroubleException found => found.Kind,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_FULL => TroubleKind.Full,
            SQLitePCL.raw.SQLITE_READONLY => TroubleKind.ReadOnly,
            SQLitePCL.raw.SQLITE_CANTOPEN => TroubleKind.Away,
            SQLitePCL.raw.SQLITE_IOERR => TroubleKind.Disk,
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => TroubleKind.Damaged,
            _ => null,
        },
        PostgresException postgres => postgres.SqlState switch
        {
            PostgresErrorCodes.DiskFull => TroubleKind.Full,
            PostgresErrorCodes.ReadOnlySqlTransaction => TroubleKind.ReadOnly,
            PostgresErrorCodes.IoError => TroubleKind.Disk,
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => TroubleKind.Damaged,
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => TroubleKind.Away,
            ['0', '8', ..] => TroubleKind.Away,
            _ => null,
        },
        NpgsqlException { InnerException: System.Net.Sockets.SocketException or IOException or TimeoutException } => TroubleKind.Away,
        IOException io => OfSystem(io.HResult),
        _ => null,
    };

    /// <summary>What an error number of the system says; null when it says nothing about the place of storage.</summary>
    internal static TroubleKind? OfSystem(int number) => number switch
    {
        NoSpace or OverQuota => TroubleKind.Full,
        ReadOnlyFileSystem => TroubleKind.ReadOnly,
        _ => null,
    };
}

public static class StorageTroubleLog
{
    /// <summary>
    /// Says that something failed which will be tried again: of the storage's trouble in one line what is the matter and what to do, of what nobody foresaw the whole failure.
    /// </summary>
    public static void Failed(this ILogger logger, Exception failure, string what)
    {
        if (StorageTrouble.Of(failure) is { } trouble)
            logger.LogError("{What} It is because {Reason}: {Failure} {Remedy}", what, trouble.Reason.En, failure.GetBaseException().Message, trouble.Remedy.En);
        else
            logger.LogError(failure, "{What}", what);
    }
}
