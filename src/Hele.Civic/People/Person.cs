using System.Linq.Expressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>A person as a jurisdiction knows them. One person, many roles; the account, if they have one, is installation-wide.</summary>
public sealed class Person : Owned
{
    public static readonly EventKind Erased = new("person.erased", ("删除了个人信息", "Erased the entry"), Whole: true);

    public const int NameLength = 60;
    public const int AddressLength = 120;

    /// <summary>Random code by which pages name the person.</summary>
    public required string PublicCode { get; init; }

    /// <summary>Empty once the person has been erased.</summary>
    public required string Name { get; set; }

    /// <summary>Where they live, as spoken: 柳荫路12号院3号楼2单元。</summary>
    public string? Address { get; set; }

    public Guid? AccountId { get; private set; }

    /// <summary>The full number, sealed under the person's key; digits only.</summary>
    public byte[]? PhoneSealed { get; private set; }

    /// <summary>138****1234, for lists.</summary>
    public string? PhoneMasked { get; private set; }

    /// <summary>What the person is found by when somebody rings.</summary>
    public byte[]? PhoneIndex { get; private set; }

    /// <summary>The day they were born, sealed under their key; null where nobody has said it.</summary>
    public byte[]? BornOnSealed { get; private set; }

    /// <summary>2026-**-**, for lists.</summary>
    public string? BornMasked { get; private set; }

    /// <summary>What they are known again by when a ledger names their identity number; the number itself isn't kept.</summary>
    public byte[]? IdentityIndex { get; private set; }

    /// <summary>The day they left the community for good, as far as it knows: from then on their entry is kept for a time only.</summary>
    public DateOnly? LeftOn { get; private set; }

    /// <summary>The day they died; null for the living. From then on nobody asks them anything and no form offers them.</summary>
    public DateOnly? DiedOn { get; private set; }

    /// <summary>The day their data were erased; null for everybody else.</summary>
    public DateOnly? ErasedOn { get; private set; }

    /// <summary>How a newborn is called until the name is decided.</summary>
    public static readonly Bilingual Unnamed = ("未取名", "Not named yet");

    /// <summary>Who can be told, asked and greeted at all: every list of people to be told, asked or greeted is narrowed by this one expression.</summary>
    public static Expression<Func<Person, bool>> Living { get; } = p => p.ErasedOn == null && p.DiedOn == null;

    /// <summary>Who is here: living, and not gone from the community. Whom a form offers.</summary>
    public static Expression<Func<Person, bool>> Here { get; } = p => p.ErasedOn == null && p.DiedOn == null && p.LeftOn == null;

    /// <summary>Who can be told something in the program: everybody who is still there and can sign in.</summary>
    public static Expression<Func<Person, bool>> CanBeTold { get; } = p => p.ErasedOn == null && p.DiedOn == null && p.LeftOn == null && p.AccountId != null;

    public bool IsLiving => ErasedOn is null && DiedOn is null;

    public void Leave(DateOnly? on) => LeftOn = on;

    /// <summary>Their entry is kept for a time only from then on, or from when they had left.</summary>
    public void Die(DateOnly on) => (DiedOn, LeftOn) = (on, LeftOn ?? on);

    /// <param name="left">The day they had left before anybody said that they had died; null for whoever was here.</param>
    public void Live(DateOnly? left) => (DiedOn, LeftOn) = (null, left);

    public void GiveAccount(Guid account) => AccountId = account;

    public void BeBorn(byte[]? sealedDay, string? masked) => (BornOnSealed, BornMasked) = (sealedDay, masked);

    public void SetPhone(byte[]? sealedNumber, string? masked, byte[]? index) => (PhoneSealed, PhoneMasked, PhoneIndex) = (sealedNumber, masked, index);

    public void KnowAgainBy(byte[]? identityIndex) => IdentityIndex = identityIndex;

    /// <summary>Takes away everything that says who they are. What they did stays, without a name.</summary>
    public void Erase(DateOnly on)
    {
        (Name, Address, AccountId, ErasedOn) = ("", null, null, on);
        SetPhone(null, null, null);
        BeBorn(null, null);
        DiedOn = null;
        IdentityIndex = null;
    }
}

/// <summary>监护: who answers for somebody who can't yet, or no longer, do so alone. The guardian sees and asks for what is held about the ward.</summary>
public sealed class Guardianship : Owned
{
    public static readonly EventKind Erased = new("guardianship.erased", ("删除了监护依据", "Erased what a guardianship rests on"), Whole: true);

    public const int BasisLength = 200;

    public required Guid GuardianId { get; init; }
    public required Guid WardId { get; init; }

    /// <summary>What it rests on: 父母、法院指定, with the paper seen.</summary>
    public required string Basis { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it lasts.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;

    /// <summary>What ended it was a mistake.</summary>
    public void Resume() => To = null;

    /// <summary>One of the two was erased: it ends, and what it rested on goes.</summary>
    public void Erase(DateOnly on) => (Basis, To) = ("", To ?? on);
}
