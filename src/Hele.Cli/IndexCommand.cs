using System.CommandLine;
using Hele.Civic.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace Hele.Cli;

/// <summary><c>hele index</c>: makes the full-text index anew from the records, for every jurisdiction. Nothing else changes.</summary>
internal static class IndexCommand
{
    public static Command Make(Frame frame)
    {
        var command = new Command("index", frame.In(("按现有记录重建全文索引。", "Makes the full-text index anew from the records.")));
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            int[] all;
            await using (var lease = await hele.Database.Read([], cancel))
                all = await lease.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
            var count = 0;
            foreach (var jurisdiction in all)
                count += await hele.Get<SearchIndex>().Rebuild(jurisdiction, cancel);
            frame.Say(($"已重建，共 {count} 条记录。", $"Done: {count} record(s)."));
            return ExitCode.Ok;
        });
        return command;
    }
}
