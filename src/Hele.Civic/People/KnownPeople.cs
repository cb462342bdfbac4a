using Hele.Civic.Kernel;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Somebody a row speaks about.</summary>
/// <param name="Door">Where the row says they live, in whatever form the ledger compares it; null where it doesn't say.</param>
/// <param name="Born">The day they were born; null where it doesn't say.</param>
internal sealed record RowPerson(string Name, string? Identity, string? Phone, string? Address, string? Door, DateOnly? Born = null);

/// <summary>Who a row means.</summary>
/// <param name="Id">Of somebody who is known; null for somebody new.</param>
internal sealed record Meant(KnownPerson? Known, IReadOnlyList<Candidate> Ask, bool IsWrong = false);

/// <summary>Somebody in the register, as far as an import needs to know them.</summary>
internal sealed record KnownPerson(Guid Id, string Code, string Name, string? Address, string? PhoneMasked, byte[]? PhoneIndex, byte[]? IdentityIndex, DateOnly? LeftOn, string? BornMasked)
{
    public string? Door { get; set; }
}

/// <summary>
/// The register as a whole ledger is compared with it. People of one name are never made one by the name alone: the same identity number, or the same
/// name behind the same door, is the same person; who has another number is somebody else; whoever nothing tells apart is asked about.
/// </summary>
internal sealed class KnownPeople
{
    private readonly LedgerContext _on;
    private readonly ILookup<string, KnownPerson> _byName;
    private readonly Dictionary<string, KnownPerson> _byIdentity;
    private readonly Dictionary<string, int> _rowOfIdentity = [], _rowOfDoor = [], _rowOfPhone = [];
    private readonly Dictionary<Guid, int> _rowOfPerson = [];
    private readonly HashSet<string> _claimed = [];
    private readonly Dictionary<string, byte[]> _identities = [], _phones = [];

    private KnownPeople(LedgerContext on, List<KnownPerson> people)
    {
        _on = on;
        _byName = people.ToLookup(p => p.Name);
        _byIdentity = people.Where(p => p.IdentityIndex is not null).GroupBy(p => Convert.ToHexString(p.IdentityIndex!)).ToDictionary(g => g.Key, g => g.First());
        ById = people.ToDictionary(p => p.Id);
    }

    public IReadOnlyDictionary<Guid, KnownPerson> ById { get; }

    public static async Task<KnownPeople> Load(LedgerContext on) => new(on, await on.Db.Set<Person>().AsNoTracking().Where(p => p.ErasedOn == null)
        .Select(p => new KnownPerson(p.Id, p.PublicCode, p.Name, p.Address, p.PhoneMasked, p.PhoneIndex, p.IdentityIndex, p.LeftOn, p.BornMasked)).ToListAsync());

    public byte[] IdentityIndex(string number) => _identities.TryGetValue(number, out var index) ? index : _identities[number] = IdentityNumber.Index(_on.Seals, _on.JurisdictionId, number);

    public byte[] PhoneIndex(string digits) => _phones.TryGetValue(digits, out var index) ? index : _phones[digits] = Phone.Index(_on.Seals, _on.JurisdictionId, digits);

    /// <summary>Says beforehand who stands in the ledger where the register has them: nobody is asked whether another row means them too.</summary>
    public void Claim(RowPerson said)
    {
        if (said.Door is not null)
            _claimed.Add(said.Name + "\n" + said.Door);
        if (said.Identity is not null)
            _claimed.Add(Convert.ToHexString(IdentityIndex(said.Identity)));
    }

    private bool IsClaimed(KnownPerson known) =>
        (known.Door is not null && _claimed.Contains(known.Name + "\n" + known.Door)) || (known.IdentityIndex is not null && _claimed.Contains(Convert.ToHexString(known.IdentityIndex)));

    /// <summary>Whom a row means; says in the row what contradicts itself or stands twice.</summary>
    public Meant Find(LedgerRow row, RowPerson said)
    {
        if (Twice(row, said))
            return new(null, [], true);
        var identity = said.Identity is null ? null : IdentityIndex(said.Identity);
        if (identity is not null && _byIdentity.GetValueOrDefault(Convert.ToHexString(identity)) is { } holder)
        {
            if (holder.Name == said.Name)
                return Once(row, holder);
            row.Wrong(null, ($"这个身份证号在登记册里是“{holder.Name}”的，姓名对不上，请核对。", $"in the register this identity number is {holder.Name}'s: the names differ. Please check."));
            return new(null, [], true);
        }
        var phone = said.Phone is null ? null : PhoneIndex(said.Phone);
        var perhaps = new List<KnownPerson>();
        foreach (var known in _byName[said.Name].Where(p => p.LeftOn is null))
        {
            var sameDoor = said.Door is not null && known.Door == said.Door;
            var samePhone = phone is not null && known.PhoneIndex is not null && phone.AsSpan().SequenceEqual(known.PhoneIndex);
            var sameAddress = said.Address is { Length: > 0 } address && known.Address is { } there && Masking.TrimAddress(address) == Masking.TrimAddress(there);
            if (identity is not null && known.IdentityIndex is not null)
            {
                // Another number: another person, unless all else is the same and one of the numbers may be a slip.
                if (sameDoor || samePhone || sameAddress)
                    perhaps.Add(known);
                continue;
            }
            if (sameDoor)
                return Once(row, known);
            // Who lives elsewhere may have moved: only a number tells two people of one name apart.
            if (samePhone || sameAddress || ((phone is null || known.PhoneIndex is null) && !IsClaimed(known)))
                perhaps.Add(known);
        }
        if (perhaps.Count == 0)
            return new(null, []);
        var answer = _on.Answers.GetValueOrDefault(row.Number);
        if (perhaps.FirstOrDefault(p => p.Code == answer) is { } chosen)
            return Once(row, chosen);
        return answer == LedgerContext.ANewOne ? new(null, []) : new(null, [.. perhaps.Take(10).Select(p => new Candidate(p.Code, Told(p)))]);
    }

    private static Bilingual Told(KnownPerson person)
    {
        string[] zh = [person.Name, person.Address ?? "", person.PhoneMasked ?? ""];
        var known = string.Join(' ', zh.Where(w => w.Length > 0));
        return zh.Count(w => w.Length > 0) == 1 ? ($"{known}（没有登记住址和电话）", $"{known} (neither address nor telephone in the register)") : (known, known);
    }

    /// <summary>Nobody stands in a ledger twice.</summary>
    private bool Twice(LedgerRow row, RowPerson said)
    {
        int? other = null;
        if (said.Identity is not null && !_rowOfIdentity.TryAdd(said.Identity, row.Number))
            other = _rowOfIdentity[said.Identity];
        else if (said.Door is not null && !_rowOfDoor.TryAdd(said.Name + "\n" + said.Door, row.Number))
            other = _rowOfDoor[said.Name + "\n" + said.Door];
        else if (said.Identity is null && said.Phone is not null && !_rowOfPhone.TryAdd(said.Name + "\n" + said.Phone, row.Number))
            other = _rowOfPhone[said.Name + "\n" + said.Phone];
        if (other is { } number)
            row.Wrong(null, ($"和第{number}行是同一个人，请只留一行。", $"the same person as in row {number}; keep one of them."));
        return other is not null;
    }

    private Meant Once(LedgerRow row, KnownPerson known)
    {
        if (!_rowOfPerson.TryAdd(known.Id, row.Number))
            row.Wrong(null, ($"和第{_rowOfPerson[known.Id]}行在登记册里是同一个人，请只留一行。", $"in the register the same person as row {_rowOfPerson[known.Id]}; keep one of them."));
        else if (known.LeftOn is { } left)
            row.Wrong(null, ($"登记册里写明已于{left:yyyy年M月d日}离开本社区。如果回来了，请先在人员页面撤销“已离开”。", $"the register says that they left the community on {left:d MMM yyyy}. If they are back, take that back on their page first."));
        else
            return new(known, []);
        return new(known, [], true);
    }

    /// <summary>
    /// What a row adds to somebody who is known: a number to reach them, what they are known again by, an address where there was none, a day of birth where there was none or that of another
    /// year was. Two days of one year aren't told apart: that would need opening the seal of everybody in the ledger.
    /// </summary>
    public bool Adds(KnownPerson known, RowPerson said) =>
        (said.Identity is not null && !IdentityIndex(said.Identity).AsSpan().SequenceEqual(known.IdentityIndex)) || (said.Phone is not null && !PhoneIndex(said.Phone).AsSpan().SequenceEqual(known.PhoneIndex))
        || (known.Address is null && said.Address is { Length: > 0 }) || (said.Born is { } born && Birthday.Masked(born) != known.BornMasked);

    /// <summary>Writes that.</summary>
    /// <param name="movedTo">Where the ledger says that they live now, when that is new.</param>
    public async Task Correct(ActScope scope, KnownPerson known, RowPerson said, string? movedTo = null)
    {
        var person = await scope.Db.Set<Person>().SingleAsync(p => p.Id == known.Id);
        person.Address = movedTo ?? person.Address;
        await Set(scope, person, said);
        scope.Record(person, CorrectPerson.Corrected);
    }

    /// <summary>Registers somebody new.</summary>
    public async Task<Person> Enter(ActScope scope, RowPerson said)
    {
        var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = said.Name, Address = null }, RegisterPerson.Registered);
        await Set(scope, person, said);
        return person;
    }

    private async Task Set(ActScope scope, Person person, RowPerson said)
    {
        if (person.Address is null && said.Address is { Length: > 0 })
            person.Address = said.Address;
        if (said.Identity is not null)
            person.KnowAgainBy(IdentityIndex(said.Identity));
        if (said.Phone is not null && !PhoneIndex(said.Phone).AsSpan().SequenceEqual(person.PhoneIndex))
            await Phone.Set(scope, _on.Seals, person, said.Phone);
        if (said.Born is { } born && Birthday.Masked(born) != person.BornMasked)
            await Birthday.Set(scope, _on.Seals, person, born);
    }
}

/// <summary>The columns by which ledgers speak about people, and how they are read.</summary>
internal static class PersonColumns
{
    public static readonly LedgerColumn
        Name = new("name", ("姓名", "Name"), ("名字 人员姓名 居民姓名 成员姓名 家庭成员姓名 户主姓名 住户姓名 人口姓名", "full-name person")) { Required = true },
        Identity = new("identity", ("身份证号", "Identity number"), ("身份证 身份证号码 身份证件号码 公民身份号码 公民身份证号码 证件号码 证件号 身份号码", "id idnumber id-number")) { Secret = true, Hint = ("只用来认出是不是同一个人，号码不保存。", "Only used to tell who is who; the number isn't kept.") },
        Phone = new("phone", ("电话号码", "Telephone number"), ("电话 手机 手机号 手机号码 联系方式 联系电话 本人电话 移动电话", "phone mobile tel telephone")) { Secret = true },
        Born = new("born", ("出生日期", "Date of birth"), ("出生年月日 出生年月 生日", "birthday born")) { Hint = ("密封保存，名单上只显示年份；有身份证号的先核对。", "Kept sealed, lists show the year alone; compared with the identity number where there is one.") },
        Sex = new("sex", ("性别", "Sex"), ("男女", "gender")) { Hint = ("只用来核对身份证号，不保存。", "Only compared with the identity number; it isn't kept.") };

    private static readonly IReadOnlyList<(Bilingual, bool)> Sexes = [(("男 男性 m", "male m"), true), (("女 女性 f", "female f"), false)];

    /// <summary>Who a row speaks about; what can't be read is said in the row.</summary>
    public static RowPerson Read(LedgerRow row, DateOnly today, string? address, string? door)
    {
        var name = row.Text(Name, Person.NameLength, required: true);
        var identity = IdentityNumber.Read(row, Identity, today);
        var phone = ReadPhone(row);
        var born = row.Date(Born);
        if (born is not null && identity is not null && Identifiers.BirthDate(identity) != born)
            row.Wrong(Born, ($"和身份证号里的{Identifiers.BirthDate(identity):yyyy年M月d日}对不上。", $"the identity number says {Identifiers.BirthDate(identity):d MMM yyyy}."));
        if (row.Choice(Sex, Sexes) is { } male && identity is not null && (identity[16] - '0') % 2 == 1 != male)
            row.Wrong(Sex, ("和身份证号对不上（倒数第二位单数是男，双数是女）。", "it doesn't fit the identity number (its last but one digit is odd for a man, even for a woman)."));
        return new(name, identity, phone, address, door, born);
    }

    private static string? ReadPhone(LedgerRow row)
    {
        if (ChineseText.Normalize(row.Raw(Phone)).Length == 0)
            return null;
        if (People.Phone.Normalize(row.Raw(Phone)) is { Length: > 0 } digits)
            return digits;
        row.Wrong(Phone, ("手机应是11位，座机7到12位（可带区号）；一格只填一个号码。", "11 digits for a mobile, 7 to 12 for a landline; one number in a cell."), row.Raw(Phone));
        return null;
    }
}
