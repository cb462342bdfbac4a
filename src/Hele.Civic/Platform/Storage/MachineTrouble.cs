using System.Data.Common;
using System.Net.Sockets;
using Hele.Civic.Kernel;
using Npgsql;

namespace Hele.Civic.Platform.Storage;

/// <summary>What the machine or the database kept a start or a command from, in words an operator can do something about.</summary>
public static class MachineTrouble
{
    /// <summary>Null for a fault of the program, which is shown in full.</summary>
    public static Bilingual? Says(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            // Of files that were named by hand the system's own words say more, and which file.
            if (e is DbException or StorageTroubleException && StorageTrouble.Of(e) is { } trouble)
                return ($"{trouble.Reason.Zh}。{trouble.Remedy.Zh}（{e.Message}）", $"{Sentence(trouble.Reason.En)}. {trouble.Remedy.En} ({e.Message})");
            switch (e)
            {
                case PostgresException postgres:
                    return ($"数据库拒绝了：{postgres.MessageText}（{postgres.SqlState}）", $"The database refused: {postgres.MessageText} ({postgres.SqlState})");
                case NpgsqlException or SocketException:
                    return ($"连不上数据库：{e.Message}", $"The database can't be reached: {e.Message}");
                case DbException:
                    return ($"数据库文件打不开或已损坏：{e.Message}", $"The database file can't be read, or is damaged: {e.Message}");
                case IOException or UnauthorizedAccessException:
                    return ($"读写文件失败：{e.Message}", $"A file can't be read or written: {e.Message}");
            }
        }
        return null;
    }

    /// <summary>What is wrong with the words of --database; null when they name a server and a database, or nothing.</summary>
    public static Bilingual? WithConnection(string? database)
    {
        if (database is null)
            return null;
        try
        {
            if (new NpgsqlConnectionStringBuilder(database) is { Host.Length: > 0, Database.Length: > 0 })
                return null;
            throw new ArgumentException("Host=…;Database=…");
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            return ($"--database 不是 PostgreSQL 连接串（如 Host=localhost;Database=hele;Username=hele）：{wrong.Message}",
                $"--database is no PostgreSQL connection string (such as Host=localhost;Database=hele;Username=hele): {wrong.Message}");
        }
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
