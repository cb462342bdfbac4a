using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Hele.Web.Ui;

/// <summary>The files of wwwroot, embedded in the program, and their addresses with a version that changes with the content.</summary>
public static class Assets
{
    public static readonly IFileProvider Files = new EmbeddedFileProvider(typeof(Assets).Assembly, "wwwroot");

    public static readonly string Css = Href("hele.css");
    public static readonly string Dark = Href("dark.css");
    public static readonly string Js = Href("hele.js");
    public static readonly string Forms = Href("forms.js");
    public static readonly string FilesJs = Href("files.js");
    public static readonly string Passkeys = Href("passkeys.js");
    public static readonly string Map = Href("map.js"), MapCss = Href("map.css"), Leaflet = Href("lib/leaflet.js"), LeafletCss = Href("lib/leaflet.css");
    public static readonly string Walk = Href("walk.js"), WalkCss = Href("walk.css");
    public static readonly string Plan = Href("plan.js"), PlanCss = Href("plan.css");
    public static readonly string TeamCss = Href("team.css"), SheetCss = Href("sheet.css"), WallCss = Href("wall.css");
    public static readonly string Icon = Href("favicon.svg");

    private static string Href(string name)
    {
        using var stream = Files.GetFileInfo(name).CreateReadStream();
        return $"/{name}?v={Convert.ToHexStringLower(SHA256.HashData(stream))[..10]}";
    }
}
