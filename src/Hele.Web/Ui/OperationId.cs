using Hele.Civic.Platform.Access;

namespace Hele.Web.Ui;

/// <summary>The id a form carries so that sending it twice is one act.</summary>
public static class OperationId
{
    /// <summary>The id that was posted; a new one when there is none to be read, which then makes this post an act of its own.</summary>
    public static Guid Posted(HttpRequest request) =>
        request.HasFormContentType && Guid.TryParse(request.Form[UnsentForm.OperationField], out var id) ? id : OperationIds.New();
}
