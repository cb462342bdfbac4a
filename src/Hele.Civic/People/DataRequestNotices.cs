using Hele.Civic.Kernel;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Whoever asked about data, for themselves or as a guardian, is told of the answer.</summary>
internal static class DataRequestNotices
{
    private static readonly NoticeGroup Answers = new("data-request", ("个人信息请求的答复", "Answers about your data"), ("您提出的更正、删除、说明的答复", "Answers to a correction, deletion or explanation you asked for"), NoticeWay.AtOnce,
        ("法律规定要把结果告诉您（《个人信息保护法》第50条），所以不能不通知。", "The law wants you told the result (PIPL art. 50), so it can't be turned off."));

    // Titled by its kind: the words asked are free text, and the answer is read on its page.
    private static readonly NoticeSubject Request = new(typeof(DataRequest), (_, _, _, _) => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>()));

    public static IEnumerable<NoticeSource> All =>
    [
        new(AnswerDataRequest.Granted, Answers, Request, ("您的个人信息请求已办理，看答复", "Your request about data was done: see the answer"), Asker),
        new(AnswerDataRequest.Refused, Answers, Request, ("您的个人信息请求不能办理，看理由", "Your request about data was refused: see why"), Asker),
        // A granted deletion is written as the erasure of its own request; a guardian who asked for it is told, and older requests that go with it are no news.
        new(DataRequest.Erased, Answers, Request, ("您提出的删除已办理", "The deletion you asked for was done"), (db, row) => Task.FromResult(
            db.Entry((DataRequest)row).Property(r => r.State).IsModified && ((DataRequest)row).AskedById != ((DataRequest)row).PersonId ? Told((DataRequest)row) : default)),
    ];

    private static Task<NoticeTo> Asker(HeleDb db, Owned row) => Task.FromResult(Told((DataRequest)row));

    private static NoticeTo Told(DataRequest request) => new(request.AskedById, request.PublicCode);
}
