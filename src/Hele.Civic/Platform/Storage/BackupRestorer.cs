using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>What a restored log lacks against its pin.</summary>
/// <param name="Pinned">Entries the pin is of; null when the pin itself is lost.</param>
/// <param name="PinnedOrigin">The name in the pin.</param>
/// <param name="Declares">Whether the log can go on only after a new epoch was declared; otherwise it isn't the log that was pinned.</param>
public sealed record LogLoss(string Code, string Name, long Size, long? Pinned, string? PinnedOrigin, bool Declares, Bilingual Says);

/// <summary>Puts a backup back, and says what is missing in it.</summary>
public sealed class BackupRestorer(StorageOptions options, Database database, LogService log)
{
    /// <summary>Refuses what can be known before anything is put anywhere: another kind of database, a newer program, other keys, a place that isn't empty.</summary>
    public async Task Allow(BackupReader backup, CancellationToken cancel = default)
    {
        var manifest = backup.Manifest;
        if (manifest.Database != database.Kind)
            throw new BackupException(($"这是 {manifest.Database} 的备份，而要恢复到的是 {database.Kind}：{(database.Kind == "SQLite" ? "请用 --database 写明一个空的 PostgreSQL 数据库" : "请去掉 --database")}。",
                $"This is a backup of {manifest.Database}, to be restored into {database.Kind}: {(database.Kind == "SQLite" ? "name an empty PostgreSQL database with --database" : "leave --database out")}."));
        var known = database.KnownMigrations();
        if (manifest.Migrations is not [.., var last] || !known.Contains(last))
            throw new BackupException(("备份是更新的程序做的，请用那个版本恢复。", "The backup was made by a newer program; restore it with that."));
        if (!await database.IsEmpty(cancel))
            throw new BackupException(($"{(database.Kind == "SQLite" ? options.SqliteFile : "数据库")}已有内容。恢复只能恢复到空的地方，不会覆盖任何东西。",
                $"{(database.Kind == "SQLite" ? options.SqliteFile : "The database")} is there already. A backup is restored into an empty place and never over anything."));
        if (!File.Exists(Path.Combine(options.KeyDirectory, "log.seed")))
            throw new BackupException(($"{options.KeyDirectory} 里没有日志密钥。请用 --keys 给出另存的密钥文件，或把原来的 keys 目录放回来。",
                $"There is no log key in {options.KeyDirectory}. Give the file of keys you kept with --keys, or put the old folder keys back."));
        foreach (var one in manifest.Logs)
        {
            if (log.VerifierKey(one.Origin).ToString() != one.Key)
                throw new BackupException(("密钥不是做备份的那套系统的。", "These are not the keys of the installation that the backup is of."));
        }
        if (log.PinsWithoutJurisdiction([.. manifest.Logs.Select(l => l.Code)]) is [var missing, ..])
            throw new BackupException(($"校验点目录里有辖区 {missing}，备份里没有：它是备份以后建立的。请用更新的备份；没有的话，先把 {log.PinFile(missing)} 移到别处另存，恢复以后用新的 --origin 重新建立它。",
                $"The pins know jurisdiction {missing}, the backup doesn't: it was opened later. Use a newer backup; if there is none, first move {log.PinFile(missing)} elsewhere and keep it, and open the jurisdiction anew with another --origin after the restore."));
    }

    /// <summary>Which logs of a backup are older than their pins, by names and sizes: what can be said before it is put anywhere.</summary>
    public async Task<IReadOnlyList<LogLoss>> Foretell(BackupReader backup, CancellationToken cancel = default)
    {
        var losses = new List<LogLoss>();
        foreach (var one in backup.Manifest.Logs)
        {
            var pin = await log.ReadPin(one.Code, one.First, cancel);
            EpochName.TryNumber(one.Origin, one.First, out var number);
            if (pin.Wrong is { } wrong)
                losses.Add(new(one.Code, one.Name, one.Size, null, null, false, wrong));
            else if (pin.Pin is null && one.Size > 0)
                losses.Add(new(one.Code, one.Name, one.Size, null, null, true, log.PinMissing(one.Code, one.Size)));
            else if (pin.Pin is { } said && EpochName.TryNumber(said.Origin, one.First, out var pinned) && (pinned > number || (pinned == number && said.Size > one.Size)))
                losses.Add(new(one.Code, one.Name, one.Size, said.Size, said.Origin, true, pinned > number ? LogService.PinIsLater(one.Code, one.Origin, said.Origin) : LogService.PinIsLonger(one.Code, one.Size, said.Size)));
        }
        return losses;
    }

    /// <summary>The same of what was put back, by its entries.</summary>
    public async Task<IReadOnlyList<LogLoss>> Losses(CancellationToken cancel = default)
    {
        var losses = new List<LogLoss>();
        foreach (var place in await Jurisdictions(cancel))
        {
            var pin = await log.ReadPin(place.Code, place.Origin, cancel);
            await using var lease = await database.Read([place.Id], cancel);
            var (state, wrong) = await log.Compare(lease.Db, place.Id, pin, cancel);
            if (wrong is { } says)
                losses.Add(new(place.Code, place.Name, await LogService.SizeOf(lease.Db, place.Id, cancel), pin.Pin?.Size, pin.Pin?.Origin, state is PinState.Missing or PinState.Longer or PinState.Later, says));
        }
        return losses;
    }

    public async Task<IReadOnlyList<Jurisdiction>> Jurisdictions(CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Jurisdictions.AsNoTracking().OrderBy(j => j.Id).ToListAsync(cancel);
    }
}
