using System.Numerics;

namespace Hele.Planning.Roster;

/// <summary>By which seed and how long to search. The same options give the same roster on every machine, unless <see cref="Enough"/> cuts the search short.</summary>
public sealed record RosterOptions
{
    public int Seed { get; init; } = 1;
    /// <summary>How often part of the roster is taken out and planned anew.</summary>
    public int Steps { get; init; } = 8_000;
    /// <summary>Ends the search early with the best found so far: a caller's outer limit on time. What is found then depends on the machine.</summary>
    public CancellationToken Enough { get; init; }
}

/// <summary>Steps done of all, and the least cost so far.</summary>
public readonly record struct RosterProgress(int Done, int All, PlanCost Cost);

/// <summary>
/// Makes rosters: contacts go where they cost least, hardest rhythms first; then parts are taken out and planned anew (large neighbourhood search, Shaw 1998) and kept when the roster isn't dearer, or little dearer than the best
/// (record-to-record, Dueck 1993). At the end no contact alone can be given to anybody else at less cost, which is what each explanation says.
/// </summary>
public static class RosterSearch
{
    /// <summary>One in so many places isn't seen while parts are planned anew: the same way isn't always the best one.</summary>
    const int Blink = 12;
    const int Look = 64, Few = 24;

    /// <exception cref="ArgumentException">What is wrong with the problem.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    public static RosterPlan Solve(RosterProblem problem, RosterOptions? options = null, IProgress<RosterProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options = Checked(options, cancel);
        var state = new RosterState(problem);
        return new Search(state, Promise(state), options, progress, cancel).Run();
    }

    /// <summary>
    /// Plans again after something changed, with as few changes as that takes: what has begun by the moment stays as it was, whatever changed; what can stay stays; only gaps that would be exceeded outweigh a change.
    /// </summary>
    /// <param name="plan">The plan before.</param>
    /// <param name="changed">Its problem with what changed: an absence, a new recipient behind the others, an ended rhythm's replacement. The days are the same; visitors and recipients keep their numbers.</param>
    /// <param name="from">Nothing that begins earlier is planned or changed.</param>
    /// <exception cref="ArgumentException">What is wrong with the problem, or other days, or fewer visitors or recipients than before.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    public static Replanned Replan(RosterPlan plan, RosterProblem changed, DateTime from, RosterOptions? options = null, IProgress<RosterProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(changed);
        options = Checked(options, cancel);
        if (changed.First != plan.Problem.First || changed.Days != plan.Problem.Days)
            throw new ArgumentException("The changed problem is for other days.", nameof(changed));
        if (changed.Visitors.Count < plan.Problem.Visitors.Count || changed.Recipients.Count < plan.Problem.Recipients.Count)
            throw new ArgumentException("Visitors and recipients keep their numbers: there are fewer than before.", nameof(changed));
        // A moment within a minute is the next minute.
        var day = DateOnly.FromDateTime(from).DayNumber - changed.First.DayNumber;
        var minute = (int)Math.Ceiling(from.TimeOfDay.TotalMinutes);
        if (day < 0)
            (day, minute) = (0, 0);
        var state = new RosterState(changed, day, minute, plan.Contacts);
        var reasons = new Dictionary<PlannedContact, ChangeCode>();
        foreach (var c in plan.Contacts)
        {
            if (Known(state, c) is not { } q)
                reasons[c] = ChangeCode.RhythmChanged;
            else if (c.Start < state.At(day, minute))
            {
                var at = RosterState.MinuteOf(c.Start);
                state.Add(new()
                {
                    Rhythm = q, Day = state.DayOf(c.Start), Start = at, Length = c.Minutes, Visitors = [.. c.Visitors], Fixed = true, Past = true, Promised = c.Promised,
                    Shifts = [.. c.Visitors.Select(v => state.ShiftAt(v, state.DayOf(c.Start), at, at + c.Minutes))],
                });
            }
        }
        var broken = Promise(state);
        foreach (var c in plan.Contacts)
        {
            if (Known(state, c) is not { } q || state.Planned[q].ContainsKey(state.DayOf(c.Start)))
                continue;
            if (state.Best(q, state.DayOf(c.Start), out var same, only: (RosterState.MinuteOf(c.Start), c.Visitors)) && c.Minutes == state.Rhythms[q].Rhythm.Minutes && c.Visitors.Count == state.Rhythms[q].Rhythm.People)
                state.Add(state.Contact(q, state.DayOf(c.Start), same));
            else
                reasons[c] = Why(state, q, c);
        }
        var next = new Search(state, broken, options, progress, cancel).Run();
        return new(next, Changes(plan, next, reasons));
    }

    static RosterOptions Checked(RosterOptions? options, CancellationToken cancel)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Steps);
        cancel.ThrowIfCancellationRequested();
        return options;
    }

    static int? Known(RosterState state, PlannedContact c) =>
        c.Recipient < state.Problem.Recipients.Count && c.Rhythm < state.Problem.Recipients[c.Recipient].Rhythms.Count ? state.FirstRhythm[c.Recipient] + c.Rhythm : null;

    static ChangeCode Why(RosterState state, int rhythm, PlannedContact c)
    {
        var (recipient, _, r) = state.Rhythms[rhythm];
        var (day, start) = (state.DayOf(c.Start), RosterState.MinuteOf(c.Start));
        if (r.Minutes != c.Minutes || r.People != c.Visitors.Count)
            return ChangeCode.RhythmChanged;
        if (!state.Times(day, state.Problem.Recipients[recipient].Home, [], state.Problem.Recipients[recipient].Away).Any(t => t.From <= start && start + r.Minutes <= t.Until))
            return ChangeCode.RecipientAway;
        return c.Visitors.All(v => state.Able[rhythm].Contains(v) && state.ShiftAt(v, day, start, start + r.Minutes) != null) ? ChangeCode.MadeRoom : ChangeCode.VisitorNotFree;
    }

    /// <summary>Puts the promises in first, in their order, and says which can't be kept.</summary>
    static List<BrokenPromise> Promise(RosterState state)
    {
        var broken = new List<BrokenPromise>();
        for (var p = 0; p < state.Problem.Promises.Count; p++)
        {
            var promise = state.Problem.Promises[p];
            var q = state.FirstRhythm[promise.Recipient] + promise.Rhythm;
            var (day, start) = (state.DayOf(promise.Start), RosterState.MinuteOf(promise.Start));
            if (state.Planned[q].TryGetValue(day, out var past) && past.Past)
                continue;
            if ((day, start).CompareTo((state.FromDay, state.FromMinute)) < 0)
                continue;
            if (state.Best(q, day, out var at, only: (start, promise.Visitors)))
            {
                var contact = state.Contact(q, day, at);
                (contact.Fixed, contact.Promised) = (true, true);
                state.Add(contact);
                continue;
            }
            var (recipient, _, r) = state.Rhythms[q];
            var end = start + r.Minutes;
            broken.Add(new(p, !promise.Visitors.All(state.Able[q].Contains) ? BrokenCode.NoSkill
                : !promise.Visitors.All(v => state.ShiftAt(v, day, start, end) != null) ? BrokenCode.NotFree
                : !state.Times(day, state.Problem.Recipients[recipient].Home, [], state.Problem.Recipients[recipient].Away).Any(t => t.From <= start && end <= t.Until) ? BrokenCode.NotHome
                : r.People > promise.Visitors.Count && !state.Able[q].Any(v => !promise.Visitors.Contains(v) && state.ShiftAt(v, day, start, end) is { } shift && shift.Entries.TrueForAll(e => e.End <= start || e.Start >= end)) ? BrokenCode.NoSecond
                : BrokenCode.Clash));
        }
        return broken;
    }

    /// <summary>What differs, each moved contact with the nearest that replaces it.</summary>
    static List<RosterChange> Changes(RosterPlan before, RosterPlan after, Dictionary<PlannedContact, ChangeCode> reasons)
    {
        var list = new List<RosterChange>();
        var keys = before.Contacts.Concat(after.Contacts).Select(c => (c.Recipient, c.Rhythm)).Distinct();
        var (old, made) = (before.Contacts.ToLookup(c => (c.Recipient, c.Rhythm)), after.Contacts.ToLookup(c => (c.Recipient, c.Rhythm)));
        foreach (var key in keys)
        {
            var gone = old[key].Where(c => !made[key].Any(c.Same)).ToList();
            var come = made[key].Where(c => !old[key].Any(c.Same)).ToList();
            while (gone.Count > 0 && come.Count > 0)
            {
                var (from, to) = gone.SelectMany(g => come.Select(c => (g, c))).MinBy(p => ((p.g.Start.Date - p.c.Start.Date).Duration(), (p.g.Start - p.c.Start).Duration(), p.g.Start));
                gone.Remove(from);
                come.Remove(to);
                list.Add(new(from, to, to.Promised ? ChangeCode.NowPromised : reasons.GetValueOrDefault(from, ChangeCode.MadeRoom)));
            }
            list.AddRange(gone.Select(g => new RosterChange(g, null, reasons.GetValueOrDefault(g, ChangeCode.MadeRoom))));
            list.AddRange(come.Select(c => new RosterChange(null, c, c.Promised ? ChangeCode.NowPromised : ChangeCode.Needed)));
        }
        return [.. list.OrderBy(c => (c.Before ?? c.After)!.Start).ThenBy(c => (c.Before ?? c.After)!.Recipient).ThenBy(c => (c.Before ?? c.After)!.Rhythm)];
    }

    sealed class Search(RosterState state, List<BrokenPromise> broken, RosterOptions options, IProgress<RosterProgress>? progress, CancellationToken cancel)
    {
        static readonly Int128 Day = (Int128)1 << 94, More = (Int128)1 << 62;
        readonly List<(Contact Contact, bool Added)> journal = [];
        readonly List<int> touched = [];
        readonly bool[] listed = new bool[state.Rhythms.Length];
        Dice dice = new((ulong)(uint)options.Seed << 32);
        int moved = -1;
        bool blinks;

        public RosterPlan Run()
        {
            dice.Bits();
            for (var q = 0; q < state.Rhythms.Length; q++)
                Touch(q);
            Order(false);
            Plan();
            journal.Clear();
            blinks = true;
            Improve();
            blinks = false;
            Settle();
            progress?.Report(new(options.Steps, options.Steps, state.Cost));
            cancel.ThrowIfCancellationRequested();
            return Describe();
        }

        void Add(Contact c)
        {
            state.Add(c);
            journal.Add((c, true));
        }

        void Remove(Contact c)
        {
            state.Remove(c);
            journal.Add((c, false));
            Touch(c.Rhythm);
        }

        void Touch(int rhythm)
        {
            if (listed[rhythm])
                return;
            listed[rhythm] = true;
            touched.Add(rhythm);
            // What a visit met, a call has to meet now.
            var (recipient, _, r) = state.Rhythms[rhythm];
            if (r.Kind == ContactKind.Visit)
                for (var k = 0; k < state.Problem.Recipients[recipient].Rhythms.Count; k++)
                    if (state.Problem.Recipients[recipient].Rhythms[k].MetByVisit)
                        Touch(state.FirstRhythm[recipient] + k);
        }

        /// <summary>Visits by two first, then visits by few, then the other visits, then calls; the dice within.</summary>
        void Order(bool mix)
        {
            var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(touched);
            if (mix)
                dice.Shuffle(span);
            Span<int> keys = span.Length <= 256 ? stackalloc int[span.Length] : new int[span.Length];
            for (var i = 0; i < span.Length; i++)
            {
                var r = state.Rhythms[span[i]].Rhythm;
                keys[i] = ((r.Kind == ContactKind.Visit ? 0 : 1) * 3 + 2 - r.People) * 4096 + (mix ? 0 : Math.Min(4095, state.Able[span[i]].Length));
            }
            // Stable: the place breaks ties.
            Span<long> order = span.Length <= 256 ? stackalloc long[span.Length] : new long[span.Length];
            for (var i = 0; i < span.Length; i++)
                order[i] = (long)keys[i] << 32 | (uint)i;
            order.Sort();
            Span<int> copy = span.Length <= 256 ? stackalloc int[span.Length] : new int[span.Length];
            for (var i = 0; i < span.Length; i++)
                copy[i] = span[(int)(order[i] & int.MaxValue)];
            copy.CopyTo(span);
        }

        /// <summary>Fills the gaps of the touched rhythms, then takes out what is needed no more.</summary>
        void Plan()
        {
            foreach (var q in touched)
                Fill(q);
            foreach (var q in touched)
                Thin(q);
            foreach (var q in touched)
                listed[q] = false;
            touched.Clear();
        }

        void Fill(int rhythm)
        {
            var most = state.Rhythms[rhythm].Rhythm.LongestGap;
            var hopeless = 0UL;
            var blink = blinks;
            for (var found = true; found;)
            {
                found = false;
                foreach (var (after, until) in state.Gaps(rhythm))
                {
                    if (until - after <= most)
                        continue;
                    var (best, at, on, skipped) = (Int128.MaxValue, default(Candidate), -1, false);
                    for (var d = Math.Max(Math.Max(0, state.FromDay), after + 1); d < until && d < state.Days; d++)
                    {
                        if ((hopeless >> d & 1) != 0 || state.Planned[rhythm].ContainsKey(d))
                            continue;
                        var cost = Math.Max(0, d - after - most) * Day + Math.Max(0, (until - d + most - 1) / most - 1) * More;
                        // No place costs less than to give a change back.
                        if (best < Int128.MaxValue && cost - ((Int128)1 << 80) >= best)
                            continue;
                        if (blink && dice.Below(Blink) == 0)
                        {
                            skipped = true;
                            continue;
                        }
                        if (!state.Best(rhythm, d, out var place))
                        {
                            hopeless |= 1UL << d;
                            continue;
                        }
                        if (blink && dice.Below(Blink) == 0 && state.Best(rhythm, d, out var other, not: state.Contact(rhythm, d, place).Visitors))
                            place = other;
                        if (cost + place.Cost < best)
                            (best, at, on) = (cost + place.Cost, place, d);
                    }
                    if (on < 0 && !skipped)
                        continue;
                    found = true;
                    if (on < 0)
                    {
                        blink = false;
                        break;
                    }
                    Add(state.Contact(rhythm, on, at));
                    break;
                }
            }
        }

        void Thin(int rhythm)
        {
            for (var i = state.Planned[rhythm].Count - 1; i >= 0; i--)
            {
                var c = state.Planned[rhythm].GetValueAtIndex(i);
                if (c.Fixed)
                    continue;
                var before = state.Cost;
                state.Remove(c);
                if (state.Cost.CompareTo(before) < 0)
                    journal.Add((c, false));
                else
                    state.Add(c);
            }
        }

        void Undo()
        {
            for (var i = journal.Count - 1; i >= 0; i--)
            {
                if (journal[i].Added)
                    state.Remove(journal[i].Contact);
                else
                    state.Add(journal[i].Contact);
            }
        }

        void Improve()
        {
            var best = RosterState.Weigh(state.Cost);
            var now = best;
            var kept = state.All.ToList();
            for (var step = 0; step < options.Steps; step++)
            {
                if (step % Look == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (options.Enough.IsCancellationRequested)
                        break;
                    if (step > 0 && step % (Look * 8) == 0)
                        progress?.Report(new(step, options.Steps, state.Cost));
                }
                journal.Clear();
                TakeOut();
                if (journal.Count == 0 && touched.Count == 0)
                    continue;
                Order(true);
                if (moved >= 0 && touched.Remove(moved))
                {
                    // It takes its place before those that were taken out for it, or makes do with what they leave.
                    touched.Insert(dice.Below(2) == 0 ? 0 : touched.Count, moved);
                    moved = -1;
                }
                Plan();
                var cost = RosterState.Weigh(state.Cost);
                // At first a few units of unevenness more than the best are let pass, at the end none.
                var slack = (Int128)(long)(4 * (1 - step / (double)options.Steps)) << 24;
                if (cost <= now || cost <= best + slack)
                    now = cost;
                else
                    Undo();
                if (now < best)
                {
                    best = now;
                    kept = [.. state.All];
                }
            }
            journal.Clear();
            if (now <= best)
                return;
            foreach (var c in state.All.ToList())
                state.Remove(c);
            foreach (var c in kept)
                state.Add(c);
        }

        void TakeOut()
        {
            if (state.PlansAgain && dice.Below(2) == 0)
            {
                Changed();
                return;
            }
            switch (dice.Below(7))
            {
                case 0:
                    for (var n = 2 + dice.Below(6); n > 0; n--)
                        if (state.Rhythms.Length > 0 && dice.Below(state.Rhythms.Length) is var q && state.Planned[q].Count > 0)
                            Out(state.Planned[q].GetValueAtIndex(dice.Below(state.Planned[q].Count)));
                    break;
                case 1:
                    if (state.Problem.Recipients.Count > 0)
                        OfRecipient(dice.Below(state.Problem.Recipients.Count), -1);
                    break;
                case 2:
                    // One visitor's contacts with somebody, all of them: a face is new or it isn't.
                    if (state.Problem.Recipients.Count > 0 && state.VisitorCount > 0)
                    {
                        var r = dice.Below(state.Problem.Recipients.Count);
                        OfRecipient(r, dice.Below(state.VisitorCount));
                        OfRecipient(dice.Below(state.Problem.Recipients.Count), dice.Below(state.VisitorCount));
                    }
                    break;
                case 3:
                    if (state.VisitorCount > 0)
                        OfDay(dice.Below(state.VisitorCount), dice.Below(state.Days));
                    break;
                case 4:
                    if (state.VisitorCount > 0)
                    {
                        var day = dice.Below(state.Days);
                        OfDay(dice.Below(state.VisitorCount), day);
                        OfDay(dice.Below(state.VisitorCount), day);
                    }
                    break;
                case 5:
                    Much();
                    break;
                default:
                    Exceeded();
                    break;
            }
        }

        /// <summary>Most of a small roster; of a large one two recipients, and now and then a whole day.</summary>
        void Much()
        {
            if (state.Cost.Contacts <= Few)
            {
                foreach (var c in state.All.ToList())
                    if (dice.Below(4) > 0)
                        Out(c);
            }
            else if (dice.Below(8) == 0)
            {
                var day = dice.Below(state.Days);
                for (var v = 0; v < state.VisitorCount; v++)
                    OfDay(v, day);
            }
            else
            {
                OfRecipient(dice.Below(state.Problem.Recipients.Count), -1);
                OfRecipient(dice.Below(state.Problem.Recipients.Count), -1);
            }
        }

        void Out(Contact c)
        {
            if (!c.Fixed)
                Remove(c);
        }

        void OfRecipient(int recipient, int visitor)
        {
            for (var k = 0; k < state.Problem.Recipients[recipient].Rhythms.Count; k++)
                foreach (var c in state.Planned[state.FirstRhythm[recipient] + k].Values.ToArray())
                    if (visitor < 0 || c.Visitors.Contains(visitor))
                        Out(c);
        }

        void OfDay(int visitor, int day)
        {
            foreach (var shift in state.ShiftsOf(visitor, day))
                foreach (var c in shift.Entries.ToArray())
                    Out(c);
        }

        /// <summary>Takes out one contact that isn't as it was, with what somebody who could have it has that day.</summary>
        void Changed()
        {
            var from = state.Rhythms.Length > 0 ? dice.Below(state.Rhythms.Length) : 0;
            for (var i = 0; i < state.Rhythms.Length; i++)
            {
                var q = (from + i) % state.Rhythms.Length;
                foreach (var c in state.Planned[q].Values)
                {
                    if (c.Fixed || state.WasSo(c))
                        continue;
                    var other = state.Able[q][dice.Below(state.Able[q].Length)];
                    var day = dice.Below(3) > 0 ? c.Day : dice.Below(state.Days);
                    Out(c);
                    OfDay(other, day);
                    if (dice.Below(2) == 0)
                        OfDay(c.Visitors[0], day);
                    moved = q;
                    return;
                }
            }
        }

        /// <summary>Makes room for a gap that is exceeded: what those who could close it have on one of its days.</summary>
        void Exceeded()
        {
            if (state.Rhythms.Length == 0 || state.Cost.GapDays == 0)
                return;
            var from = dice.Below(state.Rhythms.Length);
            for (var i = 0; i < state.Rhythms.Length; i++)
            {
                var q = (from + i) % state.Rhythms.Length;
                var most = state.Rhythms[q].Rhythm.LongestGap;
                foreach (var (after, until) in state.Gaps(q))
                {
                    var (first, end) = (Math.Max(state.FromDay, after + 1), Math.Min(until, state.Days));
                    if (until - after <= most || first >= end)
                        continue;
                    var day = first + dice.Below(end - first);
                    // Where a plan stands already, no more is moved than for one or two.
                    var share = state.PlansAgain ? 1 + state.Able[q].Length / (dice.Below(2) + state.Rhythms[q].Rhythm.People) : 1;
                    foreach (var v in state.Able[q])
                        if (state.PlansAgain ? dice.Below(share) == 0 : dice.Below(3) > 0)
                            OfDay(v, day);
                    Touch(q);
                    // It is planned before what was taken out for it.
                    touched.Remove(q);
                    listed[q] = false;
                    Fill(q);
                    return;
                }
            }
        }

        /// <summary>Gives single contacts to whoever costs less, until there is nobody.</summary>
        void Settle()
        {
            for (var better = true; better;)
            {
                better = false;
                foreach (var c in state.All.ToList())
                {
                    cancel.ThrowIfCancellationRequested();
                    if (c.Fixed)
                        continue;
                    var before = RosterState.Weigh(state.Cost);
                    state.Remove(c);
                    var without = RosterState.Weigh(state.Cost);
                    if (state.Best(c.Rhythm, c.Day, out var at))
                    {
                        var other = state.Contact(c.Rhythm, c.Day, at);
                        state.Add(other);
                        if (RosterState.Weigh(state.Cost) < before)
                        {
                            better = true;
                            continue;
                        }
                        state.Remove(other);
                    }
                    state.Add(c);
                }
            }
        }

        RosterPlan Describe()
        {
            var explained = state.All.ToList().ToDictionary(c => c, Explain);
            var contacts = explained.Select(e => (e.Key, Contact: new PlannedContact(state.Rhythms[e.Key.Rhythm].Recipient, state.Rhythms[e.Key.Rhythm].Index, state.At(e.Key.Day, e.Key.Start), e.Key.Length, e.Key.Visitors,
                    [.. e.Key.Visitors.Index().Select(v => state.WalkBefore(e.Key, v.Index))], e.Key.Promised, e.Value)))
                .OrderBy(c => c.Contact.Start).ThenBy(c => c.Contact.Recipient).ThenBy(c => c.Contact.Rhythm).Select(c => c.Contact).ToList();
            var loads = Enumerable.Range(0, state.VisitorCount)
                .Select(v => new VisitorLoad(v, contacts.Count(c => c.Visitors.Contains(v)), state.Load(v), state.WalkingOf(v), state.Share(v))).ToList();
            var gaps = state.Rhythms.Select((r, q) => new LongestGapOf(r.Recipient, r.Index, state.Gaps(q).Max(g => g.Until - g.After), r.Rhythm.LongestGap)).ToList();
            return new(state.Problem, contacts, Unmet(), broken, loads, gaps, loads.Count == 0 ? 0 : loads.Max(l => l.Share) - loads.Min(l => l.Share), state.Cost);
        }

        Explanation Explain(Contact c)
        {
            var skilled = state.Able[c.Rhythm].Length;
            if (c.Past)
                return new([new(ReasonCode.Past)], skilled, 0, [], null);
            var cost = state.Cost;
            var room = new bool[state.VisitorCount];
            state.Remove(c);
            var other = state.Best(c.Rhythm, c.Day, out var at, not: c.Visitors, room: room) ? state.Contact(c.Rhythm, c.Day, at) : null;
            PlanCost? difference = null;
            if (other != null)
            {
                state.Add(other);
                difference = state.Cost - cost;
                state.Remove(other);
            }
            state.Add(c);
            foreach (var v in c.Visitors)
                room[v] = true;
            var free = room.Count(r => r);
            if (c.Promised)
                return new([new(ReasonCode.Promised)], skilled, free, other?.Visitors ?? [], difference);
            if (difference is not { } d)
                return new([skilled == c.Visitors.Length ? new(ReasonCode.OnlyWithSkill, skilled, state.VisitorCount) : new Reason(ReasonCode.OnlyFree, free, skilled)], skilled, free, [], null);
            var reasons = new List<Reason>();
            if (d.Changes > 0)
                reasons.Add(new(ReasonCode.Kept, d.Changes));
            if (d.NewFaces > 0)
                reasons.Add(new(ReasonCode.Familiar, d.NewFaces));
            if (d.Unevenness > 0)
                reasons.Add(new(ReasonCode.LoadEvened, d.Unevenness));
            if (d.WalkingMinutes > 0)
                reasons.Add(new(ReasonCode.LessWalking, d.WalkingMinutes));
            if (reasons.Count == 0)
                reasons.Add(new(ReasonCode.Equal));
            return new(reasons, skilled, free, other!.Visitors, difference);
        }

        List<UnmetNeed> Unmet()
        {
            var list = new List<UnmetNeed>();
            for (var q = 0; q < state.Rhythms.Length; q++)
            {
                var (recipient, index, r) = state.Rhythms[q];
                foreach (var (after, until) in state.Gaps(q))
                {
                    if (until - after <= r.LongestGap)
                        continue;
                    // Days on which a contact would have kept the gap.
                    var inTime = Enumerable.Range(0, state.Days).Where(d => d > after && d < until && d >= state.FromDay && d <= after + r.LongestGap).ToList();
                    var could = inTime.Select(d => state.CouldBe(q, d)).ToList();
                    var why = state.Able[q].Length < r.People ? UnmetCode.NobodyHasSkill
                        : inTime.Count == 0 ? UnmetCode.AlreadyOverdue
                        : !could.Any(c => c.Home) ? UnmetCode.NeverHome
                        : !could.Any(c => c.Visitors >= r.People) ? UnmetCode.NobodyFree
                        : UnmetCode.NoRoom;
                    list.Add(new(recipient, index, state.Problem.First.AddDays(after), state.Problem.First.AddDays(until), until - after - r.LongestGap, why, state.Able[q].Length));
                }
            }
            return list;
        }
    }
}
