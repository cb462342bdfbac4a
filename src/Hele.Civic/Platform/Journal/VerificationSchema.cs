using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// What the database does by itself: a trigger, a view or a rule could change what is written or hide what is read, and on PostgreSQL the fence
/// between jurisdictions is part of the schema. On SQLite also whether the file agrees with itself, and rows of no jurisdiction.
/// </summary>
internal sealed class VerificationSchema(HeleDb db, FindingList found)
{
    private readonly VerificationReader _reader = new(db);
    private readonly HashSet<string> _tables = [.. db.Model.GetEntityTypes().Select(t => t.GetTableName()!), "__Migrations", "__EFMigrationsLock"];

    public async Task Check(CancellationToken cancel)
    {
        if (_reader.IsSqlite)
            await Sqlite(cancel);
        else
            await Postgres(cancel);
    }

    private async Task Sqlite(CancellationToken cancel)
    {
        // The full-text table looks up what other connections wrote when it is asked a question, but not when it is checked: without one it calls itself damaged.
        await _reader.Query("""SELECT count(*) FROM "SearchText" WHERE "SearchText" MATCH 'a'""", cancel);
        // Indexes are checked against their tables too: a list read from an index must not differ from the rows that are verified.
        foreach (var row in await _reader.Query("PRAGMA integrity_check(20)", cancel))
            if (row[0] as string != "ok")
                found.Add(FindingKind.FileDamaged, VerificationTexts.FileDamaged(row[0] as string ?? "?"));

        var seen = new HashSet<string>();
        foreach (var row in await _reader.Query("""SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'index' ORDER BY type, name""", cancel))
        {
            var (type, name, on) = (row[0] as string ?? "?", row[1] as string ?? "?", row[2] as string ?? "?");
            if (type == "table" && (_tables.Contains(name) || SqliteDatabase.SearchTables.Contains(name) || name.StartsWith("sqlite_", StringComparison.Ordinal)))
                seen.Add(name);
            else
                found.Add(FindingKind.SchemaUnexpected, VerificationTexts.SchemaUnexpected(type, name, type == "trigger" ? on : null), type == "trigger" ? on : name);
        }
        MissingTables(seen);
        foreach (var table in Fenced().Where(seen.Contains))
        {
            if (await _reader.Query($"""SELECT count(*) FROM "{table}" WHERE "JurisdictionId" NOT IN (SELECT "Id" FROM "Jurisdictions")""", cancel) is [[long rows and > 0]])
                found.Add(FindingKind.JurisdictionUnknown, VerificationTexts.ForeignRows(table, rows), table);
        }
    }

    private async Task Postgres(CancellationToken cancel)
    {
        var seen = new HashSet<string>();
        foreach (var row in await _reader.Query("""
            SELECT c.relkind::text, c.relname::text FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p','v','m','f') ORDER BY 1, 2
            """, cancel))
        {
            var (kind, name) = ((string)row[0], (string)row[1]);
            if (kind == "r" && _tables.Contains(name))
                seen.Add(name);
            else
                found.Add(FindingKind.SchemaUnexpected, VerificationTexts.SchemaUnexpected(kind is "v" or "m" ? "view" : "table", name, null), name);
        }
        MissingTables(seen);
        foreach (var row in await _reader.Query("""
            SELECT 'trigger', t.tgname::text, c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'rule', r.rulename::text, c.relname::text FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
              WHERE r.rulename <> '_RETURN' AND c.relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'policy', p.polname::text, c.relname::text FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
              WHERE p.polname NOT IN ('hele_read', 'hele_write') AND NOT (p.polname = 'hele_erase' AND c.relname = 'Journal' AND NOT p.polpermissive) AND NOT (p.polname = 'hele_purge' AND c.relname = 'ViewRecords' AND NOT p.polpermissive)
                AND c.relnamespace = 'public'::regnamespace
            ORDER BY 1, 3, 2
            """, cancel))
        {
            found.Add(FindingKind.SchemaUnexpected, VerificationTexts.SchemaUnexpected((string)row[0], (string)row[1], (string)row[2]), (string)row[2]);
        }
        foreach (var row in await _reader.Query("""
            SELECT DISTINCT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE t.tgisinternal AND t.tgenabled <> 'O' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
            """, cancel))
            found.Add(FindingKind.SchemaUnexpected, VerificationTexts.TriggerOff((string)row[0]), (string)row[0]);
        // The owner passes the fence of the full-text index, and only that one: its function finds for others and repeats the fence (PostgresDatabase).
        var fenced = new HashSet<string>();
        foreach (var row in await _reader.Query("""
            SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND (c.relforcerowsecurity OR c.relname = 'SearchRows')
              AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'hele_read')
              AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'hele_write')
              AND (c.relname <> 'Journal' OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'hele_erase' AND NOT p.polpermissive))
              AND (c.relname <> 'ViewRecords' OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'hele_purge' AND NOT p.polpermissive))
            """, cancel))
            fenced.Add((string)row[0]);
        foreach (var table in Fenced().Where(t => seen.Contains(t) && !fenced.Contains(t)))
            found.Add(FindingKind.SchemaUnexpected, VerificationTexts.FenceOff(table), table);
    }

    private void MissingTables(HashSet<string> seen)
    {
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().Where(t => !seen.Contains(t)).Order(StringComparer.Ordinal))
            found.Add(FindingKind.SchemaUnexpected, VerificationTexts.TableMissing(table), table);
    }

    /// <summary>Tables with rows of one jurisdiction each, as the fence knows them.</summary>
    private IEnumerable<string> Fenced() => db.Model.GetEntityTypes()
        .Where(t => t.ClrType != typeof(AccountPlace) && t.FindProperty(nameof(Owned.JurisdictionId)) is not null)
        .Select(t => t.GetTableName()!).Distinct().Order(StringComparer.Ordinal);
}
