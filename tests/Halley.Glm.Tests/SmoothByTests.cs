using System.Buffers;
using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Smooths with a curve for each level, against mgcv's <c>s(x, by = factor)</c>.</summary>
public class SmoothByTests
{
    static readonly string Folder = Path.Combine(ProjectRoot.Path, "tests/golden/glm/by-factor");

    [Fact]
    public void Each_level_has_the_curve_and_penalty_of_mgcv() =>
        AssertSame(
            "own",
            Fit(
                new FactorTerm("VehGas") { Base = "Diesel" },
                new SmoothTerm("DrivAge") { By = new FactorTerm("VehGas") },
                new SmoothTerm("VehAge") { Size = 8 }
            )
        );

    [Fact]
    public void Beside_a_common_curve_the_base_level_has_none_as_with_mgcvs_ordered_factors() =>
        AssertSame(
            "difference",
            Fit(
                new FactorTerm("VehGas") { Base = "Diesel" },
                new SmoothTerm("DrivAge"),
                new SmoothTerm("DrivAge") { By = new FactorTerm("VehGas") }
            )
        );

    [Fact]
    public void P_splines_by_level_are_those_of_mgcv() =>
        AssertSame(
            "splines",
            Fit(
                new FactorTerm("Area") { Base = "A" },
                new SmoothTerm("BonusMalus")
                {
                    Basis = SmoothKind.PSpline,
                    Size = 8,
                    By = new FactorTerm("Area"),
                }
            )
        );

    [Fact]
    public void The_same_as_a_smooth_of_the_rows_of_each_level()
    {
        // With the levels' own heights in the model nothing ties the levels together, but that all knots and the dispersion are common.
        var learn = Books.Motor(3000);
        double[] knots = [18, 30, 45, 60, 87];
        SmoothTerm Curve(Term? by) =>
            new("age")
            {
                Knots = knots,
                Lambda = 40,
                By = by,
            };
        var whole = Fit(learn, new FactorTerm("fuel"), Curve(new FactorTerm("fuel")));

        var eta = Scoring.Eta(whole.Scorer, learn);
        var fuel = learn.Categorical("fuel");
        foreach (var level in fuel.Levels.Levels)
        {
            int[] rows = [.. Enumerable.Range(0, learn.RowCount).Where(row => fuel.TextAt(row) == level)];
            var part = learn.Take(rows);
            var alone = Scoring.Eta(Fit(part, Curve(null)).Scorer, part);
            for (var i = 0; i < rows.Length; i++)
                Assert.Equal(alone[i], eta[rows[i]], 1e-8);
        }
    }

    [Fact]
    public void Tests_are_of_each_curve_and_say_what_leaving_it_out_costs()
    {
        var learn = Books.Motor(3000);
        var fit = Fit(learn, new FactorTerm("fuel"), new SmoothTerm("age") { By = new FactorTerm("fuel"), Size = 6 });

        var tests = fit.Inference.TermTests(likelihoodRatio: true);
        Assert.Equal(
            ["fuel", "s(age):fuel[diesel]", "s(age):fuel[petrol]", "s(age):fuel[electric]"],
            tests.Select(test => test.Term)
        );
        Assert.Equal(tests.Skip(1).Select(test => test.Term), fit.Smooths.Select(smooth => smooth.Name));
        Assert.Equal(fit.Smooths.Select(smooth => smooth.Degrees), tests.Skip(1).Select(test => test.Degrees));
        Assert.All(tests.Skip(1), test => Assert.True(test.DevianceChange > 0 && test.AicChange is not null));
        Assert.Contains("s(age):fuel[petrol].1", fit.Coefficients.Select(own => own.Name));
    }

    [Fact]
    public void Bands_missing_values_and_levels_without_rows_are_levels_too()
    {
        var learn = Books.Motor(2000);
        var value = learn.Numeric("value").Values.ToArray();
        for (var row = 0; row < value.Length; row += 7)
            value[row] = double.NaN;
        learn = learn.With(new NumericColumn("value", value));
        // No row is above a million.
        var by = new BandedTerm("value", [15_000, 1_000_000]);
        var fit = Fit(learn, by, new SmoothTerm("age") { By = by, Size = 5 });

        Assert.True(fit.Converged, fit.Advice);
        Assert.Equal(["<15000", "[15000,1000000)", "(missing)"], fit.Smooths.Select(smooth => smooth.Level));
        Assert.All(Scoring.Eta(fit.Scorer, learn), eta => Assert.True(double.IsFinite(eta)));
    }

    [Fact]
    public void The_choice_of_threads_changes_no_bit_and_the_artefact_scores_the_same()
    {
        var learn = Books.Motor(20_000);
        Term[] terms = [new FactorTerm("zone"), new SmoothTerm("age") { By = new FactorTerm("zone") }];
        var (one, many) = (Fit(learn, 1, terms), Fit(learn, 3, terms));
        Assert.Equal(one.Coefficients.Select(own => own.Estimate), many.Coefficients.Select(own => own.Estimate));

        var format = new GlmScorerFormat();
        var bytes = new ArrayBufferWriter<byte>();
        format.Write(one.Scorer, bytes);
        Assert.Equal(Scoring.Eta(one.Scorer, learn), Scoring.Eta(format.Read(bytes.WrittenMemory), learn));
    }

    [Fact]
    public void A_control_is_taken_out_of_the_curves()
    {
        var learn = Books.Motor(3000);
        Term[] terms = [new FactorTerm("fuel"), new SmoothTerm("age") { By = new FactorTerm("fuel"), Size = 6 }];
        var set = Set(learn);
        var controls = new Dictionary<string, string> { ["fuel"] = "petrol" };
        var fit = new GlmTrainer(new() { Terms = terms, Controls = controls }).Fit(set);

        Assert.Equal(["age"], fit.Scorer.Inputs.Select(input => input.Name));
        var fuel = learn.Categorical("fuel");
        var (with, without) = (Scoring.Eta(fit.ScorerWithControls, learn), Scoring.Eta(fit.Scorer, learn));
        for (var row = 0; row < learn.RowCount; row++)
        {
            if (fuel.TextAt(row) == "petrol")
                Assert.Equal(with[row], without[row], 1e-10);
        }
    }

    // Three of the five curves are straight: their likelihood has no maximum at a finite weight, and the search must see that soon.
    [Fact]
    public void Curves_that_are_straight_are_settled_in_few_steps()
    {
        Term[] terms =
        [
            new FactorTerm("zone"),
            new SmoothTerm("age") { Size = 8, By = new FactorTerm("zone") },
            new SmoothTerm("value") { Size = 7 },
        ];
        var steps = new CountedSteps();
        var fit = new GlmTrainer(new() { Terms = terms }).Fit(Set(Books.Motor(3000), exposure: null), steps);

        Assert.True(fit.Converged, fit.Advice);
        Assert.Equal(3, fit.Smooths.Count(smooth => smooth.Degrees < 1.001));
        Assert.InRange(steps.Count, 5, 25);
    }

    sealed class CountedSteps : IProgress<FitProgress>
    {
        internal int Count { get; private set; }

        public void Report(FitProgress value) => Count++;
    }

    [Fact]
    public void What_has_no_levels_is_refused()
    {
        static string Problem(Term by) =>
            Assert
                .Throws<HalleyException>(() =>
                    new GlmTrainer(new() { Terms = [new SmoothTerm("age") { By = by }] }).Fit(Set(Books.Motor(200)))
                )
                .Message;
        Assert.Contains(
            "'s(age):re(zone)': curves by 're(zone)' would hold one level's curve to another's; name a factor or bands",
            Problem(new CredibilityTerm("zone")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "given relativities, monotone rules and limits of 'fuel' belong to it as a term of its own",
            Problem(new FactorTerm("fuel") { Highest = 2 }),
            StringComparison.Ordinal
        );
    }

    static GlmFit Fit(params Term[] terms) => Fit(OracleViews.FrenchFirst, "ClaimNb", "Exposure", 0, terms);

    static GlmFit Fit(Table learn, params Term[] terms) => Fit(learn, 0, terms);

    static GlmFit Fit(Table learn, int threads, Term[] terms) => Fit(learn, "claims", "years", threads, terms);

    static GlmFit Fit(Table learn, string target, string exposure, int threads, Term[] terms) =>
        new GlmTrainer(new() { Terms = terms, Threads = threads }).Fit(Set(learn, target, exposure));

    static TrainingSet Set(Table learn, string target = "claims", string? exposure = "years") =>
        new()
        {
            Learn = learn,
            Features = [],
            Target = target,
            Exposure = exposure,
        };

    static void AssertSame(string model, GlmFit fit)
    {
        Assert.True(fit.Converged, fit.Advice);
        var table = CsvReader.Read(Path.Combine(Folder, "results.csv"));
        var rows = Enumerable.Range(0, table.RowCount).Where(row => table["model"].TextAt(row) == model).ToArray();
        Assert.NotEmpty(rows);
        SmoothSummary Smooth(int row) =>
            fit.Smooths.Single(own =>
                own.Term.StartsWith($"s({table["smooth"].TextAt(row)})", StringComparison.Ordinal)
                && own.Level == table["level"].TextAt(row)
            );
        foreach (var row in rows)
        {
            var (value, error) = (table.Numeric("value").Values[row], table.Numeric("se").Values[row]);
            switch (table["what"].TextAt(row))
            {
                case "reml":
                    AssertNear(value, fit.RestrictedScore!.Value, 1e-9);
                    break;
                case "deviance":
                    AssertNear(value, fit.Deviance, 1e-7);
                    break;
                case "edf_total":
                    AssertNear(value, fit.EffectiveDegrees, 1e-4);
                    break;
                case "lambda":
                    // All but straight: the likelihood is flat in lambda.
                    AssertNear(value, Smooth(row).Lambda, Smooth(row).Degrees < 1.01 ? double.MaxValue : 1e-3);
                    break;
                case "edf":
                    AssertNear(value, Smooth(row).Degrees, 1e-4);
                    break;
                case "coefficient":
                    var name = table["smooth"].TextAt(row)!;
                    var own = fit.Coefficients.Single(coefficient => RNames.Of(coefficient).Contains(name));
                    Assert.Equal(value, own.Estimate, 1e-4 * error);
                    AssertNear(error, own.StandardError, 1e-4);
                    break;
                default:
                    var curve = Smooth(row).Curve;
                    var x = table.Numeric("x").Values[row];
                    var point = curve.Single(point => point.X == x);
                    Assert.Equal(value, point.Value, 1e-4 * error + 1e-6);
                    AssertNear(error, point.StandardError, 1e-3);
                    break;
            }
        }
    }

    static void AssertNear(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected),
            $"{actual:R} where {expected:R} is expected, {(actual - expected) / expected:E1} apart"
        );
}
