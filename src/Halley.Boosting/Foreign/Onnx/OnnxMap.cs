namespace Halley.Boosting;

/// <summary>Numbers by number.</summary>
/// <param name="Keys">Rising.</param>
sealed record OnnxMap(double[] Keys, double[] Values, double Otherwise, double WhenMissing)
{
    /// <summary>The first of equal keys counts; a missing one stands for missing values.</summary>
    internal static OnnxMap Of(IReadOnlyList<double> keys, IReadOnlyList<double> values, double otherwise)
    {
        var (map, missing) = (new SortedDictionary<double, double>(), otherwise);
        for (var i = 0; i < keys.Count; i++)
        {
            if (double.IsNaN(keys[i]))
                missing = values[i];
            else
                map.TryAdd(keys[i], values[i]);
        }
        return new([.. map.Keys], [.. map.Values], otherwise, missing);
    }
}
