using Halley.Boosting;
using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models.Tests;

public sealed class ClassComparisonTests
{
    static readonly string[] Kinds = ["fire", "theft", "water"];

    static readonly Table Claims = Draw(3000, 11);

    static readonly FittedModel Full = Fit("full", ["age", "brand"]);
    static readonly FittedModel Poor = Fit("poor", ["brand"]);

    [Fact]
    public void Each_class_has_its_calibration_and_its_tables()
    {
        var evaluation = Evaluation.Of(Full, Claims, new() { Bands = 5 });

        var test = ModelFitter.TestRows(Full.Spec, Claims);
        var columns = Full.PredictAll(test, PredictMode.AtExposureOne);
        var weight = ((NumericColumn)test["weight"]).Values.ToArray();
        foreach (var (line, output) in evaluation.Classes!.Select((line, output) => (line, output)))
        {
            double[] isClass =
            [
                .. Enumerable.Range(0, test.RowCount).Select(row => test["kind"].TextAt(row) == line.Name ? 1.0 : 0),
            ];
            var share = ((NumericColumn)columns[output + 1]).Values.ToArray();
            Assert.Equal(line.Actual / line.Predicted, line.ActualExpected!.Value, 1e-12);
            Assert.InRange(1, line.ActualExpected.Lower!.Value, line.ActualExpected.Upper!.Value);
            Assert.Equal(Statistics.Metrics.LogLoss(isClass, share, weight), line.LogLoss!.Value, 1e-12);
            Assert.Equal(Statistics.Metrics.Auc(isClass, share, weight), line.Auc!.Value, 1e-12);
            Assert.Equal(5, line.Bands.Count);
            Assert.Equal(line.Actual, line.Bands.Sum(band => band.Actual), 1e-9);
            Assert.Equal(line.Predicted, line.Bands.Sum(band => band.Expected), 1e-9);
            var calibration = Statistics.Metrics.Calibrate(Family.Binomial, Link.Logit, isClass, share, weight);
            Assert.Equal(calibration.Slope.Value, line.Calibration!.Slope!.Value, 1e-12);
            Assert.Equal(calibration.Intercept.Value, line.Calibration.Intercept!.Value, 1e-12);
            // Who is told as what, by hand.
            foreach (var other in Kinds)
            {
                var rows = Enumerable.Range(0, test.RowCount).Where(row => isClass[row] == 1 && columns[0].TextAt(row) == other);
                Assert.Equal(rows.Sum(row => weight[row]), line.TakenFor.GetValueOrDefault(other), 1e-9);
            }
            Assert.Equal(line.TakenFor.GetValueOrDefault(line.Name) / line.Actual, line.Recall!.Value, 1e-12);
            Assert.Equal(["age", "brand"], line.Factors.Select(factor => factor.Factor));
            Assert.All(line.Factors, factor => Assert.Equal(line.Actual, factor.Levels.Sum(level => level.Actual), 1e-9));
        }
        var right = evaluation.Classes!.Sum(line => line.TakenFor.GetValueOrDefault(line.Name));
        Assert.Equal(right / weight.Sum(), evaluation["accuracy"]!.Value, 1e-12);
        Assert.All(
            evaluation.Classes!,
            line =>
                Assert.Equal(
                    line.TakenFor.GetValueOrDefault(line.Name)
                        / evaluation.Classes!.Sum(other => other.TakenFor.GetValueOrDefault(line.Name)),
                    line.Precision!.Value,
                    1e-12
                )
        );
        Assert.Contains("\"takenFor\":{\"fire\":", evaluation.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_worse_of_two_models_has_the_larger_log_loss_and_the_smaller_area_of_each_class()
    {
        var comparison = ModelComparison.Of([Full, Poor], Claims, new() { Replicates = 40, Bands = 4 });

        var (full, poor) = (Evaluation.Of(Full, Claims), Evaluation.Of(Poor, Claims));
        Assert.Equal(full.Metrics, comparison.Models[0].Metrics);
        Assert.Equal(poor.Metrics, comparison.Models[1].Metrics);
        Assert.Null(comparison.Models[0].AgainstFirst);
        var pair = comparison.Models[1].AgainstFirst!;
        Assert.Equal(poor["logLoss"]!.Value - full["logLoss"]!.Value, pair.LogLoss!.Value, 1e-10);
        Assert.Equal(poor["deviance"]!.Value - full["deviance"]!.Value, pair.Deviance!.Value, 1e-10);
        Assert.Equal(poor["accuracy"]!.Value - full["accuracy"]!.Value, pair.Accuracy!.Value, 1e-10);
        Assert.Equal(poor["brier"]!.Value - full["brier"]!.Value, pair.Brier!.Value, 1e-10);
        Assert.True(pair.LogLoss.Lower > 0, $"{pair.LogLoss}");
        foreach (var (own, output) in pair.Classes!.Select((own, output) => (own, output)))
        {
            Assert.Equal(Kinds[output], own.Name);
            Assert.Equal(poor.Classes![output].Auc!.Value - full.Classes![output].Auc!.Value, own.Auc!.Value, 1e-12);
            Assert.True(own.Auc.Lower < own.Auc.Value && own.Auc.Value < own.Auc.Upper, $"{own.Auc}");
            Assert.Equal(full.Classes![output].Predicted, own.DoubleLift.Sum(band => band.First), 1e-9);
            Assert.Equal(poor.Classes![output].Predicted, own.DoubleLift.Sum(band => band.This), 1e-9);
        }
        Assert.True(pair.Classes![1].Auc!.Upper < 0, "theft depends on age");
        var same = ModelComparison.Of([Full, Full], Claims, new() { Replicates = 20 }).Models[1].AgainstFirst!;
        Assert.Equal(0, same.LogLoss!.Value);
        Assert.All(same.Classes!, own => Assert.Equal(0, own.Auc!.Value));
    }

    [Fact]
    public void Classes_in_another_order_are_compared_by_name()
    {
        var turned = Fit("turned", ["brand"], ["water", "fire", "theft"]);

        var comparison = ModelComparison.Of([Full, turned], Claims, new() { Replicates = 20 });

        var alone = Evaluation.Of(turned, Claims);
        Assert.Equal(Kinds, comparison.Models[1].Classes!.Select(line => line.Name));
        Assert.Equal(alone["logLoss"]!.Value, comparison.Models[1].Metrics.Single(one => one.Name == "logLoss").Value, 1e-12);
        foreach (var line in alone.Classes!)
            Assert.Equal(line.Auc, comparison.Models[1].Classes!.Single(own => own.Name == line.Name).Auc);
    }

    [Fact]
    public void Other_kinds_and_other_classes_are_refused_with_a_remedy()
    {
        var number = ModelFitter.Fit(
            new()
            {
                Name = "number",
                Target = "is_theft",
                Family = Family.Binomial,
                Derived = [new("is_theft", "if(kind_code == 1, 1, 0)")],
                Learner = new BoostingLearner
                {
                    Features = ["brand"],
                    Options = new() { Rounds = 3 },
                },
                Split = new RandomSplit { TestShare = 0.3 },
            },
            Claims
        );

        foreach (var pair in new[] { (Full, number), (number, Full) })
        {
            var mixed = Assert.Throws<HalleyException>(() => ModelComparison.Of([pair.Item1, pair.Item2], Claims));
            Assert.Equal("HLY3506", mixed.Code);
            Assert.Contains(
                "model 'full' predicts classes and 'number' a number: no figure is common to both. Compare 'full' with another model of objective "
                    + "multiclass, or fit it on one class against the rest: family: binomial, with a derived target such as kind == 'fire'.",
                mixed.Message,
                StringComparison.Ordinal
            );
        }
        var fewer = ModelFitter.Fit(
            Full.Spec with
            {
                Name = "fewer",
                Where = "kind_code < 2",
                Learner = Learner(["brand"], null),
            },
            Claims
        );
        var others = Assert.Throws<HalleyException>(() => ModelComparison.Of([Full, fewer], Claims));
        Assert.Equal("HLY3506", others.Code);
        Assert.Contains("only one of them has 'water'. Name the same under classes:", others.Message, StringComparison.Ordinal);
    }

    static BoostingLearner Learner(string[] features, string[]? classes) =>
        new()
        {
            Features = features,
            Objective = BoostingObjective.Multiclass,
            Classes = classes,
            Options = new()
            {
                Rounds = 25,
                MinimumLeafRows = 20,
                MinimumLeafHessian = 1,
            },
        };

    static FittedModel Fit(string name, string[] features, string[]? classes = null) =>
        ModelFitter.Fit(
            new()
            {
                Name = name,
                Target = "kind",
                Weight = "weight",
                Family = Family.Gaussian,
                Learner = Learner(features, classes),
                Split = new RandomSplit { TestShare = 0.3 },
            },
            Claims
        );

    static Table Draw(int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (age, brand, code, weight) = (new double[rowCount], new int[rowCount], new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (age[row], brand[row], weight[row]) = (18 + random.NextInt(60), random.NextInt(4), 1 + random.NextInt(3));
            var u = random.NextDouble();
            var (fire, theft) = (0.1 + 0.1 * brand[row], age[row] < 40 ? 0.7 : 0.1);
            code[row] =
                u < fire ? 0
                : u < fire + theft * (1 - fire) ? 1
                : 2;
        }
        return new([
            new NumericColumn("age", age),
            new CategoricalColumn("brand", brand, Portfolio.Brands),
            new NumericColumn("weight", weight),
            new NumericColumn("kind_code", code),
            new TextColumn("kind", [.. code.Select(own => Kinds[(int)own])]),
        ]);
    }
}
