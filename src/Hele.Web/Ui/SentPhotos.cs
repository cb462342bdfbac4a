using Hele.Civic.Kernel;
using Hele.Civic.Platform.Files;
using Hele.Web.Hosting;

namespace Hele.Web.Ui;

/// <summary>
/// The photos of the form that was sent: those that came with it and those that came before and were kept while something else was mended. A page reads
/// them, gives them to its operation, and says at the end whether the form was accepted.
/// </summary>
public sealed class SentPhotos(PhotoReader reader, KeptFiles kept, CurrentViewer current, IHttpContextAccessor accessor)
{
    /// <summary>Under which number photos were kept for this form.</summary>
    public const string KeptField = "kept";

    /// <summary>Hashes of kept ones that its reader doesn't want any more.</summary>
    public const string LeaveOutField = "leave-out";

    private bool _wereKept;

    /// <summary>The field they belong to; null when no form with photos was sent.</summary>
    public string? Field { get; private set; }

    /// <summary>Those that can be taken.</summary>
    public IReadOnlyList<Photo> Photos { get; private set; } = [];

    /// <summary>Those that can't, each with its reason.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The number they are kept under.</summary>
    public Guid Form { get; private set; }

    /// <param name="field">The full name of the file field.</param>
    public async Task Read(string field)
    {
        var context = accessor.HttpContext!;
        var (problems, photos) = (new List<Problem>(), new List<Photo>());
        Field = field;
        Form = OperationId.Posted(context.Request);
        if (context.Request.HasFormContentType && Guid.TryParse(context.Request.Form[KeptField], out var before))
        {
            Form = before;
            var leaveOut = context.Request.Form[LeaveOutField].ToHashSet();
            if (await kept.Find(current.Required.AccountId, before, context.RequestAborted) is { } found)
            {
                _wereKept = true;
                photos.AddRange(found.Where(p => !leaveOut.Contains(p.Sha256)));
            }
            else
            {
                problems.Add(FileProblems.Gone.With(KeptFiles.Lasts.TotalMinutes));
            }
        }
        var sent = SentFiles.Of(context).Where(f => f.Field == field).ToList();
        if (sent.Count > 0 && photos.Count + sent.Count > FileLimits.PerSide)
        {
            problems.Add(StoredFiles.Check(photos.Count, sent.Count)!);
        }
        else
        {
            foreach (var file in sent)
            {
                var (photo, problem) = await reader.Read(file.Name, file.Bytes, file.Length, context.RequestAborted);
                if (problem is not null)
                    problems.Add(problem);
                else if (photos.TrueForAll(p => p.Sha256 != photo!.Sha256))
                    photos.Add(photo!);
            }
        }
        (Photos, Problems) = (photos, problems);
    }

    /// <summary>After an accepted form nothing is kept of it any more; after a refused one its photos are.</summary>
    public async Task Settle(bool accepted)
    {
        if (Field is null || (!_wereKept && (accepted || Photos.Count == 0)))
            return;
        await kept.Keep(current.Required.AccountId, Form, accepted ? [] : Photos);
    }
}
