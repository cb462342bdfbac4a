using Microsoft.Extensions.Caching.Memory;

namespace Hele.Web.Ui;

/// <summary>
/// What somebody sent after their session had timed out, kept until they have signed in again. In memory only, for the account that was signed in last
/// in that browser, and not for long: it may hold what only they should read.
/// </summary>
public sealed class KeptForms : IDisposable
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    // In characters of all forms together; beyond it nothing more is kept, which costs the sender what a form has always cost.
    private const long Most = 32 << 20;

    private readonly MemoryCache _forms = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>Under which number it is found again.</returns>
    public Guid Keep(Guid account, UnsentForm form)
    {
        var id = Guid.NewGuid();
        _forms.Set((account, id), form, new MemoryCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = Lasts, Size = form.Address.Length + form.Fields.Sum(f => f.Key.Length + f.Value.Length),
        });
        return id;
    }

    /// <summary>Another account's number is like one that doesn't exist.</summary>
    public UnsentForm? Find(Guid account, Guid id) => _forms.Get<UnsentForm>((account, id));

    public void Dispose() => _forms.Dispose();
}
