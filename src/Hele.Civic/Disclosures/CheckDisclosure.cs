using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Disclosures;

/// <summary>Somebody else finds it right, before it goes up.</summary>
public sealed class CheckDisclosure(Writer writer)
{
    /// <param name="Seen">The revision that was read: what was changed since isn't checked by this.</param>
    public sealed record Input(string Code, int Seen);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Check.Code, input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Check, input.Seen);
        if (refused is not null)
            return refused;
        if (await Writing.Bars(scope.Db, viewer, disclosure.WrittenByPostId) is { } bar)
            return bar;
        if (disclosure.CheckIt(scope.Act.PostId!.Value, scope.Today) is { } problem)
            return problem;
        scope.Record(disclosure, DisclosureEvents.Checked);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>Somebody else sends it back, with a reason.</summary>
public sealed class ReturnDisclosure(Writer writer)
{
    public sealed record Input(string Code, int Seen, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Check.Code + ".return", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Check, input.Seen);
        if (refused is not null)
            return refused;
        if (await Writing.Bars(scope.Db, viewer, disclosure.WrittenByPostId) is { } bar)
            return bar;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > Disclosure.ReasonLength)
            return DisclosureProblems.ReasonMissing.With(Disclosure.ReasonLength);
        if (disclosure.ReturnIt(reason) is { } problem)
            return problem;
        scope.Record(disclosure, DisclosureEvents.Returned);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}
