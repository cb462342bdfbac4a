using Hele.Civic.Appeals;
using Hele.Web.Ui;
using TimelineEvent = Hele.Web.Ui.TimelineEvent;

namespace Hele.Web.Pages.Appeals.Matter;

/// <summary>The course of a matter as its page tells it: the log's events with the words that were given at each step.</summary>
public sealed partial class MatterModel
{
    /// <summary>The course of the matter, with the words that were given at each step.</summary>
    public IEnumerable<TimelineEvent> Events()
    {
        var (answers, up, back, asked) = (0, 0, 0, 0);
        var (verdicts, joined) = (new Queue<VerdictView>(View.Verdicts.Where(v => !v.IsJoined)), new Queue<VerdictView>(View.Verdicts.Where(v => v.IsJoined)));
        // Leaving a merged matter by withdrawing it is told as the withdrawal.
        var notes = View.Notes.Where(n => n.Kind != NoteKind.Split || n.Text is not null).ToLookup(n => n.Kind).ToDictionary(g => g.Key, g => new Queue<NoteView>(g));
        foreach (var e in View.Timeline)
        {
            string? quote = null, reason = e.Reason, who = Who(e);
            if (e.Kind == AppealEvents.FiledPast.Code)
            {
                up++;
            }
            else if (e.Kind == AppealEvents.ReferredUp.Code && up < View.GoneUp.Count)
            {
                var gone = View.GoneUp[up++];
                quote = !gone.ByResident ? L["上报{0}：{1}", gone.Unit, gone.Text ?? ""] : gone.Text is { } said ? L["居民本人请{0}看看：{1}", gone.Unit, said] : L["居民本人请{0}看看", gone.Unit];
                reason = null;
                if (gone.EnteredBy is { } entered)
                    who = L["居民本人的意思，{0}代录", entered];
            }
            else if (e.Kind == AppealEvents.ReturnedFromAbove.Code && back < View.CameBack.Count)
            {
                var came = View.CameBack[back++];
                quote = L["{0}：{1}", L[Referral.Reasons[came.Returned!.Value]], came.Text ?? ""];
            }
            else if ((e.Kind == AppealEvents.Answered.Code || e.Kind == AppealEvents.SettledOnTheSpot.Code || e.Kind == AppealEvents.AnsweredFromAbove.Code) && answers < View.Answers.Count)
            {
                var given = View.Answers[answers++];
                quote = given.Text;
                if (View.Joint.Where(j => j.Round == given.Round - 1).Select(j => j.Post).Distinct().ToList() is { Count: > 0 } together)
                    quote += "\n" + L["参加办理：{0}", string.Join(L["、"], together)];
                if (given.WasLate)
                    who = L["{0}（超过期限{1}）", who, fmt.Date(given.DueOn!.Value)];
            }
            else if ((e.Kind == AppealEvents.JudgedSatisfied.Code || e.Kind == AppealEvents.JudgedDissatisfied.Code || e.Kind == AppealEvents.JudgedDisagreed.Code || e.Kind == AppealEvents.JudgedPast.Code) && verdicts.Count > 0)
            {
                var given = verdicts.Dequeue();
                up += e.Kind == AppealEvents.JudgedPast.Code ? 1 : 0;
                quote = given.Hidden is { } hides ? Hidden(hides, given.Remark) : given.Remark;
                if (given.Channel != Channel.Web)
                    who = Entered(given);
            }
            else if ((e.Kind == JoiningEvents.JudgedSatisfied.Code || e.Kind == JoiningEvents.JudgedDissatisfied.Code || e.Kind == JoiningEvents.JudgedDisagreed.Code) && joined.Count > 0)
            {
                var given = joined.Dequeue();
                quote = given.Hidden is { } hides ? Hidden(hides, given.Remark) : given.Remark;
                who = given.Channel != Channel.Web ? Entered(given) : L["加入的居民"];
            }
            else if (NoteKinds.TryGetValue(e.Kind, out var kind) && notes.GetValueOrDefault(kind) is { Count: > 0 } queue)
            {
                var note = queue.Dequeue();
                quote = note.Hidden is { } hides ? Hidden(hides, note.Text) : note.Text;
                if (note.Channel == Channel.Phone && kind == NoteKind.VerdictContested)
                    who = L["居民在回访电话里说的，{0}记下", note.Post ?? ""];
                else if (note.Channel == Channel.Counter)
                    who = L["居民本人的意思，{0}代录", note.Post ?? ""];
                else if (kind == NoteKind.VerdictContested && e.Kind != AppealEvents.VerdictContested.Code && e.Kind != AppealEvents.OldVerdictContested.Code)
                    who = L["加入的居民"];
                else if (note.To is { } to)
                    who = L["{0}，转给{1}", who, to];
                else if (kind == NoteKind.KindCorrected)
                    reason = L["改为{0}", L.Kind(note.Reason ?? "")];
                else if (note.Reason is { } why && Book.On(why, note.On) is { } refused)
                    reason = L[refused.Title];
            }
            else if ((e.Kind == JointEvents.Started.Code || e.Kind == JointEvents.Widened.Code) && asked < View.Joint.Count)
            {
                var part = View.Joint[asked++];
                (quote, reason) = (L["请{0}：{1}", part.Post, part.Task], part.Reason);
            }

            yield return new TimelineEvent(Sentence(e.Kind), e.At) { OnDate = e.On, Post = who, Quote = quote, Reason = reason, Tone = AppealWords.Tone(e.Kind) };
        }
    }

    /// <summary>By which door somebody's verdict came in, who entered it, and whether it stands.</summary>
    private string Entered(VerdictView verdict)
    {
        var by = verdict.Channel == Channel.Phone ? L["居民电话评价，{0}代录", verdict.EnteredBy ?? ""] : L["居民纸质评价，{0}代录", verdict.EnteredBy ?? ""];
        return verdict.StruckOn is { } struck ? L["{0}；{1}居民说不是本人的意思，已划去", by, fmt.Date(struck)] : by;
    }

    /// <summary>Steps that start no clock: the one that runs is older than they are.</summary>
    private static readonly string[] KeepsTheClock = [AppealEvents.HandedBack.Code, AppealEvents.PassedOn.Code, AppealEvents.HandedOver.Code, AppealEvents.PhotosAdded.Code, JoiningEvents.SteppedBack.Code, JoiningEvents.JudgedSatisfied.Code, PublicationEvents.KindCorrected.Code,
        AppealEvents.OldVerdictContested.Code, JoiningEvents.OldVerdictContested.Code, AppealEvents.ContestLookedInto.Code, AppealEvents.Responded.Code, JointEvents.Widened.Code];

    private static readonly Dictionary<string, NoteKind> NoteKinds = new()
    {
        [AppealEvents.Refused.Code] = NoteKind.Refused,
        [AppealEvents.Contested.Code] = NoteKind.Contested,
        [AppealEvents.ContestedPast.Code] = NoteKind.Contested,
        [AppealEvents.Overruled.Code] = NoteKind.Overruled,
        [AppealEvents.Upheld.Code] = NoteKind.Upheld,
        [AppealEvents.HandedBack.Code] = NoteKind.HandedBack,
        [AppealEvents.PassedOn.Code] = NoteKind.PassedOn,
        [AppealEvents.Withdrawn.Code] = NoteKind.Withdrawn,
        [AppealEvents.WithdrawnFromAbove.Code] = NoteKind.Withdrawn,
        [JoiningEvents.SteppedBack.Code] = NoteKind.SteppedBack,
        [MergingEvents.Merged.Code] = NoteKind.Merged,
        [MergingEvents.Split.Code] = NoteKind.Split,
        [AppealEvents.Resumed.Code] = NoteKind.Resumed,
        [AppealEvents.StillSolved.Code] = NoteKind.StillSolved,
        [AppealEvents.NotSolved.Code] = NoteKind.NotSolved,
        [AppealEvents.ResidentStated.Code] = NoteKind.ResidentStatement,
        [AppealEvents.CommunityStated.Code] = NoteKind.CommunityStatement,
        [AppealEvents.VerdictContested.Code] = NoteKind.VerdictContested,
        [AppealEvents.OldVerdictContested.Code] = NoteKind.VerdictContested,
        [JoiningEvents.VerdictContested.Code] = NoteKind.VerdictContested,
        [JoiningEvents.ClosedAgain.Code] = NoteKind.VerdictContested,
        [JoiningEvents.OldVerdictContested.Code] = NoteKind.VerdictContested,
        [AppealEvents.ContestLookedInto.Code] = NoteKind.ContestLookedInto,
        [AppealEvents.Responded.Code] = NoteKind.Responded,
        [PublicationEvents.KindCorrected.Code] = NoteKind.KindCorrected,
    };

    /// <summary>Why words are hidden, and the words where this viewer may read them all the same.</summary>
    private string Hidden(HiddenView hidden, string? words) => L.HiddenBecause(hidden, fmt) + (words is null ? "" : "\n" + words);

    private string Who(Civic.Appeals.TimelineEvent e) => e.Who ?? (View.IsOwn ? L["您本人"] : L["居民本人"]);

    private string Sentence(string kind) => modules.Event(kind) is { } known ? L[known.Sentence] : kind;
}
