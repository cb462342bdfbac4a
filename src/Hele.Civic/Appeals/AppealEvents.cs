using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Appeals;

/// <summary>What can happen to an appeal, its answers and verdicts.</summary>
public static class AppealEvents
{
    public static readonly EventKind Filed = new("appeal.filed", ("提交了诉求", "Filed the appeal"));
    public static readonly EventKind TakenDown = new("appeal.taken-down", ("在服务大厅代为登记了诉求", "Took the appeal down at the counter"));
    public static readonly EventKind Accepted = new("appeal.accepted", ("受理，开始办理", "Accepted it and began to handle it"));
    public static readonly EventKind Answered = new("appeal.answered", ("作出答复，请居民评价", "Answered it; the resident is asked to judge"));
    public static readonly EventKind JudgedSatisfied = new("appeal.judged-satisfied", ("居民评价：满意，办结", "The resident is satisfied; closed"));
    public static readonly EventKind JudgedDissatisfied = new("appeal.judged-dissatisfied", ("居民评价：不满意，重新办理", "The resident is not satisfied; handled again"));
    public static readonly EventKind HandedOver = new("appeal.handed-over", ("原岗位终止，移交给接手的岗位继续办理，期限不变", "The post that handled it ended; handed over to its successor, the deadline unchanged"));
    public static readonly EventKind AnswerWritten = new("answer.written", ("写下答复", "Wrote the answer"));
    public static readonly EventKind VerdictGiven = new("verdict.given", ("留下评价", "Gave the verdict"));
}
