using Hele.Civic.Kernel;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hele.Tests.Ui;

public class RefusalTests
{
    private static readonly Problem TooLong = new("t.long", ("最多{0}字", "At most {0} characters"), "Text");
    private static readonly Problem Moved = new("t.moved", ("已经有人处理", "Somebody dealt with it"), null, ProblemKind.Conflict);
    private static readonly Problem Gone = new("t.gone", ("没有这一件", "No such thing"), null, ProblemKind.NotFound);

    [Fact]
    public void Refuse_InvalidField_IsFourHundredBesideTheField()
    {
        var page = Page("en");
        var again = Assert.IsType<PageResult>(page.Refused(TooLong.With(1000)));
        Assert.Equal(400, again.StatusCode);
        Assert.Equal("At most 1000 characters", Assert.Single(page.ModelState["Input.Text"]!.Errors).ErrorMessage);
    }

    [Fact]
    public void Refuse_Conflict_IsFourHundredNineAboutTheWhole()
    {
        var page = Page("zh");
        Assert.Equal(409, Assert.IsType<PageResult>(page.Refused([TooLong.With(5), Moved])).StatusCode);
        Assert.Equal("已经有人处理", Assert.Single(page.ModelState[""]!.Errors).ErrorMessage);
    }

    [Fact]
    public void Refuse_NotFound_IsTheMissingPage() => Assert.IsType<NotFoundResult>(Page("zh").Refused(Gone));

    private static AnyPage Page(string language) => new()
    {
        PageContext = new PageContext
        {
            HttpContext = new DefaultHttpContext
            {
                RequestServices = new ServiceCollection().AddSingleton(new Texts(TextCatalogue.Embedded(strict: true), language)).BuildServiceProvider(),
            },
        },
    };

    private sealed class AnyPage : PageModel;
}
