using Halley.Boosting;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>Leaves from new rows, against the same computed by hand from leaf indices.</summary>
public sealed class ModelRefitTests
{
    static readonly Table Old = Portfolio.Make(1200);
    static readonly Table New = Portfolio.Make(700, seed: 31);
    static readonly Dictionary<string, FittedModel> Models = Make();

    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (var name in Models.Keys)
            {
                foreach (var decay in new[] { 0, 0.6, 0.9 })
                    cases.Add(name, decay);
            }
            return cases;
        }
    }

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_are_what_the_rows_in_them_say(string name, double decay)
    {
        var model = Models[name];
        var refitted = ModelRefit.Of(model, New, Options(decay));

        var (expected, offset) = ByHand(model, decay);
        var raw = refitted.Predict(New, PredictMode.Raw).Values.ToArray();
        var below = model.OffsetModel?.Predict(New, PredictMode.Raw).Values.ToArray() ?? new double[raw.Length];

        for (var row = 0; row < raw.Length; row++)
            Assert.Equal(expected[row], raw[row] - below[row], 1e-11 * Math.Max(1, Math.Abs(expected[row])));
        Assert.Equal(ModelLeaves.Of(model, New), ModelLeaves.Of(refitted, New));
        Assert.NotEqual(model.Predict(New, PredictMode.Raw).Values.ToArray(), raw);
        // New values alone keep the new rows' total.
        if (decay == 0)
        {
            var mu = raw.Select((score, row) => Mean(model, score + offset[row])).Sum();
            Assert.Equal(1, mu / Target(model).Sum(), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_of_the_old_values_is_the_old_model_and_threads_change_nothing(string name)
    {
        var model = Models[name];

        var same = ModelRefit.Of(model, New, Options(1));

        Assert.Equal(model.Predict(New, PredictMode.Raw).Values.ToArray(), same.Predict(New, PredictMode.Raw).Values.ToArray());
        var bytes = Artefact.ToBytes(ModelRefit.Of(model, New, Options(0.9)));
        foreach (var threads in new[] { 1, 3 })
            Assert.Equal(bytes, Artefact.ToBytes(ModelRefit.Of(model, New, Options(0.9) with { Threads = threads })));
        var read = Artefact.Read(bytes);
        Assert.Equal(bytes, Artefact.ToBytes(read));
        Assert.Equal("refitted", read.Name);
        Assert.Equal(
            new RefitLineage
            {
                Model = model.Name,
                Hash = Artefact.HashOf(Artefact.ToBytes(model)).Hex,
                DataFingerprint = model.Lineage.DataFingerprint,
                Decay = 0.9,
            },
            read.Lineage.Refit
        );
        Assert.NotEqual(model.Lineage.DataFingerprint, read.Lineage.DataFingerprint);
    }

    [Fact]
    public void Test_rows_stay_out_unless_every_row_is_asked_for()
    {
        var spec = Specs.Boosting with { Name = "split" };
        var model = ModelFitter.Fit(spec, Old);
        var part = (CategoricalColumn)New["part"];
        var learn = New.Take([.. Enumerable.Range(0, New.RowCount).Where(row => part.TextAt(row) == "learn")]);

        var own = ModelRefit.Of(model, New, Options(0.5));

        Assert.Equal(
            ModelRefit.Of(model, learn, Options(0.5) with { AllRows = true }).Predict(New, PredictMode.Raw).Values.ToArray(),
            own.Predict(New, PredictMode.Raw).Values.ToArray()
        );
        Assert.NotEqual(
            ModelRefit.Of(model, New, Options(0.5) with { AllRows = true }).Predict(New, PredictMode.Raw).Values.ToArray(),
            own.Predict(New, PredictMode.Raw).Values.ToArray()
        );
        Assert.Equal([DataPart.Learn, DataPart.Validation, DataPart.Test], own.Metrics.Select(metrics => metrics.Part).Order());
    }

    [Fact]
    public void What_can_not_be_refitted_says_why()
    {
        Refused(ModelFitter.Fit(Specs.Glm, Old), 0.9, "HLY3482: model 'claim-count-glm' has the learner glm");
        Refused(Fit(new() { Mode = BoostingMode.Dart }), 0.9, "HLY2265: leaves can't be fitted to new rows: trees of mode Dart");
        Refused(Fit(new() { Mode = BoostingMode.Forest }), 0.9, "trees of mode Forest");
        Refused(Fit(new() { LinearLeaves = true }), 0.9, "they hold linear models");
        Refused(Fit(new() { AveragedSeeds = 2 }), 0.9, "the trees of several seeds are averaged");
        Refused(Fit(new() { PathSmoothing = 3 }), 0.9, "path smoothing");
        Refused(Fit(new() { Monotone = new Dictionary<string, int> { ["age"] = -1 } }), 0.9, "features are monotone");
        Refused(Models["poisson"], 1.5, "the decay 1.5 is not from 0");
        Refused(Models["poisson"], double.NaN, "the decay NaN is not from 0");
    }

    static FittedModel Fit(BoostingOptions options) =>
        ModelFitter.Fit(
            Specs.Boosting with
            {
                Learner = (BoostingLearner)Specs.Boosting.Learner with { Options = options with { Rounds = 5 } },
            },
            Old
        );

    static void Refused(FittedModel model, double decay, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<HalleyException>(() => ModelRefit.Of(model, New, Options(decay))).Message,
            StringComparison.Ordinal
        );

    static RefitOptions Options(double decay) => new() { Name = "refitted", Decay = decay };

    /// <summary>Scores of the new rows without offset, and the offsets. The plain loop: tree by tree, leaf by leaf, row by row.</summary>
    static (double[] Scores, double[] Offset) ByHand(FittedModel model, double decay)
    {
        var options = ((BoostingLearner)model.Spec.Learner).Options;
        var (trees, n) = ((TreeEnsemble)model.Scorer, New.RowCount);
        var below = model.OffsetModel?.Predict(New, PredictMode.Raw).Values.ToArray() ?? new double[n];
        var years = model.Spec.Exposure is null ? null : New.Exposure("years").Years.ToArray();
        var (offset, y) = (new double[n], Target(model));
        for (var row = 0; row < n; row++)
            offset[row] = below[row] + (years is null ? 0 : Math.Log(years[row]));

        var start = decay * trees.BaseScore + (1 - decay) * Shift(model, offset, y);
        var (scores, leaves) = (Enumerable.Repeat(start, n).ToArray(), ModelLeaves.Of(model, New));
        for (var tree = 0; tree < trees.TreeCount; tree++)
        {
            var old = ModelTrees.Slice(model, tree, tree + 1).Predict(New, PredictMode.Raw).Values.ToArray();
            var groups = Enumerable.Range(0, n).GroupBy(row => leaves[row * trees.TreeCount + tree]).ToList();
            var added = new double[n];
            foreach (var leaf in groups)
            {
                var step = 0.0;
                for (var newton = 0; newton < options.LeafSteps; newton++)
                {
                    var (gradient, hessian) = (options.L2 * step, options.L2);
                    foreach (var row in leaf)
                    {
                        var (g, h) = Slopes(model, y[row], scores[row] + offset[row] + step);
                        (gradient, hessian) = (gradient + g, hessian + h);
                    }
                    var raw = hessian * step - gradient;
                    step = Math.Sign(raw) * Math.Max(Math.Abs(raw) - options.L1, 0) / hessian;
                }
                foreach (var row in leaf)
                {
                    var before = old[row] - below[row] - trees.BaseScore;
                    added[row] = decay * before + (1 - decay) * options.LearningRate * step;
                }
            }
            for (var row = 0; row < n; row++)
                scores[row] += added[row];
        }
        var shift = (1 - decay) * Shift(model, [.. scores.Zip(offset, (score, own) => score + own)], y);
        return ([.. scores.Select(score => score + shift)], [.. offset.Select((own, row) => own - below[row])]);
    }

    /// <summary>The constant by which predictions add up to the target, by halving.</summary>
    static double Shift(FittedModel model, double[] eta, double[] y)
    {
        var (low, high, total) = (-1e5, 1e5, y.Sum());
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = eta.Sum(own => Mean(model, own + middle)) > total ? (low, middle) : (middle, high);
        }
        return (low + high) / 2;
    }

    static double Mean(FittedModel model, double eta) =>
        model.Link.Function switch
        {
            LinkFunction.Log => Math.Exp(eta),
            LinkFunction.Logit => 1 / (1 + Math.Exp(-eta)),
            _ => eta,
        };

    static (double Gradient, double Hessian) Slopes(FittedModel model, double y, double eta)
    {
        var mu = Mean(model, eta);
        return model.Link.Function switch
        {
            LinkFunction.Log => (mu - y, mu),
            LinkFunction.Logit => (mu - y, mu * (1 - mu)),
            _ => (mu - y, 1),
        };
    }

    static double[] Target(FittedModel model) => New.Numeric(model.Spec.Target).Values.ToArray();

    static Dictionary<string, FittedModel> Make()
    {
        var below = ModelFitter.Fit(Specs.Glm with { Name = "below" }, Old);
        FittedModel Of(string name, Family family, string target, bool exposure, BoostingOptions options, bool over = false) =>
            ModelFitter.Fit(
                Specs.Boosting with
                {
                    Name = name,
                    Family = family,
                    Target = target,
                    Exposure = exposure ? "years" : null,
                    OffsetModel = over ? new() { Model = "below" } : null,
                    Split = null,
                    Learner = (BoostingLearner)Specs.Boosting.Learner with
                    {
                        Options = options with { Rounds = 8, MaximumLeaves = 20, MinimumLeafRows = 5, MinimumLeafHessian = 0 },
                    },
                },
                Old,
                options: new() { OffsetModel = over ? below : null }
            );
        return new()
        {
            ["poisson"] = Of("poisson", Family.Poisson, "claims", true, new() { LearningRate = 0.3 }),
            ["steps"] = Of("steps", Family.Poisson, "claims", true, new() { LeafSteps = 3, L2 = 1 }),
            ["lasso"] = Of("lasso", Family.Poisson, "claims", true, new() { L1 = 1.5 }),
            ["sampled"] = Of("sampled", Family.Poisson, "claims", true, new() { RowShare = 0.5 }),
            ["statistics"] = Of("statistics", Family.Poisson, "claims", true, new() { Statistics = new() { Levels = 2 } }),
            ["binomial"] = Of("binomial", Family.Binomial, "claims", false, new()),
            ["gaussian"] = Of("gaussian", Family.Gaussian, "cost", false, new()),
            ["over"] = Of("over", Family.Poisson, "claims", true, new() { LearningRate = 0.2 }, over: true),
        };
    }
}
