using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Within how many minutes' walk residents reach the Party's organisation or somebody who helps: by the newest reading, which says by which speed and at which hour.</summary>
public sealed class CircleSection(ReadSession read) : SectionWriter
{
    private static readonly Bilingual
        Points = ("到{day}，社区设有党组织和志愿者的服务点{circle.service-points}处，", "On {day}, the community had {circle.service-points|service point|service points} of the Party's organisation and of volunteers; "),
        Helpers = ("有就近帮忙的党员和志愿者{circle.helpers}人。", "{circle.helpers} of its members and volunteers helped nearby."),
        NoHelpers = ("还没有登记就近帮忙的人（{circle.helpers}人）。", "nobody was registered as helping nearby ({circle.helpers})."),
        Reach = ("按{reading}的测算，{hour}，成人每秒走{speed}米，步行{limit}分钟内能联系上党组织或者党群志愿者的住户{circle.covered}户，占登记住户的{circle.covered%}。",
            "By the reading of {reading}, {hour}, at {speed} m a second, {circle.covered|household|households} reached the Party's organisation or a volunteer within {limit} minutes on foot: {circle.covered%} of those registered."),
        Beyond = ("让{hour}按成人每秒走{speed}米、步行{limit}分钟内还联系不上的{circle.uncovered}户，按老年人每秒走{older}米还联系不上的{circle.uncovered-older}位老年人，按儿童每秒走{child}米还联系不上的{circle.uncovered-children}名儿童，和坐轮椅每秒走{wheelchair}米、不走台阶还联系不上的{circle.uncovered-wheelchair}户，也有就近的人可找。",
            "Somebody near will be found for the {circle.uncovered|household|households} that at {speed} m a second, the {circle.uncovered-older} older people who at {older} m a second, the {circle.uncovered-children} children who at {child} m a second, and the {circle.uncovered-wheelchair|household|households} that in a wheelchair at {wheelchair} m a second and without stairs reached nobody within {limit} minutes {hour}.");

    private static readonly Bilingual[] Days = [("星期一", "Monday"), ("星期二", "Tuesday"), ("星期三", "Wednesday"), ("星期四", "Thursday"), ("星期五", "Friday"), ("星期六", "Saturday"), ("星期日", "Sunday")];

    public override ReportPlace Place => ReportOutline.Circle;

    protected override IEnumerable<Figure> Figures => [.. CircleFigures.All, Grids.PopulationFigures.Households];

    protected override async Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        if (section[CircleFigures.Points] > 0)
        {
            var helpers = section[CircleFigures.Helpers] > 0 ? Helpers : NoHelpers;
            section.Say(SentenceKind.Account, (Points.Zh + helpers.Zh, Points.En + helpers.En));
        }
        // The reading that the figures rest on: of a closed period the one that was known at its closing.
        var before = section.Now[CircleFigures.Covered.Id].KnownBefore;
        if (await CircleFigures.Newest(await read.Db(cancel), draft.Period, before).SingleOrDefaultAsync(cancel) is not { } reading)
            return;
        var time = string.Create(CultureInfo.InvariantCulture, $"{reading.Minute / 60:D2}:{reading.Minute % 60:D2}");
        var day = Days[reading.WeekDay - 1];
        section.Words["reading"] = new Period(reading.On, reading.On).Title;
        section.Words["hour"] = ($"{day.Zh} {time}", $"on {day.En} at {time}");
        section.Words["speed"] = Metres(reading.AdultSpeed);
        section.Words["older"] = Metres(reading.OlderSpeed);
        section.Words["child"] = Metres(reading.ChildSpeed);
        section.Words["wheelchair"] = Metres(reading.WheelchairSpeed);
        section.Words["limit"] = Plain(reading.LimitMinutes.ToString(CultureInfo.InvariantCulture));
        section.SayIf(SentenceKind.Account, Reach, Grids.PopulationFigures.Households);
        section.SayIf(SentenceKind.Next, Beyond, CircleFigures.Uncovered);

        static Bilingual Plain(string number) => (number, number);
        static Bilingual Metres(int centimetres) => Plain((centimetres / 100m).ToString("0.##", CultureInfo.InvariantCulture));
    }
}
