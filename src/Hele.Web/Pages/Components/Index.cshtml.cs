using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NetTopologySuite.Geometries;
using Position = Hele.Civic.Grids.Position;

namespace Hele.Web.Pages.Components;

/// <summary>Every part that pages are made of, in every state, for whoever builds or judges a page. Nothing on it is a record.</summary>
[Public]
public sealed class ComponentsModel(TimeProvider clock, Texts L) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public InputModel Wrong { get; set; } = new();

    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public DateOnly Today { get; } = clock.Today();

    public IReadOnlyList<Option> Choices { get; private set; } = [];

    public IReadOnlyList<TimelineEvent> Events { get; private set; } = [];

    public IReadOnlyList<Bar> Bars { get; private set; } = [];

    public IReadOnlyList<MapArea> Areas { get; private set; } = [];

    public IReadOnlyList<MapDot> Dots { get; private set; } = [];

    public IReadOnlyList<(Tone Tone, string Text)> States { get; private set; } = [];

    public void OnGet()
    {
        Input = new() { Text = L["样例文字"], On = Today, Agreed = true, Choice = "b", Several = ["a", "c"] };
        Wrong = new() { Text = string.Concat(Enumerable.Repeat(L["样例文字"], 16)), On = Today.AddDays(400) };
        Choices = [new("a", L["第一种"]), new("b", L["第二种"], L["一句说明，可以长到换行也不乱。"]), new("c", L["第三种，名字特别长的一种，用来看看长名字在手机上怎样换行"])];
        States = [(Tone.Neutral, L["待受理|state of a sample"]), (Tone.Progress, L["办理中"]), (Tone.Done, L["已解决"]), (Tone.Late, L["已超期"]), (Tone.Refused, L["不予受理"])];
        Events =
        [
            new(L["居民提交了样例"], Now.AddDays(-9)) { Post = L["居民"], Tone = Tone.Neutral },
            new(L["网格员补记了入户"], Now.AddDays(-2)) { OnDate = Today.AddDays(-6), Post = L["网格员"], Tone = Tone.Progress, Quote = L["一句引用的话，原样照录。"] },
            new(L["便民大厅退回，请补充地点"], Now.AddDays(-1)) { Post = L["便民大厅"], Tone = Tone.Refused, Reason = L["没有写清是哪一栋楼。"] },
            new(L["居民评价：满意"], Now) { Post = L["居民"], Tone = Tone.Done, Href = FigureLinks.Components, HrefText = L["详细"] },
        ];
        Bars = [.. Enumerable.Range(0, 12).Select(i => Today.AddMonths(i - 11)).Select((day, i) => new Bar(Period.Month(day.Year, day.Month), i * i % 17, FigureLinks.Components, i == 11))];
        Areas = [.. new[] { 0, 1 }.Select(i => new MapArea(L["第{0}片", i + 1], Square(113.600 + (i * 0.004)), null, "branch-" + i)), new MapArea(L["没有支部的一片"], Square(113.608), null, "branch-none")];
        Dots = [new(L["样例楼"], At(113.602), null), new(L["不在网格里的楼"], At(113.613), null, Wrong: true)];

        static Position At(double east) => new((int)(east * 1e7), 347510000);
        static Polygon Square(double west) => new(new LinearRing([new(west, 34.750), new(west + 0.0035, 34.750), new(west + 0.0035, 34.753), new(west, 34.753), new(west, 34.750)]));
    }

    /// <summary>Its forms lead nowhere.</summary>
    public IActionResult OnPost() => Redirect(FigureLinks.Components);

    public sealed class InputModel
    {
        public string? Text { get; set; }
        public string? Long { get; set; }
        public DateOnly? On { get; set; }
        public string? Choice { get; set; }
        public List<string> Several { get; set; } = [];
        public bool Agreed { get; set; }
        public int? Number { get; set; }
        public string? Phone { get; set; }
        public string? Password { get; set; }
    }
}
