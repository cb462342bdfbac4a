using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Evidence;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>
/// Changes made behind the program's back, each of which verify must name: what kind, which record, which column, by which entry. And it must
/// accuse nothing else.
/// </summary>
public class TamperingTests
{
    private const string Lonely = HistoryTemplate.Lonely, LonelyToo = HistoryTemplate.LonelyToo;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_ValueChanged_NamesRecordColumnAndEntry(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var appeal = await hele.Appeal(Lonely);
        await new BehindTheBack(hele).One("""UPDATE "Appeals" SET "Text" = '没有这回事' WHERE "Id" = @p0""", appeal.Id);
        // As an operator would: the program is stopped and started again before anybody looks.
        var again = await hele.Restart();
        await using var _ = again;

        var found = (await again.Verify()).Only(FindingKind.ValueChanged);

        Assert.Equal((TestInstallation.HexiCode, "Appeals", appeal.Id, appeal.PublicCode, "Text"), (found.Jurisdiction, found.Table, found.Row, found.PublicCode, found.Column));
        Assert.Equal((await again.LastEntry(appeal.Id)).LeafIndex, found.Leaf);
        foreach (var sentence in new[] { found.Sentence.Zh, found.Sentence.En })
        {
            Assert.Contains(appeal.PublicCode, sentence);
            Assert.Contains("Text", sentence);
            Assert.Contains("2026-10-30 09:00:00", sentence);
            Assert.DoesNotContain("没有这回事", sentence);
            Assert.DoesNotContain(appeal.Text, sentence);
        }
        Assert.Contains(AppealEvents.Filed.Sentence.Zh, found.Sentence.Zh);
        Assert.Contains(AppealEvents.Filed.Sentence.En, found.Sentence.En);
    }

    /// <summary>Single values of every kind, in several tables; each is put back, and the last look must find nothing.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_OneValueOfAnyKindChanged_NamesIt(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var (instant, date, flag) = behind.IsSqlite
            ? ("\"{0}\" + 1", "date(\"{0}\", '+1 day')", "1 - \"{0}\"")
            : ("\"{0}\" + interval '1 microsecond'", "\"{0}\" + 1", "NOT \"{0}\"");
        (string Table, string Column, string NewValue)[] changes =
        [
            ("Appeals", "State", "'Satisfied'"),            // a state
            ("Appeals", "State", "''"),                     // no state at all
            ("Appeals", "FiledAt", instant),                // a tick, a microsecond
            ("Appeals", "FiledOn", date),
            ("Appeals", "DueOn", "NULL"),
            ("Appeals", "DueIsProvisional", flag),
            ("Appeals", "Round", "\"Round\" + 1"),
            ("Appeals", "HandlerPostId", "(SELECT \"Id\" FROM \"Posts\" WHERE \"JurisdictionId\" = 1 LIMIT 1)"),
            ("Appeals", "AppellantName", "''"),             // from nothing to the empty text
            ("Appeals", "Title", "\"Title\" || ' '"),
            ("Appeals", "PublicCode", "'2222-2222-2222'"),
            ("People", "Address", "''"),
            ("AppealVerdicts", "Satisfied", flag),
            ("AppealAnswers", "LoggedAt", instant),
            ("LocalRules", "Amount", "15"),
            ("LogOpenings", "TimesAreSimulated", flag),     // the demo can't pass for the real thing
        ];
        foreach (var (table, column, value) in changes)
        {
            var where = table == "Appeals" ? $"WHERE \"Title\" = '{Lonely}'" : "WHERE \"JurisdictionId\" = 1";
            var id = await behind.Scalar($"SELECT \"Id\" FROM \"{table}\" {where} ORDER BY \"Id\" LIMIT 1");
            var old = await behind.Scalar($"SELECT \"{column}\" FROM \"{table}\" WHERE \"Id\" = @p0", id);
            await behind.One($"UPDATE \"{table}\" SET \"{column}\" = {string.Format(value, column)} WHERE \"Id\" = @p0", id);

            var report = await hele.Verify();

            Assert.True(report.Findings.Count == 1, $"{table}.{column} = {value}: {report.Findings.Count} findings\n{report.Text()}");
            var found = report.Only(FindingKind.ValueChanged);
            Assert.Equal((table, column, TestInstallation.HexiCode), (found.Table, found.Column, found.Jurisdiction));
            Assert.Equal(VerificationKey(id), found.Row);
            Assert.Equal((await hele.LastEntry(found.Row!.Value)).LeafIndex, found.Leaf);
            await behind.One($"UPDATE \"{table}\" SET \"{column}\" = @p0 WHERE \"Id\" = @p1", old, id);
        }
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_ColumnSetBackToAnEarlierValue_NamesTheLaterEntry(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var accepted = await hele.Entry(AppealEvents.JudgedSatisfied.Code);
        await new BehindTheBack(hele).One("""UPDATE "Appeals" SET "State" = 'Answered' WHERE "Id" = @p0""", accepted.RowId);

        var found = (await hele.Verify()).Only(FindingKind.ValueChanged);

        Assert.Equal(("Appeals", accepted.RowId, "State", accepted.LeafIndex), (found.Table, found.Row, found.Column, found.Leaf));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_RowDeleted_NamesIt(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var appeal = await hele.Appeal(Lonely);
        await new BehindTheBack(hele).One("""DELETE FROM "Appeals" WHERE "Id" = @p0""", appeal.Id);

        var found = (await hele.Verify()).Only(FindingKind.RowDeleted);

        Assert.Equal(("Appeals", appeal.Id, (await hele.LastEntry(appeal.Id)).LeafIndex), (found.Table, found.Row, found.Leaf));
        Assert.Contains(appeal.Id.ToString("D"), found.Sentence.Zh);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_RowInserted_NamesIt(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var (behind, id) = (new BehindTheBack(hele), Guid.CreateVersion7());
        var columns = await Columns<Appeal>(hele);
        var copied = string.Join(",", columns.Select(c => c switch { "PublicCode" => "'3333-3333-3333'", "Serial" => "\"Serial\" + 5000", _ => $"\"{c}\"" }));
        await behind.One($"INSERT INTO \"Appeals\" (\"JurisdictionId\", \"Id\", {string.Join(",", columns.Select(c => $"\"{c}\""))}) SELECT 1, @p0, {copied} FROM \"Appeals\" WHERE \"Title\" = '{Lonely}'", id);

        var found = (await hele.Verify()).Only(FindingKind.RowInserted);

        Assert.Equal(("Appeals", id, "3333-3333-3333"), (found.Table, found.Row, found.PublicCode));

        // Ties made up for it don't give it a birth; they are named too.
        await behind.One("""INSERT INTO "ColumnTies" ("JurisdictionId", "RowTable", "RowId", "Column", "LeafIndex") VALUES (1, 'Appeals', @p0, '*', 3)""", id);
        Assert.Contains((await hele.Verify()).Findings, f => f.Kind == FindingKind.RowInserted && f.Row == id);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_ContentsOfTwoRowsSwapped_NamesEachColumnOfBoth(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var (a, b, behind) = (await hele.Appeal(Lonely), await hele.Appeal(LonelyToo), new BehindTheBack(hele));
        await behind.One("""UPDATE "Appeals" SET "Title" = @p1, "AppellantId" = @p2 WHERE "Id" = @p0""", a.Id, b.Title, b.AppellantId);
        await behind.One("""UPDATE "Appeals" SET "Title" = @p1, "AppellantId" = @p2 WHERE "Id" = @p0""", b.Id, a.Title, a.AppellantId);

        var report = await hele.Verify();

        Assert.All(report.Findings, f => Assert.Equal((FindingKind.ValueChanged, "Appeals"), (f.Kind, f.Table)));
        Assert.Equal(new[] { (a.Id, "AppellantId"), (a.Id, "Title"), (b.Id, "AppellantId"), (b.Id, "Title") }.OrderBy(x => x.Item1.ToString()).ThenBy(x => x.Item2),
            report.Findings.Select(f => (f.Row!.Value, f.Column!)).OrderBy(x => x.Item1.ToString()).ThenBy(x => x.Item2));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_IdsOfTwoRowsSwapped_NamesBoth(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var (a, b, behind) = (await hele.Appeal(Lonely), await hele.Appeal(LonelyToo), new BehindTheBack(hele));
        var between = Guid.CreateVersion7();
        foreach (var (from, to) in new[] { (a.Id, between), (b.Id, a.Id), (between, b.Id) })
            await behind.One("""UPDATE "Appeals" SET "Id" = @p1 WHERE "Id" = @p0""", from, to);

        var report = await hele.Verify();

        Assert.All(report.Findings, f => Assert.Equal((FindingKind.ValueChanged, "Appeals"), (f.Kind, f.Table)));
        foreach (var id in new[] { a.Id, b.Id })
            Assert.Equal(["AppellantId", "PublicCode", "Serial", "Title"], report.Findings.Where(f => f.Row == id).Select(f => f.Column));
        Assert.Equal(8, report.Findings.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_RowMovedToAnotherJurisdiction_IsMissedInOneAndStrangeInTheOther(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var rule = await hele.Read(db => db.Set<LocalRule>().SingleAsync());
        await new BehindTheBack(hele).One("""UPDATE "LocalRules" SET "JurisdictionId" = 2""");

        var report = await hele.Verify();

        Assert.Equal([(FindingKind.RowDeleted, TestInstallation.HexiCode, rule.Id), (FindingKind.RowInserted, TestInstallation.OtherCode, rule.Id)],
            report.Findings.Select(f => (f.Kind, f.Jurisdiction!, f.Row!.Value)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_JurisdictionRenamed_NamesItsColumn(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        await new BehindTheBack(hele).One("""UPDATE "Jurisdictions" SET "Name" = '河东社区' WHERE "Id" = 1""");

        var found = (await hele.Verify()).Only(FindingKind.ValueChanged);

        Assert.Equal(("Jurisdictions", "Name", 0L), (found.Table, found.Column, found.Leaf));
    }

    /// <summary>Everything the journal says beside an entry, one column after the other, each put back.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_JournalColumnChanged_NamesEntryAndColumnAndAccusesNoRecord(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var entry = await hele.Entry(AppealEvents.Accepted.Code);
        var rule = await hele.Entry(SetLocalRule.Set.Code);
        var other = await hele.Appeal(Lonely);
        var tick = behind.IsSqlite ? "\"At\" + 10000" : "\"At\" + interval '1 millisecond'";
        var day = behind.IsSqlite ? "date(\"OnDate\", '-1 day')" : "\"OnDate\" - 1";
        (JournalRow Of, string Column, string Sql, object? Value)[] changes =
        [
            (rule, "Reason", "@p0", "另有原因"),
            (rule, "Reason", "NULL", null),
            (entry, "Reason", "''", null),
            (entry, "ActorId", "@p0", SystemAccount.Id),
            (entry, "ActId", "@p0", Guid.CreateVersion7()),
            (entry, "PostId", "NULL", null),
            (entry, "OnDate", day, null),
            (entry, "Kind", "@p0", AppealEvents.Answered.Code),
            (entry, "At", tick, null),
            (entry, "EventId", "@p0", Guid.CreateVersion7()),
            (entry, "RowId", "@p0", Guid.CreateVersion7()),
            (entry, "RowId", "@p0", other.Id),
            (rule, "RowId", "@p0", other.Id),
        ];
        foreach (var (of, column, sql, value) in changes)
        {
            var old = await behind.Scalar($"SELECT \"{column}\" FROM \"Journal\" WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = {of.LeafIndex}");
            object?[] values = value is null ? [] : [value];
            await behind.One($"UPDATE \"Journal\" SET \"{column}\" = {sql} WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = {of.LeafIndex}", values);

            var report = await hele.Verify();

            Assert.True(report.Findings.Count == 1, $"{column} = {sql}: {report.Findings.Count} findings\n{report.Text()}");
            var found = report.Only(FindingKind.OpeningChanged);
            Assert.Equal(("Journal", column, of.LeafIndex), (found.Table, found.Column, found.Leaf));
            await behind.One($"UPDATE \"Journal\" SET \"{column}\" = @p0 WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = {of.LeafIndex}", old);
        }

        await behind.One($"UPDATE \"Journal\" SET \"RowTable\" = 'People' WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = {entry.LeafIndex}");
        var wrong = (await hele.Verify()).Only(FindingKind.OpeningChanged);
        Assert.Equal(("RowId", entry.LeafIndex), (wrong.Column, wrong.Leaf));
        await behind.One($"UPDATE \"Journal\" SET \"RowTable\" = 'Appeals' WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = {entry.LeafIndex}");
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_SaltChanged_NamesTheEntryAlone(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var entry = await hele.LastEntry((await hele.Appeal(Lonely)).Id);
        foreach (var salt in new[] { new byte[32], new byte[7], [] })
        {
            await behind.One("""UPDATE "Journal" SET "Salt" = @p0 WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p1""", salt, entry.LeafIndex);
            var found = (await hele.Verify()).Only(FindingKind.SaltChanged);
            Assert.Equal(("Journal", "Salt", entry.LeafIndex), (found.Table, found.Column, found.Leaf));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_EntryBytesChanged_NamesTheEntryAndAccusesNoRecord(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var entry = await hele.LastEntry((await hele.Appeal(Lonely)).Id);
        var text = System.Text.Encoding.ASCII.GetString(entry.Entry);
        foreach (var changed in new[] { text.Replace("c Title ", "c Titlf "), text.Replace("kind appeal.filed", "kind appeal.accepted"), text + "\n", "" })
        {
            await behind.One("""UPDATE "Journal" SET "Entry" = @p0 WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p1""", System.Text.Encoding.ASCII.GetBytes(changed), entry.LeafIndex);
            var found = (await hele.Verify()).Only(FindingKind.EntryChanged);
            Assert.Equal(("Journal", "Entry", entry.LeafIndex), (found.Table, found.Column, found.Leaf));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_EntryBytesAndHashChanged_NamesEntryAndHead(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var entry = await hele.LastEntry((await hele.Appeal(Lonely)).Id);
        var bytes = System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(entry.Entry).Replace("kind appeal.filed", "kind appeal.accepted"));
        await new BehindTheBack(hele).One("""UPDATE "Journal" SET "Entry" = @p0, "LeafHash" = @p1 WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p2""", bytes, Merkle.HashLeaf(bytes), entry.LeafIndex);

        var report = await hele.Verify();

        Assert.Equal([FindingKind.OpeningChanged, FindingKind.HeadChanged, FindingKind.PinMismatch], report.Findings.Select(f => f.Kind));
        Assert.Equal(("Kind", entry.LeafIndex), (report.Findings[0].Column, report.Findings[0].Leaf));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_HashBesideAnEntryChanged_SaysThatTheEntryIsIntact(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        await new BehindTheBack(hele).One("""UPDATE "Journal" SET "LeafHash" = @p0 WHERE "JurisdictionId" = 1 AND "LeafIndex" = 20""", new byte[32]);

        var found = (await hele.Verify()).Only(FindingKind.TreeChanged);

        Assert.Equal(("Journal", "LeafHash", 20L), (found.Table, found.Column, found.Leaf));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_EntriesDeleted_NamesThemAndAccusesNoRecord(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var size = await hele.Size();
        var accepted = await hele.Entry(AppealEvents.Accepted.Code);
        await behind.One("""DELETE FROM "Journal" WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p0""", accepted.LeafIndex);
        Assert.Equal(accepted.LeafIndex, (await hele.Verify()).Only(FindingKind.EntryMissing).Leaf);

        await behind.One("""DELETE FROM "Journal" WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p0""", size - 1);
        var report = await hele.Verify();
        Assert.Equal([(FindingKind.EntryMissing, accepted.LeafIndex), (FindingKind.EntryMissing, size - 1)], report.Findings.Select(f => (f.Kind, f.Leaf!.Value)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_TieChanged_NamesRowAndColumn(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var judged = await hele.Entry(AppealEvents.JudgedSatisfied.Code);
        await behind.One("""UPDATE "ColumnTies" SET "LeafIndex" = "LeafIndex" - 1 WHERE "RowId" = @p0 AND "Column" = 'State'""", judged.RowId);
        var found = (await hele.Verify()).Only(FindingKind.TieDiffers);
        Assert.Equal(("Appeals", judged.RowId, "State", judged.LeafIndex - 1), (found.Table, found.Row, found.Column, found.Leaf));

        await behind.One("""DELETE FROM "ColumnTies" WHERE "RowId" = @p0 AND "Column" = 'State'""", judged.RowId);
        found = (await hele.Verify()).Only(FindingKind.TieDiffers);
        Assert.Equal(("State", judged.LeafIndex), (found.Column, found.Leaf));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_HeadChanged_NamesTheHeadAlone(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var frontier = (byte[])await behind.Scalar("""SELECT "Frontier" FROM "LogHeads" WHERE "JurisdictionId" = 1""");
        var changed = frontier.ToArray();
        changed[^1] ^= 1;
        foreach (var bytes in new[] { changed, [1, 2, 3] })
        {
            await behind.One("""UPDATE "LogHeads" SET "Frontier" = @p0 WHERE "JurisdictionId" = 1""", bytes);
            var found = (await hele.Verify()).Only(FindingKind.HeadChanged);
            Assert.Equal(("LogHeads", "Frontier"), (found.Table, found.Column));
            await hele.Log.CheckPins(TestContext.Current.CancellationToken);
            Assert.NotNull(hele.Log.ReadOnlyReason);
        }
        await behind.One("""UPDATE "LogHeads" SET "Frontier" = @p0 WHERE "JurisdictionId" = 1""", frontier);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_KeptNodesOrTreeSizesChanged_NamesThem(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        await behind.One("""UPDATE "LogNodes" SET "Hash" = @p0 WHERE "JurisdictionId" = 1""", new byte[32]);
        Assert.Equal("LogNodes", (await hele.Verify()).Only(FindingKind.TreeChanged).Table);
        await behind.One("""DELETE FROM "LogNodes" WHERE "JurisdictionId" = 1""");
        Assert.Equal("LogNodes", (await hele.Verify()).Only(FindingKind.TreeChanged).Table);
        await behind.One("""INSERT INTO "LogGroups" ("JurisdictionId", "Size", "At") SELECT "JurisdictionId", "Size" + 7, "At" FROM "LogGroups" WHERE "JurisdictionId" = 1 ORDER BY "Size" DESC LIMIT 1""");
        var report = await hele.Verify();
        Assert.Equal(["LogNodes", "LogGroups"], report.Findings.Select(f => f.Table));
        Assert.All(report.Findings, f => Assert.Equal(FindingKind.TreeChanged, f.Kind));
    }

    /// <summary>Whoever has the database and the key can make everything inside it agree. The pin lies elsewhere.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_HistoryRewrittenConsistentlyAndSignedWithTheKey_IsNamedByThePin(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var appeal = await hele.Appeal(Lonely);
        var target = await hele.LastEntry(appeal.Id);
        EntryText.TryParse(target.Entry, out var old);
        old.TryGet("Title", out var before);
        var after = Commitment.Compute(Commitment.Prk(target.Salt), "Title", ValueBytes.Text("一切都好"));
        var entry = System.Text.Encoding.ASCII.GetBytes(old.ToString().Replace(Convert.ToBase64String(before), Convert.ToBase64String(after)));
        await behind.One("""UPDATE "Appeals" SET "Title" = '一切都好' WHERE "Id" = @p0""", appeal.Id);
        await behind.One("""UPDATE "Journal" SET "Entry" = @p0, "LeafHash" = @p1 WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p2""", entry, Merkle.HashLeaf(entry), target.LeafIndex);
        var frontier = new Frontier();
        var nodes = new List<(int Level, long Index, byte[] Hash)>();
        foreach (var leaf in await behind.Rows("""SELECT "LeafHash" FROM "Journal" WHERE "JurisdictionId" = 1 ORDER BY "LeafIndex" """))
            frontier.Append((byte[])leaf[0], (level, index, hash) => { if (level > 0) nodes.Add((level, index, hash.ToArray())); });
        foreach (var (level, index, hash) in nodes)
            await behind.One("""UPDATE "LogNodes" SET "Hash" = @p0 WHERE "JurisdictionId" = 1 AND "Level" = @p1 AND "NodeIndex" = @p2""", hash, level, index);
        await behind.One("""UPDATE "LogHeads" SET "Frontier" = @p0 WHERE "JurisdictionId" = 1""", frontier.ToBytes());

        var again = await hele.Restart();
        await using var _ = again;
        var found = (await again.Verify()).Only(FindingKind.PinMismatch);

        Assert.Equal(TestInstallation.HexiCode, found.Jurisdiction);
        Assert.Contains(TestInstallation.HexiCode, found.Sentence.Zh);
        // The signature over the forged log is good; only the pin tells.
        var note = await again.Read(db => again.Log.Checkpoint(db, TestInstallation.Hexi));
        Assert.True(Checkpoint.TryOpen(note, new NoteVerifier(again.Log.VerifierKey($"{TestInstallation.OriginPrefix}/{TestInstallation.HexiCode}")), out var signed));
        Assert.Equal(frontier.Root(), signed.Root.ToArray());
        await again.Log.CheckPins(TestContext.Current.CancellationToken);
        Assert.Equal(found.Sentence, again.Log.ReadOnlyReason);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_UnexpectedTriggerOrView_NamesIt(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        if (!behind.IsSqlite)
            await behind.Run("CREATE FUNCTION helpful() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"Round\" = 0; RETURN NEW; END'");
        await behind.Run(behind.IsSqlite
            ? """CREATE TRIGGER "helpful" AFTER UPDATE ON "Appeals" BEGIN UPDATE "Appeals" SET "Round" = 0 WHERE "Id" = NEW."Id"; END"""
            : """CREATE TRIGGER "helpful" BEFORE UPDATE ON "Appeals" FOR EACH ROW EXECUTE FUNCTION helpful()""");
        var found = (await hele.Verify()).Only(FindingKind.SchemaUnexpected);
        Assert.Equal((null, "Appeals"), (found.Jurisdiction, found.Table));
        Assert.Contains("helpful", found.Sentence.Zh);
        await behind.Run(behind.IsSqlite ? "DROP TRIGGER helpful" : "DROP TRIGGER helpful ON \"Appeals\"");

        await behind.Run("""CREATE VIEW "MyAppeals" AS SELECT * FROM "Appeals" """);
        Assert.Equal("MyAppeals", (await hele.Verify()).Only(FindingKind.SchemaUnexpected).Table);
        await behind.Run("DROP VIEW \"MyAppeals\"");
        (await hele.Verify()).AssertGreen();
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Verify_FenceOrForeignKeysOffOnPostgres_NamesTheTable()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        var behind = new BehindTheBack(hele);
        foreach (var (off, on) in new[]
        {
            ("ALTER TABLE \"Appeals\" NO FORCE ROW LEVEL SECURITY", "ALTER TABLE \"Appeals\" FORCE ROW LEVEL SECURITY"),
            ("ALTER TABLE \"Appeals\" DISABLE TRIGGER ALL", "ALTER TABLE \"Appeals\" ENABLE TRIGGER ALL"),
            ("CREATE POLICY everything ON \"Appeals\" USING (true)", "DROP POLICY everything ON \"Appeals\""),
            ("CREATE RULE quiet AS ON DELETE TO \"Appeals\" DO INSTEAD NOTHING", "DROP RULE quiet ON \"Appeals\""),
        })
        {
            await behind.Run(off);
            Assert.Equal("Appeals", (await hele.Verify()).Only(FindingKind.SchemaUnexpected).Table);
            await behind.Run(on);
        }
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>SQLite keeps any kind of value in any column. What the program never writes is a finding, not an error.</summary>
    [Fact]
    public async Task Verify_OtherKindsOfValueOnSqlite_NamesThem()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Sqlite);
        var behind = new BehindTheBack(hele);
        var appeal = await hele.Appeal(Lonely);
        foreach (var (column, value) in new[]
        {
            ("Round", "'none'"), ("Round", "0.5"), ("DueIsProvisional", "'no'"), ("DueIsProvisional", "7"), ("FiledAt", "'2026-10-30'"), ("FiledAt", "-1"), ("FiledOn", "'yesterday'"), ("FiledOn", "20261030"),
            ("Title", "CAST(\"Title\" AS BLOB)"), ("Title", "\"Title\" || char(0) || 'hidden'"), ("Title", "CAST(x'ff41' AS TEXT)"), ("AppellantId", "'somebody'"), ("AppellantId", "x'00'"), ("State", "x'00'"), ("State", "'已办结'"), ("Channel", "1"),
        })
        {
            var old = await behind.Scalar($"SELECT \"{column}\" FROM \"Appeals\" WHERE \"Id\" = @p0", appeal.Id);
            await behind.One($"UPDATE \"Appeals\" SET \"{column}\" = {value} WHERE \"Id\" = @p0", appeal.Id);
            var report = await hele.Verify();
            Assert.True(report.Findings.Count == 1, $"{column} = {value}: {report.Text()}");
            var found = report.Only(FindingKind.ValueChanged);
            Assert.Equal(("Appeals", appeal.Id, column), (found.Table, found.Row, found.Column));
            await behind.One($"UPDATE \"Appeals\" SET \"{column}\" = @p0 WHERE \"Id\" = @p1", old, appeal.Id);
        }

        await behind.One("""UPDATE "Appeals" SET "Id" = 'an id' WHERE "Id" = @p0""", appeal.Id);
        Assert.Equal([FindingKind.RowInserted, FindingKind.RowDeleted], (await hele.Verify()).Findings.Select(f => f.Kind));
        await behind.One("""UPDATE "Appeals" SET "Id" = @p0 WHERE "Id" = 'an id'""", appeal.Id);

        await behind.One("""UPDATE "Appeals" SET "JurisdictionId" = 77 WHERE "Id" = @p0""", appeal.Id);
        Assert.Equal([FindingKind.JurisdictionUnknown, FindingKind.RowDeleted], (await hele.Verify()).Findings.Select(f => f.Kind));
        await behind.One("""UPDATE "Appeals" SET "JurisdictionId" = 1 WHERE "Id" = @p0""", appeal.Id);

        foreach (var (column, value) in new[] { ("OnDate", "'soon'"), ("At", "'now'"), ("ActorId", "'me'"), ("EventId", "x'01'"), ("Reason", "x'01'") })
        {
            var old = await behind.Scalar($"SELECT \"{column}\" FROM \"Journal\" WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = 30");
            await behind.One($"UPDATE \"Journal\" SET \"{column}\" = {value} WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = 30");
            Assert.Equal(column, (await hele.Verify()).Only(FindingKind.OpeningChanged).Column);
            await behind.One($"UPDATE \"Journal\" SET \"{column}\" = @p0 WHERE \"JurisdictionId\" = 1 AND \"LeafIndex\" = 30", old);
        }
        await behind.One("""UPDATE "Journal" SET "LeafIndex" = 'first' WHERE "JurisdictionId" = 1 AND "LeafIndex" = 30""");
        Assert.Contains((await hele.Verify()).Findings, f => f.Kind == FindingKind.EntryMissing && f.Leaf == 30);
        await behind.One("""UPDATE "Journal" SET "LeafIndex" = 30 WHERE "LeafIndex" = 'first'""");
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>
    /// A hex editor on the file of the stopped program. A list that is read from an index must show what the table holds, or verify has looked at
    /// something else than the user: so a change in the index alone must be found too.
    /// </summary>
    [Fact]
    public async Task Verify_BytesOfTheSqliteFileChanged_FindsTableAndIndex()
    {
        var hele = await HistoryTemplate.Copy(TestDatabase.Sqlite);
        var appeal = await hele.Appeal(Lonely);
        await hele.Stop();
        Assert.False(File.Exists(hele.Options.SqliteFile + "-wal"), "the stopped program leaves one whole file");
        var file = await File.ReadAllBytesAsync(hele.Options.SqliteFile, TestContext.Current.CancellationToken);
        var code = System.Text.Encoding.ASCII.GetBytes(appeal.PublicCode);
        var seen = new List<string>();
        for (var at = file.AsSpan().IndexOf(code); at >= 0; at = file.AsSpan(at + 1).IndexOf(code) is var next and >= 0 ? at + 1 + next : -1)
        {
            var changed = file.ToArray();
            changed[at + code.Length - 1] = changed[at + code.Length - 1] == '2' ? (byte)'3' : (byte)'2';
            await File.WriteAllBytesAsync(hele.Options.SqliteFile, changed, TestContext.Current.CancellationToken);
            var again = TestInstallation.Open(hele.Options, TestDatabase.Sqlite);
            var report = await again.Verify();
            seen.Add(string.Join(" ", report.Findings.Select(f => f.Kind).Distinct().Order()));
            Assert.All(report.Findings.Where(f => f.Kind == FindingKind.ValueChanged), f => Assert.Equal(("Appeals", appeal.Id, "PublicCode"), (f.Table, f.Row, f.Column)));
            await again.Stop();
        }
        Directory.Delete(Path.GetDirectoryName(hele.Options.DataDirectory)!, recursive: true);

        // The row, the index over it, and the remembered answer of the operation, which is no fact.
        Assert.Equal(["", "FileDamaged", "ValueChanged FileDamaged"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Verify_MoreFindingsThanFit_ListsTheFirstAndCountsTheRest()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Sqlite);
        var behind = new BehindTheBack(hele);
        foreach (var set in new[]
        {
            """ "ColumnTies" SET "LeafIndex" = "LeafIndex" + 1""",
            """ "Appeals" SET "Title" = 'x', "Text" = 'x', "Place" = 'x', "Kind" = 'x', "Channel" = 'x', "State" = 'x', "FiledAt" = 1, "FiledOn" = '2020-01-01'""",
            """ "AppealAnswers" SET "Text" = 'x', "LoggedAt" = 1, "AnsweredOn" = '2020-01-01', "Round" = "Round" + 5""",
            """ "AppealVerdicts" SET "Remark" = 'x', "LoggedAt" = 1, "JudgedOn" = '2020-01-01', "Channel" = 'x'""",
        })
            await behind.Run("UPDATE" + set);

        var report = await hele.Verify();

        Assert.Equal(VerificationReport.FindingLimit, report.Findings.Count(f => f.Jurisdiction == TestInstallation.HexiCode));
        Assert.True(report.Omitted > 0);
        Assert.Equal(report.Findings.Count + report.Omitted, report.Jurisdictions.Sum(j => j.Findings));
        Assert.Equal(report.Findings.Select(f => f.Sentence), (await hele.Verify()).Findings.Select(f => f.Sentence));
    }

    private static Guid VerificationKey(object id) => id is byte[] bytes ? new Guid(bytes, true) : (Guid)id;

    private static Task<List<string>> Columns<T>(TestInstallation hele) => hele.Read(db => Task.FromResult(CommittedTable.Of(db.Model.FindEntityType(typeof(T))!).Columns.Select(c => c.Name).ToList()));
}
