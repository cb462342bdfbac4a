using System.Globalization;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Hele.Bench;

/// <summary>
/// A year of 100,000 records in one community: its report as page and as Word document, the dashboard, and the page and first records of each figure that counts any of them, beside a bare count of as many rows by the same
/// database in the same run. The rows are written in bulk and not in the log.
/// </summary>
public static class ReportBench
{
    private const int Appeals = 30_000, Rounds = 15;
    private const int Year = 2025;

    public static async Task Run(TextWriter output)
    {
        foreach (var kind in new[] { TestDatabase.Sqlite, TestDatabase.Postgres })
            await Run(output, kind);
    }

    private static async Task Run(TextWriter output, TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, listens: true);
        var records = await Fill(host.Hele);
        await (kind == TestDatabase.Postgres ? host.Hele.Database.Sweep() : host.Hele.Database.Analyze());
        output.WriteLine(Say($"{kind}: {records:N0} records of {Year}"));
        var browser = await host.SignIn(TestPeople.Ma);
        var count = await Time(() => host.Hele.Read(async db => await db.Set<AppealVerdict>().CountAsync(v => v.Satisfied)));
        output.WriteLine(Say($"{"",-44} {"p50 ms",8} {"max ms",8} {"of a count",10}  goal"));
        Line("a bare count of verdicts", count, "");
        foreach (var (name, path, goal) in new[]
        {
            ("the year's report, page", $"/report?period={Year}", "1,000 ms"), ("the year's report, .docx", $"/report.docx?period={Year}", "1,000 ms"),
            ("the report's figures, .xlsx", $"/report/figures.xlsx?period={Year}", ""), ("dashboard", $"/dashboard?period={Year}", ""), ("public figures", $"/figures/public?period={Year}", ""), ("wall", "/wall", ""),
        })
            Line(name, await Time(() => Fetch(path)), goal);
        var figures = await Counting(host.Hele);
        var worst = new List<(string Name, (double P50, double Max) Time)>();
        foreach (var figure in figures)
            worst.Add((figure, await Time(() => Fetch($"/figures/{figure}?period={Year}"))));
        foreach (var (name, time) in worst.OrderByDescending(w => w.Time.P50))
            Line("figure " + name, time, "100 ms");

        void Line(string name, (double P50, double Max) time, string goal) =>
            output.WriteLine(Say($"{name,-44} {time.P50,8:F1} {time.Max,8:F1} {time.P50 / count.P50,10:F1}  {goal}"));

        async Task Fetch(string path)
        {
            using var answer = await browser.GetAsync(path);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)answer.StatusCode} {path}");
            await answer.Content.ReadAsByteArrayAsync();
        }
    }

    /// <summary>The figures that have records in the year.</summary>
    private static async Task<List<string>> Counting(TestInstallation hele) => await hele.Query<FigureReader, List<string>>(async reader =>
    {
        var found = new List<string>();
        foreach (var figure in reader.All)
        {
            if (await reader.Count(figure, Period.Year(Year)) > 100)
                found.Add(figure.Id);
        }
        return found;
    });

    private static async Task<int> Fill(TestInstallation hele)
    {
        var random = new Random(20261128);
        var people = await hele.Read(db => db.Set<Person>().Select(p => p.Id).ToListAsync());
        var posts = await hele.Read(db => db.Set<Post>().Where(p => p.Role == Role.GridWorker || p.Role == Role.Clerk).Select(p => p.Id).ToListAsync());
        var kinds = AppealKinds.Offered.Select(k => k.Code).ToArray();
        var records = 0;
        for (var from = 0; from < Appeals; from += 2000)
        {
            await using var lease = await hele.Database.LeaseWriteSession();
            var session = lease.Session;
            await session.Begin();
            await session.Enter(TestInstallation.Hexi);
            for (var i = from; i < from + 2000; i++)
            {
                var filedOn = new DateOnly(Year, 1, 1).AddDays(i * 365 / Appeals);
                var fate = random.Next(100);
                var state = fate switch { < 80 => AppealState.Satisfied, < 88 => AppealState.Answered, < 94 => AppealState.Withdrawn, < 97 => AppealState.Accepted, _ => AppealState.Reopened };
                var appeal = new Appeal
                {
                    PublicCode = PublicCode.New().Text, Year = Year, Serial = i, Kind = kinds[random.Next(kinds.Length)], Title = "楼道灯不亮了", Text = "三单元从一楼到三楼的灯都不亮了。", Place = $"柳荫路{random.Next(1, 40)}号院",
                    Channel = (Channel)random.Next(5), AppellantId = people[random.Next(people.Count)], FiledOn = filedOn, FiledAt = China.At(filedOn, new TimeOnly(9, 0)),
                };
                session.Db.Add(appeal).CurrentValues.SetValues(new { JurisdictionId = TestInstallation.Hexi, State = state, HandlerPostId = (Guid?)posts[random.Next(posts.Count)], DueOn = (DateOnly?)null, Round = fate < 88 || fate >= 97 ? 1 : 0 });
                records++;
                var answeredOn = filedOn.AddDays(random.Next(1, 12));
                if (fate is < 88 or >= 97)
                    Put(new AppealAnswer { AppealId = appeal.Id, Round = 1, Text = "灯已经换好。", PostId = posts[0], AnsweredOn = answeredOn, LoggedAt = China.At(answeredOn, new TimeOnly(16, 0)) });
                if (fate is < 80 or >= 97)
                    Put(new AppealVerdict { AppealId = appeal.Id, Round = 1, Satisfied = fate < 80, Closes = fate < 80, Channel = Channel.Web, JudgedOn = answeredOn.AddDays(3), LoggedAt = China.At(answeredOn.AddDays(3), new TimeOnly(19, 0)) });
                if (fate is < 60)
                    Put(new AppealNote { AppealId = appeal.Id, Round = 1, Kind = NoteKind.StillSolved, SaidOn = answeredOn.AddDays(31), LoggedAt = China.At(answeredOn.AddDays(31), new TimeOnly(19, 0)) });
                if (fate is >= 88 and < 94)
                    Put(new AppealNote { AppealId = appeal.Id, Round = 0, Kind = NoteKind.Withdrawn, SaidOn = answeredOn, LoggedAt = China.At(answeredOn, new TimeOnly(19, 0)) });
            }
            await session.Db.SaveChangesAsync();
            session.Db.ChangeTracker.Clear();
            await session.Commit(default);

            void Put(Owned row)
            {
                session.Db.Add(row).CurrentValues.SetValues(new { JurisdictionId = TestInstallation.Hexi });
                records++;
            }
        }
        return records;
    }

    private static async Task<(double P50, double Max)> Time(Func<Task> question)
    {
        var times = await Timing.Of(question, before: 3, Rounds);
        return (times[Rounds / 2], times[^1]);
    }

    private static string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
