using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>What can't be fitted is refused before any work, with code, place, value and remedy.</summary>
public class BadInputTests
{
    static readonly Table Learn = Books.Motor(100);

    static string Refusal(Table learn, GlmOptions options, TrainingSet? set = null)
    {
        set ??= new()
        {
            Learn = learn,
            Features = [],
            Target = "claims",
        };
        var message = Assert.Throws<HalleyException>(() => new GlmTrainer(options).Fit(set)).Message;
        // Rows that come in batches are refused in the same words, and counted over all batches.
        var batches = Enumerable
            .Range(0, (learn.RowCount + 2) / 3)
            .Select(i => learn.Take([.. Enumerable.Range(3 * i, Math.Min(3, learn.RowCount - 3 * i))]));
        Assert.Equal(message, Assert.Throws<HalleyException>(() => new GlmTrainer(options).FitStreamed(set, batches)).Message);
        return message;
    }

    static string Refusal(Table learn, params Term[] terms) => Refusal(learn, new GlmOptions { Terms = terms });

    static Table With(string column, int row, double value)
    {
        var values = Learn.Numeric(column).Values.ToArray();
        values[row] = value;
        return Learn.With(new NumericColumn(column, values));
    }

    [Fact]
    public void Negative_count() =>
        Assert.Equal(
            "HLY2102: target column 'claims', row 5: -1 is outside the domain y ≥ 0 of the poisson family. "
                + "Correct the row, or leave such rows out with a filter on 'claims'.",
            Refusal(With("claims", 4, -1))
        );

    [Fact]
    public void Zero_amount_under_gamma() =>
        Assert.Equal(
            "HLY2102: target column 'claims', row 1: 0 is outside the domain y > 0 of the gamma family. "
                + "Correct the row, or leave such rows out with a filter on 'claims', for example \"claims > 0\".",
            Refusal(With("claims", 0, 0), new GlmOptions { Family = Family.Gamma })
        );

    [Fact]
    public void Rate_names_the_value_in_the_file_and_rows_of_no_weight_still_count()
    {
        double[] weights = [0, 0, .. Enumerable.Repeat(1.0, 98)];
        var learn = With("claims", 6, -3).With(new NumericColumn("w", weights));
        var set = new TrainingSet
        {
            Learn = learn,
            Features = [],
            Target = "claims",
            Weight = "w",
            Exposure = "years",
            ExposureUse = ExposureUse.Rate,
        };
        Assert.StartsWith(
            "HLY2102: target column 'claims', row 7: -3 is outside",
            Refusal(learn, new(), set),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Share_above_one_under_binomial() =>
        Assert.Contains(
            "2 is outside the domain 0 ≤ y ≤ 1 of the binomial family",
            Refusal(With("claims", 0, 2), new GlmOptions { Family = Family.Binomial }),
            StringComparison.Ordinal
        );

    [Fact]
    public void No_claims_at_all() =>
        Assert.Equal(
            "HLY2112: target column 'claims': its mean over the learn rows is 0, so a poisson model has nothing to tell apart. "
                + "Check the target and the filter.",
            Refusal(Learn.With(new NumericColumn("claims", new double[100])))
        );

    [Fact]
    public void Weights_that_sum_to_zero()
    {
        var learn = Learn.With(new NumericColumn("w", new double[100]));
        var set = new TrainingSet
        {
            Learn = learn,
            Features = [],
            Target = "claims",
            Weight = "w",
        };
        Assert.Equal(
            "HLY2103: weight column 'w': the weights sum to zero, so there is nothing to fit. Name another column, or leave the weight out.",
            Refusal(learn, new(), set)
        );
    }

    [Fact]
    public void No_rows() =>
        Assert.Equal("HLY2103: there are no rows to fit on. Check the filter and the split.", Refusal(Learn.Take([])));

    [Fact]
    public void Level_per_row()
    {
        double[] own = [.. Enumerable.Range(0, 100).Select(row => (double)row)];
        Assert.Equal(
            "HLY2104: the design has 103 columns for 100 rows with weight, 100 of them from 'own'. "
                + "Group that term's levels or leave terms out.",
            Refusal(Learn.With(new NumericColumn("own", own)), new FactorTerm("zone"), new FactorTerm("own"))
        );
    }

    [Fact]
    public void Missing_number() =>
        Assert.Equal(
            "HLY2105: term 'log(age)', column 'age', row 8: the value is missing. Declare what missing means (a level of its own, "
                + "or a value in its place), or leave such rows out with a filter.",
            Refusal(With("age", 7, double.NaN), new LogTerm("age"))
        );

    [Fact]
    public void Missing_level_where_the_term_refuses_it() =>
        Assert.StartsWith(
            "HLY2105: term 'age', column 'age', row 8: the value is missing.",
            Refusal(With("age", 7, double.NaN), new BandedTerm("age", [30]) { WhenMissing = ValueRule.Reject }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Column_without_any_value()
    {
        double[] nothing = [.. Enumerable.Repeat(double.NaN, 100)];
        Assert.Equal(
            "HLY2105: term 'age': every value of column 'age' is missing. Leave the term out, or correct the column.",
            Refusal(Learn.With(new NumericColumn("age", nothing)), new BandedTerm("age", [30]))
        );
    }

    [Fact]
    public void Exposure_as_a_feature() =>
        Assert.Equal(
            "HLY2106: term 'years': column 'years' is of kind exposure, which can't be a feature. Name it as the model's exposure.",
            Refusal(Learn, new NumericTerm("years"))
        );

    [Fact]
    public void Text_as_a_feature() =>
        Assert.Contains(
            "column 'note' is of kind text, which can't be a feature. Make it a category in the schema",
            Refusal(
                Learn.With(
                    new TextColumn(
                        "note",
                        new string?[100]
                            .Select(_ => "x")
                            .ToArray()
                    )
                ),
                new FactorTerm("note")
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Category_as_a_number() =>
        Assert.Equal(
            "HLY2106: term 'zone' needs a number, and column 'zone' is of kind category. Use a factor, or change the column's kind in the schema.",
            Refusal(Learn, new NumericTerm("zone"))
        );

    [Fact]
    public void Category_in_bands() =>
        Assert.StartsWith(
            "HLY2106: term 'zone' needs a number, and column 'zone' is of kind category.",
            Refusal(Learn, new BandedTerm("zone", [1])),
            StringComparison.Ordinal
        );

    [Fact]
    public void Date_as_a_factor() =>
        Assert.Contains(
            "needs a category, a boolean or a number, and column 'begun' is of kind date. Derive a year",
            Refusal(Learn.With(new DateColumn("begun", [.. Enumerable.Range(700_000, 100)])), new FactorTerm("begun")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Column_that_is_not_there() =>
        Assert.StartsWith(
            "HLY1001: there is no column 'colour'.",
            Refusal(Learn, new FactorTerm("colour")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Base_level_that_no_row_has() =>
        Assert.Equal(
            "HLY2107: term 'zone': the base level 'North' is not among its levels with rows: north, south, coast, city.",
            Refusal(Learn, new FactorTerm("zone") { Base = "North" })
        );

    [Fact]
    public void Logarithm_of_zero() =>
        Assert.Equal(
            "HLY2108: term 'log(value)', column 'value', row 3: 0 has no logarithm. "
                + "Leave such rows out with a filter \"value > 0\", or derive a column that is positive.",
            Refusal(With("value", 2, 0), new LogTerm("value"))
        );

    [Fact]
    public void Power_that_overflows() =>
        Assert.Equal(
            "HLY2108: term 'poly(value, 4)', column 'value', row 3: 1E+40 is too large to be used. "
                + "Correct the row, rescale the column, or lower the degree.",
            Refusal(With("value", 2, 1e40), new PolynomialTerm("value", 4))
        );

    [Fact]
    public void Infinite_number() =>
        Assert.StartsWith(
            "HLY2108: term 'value', column 'value', row 3: ∞ is too large to be used.".Replace(
                "∞",
                "Infinity",
                StringComparison.Ordinal
            ),
            Refusal(With("value", 2, double.PositiveInfinity), new NumericTerm("value")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Orthogonal_degree_above_the_distinct_values() =>
        Assert.Equal(
            "HLY2109: term 'poly(lapsed, 2)': degree 2 needs more than 2 distinct values of column 'lapsed'. Use degree 1 or less, or a factor.",
            Refusal(Learn, new PolynomialTerm("lapsed", 2) { Orthogonal = true })
        );

    [Fact]
    public void Cells_beyond_memory()
    {
        double[] own = [.. Enumerable.Range(0, 100).Select(row => (double)row)];
        string[] names = ["a", "b", "c", "d"];
        var learn = names.Aggregate(Learn, (table, name) => table.With(new NumericColumn(name, own)));
        Assert.Equal(
            "HLY2110: term 'a:b:c:d' has 100000000 levels or cells; the limit is 1000000. "
                + "Band the column, group its levels, or use it as a number.",
            Refusal(learn, new InteractionTerm([.. names.Select(name => new FactorTerm(name))]))
        );
    }

    [Fact]
    public void Pairs_beyond_memory()
    {
        const int rows = 12_000;
        var learn = Books.Motor(rows);
        double[] own = [.. Enumerable.Range(0, rows).Select(row => row % 5_500.0)];
        double[] other = [.. Enumerable.Range(0, rows).Select(row => row % 5_400.0)];
        learn = learn.With(new NumericColumn("town", own)).With(new NumericColumn("street", other));
        double[] fewer = [.. Enumerable.Range(0, rows).Select(row => row % 2_600.0)];
        Assert.Equal(
            "HLY2110: the model has 5200 coefficients, 2600 levels or columns from 'town'; the limit is 5000 beside one plain factor, "
                + "in a model without smooths, credibility, territories and interactions of that factor. "
                + "Group the levels, leave out those terms, or boost trees.",
            Refusal(
                learn.With(new NumericColumn("town", fewer)),
                new FactorTerm("town"),
                new InteractionTerm(new FactorTerm("town"), new NumericTerm("age"))
            )
        );
        Assert.Equal(
            "HLY2110: terms 'town' (5500 levels or cells) and 'street' (5400) have too many pairs of levels to fit together. "
                + "Group the levels of one of them, or use it as a number.",
            Refusal(learn, new FactorTerm("town"), new FactorTerm("street"))
        );
    }

    [Fact]
    public void Offset_from_which_no_mean_is_possible()
    {
        double[] offsets = [.. Enumerable.Range(0, 100).Select(row => row % 2 == 0 ? -1e6 : 1e6)];
        var learn = Learn.With(new NumericColumn("known", offsets));
        var set = new TrainingSet
        {
            Learn = learn,
            Features = [],
            Target = "cost",
            Offset = "known",
        };
        Assert.StartsWith(
            "HLY2111: the fit can't start: with this offset the identity link gives no allowed mean",
            Refusal(learn, new() { Family = Family.Gamma, Link = Link.Identity }, set),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Exposure_offset_under_another_link() =>
        Assert.Equal(
            "HLY2113: exposure column 'years' is to enter as log(exposure) in the offset, which needs the log link (or cloglog), "
                + "not identity. Use the log link, or let the exposure make a rate.",
            Refusal(Learn, new() { Link = Link.Identity }, Books.Cases[0].Set(Learn))
        );

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var options = new GlmOptions
        {
            Tolerance = 0,
            MaxIterations = 0,
            ConfidenceLevel = 1,
            Threads = -1,
            Terms =
            [
                new FactorTerm("zone"),
                new FactorTerm("zone"),
                new BandedTerm("age", []),
                new BandedTerm("value", [3, 2]),
                new PolynomialTerm("age", 0) { Label = "p" },
                new NumericTerm("") { Label = "nothing" },
                new LogTerm("value") { WhenMissing = ValueRule.Missing },
                new NumericTerm("age") { Label = "n", WhenMissing = ValueRule.Replace("forty") },
                new InteractionTerm(new FactorTerm("fuel")),
                new InteractionTerm(new FactorTerm("a"), new FactorTerm("a")),
                new InteractionTerm(new FactorTerm("b"), new InteractionTerm(new FactorTerm("c"), new FactorTerm("d"))),
                new InteractionTerm(new PolynomialTerm("x", 9), new PolynomialTerm("y", 9)),
            ],
        };
        var message = Assert.Throws<HalleyException>(() => new GlmTrainer(options)).Message;

        string[] problems =
        [
            "HLY2101: the model's options can't be used: ",
            "term 'age': no cut points",
            "term 'value': cut point 2 is not above the one before it",
            "term 'p': degree 0 is outside 1 to 12",
            "a NumericTerm names no column",
            "term 'log(value)': a number has no level of its own for missing values. Replace them by a number, or use a banded term",
            "term 'n': missing values are replaced by 'forty', which is not a number",
            "interaction 'fuel' has 1 part(s); it needs two or more",
            "interaction 'a:a' holds 'a' twice",
            "interaction 'b:c:d' holds the interaction 'c:d'; list all parts in one",
            "multiplies its numbers to 81 columns; 64 is the limit",
            "2 terms are named 'zone'; drop one, or give it a label of its own",
            "tolerance 0 is outside (0, 0.01]",
            "0 iterations are outside 1 to 10000",
            "confidence level 1 is outside (0, 1)",
            "-1 threads; use 0 for all processors, or a count",
        ];
        foreach (var problem in problems)
            Assert.Contains(problem, message, StringComparison.Ordinal);
    }
}
