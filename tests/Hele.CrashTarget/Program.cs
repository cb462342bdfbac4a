// The process that the durability tests kill: Hele's own services, busy with many appeals at once, half of which go up to the
// sub-district. It says each act's answer on a line of its own, after the act was answered, so that the test knows what was promised when it died.
//
//   Hele.CrashTarget DATA PINS CONNECTION|- CALLERS FIRST [RETRY …]
//
// A matter has a number. Who files it, what it says and the operation ids of its acts follow from the number, so that sending a number again is
// sending the same forms again. Matters to be retried go first, each to two callers at once; then new ones from FIRST on, until it is killed.
//
//   ready                                          everything is open
//   begin NUMBER                                   the matter is about to be sent
//   ack NUMBER STEP OPERATION CODE new|again       the act was answered: it is durable
//   no NUMBER STEP PROBLEM                         the act was refused or not saved
using System.Security.Cryptography;
using System.Text;
using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

var options = new StorageOptions(args[0], args[1], args[2] == "-" ? null : args[2]);
var callers = int.Parse(args[3]);
var next = long.Parse(args[4]) - 1;
var retries = args[5..].Select(long.Parse).ToList();

using var held = DirectoryLock.Take(options);
await using var services = new ServiceCollection().AddHele(options, new SystemClock()).BuildServiceProvider();
var database = services.GetRequiredService<Database>();
await database.AssertReady();
await services.GetRequiredService<LogService>().CheckPins();
if (services.GetRequiredService<LogService>().ReadOnlyReason is { } reason)
{
    Console.WriteLine($"read-only {reason.En}");
    return 4;
}

var (resident, worker, officer) = (await ViewerOf("liu-dayong"), await ViewerOf("zhao-min"), await ViewerOf("tang-min"));
var output = Console.Out;
Say("ready");
var again = retries.Concat(retries).GetEnumerator();
await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
{
    while (true)
        await Matter(NextNumber());
})));
return 0;

long NextNumber()
{
    lock (retries)
        return again.MoveNext() ? again.Current : ++next;
}

async Task Matter(long number)
{
    Say($"begin {number}");
    var code = await Step(number, "file", act => services.GetRequiredService<FileAppeal>().Run(act with { PersonId = resident.PersonId },
        new("facilities", $"第{number}号楼道灯不亮", $"第{number}件：三单元从一楼到三楼的灯都不亮了。", $"{number % 40 + 1}号楼3单元") { Photos = Photos(number, "told") }), resident, AppealAccess.File);
    if (code is null || number % 4 == 0)
        return;
    if (await Step(number, "accept", act => services.GetRequiredService<AcceptAppeal>().Run(worker, act, new(code)), worker, AppealAccess.Accept) is null || number % 4 == 1)
        return;
    if (number / 8 % 2 == 0)
    {
        // It goes up; there it stays for a third of them, is answered for a third, and is given back for the others.
        if (await Step(number, "refer", act => services.GetRequiredService<ReferAppeal>().Run(worker, act, new(code, $"第{number}件：要动用街道的资金。")), worker, AppealAccess.ReferUp) is null || number % 3 == 0)
            return;
        var referral = await ReferralOf(code);
        if (number % 3 == 1)
        {
            if (await Step(number, "answer-above", act => services.GetRequiredService<AnswerReferral>().Run(officer, act, new(referral, $"第{number}件：街道已经换好。")), officer, ReferralAccess.Answer) is not null && number % 4 == 3)
                await Judge();
            return;
        }
        if (await Step(number, "return", act => services.GetRequiredService<ReturnReferral>().Run(officer, act, new(referral, ReturnReason.NotThisLevel, $"第{number}件：请找物业。")), officer, ReferralAccess.Return) is null)
            return;
    }
    if (await Step(number, "answer", act => services.GetRequiredService<AnswerAppeal>().Run(worker, act, new(code, $"第{number}件：灯已经换好。") { Photos = Photos(number, "answer") }), worker, AppealAccess.Answer) is null || number % 4 == 2)
        return;
    await Judge();

    Task<string?> Judge() => Step(number, "judge", act => services.GetRequiredService<JudgeAppeal>().Run(resident, act, new(code, number % 8 == 3, number % 8 == 3 ? null : "还是不亮")), resident, AppealAccess.Judge);
}

// Two photos for every third matter. What they show doesn't matter here: bytes of a photo's size that follow from the number.
static IReadOnlyList<Photo> Photos(long number, string part) => number % 3 != 0 ? [] : [.. Enumerable.Range(1, 2).Select(n =>
{
    var seed = SHA256.HashData(Encoding.UTF8.GetBytes($"crash/{number}/{part}/{n}"));
    var bytes = new byte[220_000];
    new Random(BitConverter.ToInt32(seed)).NextBytes(bytes);
    return new Photo(Convert.ToHexStringLower(seed)) { Width = 2000, Height = 1500, Full = bytes, Small = bytes[..12_000] };
})];

async Task<string?> Step(long number, string step, Func<Act, Task<Outcome>> run, Viewer viewer, Permission permission)
{
    var operation = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"crash/{number}/{step}")).AsSpan(0, 16), bigEndian: true);
    Outcome outcome;
    try
    {
        outcome = await run(viewer.Act(permission, operation));
    }
    catch (Exception failure)
    {
        Say($"no {number} {step} {failure.GetType().Name}");
        await Task.Delay(150);
        return null;
    }
    if (!outcome.Accepted)
    {
        Say($"no {number} {step} {string.Join(",", outcome.Problems.Select(p => p.Code))}");
        await Task.Delay(150);
        return null;
    }
    Say($"ack {number} {step} {operation:D} {outcome.Code} {(outcome.Replayed ? "again" : "new")}");
    return outcome.Code;
}

async Task<string> ReferralOf(string code)
{
    await using var lease = await database.Read([worker.JurisdictionId]);
    return await (from r in lease.Db.Set<AppealReferral>() join a in lease.Db.Set<Appeal>() on r.AppealId equals a.Id where a.PublicCode == code select r.ReferralCode).SingleAsync();
}

async Task<Viewer> ViewerOf(string name)
{
    await using var lease = await database.Read([]);
    var account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == name);
    return (await services.GetRequiredService<Viewers>().Load(account.Id, account.Stamp))!;
}

void Say(string line)
{
    lock (output)
    {
        output.Write(line + "\n");
        output.Flush();
    }
}
