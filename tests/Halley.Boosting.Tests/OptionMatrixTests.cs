using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Every way of drawing rows, building ensembles, growing trees and splitting categories works beside every other, or is refused.</summary>
public sealed class OptionMatrixTests
{
    static readonly TrainingSet Set = Books.Set(Books.Motor(900));

    public static TheoryData<RowSampling, BoostingMode, GrowthPolicy> Cases
    {
        get
        {
            var data = new TheoryData<RowSampling, BoostingMode, GrowthPolicy>();
            foreach (var sampling in Enum.GetValues<RowSampling>())
            {
                foreach (var mode in Enum.GetValues<BoostingMode>())
                {
                    foreach (var growth in Enum.GetValues<GrowthPolicy>())
                        data.Add(sampling, mode, growth);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_combination_works_or_is_refused(RowSampling sampling, BoostingMode mode, GrowthPolicy growth)
    {
        foreach (var variant in Variants(sampling, mode, growth))
        {
            if (variant.Validate() is { Count: > 0 } problems)
            {
                Assert.All(problems, problem => Assert.Matches("^[A-Za-z0-9]+ is .+; it must be .+\\.$", problem));
                var error = Assert.Throws<HalleyException>(() => new BoostingTrainer(variant).Fit(Set));
                Assert.StartsWith("HLY2200: boosting options: ", error.Message, StringComparison.Ordinal);
                continue;
            }
            var fit = new BoostingTrainer(variant) { Threads = 1 }.Fit(Set);

            Assert.True(fit.Rounds > 0);
            Assert.All(Scores.Of(fit.Trees, Set.Learn), score => Assert.True(double.IsFinite(score)));
            Assert.True(fit.Curve[^1].Learn < fit.Curve[0].Learn, $"{variant}: {fit.Curve[0].Learn} to {fit.Curve[^1].Learn}");
            if (variant.Objective != BoostingObjective.Huber)
                Assert.Equal(1, fit.Balance, 1e-9);
            var again = new BoostingTrainer(variant) { Threads = 3 }.Fit(Set);
            Assert.Equal(Scores.Bytes(fit.Trees), Scores.Bytes(again.Trees));
        }
    }

    static IEnumerable<BoostingOptions> Variants(RowSampling sampling, BoostingMode mode, GrowthPolicy growth)
    {
        var common = new BoostingOptions
        {
            RowSampling = sampling,
            Mode = mode,
            Growth = growth,
            RowShare = sampling == RowSampling.Bayesian ? 1 : 0.6,
            Rounds = 6,
            LearningRate = 0.3,
            MaximumLeaves = 8,
            MinimumLeafRows = 20,
            MinimumLeafHessian = 1,
            DropRate = 0.5,
            SkipDrop = 0.2,
            ColumnShare = 0.8,
        };
        yield return common;
        yield return common with
        {
            RowShare = 1,
            ColumnShare = 1,
        };
        yield return common with
        {
            OneHotLevels = 10,
            QuantisedGradients = false,
        };
        yield return common with
        {
            OneHotLevels = 0,
            PathSmoothing = 10,
            LevelColumnShare = 0.6,
            NodeColumnShare = 0.6,
        };
        yield return common with
        {
            LinearLeaves = true,
        };
        yield return common with
        {
            LeafSteps = 3,
            AveragedSeeds = 2,
        };
        yield return common with
        {
            Monotone = new Dictionary<string, int> { ["age"] = -1 },
            L1 = 0.1,
        };
        yield return common with
        {
            LinearLeaves = true,
            Monotone = new Dictionary<string, int> { ["age"] = -1 },
        };
        yield return common with
        {
            Objective = BoostingObjective.Tweedie,
            MaximumStep = 0.7,
        };
    }
}
