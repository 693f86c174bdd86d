using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class TreeGrowerTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(4, 500)]
    public void The_tree_equals_the_one_grown_by_brute_force(ulong seed, int leaves)
    {
        var options = new BoostingOptions
        {
            MaximumLeaves = leaves,
            MinimumLeafRows = 3,
            MinimumLeafHessian = 0,
            L2 = 0.3,
            LearningRate = 1,
        };
        var random = new DeterministicRandom(seed);
        var x = Enumerable.Range(0, 3).Select(_ => Column(400, () => Math.Floor(30 * random.NextDouble()))).ToArray();
        var (gradient, hessian) = (Column(400, random.NextNormal), Column(400, () => 0.5 + random.NextDouble()));

        var (tree, _, values) = Grow(options, x, gradient, hessian, [0, 0, 0]);

        var plain = new PlainTree(x, gradient, hessian, options).Grow();
        Assert.Equal(plain.Distinct().Count(), tree.Nodes.Count(node => node.Split is null));
        for (var row = 0; row < plain.Length; row++)
            Assert.Equal(plain[row], values[row], 1e-9);
    }

    [Fact]
    public void Values_added_by_leaf_equal_those_found_by_walking()
    {
        var random = new DeterministicRandom(8);
        var x = Enumerable.Range(0, 2).Select(_ => Column(40_000, random.NextDouble)).ToArray();
        var (gradient, hessian) = (Column(40_000, random.NextNormal), Column(40_000, random.NextDouble));

        var (tree, table, values) = Grow(new(), x, gradient, hessian, [0, 0]);

        for (var row = 0; row < values.Length; row++)
            Assert.Equal(tree.ValueAt(row, table), values[row]);
    }

    [Fact]
    public void Depth_is_limited()
    {
        var random = new DeterministicRandom(4);
        var x = new[] { Column(2000, random.NextDouble) };
        var options = new BoostingOptions { MaximumDepth = 3, MinimumLeafHessian = 0 };

        var (tree, _, _) = Grow(options, x, Column(2000, random.NextNormal), Column(2000, random.NextDouble), [0]);

        int Depth(int node) =>
            tree.Nodes[node].Split is null ? 0 : 1 + Math.Max(Depth(tree.Nodes[node].Left), Depth(tree.Nodes[node].Left + 1));
        Assert.Equal(3, Depth(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_whole_tree_keeps_a_monotone_direction(int direction)
    {
        var random = new DeterministicRandom(12);
        var x = new[] { Column(3000, random.NextDouble), Column(3000, random.NextDouble) };
        // A wave in the constrained feature, with an interplay, so that cuts below a cut are tempted to break the order.
        var gradient = Enumerable.Range(0, 3000).Select(row => Math.Sin(9 * x[0][row]) * (x[1][row] - 0.4)).ToArray();

        var (tree, _, _) = Grow(new() { MinimumLeafHessian = 0 }, x, gradient, Column(3000, () => 1), [direction, 0]);

        var trees = new TreeCompiler(new([.. Bins(x).Select(bins => bins.Input)], Bins(x), [], [])).Compile(0, [tree]);
        Assert.True(trees.NodeCount > 9);
        foreach (var other in Enumerable.Range(0, 21).Select(i => i / 20.0))
        {
            var line = Enumerable.Range(0, 201).Select(i => direction * Scores.Of(trees, i / 200.0, other)).ToArray();
            Assert.Equal(line.Order(), line);
        }
    }

    [Fact]
    public void Buffers_that_served_one_tree_serve_the_next()
    {
        var random = new DeterministicRandom(21);
        var x = new[] { Column(3000, random.NextDouble), Column(3000, random.NextDouble) };
        var table = BinnedTable.Of(TableOf(x), Bins(x), 1, default);
        var (first, second) = (Column(3000, random.NextNormal), Column(3000, random.NextNormal));
        var gradients = Stored(first, null, quantised: true);
        var grower = new TreeGrower(new(), table, gradients, [0, 0], 1, default);
        grower.Grow(default, [0, 1]);
        gradients.Store(0, second, Filled(3000), 7);

        var tree = grower.Grow(default, [0, 1]);

        var fresh = new TreeGrower(new(), table, gradients, [0, 0], 1, default).Grow(default, [0, 1]);
        Assert.Equal(fresh.Nodes.Select(node => node.Value), tree.Nodes.Select(node => node.Value));
    }

    static (GrownTree Tree, BinnedTable Table, double[] Values) Grow(
        BoostingOptions options,
        double[][] x,
        double[] gradient,
        double[] hessian,
        int[] directions
    )
    {
        var table = BinnedTable.Of(TableOf(x), Bins(x), 1, default);
        var grower = new TreeGrower(options, table, Stored(gradient, hessian, quantised: false), directions, 2, default);
        var tree = grower.Grow(default, [.. Enumerable.Range(0, x.Length)]);
        var values = new double[gradient.Length];
        grower.AddValues(tree, values);
        return (tree, table, values);
    }

    static Gradients Stored(double[] gradient, double[]? hessian, bool quantised)
    {
        var gradients = Gradients.Of(gradient.Length, quantised);
        gradients.SetLimit(10, 10);
        gradients.Store(0, gradient, hessian ?? Filled(gradient.Length), 3);
        return gradients;
    }

    static double[] Filled(int count) => [.. Enumerable.Repeat(1.0, count)];

    static FeatureBins[] Bins(double[][] x) =>
        new BinBuilder(255, null).Build(TableOf(x), [.. x.Select((_, i) => $"x{i}")], 1, default);

    static Table TableOf(double[][] x) => new(x.Select((values, i) => new NumericColumn($"x{i}", values)));

    static double[] Column(int rowCount, Func<double> draw) => [.. Enumerable.Range(0, rowCount).Select(_ => draw())];
}
