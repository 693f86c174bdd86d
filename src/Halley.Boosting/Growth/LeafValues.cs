using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Values of leaves from their rows once the tree is grown: the quantile of residuals, or further Newton steps.</summary>
/// <remarks>Several Newton steps per leaf: Prokhorenkova et al. (2018), NeurIPS 31, as CatBoost has them.</remarks>
/// <param name="taken">Newton steps that a leaf's first value has taken already.</param>
sealed class LeafValues(BoostingOptions options, BoostedPart part, int taken)
{
    const int ChunkRows = 1024;

    readonly SplitRules rules = new(options);

    /// <summary>Null where the value that the split gave is final.</summary>
    internal static LeafValues? Of(BoostingOptions options, BoostedPart part) =>
        part.Loss.Level is null && options is { LeafSteps: 1, OrderedBoosting: false }
            ? null
            // Under ordered boosting splits see other scores' slopes: leaves take their first step anew.
            : new(options, part, taken: options.OrderedBoosting ? 0 : 1);

    /// <summary>A leaf's value, before the learning rate.</summary>
    /// <param name="rows">Of the leaf.</param>
    /// <param name="first">The step that its split gave.</param>
    internal double ValueOf(ReadOnlySpan<int> rows, double first, ValueBounds bounds) =>
        part.Loss.Level is { } level ? rules.Settle(QuantileOf(rows, level), rows.Length, bounds) : Refined(rows, first, bounds);

    double QuantileOf(ReadOnlySpan<int> rows, double level)
    {
        var (residuals, weights) = (new double[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            residuals[i] = part.Vectors.Target[rows[i]] - part.Eta[rows[i]];
            weights[i] = WeightOf(rows[i]);
        }
        var quantile = WeightedQuantile.Of(residuals, weights, level);
        return double.IsNaN(quantile) ? 0 : quantile;
    }

    double WeightOf(int row) => part.Factors is { } factors ? factors[row] * part.Vectors.Weight[row] : part.Vectors.Weight[row];

    double Refined(ReadOnlySpan<int> rows, double first, ValueBounds bounds)
    {
        var value = taken == 0 ? 0 : first;
        for (var step = taken; step < options.LeafSteps; step++)
        {
            var (gradient, hessian) = Slopes(rows, value);
            // The parabola at the value so far, told by its slope at 0, has its least at the next.
            var next = rules.Value(GradientSums.Of(gradient - hessian * value, hessian, rows.Length), bounds, rules.L2);
            if (next == value)
                break;
            value = next;
        }
        return value;
    }

    /// <summary>Σ gradient and Σ hessian of rows whose scores are raised by a value.</summary>
    (double Gradient, double Hessian) Slopes(ReadOnlySpan<int> rows, double value)
    {
        Span<double> lanes = stackalloc double[5 * ChunkRows];
        var (gradient, hessian) = (0.0, 0.0);
        for (var start = 0; start < rows.Length; start += ChunkRows)
        {
            var some = rows.Slice(start, Math.Min(ChunkRows, rows.Length - start));
            var y = lanes[..some.Length];
            var w = lanes.Slice(ChunkRows, some.Length);
            var eta = lanes.Slice(2 * ChunkRows, some.Length);
            var g = lanes.Slice(3 * ChunkRows, some.Length);
            var h = lanes.Slice(4 * ChunkRows, some.Length);
            for (var i = 0; i < some.Length; i++)
                (y[i], w[i], eta[i]) = (part.Vectors.Target[some[i]], WeightOf(some[i]), part.Eta[some[i]] + value);
            part.Loss.Derive(y, w, eta, g, h);
            gradient += Reduce.Sum(g);
            hessian += Reduce.Sum(h);
        }
        return (gradient, hessian);
    }
}
