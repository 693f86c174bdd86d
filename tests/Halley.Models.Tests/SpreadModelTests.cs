using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models.Tests;

public sealed class SpreadModelTests
{
    static readonly Table Book = Draw(3000, 5);

    static ModelSpec SpecOf(Family family, string target, string? exposure) =>
        new()
        {
            Name = "spread",
            Target = target,
            Exposure = exposure,
            Family = family,
            Learner = new BoostingLearner
            {
                Features = ["age", "brand"],
                Options = new()
                {
                    FitsSpread = true,
                    Rounds = 20,
                    MinimumLeafRows = 50,
                },
            },
            Split = new RandomSplit { TestShare = 0.3 },
        };

    [Fact]
    public void A_gamma_model_tells_shape_deviation_and_quantiles_and_survives_its_file()
    {
        var spec = SpecOf(Family.Gamma, "cost", null);

        var model = Artefact.Read(Artefact.ToBytes(ModelFitter.Fit(spec, Book)));

        Assert.Equal(["shape", "sd", "q5", "q50", "q95"], model.OutputNames);
        var columns = model.PredictAll(Book, PredictMode.AtExposureOne).Cast<NumericColumn>().ToDictionary(c => c.Name);
        for (var row = 0; row < 50; row++)
        {
            var (mean, shape) = (columns["prediction"].Values[row], columns["shape"].Values[row]);
            Assert.Equal(mean / Math.Sqrt(shape), columns["sd"].Values[row], 1e-9 * mean);
            Assert.Equal(0.95, GammaDistribution.Cumulative(columns["q95"].Values[row] * shape / mean, shape), 1e-9);
        }
        var test = model.Metrics.Single(part => part.Part == DataPart.Test);
        Assert.Equal(0.95, test["below_q95"]!.Value, 0.03);
        Assert.Equal(0.5, test["below_q50"]!.Value, 0.06);
        Assert.True(test["crps"] > 0);
        var evaluation = Evaluation.Of(model, Book);
        Assert.Equal(test["logScore"], evaluation["logScore"]);
    }

    [Fact]
    public void Exposure_multiplies_the_mean_and_the_rest_follows()
    {
        var model = ModelFitter.Fit(SpecOf(Family.NegativeBinomialEstimated, "claims", "years"), Book);

        var whole = model.PredictAll(Book, PredictMode.ExposureApplied).Cast<NumericColumn>().ToDictionary(c => c.Name);
        var yearly = model.PredictAll(Book, PredictMode.AtExposureOne).Cast<NumericColumn>().ToDictionary(c => c.Name);
        for (var row = 0; row < 200; row++)
        {
            var years = Book.Exposure("years").Years[row];
            var (mean, size) = (whole["prediction"].Values[row], whole["size"].Values[row]);
            Assert.Equal(years * yearly["prediction"].Values[row], mean);
            Assert.Equal(yearly["size"].Values[row], size);
            Assert.Equal(Math.Sqrt(mean + mean * mean / size), whole["sd"].Values[row], 1e-9);
            Assert.Equal(new NegativeBinomialMeanSize().Quantile(0.95, mean, Math.Log(size)), whole["q95"].Values[row]);
        }
        Assert.Equal(model.Family, Artefact.Read(Artefact.ToBytes(model)).Family);
        Assert.False(model.Family.IsShapeEstimated);
    }

    [Fact]
    public void A_tweedie_model_tells_its_dispersion_and_no_claim_as_a_quantile()
    {
        var total = Book.With(
            new NumericColumn(
                "total",
                [
                    .. Enumerable
                        .Range(0, 3000)
                        .Select(row => Book.Numeric("claims").Values[row] * Book.Numeric("cost").Values[row]),
                ]
            )
        );
        var spec = SpecOf(Family.Tweedie(1.5), "total", null);
        spec = spec with
        {
            Learner = (BoostingLearner)spec.Learner with
            {
                Quantiles = [0.05, 0.9],
                Options = ((BoostingLearner)spec.Learner).Options with { Rounds = 6 },
            },
        };

        var model = Artefact.Read(Artefact.ToBytes(ModelFitter.Fit(spec, total)));

        Assert.Equal(["dispersion", "sd", "q5", "q90"], model.OutputNames);
        var columns = model.PredictAll(total, PredictMode.AtExposureOne).Cast<NumericColumn>().ToDictionary(c => c.Name);
        Assert.Equal(0, columns["q5"].Values[0]);
        Assert.Equal(
            Math.Sqrt(columns["dispersion"].Values[0] * Math.Pow(columns["prediction"].Values[0], 1.5)),
            columns["sd"].Values[0],
            1e-9
        );
        Assert.Equal(0.9, model.Metrics[0]["below_q90"]!.Value, 0.03);

        // Without a number the power is searched; the artefact keeps it, and every output follows from it.
        var some = total.Take([.. Enumerable.Range(0, 500)]);
        var searched = Artefact.Read(Artefact.ToBytes(ModelFitter.Fit(spec with { Family = Family.TweedieEstimated }, some)));
        var power = searched.Metrics[0]["power"]!.Value;
        Assert.Equal(Family.Tweedie(power), searched.Family);
        Assert.NotEqual(1.5, power);
        var told = searched
            .PredictAll(some.Take([.. Enumerable.Range(0, 50)]), PredictMode.AtExposureOne)
            .Cast<NumericColumn>()
            .ToDictionary(c => c.Name);
        for (var row = 0; row < 50; row++)
        {
            var (mean, phi) = (told["prediction"].Values[row], told["dispersion"].Values[row]);
            Assert.Equal(Math.Sqrt(phi * Math.Pow(mean, power)), told["sd"].Values[row], 1e-9 * mean);
            Assert.Equal(
                new TweedieMeanDispersion(power).Quantile(0.9, mean, Math.Log(phi)),
                told["q90"].Values[row],
                1e-9 * mean
            );
        }
    }

    [Fact]
    public void Explanations_tell_the_mean_and_the_spread()
    {
        var spec = SpecOf(Family.Gaussian, "cost", null) with
        {
            Learner = (BoostingLearner)SpecOf(Family.Gaussian, "cost", null).Learner with { Quantiles = [0.995, 0.2] },
        };
        var model = ModelFitter.Fit(spec, Book);
        Assert.Equal(["sd", "q99_5", "q20"], model.OutputNames);
        var rows = Book.Take([.. Enumerable.Range(0, 20)]);

        var lines = ShapTable.Of(model, rows);

        var (mean, sd) = (
            model.PredictAll(rows, PredictMode.AtExposureOne)[0],
            model.PredictAll(rows, PredictMode.AtExposureOne)[1]
        );
        for (var row = 0; row < 20; row++)
        {
            double Sum(string output) =>
                Enumerable
                    .Range(0, lines.RowCount)
                    .Where(line => lines.Numeric("row").Values[line] == row + 1 && lines["output"].TextAt(line) == output)
                    .Sum(line => lines.Numeric("contribution").Values[line]);
            Assert.Equal(((NumericColumn)mean).Values[row], Sum("mean"), 1e-9);
            Assert.Equal(Math.Log(((NumericColumn)sd).Values[row]), Sum("sd"), 1e-12);
        }
    }

    [Fact]
    public void It_stands_on_another_model_and_is_exported_as_its_mean()
    {
        var below = ModelFitter.Fit(Specs.Glm, Portfolio.Make(2000));
        var spec = Specs.Boosting with
        {
            Family = Family.NegativeBinomialEstimated,
            OffsetModel = new() { Model = "claim-count-glm" },
            Learner = (BoostingLearner)Specs.Boosting.Learner with
            {
                Options = new() { FitsSpread = true, Rounds = 5 },
            },
        };
        var table = Portfolio.Make(2000);
        var model = ModelFitter.Fit(spec, table, options: new() { OffsetModel = below });
        var raw = model.Predict(table, PredictMode.Raw).Values.ToArray();
        var (own, under) = (
            model.PredictAll(table, PredictMode.AtExposureOne),
            below.Predict(table, PredictMode.Raw).Values.ToArray()
        );
        Assert.True(raw.Zip(under, (both, one) => Math.Abs(both - one)).Max() is > 0 and < 3);
        Assert.Equal(Math.Exp(raw[3]), ((NumericColumn)own[0]).Values[3], 1e-12);

        var alone = ModelFitter.Fit(SpecOf(Family.Gamma, "cost", null), Book);
        var exported = ModelExport.Of(alone, ExportFormat.Onnx);
        Assert.Equal(["shape", "sd", "q5", "q50", "q95"], exported.LeftOut);
        Assert.InRange(exported.LargestDifference, 0, 1e-12);
    }

    [Fact]
    public void What_has_no_spread_is_refused_with_a_remedy()
    {
        Assert.Contains(
            "learner: a spread is fitted for families gamma, negbinomial, tweedie, tweedie(p) and gaussian, without an objective of another name; leave it out of the options.",
            SpecOf(Family.Poisson, "claims", "years").Validate()
        );
        var plain = Specs.Boosting with { Learner = (BoostingLearner)Specs.Boosting.Learner with { Quantiles = [0.5] } };
        Assert.Contains(
            "quantiles: they are those of a distribution whose spread is fitted; set spread in the options, or leave them out.",
            plain.Validate()
        );
    }

    static Table Draw(int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (age, brand, cost) = (new double[rowCount], new int[rowCount], new double[rowCount]);
        var (claims, years) = (new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (age[row], brand[row], years[row]) = (18 + random.NextInt(60), random.NextInt(4), (1 + random.NextInt(12)) / 12.0);
            var shape = age[row] < 40 ? 1 : 4;
            cost[row] = Math.Exp(0.2 * brand[row]) * random.NextGamma(shape) / shape;
            claims[row] = random.NextPoisson(years[row] * Math.Exp(0.2 * brand[row]) * random.NextGamma(shape) / shape);
        }
        return new([
            new NumericColumn("age", age),
            new CategoricalColumn("brand", brand, Portfolio.Brands),
            new NumericColumn("cost", cost),
            new NumericColumn("claims", claims),
            new ExposureColumn("years", years),
        ]);
    }
}
