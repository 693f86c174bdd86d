using Halley.Data;

namespace Halley.Glm.Tests;

public class PenaltyBadInputTests
{
    static readonly Term[] Terms = [new FactorTerm("zone"), new NumericTerm("age")];

    [Fact]
    public void All_problems_of_a_penalty_are_told_at_once()
    {
        var options = new GlmOptions
        {
            Terms = [.. Terms, new SmoothTerm("value")],
            Penalty = new()
            {
                Strength = -1,
                L1Ratio = 1.5,
                Terms =
                [
                    new("zone") { Weight = -2, Lower = 0.5 },
                    new("age") { Upper = 1, Monotone = MonotoneRule.Rising },
                    new("age"),
                ],
                Folds = new() { Count = 1 },
            },
        };
        var fault = Assert.Throws<HalleyException>(options.Validate);

        Assert.Equal("HLY2101", fault.Code);
        Assert.Contains("strength -1 is not a number from 0 up", fault.Message, StringComparison.Ordinal);
        Assert.Contains("l1_ratio 1.5 is outside 0 to 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("penalty of 'zone': weight -2 is not a number from 0 up", fault.Message, StringComparison.Ordinal);
        Assert.Contains("penalty of 'zone': the limits must hold 0 between them", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "penalty of 'age': limits go with coefficients penalised each by itself",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("term 'age' is named 2 times", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "finds its own smoothing by REML; use a spline, bands or a factor beside a penalty",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("folds: 1 of them are outside 2 to 100", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_of_a_term_that_is_not_there_names_those_that_are() =>
        AssertFault(
            "HLY2131: the penalty names 'region', which the model does not have. Its terms: 'zone', 'age'.",
            new() { Strength = 1, Terms = [new("region")] }
        );

    [Fact]
    public void Steps_of_a_number_are_refused() =>
        AssertFault(
            "HLY2131: penalty of 'age': steps, pairs and monotone rules need a factor or a banded term by itself. Use kind: each or group.",
            new() { Strength = 1, Terms = [new("age") { Kind = PenaltyKind.Steps }] }
        );

    [Fact]
    public void A_fold_column_of_one_value_is_refused() =>
        AssertFault(
            "HLY2132: folds: column 'one' has 1 distinct value(s) in the learn rows, and two are needed. Name another column, or draw at random.",
            new() { Folds = new() { Column = "one" } }
        );

    [Fact]
    public void A_row_without_its_time_is_named() =>
        AssertFault(
            "HLY2132: folds: column 'year', row 3: the time is missing. Correct the row, or leave such rows out with a filter.",
            new() { Folds = new() { Time = "year" } }
        );

    [Fact]
    public void Time_is_no_category() =>
        AssertFault(
            "HLY2132: folds: column 'fuel' is of kind category, and time is a date or a number of years. Name another column, or use it as column:.",
            new() { Folds = new() { Time = "fuel" } }
        );

    [Fact]
    public void More_columns_than_rows_are_fitted()
    {
        double[] ids = [.. Enumerable.Range(0, 50).Select(row => (double)row)];
        var table = Books.Motor(50).With(new NumericColumn("id", ids));
        var fit = new GlmTrainer(
            new()
            {
                Terms = [new FactorTerm("id"), new FactorTerm("zone"), new NumericTerm("age")],
                Penalty = new() { Strength = 0.01, L1Ratio = 0.5 },
            }
        ).Fit(Books.Cases[0].Set(table));

        Assert.True(fit.Converged);
        Assert.True(fit.Penalty!.EffectiveParameters < 50);
        Assert.StartsWith("penalised fit: strength 0.01, ", fit.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void A_gaussian_path_takes_more_columns_than_rows_and_leaves_constant_ones_out(double ratio)
    {
        var (table, terms) = (Books.Motor(60), new List<Term> { new FactorTerm("zone") });
        var random = new Kernels.DeterministicRandom(4);
        for (var j = 0; j < 300; j++)
        {
            double[] values = [.. Enumerable.Range(0, 60).Select(_ => j == 5 ? 7 : random.NextNormal())];
            table = table.With(new NumericColumn($"x{j}", values));
            terms.Add(new NumericTerm($"x{j}"));
        }
        var which = Books.Cases.First(which => which.Target == "score");
        var options = which.Options([.. terms]) with
        {
            Penalty = new() { L1Ratio = ratio, PathLength = 30 },
        };
        var fit = new GlmTrainer(options).Fit(which.Set(table));

        Assert.True(fit.Converged);
        Assert.Equal(0, fit.Coefficients.Single(coefficient => coefficient.Term == "x5").Estimate);
        Assert.True(fit.Penalty!.EffectiveParameters < 60);

        double[] broken = [.. Enumerable.Range(0, 60).Select(row => row == 8 ? double.PositiveInfinity : row)];
        var fault = Assert.Throws<HalleyException>(() =>
            new GlmTrainer(options).Fit(which.Set(table.With(new NumericColumn("x3", broken))))
        );
        Assert.Contains("row 9", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'x3'", fault.Message, StringComparison.Ordinal);
    }

    static void AssertFault(string message, GlmPenalty penalty)
    {
        var table = Books.Motor(100);
        double[] years = [.. Enumerable.Range(0, 100).Select(row => row == 2 ? double.NaN : 2020 + row % 4)];
        table = table.With(new NumericColumn("year", years)).With(new NumericColumn("one", new double[100]));
        var fault = Assert.Throws<HalleyException>(() =>
            new GlmTrainer(new() { Terms = Terms, Penalty = penalty }).Fit(Books.Cases[0].Set(table))
        );
        Assert.Equal(message, fault.Message);
    }
}
