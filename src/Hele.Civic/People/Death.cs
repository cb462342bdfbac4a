using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>How the community came to know of a death.</summary>
public enum DeathSource
{
    /// <summary>家属告知.</summary>
    Family,

    /// <summary>医院出具的死亡证明.</summary>
    HospitalPaper,

    /// <summary>公安机关通知、户口注销.</summary>
    Police,

    /// <summary>网格走访中得知并核实.</summary>
    Visit,
}

/// <summary>That somebody died, as the community knows it: when, and from whom. One stands at a time; what was taken back stays, with its day.</summary>
public sealed class Death : Owned
{
    public const int ToldByLength = 60, ReasonLength = 200;

    public static readonly EventKind Recorded = new("death.recorded", ("登记了去世的依据", "Recorded how a death is known"));
    public static readonly EventKind DateCorrected = new("death.date-corrected", ("更正了去世日期", "Corrected the day of death"));
    public static readonly EventKind TakenBack = new("death.taken-back", ("撤销了去世登记", "Took a death back"));
    public static readonly EventKind Erased = new("death.erased", ("删除了去世登记的依据", "Erased how a death is known"), Whole: true);

    public required Guid PersonId { get; init; }
    public required DateOnly DiedOn { get; set; }
    public required DeathSource Source { get; init; }

    /// <summary>Who told: 女儿王丽. Empty once erased.</summary>
    public string? ToldBy { get; private set; }

    /// <summary>The day they had left the community before; null for whoever was here.</summary>
    public DateOnly? HadLeftOn { get; init; }

    public required Guid PostId { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The day on which it was found to be a mistake; null while it stands.</summary>
    public DateOnly? TakenBackOn { get; private set; }

    public static Bilingual Word(DeathSource source) => source switch
    {
        DeathSource.Family => ("家属告知", "told by the family"),
        DeathSource.HospitalPaper => ("医院的死亡证明", "hospital paper"),
        DeathSource.Police => ("公安机关通知或户口注销", "police, or struck from the household book"),
        _ => ("走访时得知并核实", "found out and checked on a visit"),
    };

    public void TellBy(string? toldBy) => ToldBy = toldBy;

    public void TakeBack(DateOnly on) => TakenBackOn = on;

    public void Erase() => ToldBy = null;
}
