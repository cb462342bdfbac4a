using System.Globalization;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Hosting;

/// <summary>
/// Which jurisdiction a request is about. For somebody who is signed in it is one that knows them; for everybody else it is the community
/// they chose, which shows them what is public there and nothing more.
/// </summary>
public sealed class Site(Database database, JurisdictionDirectory jurisdictions)
{
    /// <param name="chosen">What the browser says it chose: believed only where it exists and, for a viewer, where they have a place.</param>
    /// <returns>Null while there is none, or several and none is chosen.</returns>
    public async ValueTask<Jurisdiction?> Of(Viewer? viewer, int? chosen, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        if (viewer is not null)
            return await jurisdictions.Get(lease.Db, viewer.JurisdictionId, cancel);
        var communities = await Communities(lease.Db, cancel);
        return communities.Count == 1 ? communities[0] : communities.FirstOrDefault(j => j.Id == chosen);
    }

    /// <summary>The communities one can choose from, by code.</summary>
    public async Task<IReadOnlyList<Jurisdiction>> Communities(CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        return await Communities(lease.Db, cancel);
    }

    private static async Task<IReadOnlyList<Jurisdiction>> Communities(HeleDb db, CancellationToken cancel) =>
        await db.Jurisdictions.AsNoTracking().Where(j => j.Level == JurisdictionLevel.Community).OrderBy(j => j.Code).ToListAsync(cancel);
}

/// <summary>Choosing where to be: the community whose public pages are shown, or the place one works in.</summary>
public static class PlaceHosting
{
    public const string Cookie = "hele-place";
    public const string SwitchPath = "/place";

    public static int? Chosen(HttpContext context) =>
        int.TryParse(context.Request.Cookies[Cookie], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>POST /place with <c>to</c> (a jurisdiction's number) and <c>return</c> (a local path). The cookie gives no right: it is weighed anew at each request.</summary>
    public static void MapPlaceSwitch(this IEndpointRouteBuilder app) => app.MapPreference(SwitchPath, Cookie, static to =>
        int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id.ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>Where a public page of a community sends somebody who hasn't chosen one yet.</summary>
    public static string ChooserFor(HttpContext context) => "/?return=" + Uri.EscapeDataString(LocalPath.Current(context));
}
