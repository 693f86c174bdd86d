using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class GrowthTests
{
    static readonly BoostingOptions Small = new()
    {
        MinimumLeafRows = 5,
        MinimumLeafHessian = 0,
        L2 = 0.5,
        LearningRate = 1,
        ColumnShare = 1,
        QuantisedGradients = false,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_symmetric_tree_equals_the_one_grown_by_brute_force(ulong seed)
    {
        var book = new Drawn(seed, rowCount: 500);
        var options = Small with { Growth = GrowthPolicy.Symmetric, MaximumLeaves = 8, MinimumLeafRows = 1 };

        var (tree, table) = book.Grow(options);

        var plain = PlainSymmetric(book, options);
        Assert.Equal(15, tree.Nodes.Count);
        for (var row = 0; row < plain.Length; row++)
            Assert.Equal(plain[row], tree.ValueAt(row, table), 1e-9);
    }

    [Fact]
    public void A_level_of_a_symmetric_tree_asks_one_question_and_categories_and_missing_values_take_part()
    {
        var set = Books.Set(Books.Motor(8000));
        var options = Small with { Growth = GrowthPolicy.Symmetric, MaximumLeaves = 16, Rounds = 20, LearningRate = 0.2 };

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.True(fit.Curve[^1].Learn < 0.97 * fit.Curve[0].Learn);
        var (nodes, roots) = (fit.Trees.Nodes.All, fit.Trees.Nodes.Roots);
        foreach (var root in roots)
        {
            var level = new List<int> { root };
            while (level.Exists(node => !nodes[node].IsLeaf))
            {
                Assert.Single(level.Select(node => (nodes[node].Input, nodes[node].Value, nodes[node].MissingLeft)).Distinct());
                level = [.. level.SelectMany(node => new[] { nodes[node].Left, nodes[node].Left + 1 })];
            }
        }
        Assert.Equal(5, fit.Importance.Count(feature => feature.Gain > 0));
        // What training added up is what the finished trees say.
        var means = Scores
            .Of(fit.Trees, set.Learn)
            .Zip(set.Learn.Exposure("years").Years.ToArray(), (eta, years) => years * Math.Exp(eta));
        Assert.Equal(set.Learn.Numeric("claims").Values.ToArray().Sum(), means.Sum(), 1e-6);
    }

    [Fact]
    public void Too_small_a_side_of_a_symmetric_cut_keeps_its_parents_value()
    {
        // The cut on x0 is worth most over all; within x1 > 0.5 it would part 2 rows from the others.
        var x0 = Enumerable
            .Range(0, 200)
            .Select(row =>
                row < 100 ? row % 2
                : row < 102 ? 0.0
                : 1.0
            )
            .ToArray();
        var x1 = Enumerable.Range(0, 200).Select(row => row < 100 ? 0.0 : 1.0).ToArray();
        var gradient = Enumerable.Range(0, 200).Select(row => 10 * x1[row] + 4 * x0[row] - 9).ToArray();
        var book = new Drawn([x0, x1], gradient, [.. Enumerable.Repeat(1.0, 200)]);

        var (tree, table) = book.Grow(Small with { Growth = GrowthPolicy.Symmetric, MaximumLeaves = 4 });

        Assert.Equal(-gradient[100..].Sum() / 100.5, tree.ValueAt(100, table), 1e-9);
        Assert.Equal(-gradient[102..].Sum() / 98.5, tree.ValueAt(150, table), 1e-9);
    }

    [Fact]
    public void Depth_wise_growth_finishes_a_level_before_the_next()
    {
        var book = new Drawn(5, rowCount: 4000);

        var (tree, _) = book.Grow(Small with { Growth = GrowthPolicy.DepthWise, MaximumLeaves = 21 });

        var depths = Depths(tree);
        var leaves = Enumerable.Range(0, tree.Nodes.Count).Where(node => tree.Nodes[node].Split is null).ToArray();
        Assert.Equal(21, leaves.Length);
        // 16 leaves of depth 4, of which 5 were cut once more.
        Assert.Equal((11, 10), (leaves.Count(leaf => depths[leaf] == 4), leaves.Count(leaf => depths[leaf] == 5)));
    }

    [Fact]
    public void Without_a_limit_of_leaves_depth_wise_and_leaf_wise_grow_the_same_tree()
    {
        var book = new Drawn(6, rowCount: 1500);
        var options = Small with { MaximumLeaves = 64, MaximumDepth = 5 };

        var (leafWise, table) = book.Grow(options);
        var (depthWise, _) = book.Grow(options with { Growth = GrowthPolicy.DepthWise });

        for (var row = 0; row < 1500; row++)
            Assert.Equal(leafWise.ValueAt(row, table), depthWise.ValueAt(row, table));
    }

    [Fact]
    public void The_score_under_both_penalties_is_the_best_of_all_steps()
    {
        var rules = new SplitRules(new() { L1 = 1.5, L2 = 2 });
        foreach (var gradient in new[] { -6.0, -1.4, 0, 1.6, 4 })
        {
            var sums = GradientSums.Of(gradient, 3, 10);
            double Gain(double v) => -(2 * gradient * v + 5 * v * v + 3 * Math.Abs(v));
            var best = Enumerable.Range(-20_000, 40_001).Max(step => Gain(step / 10_000.0));

            Assert.Equal(best, rules.Score(sums, ValueBounds.None, 2), 1e-6);
            Assert.Equal(best, Gain(rules.Value(sums, ValueBounds.None, 2)), 1e-6);
        }
        Assert.Equal(0, rules.Value(GradientSums.Of(-1.4, 3, 10), ValueBounds.None, 2));
    }

    [Theory]
    [InlineData(GrowthPolicy.LeafWise)]
    [InlineData(GrowthPolicy.DepthWise)]
    [InlineData(GrowthPolicy.Symmetric)]
    public void A_path_stays_within_a_group_of_features(GrowthPolicy growth)
    {
        string[][] groups =
        [
            ["age", "fuel"],
            ["age", "power"],
        ];
        var options = Small with { Growth = growth, Interactions = groups, Rounds = 20 };

        var fit = new BoostingTrainer(options).Fit(Books.Set(Books.Motor(4000)));

        string[][] allowed = [.. groups, ["region"], ["since"]];
        var paths = PathsOf(fit.Trees).ToArray();
        Assert.All(paths, path => Assert.Contains(allowed, group => path.IsSubsetOf(group)));
        Assert.Contains(paths, path => path.Count == 2);
    }

    [Theory]
    [InlineData(GrowthPolicy.LeafWise)]
    [InlineData(GrowthPolicy.Symmetric)]
    public void A_share_of_features_is_drawn_by_leaf_and_threads_change_no_byte(GrowthPolicy growth)
    {
        var set = Books.Set(Books.Motor(40_000));
        var options = Small with { Growth = growth, NodeColumnShare = 0.3, Rounds = 6, QuantisedGradients = true };

        var one = new BoostingTrainer(options) { Threads = 1 }.Fit(set);
        var many = new BoostingTrainer(options) { Threads = 3 }.Fit(set);
        var other = new BoostingTrainer(options with { Seed = 9 }).Fit(set);

        Assert.Equal(Scores.Bytes(one.Trees), Scores.Bytes(many.Trees));
        Assert.NotEqual(Scores.Bytes(one.Trees), Scores.Bytes(other.Trees));
        // Two of five features a leaf: the roots do not all ask about the strongest one.
        Assert.True(one.Trees.Nodes.Roots.Select(root => one.Trees.Nodes.All[root].Input).Distinct().Count() > 1);
    }

    [Fact]
    public void Averaged_seeds_score_the_mean_of_their_fits()
    {
        var set = Books.Set(Books.Motor(3000), Books.Motor(1500, 2));
        var options = Small with { RowShare = 0.6, Rounds = 12, LearningRate = 0.2, RestoreBalance = false, Seed = 4 };

        var average = new BoostingTrainer(options with { AveragedSeeds = 3 }).Fit(set);

        var singles = Enumerable
            .Range(4, 3)
            .Select(seed => Scores.Of(new BoostingTrainer(options with { Seed = (ulong)seed }).Fit(set).Trees, set.Learn))
            .ToArray();
        var scores = Scores.Of(average.Trees, set.Learn);
        for (var row = 0; row < scores.Length; row++)
            Assert.Equal(singles.Average(single => single[row]), scores[row], 1e-12);
        Assert.NotEqual(singles[0], singles[1]);
    }

    [Fact]
    public void Averaged_seeds_keep_the_total()
    {
        var set = Books.Set(Books.Motor(3000));

        var fit = new BoostingTrainer(Small with { RowShare = 0.6, Rounds = 8, AveragedSeeds = 2 }).Fit(set);

        Assert.Equal(1, fit.Balance, 1e-12);
        var means = Scores
            .Of(fit.Trees, set.Learn)
            .Zip(set.Learn.Exposure("years").Years.ToArray(), (eta, years) => years * Math.Exp(eta));
        Assert.Equal(set.Learn.Numeric("claims").Values.ToArray().Sum(), means.Sum(), 1e-6);
    }

    [Fact]
    public void Settings_that_can_not_go_together_are_refused()
    {
        var options = new BoostingOptions
        {
            Growth = GrowthPolicy.Symmetric,
            Monotone = new Dictionary<string, int> { ["age"] = 1 },
            NodeColumnShare = 0,
            AveragedSeeds = 0,
            L1 = -1,
        };

        Assert.Equal(
            [
                "L1 is -1; it must be a finite number, at least 0.",
                "Growth is Symmetric; it must be leaf-wise or depth-wise where features are monotone.",
                "NodeColumnShare is 0; it must be above 0 and at most 1.",
                "AveragedSeeds is 0; it must be from 1 to 1000.",
            ],
            options.Validate()
        );
    }

    [Fact]
    public void Groups_name_features()
    {
        var error = Assert.Throws<HalleyException>(() =>
            new BoostingTrainer(
                new()
                {
                    Interactions =
                    [
                        ["age", "colour"],
                    ],
                }
            ).Fit(Books.Set(Books.Motor(100)))
        );

        Assert.Equal(
            "HLY2211: interaction group with 'colour': it is not among the features. Name features only, or add it to them.",
            error.Message
        );
    }

    /// <summary>Three features of whole numbers with gradients that depend on them.</summary>
    sealed class Drawn
    {
        internal Drawn(ulong seed, int rowCount)
        {
            var random = new DeterministicRandom(seed);
            double[] Column(Func<int, double> draw) => [.. Enumerable.Range(0, rowCount).Select(draw)];
            X = [.. Enumerable.Range(0, 3).Select(_ => Column(_ => Math.Floor(20 * random.NextDouble())))];
            Gradient = Column(row => random.NextNormal() + Math.Sin(X[0][row]) * (X[1][row] - 9) / 5);
            Hessian = Column(_ => 0.5 + random.NextDouble());
        }

        internal Drawn(double[][] x, double[] gradient, double[] hessian) => (X, Gradient, Hessian) = (x, gradient, hessian);

        internal double[][] X { get; }

        internal double[] Gradient { get; }

        internal double[] Hessian { get; }

        internal (GrownTree Tree, BinnedTable Table) Grow(BoostingOptions options)
        {
            var rows = new Table(X.Select((values, i) => new NumericColumn($"x{i}", values)));
            var bins = new BinBuilder(255, null).Build(rows, [.. X.Select((_, i) => $"x{i}")], 1, default);
            var table = BinnedTable.Of(rows, bins, 1, default);
            var gradients = Gradients.Of(Gradient.Length, options.QuantisedGradients);
            gradients.SetLimit(20, 20);
            gradients.Store(0, Gradient, Hessian, 1);
            var grower = new TreeGrower(options, table, gradients, new int[X.Length], 2, default);
            return (grower.Grow(default, [.. Enumerable.Range(0, X.Length)]), table);
        }
    }

    /// <summary>Symmetric growth from the definition, over rows and values.</summary>
    static double[] PlainSymmetric(Drawn book, BoostingOptions options)
    {
        var leafOf = new int[book.Gradient.Length];
        double Score(IEnumerable<int> rows)
        {
            var list = rows.ToArray();
            var g = list.Sum(row => book.Gradient[row]);
            return g * g / (list.Sum(row => book.Hessian[row]) + options.L2);
        }
        double Gain(IGrouping<int, int> leaf, double[] x, double at)
        {
            var sides = leaf.ToLookup(row => x[row] <= at);
            return sides.Count == 2 ? Score(sides[true]) + Score(sides[false]) - Score(leaf) : 0;
        }
        for (var level = 0; level < 3; level++)
        {
            var leaves = Enumerable.Range(0, leafOf.Length).GroupBy(row => leafOf[row]).ToArray();
            var cuts = book.X.SelectMany(x => x.Distinct().Order().SkipLast(1).Select(at => (x, at)));
            var (feature, cut) = cuts.MaxBy(cut => leaves.Sum(leaf => Gain(leaf, cut.x, cut.at)));
            for (var row = 0; row < leafOf.Length; row++)
                leafOf[row] = 2 * leafOf[row] + (feature[row] <= cut ? 0 : 1);
        }
        var values = new double[leafOf.Length];
        foreach (var leaf in Enumerable.Range(0, leafOf.Length).GroupBy(row => leafOf[row]))
        {
            var value = -leaf.Sum(row => book.Gradient[row]) / (leaf.Sum(row => book.Hessian[row]) + options.L2);
            foreach (var row in leaf)
                values[row] = value;
        }
        return values;
    }

    static int[] Depths(GrownTree tree)
    {
        var depths = new int[tree.Nodes.Count];
        for (var node = 0; node < depths.Length; node++)
        {
            if (tree.Nodes[node].Split is not null)
                depths[tree.Nodes[node].Left] = depths[tree.Nodes[node].Left + 1] = depths[node] + 1;
        }
        return depths;
    }

    /// <summary>The names that each leaf's path asks about.</summary>
    static IEnumerable<HashSet<string>> PathsOf(TreeEnsemble trees)
    {
        var open = new Stack<(int Node, HashSet<string> Path)>(trees.Nodes.Roots.Select(root => (root, new HashSet<string>())));
        while (open.TryPop(out var at))
        {
            var node = trees.Nodes.All[at.Node];
            if (node.IsLeaf)
            {
                yield return at.Path;
                continue;
            }
            var path = new HashSet<string>(at.Path) { trees.Inputs[node.Input].Name };
            open.Push((node.Left, path));
            open.Push((node.Left + 1, path));
        }
    }
}
