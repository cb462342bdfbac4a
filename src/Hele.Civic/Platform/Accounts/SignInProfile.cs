using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// What passwords, sessions and waiting look like, by name: <c>asvs</c> (OWASP ASVS 5.0) or <c>mlps3</c> (what assessments of 等保三级 ask for). The
/// numbers stand in <c>data/sign-in-profiles.csv</c> and may be edited there.
/// </summary>
/// <param name="MinLength">Shortest password one may choose.</param>
/// <param name="CharacterClasses">How many of small letters, capitals, digits and others it must have.</param>
/// <param name="ChangeAfter">A password older than this must be changed at the next sign-in; null for never.</param>
/// <param name="NotAgain">How many earlier passwords may not be taken again.</param>
/// <param name="Idle">A session nobody uses for so long is over.</param>
/// <param name="Longest">A session is over after so long in any case.</param>
/// <param name="PhoneIdle">The same for sessions begun with a phone code, in which residents see only what is their own.</param>
/// <param name="FreeFailures">Failures of one client before it has to wait.</param>
/// <param name="FirstWait">The first wait; each further failure doubles it.</param>
/// <param name="LongestWait">No wait is longer: nobody is locked out for good.</param>
/// <param name="OneTimeLasts">How long a one-time password is good for.</param>
public sealed record SignInProfile(
    string Name, int MinLength, int CharacterClasses, TimeSpan? ChangeAfter, int NotAgain, TimeSpan Idle, TimeSpan Longest, TimeSpan PhoneIdle, TimeSpan PhoneLongest,
    int FreeFailures, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan OneTimeLasts)
{
    public const string Standard = "asvs";

    private static readonly Lazy<IReadOnlyList<SignInProfile>> Shipped = new(() => [.. Csv.Load(ReferenceData.Path("sign-in-profiles.csv")).Select(Read)]);

    public static IReadOnlyList<SignInProfile> All => Shipped.Value;

    /// <exception cref="StartupException">There is no such profile.</exception>
    public static SignInProfile Find(string name) =>
        All.SingleOrDefault(p => p.Name == name) ?? throw new StartupException(($"--profile {name}：可以选 {string.Join("、", All.Select(p => p.Name))}。", $"--profile {name}: there is {string.Join(", and ", All.Select(p => p.Name))}."));

    private static SignInProfile Read(CsvRow row)
    {
        int Number(string column) => int.Parse(row[column], NumberStyles.None, CultureInfo.InvariantCulture);
        return new(
            row["profile"], Number("min_length"), Number("character_classes"), Number("change_after_days") is var days and > 0 ? TimeSpan.FromDays(days) : null, Number("not_again"),
            TimeSpan.FromMinutes(Number("idle_minutes")), TimeSpan.FromHours(Number("longest_hours")), TimeSpan.FromMinutes(Number("phone_idle_minutes")), TimeSpan.FromHours(Number("phone_longest_hours")),
            Number("free_failures"), TimeSpan.FromSeconds(Number("first_wait_seconds")), TimeSpan.FromSeconds(Number("longest_wait_seconds")), TimeSpan.FromDays(Number("one_time_days")));
    }
}

/// <summary>How people sign in to this installation. One object, made at the start; nothing on the command line relaxes a real installation.</summary>
/// <param name="DemandsSecondFactor">Whoever holds a post must have a second factor. Only the demo and tests say no.</param>
/// <param name="CodeClock">The clock authenticator apps are compared with: the world's, also where the demo's is simulated.</param>
/// <param name="Breached">Passwords nobody may choose because they were found in breaches; null where the operator brought no list.</param>
public sealed record SignInPolicy(SignInProfile Profile, bool DemandsSecondFactor, TimeProvider CodeClock, BreachedPasswords? Breached = null)
{
    public static SignInPolicy Real(SignInProfile profile, TimeProvider clock) => new(profile, DemandsSecondFactor: true, clock);

    public static SignInPolicy Demo(SignInProfile profile) => new(profile, DemandsSecondFactor: false, new SystemClock());
}
