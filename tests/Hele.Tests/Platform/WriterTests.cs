using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

public class WriterTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Appeal_FromFilingToVerdict_WritesRowsEventsAndLeaves(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));

        var code = await hele.FileAppeal(liu);
        Assert.True((await hele.Accept(zhao, code)).Accepted);
        Assert.True((await hele.Answer(zhao, code)).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: false)).Accepted);
        Assert.True((await hele.Answer(zhao, code, "换了新开关，请再看。")).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: true)).Accepted);

        var appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));
        Assert.Equal(AppealState.Satisfied, appeal.State);
        Assert.Equal(2, appeal.Round);
        var kinds = await hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == "Appeals").OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync());
        Assert.Equal(["appeal.filed", "appeal.accepted", "appeal.answered", "appeal.judged-dissatisfied", "appeal.answered", "appeal.judged-satisfied"], kinds);

        var (head, leaves) = await hele.Read(async db => (await db.Set<LogHead>().SingleAsync(), await db.Set<JournalRow>().CountAsync()));
        Assert.Equal(leaves, head.Size);
        var note = await hele.Read(db => hele.Log.Checkpoint(db, TestInstallation.Hexi));
        Assert.StartsWith($"hele.test/{TestInstallation.HexiCode}\n{leaves}\n", note.Text);
    }
}
