using Hele.TestKit;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// A request reads through its own scope (<c>ReadSession</c>). Whoever opens a scope by themselves could read another jurisdiction's rows past it,
/// so each such class stands here with its reason.
/// </summary>
/// <remarks>Seen to fail: each of these, before it stood in the list. Other ways to a context (the writer, <c>Operate</c>) have guards of their own.</remarks>
public class OwnScopes
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Hele.Civic.Appeals.FileConduct"] = "the viewer's own community: whether a supervisor is named, before the act that has to say where it writes",
        ["Hele.Civic.Appeals.FindPublished"] = "what reviewers made public, by its own code or its community's: for whoever follows a link",
        ["Hele.Civic.Appeals.FindEnteredVerdict"] = "the code on the paper of a verdict that was entered for a resident, wherever it was given: what was entered, by which post, when",
        ["Hele.Civic.Appeals.HiddenAbove"] = "the viewer's own community: whether the matter went up, before the act that has to say where it crosses to",
        ["Hele.Civic.Appeals.LookUpAppeal"] = "the code on a paper receipt, wherever it was given: state and dates of one appeal",
        ["Hele.Civic.Appeals.ReferAppeal"] = "the tree of jurisdictions only, no rows of any",
        ["Hele.Civic.Appeals.ReferralOrigin"] = "the viewer's own sub-district, before the act that has to say where it crosses to",
        ["Hele.Civic.Appeals.SendPast"] = "the viewer's own community: whether their word goes past it, before the act that has to say where it writes",
        ["Hele.Civic.Appeals.WithdrawAppeal"] = "the viewer's own community: whether the matter lies above, before the act that has to say where it crosses to",
        ["Hele.Civic.BreakGlass.ReadInEmergency"] = "the viewer's own jurisdiction: the reason they gave, which goes with the act",
        ["Hele.Civic.Demo.DemoSeed"] = "the demo, before the first request",
        ["Hele.Civic.Disclosures.FindDisclosed"] = "what was put up, by the code on the paper or its community's: public wherever it hangs, and of what is over no more than that",
        ["Hele.Civic.Disclosures.KeepDisclosures"] = "housekeeping in one jurisdiction, shown to nobody",
        ["Hele.Civic.GridPlanning.AdoptPlan"] = "the viewer's own community: its grids and buildings, to work the outlines out before the act",
        ["Hele.Civic.People.ErasePerson"] = "before the first request: who was erased since an older state was put back",
        ["Hele.Civic.People.ResetSignIn"] = "the operator's command: accounts only",
        ["Hele.Civic.People.StaffAccounts"] = "whether an account holds a post anywhere, said to nobody",
        ["Hele.Civic.People.Viewers"] = "who a signed-in account is, in the places that know it",
        ["Hele.Civic.ServiceCircles.DrawCorrection"] = "the viewer's own community: its streets, to try what comes of a correction before the act",
        ["Hele.Civic.ServiceCircles.RecordReading"] = "the viewer's own community: its streets, made ready before the act",
        ["Hele.Civic.Platform.Accounts.Passkeys"] = "accounts only, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Accounts.Passwords"] = "accounts only, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Accounts.PhoneCodes"] = "accounts only, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Accounts.SecondFactors"] = "accounts only, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Accounts.Sessions"] = "accounts only, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Imports.ImportSweep"] = "housekeeping in one jurisdiction, shown to nobody",
        ["Hele.Civic.Platform.Files.KeptFiles"] = "an account's own photos of a form that isn't accepted yet, no rows of any jurisdiction",
        ["Hele.Civic.Platform.Journal.DeclareEpoch"] = "the operator's restore: the size of a log and its epochs, before the act that declares the next",
        ["Hele.Civic.Platform.Journal.KitMaker"] = "one log's entries: commitments without names, for supervisors and the operator",
        ["Hele.Civic.Platform.Journal.LogService"] = "checkpoints and pins: hashes and sizes",
        ["Hele.Civic.Platform.Journal.LogVerification"] = "verify, for the operator",
        ["Hele.Civic.Platform.Notices.Mail.MailSender"] = "the outbox of every jurisdiction, each mail then within its own: shown to nobody but whoever it is for",
        ["Hele.Civic.Platform.Notices.Mail.StopEmail"] = "the one address that a mail's own link names, whose proof the program alone can make: whether mails go there",
        ["Hele.Civic.Platform.Rules.RuleReader"] = "the values that what lies above has set for the rules it sets: public there and here",
        ["Hele.Civic.Platform.Sealing.CloseViewHours"] = "housekeeping in one jurisdiction, shown to nobody",
        ["Hele.Civic.Platform.Sealing.ErasureList"] = "the list of erasures beside the pins, shown to nobody",
        ["Hele.Civic.Platform.Sealing.PurgeExpired"] = "housekeeping in one jurisdiction, shown to nobody",
        ["Hele.Civic.Platform.Sealing.RewrapKeys"] = "wrapped keys, shown to nobody",
        ["Hele.Civic.Platform.Storage.BackupRestorer"] = "the operator's restore: sizes of logs",
        ["Hele.Civic.Platform.Storage.Database"] = "whether the database answers: nothing is read",
        ["Hele.Civic.Platform.Storage.PostgresDatabase"] = "the operator's backup: every row of every jurisdiction, into a file of his",
        ["Hele.Civic.Platform.Storage.ReadSession"] = "the request's own scope itself",
        ["Hele.Civic.Reports.CommunityFigures"] = "counts of the communities below, small ones hidden: the one way from above to below",
        ["Hele.Cli.EraseCommand"] = "the operator's command in one jurisdiction",
        ["Hele.Cli.HealthCommand"] = "the operator's command: sizes of logs",
        ["Hele.Cli.IndexCommand"] = "the operator's command: the list of jurisdictions, whose indexes it makes anew",
        ["Hele.Cli.Installation"] = "the operator's commands: the tree, and one scope they name",
        ["Hele.Cli.PurgeCommand"] = "the operator's command in one jurisdiction",
        ["Hele.Web.Endpoints.LogEndpoints"] = "checkpoints and hash tiles of any log: public",
        ["Hele.Web.Hosting.Housekeeping"] = "the tree of jurisdictions, and when each log's newest entry was written",
        ["Hele.Web.Hosting.Site"] = "the tree of jurisdictions only",
        ["Hele.Civic.Platform.Journal.Witness"] = "what this installation cosigned for others: public",
        ["Hele.Civic.Platform.Journal.Witnesses"] = "sizes and proofs of each log, for its witnesses: public",
        ["Hele.Web.Pages.Log.Sheet.SheetModel"] = "the checkpoint of any log, for paper: public",
        ["Hele.Web.Pages.Log.LogModel"] = "sizes and checkpoints of any log: public",
    };

    [Fact]
    public void EveryClassThatOpensAScopeByItself_IsListedWithItsReason()
    {
        var found = new[] { "Hele.Civic", "Hele.Web", "Hele.Cli" }.SelectMany(name => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, (name == "Hele.Cli" ? "hele" : name) + ".dll")).MainModule.GetAllTypes())
            .Where(type => type.Methods.Where(m => m.HasBody).Any(m => m.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Read" } call && call.DeclaringType.FullName == "Hele.Civic.Platform.Storage.Database")))
            .Select(type => { while (type.DeclaringType is not null) type = type.DeclaringType; return type.FullName; }).Distinct().Order(StringComparer.Ordinal);
        Assert.True(Allowed.Keys.Order(StringComparer.Ordinal).SequenceEqual(found), "These open a scope by themselves:\n" + string.Join('\n', found));
        Assert.All(Allowed.Values, reason => Assert.NotEmpty(reason));
    }

    /// <summary>The operations that write in a second jurisdiction, by name: a new one is a decision, not a detail.</summary>
    [Fact]
    public void Crossings_AreTheseNine()
    {
        Assert.Equal(["appeal.hide-text-above", "appeal.refer-up", "appeal.show-text-above", "appeal.withdraw-above", "conduct.contest-past", "conduct.file-past", "conduct.judge-past", "referral.answer", "referral.return"], Hele.Civic.Modules.All.Crossings.Select(c => c.Operation).Order(StringComparer.Ordinal));
        // A confidential entry shows no column by its name: a state that crossed couldn't be compared.
        Assert.All(Hele.Civic.Modules.All.Crossings.SelectMany(c => c.Above.Concat(c.Below)), e => Assert.False(e.Confidential, e.Code));
        var text = new System.Text.StringBuilder("# What crosses from one jurisdiction into another\n\nMade from the modules' declarations; no other operation writes in a second jurisdiction.\n\n| operation | way | what crosses |\n| --- | --- | --- |\n");
        var ties = new System.Text.StringBuilder("\n## What `hele verify` compares\n\nEach line is one entry in the log above and one in the log below, of one act; what stands in them must agree.\n\n| event above | event below | states they leave | the same on both sides |\n| --- | --- | --- | --- |\n");
        foreach (var crossing in Hele.Civic.Modules.All.Crossings.OrderBy(c => c.Operation, StringComparer.Ordinal))
            text.Append($"| {crossing.Operation} | {(crossing.Way == Hele.Civic.Platform.Storage.CrossingWay.Up ? "into the one above" : "into one directly below")} | {crossing.Goes.En} |\n");
        foreach (var tie in Hele.Civic.Modules.All.Crossings.OrderBy(c => c.Operation, StringComparer.Ordinal).SelectMany(c => c.Ties))
            ties.Append($"| {tie.Above.Code} | {tie.Below.Code} | {(tie.States is var (above, below) ? $"{above}, {below}" : "")} | {string.Join(", ", tie.Same.Select(s => s.Above == s.Below ? s.Above : $"{s.Above} = {s.Below}"))} |\n");
        Generated.Check("crossings.md", text.Append(ties).ToString());
    }
}
