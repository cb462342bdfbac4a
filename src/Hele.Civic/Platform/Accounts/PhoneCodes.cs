using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>How many codes may be asked for. An installation that needs others changes them here.</summary>
public sealed record PhoneCodeLimits
{
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(5);
    public int Tries { get; init; } = 5;

    /// <summary>For one number: one a minute, five an hour, ten a day.</summary>
    public IReadOnlyList<(int Most, TimeSpan Within)> ForNumber { get; init; } = [(1, TimeSpan.FromMinutes(1)), (5, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))];

    /// <summary>For one client: the same.</summary>
    public IReadOnlyList<(int Most, TimeSpan Within)> ForClient { get; init; } = [(1, TimeSpan.FromMinutes(1)), (5, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))];

    /// <summary>For a network that many people share, such as the service hall's.</summary>
    public IReadOnlyList<(int Most, TimeSpan Within)> ForNetwork { get; init; } = [(10, TimeSpan.FromMinutes(1)), (60, TimeSpan.FromHours(1)), (200, TimeSpan.FromDays(1))];
}

/// <summary>A code on its way. It exists in this process's memory only, until it was handed to the gateway.</summary>
public sealed record OutgoingCode(Guid Id, string Number, string Code)
{
    public override string ToString() => $"code {Id}";
}

/// <summary>
/// Signing in with a code sent to a phone. Asking does the same for every number: it counts, makes a code and puts it into a queue. Whether the number is
/// somebody's is looked up beside the request, so neither answer nor time tells.
/// </summary>
public sealed class PhoneCodes(Database database, Seals seals, PhoneCodeLimits limits, TimeProvider clock)
{
    public static readonly Problem TooMany = new("phone-code.too-many", ("要验证码太频繁了，请过{0}分钟再试。", "Too many codes were asked for. Please try again in {0} min."), "Phone");
    public static readonly Problem Wrong = new("phone-code.wrong", ("验证码不对或已过期。可以重新输入，或者再要一个。", "The code is wrong or no longer good. Type it again, or ask for another."), "Code");

    private readonly Channel<OutgoingCode> _outgoing = Channel.CreateBounded<OutgoingCode>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public PhoneCodeLimits Limits => limits;

    /// <summary>Codes to be sent.</summary>
    public ChannelReader<OutgoingCode> Outgoing => _outgoing.Reader;

    public static byte[] Index(Seals seals, string digits) => seals.Index(0, "Accounts", nameof(Account.PhoneIndex), digits);

    /// <summary>Makes a code for a number, whoever's it is.</summary>
    /// <param name="digits">The number in its one form.</param>
    /// <returns>What the browser keeps: which code it asked for.</returns>
    public async Task<(Guid? Id, Problem? Problem)> Ask(string digits, SignInClient client)
    {
        var (number, network) = (Index(seals, digits), ClientIndex($"network {client.Network}"));
        var device = client.Device is { } known ? ClientIndex($"device {known:N}") : network;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var now = clock.Now();
        var id = Guid.NewGuid();
        var row = new PhoneCode { Id = id, NumberIndex = number, ClientIndex = device, CodeHash = HashOf(id, code), CreatedAt = now };
        TimeSpan? wait = null;
        await database.Operate(async db =>
        {
            var day = now - TimeSpan.FromDays(1);
            // A browser in which the number's owner has signed in before has a count of its own, which no stranger who keeps asking for codes to that number can fill.
            var own = client is { Device: not null, Known: { Count: > 0 } accounts } && await db.Accounts.AnyAsync(a => a.PhoneIndex == number && accounts.Contains(a.Id));
            var forNumber = await db.Set<PhoneCode>().Where(c => c.NumberIndex == number && (!own || c.ClientIndex == device) && c.CreatedAt > day).Select(c => c.CreatedAt).ToListAsync();
            var forClient = await db.Set<PhoneCode>().Where(c => c.ClientIndex == device && c.CreatedAt > day).Select(c => c.CreatedAt).ToListAsync();
            wait = new[] { Wait(forNumber, limits.ForNumber, now), Wait(forClient, client.Device is null ? limits.ForNetwork : limits.ForClient, now) }.Max();
            if (wait is null)
                db.Add(row);
        });
        if (wait is { } w)
            return (null, TooMany.With(Math.Max(1, (int)Math.Ceiling(w.TotalMinutes))));
        _outgoing.Writer.TryWrite(new OutgoingCode(id, digits, code));
        return (id, null);
    }

    /// <summary>The account of a number; null when it is nobody's. Asked beside the request, never within it.</summary>
    public async Task<Guid?> AccountOf(string digits, CancellationToken cancel = default)
    {
        var index = Index(seals, digits);
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Accounts.Where(a => a.PhoneIndex == index).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Checks a code: the newest of its number that its client asked for, in time, five tries, once. What strangers ask for makes nobody's own code bad.</summary>
    public async Task<(Guid? Account, Problem? Problem)> Check(Guid id, string? typed)
    {
        var code = string.Concat(ChineseText.Normalize(typed).Where(c => c != ' '));
        Guid? account = null;
        try
        {
            await database.Operate(async db =>
            {
                account = null;
                var row = await db.Set<PhoneCode>().AsTracking().SingleOrDefaultAsync(c => c.Id == id);
                if (row is null || row.Used || row.Tries >= limits.Tries || row.CreatedAt + limits.Lasts <= clock.Now())
                    return;
                row.Tries++;
                var newest = !await db.Set<PhoneCode>().AnyAsync(c => c.NumberIndex == row.NumberIndex && c.ClientIndex == row.ClientIndex && c.CreatedAt > row.CreatedAt);
                if (!newest || !CryptographicOperations.FixedTimeEquals(row.CodeHash, HashOf(id, code)))
                    return;
                row.Used = true;
                account = await db.Accounts.Where(a => a.PhoneIndex == row.NumberIndex).Select(a => (Guid?)a.Id).SingleOrDefaultAsync();
            });
        }
        catch (DbUpdateConcurrencyException)
        {
            return (null, Wrong);
        }
        return account is null ? (null, Wrong) : (account, null);
    }

    /// <summary>Removes codes that no longer count towards any limit.</summary>
    public Task Sweep() => database.Operate(async db =>
    {
        var before = clock.Now() - TimeSpan.FromDays(1);
        db.RemoveRange(await db.Set<PhoneCode>().AsTracking().Where(c => c.CreatedAt <= before).ToListAsync());
    });

    private static TimeSpan? Wait(List<DateTimeOffset> asked, IReadOnlyList<(int Most, TimeSpan Within)> limits, DateTimeOffset now) =>
        limits.Select(l => asked.Where(a => a > now - l.Within).OrderByDescending(a => a).ElementAtOrDefault(l.Most - 1) is var oldest && oldest != default ? oldest + l.Within - now : (TimeSpan?)null).Max();

    private byte[] ClientIndex(string client) => seals.Index(0, "PhoneCodes", nameof(PhoneCode.ClientIndex), client);

    /// <summary>Keyed: six digits are found at once by whoever has the rows and no key.</summary>
    private byte[] HashOf(Guid id, string code) => seals.Index(0, "PhoneCodes", nameof(PhoneCode.CodeHash), $"{id:N} {code}");
}
