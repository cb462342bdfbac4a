using Hele.Civic.Grids;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Grids;

/// <summary>The addresses of what was said to have changed.</summary>
public static class StatedLinks
{
    public const string MyHome = "/my-home", List = "/stated", New = "/stated/new";

    public static string Of(string code) => "/stated/" + code;

    /// <param name="at">Public code of the building, with the entrance's name and the room, for a door that isn't one's own.</param>
    public static string State(ChangeKind? kind = null, (string Building, string? Entrance, string? Room)? at = null, string? prior = null)
    {
        var query = new List<string>();
        if (kind is { } what)
            query.Add("kind=" + what);
        if (at is { } door)
        {
            query.Add("building=" + door.Building);
            if (!string.IsNullOrEmpty(door.Entrance))
                query.Add("entrance=" + Uri.EscapeDataString(door.Entrance));
            if (!string.IsNullOrEmpty(door.Room))
                query.Add("room=" + Uri.EscapeDataString(door.Room));
        }
        if (prior is not null)
            query.Add("prior=" + prior);
        return query.Count == 0 ? New : New + "?" + string.Join('&', query);
    }
}

/// <summary>What these pages call things.</summary>
public static class StatedWords
{
    public static Tone Tone(this ChangeState state) => state switch
    {
        ChangeState.Stated => Ui.Tone.Progress,
        ChangeState.Confirmed => Ui.Tone.Done,
        ChangeState.Rejected => Ui.Tone.Refused,
        _ => Ui.Tone.Neutral,
    };

    public static string State(this Texts L, ChangeState state) => L[StatedChange.LifeCycle.StateTitle(state)];

    public static string Kind(this Texts L, ChangeKind kind) => L[StatedChange.Word(kind)];

    /// <summary>What belongs to a kind, for whoever chooses one.</summary>
    public static string Hint(this Texts L, ChangeKind kind) => kind switch
    {
        ChangeKind.MovedOut => L["一个人或全家搬走，搬到社区内别处也算"],
        ChangeKind.MovedIn => L["亲属、保姆、新租户"],
        ChangeKind.Born => L["出生日期和证明在核实时登记"],
        ChangeKind.Died => L["报一次就够，登记后不再有通知和问候"],
        ChangeKind.Let => L["开始出租、续租、不租了"],
        ChangeKind.Phone => L["家里人换了号码"],
        ChangeKind.Name => L["登记里的字写错了"],
        _ => L["登记里别的内容不对"],
    };
}
