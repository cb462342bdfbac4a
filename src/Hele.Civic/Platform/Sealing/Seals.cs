using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>
/// Seals values and works out their blind indexes. Opening is <see cref="OpenSeals"/>'s alone, because it leaves a record of who looked; a guard
/// keeps everybody else from it.
/// </summary>
public sealed class Seals(KeyVault vault, TimeProvider clock)
{
    public static readonly Problem Broken = new("seal.broken",
        ("这项内容的密封已损坏或密钥不在，打不开；请联系系统管理员。", "The seal of this value is damaged or its key is gone: it can't be opened. Please tell the system administrator."), Kind: ProblemKind.Conflict);

    /// <summary>Seals a text for one column of one row, under the key of the subject it is about.</summary>
    /// <param name="subject">The person, or the matter when the text is about several.</param>
    /// <param name="property">The property, which names the column.</param>
    public async Task<byte[]> Seal(ActScope scope, Guid subject, Owned row, string property, string value)
    {
        var (table, column) = Column(scope.Db, row, property);
        // A record that is being added has no key in the database yet: whoever adds thousands needn't ask for each.
        var key = await KeyOf(scope.Db, scope.Act.JurisdictionId, subject, isNew: subject == row.Id && scope.Db.Entry(row).State == EntityState.Added);
        return SealedBytes.Seal(key, Encoding.UTF8.GetBytes(value), SealedBytes.Place(scope.Act.JurisdictionId, table, column, row.Id));
    }

    /// <summary>
    /// What a value is found by without opening it: an HMAC under a key of its own, different in each jurisdiction and column, so that two
    /// communities can't compare their registers. 32 bytes.
    /// </summary>
    /// <param name="jurisdiction">0 for the installation's own accounts.</param>
    public byte[] Index(int jurisdiction, string table, string column, string normalized)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, vault.IndexKey());
        mac.AppendData(Encoding.UTF8.GetBytes($"hele/index/1|{jurisdiction}|{table}|{column}"));
        mac.AppendData([0]);
        mac.AppendData(Encoding.UTF8.GetBytes(normalized));
        return mac.GetHashAndReset();
    }

    /// <summary>Seals sign-in data of an account. Inside <see cref="Database.Operate"/> or an act.</summary>
    public async Task<byte[]> SealForAccount(HeleDb db, Guid account, string column, byte[] value)
    {
        var wrapped = db.Set<AccountKey>().Local.FirstOrDefault(k => k.AccountId == account) ?? await db.Set<AccountKey>().SingleOrDefaultAsync(k => k.AccountId == account);
        byte[] key;
        if (wrapped is null)
        {
            key = RandomNumberGenerator.GetBytes(KeyVault.KeySize);
            var master = vault.Current();
            db.Add(new AccountKey { AccountId = account, MasterKeyId = master.Id, Wrapped = SealedBytes.Seal(master.Key, key, SealedBytes.Wrapping(0, account)), CreatedAt = clock.Now() });
        }
        else
        {
            key = Unwrap(wrapped) ?? throw new CryptographicException($"The key of account {account} can't be unwrapped: master key {wrapped.MasterKeyId} is missing or the row was changed.");
        }
        return SealedBytes.Seal(key, value, SealedBytes.Place(0, "Accounts", column, account));
    }

    /// <summary>Opens sign-in data of an account, which the program itself needs to check a code or send one. No person sees it.</summary>
    internal async Task<byte[]?> OpenForAccount(HeleDb db, Guid account, string column, byte[] bytes)
    {
        var wrapped = await db.Set<AccountKey>().AsNoTracking().SingleOrDefaultAsync(k => k.AccountId == account);
        return wrapped is not null && Unwrap(wrapped) is { } key ? SealedBytes.Open(key, bytes, SealedBytes.Place(0, "Accounts", column, account)) : null;
    }

    /// <summary>Seals the bytes of a file under a key of its own, so that one file can be destroyed and the others of its matter stay.</summary>
    internal async Task<byte[]> SealFile(ActScope scope, Guid file, string column, byte[] plain) =>
        SealedBytes.Seal(await KeyOf(scope.Db, scope.Act.JurisdictionId, file), plain, SealedBytes.Place(scope.Act.JurisdictionId, FileTable, column, file));

    /// <summary>Opens the bytes of a file, which are read like the words of its matter, without a record of who looked.</summary>
    internal byte[]? OpenFile(SubjectKey wrapped, Guid file, string column, byte[] bytes) =>
        Unwrap(wrapped) is { } key ? SealedBytes.Open(key, bytes, SealedBytes.Place(wrapped.JurisdictionId, FileTable, column, file)) : null;

    /// <summary>
    /// Opens what the law puts before everybody for a time, while that time runs: no record says who of everybody read it. Whether it runs is its module's to say; a guard names the one class that asks.
    /// </summary>
    internal string? OpenShown(HeleDb db, SubjectKey wrapped, Owned row, string property, byte[] bytes)
    {
        var (table, column) = Column(db, row, property);
        return Unwrap(wrapped) is { } key && SealedBytes.Open(key, bytes, SealedBytes.Place(row.JurisdictionId, table, column, row.Id)) is { } plain ? Encoding.UTF8.GetString(plain) : null;
    }

    private const string FileTable = "FileBytes";

    /// <summary>Opens one value. Only after its view record was added to the same act.</summary>
    internal async Task<string?> Open(ActScope scope, Guid subject, Owned row, string property, byte[] bytes)
    {
        var (table, column) = Column(scope.Db, row, property);
        var wrapped = await Find(scope.Db, scope.Act.JurisdictionId, subject);
        var plain = wrapped is not null && Unwrap(wrapped) is { } key ? SealedBytes.Open(key, bytes, SealedBytes.Place(row.JurisdictionId, table, column, row.Id)) : null;
        return plain is null ? null : Encoding.UTF8.GetString(plain);
    }

    /// <summary>Wraps a key anew under the present master key; false when it can't be unwrapped or is wrapped by it already.</summary>
    internal bool Rewrap(IWrappedKey wrapped)
    {
        var master = vault.Current();
        if (wrapped.MasterKeyId == master.Id || Unwrap(wrapped) is not { } key)
            return false;
        wrapped.Wrapped = SealedBytes.Seal(master.Key, key, SealedBytes.Wrapping(wrapped.JurisdictionId, wrapped.SubjectId));
        wrapped.MasterKeyId = master.Id;
        return true;
    }

    /// <summary>Seals what only the program itself reads again, on its way or beside a record: an uploaded file, what an undo puts back. No person's view of it leaves a record.</summary>
    internal async Task<byte[]> SealAside(HeleDb db, int jurisdiction, Guid subject, string table, string column, Guid row, byte[] value) =>
        SealedBytes.Seal(await KeyOf(db, jurisdiction, subject), value, SealedBytes.Place(jurisdiction, table, column, row));

    /// <summary>Opens it; null when it was changed or its key is gone.</summary>
    internal async Task<byte[]?> OpenAside(HeleDb db, int jurisdiction, Guid subject, string table, string column, Guid row, byte[] bytes) =>
        await Find(db, jurisdiction, subject) is { } wrapped && Unwrap(wrapped) is { } key ? SealedBytes.Open(key, bytes, SealedBytes.Place(jurisdiction, table, column, row)) : null;

    private async Task<byte[]> KeyOf(HeleDb db, int jurisdiction, Guid subject, bool isNew = false)
    {
        if (await Find(db, jurisdiction, subject, isNew) is { } there)
            return Unwrap(there) ?? throw new CryptographicException($"The key of subject {subject} can't be unwrapped: master key {there.MasterKeyId} is missing or the row was changed.");
        var key = RandomNumberGenerator.GetBytes(KeyVault.KeySize);
        var master = vault.Current();
        db.Add(new SubjectKey
        {
            JurisdictionId = jurisdiction, SubjectId = subject, MasterKeyId = master.Id, Wrapped = SealedBytes.Seal(master.Key, key, SealedBytes.Wrapping(jurisdiction, subject)), CreatedAt = clock.Now(),
        });
        return key;
    }

    private static async Task<SubjectKey?> Find(HeleDb db, int jurisdiction, Guid subject, bool isNew = false) =>
        // By its key in the context's own map: looking through what an act has made would take longer the more it makes.
        db.Set<SubjectKey>().Local.FindEntryUntyped([jurisdiction, subject])?.Entity
        ?? (isNew ? null : await db.Set<SubjectKey>().SingleOrDefaultAsync(k => k.JurisdictionId == jurisdiction && k.SubjectId == subject));

    private byte[]? Unwrap(IWrappedKey wrapped) =>
        vault.Find(wrapped.MasterKeyId) is { } master ? SealedBytes.Open(master.Key, wrapped.Wrapped, SealedBytes.Wrapping(wrapped.JurisdictionId, wrapped.SubjectId)) : null;

    private static (string Table, string Column) Column(HeleDb db, Owned row, string property)
    {
        var type = db.Model.FindEntityType(row.GetType())!;
        var found = type.FindProperty(property) ?? throw new ArgumentException($"{type.ShortName()} has no property {property}.", nameof(property));
        if (PersonalDataMapping.Of(found)?.Class != DataClass.Sealed)
            throw new ArgumentException($"{type.ShortName()}.{property} is not mapped as sealed.", nameof(property));
        return (type.GetTableName()!, found.GetColumnName());
    }
}
