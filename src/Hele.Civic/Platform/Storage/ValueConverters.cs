using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hele.Civic.Platform.Storage;

/// <summary>Guids on SQLite: sixteen bytes, big-endian, so that version 7 order is byte order is insertion order.</summary>
public sealed class GuidBytes() : ValueConverter<Guid, byte[]>(v => v.ToByteArray(true), b => new Guid(b, true));

/// <summary>Instants on SQLite: UTC ticks, because text offsets neither sort nor compare there.</summary>
public sealed class InstantTicks() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));

/// <summary>Instants on PostgreSQL: timestamptz takes UTC only.</summary>
public sealed class InstantUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v.ToUniversalTime());
