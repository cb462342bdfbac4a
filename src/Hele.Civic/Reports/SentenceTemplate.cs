using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>
/// Turns a template into parts. Slots: <c>{appeals.filed}</c> a figure of the period; <c>{appeals.filed|appeal|appeals}</c> with its English noun for one and for
/// more; <c>{appeals.satisfied%}</c> its share of its base; <c>{&lt;appeals.judged}</c> of the period before; the slot of the records that are named; any other name is one of the given words.
/// </summary>
public sealed partial class SentenceTemplate(Func<string, FigureValue> current, Func<string, FigureValue> previous)
{
    public ReportSentence Fill(SentenceKind kind, Bilingual template, IReadOnlyDictionary<string, Bilingual> words, NamedRecords? named = null) =>
        new(kind, Parts(template.Zh, false, words, named), Parts(template.En, true, words, named));

    private List<ReportPart> Parts(string template, bool english, IReadOnlyDictionary<string, Bilingual> words, NamedRecords? named)
    {
        var parts = new List<ReportPart>();
        var at = 0;
        foreach (Match slot in Slot().Matches(template))
        {
            Say(template[at..slot.Index]);
            at = slot.Index + slot.Length;
            var name = slot.Groups["name"].Value;
            if (name == named?.Slot)
            {
                foreach (var (i, part) in named.Parts(english).Index())
                {
                    if (i > 0)
                        Say(english ? named.Between.En : named.Between.Zh);
                    parts.Add(part);
                }
            }
            else if (words.TryGetValue(name, out var word))
            {
                Say(english ? word.En : word.Zh);
            }
            else
            {
                var values = slot.Groups["before"].Success ? previous : current;
                var value = values(name);
                if (slot.Groups["share"].Success)
                    parts.Add(new SharePart(value, values(value.Figure.Base ?? throw new FormatException($"The figure {name} has no base.")), english));
                else
                    parts.Add(new FigurePart(value));
                if (slot.Groups["one"].Success)
                    Say(" " + (value.Value == 1 ? slot.Groups["one"] : slot.Groups["more"]).Value);
            }
        }
        Say(template[at..]);
        return parts;

        void Say(string text)
        {
            if (text.Length == 0)
                return;
            if (parts is [.., WordsPart last])
                parts[^1] = new WordsPart(last.Words + text);
            else
                parts.Add(new WordsPart(text));
        }
    }

    [GeneratedRegex(@"\{(?<before><)?(?<name>[a-z.-]+)(?<share>%)?(?:\|(?<one>[^|}]*)\|(?<more>[^}]*))?\}")]
    private static partial Regex Slot();
}
