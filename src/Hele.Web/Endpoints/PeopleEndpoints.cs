using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Endpoints;

/// <summary>Somebody's contact card for a telephone's own book: for whoever may open the number, and with a record like any other look.</summary>
public static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder app) =>
        app.MapGet("/people/{code}/contact.vcf", async (string code, OpenPersonPhone phone, ReadSession read, CurrentViewer current, HttpContext context, CancellationToken cancel) =>
        {
            PublicCode.TryParse(code, out var parsed);
            var viewer = current.Required;
            var opened = await phone.Run(viewer, viewer.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), parsed.Text, Way.Feed, cancel);
            if (!opened.IsOpen)
                return opened.Problems.Any(p => p.Kind == ProblemKind.NotFound) ? Results.NotFound() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            var person = await (await read.Db(cancel)).Set<Person>().SingleAsync(p => p.PublicCode == parsed.Text, cancel);
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(Encoding.UTF8.GetBytes(Card(person, opened.Values[0])), "text/vcard; charset=utf-8", $"{person.PublicCode}.vcf");
        }).WithMetadata(new NeedsAttribute("person.open-phone"));

    /// <summary>vCard 3.0, which every telephone reads. A line is at most 75 bytes, continued with a blank (RFC 2426).</summary>
    internal static string Card(Person person, string? number)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCARD");
        Line("VERSION:3.0");
        Line("N:" + Escaped(person.Name) + ";;;;");
        Line("FN:" + Escaped(person.Name));
        if (number is not null)
            Line("TEL;TYPE=" + (Phone.IsMobile(number) ? "CELL" : "VOICE") + ":" + number);
        if (person.Address is { } address)
            Line("ADR:;;" + Escaped(address) + ";;;;");
        Line("END:VCARD");
        return text.ToString();

        void Line(string line)
        {
            var bytes = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (bytes + rune.Utf8SequenceLength > 75)
                {
                    text.Append("\r\n ");
                    bytes = 1;
                }
                text.Append(rune.ToString());
                bytes += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
    }

    private static string Escaped(string value) => value.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").Replace("\n", "\\n");
}
