using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>DART, random forests and linear leaves.</summary>
public sealed class ModeTests
{
    static readonly BoostingOptions Small = new()
    {
        Rounds = 12,
        LearningRate = 1,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 0,
        RowShare = 0.6,
        QuantisedGradients = false,
    };

    [Fact]
    public void A_forest_is_the_mean_of_trees_grown_one_by_one()
    {
        var set = Books.Set(Books.Motor(2000));
        var options = Small with { Mode = BoostingMode.Forest, RestoreBalance = false };

        var fit = new BoostingTrainer(options).Fit(set);

        // Tree by tree from the same scores: round r alone is a fit of one round whose draws are those of round r.
        var start = fit.Trees.BaseScore;
        var scores = Scores.Of(fit.Trees, set.Learn);
        var singles = new double[2000];
        for (var tree = 0; tree < 12; tree++)
        {
            for (var row = 0; row < 2000; row++)
                singles[row] += ValueOf(fit.Trees, tree, set.Learn, row);
        }
        for (var row = 0; row < 2000; row++)
            Assert.Equal(scores[row], start + singles[row], 1e-12);
        var one = new BoostingTrainer(options with { Rounds = 1 }).Fit(set);
        for (var row = 0; row < 50; row++)
            Assert.Equal(ValueOf(one.Trees, 0, set.Learn, row), 12 * ValueOf(fit.Trees, 0, set.Learn, row), 1e-12);
        Assert.Equal(fit.Curve[^1].Learn, DevianceOf(fit, set), 1e-10);
    }

    [Fact]
    public void Dropping_every_tree_in_every_round_is_a_forest()
    {
        var set = Books.Set(Books.Motor(2000));
        var dart = Small with { Mode = BoostingMode.Dart, DropRate = 1, SkipDrop = 0, MaximumDrops = 1000 };

        var (dropped, forest) = (
            new BoostingTrainer(dart).Fit(set),
            new BoostingTrainer(Small with { Mode = BoostingMode.Forest }).Fit(set)
        );

        var (expected, actual) = (Scores.Of(forest.Trees, set.Learn), Scores.Of(dropped.Trees, set.Learn));
        for (var row = 0; row < 2000; row++)
            Assert.Equal(expected[row], actual[row], 1e-9);
    }

    [Fact]
    public void Dart_without_drops_is_gradient_boosting()
    {
        var set = Books.Set(Books.Motor(2000));
        var options = Small with { LearningRate = 0.2 };

        // The draw of the share of rounds without drops is below this in all twelve rounds.
        var dart = new BoostingTrainer(options with { Mode = BoostingMode.Dart, SkipDrop = 0.999999 }).Fit(set);

        Assert.Equal(Scores.Bytes(new BoostingTrainer(options).Fit(set).Trees), Scores.Bytes(dart.Trees));
    }

    [Theory]
    [InlineData(BoostingMode.Dart)]
    [InlineData(BoostingMode.Forest)]
    public void The_best_round_is_kept_as_it_was(BoostingMode mode)
    {
        var set = Books.Set(Books.Motor(2000), Books.Motor(1500, 2));
        var options = Small with
        {
            Mode = mode,
            Rounds = 40,
            LearningRate = 0.5,
            Patience = 12,
            RestoreBalance = false,
            DropRate = 0.3,
        };

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.InRange(fit.BestRound, 1, fit.Rounds - 1);
        Assert.Equal(fit.BestRound, fit.Trees.TreeCount);
        Assert.Equal(fit.Curve[fit.BestRound].Validation!.Value, DevianceOf(fit, set with { Learn = set.Validation! }), 1e-9);
        Assert.Equal(fit.Curve[fit.BestRound].Learn, DevianceOf(fit, set), 1e-9);
    }

    [Fact]
    public void A_linear_leaf_fits_a_line_and_a_row_without_the_number_gets_the_plain_value()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => i % 9 == 0 ? double.NaN : i / 10.0)];
        double[] y =
        [
            .. x.Select(value =>
                double.IsNaN(value) ? -200
                : value < 10 ? 3 + 2 * value
                : 50 - value
            ),
        ];
        var options = new BoostingOptions
        {
            Objective = BoostingObjective.SquaredError,
            LinearLeaves = true,
            LinearL2 = 0,
            L2 = 0,
            Rounds = 1,
            LearningRate = 1,
            MaximumLeaves = 3,
            MinimumLeafRows = 5,
            MinimumLeafHessian = 0,
            RestoreBalance = false,
        };

        var fit = new BoostingTrainer(options).Fit(Books.OneNumber(x, y));

        Assert.Equal(7, Scores.Of(fit.Trees, 2.0), 1e-9);
        Assert.Equal(35, Scores.Of(fit.Trees, 15.0), 1e-9);
        Assert.Equal(-200, Scores.Of(fit.Trees, double.NaN), 1e-9);
        var deviance = x.Zip(y, (value, target) => Math.Pow(target - Scores.Of(fit.Trees, value), 2)).Average();
        Assert.Equal(deviance, fit.Curve[^1].Learn, 1e-9);
    }

    [Theory]
    [InlineData(GrowthPolicy.LeafWise)]
    [InlineData(GrowthPolicy.Symmetric)]
    public void Linear_leaves_lower_the_loss_and_are_what_training_added_up(GrowthPolicy growth)
    {
        var set = Books.Set(Books.Motor(3000), Books.Motor(2000, 2));
        var options = Small with
        {
            LearningRate = 0.1,
            Growth = growth,
            LinearLeaves = true,
            RestoreBalance = false,
            Rounds = 30,
        };

        var fit = new BoostingTrainer(options).Fit(set);

        var plain = new BoostingTrainer(options with { LinearLeaves = false }).Fit(set);
        Assert.True(fit.Curve[^1].Learn < plain.Curve[^1].Learn);
        Assert.Equal(fit.Curve[fit.BestRound].Learn, DevianceOf(fit, set), 1e-9);
        Assert.Equal(fit.Curve[fit.BestRound].Validation!.Value, DevianceOf(fit, set with { Learn = set.Validation! }), 1e-9);
        Assert.Equal(
            Scores.Bytes(fit.Trees),
            Scores.Bytes(
                new BoostingTrainer(options) { Threads = 1 }
                    .Fit(set)
                    .Trees
            )
        );
    }

    [Fact]
    public void A_feature_of_no_gain_weight_is_never_cut()
    {
        var options = Small with
        {
            GainWeights = new Dictionary<string, double> { ["age"] = 0 },
            Growth = GrowthPolicy.Symmetric,
        };

        var set = Books.Set(Books.Motor(2000));

        Assert.Equal(0, new BoostingTrainer(options).Fit(set).Importance[0].Cuts);
        Assert.Equal(0, new BoostingTrainer(options with { Growth = GrowthPolicy.LeafWise }).Fit(set).Importance[0].Cuts);
        Assert.True(new BoostingTrainer(Small).Fit(set).Importance[0].Cuts > 0);
        var error = Assert.Throws<HalleyException>(() =>
            new BoostingTrainer(options with { GainWeights = new Dictionary<string, double> { ["hue"] = 1 } }).Fit(set)
        );
        Assert.StartsWith("HLY2261: weight of 'hue': it is not among the features.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_of_a_tree_keeps_to_the_features_drawn_for_it()
    {
        var options = Small with { LevelColumnShare = 0.2, ColumnShare = 1, Rounds = 40, MaximumDepth = 3 };

        var fit = new BoostingTrainer(options).Fit(Books.Set(Books.Motor(3000)));

        // One of five features a level, whatever its leaves.
        var nodes = fit.Trees.Nodes.All;
        foreach (var root in fit.Trees.Nodes.Roots)
        {
            int[] level = [root];
            while (level.Length > 0)
            {
                var cuts = level.Where(node => !nodes[node].IsLeaf).ToArray();
                Assert.True(cuts.Select(node => nodes[node].Input).Distinct().Count() <= 1);
                level = [.. cuts.SelectMany(node => new[] { nodes[node].Left, nodes[node].Left + 1 })];
            }
        }
        Assert.True(fit.Importance.Count(feature => feature.Cuts > 0) > 2);
    }

    static double DevianceOf(BoostingFit fit, TrainingSet set)
    {
        var vectors = TrainingVectors.Of(set, set.Learn);
        var loss = BoostingLoss.Of(new());
        var eta = Scores.Of(fit.Trees, set.Learn).Zip(vectors.Offset, (score, offset) => score + offset).ToArray();
        return loss.Deviance(vectors.Target, vectors.Weight, eta) / vectors.Weight.Sum();
    }

    static double ValueOf(TreeEnsemble trees, int tree, Table rows, int row)
    {
        var values = new double[trees.Inputs.Count];
        for (var input = 0; input < values.Length; input++)
            rows[trees.Inputs[input].Name].CopySlots(row, values.AsSpan(input, 1));
        return trees.Nodes.ValueAt(trees.Nodes.Roots[tree], values);
    }
}
