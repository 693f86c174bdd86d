namespace Halley.Boosting;

/// <summary>A column that an ONNX model is given.</summary>
sealed class OnnxFeature(string name, bool isText)
{
    readonly List<string> levels = [];
    readonly HashSet<string> met = new(StringComparer.Ordinal);

    internal string Name => name;

    internal bool IsText => isText;

    /// <summary>Every text that an encoder knows, as they were met.</summary>
    internal IReadOnlyList<string> Levels => levels;

    internal void Add(IEnumerable<string> texts) => levels.AddRange(texts.Where(met.Add));

    /// <summary>A number for each level.</summary>
    internal double[] Values(IReadOnlyDictionary<string, double> values, double otherwise) =>
        [.. levels.Select(level => values.TryGetValue(level, out var value) ? value : otherwise)];
}
