using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Organizations.HonourKeeping;

/// <summary>A photo of the certificate that was found later; that an honour was withdrawn.</summary>
[Needs("honour.keep"), TakesFiles]
public sealed class KeepHonourModel(HonourQueries queries, CertifyHonour certify, WithdrawHonour withdraw, SentPhotos sent, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty] public CertifyInput Certify { get; set; } = new();
    [BindProperty] public WithdrawInput Withdraw { get; set; } = new();

    public HonourView View { get; private set; } = null!;
    public DateOnly Today => clock.Today();

    protected override string PathOf(string code) => HonourWords.Keep(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostCertifyAsync(string code)
    {
        await sent.Read("Certify.Photos");
        var done = await Do(code, nameof(Certify), nameof(Certify), canonical => sent.Problems.Count > 0 ? Task.FromResult(Outcome.Refused([.. sent.Problems]))
            : certify.Run(current.Required, Act(), new(canonical) { Photos = sent.Photos }, HttpContext.RequestAborted), () => L["照片已添加。"], HonourWords.Of(code));
        await sent.Settle(accepted: done is RedirectResult);
        return done;
    }

    public Task<IActionResult> OnPostWithdrawAsync(string code) => Do(code, nameof(Withdraw), nameof(Withdraw), canonical => withdraw.Run(current.Required, Act(), new(canonical, Withdraw.On, Withdraw.Reason), HttpContext.RequestAborted), () => L["已登记撤销。"], HonourWords.Of(code));

    private Act Act() => current.Required.Act(HonourAccess.Keep, OperationId.Posted(Request));

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class CertifyInput
    {
        /// <summary>Where problems with photos stand; the photos themselves come beside the fields (<see cref="SentPhotos"/>).</summary>
        public string Photos { get; set; } = "";
    }

    public sealed class WithdrawInput
    {
        public DateOnly? On { get; set; }
        public string Reason { get; set; } = "";
    }
}
