namespace Halley.Boosting;

/// <summary>A linear model in a leaf: constant + Σ slope · feature.</summary>
/// <param name="Features">Numbers, rising.</param>
/// <param name="Slopes">Shape as <paramref name="Features"/>.</param>
/// <param name="Means">Shape as <paramref name="Features"/>: over the leaf's learn rows, where an explanation knows no more.</param>
sealed record LeafModel(int[] Features, double[] Slopes, double Constant, double[] Means)
{
    internal LeafModel Times(double factor) =>
        this with
        {
            Slopes = Array.ConvertAll(Slopes, slope => factor * slope),
            Constant = factor * Constant,
        };

    /// <summary>Its value for a row; <paramref name="plain"/> where the row lacks a number.</summary>
    /// <param name="numbers">Shape (features)(n).</param>
    internal double ValueAt(int row, double[]?[] numbers, double plain)
    {
        var sum = Constant;
        for (var term = 0; term < Features.Length; term++)
        {
            var x = numbers[Features[term]]![row];
            if (double.IsNaN(x))
                return plain;
            sum += Slopes[term] * x;
        }
        return sum;
    }
}
