using Halley.Boosting;
using Halley.Data;
using Halley.Data.Expressions;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models.Tests;

public sealed class ClassModelTests
{
    static readonly Table Claims = Draw(1500, 5);

    static readonly ModelSpec Spec = new()
    {
        Name = "claim-kind",
        Target = "kind",
        Family = Family.Gaussian,
        Learner = new BoostingLearner
        {
            Features = ["age", "brand"],
            Objective = BoostingObjective.Multiclass,
            Options = new()
            {
                Rounds = 20,
                MinimumLeafRows = 20,
                MinimumLeafHessian = 1,
            },
        },
        Split = new RandomSplit { TestShare = 0.3 },
    };

    static readonly FittedModel Model = ModelFitter.Fit(Spec, Claims);

    [Fact]
    public void Classes_and_their_order_stand_in_the_artefact_which_checks_every_probability()
    {
        var bytes = Artefact.ToBytes(Model);

        var read = Artefact.Read(bytes);

        Assert.Equal(["fire", "theft", "third party"], ((BoostingLearner)read.Spec.Learner).Classes);
        Assert.Equal(["p_fire", "p_theft", "p_third party"], read.OutputNames);
        Assert.Equal(3, read.CheckRows.OutputCount);
        Assert.True(read.CheckRows.RowCount > 10);
        Assert.Equal(bytes, Artefact.ToBytes(read));
        Assert.Equal(Model.Spec.ToJson(), read.Spec.ToJson());
        for (var row = 0; row < read.CheckRows.RowCount; row++)
            Assert.Equal(1, Enumerable.Range(0, 3).Sum(output => read.CheckRows.Output(output)[row]), 4e-16);
    }

    [Fact]
    public void Columns_are_the_most_likely_class_and_a_probability_for_each()
    {
        var columns = Model.PredictAll(Claims, PredictMode.ExposureApplied, threads: 2);

        Assert.Equal(["prediction", "p_fire", "p_theft", "p_third party"], columns.Select(column => column.Name));
        var shares = columns.Skip(1).Cast<NumericColumn>().Select(column => column.Values.ToArray()).ToArray();
        for (var row = 0; row < Claims.RowCount; row++)
        {
            Assert.Equal(1, shares.Sum(own => own[row]), 4e-16);
            var best = shares.Select((own, output) => (own[row], -output)).Max();
            Assert.Equal(Model.OutputNames[-best.Item2], $"p_{columns[0].TextAt(row)}");
        }
        var one = Model.PredictAll(Claims.Take([17]), PredictMode.AtExposureOne);
        for (var output = 0; output < 3; output++)
            Assert.Equal(shares[output][17], ((NumericColumn)one[output + 1]).Values[0]);
        Assert.Equal(
            ["score_fire", "score_theft", "score_third party"],
            Model.PredictAll(Claims, PredictMode.Raw).Select(column => column.Name)
        );
    }

    [Fact]
    public void One_live_row_has_the_bits_of_a_batch()
    {
        var batch = Model.PredictAll(Claims, PredictMode.AtExposureOne);
        var plan = ModelPlan.Of(Model, Model.ScoreInputs.Fields.Select(field => (field.Name, SlotType.Of(field))));
        var block = new SlotBlock(plan.Plan.SlotCount, capacity: 1);
        for (var row = 0; row < 40; row++)
        {
            for (var input = 0; input < plan.InputSlots.Length; input++)
                Claims[Model.ScoreInputs.Fields[input].Name].CopySlots(row, block[plan.InputSlots[input]]);
            plan.Plan.Run(block);
            Assert.Equal(batch[0].TextAt(row), plan.Slots.Prediction.Type.Levels![(int)block[plan.Slots.Prediction.Index][0]]);
            for (var output = 0; output < 3; output++)
                Assert.Equal(((NumericColumn)batch[output + 1]).Values[row], block[plan.Slots.Outputs[output].Index][0]);
        }
    }

    [Fact]
    public void Figures_are_those_of_probabilities()
    {
        var evaluation = Evaluation.Of(Model, Claims);

        var test = ModelFitter.TestRows(Model.Spec, Claims);
        var columns = Model.PredictAll(test, PredictMode.AtExposureOne);
        var (loss, right) = (0.0, 0);
        for (var row = 0; row < test.RowCount; row++)
        {
            var truth = test["kind"].TextAt(row);
            loss -= Math.Log(((NumericColumn)columns.Single(column => column.Name == $"p_{truth}")).Values[row]);
            right += columns[0].TextAt(row) == truth ? 1 : 0;
        }
        Assert.Equal(loss / test.RowCount, evaluation["logLoss"]!.Value, 1e-10);
        Assert.Equal((double)right / test.RowCount, evaluation["accuracy"]!.Value, 1e-12);
        Assert.True(evaluation["devianceExplained"] > 0.03);
        Assert.Equal(3, evaluation.Classes!.Count);
        Assert.Equal(test.RowCount, evaluation.Classes.Sum(line => line.Actual));
        Assert.Equal(evaluation["logLoss"], Model.Metrics.Single(part => part.Part == DataPart.Test)["logLoss"]);
        // Of each class as many rows are expected on the learn rows as there are.
        var learn = ClassMetrics.Of(
            Model,
            HeldOut.Of(Model, Claims, new EvaluationOptions { Part = DataPart.Learn }),
            1,
            TestContext.Current.CancellationToken
        );
        Assert.All(learn.Results(), line => Assert.Equal(line.Actual, line.Predicted, 1e-6));
    }

    [Fact]
    public void Contributions_of_each_class_add_up_to_its_score()
    {
        var rows = Claims.Take([.. Enumerable.Range(0, 25)]);

        var lines = ShapTable.Of(Model, rows);

        var scores = Model.PredictAll(rows, PredictMode.Raw);
        Assert.Equal(25 * 3 * 3, lines.RowCount);
        var sums = new Dictionary<(double, string), double>();
        for (var line = 0; line < lines.RowCount; line++)
        {
            var key = (lines.Numeric("row").Values[line], lines["output"].TextAt(line)!);
            sums[key] = sums.GetValueOrDefault(key) + lines.Numeric("contribution").Values[line];
        }
        foreach (var ((row, name), sum) in sums)
            Assert.Equal(
                ((NumericColumn)scores.Single(column => column.Name == $"score_{name}")).Values[(int)row - 1],
                sum,
                1e-12
            );
        var pairs = ShapTable.PairsOf(Model, rows.Take([0]));
        Assert.Equal(3 * 3, pairs.RowCount);
    }

    [Theory]
    [InlineData(ExportFormat.Onnx)]
    [InlineData(ExportFormat.LightGbm)]
    public void A_file_of_another_format_has_its_probabilities(ExportFormat format)
    {
        var exported = ModelExport.Of(Model, format, Claims);

        Assert.InRange(exported.LargestDifference, 0, 1e-12);
        Assert.Equal(Claims.RowCount, exported.Rows);
        Assert.InRange(ModelExport.Of(Model, format).LargestDifference, 0, 1e-12);
    }

    [Fact]
    public void Two_classes_are_exported_too()
    {
        var spec = Spec with { Where = "brand != 'Daf'", Learner = Learner with { Classes = null } };
        var two = Claims.With(
            new TextColumn("kind", [.. Enumerable.Range(0, 1500).Select(row => Claims["kind"].TextAt(row) == "fire" ? "a" : "b")])
        );
        var model = ModelFitter.Fit(spec, two);

        foreach (var format in Enum.GetValues<ExportFormat>())
            Assert.InRange(ModelExport.Of(model, format).LargestDifference, 0, 1e-12);
    }

    [Fact]
    public void Classes_named_in_the_spec_keep_their_order_and_numbers_are_ordered_by_size()
    {
        string[] order = ["theft", "third party", "fire"];
        var named = ModelFitter.Fit(Spec with { Learner = Learner with { Classes = order } }, Claims);
        Assert.Equal(["p_theft", "p_third party", "p_fire"], named.OutputNames);
        var numbers = Claims.With(
            new NumericColumn("kind", [.. Enumerable.Range(0, 1500).Select(row => row % 3 == 0 ? 10.0 : 1 + row % 3)])
        );
        Assert.Equal(["p_2", "p_3", "p_10"], ModelFitter.Fit(Spec, numbers).OutputNames);
    }

    [Fact]
    public void Settings_are_searched_by_folds()
    {
        var (spec, search) = ModelTuner.Tune(
            Spec,
            Claims,
            new()
            {
                Trials = 2,
                Folds = 2,
                MaximumRounds = 8,
            }
        );

        Assert.Null(((BoostingLearner)spec.Learner).Classes);
        Assert.InRange(search.Best.Deviance, 0.5, 2 * Math.Log(3));
    }

    [Fact]
    public void What_classes_can_not_have_is_refused_with_a_remedy()
    {
        Assert.Contains(
            "exposure: probabilities of classes have no time at risk and no common offset; use 'years' as a weight or a feature, or leave it out.",
            (Spec with { Exposure = "years", ExposureUse = ExposureUse.Rate }).Validate()
        );
        Assert.Contains("family: classes have none; leave poisson out.", (Spec with { Family = Family.Poisson }).Validate());
        Assert.Contains(
            "classes: 'a' is listed twice.",
            (Spec with { Learner = Learner with { Classes = ["a", "a"] } }).Validate()
        );
        var unknown = Assert.Throws<HalleyException>(() =>
            ModelFitter.Fit(Spec with { Learner = Learner with { Classes = ["fire", "theft"] } }, Claims)
        );
        Assert.StartsWith("HLY3407", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("missing, or none of 2 classes", unknown.Message, StringComparison.Ordinal);
        var one = Assert.Throws<HalleyException>(() =>
            ModelFitter.Fit(Spec, Claims.Take([.. Enumerable.Range(0, 1500).Where(row => Claims["kind"].TextAt(row) == "fire")]))
        );
        Assert.StartsWith("HLY3408", one.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "HLY3310",
            Assert.Throws<HalleyException>(() => Contributions.Of(Model, Claims)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dependence_is_that_of_each_class_s_odds_against_the_others()
    {
        var rows = Claims.Take([.. Enumerable.Range(0, 80)]);

        var lines = Dependence.Of(Model, rows, features: ["age", "brand"]);

        Assert.Equal(["output", "feature", "kind", "value", "effect", "weight"], lines.Columns.Select(column => column.Name));
        foreach (var own in new[] { "fire", "theft", "third party" })
        {
            var mine = Enumerable
                .Range(0, lines.RowCount)
                .Where(line => lines["output"].TextAt(line) == own && lines["kind"].TextAt(line) == Dependence.Partial)
                .Where(line => lines["feature"].TextAt(line) == "brand")
                .ToList();
            // By hand: every row with the brand set, the mean logarithm of the odds, centred by the rows of each brand.
            var means = mine.ConvertAll(line =>
            {
                var code = Portfolio.Brands.CodeOf(lines["value"].TextAt(line)!);
                var set = rows.With(
                    new CategoricalColumn("brand", [.. Enumerable.Repeat(code, rows.RowCount)], Portfolio.Brands)
                );
                var shares = (
                    (NumericColumn)Model.PredictAll(set, PredictMode.AtExposureOne).Single(column => column.Name == $"p_{own}")
                );
                return shares.Values.ToArray().Average(share => Math.Log(share / (1 - share)));
            });
            var weights = mine.ConvertAll(line => lines.Numeric("weight").Values[line]);
            var centre = means.Zip(weights, (mean, weight) => mean * weight).Sum() / weights.Sum();
            for (var at = 0; at < mine.Count; at++)
                Assert.Equal(means[at] - centre, lines.Numeric("effect").Values[mine[at]], 1e-10);
        }
    }

    [Fact]
    public void A_file_whose_classes_do_not_fit_its_trees_is_refused()
    {
        var header = Model.Header with { Spec = Model.Spec with { Learner = Learner with { Classes = ["fire", "theft"] } } };

        var error = Assert.Throws<HalleyException>(() => new FittedModel(header, Model.Scorer, Model.CheckRows));

        Assert.StartsWith("HLY3309", error.Message, StringComparison.Ordinal);
    }

    static BoostingLearner Learner => (BoostingLearner)Spec.Learner;

    static Table Draw(int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (age, brand, kind, years) = (new double[rowCount], new int[rowCount], new string[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (age[row], brand[row], years[row]) = (18 + random.NextInt(60), random.NextInt(4), 1);
            var u = random.NextDouble();
            var (fire, theft) = (0.1 + 0.1 * brand[row], age[row] < 40 ? 0.5 : 0.15);
            kind[row] =
                u < fire ? "fire"
                : u < fire + theft * (1 - fire) ? "theft"
                : "third party";
        }
        return new([
            new NumericColumn("age", age),
            new CategoricalColumn("brand", brand, Portfolio.Brands),
            new TextColumn("kind", kind),
            new ExposureColumn("years", years),
        ]);
    }
}
