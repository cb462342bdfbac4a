using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Storage;

/// <summary>How an operation ended: accepted with the public code of its record, or refused with what a person can understand.</summary>
public sealed record Outcome
{
    private Outcome() { }

    /// <summary>The public code of the record; null when refused.</summary>
    public string? Code { get; private init; }

    /// <summary>True when the same form had been accepted before and nothing new was written.</summary>
    public bool Replayed { get; private init; }

    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    /// <summary>Set when this form was sent before with other content, or the same content in another form just now: the code of what was sent then.</summary>
    public string? SentBefore { get; private init; }

    public bool Accepted => Code is not null;

    public static Outcome Ok(string code) => new() { Code = code };
    public static Outcome Again(string code) => new() { Code = code, Replayed = true };
    public static Outcome Refused(params IReadOnlyList<Problem> problems) => new() { Problems = problems };
    public static Outcome OtherContent(string code) => new() { SentBefore = code, Problems = [StorageProblems.OtherContent] };

    public static Outcome SameContent(string code) => new() { SentBefore = code, Problems = [StorageProblems.SameContent] };

    public static implicit operator Outcome(Problem problem) => Refused(problem);
}

public static class StorageProblems
{
    public static readonly Problem OtherContent = new("storage.other-content",
        ("这张表单已经提交过，但内容不同。可以打开已提交的那一份，或作为新的一份提交。", "This form was already sent, with other content. Open what was sent, or send this as new."), Kind: ProblemKind.Conflict);

    public static readonly Problem SameContent = new("storage.same-content",
        ("刚才已经提交过一份内容完全一样的。可以打开已提交的那一份；确实要再提交一份，请再按一次提交。", "The very same content was sent just now. Open what was sent; if you do mean to send another one, send it once more."), Kind: ProblemKind.Conflict);

    public static readonly Problem ReadOnly = new("storage.read-only",
        ("系统现在只能查看，不能办理：{0}", "The system is read-only now: {0}"), Kind: ProblemKind.Conflict);

    public static readonly Problem NotSaved = new("storage.not-saved",
        ("没有保存成功，请再提交一次；不会重复。", "This was not saved. Please send it again; nothing will be doubled."), Kind: ProblemKind.Conflict);

    public static readonly Problem Duplicate = new("storage.duplicate",
        ("已经有一条相同的记录。", "The same record exists already."), Kind: ProblemKind.Conflict);

    public static readonly Problem NotFound = new("storage.not-found",
        ("没有找到这条记录。", "This record was not found."), Kind: ProblemKind.NotFound);
}
