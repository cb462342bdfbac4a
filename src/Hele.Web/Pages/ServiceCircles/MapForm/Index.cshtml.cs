using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.MapForm;

/// <summary>Takes a file of streets.</summary>
[Needs("circle.keep")]
[RequestSizeLimit(MostOfARequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MostOfARequest)]
public sealed class MapFormModel(AddStreetMap add, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>Plain files are larger than what is kept of them; what is too large is told so in words.</summary>
    private const int MostOfARequest = StreetMap.MostBytes * 8;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The file could be read in part: that may be taken all the same.</summary>
    public bool IsPart { get; private set; }

    public string Limits => L["OpenStreetMap（.osm、.osm.gz、.osm.pbf）或 GeoJSON，压缩后最大{0}MB，只要社区周围的一块。", StreetMap.MostBytes >> 20];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return this.Refused([]);
        byte[]? file = null;
        if (Input.File is { } sent)
        {
            using var bytes = new MemoryStream((int)sent.Length);
            await sent.CopyToAsync(bytes, HttpContext.RequestAborted);
            file = bytes.ToArray();
        }
        var outcome = await add.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(Input.Name, Input.Source, Input.Datum, file, Input.Part), HttpContext.RequestAborted);
        if (!outcome.Accepted)
        {
            IsPart = outcome.Problems.Any(p => p.Code == CircleProblems.FilePartly.Code);
            return this.Refused(outcome.Problems);
        }
        this.Say(L["街道图已添加。没有用上的都列在下面。"]);
        return Redirect(CircleLinks.Streets);
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Source { get; set; } = "";
        public Datum Datum { get; set; }
        public IFormFile? File { get; set; }
        public bool Part { get; set; }
    }
}
