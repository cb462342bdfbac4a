using Hele.Civic.Platform.Journal;

namespace Hele.Civic.People.Posts;

/// <summary>What can happen to a post, besides being given by the operator (<see cref="RegisterPerson.PostGiven"/>).</summary>
public static class PostEvents
{
    public static readonly EventKind Proposed = new("post.proposed", ("提出任用，等另一个人确认", "Proposed the post; another person is to confirm it"));
    public static readonly EventKind Confirmed = new("post.confirmed", ("确认任用", "Confirmed the post"));
    public static readonly EventKind Refused = new("post.refused", ("不同意任用", "Refused the post"));
    public static readonly EventKind Withdrawn = new("post.withdrawn", ("撤回任用的提议", "Withdrew the proposal"));
    public static readonly EventKind Ended = new("post.ended", ("终止岗位", "Ended the post"));

    public static readonly EventKind Vacant = new("post.vacant", ("岗位上的人去世，岗位空缺", "Its holder died: the post is vacant"));
    public static readonly EventKind NotVacant = new("post.not-vacant", ("撤销去世登记，岗位照旧", "The post goes on: the death was taken back"));

    public static IEnumerable<EventKind> All => [Proposed, Confirmed, Refused, Withdrawn, Ended, Vacant, NotVacant];
}
