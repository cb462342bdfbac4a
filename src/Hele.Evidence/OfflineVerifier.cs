namespace Hele.Evidence;

/// <summary>One thing that was checked.</summary>
/// <param name="Code">Which check: <c>form</c>, <c>key</c>, <c>checkpoint</c>, <c>inclusion</c>, <c>header</c>, <c>field</c>, <c>closed</c> or <c>witness</c>.</param>
/// <param name="Holds">Whether it was proved.</param>
/// <param name="Says">What was proved, or what was not.</param>
public sealed record Finding(string Code, bool Holds, Sentence Says);

/// <summary>What checking a receipt found.</summary>
/// <param name="Ok">Whether every check holds.</param>
/// <param name="Findings">The checks, in the order they were made. After one that makes the rest worthless there are no more.</param>
/// <param name="Limits">What such a receipt does not prove; empty if it proves nothing.</param>
/// <param name="Receipt">The receipt; null if it could not be read.</param>
public sealed record Verification(bool Ok, IReadOnlyList<Finding> Findings, IReadOnlyList<Sentence> Limits, ReceiptFile? Receipt);

/// <summary>
/// Checks a receipt with nothing but its text and a key the person has from elsewhere: no server, no database, no other part of the program.
/// </summary>
public static class OfflineVerifier
{
    /// <summary>Checks a receipt. Never throws on what it is given.</summary>
    /// <param name="receiptText">The file. Line ends of another system and a byte order mark are forgiven.</param>
    /// <param name="vkey">The log's verifier key. It must not be taken from the receipt, or anybody could have made both.</param>
    /// <param name="witnessKeys">Keys of witnesses that must have signed the checkpoint too.</param>
    public static Verification Verify(string? receiptText, string? vkey, params IReadOnlyList<string> witnessKeys)
    {
        var findings = new List<Finding>();
        void Found(string code, bool holds, Sentence says) => findings.Add(new Finding(code, holds, says));
        Verification Stop(ReceiptFile? receipt) => new(false, findings, [], receipt);

        var text = receiptText?.TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!ReceiptFile.TryParse(text, out var file))
        {
            Found("form", false, Sentences.BadForm);
            return Stop(null);
        }
        if (!VerifierKey.TryParse(vkey, out var key) || key.Type != KeyType.Ed25519)
        {
            Found("key", false, Sentences.BadKey);
            return Stop(file);
        }
        if (!Checkpoint.TryOpen(file.Checkpoint, new NoteVerifier(key), out var checkpoint))
        {
            Found("checkpoint", false, Sentences.CheckpointNotSigned.With(key.Name));
            return Stop(file);
        }
        Found("checkpoint", true, Sentences.CheckpointSigned.With(checkpoint.Origin, checkpoint.Size));

        var entry = file.Entry;
        if (!Proofs.VerifyInclusion(entry.LeafHash(), file.Index, checkpoint.Size, checkpoint.Root.Span, file.Proof))
        {
            Found("inclusion", false, Sentences.NotIncluded);
            return Stop(file);
        }
        Found("inclusion", true, Sentences.Included.With(file.Index));

        var time = Sentences.Time(entry.Time);
        Found("header", true, entry.IsConfidential
            ? Sentences.ConfidentialHeader.With(time, entry.Jurisdiction, entry.Id.ToString("D"))
            : Sentences.Header.With(entry.Kind, time, entry.Jurisdiction, entry.Id.ToString("D")));

        foreach (var field in file.Opened)
        {
            if (!Opens(file, field))
            {
                Found("field", false, Sentences.FieldFails.With(field.Field));
                continue;
            }
            // On one line, or a logged text with line ends in it could pass for findings of ours.
            object value = field.Tag == ValueTag.Null ? (Sentence)Sentences.NoValue : ReceiptFile.Spell(field);
            // A key opens one commitment but doesn't say under which name it was made.
            var named = !entry.IsConfidential || file.Salt is not null;
            Found("field", true, named ? Sentences.FieldHolds.With(field.Field, value) : Sentences.FieldHoldsUnnamed.With(field.Label, field.Field, value));
        }
        if (entry.Fields.Count > file.Opened.Count) Found("closed", true, Sentences.Closed.With(entry.Fields.Count - file.Opened.Count));

        foreach (var witnessKey in witnessKeys)
        {
            if (!VerifierKey.TryParse(witnessKey, out var witness) || witness.Type != KeyType.Cosignature) Found("witness", false, Sentences.BadKey);
            else if (Cosignature.TryVerify(witness, file.Checkpoint, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
                Found("witness", true, Sentences.Witnessed.With(witness.Name, Sentences.Time(DateTimeOffset.FromUnixTimeSeconds(seconds))));
            else Found("witness", false, Sentences.NotWitnessed.With(witness.Name));
        }
        var ok = findings.TrueForAll(f => f.Holds);
        return new Verification(ok, findings, Sentences.Limits(witnessKeys.Count > 0 && ok), file);
    }

    static bool Opens(ReceiptFile file, OpenedField field)
    {
        if (!file.Entry.TryGet(field.Label, out var committed) || !ValueBytes.TryFromText(field.Tag, field.Value, out var value)) return false;
        if (!file.Entry.IsConfidential && field.Label != field.Field) return false;
        Span<byte> key = stackalloc byte[Commitment.Size];
        if (file.Salt is not null) Commitment.FieldKey(Commitment.Prk(file.Salt), field.Field, key);
        else if (field.Key is { Length: Commitment.Size } own) own.CopyTo(key);
        else return false;
        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Open(key, value, commitment);
        return commitment.SequenceEqual(committed);
    }
}
