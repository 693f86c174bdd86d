using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Predictions of the first trees, and of a run of them.</summary>
public sealed class StageTests
{
    [Theory]
    [InlineData("lightgbm-4.7.0-poisson-init-score", "model.txt")]
    [InlineData("lightgbm-4.7.0-linear-tree", "model.txt")]
    [InlineData("lightgbm-4.7.0-rf", "model.txt")]
    [InlineData("lightgbm-3.3.5-categories", "model.txt")]
    [InlineData("lightgbm-4.7.0-multiclass", "model.txt")]
    [InlineData("xgboost-3.2.0-softprob", "model.json")]
    [InlineData("catboost-1.2.10-ctr-numeric-mix", "model.cbm")]
    public void Stages_equal_slices_to_the_bit_and_slices_add_up(string name, string file)
    {
        var (oracle, trees) = LibraryOracleTests.Read(name, file);
        var (inputs, slots) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees));
        int[] stages = [0, 1, trees.TreeCount / 2, trees.TreeCount - 1, trees.TreeCount];
        var staged = new double[inputs.RowCount * stages.Length];
        trees.ScoreStaged(inputs, slots, stages, staged);
        var eta = new double[inputs.RowCount];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var slice = trees.Slice(0, stages[stage]);
            slice.Score(inputs, slots, eta);
            Assert.Equal(stages[stage], slice.TreeCount);
            for (var row = 0; row < eta.Length; row++)
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(eta[row]),
                    BitConverter.DoubleToInt64Bits(staged[row * stages.Length + stage])
                );
        }
        var half = trees.TreeCount / 2;
        AssertLeaves(trees, half, inputs, slots);
        if (trees.Rule.Divisor == 1)
            AssertSums(trees, half, inputs, slots);
    }

    [Fact]
    public void The_first_iterations_are_the_librarys_own()
    {
        var oracle = new OracleCase("xgboost-3.2.0-early-stopped");
        var whole = ForeignModelFile.Read(oracle.PathOf("model.json"));
        var all = whole.ToEnsemble(new() { Iterations = whole.Iterations });
        var best = all.Slice(0, whole.BestIterations!.Value);
        var (inputs, slots) = (oracle.Inputs(all), LibraryOracleTests.Slots(all));
        var (eta, expected) = (new double[inputs.RowCount], oracle.Numbers("raw.csv"));
        best.Score(inputs, slots, eta);

        for (var row = 0; row < eta.Length; row++)
            Assert.Equal(expected[row][0], eta[row], 2.4e-7 * Math.Max(1, Math.Abs(eta[row])));
    }

    [Fact]
    public void A_run_outside_the_ensemble_is_refused()
    {
        var trees = LibraryOracleTests.Read("lightgbm-4.7.0-gamma", "model.txt").Ensemble;

        Assert.Throws<ArgumentOutOfRangeException>(() => trees.Slice(1, trees.TreeCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => trees.Slice(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            trees.ScoreStaged(new(trees.Inputs.Count, 1), LibraryOracleTests.Slots(trees), [3, 2], new double[2])
        );
    }

    static void AssertLeaves(TreeEnsemble trees, int first, SlotBlock inputs, int[] slots)
    {
        var (whole, part) = (trees.Leaves(inputs, slots), trees.Slice(first, trees.TreeCount - first).Leaves(inputs, slots));
        for (var row = 0; row < inputs.RowCount; row++)
        {
            for (var tree = first; tree < trees.TreeCount; tree++)
                Assert.Equal(whole[row * trees.TreeCount + tree], part[row * (trees.TreeCount - first) + tree - first]);
        }
    }

    static void AssertSums(TreeEnsemble trees, int half, SlotBlock inputs, int[] slots)
    {
        var count = trees.OutputCount;
        var (whole, head, tail, none) = (
            Sums(trees),
            Sums(trees.Slice(0, half)),
            Sums(trees.Slice(half, trees.TreeCount - half)),
            Sums(trees.Slice(0, 0))
        );
        for (var i = 0; i < whole.Length; i++)
            Assert.Equal(whole[i], head[i] + tail[i] - none[i], 1e-5 * Math.Max(1, Math.Abs(whole[i])));

        double[] Sums(TreeEnsemble run)
        {
            var sums = new double[inputs.RowCount * count];
            run.ScoreAll(inputs, slots, sums);
            return sums;
        }
    }
}
