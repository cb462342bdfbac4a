using Hele.Civic.Jurisdictions;
using Hele.Civic.Platform.Access;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>The tree of jurisdictions, as it is asked everywhere: who lies above, which communities lie below.</summary>
public class JurisdictionTreeTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tree_IsAskedUpAndDown(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await using var lease = await hele.Database.Read([]);
        var (db, tree) = (lease.Db, new JurisdictionDirectory());

        Assert.Equal((TestInstallation.HexiCode, JurisdictionLevel.Community), ((await tree.Get(db, TestInstallation.Hexi)).Code, (await tree.Get(db, TestInstallation.Hexi)).Level));
        Assert.Equal(TestInstallation.Street, (await tree.Above(db, TestInstallation.Hexi))?.Id);
        Assert.Equal(TestInstallation.District, (await tree.Above(db, TestInstallation.Street))?.Id);
        Assert.Null(await tree.Above(db, TestInstallation.District));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await tree.Get(db, 99));

        // From a district through its sub-districts; a community lies below itself no more than a sub-district counts as one.
        foreach (var above in (int[])[TestInstallation.District, TestInstallation.Street])
            Assert.Equal([TestInstallation.HexiCode, TestInstallation.OtherCode], (await tree.CommunitiesBelow(db, above)).Select(j => j.Code));
        Assert.Empty(await tree.CommunitiesBelow(db, TestInstallation.Hexi));

        // By its code, whether it was asked for before or not.
        Assert.Equal(TestInstallation.Hexi, (await tree.Find(db, TestInstallation.HexiCode))?.Id);
        Assert.Equal(TestInstallation.Other, (await tree.Find(db, TestInstallation.OtherCode))?.Id);
        Assert.Null(await tree.Find(db, "999999999999"));
    }

    /// <summary>One opened later is there at once, in the order of the codes and not of their opening; what was asked once isn't read again.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tree_KnowsWhatIsOpenedLater(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var tree = new JurisdictionDirectory();
        await using (var before = await hele.Database.Read([]))
        {
            Assert.Equal(2, (await tree.CommunitiesBelow(before.Db, TestInstallation.Street)).Count);
            Assert.NotNull(await tree.Find(before.Db, TestInstallation.StreetCode));
        }
        var open = hele.Get<OpenJurisdiction>();
        Assert.True((await open.Run(new(5, TestInstallation.District, JurisdictionLevel.Subdistrict, "999101000", "柳河街道", "Liuhe Sub-district", TestInstallation.OriginPrefix, Simulated: true))).Accepted);
        Assert.True((await open.Run(new(6, 5, JurisdictionLevel.Community, "999101000001", "柳河社区", "Liuhe Community", TestInstallation.OriginPrefix, Simulated: true))).Accepted);

        await using var lease = await hele.Database.Read([]);
        Assert.Equal(["999101000001", TestInstallation.HexiCode, TestInstallation.OtherCode], (await tree.CommunitiesBelow(lease.Db, TestInstallation.District)).Select(j => j.Code));
        Assert.Equal([TestInstallation.Hexi, TestInstallation.Other], (await tree.CommunitiesBelow(lease.Db, TestInstallation.Street)).Select(j => j.Id));
        Assert.Equal(6, (await tree.Find(lease.Db, "999101000001"))?.Id);
        Assert.Equal(5, (await tree.Above(lease.Db, 6))?.Id);
        // Whatever was asked for once is known without a database.
        var known = await tree.Get(lease.Db, 6);
        Assert.Same(known, await tree.Get(null!, 6));
        Assert.Same(known, await tree.Find(null!, "999101000001"));
    }
}
