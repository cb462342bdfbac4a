using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Search;

/// <summary>
/// What of a record goes into the full-text index. A module declares it once; Storage keeps the index in the transaction that changes the record.
/// Sealed columns never enter it, nor a name that isn't shown.
/// </summary>
/// <param name="Entity">The table's type.</param>
/// <param name="Text">The words it is found by.</param>
/// <param name="Facets">Tokens of <see cref="Token"/> that lists narrow by, so that a search filters inside the index.</param>
public sealed record Searchable(Type Entity, Func<Owned, string> Text, Func<Owned, IEnumerable<string>> Facets)
{
    /// <summary>One value of one facet as a token: longer than any pair of characters of a text, so that no text can look like it.</summary>
    public static string Token(string facet, string value) => new([.. $"{facet}{value}".ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);

    internal static string TableToken(string table) => Token("table", table);
    internal static string JurisdictionToken(int jurisdiction) => Token("jurisdiction", jurisdiction.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Everything the index holds of a record, as both databases take it: tokens joined by blanks.</summary>
    internal string Tokens(string table, Owned record) =>
        string.Join(' ', [ChineseText.IndexTokens(Text(record)), JurisdictionToken(record.JurisdictionId), TableToken(table), .. Facets(record)]);
}

/// <summary>A record's place in the full-text index: a number that grows as records are written, so that the newest are found first. The tokens lie beside it, as each database keeps them.</summary>
[Exempt("an index over the texts of records, kept in the transaction that changes them, and made anew at the command line")]
public sealed class SearchRow : IFenced
{
    public long Id { get; init; }
    public required int JurisdictionId { get; init; }
    public required string RowTable { get; init; }
    public required Guid RowId { get; init; }
}

/// <summary>What the index is to know of a record from now on; no tokens when it is gone.</summary>
public sealed record SearchEntry(int JurisdictionId, string RowTable, Guid RowId, string? Tokens);

/// <summary>A record found.</summary>
/// <param name="Id">Of its <see cref="SearchRow"/>.</param>
public readonly record struct SearchHit(long Id, Guid RowId);

/// <summary>Which part of the hits is wanted: the newest first below one row, or, upwards, the oldest first above one.</summary>
/// <param name="From">The row to start from, itself not wanted; null for the newest.</param>
/// <param name="Most">How many at most.</param>
public readonly record struct SearchWindow(long? From, bool Upwards, int Most);
