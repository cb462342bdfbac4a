using System.Numerics;
using Hele.Planning.Streets;

namespace Hele.Planning.Roster;

/// <summary>A contact in a state: a rhythm by its number over all recipients, a day of the roster, minutes of that day.</summary>
sealed class Contact
{
    public required int Rhythm, Day, Start, Length;
    public required int[] Visitors;
    public required Shift?[] Shifts;
    /// <summary>A promise, or past: it stays.</summary>
    public bool Fixed, Promised, Past;
    public int End => Start + Length;
}

/// <summary>A free time of a visitor within one day. Who has nothing to do in it stays at their base.</summary>
sealed class Shift
{
    public required int Visitor, Day, From, Until;
    public readonly List<Contact> Entries = [];
}

/// <summary>A place for a contact, and what it would cost.</summary>
struct Candidate
{
    public Int128 Cost;
    public int Start;
    public Shift First;
    public Shift? Second;
}

/// <summary>
/// A roster that is being made: who is where when, and what it costs, kept up to date as contacts are put in and taken out. Between two visits a walk may stop for calls, so there must be time for the walk and the calls between them;
/// since the shortest ways count, taking a contact out never makes another impossible.
/// </summary>
sealed class RosterState
{
    const int Unreachable = 100_000;

    internal readonly RosterProblem Problem;
    internal readonly int Days, VisitorCount;
    /// <summary>Rhythms of all recipients: whose, which of theirs, and the rhythm.</summary>
    internal readonly (int Recipient, int Index, Rhythm Rhythm)[] Rhythms;
    internal readonly int[] FirstRhythm;
    /// <summary>Visitors with the skills, by rhythm.</summary>
    internal readonly int[][] Able;
    internal readonly SortedList<int, Contact>[] Planned;
    /// <summary>Nothing begins before this minute of this day: what came before is past.</summary>
    internal readonly int FromDay, FromMinute;

    readonly int[] places, walk, last, baseOf, placeOf, capacity, week, load, step;
    readonly Shift[][] shifts;
    readonly (int From, int Until)[][] home;
    readonly List<Contact>[] ofRecipient;
    readonly bool[] known;
    readonly int[] faces;
    readonly ulong[] own;
    readonly int[][] dependent;
    readonly int[][] visitRhythms;
    readonly List<(int From, int Until)> open = [];
    readonly List<(Shift Shift, int Low, int High, int Walk)> slots0 = [], slots1 = [];
    readonly bool[] roomFor;

    // The plan before.
    readonly Dictionary<int, (int Start, int[] Visitors)>[]? old;
    readonly int[] oldCount, kept;

    int gapDays, changes, contacts, newFaces, unevenness, walking;

    public RosterState(RosterProblem problem, int fromDay = 0, int fromMinute = 0, IEnumerable<PlannedContact>? before = null)
    {
        problem.Check();
        (Problem, Days, VisitorCount, FromDay, FromMinute) = (problem, problem.Days, problem.Visitors.Count, fromDay, fromMinute);
        Rhythms = [.. problem.Recipients.SelectMany((r, i) => r.Rhythms.Select((rhythm, k) => (i, k, rhythm)))];
        FirstRhythm = new int[problem.Recipients.Count];
        for (int r = 0, q = 0; r < FirstRhythm.Length; q += problem.Recipients[r++].Rhythms.Count)
            FirstRhythm[r] = q;
        Able = [.. Rhythms.Select(q => Enumerable.Range(0, VisitorCount).Where(v => q.Rhythm.Skills.All(problem.Visitors[v].Skills.Contains)).ToArray())];
        last = [.. Rhythms.Select(q => q.Rhythm.Last.DayNumber - problem.First.DayNumber)];
        (Planned, own) = ([.. Rhythms.Select(_ => new SortedList<int, Contact>())], new ulong[Rhythms.Length]);
        visitRhythms = [.. problem.Recipients.Select((r, i) => r.Rhythms.Index().Where(k => k.Item.Kind == ContactKind.Visit).Select(k => FirstRhythm[i] + k.Index).ToArray())];
        dependent = [.. Rhythms.Select(q => q.Rhythm.Kind != ContactKind.Visit ? [] : problem.Recipients[q.Recipient].Rhythms.Index().Where(k => k.Item.MetByVisit).Select(k => FirstRhythm[q.Recipient] + k.Index).ToArray())];
        (places, walk) = Ways(problem);
        baseOf = [.. problem.Visitors.Select(v => Array.BinarySearch(places, v.Base))];
        placeOf = [.. problem.Recipients.Select(r => Array.BinarySearch(places, r.Place))];
        shifts = new Shift[VisitorCount * Days][];
        for (var v = 0; v < VisitorCount; v++)
            for (var d = 0; d < Days; d++)
            {
                var visitor = problem.Visitors[v];
                shifts[v * Days + d] = [.. Times(d, visitor.Free, visitor.AlsoFree, visitor.Absences).Select(t => new Shift { Visitor = v, Day = d, From = t.From, Until = t.Until })];
            }
        home = new (int, int)[problem.Recipients.Count * Days][];
        for (var r = 0; r < problem.Recipients.Count; r++)
            for (var d = 0; d < Days; d++)
                home[r * Days + d] = [.. Times(d, problem.Recipients[r].Home, [], problem.Recipients[r].Away)];
        ofRecipient = [.. Enumerable.Range(0, problem.Recipients.Count * Days).Select(_ => new List<Contact>())];
        (known, faces) = (new bool[problem.Recipients.Count * VisitorCount], new int[problem.Recipients.Count * VisitorCount]);
        for (var r = 0; r < problem.Recipients.Count; r++)
            foreach (var v in problem.Recipients[r].Familiar)
                known[r * VisitorCount + v] = true;
        capacity = [.. problem.Visitors.Select(v => v.WeekMinutes)];
        (load, step, week, roomFor) = (new int[VisitorCount], new int[VisitorCount], new int[VisitorCount * Weeks], new bool[VisitorCount]);
        (oldCount, kept) = (new int[Rhythms.Length], new int[Rhythms.Length]);
        if (before != null)
        {
            old = [.. Rhythms.Select(_ => new Dictionary<int, (int, int[])>())];
            foreach (var c in before)
                if (c.Recipient < problem.Recipients.Count && c.Rhythm < problem.Recipients[c.Recipient].Rhythms.Count)
                {
                    var q = FirstRhythm[c.Recipient] + c.Rhythm;
                    old[q][DayOf(c.Start)] = (MinuteOf(c.Start), [.. c.Visitors]);
                    oldCount[q]++;
                }
                else
                    changes++;
            changes += oldCount.Sum();
        }
        for (var q = 0; q < Rhythms.Length; q++)
            gapDays += Over(q);
    }

    int Weeks => (Days + 6) / 7;
    internal int DayOf(DateTime at) => DateOnly.FromDateTime(at).DayNumber - Problem.First.DayNumber;
    internal static int MinuteOf(DateTime at) => at.Hour * 60 + at.Minute;
    internal DateTime At(int day, int minute) => Problem.First.AddDays(day).ToDateTime(default).AddMinutes(minute);
    internal PlanCost Cost => new(gapDays, changes, contacts, newFaces, unevenness, walking);
    internal int Load(int visitor) => load[visitor];
    internal double Share(int visitor) => load[visitor] / (double)(capacity[visitor] * Weeks);
    internal IEnumerable<Contact> All => Planned.SelectMany(p => p.Values);
    internal IReadOnlyList<Shift> ShiftsOf(int visitor, int day) => shifts[visitor * Days + day];

    /// <summary>So that costs compare and add as one number.</summary>
    internal static Int128 Weigh(PlanCost c) =>
        ((((((Int128)c.GapDays << 16) + c.Changes << 16) + c.Contacts << 14) + c.NewFaces << 24) + c.Unevenness << 24) + c.WalkingMinutes;

    /// <summary>The places that somebody lives at or leaves from, in order, and the shortest ways between them in whole minutes.</summary>
    static (int[], int[]) Ways(RosterProblem problem)
    {
        int[] places = [.. problem.Visitors.Select(v => v.Base).Concat(problem.Recipients.Select(r => r.Place)).Distinct().Order()];
        var n = places.Length;
        var ms = new long[n * n];
        const long never = (long)Unreachable * 60_000;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                ms[i * n + j] = i == j ? 0 : problem.Walking[places[i], places[j]] is >= 0 and var t ? Math.Min(t, never) : never;
        for (var k = 0; k < n; k++)
            for (var i = 0; i < n; i++)
            {
                var first = ms[i * n + k];
                if (first >= never)
                    continue;
                for (var j = 0; j < n; j++)
                    ms[i * n + j] = Math.Min(ms[i * n + j], first + ms[k * n + j]);
            }
        return (places, [.. ms.Select(t => (int)((t + 59_999) / 60_000))]);
    }

    /// <summary>Within a day of the roster the minutes that are in the weekly hours or the extra times, and in no absence.</summary>
    internal List<(int From, int Until)> Times(int day, WeekHours hours, IReadOnlyList<Stretch> also, IReadOnlyList<Stretch> without)
    {
        var date = Problem.First.AddDays(day);
        var weekday = date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
        var begin = date.ToDateTime(default);
        Span<bool> free = stackalloc bool[1440];
        for (var m = 0; m < 1440; m++)
            free[m] = hours.IsOpen(new(weekday, m / 60, m % 60));
        void Mark(IReadOnlyList<Stretch> stretches, bool value, Span<bool> into)
        {
            foreach (var stretch in stretches)
            {
                // A minute that an absence touches is gone; one that a free time doesn't fill isn't free.
                var (from, until) = ((stretch.From - begin).TotalMinutes, (stretch.Until - begin).TotalMinutes);
                var (a, b) = value ? (Math.Ceiling(from), Math.Floor(until)) : (Math.Floor(from), Math.Ceiling(until));
                for (var m = (int)Math.Clamp(a, 0, 1440); m < (int)Math.Clamp(b, 0, 1440); m++)
                    into[m] = value;
            }
        }
        Mark(also, true, free);
        Mark(without, false, free);
        var times = new List<(int, int)>();
        for (var m = 0; m < 1440; m++)
        {
            if (!free[m])
                continue;
            var from = m;
            while (m < 1440 && free[m])
                m++;
            times.Add((from, m));
        }
        return times;
    }

    int Way(int from, int to) => walk[from * places.Length + to];
    int PlaceOf(Contact c) => placeOf[Rhythms[c.Rhythm].Recipient];
    bool IsVisit(Contact c) => Rhythms[c.Rhythm].Rhythm.Kind == ContactKind.Visit;

    // Gaps.

    /// <summary>Days of the roster on which a rhythm is met.</summary>
    internal ulong Met(int rhythm)
    {
        var days = own[rhythm];
        if (Rhythms[rhythm].Rhythm.MetByVisit)
            foreach (var q in visitRhythms[Rhythms[rhythm].Recipient])
                days |= own[q];
        return days;
    }

    int Over(int rhythm)
    {
        var (before, most, over) = (last[rhythm], Rhythms[rhythm].Rhythm.LongestGap, 0);
        for (var days = Met(rhythm); days != 0; days &= days - 1)
        {
            var day = BitOperations.TrailingZeroCount(days);
            over += Math.Max(0, day - before - most);
            before = day;
        }
        return over + Math.Max(0, Days - before - most);
    }

    /// <summary>The gaps of a rhythm: from the contact before (negative: before the roster) to the next, or to the day after the roster.</summary>
    internal IEnumerable<(int After, int Until)> Gaps(int rhythm)
    {
        var before = last[rhythm];
        for (var days = Met(rhythm); days != 0; days &= days - 1)
        {
            var day = BitOperations.TrailingZeroCount(days);
            yield return (before, day);
            before = day;
        }
        yield return (before, Days);
    }

    // Changes.

    int ChangesOf(int rhythm) => old == null ? 0 : Math.Max(oldCount[rhythm], Planned[rhythm].Count) - kept[rhythm];

    bool WasSo(int rhythm, int day, int start, int first, int second) => old != null && old[rhythm].TryGetValue(day, out var o) && o.Start == start && o.Visitors[0] == first
        && (o.Visitors.Length == 1 ? second < 0 : o.Visitors[1] == second);

    internal bool PlansAgain => old != null;

    internal bool WasSo(Contact c) => WasSo(c.Rhythm, c.Day, c.Start, c.Visitors[0], c.Visitors.Length > 1 ? c.Visitors[1] : -1);

    int? Wanted(int rhythm, int day) => old != null && old[rhythm].TryGetValue(day, out var o) ? o.Start : null;

    // Putting in and taking out.

    public void Add(Contact c) => Put(c, true);
    public void Remove(Contact c) => Put(c, false);

    void Put(Contact c, bool into)
    {
        var q = c.Rhythm;
        var (recipient, _, _) = Rhythms[q];
        var sign = into ? 1 : -1;
        gapDays -= Over(q) + dependent[q].Sum(Over);
        changes -= ChangesOf(q);
        if (into)
            Planned[q].Add(c.Day, c);
        else
            Planned[q].Remove(c.Day);
        own[q] ^= 1UL << c.Day;
        if (WasSo(c))
            kept[q] += sign;
        changes += ChangesOf(q);
        gapDays += Over(q) + dependent[q].Sum(Over);
        contacts += sign;
        if (into)
            ofRecipient[recipient * Days + c.Day].Add(c);
        else
            ofRecipient[recipient * Days + c.Day].Remove(c);
        for (var i = 0; i < c.Visitors.Length; i++)
        {
            var v = c.Visitors[i];
            var face = recipient * VisitorCount + v;
            faces[face] += sign;
            if (!known[face] && faces[face] == (into ? 1 : 0))
                newFaces += sign;
            var further = 0;
            if (c.Shifts[i] is { } shift)
            {
                if (!into)
                    shift.Entries.Remove(c);
                var at = 0;
                while (at < shift.Entries.Count && shift.Entries[at].Start < c.Start)
                    at++;
                if (IsVisit(c))
                {
                    var (from, to) = (baseOf[v], baseOf[v]);
                    for (var k = at - 1; k >= 0; k--)
                        if (IsVisit(shift.Entries[k]))
                        {
                            from = PlaceOf(shift.Entries[k]);
                            break;
                        }
                    for (var k = at; k < shift.Entries.Count; k++)
                        if (IsVisit(shift.Entries[k]))
                        {
                            to = PlaceOf(shift.Entries[k]);
                            break;
                        }
                    further = Way(from, PlaceOf(c)) + Way(PlaceOf(c), to) - Way(from, to);
                }
                if (into)
                    shift.Entries.Insert(at, c);
            }
            walking += sign * further;
            Load(v, c.Day, sign * (further + c.Length));
        }
    }

    void Load(int visitor, int day, int minutes)
    {
        week[visitor * Weeks + day / 7] += minutes;
        load[visitor] += minutes;
        unevenness -= step[visitor] * step[visitor];
        step[visitor] = StepOf(visitor, load[visitor]);
        unevenness += step[visitor] * step[visitor];
    }

    int StepOf(int visitor, int minutes) => (int)(minutes * 20L / (capacity[visitor] * Weeks));

    bool Bears(int visitor, int day, int minutes) => week[visitor * Weeks + day / 7] + minutes <= capacity[visitor];

    int Uneven(int visitor, int minutes)
    {
        var s = StepOf(visitor, load[visitor] + minutes);
        return s * s - step[visitor] * step[visitor];
    }

    // Finding a place.

    /// <summary>Where in a visitor's day a contact of so many minutes fits: the range of its start, and the further walk. A place below 0 is a call.</summary>
    void Slots(int visitor, int day, int place, int minutes, int earliest, List<(Shift, int, int, int)> into)
    {
        var home = baseOf[visitor];
        foreach (var shift in shifts[visitor * Days + day])
        {
            if (shift.Until - minutes < earliest)
                continue;
            var entries = shift.Entries;
            var (from, left, callsBefore, free) = (home, shift.From, 0, shift.From);
            int next = -1, to = home, due = shift.Until, callsAfter = 0;
            for (var i = 0; ; i++)
            {
                if (next < i)
                {
                    callsAfter = 0;
                    for (next = i; next < entries.Count && !IsVisit(entries[next]); next++)
                        callsAfter += entries[next].Length;
                    (to, due) = next < entries.Count ? (PlaceOf(entries[next]), entries[next].Start) : (home, shift.Until);
                    if (next == entries.Count)
                        next = int.MaxValue;
                }
                var until = i < entries.Count ? entries[i].Start : shift.Until;
                int low, high, further = 0;
                if (place >= 0)
                {
                    low = Math.Max(free, left + Way(from, place) + callsBefore);
                    high = Math.Min(until, due - Way(place, to) - callsAfter) - minutes;
                    further = Way(from, place) + Way(place, to) - Way(from, to);
                }
                else
                {
                    low = free;
                    high = due - left - callsBefore - callsAfter - Way(from, to) >= minutes ? until - minutes : int.MinValue;
                }
                low = Math.Max(low, earliest);
                if (low <= high && Bears(visitor, day, minutes + further))
                    into.Add((shift, low, high, further));
                if (i == entries.Count)
                    break;
                var entry = entries[i];
                free = entry.End;
                if (IsVisit(entry))
                    (from, left, callsBefore) = (PlaceOf(entry), entry.End, 0);
                else
                {
                    callsBefore += entry.Length;
                    callsAfter -= entry.Length;
                }
            }
        }
    }

    /// <summary>The minutes of a day when a recipient is there and has nobody else.</summary>
    void Open(int recipient, int day)
    {
        open.Clear();
        open.AddRange(home[recipient * Days + day]);
        foreach (var c in ofRecipient[recipient * Days + day])
            for (var i = open.Count - 1; i >= 0; i--)
            {
                var (from, until) = open[i];
                if (c.End <= from || c.Start >= until)
                    continue;
                open.RemoveAt(i);
                if (c.End < until)
                    open.Insert(i, (c.End, until));
                if (c.Start > from)
                    open.Insert(i, (from, c.Start));
            }
    }

    /// <summary>The earliest start in a range within the open hours, or the wanted one where it is possible; -1 when there is none.</summary>
    int StartIn(int low, int high, int minutes, int? wanted)
    {
        if (low > high)
            return -1;
        var start = -1;
        foreach (var (from, until) in open)
        {
            if (wanted is { } w && w >= low && w <= high && w >= from && w + minutes <= until)
                return w;
            var t = Math.Max(low, from);
            if (start < 0 && t <= high && t + minutes <= until)
                start = t;
        }
        return start;
    }

    Int128 FaceCost(int recipient, int visitor) => !known[recipient * VisitorCount + visitor] && faces[recipient * VisitorCount + visitor] == 0 ? 1 : 0;

    /// <summary>The cheapest place for a contact of a rhythm on a day: beyond its gaps and contacts, in changes, new faces, unevenness, walking; of equals the earliest that is found.</summary>
    /// <param name="not">Visitors who aren't to come together (an alternative is asked for).</param>
    /// <param name="only">Visitors who are to come, and when: a promise.</param>
    /// <param name="room">Where given, it is told for every visitor whether they have room.</param>
    public bool Best(int rhythm, int day, out Candidate best, int[]? not = null, (int Start, IReadOnlyList<int> Visitors)? only = null, bool[]? room = null)
    {
        best = new() { Cost = Int128.MaxValue };
        var (recipient, _, r) = Rhythms[rhythm];
        if (day < FromDay && only == null)
            return false;
        Open(recipient, day);
        if (open.Count == 0)
            return false;
        var earliest = only == null && day == FromDay ? FromMinute : 0;
        var place = r.Kind == ContactKind.Visit ? placeOf[recipient] : -1;
        var wanted = only?.Start ?? Wanted(rhythm, day);
        // What differs from the plan before costs a change, unless there are fewer contacts than before anyhow.
        var (more, fewer) = (Int128.Zero, Int128.Zero);
        if (old != null)
        {
            var now = ChangesOf(rhythm);
            more = (Int128)(Math.Max(oldCount[rhythm], Planned[rhythm].Count + 1) - kept[rhythm] - now) << 78;
            fewer = (Int128)(Math.Max(oldCount[rhythm], Planned[rhythm].Count + 1) - kept[rhythm] - 1 - now) << 78;
        }
        var able = Able[rhythm];
        for (var i = 0; i < able.Length; i++)
        {
            var v = able[i];
            if (only is { } o && r.People == 1 && !o.Visitors.Contains(v))
                continue;
            slots0.Clear();
            Slots(v, day, place, r.Minutes, earliest, slots0);
            if (slots0.Count == 0)
                continue;
            if (r.People == 1)
            {
                if (not != null && not[0] == v)
                {
                    if (room != null)
                        room[v] |= slots0.Any(s => StartIn(s.Low, s.High, r.Minutes, wanted) >= 0);
                    continue;
                }
                var face = FaceCost(recipient, v) << 48;
                foreach (var (shift, low, high, further) in slots0)
                {
                    var start = StartIn(low, high, r.Minutes, wanted);
                    if (start < 0 || only is { } exact && start != exact.Start)
                        continue;
                    if (room != null)
                        room[v] = true;
                    var cost = (old == null ? 0 : WasSo(rhythm, day, start, v, -1) ? fewer : more) + face + ((Int128)Uneven(v, r.Minutes + further) << 24) + further;
                    if (cost < best.Cost || cost == best.Cost && start < best.Start)
                        best = new() { Cost = cost, Start = start, First = shift };
                }
                continue;
            }
            for (var j = i + 1; j < able.Length; j++)
            {
                var w = able[j];
                if (only is { } both && !both.Visitors.All(x => x == v || x == w))
                    continue;
                var same = not != null && not[0] == v && not[1] == w;
                if (same && room == null)
                    continue;
                slots1.Clear();
                Slots(w, day, place, r.Minutes, earliest, slots1);
                var face = (FaceCost(recipient, v) + FaceCost(recipient, w)) << 48;
                foreach (var a in slots0)
                    foreach (var b in slots1)
                    {
                        var start = StartIn(Math.Max(a.Low, b.Low), Math.Min(a.High, b.High), r.Minutes, wanted);
                        if (start < 0 || only is { } exact && start != exact.Start)
                            continue;
                        if (room != null)
                            (room[v], room[w]) = (true, true);
                        if (same)
                            continue;
                        var cost = (old == null ? 0 : WasSo(rhythm, day, start, v, w) ? fewer : more) + face + ((Int128)(Uneven(v, r.Minutes + a.Walk) + Uneven(w, r.Minutes + b.Walk)) << 24) + a.Walk + b.Walk;
                        if (cost < best.Cost || cost == best.Cost && start < best.Start)
                            best = new() { Cost = cost, Start = start, First = a.Shift, Second = b.Shift };
                    }
            }
        }
        return best.Cost < Int128.MaxValue;
    }

    public Contact Contact(int rhythm, int day, in Candidate at) => new()
    {
        Rhythm = rhythm, Day = day, Start = at.Start, Length = Rhythms[rhythm].Rhythm.Minutes,
        Visitors = at.Second == null ? [at.First.Visitor] : [at.First.Visitor, at.Second.Visitor],
        Shifts = at.Second == null ? [at.First] : [at.First, at.Second],
    };

    /// <summary>Whether a visitor alone, with an otherwise empty day, could come on a day, and whether the recipient is there for so long.</summary>
    internal (bool Home, int Visitors) CouldBe(int rhythm, int day)
    {
        var (recipient, _, r) = Rhythms[rhythm];
        var times = home[recipient * Days + day];
        var earliest = day < FromDay ? 1440 : day == FromDay ? FromMinute : 0;
        var there = times.Any(t => t.Until - Math.Max(earliest, t.From) >= r.Minutes);
        var starts = new BitArray1440[VisitorCount];
        var count = 0;
        foreach (var v in Able[rhythm])
        {
            var way = r.Kind == ContactKind.Visit ? (Way(baseOf[v], placeOf[recipient]), Way(placeOf[recipient], baseOf[v])) : (0, 0);
            var could = new BitArray1440();
            foreach (var shift in shifts[v * Days + day])
                foreach (var (from, until) in times)
                    could.Fill(Math.Max(Math.Max(from, earliest), shift.From + way.Item1), Math.Min(until, shift.Until - way.Item2) - r.Minutes);
            starts[v] = could;
        }
        if (r.People == 1)
            count = Able[rhythm].Count(v => starts[v].Any);
        else
            foreach (var v in Able[rhythm])
                if (Able[rhythm].Any(w => w != v && starts[v].Meets(starts[w])))
                    count++;
        return (there, count);
    }

    /// <summary>Minutes of a day.</summary>
    struct BitArray1440
    {
        ulong[]? bits;

        public void Fill(int from, int to)
        {
            for (var m = Math.Max(0, from); m <= to && m < 1440; m++)
                (bits ??= new ulong[23])[m >> 6] |= 1UL << (m & 63);
        }

        public readonly bool Any => bits != null;
        public readonly bool Meets(in BitArray1440 other)
        {
            for (var i = 0; bits != null && other.bits != null && i < 23; i++)
                if ((bits[i] & other.bits[i]) != 0)
                    return true;
            return false;
        }
    }

    /// <summary>Minutes a visitor walks to a contact from the visit before it in the same free time, or from their base.</summary>
    internal int WalkBefore(Contact c, int index)
    {
        if (!IsVisit(c) || c.Shifts[index] is not { } shift)
            return 0;
        var from = baseOf[shift.Visitor];
        foreach (var entry in shift.Entries)
        {
            if (entry == c)
                break;
            if (IsVisit(entry))
                from = PlaceOf(entry);
        }
        return Way(from, PlaceOf(c));
    }

    /// <summary>Minutes a visitor walks in all, the ways back to their base with them.</summary>
    internal int WalkingOf(int visitor)
    {
        var sum = 0;
        for (var d = 0; d < Days; d++)
            foreach (var shift in shifts[visitor * Days + d])
            {
                var from = baseOf[visitor];
                foreach (var entry in shift.Entries)
                    if (IsVisit(entry))
                    {
                        sum += Way(from, PlaceOf(entry));
                        from = PlaceOf(entry);
                    }
                sum += Way(from, baseOf[visitor]);
            }
        return sum;
    }

    /// <summary>The free time of a visitor that holds these minutes.</summary>
    internal Shift? ShiftAt(int visitor, int day, int start, int end) => Array.Find(shifts[visitor * Days + day], s => s.From <= start && end <= s.Until);
}
