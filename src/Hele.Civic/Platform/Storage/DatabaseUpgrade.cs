using System.Globalization;
using Hele.Civic.Kernel;
using Microsoft.Extensions.Logging;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// Brings a database to this program's schema, in a way that can be taken back: a backup is made first, and an upgrade that fails leaves the database as it
/// was, so that the old program starts again.
/// </summary>
public sealed class DatabaseUpgrade(StorageOptions options, Database database, BackupMaker backups, TimeProvider clock, ILogger<DatabaseUpgrade> logger)
{
    /// <summary>Backups before upgrades that are kept; older ones go, so that nobody's erased data live on in them.</summary>
    public const int Kept = 2;

    public string Folder => Path.Combine(options.DataDirectory, "before-upgrade");

    /// <summary>Upgrades what is there, or makes what isn't.</summary>
    /// <returns>The backup that was made; null where there was nothing to save.</returns>
    /// <exception cref="StartupException">It failed; the database is as it was, or the sentence says what to do.</exception>
    public async Task<string?> Run(CancellationToken cancel = default)
    {
        if (await database.IsEmpty(cancel))
        {
            await database.Migrate(cancel);
            return null;
        }
        var pending = await database.PendingMigrations(cancel);
        if (pending.Count == 0)
        {
            await database.Migrate(cancel);
            return null;
        }
        PrivateFile.Folder(Folder);
        var backup = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{China.TimeIn(clock.GetUtcNow()):yyyyMMdd-HHmmss-fff}.zip"));
        await backups.Write(backup, cancel);
        try
        {
            await database.Migrate(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "The upgrade failed.");
            await using (var saved = await BackupReader.Open(backup, CancellationToken.None))
                await database.PutBack(saved, CancellationToken.None);
            var asBefore = (await database.PendingMigrations(CancellationToken.None)).SequenceEqual(pending);
            throw new StartupException(asBefore
                ? ($"升级失败：{failure.Message} 数据库还是升级前的样子，原来的程序可以照常启动。升级前的备份在 {backup}。",
                    $"The upgrade failed: {failure.Message} The database is as it was before; the old program starts as ever. The backup from before is {backup}.")
                : ($"升级失败：{failure.Message} 数据库停在了半路，请用原来的程序把升级前的备份 {backup} 恢复到空的数据库。",
                    $"The upgrade failed half-way: {failure.Message} With the old program, restore the backup from before, {backup}, into an empty database."), failure);
        }
        foreach (var old in Directory.GetFiles(Folder, "*.zip").OrderDescending(StringComparer.Ordinal).Skip(Kept))
            File.Delete(old);
        return backup;
    }
}
