using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Every way of training gives the same bytes on any number of threads and at any vector width.</summary>
public sealed class OptionDeterminismTests
{
    static readonly BoostingOptions Few = new()
    {
        Rounds = 2,
        MaximumLeaves = 8,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 0.5,
    };

    static readonly Dictionary<string, BoostingOptions> Options = new()
    {
        ["plain"] = Few,
        ["exact gradients"] = Few with { QuantisedGradients = false },
        ["depth-wise"] = Few with { Growth = GrowthPolicy.DepthWise },
        ["symmetric"] = Few with { Growth = GrowthPolicy.Symmetric },
        ["goss"] = Few with { RowSampling = RowSampling.LargeGradients, RowShare = 0.5 },
        ["mvs"] = Few with { RowSampling = RowSampling.MinimumVariance, RowShare = 0.5 },
        ["bayesian"] = Few with { RowSampling = RowSampling.Bayesian, BootstrapTemperature = 0.7 },
        ["dart"] = Few with { Mode = BoostingMode.Dart, SkipDrop = 0, Rounds = 4 },
        ["forest"] = Few with { Mode = BoostingMode.Forest, RowShare = 0.6, LeafSteps = 3 },
        ["linear leaves"] = Few with { LinearLeaves = true },
        ["leaf steps"] = Few with { LeafSteps = 4 },
        ["ordered statistics"] = Few with
        {
            Statistics = new() { Levels = 3, CombinationSize = 2 },
        },
        ["ordered boosting"] = Few with
        {
            OrderedBoosting = true,
            Statistics = new() { Levels = 3 },
        },
        ["level and node columns"] = Few with { ColumnShare = 0.8, LevelColumnShare = 0.7, NodeColumnShare = 0.7 },
        ["path smoothing"] = Few with { PathSmoothing = 25 },
        ["monotone"] = Few with
        {
            Monotone = new Dictionary<string, int> { ["age"] = -1, ["power"] = 1 },
        },
        ["weighted bins"] = Few with { WeightedBins = true, MaximumBins = 16 },
        ["seeds"] = Few with { AveragedSeeds = 2, RowShare = 0.7 },
        ["negative binomial"] = Few with { Objective = BoostingObjective.NegativeBinomial },
        ["zero-inflated"] = Few with { Objective = BoostingObjective.ZeroInflatedPoisson },
        ["tweedie"] = Few with { Objective = BoostingObjective.Tweedie, EstimateTweediePower = true },
        ["quantile"] = Few with { Objective = BoostingObjective.Quantile, QuantileLevel = 0.8 },
        ["multiclass"] = Few with { Objective = BoostingObjective.Multiclass, Classes = 3 },
        ["multiclass, sampled"] = Few with
        {
            Objective = BoostingObjective.Multiclass,
            Classes = 3,
            RowSampling = RowSampling.MinimumVariance,
            RowShare = 0.5,
            NodeColumnShare = 0.6,
        },
        ["spread of counts"] = Few with { Objective = BoostingObjective.NegativeBinomial, FitsSpread = true },
        ["spread of numbers"] = Few with { Objective = BoostingObjective.SquaredError, FitsSpread = true },
        ["spread of amounts"] = Few with { Objective = BoostingObjective.Gamma, FitsSpread = true },
    };

    static readonly Table Small = WithTargets(Books.Motor(1200));

    /// <summary>So many cells that several threads share them out.</summary>
    static readonly Table Large = WithTargets(Books.Motor(41_000));

    public static TheoryData<string> Names => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_byte(string name)
    {
        var set = SetOf(name, Large);
        Assert.True((long)Large.RowCount * set.Features.Count > 200_000);

        // A search of the variance power takes half a minute on so many rows; its sums are shared out as those of θ are.
        var options = Options[name] with
        {
            EstimateTweediePower = false,
        };
        var one = new BoostingTrainer(options) { Threads = 1 }.Fit(set);

        foreach (var threads in new[] { 2, 3 })
        {
            var many = new BoostingTrainer(options) { Threads = threads }.Fit(set);
            Assert.Equal(Scores.Bytes(one.Trees), Scores.Bytes(many.Trees));
            Assert.Equal(one.Curve, many.Curve);
            Assert.Equal(one.Balance, many.Balance);
        }
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void Fits_with_every_option_leave_their_bits()
    {
        foreach (var (name, options) in Options)
        {
            var set = SetOf(name, Small);
            var fit = new BoostingTrainer(options).Fit(set with { Validation = set.Learn.Take([.. Enumerable.Range(100, 300)]) });
            Fingerprint.Record($"option {name}, model", Scores.Bytes(fit.Trees));
            Fingerprint.Record($"option {name}, scores", MulticlassTests.All(fit.Trees, Small));
            Fingerprint.Record($"option {name}, curve", [.. fit.Curve.Select(point => point.Validation!.Value)]);
            var (shap, own) = (new TreeShap(fit.Trees), new double[fit.Trees.Inputs.Count]);
            var block = new SlotBlock(own.Length, 3);
            for (var input = 0; input < own.Length; input++)
                Small[fit.Trees.Inputs[input].Name].CopySlots(0, block[input]);
            shap.Explain(block, [.. Enumerable.Range(0, own.Length)], 1, 0, own);
            Fingerprint.Record($"option {name}, contributions", own);
        }
    }

    static Table WithTargets(Table book)
    {
        var (claims, age) = (book.Numeric("claims").Values.ToArray(), book.Numeric("age").Values.ToArray());
        return book.With(
                new NumericColumn(
                    "kind",
                    [
                        .. claims.Zip(
                            age,
                            (count, years) =>
                                count > 0 ? 2
                                : years < 40 ? 1.0
                                : 0
                        ),
                    ]
                )
            )
            .With(new NumericColumn("amount", [.. claims.Zip(age, (count, years) => 1 + count + years % 7)]));
    }

    static TrainingSet SetOf(string name, Table learn)
    {
        var plain = Books.Set(learn);
        return name switch
        {
            "multiclass" or "multiclass, sampled" => plain with { Target = "kind", Exposure = null, Weight = "weight" },
            "spread of numbers" or "quantile" => plain with { Target = "amount", Exposure = null },
            "spread of amounts" => plain with { Target = "amount" },
            _ => plain,
        };
    }
}
