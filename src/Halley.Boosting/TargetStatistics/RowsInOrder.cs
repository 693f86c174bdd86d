namespace Halley.Boosting;

/// <summary>Learn rows in the order in which they are told the past, with what they add to statistics side by side.</summary>
/// <param name="Volumes">In the order of the table.</param>
/// <param name="Rows">Shape (n): rows, the first first.</param>
sealed record RowsInOrder(StatisticVolumes Volumes, int[] Rows)
{
    readonly Lazy<double[]> actual = new(() => Array.ConvertAll(Rows, row => Volumes.Actual[row]));
    readonly Lazy<double[]> above = new(() => Array.ConvertAll(Rows, row => Volumes.Above[row]));

    /// <summary>Shape (n), the first row's first.</summary>
    internal double[] Volume { get; } = Array.ConvertAll(Rows, row => Volumes.Volume[row]);

    /// <inheritdoc cref="Volume"/>
    internal double[] Actual => actual.Value;

    /// <inheritdoc cref="Volume"/>
    internal double[] Above => above.Value;
}
