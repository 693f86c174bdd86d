using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Constraints hold for every row that there can be, and cost no more than they ask for.</summary>
public sealed class MonotoneTests
{
    static readonly BoostingOptions Options = new()
    {
        Monotone = new Dictionary<string, int> { ["age"] = -1, ["power"] = 1 },
        Rounds = 30,
        LearningRate = 0.3,
        MinimumLeafRows = 10,
        MinimumLeafHessian = 0,
        L2 = 0.1,
        ColumnShare = 1,
    };

    [Theory]
    [InlineData(GrowthPolicy.LeafWise, BoostingMode.Gradient, 1)]
    [InlineData(GrowthPolicy.DepthWise, BoostingMode.Gradient, 1)]
    [InlineData(GrowthPolicy.LeafWise, BoostingMode.Dart, 1)]
    [InlineData(GrowthPolicy.LeafWise, BoostingMode.Forest, 5)]
    [InlineData(GrowthPolicy.LeafWise, BoostingMode.Gradient, 4)]
    public void An_ensemble_is_monotone_at_every_point(GrowthPolicy growth, BoostingMode mode, int leafSteps)
    {
        foreach (var seed in Enumerable.Range(1, 3))
        {
            var options = Options with
            {
                Growth = growth,
                Mode = mode,
                LeafSteps = leafSteps,
                RowShare = 0.8,
                Seed = (ulong)seed,
            };

            var fit = new BoostingTrainer(options).Fit(Books.Set(Books.Motor(3000, (ulong)seed)));

            AssertMonotone(fit.Trees);
            Assert.True(fit.Curve[^1].Learn < fit.Curve[0].Learn);
        }
    }

    [Fact]
    public void Exact_bounds_lose_less_than_basic_ones()
    {
        var (exact, basic) = (0.0, 0.0);
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var set = Books.Set(Books.Motor(3000, (ulong)seed));
            exact += new BoostingTrainer(Options).Fit(set).Curve[^1].Learn;
            var fit = new BoostingTrainer(Options with { MonotoneMethod = MonotoneMethod.Basic }).Fit(set);
            AssertMonotone(fit.Trees);
            basic += fit.Curve[^1].Learn;
        }
        Assert.True(exact < basic, $"exact {exact}, basic {basic}");
    }

    /// <summary>Steps up each constrained feature from random rows, over all its cuts, missing values and levels of the others among them.</summary>
    static void AssertMonotone(TreeEnsemble trees)
    {
        var probes = Books.Motor(150, 77);
        var columns = trees.Inputs.Select(input => probes[input.Name]).ToArray();
        foreach (var (feature, direction) in Options.Monotone)
        {
            var input = trees.Inputs.Select(other => other.Name).ToList().IndexOf(feature);
            double[] steps =
            [
                double.NegativeInfinity,
                .. trees.CutsOf(input).SelectMany(cut => new[] { cut, Math.BitIncrement(cut) }),
                1e9,
            ];
            Assert.True(steps.Length > 8);
            var block = new SlotBlock(columns.Length, steps.Length) { RowCount = steps.Length };
            var (eta, cell) = (new double[steps.Length], new double[1]);
            for (var row = 0; row < probes.RowCount; row++)
            {
                for (var slot = 0; slot < columns.Length; slot++)
                {
                    columns[slot].CopySlots(row, cell);
                    block[slot].Fill(cell[0]);
                }
                steps.CopyTo(block[input]);
                trees.Score(block, [.. Enumerable.Range(0, columns.Length)], eta);
                for (var step = 1; step < steps.Length; step++)
                    // Sums of 30 trees may differ in their last bits where they are equal in truth.
                    Assert.True(direction * (eta[step] - eta[step - 1]) >= -1e-12, $"{feature}, row {row}, step {step}");
            }
        }
    }
}
