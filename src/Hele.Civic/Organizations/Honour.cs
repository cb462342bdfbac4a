using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Organizations;

/// <summary>What an honour looks like.</summary>
public enum HonourKind
{
    /// <summary>荣誉称号: a title.</summary>
    Title,

    /// <summary>奖状、奖牌: a prize.</summary>
    Prize,

    /// <summary>锦旗: a silk banner, from those who were helped.</summary>
    Banner,

    /// <summary>表扬信、感谢信: a letter.</summary>
    Letter,
}

/// <summary>Who awarded it.</summary>
public enum HonourLevel
{
    /// <summary>国家级.</summary>
    National,

    /// <summary>省级.</summary>
    Province,

    /// <summary>市级.</summary>
    City,

    /// <summary>区县级.</summary>
    District,

    /// <summary>街道级.</summary>
    Subdistrict,

    /// <summary>社区、单位或居民.</summary>
    Community,
}

/// <summary>荣誉: of the community, of one of its bodies, or of a person. An honour that was withdrawn stays, shown as withdrawn.</summary>
public sealed class Honour : Owned
{
    public const int TitleLength = 60, IssuerLength = 60, ReasonLength = 200;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required HonourKind Kind { get; init; }
    public required HonourLevel Level { get; init; }

    /// <summary>市五好社区党组织.</summary>
    public required string Title { get; init; }

    public required string Issuer { get; init; }

    /// <summary>The body it is for; null with <see cref="PersonId"/> null for the community itself.</summary>
    public Guid? BodyId { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>The person agreed that their name stands in the public list; false for a body's or the community's, which are public anyway.</summary>
    public bool NameAgreed { get; init; }

    public required DateOnly AwardedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    public DateOnly? WithdrawnOn { get; private set; }
    public string? WithdrawnFor { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateOnly on, string why, DateTimeOffset at) => (WithdrawnOn, WithdrawnFor, WithdrawnAt) = (on, why, at);
}
