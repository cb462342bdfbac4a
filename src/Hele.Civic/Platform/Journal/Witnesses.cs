using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Hele.Civic.Platform.Journal;

/// <summary>A witness that this installation's logs ask: where it listens, and its key.</summary>
public sealed record WitnessAddress(Uri Prefix, VerifierKey Key)
{
    /// <summary>Reads a file with an address and a key on each line (<c>--witnesses FILE</c>).</summary>
    /// <exception cref="StartupException">The file can't be read, or holds something else.</exception>
    public static IReadOnlyList<WitnessAddress> Load(string file) => [.. WitnessLines.Read("--witnesses", file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var address, var text]
        && Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var prefix) && (prefix.Scheme == Uri.UriSchemeHttps || (prefix.Scheme == Uri.UriSchemeHttp && prefix.IsLoopback))
        && VerifierKey.TryParse(text, out var key) && key.Type == KeyType.Cosignature ? new WitnessAddress(prefix, key)
        : throw new StartupException(($"--witnesses {file}：每行写“https://网址 密钥”，这一行不是：{line}", $"--witnesses {file}: each line is “https://address key”; this one isn't: {line}")))];
}

/// <summary>What became of asking a witness about a log.</summary>
/// <param name="Size">Up to where it cosigned; for <paramref name="Refused"/> what the witness remembers, 0 where it doesn't say.</param>
/// <param name="At">When it cosigned, by its own clock; null when it hasn't.</param>
/// <param name="Refused">It says that this log isn't the one it saw before: that is an alarm.</param>
/// <param name="Trouble">It couldn't be asked, in a word for the operator; no alarm.</param>
public sealed record WitnessState(string Name, long Size, DateTimeOffset? At, bool Refused, string? Trouble);

/// <summary>
/// Asks witnesses to cosign this installation's logs, and keeps the cosigned checkpoint beside the pin. A witness that refuses because the log doesn't extend
/// what it saw raises an alarm: the log was put back or rewritten, or somebody is shown another one.
/// </summary>
public sealed class Witnesses(Database database, LogService log, StorageOptions storage, ILogger<Witnesses> logger, IReadOnlyList<WitnessAddress>? addresses = null) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Limit }) { Timeout = Limit, MaxResponseContentBufferSize = 64 * 1024 };
    private readonly ConcurrentDictionary<(string Jurisdiction, string Witness), WitnessState> _states = new();

    public IReadOnlyList<WitnessAddress> Addresses => addresses ?? [];

    /// <summary>What the witnesses said about a log last.</summary>
    public IReadOnlyList<WitnessState> Of(string jurisdiction) => [.. Addresses.Select(a => _states.GetValueOrDefault((jurisdiction, a.Key.Name))).OfType<WitnessState>()];

    /// <summary>The newest checkpoint that a witness cosigned, beside the pin.</summary>
    public string FileOf(string jurisdiction) => Path.Combine(storage.PinDirectory, jurisdiction + ".witnessed");

    /// <summary>Asks each witness about each log that has grown since.</summary>
    public async Task Ask(CancellationToken cancel = default)
    {
        if (Addresses.Count == 0)
            return;
        List<Jurisdiction> jurisdictions;
        await using (var lease = await database.Read([], cancel))
            jurisdictions = await lease.Db.Jurisdictions.AsNoTracking().OrderBy(j => j.Id).ToListAsync(cancel);
        foreach (var jurisdiction in jurisdictions)
            await Ask(jurisdiction, cancel);
    }

    private async Task Ask(Jurisdiction jurisdiction, CancellationToken cancel)
    {
        await using var lease = await database.Read([jurisdiction.Id], cancel);
        var size = await lease.Db.Set<LogHead>().Select(h => h.Size).FirstOrDefaultAsync(cancel);
        if (size == 0)
            return;
        var origin = (await log.Names(lease.Db, jurisdiction.Id, cancel)).At(size);
        var cosigned = new List<NoteSignature>();
        SignedNote? note = null;
        foreach (var witness in Addresses)
        {
            var before = _states.GetValueOrDefault((jurisdiction.Code, witness.Key.Name)) ?? Kept(jurisdiction.Code, witness, origin);
            if (before is { Refused: false, Trouble: null } && before.Size == size)
            {
                _states[(jurisdiction.Code, witness.Key.Name)] = before;
                continue;
            }
            note ??= await log.Checkpoint(lease.Db, jurisdiction.Id, size, cancel);
            var (state, signature) = await Ask(lease.Db, jurisdiction, witness, note, before?.Refused == false ? before.Size : 0, size, cancel);
            _states[(jurisdiction.Code, witness.Key.Name)] = state;
            if (signature is not null)
                cosigned.Add(signature);
            if (state.Refused && before?.Refused != true)
                logger.LogError("The witness {Witness} refuses to cosign the log {Origin}: it isn't the log it saw before.", witness.Key.Name, origin);
            else if (state.Trouble is { } trouble && before?.Trouble is null)
                logger.LogWarning("The witness {Witness} couldn't be asked about the log {Origin}: {Trouble}", witness.Key.Name, origin, trouble);
        }
        if (note is not null && cosigned.Count > 0)
        {
            Directory.CreateDirectory(storage.PinDirectory);
            // Another witness may have cosigned the same checkpoint a minute ago.
            var kept = ReadFile(jurisdiction.Code) is { } file && file.Text == note.Text ? file : note;
            await PrivateFile.Write(FileOf(jurisdiction.Code), cosigned.Where(s => !kept.Signatures.Any(k => k.Name == s.Name && k.KeyId == s.KeyId)).Aggregate(kept, (n, s) => n.With(s)).ToString());
        }
    }

    private async Task<(WitnessState State, NoteSignature? Signature)> Ask(HeleDb db, Jurisdiction jurisdiction, WitnessAddress witness, SignedNote note, long old, long size, CancellationToken cancel)
    {
        var name = witness.Key.Name;
        // Once more after a conflict: then the witness has said what it remembers.
        for (var again = 0; ; again++)
        {
            var proof = old == 0 ? [] : await LogService.Tree(db, jurisdiction.Id, size).ConsistencyProof(old, size, cancel);
            HttpStatusCode status;
            string said;
            try
            {
                using var body = new StringContent(new WitnessRequest(old, proof, note).ToText(), Encoding.UTF8, "text/plain");
                using var answer = await _client.PostAsync(new Uri(witness.Prefix, "add-checkpoint"), body, cancel);
                (status, said) = (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
            }
            catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                return (new WitnessState(name, old, null, false, failure.Message), null);
            }
            switch (status)
            {
                case HttpStatusCode.OK when SignedNote.TryParse(note + said, out var signed) && Cosignature.TryVerify(witness.Key, signed, out var seconds):
                    return (new WitnessState(name, size, DateTimeOffset.FromUnixTimeSeconds(seconds), false, null), signed.Signatures.First(witness.Key.IsKeyOf));
                case HttpStatusCode.OK:
                    return (new WitnessState(name, old, null, false, "its cosignature doesn't verify"), null);
                case HttpStatusCode.Conflict when long.TryParse(said.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var remembered):
                    // It saw more than there is now, or it is where it was said to be and the roots differ: this isn't the log it knows.
                    if (remembered > size || remembered == old)
                        return (new WitnessState(name, remembered, null, true, null), null);
                    if (again > 0)
                        return (new WitnessState(name, old, null, false, "it is being asked by somebody else too"), null);
                    old = remembered;
                    break;
                case HttpStatusCode.UnprocessableEntity:
                    return (new WitnessState(name, old, null, true, null), null);
                default:
                    return (new WitnessState(name, old, null, false, $"it answered {(int)status}"), null);
            }
        }
    }

    /// <summary>What a witness cosigned before this start. What it saw of an earlier epoch says nothing of this one: to a witness that is another log, whose key it is given by hand.</summary>
    private WitnessState? Kept(string jurisdiction, WitnessAddress witness, string origin) =>
        ReadFile(jurisdiction) is { } note && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Origin == origin && Cosignature.TryVerify(witness.Key, note, out var seconds)
            ? new WitnessState(witness.Key.Name, checkpoint.Size, DateTimeOffset.FromUnixTimeSeconds(seconds), false, null) : null;

    private SignedNote? ReadFile(string jurisdiction) => File.Exists(FileOf(jurisdiction)) && SignedNote.TryParse(File.ReadAllBytes(FileOf(jurisdiction)), out var note) ? note : null;

    public void Dispose() => _client.Dispose();
}
