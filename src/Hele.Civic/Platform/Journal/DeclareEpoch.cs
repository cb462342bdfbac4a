using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// Begins a new epoch of a log whose database was put back to an earlier state: the first entry says what was kept and names the pin of what is lost. Two
/// people in an administration's post declare it; who they are was made sure of by whoever calls this.
/// </summary>
public sealed class DeclareEpoch(Writer writer, Database database, LogService log)
{
    public static readonly EventKind Begun = new("log.epoch-begun", ("从较早的备份恢复，日志开始新的纪元", "A backup was restored: the log began a new epoch"));

    public static readonly Problem SamePerson = new("epoch.same-person", ("必须由两个不同的人声明。", "Two different people have to declare it."));
    public static readonly Problem NotAdministrators = new("epoch.not-administrators",
        ("声明要由两名管理员（系统管理员、安全管理员）作出；没有第二名管理员时，第二人可以是书记。", "Two administrators (system or security) declare it; where there is only one, the second may be the secretary."));
    public static readonly Problem NothingLost = new("epoch.nothing-lost", ("数据库不比校验点旧，没有什么要声明。", "The database isn't older than its pin: there is nothing to declare."));
    public static readonly Problem TooMany = new("epoch.too-many", ("这本日志的纪元太多了。", "This log has too many epochs."));

    /// <summary>The posts whose holders may declare.</summary>
    public static IReadOnlyList<Role> Administrators { get; } = [Role.SystemAdministrator, Role.SecurityAdministrator];

    /// <param name="Role">The post they declare in.</param>
    public sealed record Signer(Guid AccountId, Role Role);

    /// <param name="BackupMadeAt">When the state that was put back was saved; null when nobody knows.</param>
    public sealed record Input(DateTimeOffset? BackupMadeAt, Signer First, Signer Second);

    /// <summary>Who may declare with whom; null when they may.</summary>
    public static Problem? Check(Signer first, Signer second)
    {
        if (first.AccountId == second.AccountId)
            return SamePerson;
        Signer[] both = [first, second];
        return both.Any(s => Administrators.Contains(s.Role)) && both.All(s => Administrators.Contains(s.Role) || s.Role == Role.Secretary) ? null : NotAdministrators;
    }

    /// <param name="act">The operator's, in the log's jurisdiction: the two who sign stand in the record.</param>
    public async Task<Outcome> Run(Act act, Jurisdiction jurisdiction, Input input, CancellationToken cancel = default)
    {
        if (Check(input.First, input.Second) is { } problem)
            return problem;
        var pinned = await log.ReadPin(jurisdiction.Code, jurisdiction.Origin, cancel);
        string origin, signed;
        int number;
        long kept;
        await using (var lease = await database.Read([jurisdiction.Id], cancel))
        {
            var (state, _) = await log.Compare(lease.Db, jurisdiction.Id, pinned, cancel);
            if (state is not (PinState.Missing or PinState.Longer or PinState.Later))
                return NothingLost;
            var names = await log.Names(lease.Db, jurisdiction.Id, cancel);
            number = Math.Max(names.Number, pinned.Pin is { } pin && EpochName.TryNumber(pin.Origin, names.First, out var lost) ? lost : 1) + 1;
            if (number > EpochName.Most)
                return TooMany;
            origin = EpochName.Of(names.First, number);
            kept = await LogService.SizeOf(lease.Db, jurisdiction.Id, cancel);
            signed = (await log.FirstOf(lease.Db, jurisdiction.Id, origin, kept, cancel)).ToString();
        }
        // The old pin, and what witnesses cosigned, stay beside the new one: the entry names it, and a declaration that is broken off half-way must not be all that is left of it.
        if (pinned.Text is not null)
            await PrivateFile.Write($"{log.PinFile(jurisdiction.Code)}.before-{number}", pinned.Text);
        var witnessed = Path.ChangeExtension(log.PinFile(jurisdiction.Code), "witnessed");
        if (File.Exists(witnessed))
            File.Move(witnessed, $"{witnessed}.before-{number}", overwrite: true);
        var outcome = await writer.Write(act, "log.begin-epoch", input, scope =>
        {
            if (scope.LogSize != kept)
                throw new InvalidOperationException("The declaration has to be the first entry after the restore.");
            scope.Add(new LogEpoch
            {
                Number = number, Origin = origin, Kept = kept, Signed = signed, OldPin = pinned.Text, OldOrigin = pinned.Pin?.Origin, OldSize = pinned.Pin?.Size, BackupMadeAt = input.BackupMadeAt, BegunAt = scope.Now,
                FirstSignerId = input.First.AccountId, FirstRole = input.First.Role, SecondSignerId = input.Second.AccountId, SecondRole = input.Second.Role,
            }, Begun);
            return Task.FromResult(Outcome.Ok(origin));
        }, cancel);
        if (outcome.Accepted)
            await log.PinNow();
        return outcome;
    }
}
