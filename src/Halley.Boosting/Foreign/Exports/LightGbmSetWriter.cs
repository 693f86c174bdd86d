namespace Halley.Boosting;

/// <summary>The category sets of one tree in 32-bit words.</summary>
sealed class LightGbmSetWriter
{
    internal List<int> Boundaries { get; } = [0];

    internal List<uint> Words { get; } = [];

    internal int Count => Boundaries.Count - 1;

    /// <returns>The set's number.</returns>
    internal int Add(IReadOnlyList<int> members)
    {
        var words = new uint[members.Count == 0 ? 1 : members.Max() / 32 + 1];
        foreach (var member in members)
            words[member / 32] |= 1u << (member % 32);
        Words.AddRange(words);
        Boundaries.Add(Words.Count);
        return Count - 1;
    }
}
