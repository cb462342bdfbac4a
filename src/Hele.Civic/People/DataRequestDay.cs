using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>What people asked about their data and waits for its answer; one's own waits for somebody else.</summary>
internal static class DataRequestDay
{
    private static readonly Bilingual ToAnswer = ("答复个人信息请求", "Answer a request about their data");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(PeopleAccess.AnswerRequest) is null)
            return [];
        var person = viewer.PersonId;
        var rows = await (from r in db.Set<DataRequest>()
                          join p in db.Set<Person>() on r.PersonId equals p.Id
                          where r.State == DataRequestState.Asked && r.AskedById != person && p.ErasedOn == null
                          orderby r.DueOn
                          select new { r.PublicCode, p.Name, r.DueOn }).ToListAsync(cancel);
        // The page where all of them are answered, not that of whoever asked.
        return [.. rows.Select(r => new DayItem(typeof(AnswerDataRequest), r.PublicCode, r.Name, null, ToAnswer, r.DueOn))];
    }
}
