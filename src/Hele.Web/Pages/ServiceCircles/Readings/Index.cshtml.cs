using System.Globalization;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Readings;

/// <summary>The readings of the circle: what the report and the figures tell rests on them. For everybody, because each says what it was worked out by.</summary>
[Public]
public sealed class ReadingListModel(CircleQueries queries, RecordReading record, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<CircleReading> Rows { get; private set; } = [];

    /// <summary>What each found, by its code.</summary>
    public IReadOnlyDictionary<string, CircleCounts> Found { get; private set; } = new Dictionary<string, CircleCounts>();

    public bool MayRecord => current.Viewer?.PostFor(CircleAccess.Record) is not null;

    public Task OnGetAsync()
    {
        (Input.Day, Input.Time) = (CircleQueries.UsualHour.Day.ToString(CultureInfo.InvariantCulture), CircleAddress.Time(CircleQueries.UsualHour));
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayRecord)
            return Forbid();
        var day = int.TryParse(Input.Day, NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : 0;
        var time = TimeOnly.TryParseExact(Input.Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? t : (TimeOnly?)null;
        var outcome = await record.Run(current.Required, current.Required.Act(CircleAccess.Record, OperationId.Posted(Request)), new(time is null ? 0 : day, time?.Hour ?? 0, time?.Minute ?? 0), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["已测算并记下。报告和数字从现在起用这一次。"]);
            return Redirect(CircleLinks.Readings);
        }
        await Load();
        return this.Refused(outcome.Problems);
    }

    public WeekMoment At(CircleReading reading) => new(reading.WeekDay, reading.Minute / 60, reading.Minute % 60);

    private async Task Load()
    {
        Rows = await queries.Readings(cancel: HttpContext.RequestAborted);
        Found = await queries.Counts(current.Viewer, Rows, HttpContext.RequestAborted);
    }

    public sealed class InputModel
    {
        public string Day { get; set; } = "";
        public string Time { get; set; } = "";
    }
}
