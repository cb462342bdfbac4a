using System.Collections.Concurrent;

namespace Hele.Civic.ServiceCircles;

/// <summary>Keeps the last answers about service points, so that the map, the file and whoever asks next have the same one at once. Losing them costs time and nothing else: the work that makes an answer is measured, and comes to the same.</summary>
public sealed class SitingAnswers
{
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, SitingAnswer> _answers = new();

    /// <param name="stand">The question, and all that its answer rests on.</param>
    public SitingAnswer? Find(string stand) => _answers.GetValueOrDefault(stand);

    public void Keep(string stand, SitingAnswer answer)
    {
        if (_answers.Count >= Kept)
            _answers.Clear();
        _answers[stand] = answer;
    }
}
