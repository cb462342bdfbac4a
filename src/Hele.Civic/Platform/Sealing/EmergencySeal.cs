using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Sealing;

/// <summary>A sealed column that may be opened in an emergency, as the module that owns it knows it.</summary>
/// <param name="Code">Stable: <c>person.phone</c>.</param>
/// <param name="Entity">The table's type.</param>
/// <param name="Property">The property that holds the sealed bytes.</param>
/// <param name="ByCode">The one record of a public code.</param>
/// <param name="Subject">The person, or the matter, under whose key it is sealed.</param>
/// <param name="Opens">Whether this viewer's permissions open it anyway: then no emergency is needed.</param>
/// <param name="Name">What the record is called before this viewer; null when they may not even know that.</param>
public sealed record EmergencySeal(string Code, Bilingual Title, Type Entity, string Property, Func<HeleDb, string, IQueryable<Owned>> ByCode, Func<Owned, Guid> Subject,
    Func<Owned, byte[]?> Bytes, Func<Viewer, Owned, bool> Opens, Func<Viewer, Owned, string?> Name);
