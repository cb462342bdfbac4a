using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Jurisdictions;

/// <summary>Takes a jurisdiction into the installation and opens its log. Said twice it is done once.</summary>
public sealed partial class OpenJurisdiction(Writer writer, Database database, LogService log)
{
    public static readonly EventKind Opened = new("jurisdiction.opened", ("建立辖区，日志开始", "Opened the jurisdiction and its log"));
    public static readonly EventKind OpenedSimulated = new("jurisdiction.opened.simulated", ("建立演示辖区，日志开始；本日志的时间是模拟的", "Opened a demo jurisdiction and its log; the times in this log are simulated"));

    public static readonly Problem BadCode = new("jurisdiction.bad-code", ("辖区代码应为6至12位数字。", "A jurisdiction's code has 6 to 12 digits."), nameof(Input.Code));
    public static readonly Problem BadOrigin = new("jurisdiction.bad-origin", ("日志来源前缀应像域名，例如 hele.example。", "The origin prefix looks like a domain name, e.g. hele.example."), nameof(Input.OriginPrefix));
    public static readonly Problem NameMissing = new("jurisdiction.name-missing", ("请写辖区名称，最多60个字。", "Give the jurisdiction's name, at most 60 characters."), nameof(Input.Name));
    public static readonly Problem OtherJurisdiction = new("jurisdiction.other", ("这个编号已经是另一个辖区。", "This number belongs to another jurisdiction."), nameof(Input.Id), ProblemKind.Conflict);

    /// <param name="Id">Small number of the jurisdiction in this installation.</param>
    /// <param name="Code">Division code: 12 digits for a community, 9 for a sub-district, 6 for a district.</param>
    /// <param name="OriginPrefix">The log's origin becomes PREFIX/code.</param>
    public sealed record Input(int Id, int? ParentId, JurisdictionLevel Level, string Code, string Name, string NameEn, string OriginPrefix, bool Simulated);

    public async Task<Outcome> Run(Input input, CancellationToken cancel = default)
    {
        var name = ChineseText.Normalize(input.Name);
        var problems = new List<Problem>();
        if (!CodePattern().IsMatch(input.Code)) problems.Add(BadCode);
        if (!OriginPattern().IsMatch(input.OriginPrefix)) problems.Add(BadOrigin);
        if (name.Length is 0 or > Jurisdiction.NameLength) problems.Add(NameMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);

        var origin = $"{input.OriginPrefix}/{input.Code}";
        var known = false;
        await database.Operate(async db =>
        {
            var there = await db.Jurisdictions.SingleOrDefaultAsync(j => j.Id == input.Id || j.Code == input.Code, cancel);
            known = there is null || (there.Id == input.Id && there.Code == input.Code && there.Origin == origin);
            if (there is null)
                db.Add(new Jurisdiction { Id = input.Id, ParentId = input.ParentId, Level = input.Level, Code = input.Code, Name = name, NameEn = input.NameEn, Origin = origin });
        });
        if (!known)
            return OtherJurisdiction;
        await log.PinEmpty(input.Code, origin);

        var act = new Act { OperationId = new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(origin)).AsSpan(0, 16)), AccountId = SystemAccount.Id, JurisdictionId = input.Id };
        return await writer.Write(act, "jurisdiction.open", input, scope =>
        {
            scope.Add(new LogOpening { Code = input.Code, Name = name, Origin = origin, TimesAreSimulated = input.Simulated }, input.Simulated ? OpenedSimulated : Opened);
            return Task.FromResult(Outcome.Ok(input.Code));
        }, cancel);
    }

    [GeneratedRegex("^[0-9]{6,12}$")]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[a-z0-9-]+)*$")]
    private static partial Regex OriginPattern();
}
