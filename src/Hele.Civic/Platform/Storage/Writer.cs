using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// The only way to write. Acts queue up; one loop per lane (one lane on SQLite, one per jurisdiction on PostgreSQL) drains its queue into one
/// transaction, each act in its savepoint, and commits when the queue is empty, at 256 acts or after 10 ms. An act is answered after COMMIT;
/// if COMMIT fails every act of the group is answered as not saved. There is no second, faster path for one operation. An act that is declared
/// as crossing takes the same way, in a group of its own that holds the heads of both logs (docs/adr/0007-crossing.md).
/// </summary>
public sealed class Writer : IAsyncDisposable
{
    /// <summary>Most acts in one transaction.</summary>
    public const int GroupLimit = 256;

    /// <summary>How long the same content from the same account is taken for the same form sent again, until the person says otherwise.</summary>
    public static readonly TimeSpan SameContentTime = TimeSpan.FromMinutes(30);

    /// <summary>Longest a group goes on taking acts.</summary>
    public static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(10);

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly LogService _log;
    private readonly IReadOnlySet<Crossing> _crossings;
    private readonly IReadOnlySet<EventKind> _crossingEvents;
    private readonly ConcurrentDictionary<int, Lane> _lanes = new();
    private readonly int _groupLimit;

    /// <param name="groupLimit">1 gives one transaction per act: for comparison in the bench only.</param>
    /// <param name="modules">Whose declared crossings are the only ones.</param>
    public Writer(Database database, TimeProvider clock, LogService log, ModuleList modules, int groupLimit = GroupLimit)
    {
        _database = database;
        _clock = clock;
        _log = log;
        _crossings = modules.Crossings.ToHashSet();
        _crossingEvents = modules.Crossings.SelectMany(c => c.Above.Concat(c.Below)).ToHashSet();
        _groupLimit = groupLimit;
    }

    /// <summary>Runs an operation as one act.</summary>
    /// <param name="act">Who, in which post, when, why.</param>
    /// <param name="operation">Stable name of the operation.</param>
    /// <param name="input">The named inputs, as the idempotency hash covers them; read as JSON, so properties must be public.</param>
    /// <param name="run">Loads, decides, changes, records events; returns the public code, or the problems. It may run again if the group's
    /// transaction must be repeated, so it has no effects outside the database.</param>
    public Task<Outcome> Write<TInput>(Act act, string operation, TInput input, Func<ActScope, Task<Outcome>> run, CancellationToken cancel = default) =>
        Queue(new PendingAct(act, operation, InputHash(operation, input), run), cancel);

    /// <summary>Runs an operation that is declared as crossing as one act with two sides: both are written, or neither.</summary>
    /// <param name="act">In the jurisdiction the actor works in.</param>
    /// <param name="other">The jurisdiction on the other side: the one above, or one directly below, as the declaration says.</param>
    /// <param name="run">As in <see cref="Write"/>; returns the public code of the acting side's record.</param>
    public Task<Outcome> Cross<TInput>(Act act, Crossing crossing, int other, TInput input, Func<CrossingScope, Task<Outcome>> run, CancellationToken cancel = default)
    {
        if (!_crossings.Contains(crossing))
            throw new InvalidOperationException($"{crossing.Operation} is not declared as crossing by any module.");
        if (other == act.JurisdictionId)
            throw new InvalidOperationException($"{crossing.Operation}: both sides are jurisdiction {other}.");
        return Queue(new PendingAct(act, crossing, other, InputHash(crossing.Operation, input), run), cancel);
    }

    private async Task<Outcome> Queue(PendingAct pending, CancellationToken cancel)
    {
        if (_log.ReadOnlyReason is { } reason)
            return StorageProblems.ReadOnly with { Sentence = new(string.Format(StorageProblems.ReadOnly.Sentence.Zh, reason.Zh), string.Format(StorageProblems.ReadOnly.Sentence.En, reason.En)) };

        var lane = _lanes.GetOrAdd(_database.LaneOf(pending.Act.JurisdictionId), id => new Lane(this));
        await lane.Queue.Writer.WriteAsync(pending, cancel);
        // From here on the act can no longer be taken back: a caller who goes away must not leave it half decided.
        return await pending.Answer.Task;
    }

    private static byte[] InputHash<TInput>(string operation, TInput input)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(operation));
        hash.AppendData([0]);
        hash.AppendData(json);
        return hash.GetHashAndReset();
    }

    /// <summary>Lets the queues run empty, ends the loops and pins the last checkpoints.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes.Values)
            await lane.Close();
        await _log.PinNow();
    }

    private sealed class PendingAct
    {
        private readonly Func<ActScope, Task<Outcome>>? _run;
        private readonly Func<CrossingScope, Task<Outcome>>? _cross;

        public PendingAct(Act act, string operation, byte[] inputHash, Func<ActScope, Task<Outcome>> run) => (Act, Operation, InputHash, _run) = (act, operation, inputHash, run);

        public PendingAct(Act act, Crossing crossing, int other, byte[] inputHash, Func<CrossingScope, Task<Outcome>> cross) =>
            (Act, Operation, InputHash, Crossing, Other, _cross) = (act, crossing.Operation, inputHash, crossing, other, cross);

        public Act Act { get; }
        public string Operation { get; }
        public byte[] InputHash { get; }
        public Crossing? Crossing { get; }
        public int? Other { get; }

        /// <summary>The jurisdiction above, of the two of a crossing act.</summary>
        public int Above => Crossing!.Way == CrossingWay.Up ? Other!.Value : Act.JurisdictionId;

        /// <summary>Runs it; returns with the outcome the scope that is left to be written.</summary>
        public async Task<(Outcome Outcome, ActScope? Scope)> Run(WriteSession session, DateTimeOffset now)
        {
            if (_run is not null)
            {
                var scope = new ActScope(session.Db, Act, now, China.DateIn(now), session.LogSize(Act.JurisdictionId));
                return (await _run(scope), scope);
            }
            var (above, below) = (Above, Above == Other ? Act.JurisdictionId : Other!.Value);
            if (!await session.Db.Jurisdictions.AnyAsync(j => j.Id == below && j.ParentId == above))
                throw new InvalidOperationException($"{Operation}: jurisdiction {below} doesn't lie directly below {above}.");
            var sides = new CrossingScope(session, Operation, Act, Other!.Value, now);
            var outcome = await _cross!(sides);
            return (outcome, sides.Open);
        }

        public Outcome? Decided { get; set; }
        public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane
    {
        private readonly Writer _writer;
        private readonly Task _loop;

        public Lane(Writer writer)
        {
            _writer = writer;
            _loop = Task.Run(Loop);
        }

        public Channel<PendingAct> Queue { get; } = Channel.CreateBounded<PendingAct>(new BoundedChannelOptions(4096) { SingleReader = true });

        public async Task Close()
        {
            Queue.Writer.TryComplete();
            await _loop;
        }

        private async Task Loop()
        {
            var group = new List<PendingAct>(_writer._groupLimit);
            while (await Queue.Reader.WaitToReadAsync())
            {
                group.Clear();
                try
                {
                    try
                    {
                        await Group(group);
                    }
                    catch (Exception failure) when (StorageTrouble.Of(failure) is { Kind: TroubleKind.Away })
                    {
                        // A connection that lay idle while its server was started anew only says so when it is used. Nobody was answered yet, and what did
                        // reach the database before it went is found there and answered as that.
                        await Group(group);
                    }
                }
                catch (Exception failure)
                {
                    var problem = _writer._database.Note(failure)?.NotSaved ?? StorageProblems.NotSaved;
                    // The group is lost, the loop is not: whoever waited is told, and may send again without doubling. When not even a
                    // transaction could be begun (the server is down), that is who stands in the queue: else they would hang and this loop spin.
                    if (group.Count == 0)
                    {
                        while (group.Count < _writer._groupLimit && Queue.Reader.TryRead(out var waiting))
                            group.Add(waiting);
                    }
                    foreach (var pending in group)
                        pending.Answer.TrySetResult(problem);
                    _writer._log.Report(failure);
                }
            }
        }

        private async Task Group(List<PendingAct> group)
        {
            await using var lease = await _writer._database.LeaseWriteSession();
            var session = lease.Session;
            var started = TimeProvider.System.GetTimestamp();
            await session.Begin();
            try
            {
                // Those of a group that is tried once more.
                foreach (var pending in group.Where(p => !p.Answer.Task.IsCompleted))
                    await Decide(session, pending);
                while ((group.Count == 0 || group[0].Crossing is null) && group.Count < _writer._groupLimit && Queue.Reader.TryPeek(out var next))
                {
                    // A crossing act is alone in its transaction: a group that already holds one head must not wait for another.
                    if (next.Crossing is not null && group.Count > 0)
                        break;
                    Queue.Reader.TryRead(out var pending);
                    group.Add(pending!);
                    await Decide(session, pending!);
                    if (pending!.Crossing is not null || TimeProvider.System.GetElapsedTime(started) > GroupTime)
                        break;
                }
                await session.Commit(_writer._clock.Now());
            }
            catch (Exception failure)
            {
                var explained = session.Explain(failure);
                await lease.Abandon();
                if (explained is not null)
                    throw explained;
                throw;
            }
            if (session.CommittedHeads.Count > 0)
                _writer._database.Saved();
            foreach (var pending in group)
                pending.Answer.TrySetResult(pending.Decided!);
            _writer._log.Committed(session.CommittedHeads);
        }

        private async Task Decide(WriteSession session, PendingAct pending)
        {
            var act = pending.Act;
            // The head's lock comes first: two nodes that were sent the same form must not both find nothing.
            var now = _writer._clock.Now();
            var earlier = await session.BeginAct(act, pending.InputHash, now - SameContentTime, pending.Other);
            now = session.TimeOf(now, act.JurisdictionId, pending.Other);
            if (earlier is { InputHash: { } hash, Result: { } result })
            {
                await session.RollbackAct();
                pending.Decided = hash.AsSpan().SequenceEqual(pending.InputHash) ? Outcome.Again(result) : Outcome.OtherContent(result);
                return;
            }
            try
            {
                var (outcome, scope) = await session.IsInPost(act, China.DateIn(now)) ? await pending.Run(session, now) : (PostProblems.Over, null);
                // Only what would be a second record is asked about: an act on a record that is there already is judged by its life cycle.
                if (outcome.Accepted && earlier.SameContent is { } same && OperationIds.AsksFirst(act.OperationId) && scope?.Files(outcome.Code!) == true)
                    outcome = Outcome.SameContent(same);
                if (pending.Crossing is null && outcome.Accepted && scope!.Events.Exists(e => _writer._crossingEvents.Contains(e.Kind)))
                    throw new InvalidOperationException($"{pending.Operation} doesn't cross and recorded an event of an act that does.");
                if (outcome.Accepted)
                    await session.AcceptAct(scope ?? throw new InvalidOperationException($"{pending.Operation} opened no side."), pending.Operation, pending.InputHash, outcome.Code!,
                        aside: Queue.Reader.Count > 0, crossed: pending.Crossing is { } crossing ? (crossing, pending.Above) : null);
                else
                    await session.RollbackAct();
                pending.Decided = outcome;
            }
            catch (Exception failure) when (session.Translate(failure) is { } problem)
            {
                await session.RollbackAct();
                pending.Decided = problem;
            }
            // Nothing of the group can be saved, and the database may have ended the transaction by itself.
            catch (Exception failure) when (!session.IsBroken && StorageTrouble.Of(failure) is null)
            {
                // A programming error in one operation must not take the other acts of the group with it.
                await session.RollbackAct();
                pending.Answer.TrySetException(failure);
                pending.Decided = StorageProblems.NotSaved;
            }
        }
    }
}
