using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Journal;

/// <summary>A kind of event: what happened to one record, as one sentence in both languages.</summary>
/// <param name="Code">Stable, dotted: <c>appeal.filed</c>. It stands in the log for ever.</param>
/// <param name="Sentence">What a timeline says, without a subject: 提交了诉求.</param>
/// <param name="Whole">True when the entry commits every column of the record, not only the changed ones: after an erasure nothing may hang on
/// entries whose salts are gone.</param>
/// <param name="Confidential">True for confidential modules: the log's clear text then says only "confidential".</param>
public sealed record EventKind(string Code, Bilingual Sentence, bool Confidential = false, bool Whole = false);
