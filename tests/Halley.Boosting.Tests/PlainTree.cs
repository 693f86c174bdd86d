namespace Halley.Boosting.Tests;

/// <summary>Leaf-wise growth from the definition, over rows and values: what the fast one must equal.</summary>
/// <param name="x">Shape (features)(rows), no value missing.</param>
sealed class PlainTree(double[][] x, double[] gradient, double[] hessian, BoostingOptions options)
{
    readonly record struct Cut(double Gain, int Leaf, int Feature, double At);

    /// <summary>The value of each row's leaf. Ties keep the lowest leaf, feature and value.</summary>
    internal double[] Grow()
    {
        var leaves = new List<int[]> { Enumerable.Range(0, gradient.Length).ToArray() };
        while (leaves.Count < options.MaximumLeaves)
        {
            var best = new Cut(options.MinimumGain, -1, 0, 0);
            for (var leaf = 0; leaf < leaves.Count; leaf++)
                best = Better(best, leaf, leaves[leaf]);
            if (best.Leaf < 0)
                break;
            var sides = leaves[best.Leaf].ToLookup(row => x[best.Feature][row] <= best.At);
            leaves[best.Leaf] = [.. sides[true]];
            leaves.Add([.. sides[false]]);
        }
        var values = new double[gradient.Length];
        foreach (var rows in leaves)
        {
            foreach (var row in rows)
                values[row] = options.LearningRate * -rows.Sum(i => gradient[i]) / (rows.Sum(i => hessian[i]) + options.L2);
        }
        return values;
    }

    Cut Better(Cut best, int leaf, int[] rows)
    {
        for (var feature = 0; feature < x.Length; feature++)
        {
            foreach (var at in rows.Select(row => x[feature][row]).Distinct().Order().SkipLast(1))
            {
                var sides = rows.ToLookup(row => x[feature][row] <= at);
                if (sides.Any(side => side.Count() < options.MinimumLeafRows))
                    continue;
                var gain = sides.Sum(Score) - Score(rows);
                // What differs by rounding alone is a tie.
                if (gain > best.Gain + 1e-9)
                    best = new(gain, leaf, feature, at);
            }
        }
        return best;
    }

    double Score(IEnumerable<int> rows) =>
        Math.Pow(rows.Sum(row => gradient[row]), 2) / (rows.Sum(row => hessian[row]) + options.L2);
}
