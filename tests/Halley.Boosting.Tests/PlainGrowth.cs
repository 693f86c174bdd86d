namespace Halley.Boosting.Tests;

/// <summary>
/// Growth from the definitions over rows and whole numbers: every cut of every leaf is judged anew before each step, and monotone order is
/// read off the points of the grid, one by one.
/// </summary>
/// <param name="x">Shape (features)(rows): whole numbers from 0, −1 for missing.</param>
/// <param name="directions">Shape (features).</param>
sealed class PlainGrowth(int[][] x, double[] gradient, double[] hessian, int[] directions, BoostingOptions options)
{
    /// <summary>A leaf is the set of grid points that reach it.</summary>
    sealed record Part(HashSet<int> Points, int[] Rows, int Depth, double Prior)
    {
        /// <summary>Features that the path has asked about.</summary>
        internal HashSet<int> Asked { get; init; } = [];

        internal double Value { get; set; }
    }

    readonly record struct Cut(double Gain, int Leaf, int Feature, int Last, bool MissingLeft);

    readonly int[] sizes = [.. x.Select(values => values.Max() + 2)];
    readonly List<Part> leaves = [];

    /// <summary>The value of each row's leaf.</summary>
    internal double[] Grow()
    {
        var rows = Enumerable.Range(0, gradient.Length).ToArray();
        leaves.Add(new([.. Enumerable.Range(0, sizes.Aggregate((a, b) => a * b))], rows, 0, 0));
        leaves[0].Value = Math.Clamp(Step(rows), -Longest, Longest);
        while (leaves.Count < options.MaximumLeaves && Best() is { Leaf: >= 0 } best)
        {
            var parent = leaves[best.Leaf];
            var (left, right) = (Side(parent, best, true), Side(parent, best, false));
            var others = leaves.Where(leaf => leaf != parent).ToList();
            foreach (var child in new[] { left, right })
                child.Value = ValueOf(child, others);
            leaves[best.Leaf] = left;
            leaves.Add(right);
        }
        for (var (pass, moved) = (0, true); pass < 20 && moved && directions.Any(direction => direction != 0); pass++)
        {
            moved = false;
            foreach (var leaf in leaves)
            {
                var others = leaves.Where(other => other != leaf).ToList();
                var value = others.Exists(other => Order(leaf, other) != 0) ? ValueOf(leaf, others) : leaf.Value;
                moved |= value != leaf.Value;
                leaf.Value = value;
            }
        }
        var values = new double[gradient.Length];
        foreach (var leaf in leaves)
        {
            foreach (var row in leaf.Rows)
                values[row] = options.LearningRate * leaf.Value;
        }
        return values;
    }

    double Longest => options.MaximumStep > 0 ? options.MaximumStep : double.PositiveInfinity;

    Cut Best()
    {
        var best = new Cut(options.MinimumGain, -1, 0, 0, false);
        var depth = int.MaxValue;
        for (var leaf = 0; leaf < leaves.Count; leaf++)
        {
            var own = BestOf(leaf);
            if (own.Leaf < 0)
                continue;
            // Depth-wise growth takes the shallowest leaves first.
            var at = options.Growth == GrowthPolicy.DepthWise ? leaves[leaf].Depth : 0;
            if (best.Leaf < 0 || at < depth || (at == depth && own.Gain > best.Gain))
                (best, depth) = (own, at);
        }
        return best;
    }

    Cut BestOf(int index)
    {
        var (leaf, others) = (leaves[index], leaves.Where((_, i) => i != index).ToList());
        var best = new Cut(options.MinimumGain, -1, 0, 0, false);
        if (leaf.Depth >= options.MaximumDepth)
            return best;
        for (var feature = 0; feature < x.Length; feature++)
        {
            if (!MayAsk([.. leaf.Asked, feature]))
                continue;
            var values = leaf.Rows.Select(row => x[feature][row]).Distinct().Order().ToArray();
            var hasMissing = values.Contains(-1);
            foreach (var last in values.Where(value => value >= 0))
            {
                foreach (var missingLeft in hasMissing ? [false, true] : new[] { Follows(leaf, feature, last) })
                {
                    var cut = new Cut(0, index, feature, last, missingLeft);
                    var gain = GainOf(leaf, cut, others);
                    // What differs by rounding alone is a tie.
                    if (gain > best.Gain + 1e-9)
                        best = cut with { Gain = gain };
                }
            }
        }
        return best;
    }

    bool Follows(Part leaf, int feature, int last) => 2 * leaf.Rows.Count(row => x[feature][row] <= last) >= leaf.Rows.Length;

    double GainOf(Part leaf, Cut cut, List<Part> others)
    {
        var (left, right) = (Side(leaf, cut, true), Side(leaf, cut, false));
        if (!Allowed(left.Rows) || !Allowed(right.Rows))
            return 0;
        (left.Value, right.Value) = (ValueOf(left, others), ValueOf(right, others));
        return directions[cut.Feature] * (right.Value - left.Value) < 0
            ? 0
            : Worth(left.Rows, left.Value) + Worth(right.Rows, right.Value) - Worth(leaf.Rows, leaf.Value);
    }

    /// <summary>Whether one group holds all of a path's features; a feature in no group is alone.</summary>
    bool MayAsk(HashSet<int> asked)
    {
        if (options.Interactions.Count == 0 || asked.Count == 1)
            return true;
        return options.Interactions.Any(group => asked.All(feature => group.Contains($"x{feature}")));
    }

    bool Allowed(int[] rows) =>
        rows.Length >= options.MinimumLeafRows && rows.Sum(row => hessian[row]) >= options.MinimumLeafHessian;

    Part Side(Part leaf, Cut cut, bool left)
    {
        bool IsHere(int value) => (value < 0 ? cut.MissingLeft : value <= cut.Last) == left;
        return new(
            [.. leaf.Points.Where(point => IsHere(At(point, cut.Feature)))],
            [.. leaf.Rows.Where(row => IsHere(x[cut.Feature][row]))],
            leaf.Depth + 1,
            leaf.Value
        )
        {
            Asked = [.. leaf.Asked, cut.Feature],
        };
    }

    /// <summary>A feature's value at a grid point; the last place of each feature is for missing.</summary>
    int At(int point, int feature)
    {
        for (var before = 0; before < feature; before++)
            point /= sizes[before];
        var place = point % sizes[feature];
        return place == sizes[feature] - 1 ? -1 : place;
    }

    double ValueOf(Part leaf, List<Part> others)
    {
        var value = Math.Clamp(Step(leaf.Rows), -Longest, Longest);
        var smoothing = options.PathSmoothing;
        value = (leaf.Rows.Length * value + smoothing * leaf.Prior) / (leaf.Rows.Length + smoothing);
        foreach (var other in others)
        {
            value = Order(leaf, other) switch
            {
                < 0 => Math.Min(value, other.Value),
                > 0 => Math.Max(value, other.Value),
                _ => value,
            };
        }
        return value;
    }

    /// <summary>−1 where some point of the one becomes a point of the other by raising a monotone feature alone, 1 by lowering it.</summary>
    int Order(Part one, Part other)
    {
        for (var feature = 0; feature < x.Length; feature++)
        {
            if (directions[feature] == 0)
                continue;
            var stride = sizes.Take(feature).Aggregate(1, (a, b) => a * b);
            foreach (var point in one.Points)
            {
                var value = At(point, feature);
                for (var moved = 0; value >= 0 && moved < sizes[feature] - 1; moved++)
                {
                    if (moved != value && other.Points.Contains(point + (moved - value) * stride))
                        return moved > value == directions[feature] > 0 ? -1 : 1;
                }
            }
        }
        return 0;
    }

    double Step(int[] rows)
    {
        var g = rows.Sum(row => gradient[row]);
        return -Math.CopySign(Math.Max(Math.Abs(g) - options.L1, 0), g) / (rows.Sum(row => hessian[row]) + options.L2);
    }

    double Worth(int[] rows, double v) =>
        -v * (2 * rows.Sum(row => gradient[row]) + (rows.Sum(row => hessian[row]) + options.L2) * v)
        - 2 * options.L1 * Math.Abs(v);
}
