namespace Halley.Boosting;

/// <summary>Fits the linear models of a grown tree's leaves by one Newton step each.</summary>
/// <remarks>
/// Minimises Σ g·v + ½·Σ h·v² + ½·λ·c² + ½·κ·Σ b² over v = c + Σ b·z, z the numbers on the leaf's path less their mean and over their
/// spread in the leaf: Shi, Li and Li (2018), IJCAI, 3432–3438, section 3; penalties by Hastie et al. (2009), section 3.4.
/// </remarks>
/// <param name="part">With derivatives kept.</param>
sealed class LeafModels(BoostingOptions options, BoostedPart part)
{
    /// <summary>Numbers of a path that a model takes, from the root on: with more, leaves have few rows for each.</summary>
    const int MaximumTerms = 16;

    /// <summary>The model of a leaf, or null where its rows do not bear one.</summary>
    /// <param name="path">Features that the path to the leaf asks about, from the root on, each once.</param>
    internal LeafModel? Of(IEnumerable<int> path, ReadOnlySpan<int> rows)
    {
        int[] features = [.. path.Where(feature => part.Numbers![feature] is not null).Take(MaximumTerms)];
        var (used, scales) = Scales(features, rows);
        // A number that does not vary here has no slope.
        int[] kept = [.. Enumerable.Range(0, features.Length).Where(term => scales[term].Spread > 0)];
        if (kept.Length == 0 || used <= kept.Length + 1)
            return null;
        features = [.. kept.Select(term => features[term])];
        scales = [.. kept.Select(term => scales[term])];
        var size = features.Length + 1;
        var (matrix, right) = (new double[size * size], new double[size]);
        AddUp(features, scales, rows, matrix, right);
        matrix[0] += options.L2;
        for (var term = 1; term < size; term++)
            matrix[term * size + term] += options.LinearL2;
        if (!SmallSystem.Solve(matrix, right, size))
            return null;
        var constant = right[0];
        var slopes = new double[features.Length];
        for (var term = 0; term < slopes.Length; term++)
        {
            slopes[term] = right[term + 1] / scales[term].Spread;
            constant -= slopes[term] * scales[term].Mean;
        }
        if (!double.IsFinite(constant) || !Array.TrueForAll(slopes, double.IsFinite))
            return null;
        var means = Array.ConvertAll(scales, scale => scale.Mean);
        var order = Enumerable.Range(0, features.Length).OrderBy(term => features[term]).ToArray();
        T[] Ordered<T>(T[] values) => Array.ConvertAll(order, term => values[term]);
        return new LeafModel(Ordered(features), Ordered(slopes), constant, Ordered(means)).Times(options.LearningRate);
    }

    /// <summary>Mean and spread of each number over the rows that lack none, and how many those are.</summary>
    (int Rows, (double Mean, double Spread)[] Scales) Scales(int[] features, ReadOnlySpan<int> rows)
    {
        var (used, sums, squares) = (0, new double[features.Length], new double[features.Length]);
        // Deviations are taken from a row of the leaf, so that large numbers keep their digits.
        var origin = new double[features.Length];
        foreach (var row in rows)
        {
            if (!HasAll(features, row))
                continue;
            for (var term = 0; term < features.Length; term++)
            {
                var x = part.Numbers![features[term]]![row];
                if (used == 0)
                    origin[term] = x;
                sums[term] += x - origin[term];
                squares[term] += (x - origin[term]) * (x - origin[term]);
            }
            used++;
        }
        var scales = new (double, double)[features.Length];
        for (var term = 0; term < scales.Length; term++)
        {
            var mean = sums[term] / Math.Max(used, 1);
            var variance = squares[term] / Math.Max(used, 1) - mean * mean;
            scales[term] = (origin[term] + mean, variance > 1e-12 * squares[term] ? Math.Sqrt(variance) : 0);
        }
        return (used, scales);
    }

    void AddUp(int[] features, (double Mean, double Spread)[] scales, ReadOnlySpan<int> rows, double[] matrix, double[] right)
    {
        var size = right.Length;
        Span<double> z = stackalloc double[MaximumTerms + 1];
        z[0] = 1;
        foreach (var row in rows)
        {
            if (!HasAll(features, row))
                continue;
            var factor = part.Factors is { } factors ? factors[row] : 1;
            var (g, h) = (factor * part.Gradient![row], factor * part.Hessian![row]);
            for (var term = 0; term < features.Length; term++)
                z[term + 1] = (part.Numbers![features[term]]![row] - scales[term].Mean) / scales[term].Spread;
            for (var i = 0; i < size; i++)
            {
                right[i] -= g * z[i];
                for (var j = 0; j <= i; j++)
                    matrix[i * size + j] += h * z[i] * z[j];
            }
        }
    }

    bool HasAll(int[] features, int row)
    {
        foreach (var feature in features)
        {
            if (!double.IsFinite(part.Numbers![feature]![row]))
                return false;
        }
        return true;
    }
}
