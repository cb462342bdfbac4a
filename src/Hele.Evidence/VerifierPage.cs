using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hele.Evidence;

/// <summary>
/// One HTML file that verifies receipts and kits in a browser, off line: the checks of <see cref="OfflineVerifier"/> and <see cref="KitVerifier"/> once more, in
/// another language and by another implementation of Ed25519, so that nobody has to run this program to doubt it. It may load and send nothing, and its
/// content security policy names the one script that may run by its hash.
/// </summary>
public static class VerifierPage
{
    static readonly Lazy<byte[]> Made = new(Make);

    /// <summary>The name it goes by, in a kit and as a download.</summary>
    public const string FileName = "verify.html";

    /// <summary>The file, UTF-8; the same bytes from every installation of one version of the program.</summary>
    public static ReadOnlyMemory<byte> Html => Made.Value;

    /// <summary>SHA-256 over <see cref="Html"/>, for whoever wants to make sure that nobody swapped the file.</summary>
    public static string Sha256Hex { get; } = Convert.ToHexStringLower(SHA256.HashData(Made.Value));

    static byte[] Make()
    {
        // noble's file is a module; here it stands among others in one script.
        const string export = "export { etc, getPublicKey,";
        var noble = Read("noble-ed25519.js");
        var end = noble.IndexOf(export, StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException("noble-ed25519.js doesn't end as expected.");
        var script = $"\n{Read("sha256.js")}\n{Read("sha512.js")}\nconst {{ verify, hashes }} = (() => {{\n{noble[..end]}\nreturn {{ verify, hashes }};\n}})();\n{Read("verify.js")}";
        var style = Read("page.css");
        var says = JsonSerializer.Serialize(
            typeof(Sentences).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(Template))
                .Select(f => (f.Name, Says: (Template)f.GetValue(null)!)).ToDictionary(f => f.Name, f => new { zh = f.Says.Zh, en = f.Says.En }),
            new JsonSerializerOptions { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) });
        return Encoding.UTF8.GetBytes(new StringBuilder(Read("page.html"))
            .Replace("{script-hash}", Hash(script)).Replace("{style-hash}", Hash(style)).Replace("{says}", says).Replace("{style}", style).Replace("{script}", script).ToString());
    }

    static string Hash(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));

    static string Read(string name)
    {
        using var stream = typeof(VerifierPage).Assembly.GetManifestResourceStream("Page." + name) ?? throw new InvalidOperationException($"{name} isn't in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A check-out may have other line ends; the hash must not depend on it.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
