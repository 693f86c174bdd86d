using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Averages over seeds beside every other way of building an ensemble.</summary>
public sealed class AveragedSeedsTests
{
    const int Seeds = 3;

    static readonly BoostingOptions Common = new()
    {
        Rounds = 10,
        LearningRate = 0.3,
        MaximumLeaves = 8,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 1,
        RowShare = 0.6,
        ColumnShare = 0.8,
        RestoreBalance = false,
        Seed = 4,
    };

    static readonly StatisticOptions Told = new()
    {
        Levels = 3,
        InRowOrder = true,
        Kinds = [StatisticKind.Mean, StatisticKind.Volume],
        Combinations =
        [
            ["region", "power"],
        ],
    };

    static readonly Dictionary<string, BoostingOptions> Ways = new()
    {
        ["dart"] = Common with { Mode = BoostingMode.Dart, DropRate = 0.5, SkipDrop = 0.2 },
        ["forest"] = Common with { Mode = BoostingMode.Forest },
        ["linear leaves"] = Common with { LinearLeaves = true },
        ["dart of linear leaves"] = Common with { Mode = BoostingMode.Dart, DropRate = 0.5, SkipDrop = 0.2, LinearLeaves = true },
        ["forest of linear leaves"] = Common with { Mode = BoostingMode.Forest, LinearLeaves = true },
        ["volumes"] = Common with { Statistics = Told },
        ["linear leaves and volumes"] = Common with { Statistics = Told, LinearLeaves = true },
        ["dart and volumes"] = Common with { Mode = BoostingMode.Dart, DropRate = 0.5, SkipDrop = 0.2, Statistics = Told },
        ["ordered"] = Common with { OrderedBoosting = true, Statistics = Told },
        ["leaf steps"] = Common with { LeafSteps = 3 },
        ["symmetric"] = Common with { Growth = GrowthPolicy.Symmetric },
        ["quantile"] = Common with { Objective = BoostingObjective.Quantile, QuantileLevel = 0.8 },
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in Ways.Keys)
            {
                data.Add(name, false);
                data.Add(name, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_score_the_mean_of_their_fits(string name, bool isValidated)
    {
        // Another model's score, as trees on top of one have it.
        var (learn, held) = (WithScore(Books.Motor(1200)), WithScore(Books.Motor(600, 2)));
        var options = Ways[name] with { Patience = 3 };
        var set = Books.Set(learn, isValidated ? held : null) with { Offset = "below" };
        if (name == "quantile")
            set = set with { Exposure = null };

        var average = new BoostingTrainer(options with { AveragedSeeds = Seeds }).Fit(set);

        var singles = Enumerable
            .Range(4, Seeds)
            .Select(seed => new BoostingTrainer(options with { Seed = (ulong)seed }).Fit(set))
            .ToArray();
        var (scores, each) = (Scores.Of(average.Trees, held), Array.ConvertAll(singles, fit => Scores.Of(fit.Trees, held)));
        for (var row = 0; row < scores.Length; row++)
            Assert.Equal(each.Average(single => single[row]), scores[row], 1e-12);
        Assert.NotEqual(each[0], each[1]);
        Assert.Equal(singles.Sum(fit => fit.Trees.TreeCount), average.Trees.TreeCount);
    }

    [Theory]
    [InlineData("dart")]
    [InlineData("linear leaves and volumes")]
    [InlineData("dart of linear leaves")]
    public void They_keep_the_total_and_are_explained_to_the_last_digit(string name)
    {
        var set = Books.Set(WithScore(Books.Motor(1500))) with { Offset = "below" };

        var fit = new BoostingTrainer(Ways[name] with { AveragedSeeds = 2, RestoreBalance = true }).Fit(set);

        Assert.Equal(1, fit.Balance, 1e-12);
        var scores = Scores.Of(fit.Trees, set.Learn);
        var (years, below) = (set.Learn.Exposure("years").Years.ToArray(), set.Learn.Numeric("below").Values.ToArray());
        var means = scores.Select((score, row) => years[row] * Math.Exp(score + below[row]));
        Assert.Equal(set.Learn.Numeric("claims").Values.ToArray().Sum(), means.Sum(), 1e-6);
        var (shap, block) = (new TreeShap(fit.Trees), new SlotBlock(fit.Trees.Inputs.Count, 40));
        int[] slots = [.. Enumerable.Range(0, fit.Trees.Inputs.Count)];
        foreach (var slot in slots)
            set.Learn[fit.Trees.Inputs[slot].Name].CopySlots(0, block[slot]);
        var own = new double[slots.Length];
        for (var row = 0; row < 40; row++)
        {
            shap.Explain(block, slots, row, 0, own);
            Assert.Equal(scores[row], shap.ExpectedScore(0) + own.Sum(), 1e-12);
        }
    }

    [Fact]
    public void The_size_of_a_negative_binomial_is_that_of_the_averaged_scores()
    {
        var set = Books.Set(Books.Motor(2000));
        var options = Common with { Objective = BoostingObjective.NegativeBinomial, AveragedSeeds = Seeds };

        var fit = new BoostingTrainer(options).Fit(set);

        var vectors = TrainingVectors.Of(set, set.Learn);
        double[] eta = [.. Scores.Of(fit.Trees, set.Learn).Zip(vectors.Offset, (score, offset) => score + offset)];
        var expected = new NegativeBinomialLoss(1, isEstimated: true).Reestimated(vectors, eta, 1).Shape!.Value;
        Assert.Equal(1, fit.Shape!.Value / expected, 1e-3);
    }

    static Table WithScore(Table rows) =>
        rows.With(new NumericColumn("below", [.. rows.Numeric("age").Values.ToArray().Select(age => 0.01 * (40 - age))]));
}
