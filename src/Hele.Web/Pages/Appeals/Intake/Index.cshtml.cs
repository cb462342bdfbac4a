using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Intake;

/// <summary>Somebody of the community takes an appeal down: whoever came, rang, wrote, posted in the chat group, or sent a work order.</summary>
[Needs("appeal.take-down"), TakesFiles]
public sealed class IntakeModel(FileAppeal file, PeopleQueries people, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts, SentPhotos photos) : FilingModel(grids, current, clock, texts, photos)
{
    public IReadOnlyList<Option> Channels => [.. new[] { Channel.Counter, Channel.Phone, Channel.Paper, Channel.Chat, Channel.Order }.Select(c => new Option(c.ToString(), L.Channel(c)))];

    public IReadOnlyList<Option> Sources => Option.Of<OrderSource>(L.Source);

    /// <summary>The people of the register with exactly the name that was written, and nobody of them; empty when there is none.</summary>
    public IReadOnlyList<Option> Namesakes { get; private set; } = [];

    private const string Nobody = "none";

    public async Task OnGetAsync(string? building)
    {
        Input.ToldOn = Today;
        Input.Building = building ?? "";
        await Load();
    }

    /// <summary>Reads a message from the chat group into the fields.</summary>
    public async Task<IActionResult> OnPostPasteAsync()
    {
        var read = ChatMessage.Read(Input.Pasted, Today);
        (Input.Channel, Input.AppellantName, Input.ToldOn, Input.Title, Input.Text, Input.Pasted) = (Channel.Chat, read.Name ?? "", read.On ?? Today, read.Title, read.Text, "");
        ModelState.Clear();
        await base.Load();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var input = new FileAppeal.Input(Input.Kind, Input.Title, Input.Text, Input.Place, Input.AppellantName, Input.ToldOn)
        {
            Channel = Input.Channel == Channel.Web ? Channel.Counter : Input.Channel, Building = Input.Building, Position = Input.Position, Person = Input.Person == Nobody ? "" : Input.Person,
            WithholdName = Input.WithholdName, OrderSource = Input.Channel == Channel.Order ? Input.OrderSource : null, OrderNumber = Input.Channel == Channel.Order ? Input.OrderNumber : null,
            OrderReplyBy = Input.Channel == Channel.Order ? Input.OrderReplyBy : null, Photos = await Photos(),
        };
        await Load();
        // Somebody of the register by that name: is it them? Asked once, and never decided by the name alone.
        if (Namesakes.Count > 0 && Namesakes.All(n => n.Value != Input.Person))
            return await Refuse([.. FileAppeal.Check(input with { Person = Nobody }, Today), AppealProblems.Namesakes.With(Namesakes.Count - 1)]);
        return await Send(FileAppeal.Check(input, Today), AppealAccess.TakeDown, act => file.Run(act, input, HttpContext.RequestAborted), AppealLinks.Receipt);
    }

    protected override async Task Load()
    {
        await base.Load();
        if (!HttpMethods.IsPost(Request.Method) || await people.Named(Viewer, Input.AppellantName, HttpContext.RequestAborted) is not { Count: > 0 } found)
            return;
        Namesakes = [.. found.Select(p => new Option(p.Code, L["{0}，{1}", p.Name, p.Address ?? L["没有登记住址"]])), new Option(Nobody, L["都不是，只写姓名"])];
    }
}
