using CsCheck;
using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>What must hold for every family, link and kind of term, on random books.</summary>
public class PropertyTests
{
    static readonly Gen<(int Case, ulong Seed)> AnyFit = Gen.Select(Gen.Int[0, Books.Cases.Count - 1], Gen.ULong);

    static readonly FactorTerm Zone = new("zone");
    static readonly NumericTerm Age = new("age");

    /// <summary>Terms that keep the mean positive under the identity link too.</summary>
    static Term[] Few => [Zone, new FactorTerm("garage"), Age];

    static void ForAnyFit(Action<Books.Case, Table> check) =>
        AnyFit.Sample(pair => check(Books.Cases[pair.Case], Books.Motor(300, pair.Seed)), iter: 40);

    [Fact]
    public void Fit_equals_its_plain_twin() =>
        ForAnyFit(
            (which, table) =>
            {
                var fit = which.Fit(table, Zone with { Base = "north" }, new FactorTerm("garage") { Base = "false" }, Age);
                var (x, y, w, offset) = Written(which, table);

                var (beta, inverse) = PlainGlm.Fit(x, y, w, offset, which.Family, which.Link, Estimates(fit));

                for (var i = 0; i < beta.Length; i++)
                {
                    var error = Math.Sqrt(fit.Dispersion * inverse[i, i]);
                    AssertNear(beta[i], fit.Coefficients[i].Estimate, 1e-8 * Math.Max(Math.Abs(beta[i]), error));
                    AssertNear(error, fit.Coefficients[i].StandardError, 1e-8 * error);
                    for (var j = 0; j < beta.Length; j++)
                    {
                        var scale = Math.Sqrt(inverse[i, i] * inverse[j, j]) * fit.Dispersion;
                        AssertNear(fit.Dispersion * inverse[i, j], fit.Covariance[i, j], 1e-8 * scale);
                    }
                }
            }
        );

    [Fact]
    public void Weight_two_equals_the_row_twice() =>
        ForAnyFit(
            (which, table) =>
            {
                var plain = which with { Weight = null };
                int[] twice =
                [
                    .. Enumerable.Range(0, table.RowCount),
                    .. Enumerable.Range(0, table.RowCount).Where(row => row % 3 == 0),
                ];
                double[] weights = [.. Enumerable.Range(0, table.RowCount).Select(row => row % 3 == 0 ? 2.0 : 1.0)];
                var weighted = (which with { Weight = "w" }).Fit(table.With(new NumericColumn("w", weights)), Few);

                var repeated = plain.Fit(table.Take(twice), Few);

                AssertSameEstimates(weighted, repeated, 1e-8);
                AssertNear(weighted.Deviance, repeated.Deviance, 1e-10 * weighted.Deviance);
                AssertNear(weighted.PearsonStatistic, repeated.PearsonStatistic, 1e-9 * weighted.PearsonStatistic);
            }
        );

    [Fact]
    public void Base_level_changes_no_prediction() =>
        ForAnyFit(
            (which, table) =>
            {
                Term[] Terms(string zone) =>
                    [
                        Zone with
                        {
                            Base = zone,
                        },
                        Age,
                        new FactorTerm("garage"),
                        new InteractionTerm(Zone with { Base = zone }, Age),
                    ];
                var (one, other) = (which.Fit(table, Terms("north")), which.Fit(table, Terms("city")));

                Assert.NotEqual(one.Find("(Intercept)")!.Estimate, other.Find("(Intercept)")!.Estimate);
                AssertSameScores(one.Scorer, other.Scorer, table, 1e-7);
                AssertNear(one.Deviance, other.Deviance, 1e-10 * one.Deviance);
            }
        );

    [Fact]
    public void Row_order_changes_rounding_only() =>
        ForAnyFit(
            (which, table) =>
            {
                var reversed = table.Take([.. Enumerable.Range(0, table.RowCount).Reverse()]);
                // The order of rows must not choose another base among levels of equal size.
                Term[] terms = [Zone with { Base = "coast" }, Age];

                AssertSameEstimates(which.Fit(table, terms), which.Fit(reversed, terms), 1e-9);
            }
        );

    [Fact]
    public void Score_equations_hold_at_the_optimum() =>
        ForAnyFit(
            (which, table) =>
            {
                var fit = which.Fit(table, Books.AllTerms);
                if (!fit.Converged || fit.Coefficients.Any(coefficient => coefficient.IsUnbounded))
                    return;
                // The fitted and observed totals agree in every level under a natural link.
                if (which.Link != which.Family.CanonicalLink || which.Family.Name is "gamma" or "inversegaussian")
                    return;
                foreach (var level in fit.Relativities.SelectMany(factor => factor.Levels))
                    AssertNear(level.Observed, level.Fitted, 1e-8 * Math.Max(Math.Abs(level.Observed), 1));
            }
        );

    [Fact]
    public void Exposure_as_offset_and_as_rate_are_one_Poisson_model() =>
        Gen.ULong.Sample(
            seed =>
            {
                var set = Books.Cases[0].Set(Books.Motor(300, seed));
                var trainer = new GlmTrainer(new() { Terms = Few });
                var (offset, rate) = (trainer.Fit(set), trainer.Fit(set with { ExposureUse = ExposureUse.Rate }));

                AssertSameEstimates(offset, rate, 1e-9);
                AssertNear(offset.Deviance, rate.Deviance, 1e-9 * offset.Deviance);
            },
            iter: 20
        );

    [Fact]
    public void Orthogonal_and_raw_polynomials_are_one_model() =>
        ForAnyFit(
            (which, table) =>
            {
                // A cubic can leave the domain of a mean that must be positive.
                if (which.Link.Function is not (Statistics.LinkFunction.Log or Statistics.LinkFunction.Logit))
                    return;
                var raw = which.Fit(table, new PolynomialTerm("age", 3));
                var orthogonal = which.Fit(table, new PolynomialTerm("age", 3) { Orthogonal = true });

                AssertSameScores(raw.Scorer, orthogonal.Scorer, table, 1e-8);
            }
        );

    [Fact]
    public void Bands_and_a_factor_of_the_same_bands_are_one_model() =>
        ForAnyFit(
            (which, table) =>
            {
                var ages = table.Numeric("age").Values.ToArray();
                double[] bands =
                [
                    .. ages.Select(age =>
                        age < 30 ? 0.0
                        : age < 55 ? 1
                        : 2
                    ),
                ];
                var derived = table.With(new NumericColumn("band", bands));
                var banded = which.Fit(derived, new BandedTerm("age", [30, 55]) { Base = "[30,55)" });
                var factor = which.Fit(derived, new FactorTerm("band") { Base = "1" });

                Assert.Equal(Estimates(factor), Estimates(banded));
                Assert.Equal(["<30", ">=55"], banded.Coefficients.Skip(1).Select(coefficient => coefficient.Level));
            }
        );

    static (double[][] X, double[] Y, double[] W, double[] Offset) Written(Books.Case which, Table table)
    {
        var vectors = TrainingVectors.Of(which.Set(table), table);
        var zone = table.Categorical("zone");
        var x = new double[table.RowCount][];
        for (var row = 0; row < x.Length; row++)
        {
            var code = zone.Codes[row];
            x[row] =
            [
                1,
                code == 1 ? 1 : 0,
                code == 2 ? 1 : 0,
                code == 3 ? 1 : 0,
                ((BooleanColumn)table["garage"]).Values[row],
                table.Numeric("age").Values[row],
            ];
        }
        return (x, vectors.Target, vectors.Weight, vectors.Offset);
    }

    static double[] Estimates(GlmFit fit) => [.. fit.Coefficients.Select(coefficient => coefficient.Estimate)];

    static void AssertSameEstimates(GlmFit one, GlmFit other, double tolerance)
    {
        foreach (var coefficient in one.Coefficients)
        {
            var scale = Math.Max(Math.Abs(coefficient.Estimate), coefficient.StandardError);
            AssertNear(coefficient.Estimate, other.Find(coefficient.Name)!.Estimate, tolerance * scale);
        }
    }

    static void AssertSameScores(IScorer one, IScorer other, Table table, double tolerance)
    {
        var (expected, actual) = (Scoring.Eta(one, table), Scoring.Eta(other, table));
        for (var row = 0; row < expected.Length; row++)
            AssertNear(expected[row], actual[row], tolerance * Math.Max(Math.Abs(expected[row]), 1));
    }

    static void AssertNear(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} where {expected:R} is expected, ± {tolerance:E1}");
}
