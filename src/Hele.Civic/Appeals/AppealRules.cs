namespace Hele.Civic.Appeals;

/// <summary>The rules an appeal's clocks come from.</summary>
public static class AppealRules
{
    public const string Accept = "appeal.accept", AnswerByGrid = "appeal.answer.grid", AnswerByCommunity = "appeal.answer.community", AnswerByStreet = "appeal.answer.street", AnswerBySupervision = "appeal.answer.supervision",
        RespondUrgent = "appeal.urgent.respond",
        Review = "appeal.refusal.review", Resume = "appeal.resume", Rounds = "appeal.rounds", AskAgain = "appeal.reask", AskAgainFor = "appeal.reask.open", ContestVerdict = "appeal.verdict.contest", AnswerJointly = "appeal.answer.joint";
}
