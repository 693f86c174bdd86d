namespace Halley.Boosting;

/// <summary>A linear model in a leaf: constant + Σ slope · feature.</summary>
/// <param name="Features">Numbers, rising.</param>
/// <param name="Slopes">Shape as <paramref name="Features"/>.</param>
sealed record LeafModel(int[] Features, double[] Slopes, double Constant)
{
    internal LeafModel Times(double factor) =>
        new(Features, Array.ConvertAll(Slopes, slope => factor * slope), factor * Constant);

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
