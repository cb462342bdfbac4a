using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Access;

/// <summary>A role that a post carries. Residents hold no post: they act as themselves.</summary>
public enum Role
{
    GridWorker,
    Clerk,
    Secretary,
    Supervisor,
    SystemAdministrator,
    SecurityAdministrator,

    /// <summary>街道工作人员.</summary>
    SubdistrictOfficer,

    /// <summary>区级工作人员.</summary>
    DistrictOfficer,
}

/// <summary>A verb on a kind of record. Modules declare theirs as constants; pages and operations name them.</summary>
/// <param name="Code">Stable, e.g. <c>appeal.accept</c>.</param>
/// <param name="Roles">Posts whose holders have it, within their jurisdiction.</param>
/// <param name="Residents">Whether a signed-in resident has it, for what is their own.</param>
public sealed record Permission(string Code, Bilingual Title, IReadOnlyList<Role> Roles, bool Residents = false)
{
    /// <summary>A resident has it only where residents live: in a community, not in the register of a sub-district's staff.</summary>
    public bool ResidentsOfCommunities { get; init; }

    public override string ToString() => Code;
}

/// <summary>A post somebody holds on a day: authority, in one jurisdiction, for a term.</summary>
/// <param name="ScopeId">Which grid, team or case it is limited to; null for the whole jurisdiction.</param>
public sealed record HeldPost(Guid PostId, int JurisdictionId, Role Role, Guid? ScopeId = null);

/// <summary>
/// Who is looking or acting: the subject of every access decision. Made anew for each request from the database; null stands for somebody
/// who isn't signed in.
/// </summary>
/// <param name="JurisdictionId">The jurisdiction they work in at the moment; all reading and writing stays inside it.</param>
/// <param name="PersonId">Their person in that jurisdiction.</param>
/// <param name="Posts">Posts they hold today in that jurisdiction.</param>
public sealed record Viewer(Guid AccountId, int JurisdictionId, Guid PersonId, string Name, IReadOnlyList<HeldPost> Posts)
{
    public bool IsStaff => Posts.Count > 0;

    /// <summary>The level of the jurisdiction they work in.</summary>
    public JurisdictionLevel Level { get; init; } = JurisdictionLevel.Community;

    /// <summary>Every jurisdiction that knows them; they choose among these where to work.</summary>
    public IReadOnlyList<int> Places { get; init; } = [];
    /// <summary>System and security administration in one hand: allowed, and said on every page they see.</summary>
    public bool HoldsBothAdministrations => Posts.Any(p => p.Role == Role.SystemAdministrator) && Posts.Any(p => p.Role == Role.SecurityAdministrator);

    public bool Has(Permission permission) =>
        Posts.Any(p => permission.Roles.Contains(p.Role)) || (permission.Residents && PersonId != Guid.Empty && (Level == JurisdictionLevel.Community || !permission.ResidentsOfCommunities));

    /// <summary>The post in which they do this: the first that carries the permission; null when they act as a resident.</summary>
    public HeldPost? PostFor(Permission permission) => Posts.FirstOrDefault(p => permission.Roles.Contains(p.Role));

    /// <summary>An act by this viewer, now.</summary>
    /// <param name="operation">The id the form carried; the same id twice is the same act.</param>
    public Act Act(Permission permission, Guid operation, string? reason = null, DateOnly? on = null) => new()
    {
        OperationId = operation,
        AccountId = AccountId,
        PersonId = PersonId,
        PostId = PostFor(permission)?.PostId,
        JurisdictionId = JurisdictionId,
        Reason = reason,
        On = on,
    };
}

/// <summary>
/// Who, in which post, where, when it happened, why. Every write of a fact takes one; the rows, the events, their log entries and the
/// idempotency record commit together or not at all.
/// </summary>
public sealed record Act
{
    /// <summary>Bound to the account; consumed only when the act is accepted. Made by <see cref="OperationIds"/> when it comes from a form.</summary>
    public required Guid OperationId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The actor's person in the jurisdiction; null for the installation itself.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The post in which they act; null for a resident.</summary>
    public Guid? PostId { get; init; }

    public required int JurisdictionId { get; init; }

    /// <summary>The business date: the day it happened, when that isn't today.</summary>
    public DateOnly? On { get; init; }

    public string? Reason { get; init; }

    /// <summary>
    /// An act of somebody who isn't signed in. All of them share one account, so that the same words from two people must not be taken for one sent twice, nor the first one's code be shown
    /// to the second: the form's id is turned into one by which alone it is known.
    /// </summary>
    public static Act Unnamed(Guid operation, int jurisdiction)
    {
        var id = operation.ToByteArray(bigEndian: true);
        id[6] = (byte)(0x80 | (id[6] & 0x0F));
        return new Act { OperationId = new Guid(id, bigEndian: true), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction };
    }
}

/// <summary>
/// The ids that forms carry. A form opened anew has a new one, so back and send again, without script, looks like a second act; the id says
/// whether the person has been asked about that. An id of any other kind comes from a program, which says by it alone what is one act.
/// </summary>
public static class OperationIds
{
    /// <summary>For a form as it is first shown (version 7).</summary>
    public static Guid New() => Guid.CreateVersion7();

    /// <summary>For a form whose reader was told that this had been sent already, and may send it as new (version 8).</summary>
    public static Guid ToSendAsNew()
    {
        var bytes = Guid.CreateVersion7().ToByteArray(bigEndian: true);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>True when nobody has been asked yet whether the same content is meant to be sent once more.</summary>
    public static bool AsksFirst(Guid id) => id.Version == 7;
}

/// <summary>The account that acts when nobody does: the installation setting itself up.</summary>
public static class SystemAccount
{
    public static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");
}
