namespace Halley.Glm;

/// <summary>One smooth of a product, its columns turned to the directions of its penalty, those without penalty last.</summary>
/// <param name="Basis">Its own columns.</param>
/// <param name="Map">Those from the turned ones: shape (own columns × turned), row by row.</param>
/// <param name="Values">Penalty of each turned column, shape (turned).</param>
/// <param name="Lambda">Weight of the penalty where given.</param>
sealed record SmoothMargin(SplineBasis Basis, double[] Map, double[] Values, double? Lambda)
{
    internal int Size => Basis.Width;

    internal int Width => Values.Length;

    /// <summary>Values of the turned columns in each bin, shape (bins)(turned).</summary>
    internal double[][] At(Bins bins)
    {
        var rows = new double[bins.Values.Length][];
        for (var bin = 0; bin < rows.Length; bin++)
        {
            var own = Basis.At(bins.Values[bin]);
            rows[bin] = new double[Width];
            for (var k = 0; k < own.Length; k++)
                Kernels.Reduce.AddScaled(own[k], Map.AsSpan(k * Width, Width), rows[bin]);
        }
        return rows;
    }
}
