using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>
/// What anybody reads of a disclosure. Texts with personal data are opened here and only while they are up: on the day after the last one they are as closed as they ever were, whether or not anything has tidied up since.
/// </summary>
public sealed class ShownTexts(Seals seals)
{
    /// <summary>The content of a text for everybody on a day; null when it isn't up, is gone or can't be opened.</summary>
    internal async Task<DisclosureContent?> ForEverybody(HeleDb db, Disclosure disclosure, DisclosureText text, DateOnly today, CancellationToken cancel = default)
    {
        if (text.ShownAt is null || text.DisclosureId != disclosure.Id || disclosure.State is not (DisclosureState.Shown or DisclosureState.Archived))
            return null;
        if (!DisclosureKinds.Of(disclosure.Kind).IsPersonal)
            return text.Content is { } plain ? DisclosureContent.Parse(plain) : null;
        if (!disclosure.IsUpOn(today) || text.ContentSealed is not { } bytes)
            return null;
        var (jurisdiction, subject) = (disclosure.JurisdictionId, disclosure.Id);
        return await db.Set<SubjectKey>().AsNoTracking().SingleOrDefaultAsync(k => k.JurisdictionId == jurisdiction && k.SubjectId == subject, cancel) is { } key
            && seals.OpenShown(db, key, text, nameof(DisclosureText.ContentSealed), bytes) is { } json ? DisclosureContent.Parse(json) : null;
    }
}
