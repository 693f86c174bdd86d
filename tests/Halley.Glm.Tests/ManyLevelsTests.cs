using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>A factor of very many levels is solved for first: the same fit as by the full matrix, and one that no full matrix could hold.</summary>
public class ManyLevelsTests
{
    const int Rows = 6_000;

    /// <summary>More levels than the other columns, so that a low limit is kept by solving for them first.</summary>
    const int Towns = 60;

    const int Limit = 50;

    static Table Book => field ??= WithTowns(Books.Motor(Rows), Towns);

    static Term[] Terms =>
        [
            new FactorTerm("zone"),
            new NumericTerm("value"),
            new FactorTerm("town"),
            new PolynomialTerm("age", 2),
            new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age")),
            new InteractionTerm(new FactorTerm("garage"), new FactorTerm("fuel")),
        ];

    public static TheoryData<int> EveryCase => [.. Enumerable.Range(0, Books.Cases.Count)];

    /// <summary>Towns follow no pattern of the other columns; the last has the fewest rows.</summary>
    static Table WithTowns(Table table, int towns)
    {
        var random = new Halley.Kernels.DeterministicRandom(7);
        int[] codes =
        [
            .. Enumerable.Range(0, table.RowCount).Select(_ => Math.Min(random.NextInt(towns), random.NextInt(towns))),
        ];
        return table.With(new CategoricalColumn("town", codes, new(Enumerable.Range(0, towns).Select(town => $"t{town:D5}"))));
    }

    static GlmFit Bordered(GlmOptions options, TrainingSet set) => new GlmTrainer(options) { CoefficientLimit = Limit }.Fit(set);

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Every_family_gives_the_fit_of_the_full_matrix(int index)
    {
        var which = Books.Cases[index];
        var (options, set) = (which.Options(Terms), which.Set(Book));
        AssertNear(new GlmTrainer(options).Fit(set), Bordered(options, set));
    }

    [Fact]
    public void Levels_without_claims_and_levels_without_rows_are_named_as_in_the_full_matrix()
    {
        var claims = Book.Numeric("claims").Values.ToArray();
        var town = Book.Categorical("town").Codes.ToArray();
        var weights = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            claims[row] = town[row] is 3 or 40 ? 0 : claims[row];
            weights[row] = town[row] == 11 ? 0 : 1;
        }
        var set = Books.Cases[0].Set(Book.With(new NumericColumn("claims", claims)).With(new NumericColumn("w", weights))) with
        {
            Weight = "w",
        };
        var options = Books.Cases[0].Options(Terms);
        var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options, set));

        Assert.Contains(full.Notes, note => note.Contains("'t00003', 't00040'", StringComparison.Ordinal));
        Assert.Equal(WithoutFullMatrix(full.Notes), bordered.Notes);
        AssertNear(full, bordered);
        Assert.True(
            bordered.Find("townt00040")?.IsUnbounded ?? bordered.Coefficients.Any(own => own.Level == "t00040" && own.IsUnbounded)
        );
    }

    [Fact]
    public void Separated_levels_drift_as_in_the_full_matrix()
    {
        // In town 5 the number decides: neither its effect nor the town's has an end, nor that of town 6, which makes up for it.
        var town = Book.Categorical("town").Codes.ToArray();
        var lapsed = Book.Numeric("lapsed").Values.ToArray();
        var only = new double[Rows];
        var fifth = 0;
        for (var row = 0; row < Rows; row++)
        {
            only[row] = town[row] == 6 ? 1 : 0;
            if (town[row] != 5)
                continue;
            only[row] = fifth++ % 2;
            lapsed[row] = only[row];
        }
        var set = Books.Cases[9].Set(Book.With(new NumericColumn("lapsed", lapsed)).With(new NumericColumn("only", only)));
        var options = new GlmOptions
        {
            Family = Family.Binomial,
            Terms = [new FactorTerm("zone"), new FactorTerm("town"), new NumericTerm("only")],
        };
        var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options, set));

        Assert.True(full.Find("only")!.IsUnbounded);
        Assert.All(["t00005", "t00006"], name => Assert.True(full.Coefficients.Single(own => own.Level == name).IsUnbounded));
        Assert.Contains(full.Notes, note => note.Contains("grow without bound together", StringComparison.Ordinal));
        Assert.Equal(WithoutFullMatrix(full.Notes), bordered.Notes);
        AssertNear(full, bordered, skipUnbounded: true);
    }

    [Fact]
    public void What_the_levels_explain_is_aliased_and_changes_no_prediction()
    {
        var town = Book.Categorical("town").Codes.ToArray();
        var learn = Book.With(new NumericColumn("density", [.. town.Select(code => 1.0 + code * code % 17)]));
        var set = Books.Cases[0].Set(learn);
        var options = Books.Cases[0].Options(new NumericTerm("density"), new FactorTerm("zone"), new FactorTerm("town"));
        var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options, set));

        // R keeps the first of the two and drops a town; with the towns solved for first the number goes.
        Assert.True(bordered.Find("density")!.IsAliased);
        Assert.Contains(
            "'density' is explained by the columns before it and the levels of 'town', so it has no coefficient (aliased). Drop it, or one of those.",
            bordered.Notes
        );
        Assert.Equal(full.Rank, bordered.Rank);
        Near(full.Deviance, bordered.Deviance);
        foreach (var (expected, actual) in Scoring.Eta(full.Scorer, learn).Zip(Scoring.Eta(bordered.Scorer, learn)))
            Assert.Equal(expected, actual, 1e-9);
    }

    [Fact]
    public void Leverages_and_residuals_are_those_of_the_full_matrix()
    {
        var which = Books.Cases[3];
        var (options, set) = (which.Options(Terms), which.Set(Book));
        var full = new GlmTrainer(options).Fit(set).Inference!.Diagnostics();
        var bordered = Bordered(options, set).Inference!.Diagnostics();
        for (var row = 0; row < Rows; row++)
        {
            Near(full.Leverage[row], bordered.Leverage[row]);
            // A town of one row: what is divided by 1 − leverage is rounding.
            if (full.Leverage[row] < 1 - 1e-9)
                Near(full.CooksDistance[row], bordered.CooksDistance[row], 1e-9);
        }
    }

    [Fact]
    public void Threads_and_streaming_change_no_bit()
    {
        var set = Books.Cases[0].Set(Book);
        var options = Books.Cases[0].Options(Terms);
        var one = Bordered(options with { Threads = 1 }, set);
        var four = Bordered(options with { Threads = 4 }, set);
        var streamed = new GlmTrainer(options) { CoefficientLimit = Limit }.FitStreamed(
            set,
            [Book.Take([.. Enumerable.Range(0, 2500)]), Book.Take([.. Enumerable.Range(2500, Rows - 2500)])]
        );
        foreach (var other in new[] { four, streamed })
        {
            Assert.Equal(one.Coefficients, other.Coefficients);
            Assert.Equal(one.TermTests, other.TermTests);
            Assert.Equal(one.Deviance, other.Deviance);
            for (var i = 0; i < one.Coefficients.Count; i++)
                Assert.Equal(one.Covariance[i, 7], other.Covariance[i, 7]);
        }
    }

    /// <summary>With the factor alone there are closed forms: each level's mean is its own, and variances are 1/Σμ + 1/Σμ of the base.</summary>
    [Fact]
    public void Twenty_thousand_levels_have_their_closed_form()
    {
        const int towns = 20_000;
        const int rows = 3 * towns;
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => row % towns)];
        double[] years = [.. Enumerable.Range(0, rows).Select(row => row % towns == 42 ? 1 : 0.25 + 0.125 * (row % 5))];
        double[] claims = [.. Enumerable.Range(0, rows).Select(row => (double)(1 + row * 7 % 4))];
        var learn = new Table([
            new CategoricalColumn("town", codes, new(Enumerable.Range(0, towns).Select(town => $"t{town:D5}"))),
            new ExposureColumn("years", years),
            new NumericColumn("claims", claims),
        ]);
        var fit = new GlmTrainer(new() { Terms = [new FactorTerm("town")] }).Fit(Books.Cases[0].Set(learn));

        Assert.True(fit.Converged);
        Assert.Equal(towns, fit.Coefficients.Count);
        var (counts, exposure) = (new double[towns], new double[towns]);
        for (var row = 0; row < rows; row++)
        {
            counts[codes[row]] += claims[row];
            exposure[codes[row]] += years[row];
        }
        var relativities = Assert.Single(fit.Relativities).Levels;
        var baseTown = Enumerable.Range(0, towns).Single(town => relativities[town].IsBase);
        Assert.Equal(42, baseTown);
        for (var town = 0; town < towns; town++)
        {
            var expected = Math.Log(counts[town] / exposure[town]) - Math.Log(counts[baseTown] / exposure[baseTown]);
            Assert.Equal(expected, relativities[town].Coefficient, 1e-10);
            if (town != baseTown)
                Near(Math.Sqrt(1 / counts[town] + 1 / counts[baseTown]), relativities[town].StandardError);
        }
        Near(1 / counts[baseTown], fit.Covariance[100, 19_000]);
        Near(-1 / counts[baseTown], fit.Covariance[0, 19_000]);
        // The contrasts' Wald statistic by the variances of independent levels: Σ n·(b − b̄)², b̄ their mean weighted by n.
        double[] logs = [.. Enumerable.Range(0, towns).Select(town => Math.Log(counts[town] / exposure[town]))];
        var mean = logs.Select((value, town) => counts[town] * value).Sum() / counts.Sum();
        var test = Assert.Single(fit.TermTests);
        Assert.Equal(towns - 1, test.Degrees);
        Near(logs.Select((value, town) => counts[town] * (value - mean) * (value - mean)).Sum(), test.Wald, 1e-9);
    }

    [Theory]
    [InlineData(ErrorKind.Robust, 0)]
    [InlineData(ErrorKind.RobustScaled, 3)]
    [InlineData(ErrorKind.RobustJackknife, 0)]
    [InlineData(ErrorKind.Clustered, 0)]
    [InlineData(ErrorKind.Clustered, 11)]
    public void Errors_that_do_not_trust_the_family_are_those_of_the_full_matrix(ErrorKind errors, int index)
    {
        var which = Books.Cases[index];
        // A town of one row has no jackknife: all towns have many here.
        var learn = Book.With(StreamedBooks.Groups("town", Rows, row => row * 31 % Towns))
            .With(StreamedBooks.Groups("policy", Rows, row => row % 7 == 0 ? -1 : row * 13 % Rows / 3));
        var options = which.Options(Terms) with { Errors = errors, Cluster = errors == ErrorKind.Clustered ? "policy" : null };
        var set = which.Set(learn);
        var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options, set));
        var count = full.Coefficients.Count;
        for (var i = 0; i < count; i++)
        {
            if (!full.Coefficients[i].IsAliased)
                Near(full.Coefficients[i].StandardError, bordered.Coefficients[i].StandardError, 1e-9);
            for (var j = 0; j < count; j++)
            {
                var size = full.Coefficients[i].StandardError * full.Coefficients[j].StandardError;
                Assert.Equal(double.IsNaN(full.Covariance[i, j]), double.IsNaN(bordered.Covariance[i, j]));
                if (double.IsNaN(size))
                    continue;
                Assert.Equal(full.Covariance[i, j], bordered.Covariance[i, j], 1e-9 * size);
                Assert.Equal(bordered.Covariance[j, i], bordered.Covariance[i, j]);
            }
        }
        // All towns together have no Wald test; the others have.
        foreach (var test in bordered.TermTests)
            Near(full.TermTests.Single(other => other.Term == test.Term).Wald, test.Wald, 1e-7);
        Assert.Equal(full.TermTests.Count - 1, bordered.TermTests.Count);
        Assert.Contains(bordered.Notes, note => note.StartsWith("'town' as a whole has no Wald test", StringComparison.Ordinal));

        var streamed = new GlmTrainer(options) { CoefficientLimit = Limit }.FitStreamed(set, [learn]);
        Assert.Equal(bordered.Coefficients, streamed.Coefficients);
    }

    [Fact]
    public void Profiles_are_those_of_the_full_matrix()
    {
        var which = Books.Cases[3];
        Term[] terms = [new FactorTerm("zone"), new PolynomialTerm("age", 2), new FactorTerm("town")];
        var options = which.Options(terms);
        var set = which.Set(Book);
        var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options with { ProfileIntervals = true }, set));
        foreach (var name in new[] { "zone[south]", "age^2", "town[t00007]" })
        {
            var index = full.Coefficients.ToList().FindIndex(own => own.Name == name);
            var expected = full.Inference.ProfileInterval(index, 0.95);
            var actual = bordered.Inference.ProfileInterval(index, 0.95);
            var error = full.Coefficients[index].StandardError;
            Assert.Equal(expected.Lower, actual.Lower, 1e-8 * error);
            Assert.Equal(expected.Upper, actual.Upper, 1e-8 * error);
            if (name.StartsWith("town", StringComparison.Ordinal))
                Assert.Equal(full.Coefficients[index].Lower, bordered.Coefficients[index].Lower, 1e-9);
            else
                Assert.Equal(actual.Lower, bordered.Coefficients[index].Lower);
        }
        Assert.Contains(
            bordered.Notes,
            note => note.StartsWith("intervals of the levels of 'town' are Wald's", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Likelihood_ratio_tests_are_those_of_the_full_matrix()
    {
        foreach (var which in new[] { Books.Cases[0], Books.Cases[3] })
        {
            var options = which.Options(Terms) with { LikelihoodRatioTests = true };
            var set = which.Set(Book);
            var (full, bordered) = (new GlmTrainer(options).Fit(set), Bordered(options, set));
            Assert.Equal(full.TermTests.Count, bordered.TermTests.Count);
            foreach (var (expected, actual) in full.TermTests.Zip(bordered.TermTests))
            {
                Assert.Equal((expected.Term, expected.Degrees), (actual.Term, actual.Degrees));
                Near(expected.DevianceChange!.Value, actual.DevianceChange!.Value, 1e-8);
                Near(expected.LikelihoodRatio!.Value, actual.LikelihoodRatio!.Value, 1e-8);
            }
        }
    }

    [Fact]
    public void Bias_reduction_is_refused_with_its_remedy() =>
        Assert.Equal(
            "HLY2122: bias reduction (Firth) needs the covariances of all pairs of coefficients, and a factor of so many levels has too many. "
                + "Leave it out, or group the levels.",
            Refusal(Books.Cases[0].Options(Terms) with { BiasReduction = true }, Books.Cases[0].Set(Book))
        );

    [Fact]
    public void A_factor_that_others_hold_is_refused()
    {
        var set = Books.Cases[0].Set(Book);
        const string remedy =
            "the limit is 50 beside one plain factor, in a model without smooths, credibility, territories and interactions of that factor. "
            + "Group the levels, leave out those terms, or boost trees.";
        Assert.Equal(
            "HLY2110: the model has 120 coefficients, 60 levels or columns from 'town'; " + remedy,
            Refusal(
                Books
                    .Cases[0]
                    .Options(new FactorTerm("town"), new InteractionTerm(new FactorTerm("town"), new NumericTerm("age"))),
                set
            )
        );
        Assert.Equal(
            "HLY2110: the model has 61 coefficients, 60 levels or columns from 're(town)'; " + remedy,
            Refusal(Books.Cases[0].Options(new CredibilityTerm("town")), set)
        );
    }

    /// <summary>Credibility and Firth's correction need the full matrix: they are no remedy here.</summary>
    static IEnumerable<string> WithoutFullMatrix(IEnumerable<string> notes) =>
        notes.Select(note =>
            note.Replace(
                    "leave its rows out, take the factor by credibility, or reduce bias (Firth).",
                    "or leave its rows out.",
                    StringComparison.Ordinal
                )
                .Replace("drop one of the terms, or reduce bias (Firth).", "or drop one of the terms.", StringComparison.Ordinal)
        );

    static string Refusal(GlmOptions options, TrainingSet set) =>
        Assert.Throws<HalleyException>(() => Bordered(options, set)).Message;

    static void AssertNear(GlmFit full, GlmFit bordered, bool skipUnbounded = false)
    {
        Assert.Equal((full.Converged, full.Iterations), (bordered.Converged, bordered.Iterations));
        Near(full.Deviance, bordered.Deviance);
        Near(full.Dispersion, bordered.Dispersion);
        Assert.Equal(full.Rank, bordered.Rank);
        var count = full.Coefficients.Count;
        double ErrorOf(int i) => full.Coefficients[i].StandardError;
        for (var i = 0; i < count; i++)
        {
            var (expected, actual) = (full.Coefficients[i], bordered.Coefficients[i]);
            Assert.Equal(
                (expected.Name, expected.IsAliased, expected.IsUnbounded),
                (actual.Name, actual.IsAliased, actual.IsUnbounded)
            );
            if (expected.IsAliased || (skipUnbounded && expected.IsUnbounded))
                continue;
            Assert.Equal(expected.Estimate, actual.Estimate, 1e-10 * Math.Max(Math.Abs(expected.Estimate), Scale(expected)));
            if (expected.IsUnbounded)
                continue;
            Near(expected.StandardError, actual.StandardError);
            for (var j = 0; j < count; j++)
            {
                if (double.IsNaN(full.Covariance[i, j]))
                    Assert.True(double.IsNaN(bordered.Covariance[i, j]));
                else
                    Assert.Equal(full.Covariance[i, j], bordered.Covariance[i, j], 1e-10 * ErrorOf(i) * ErrorOf(j));
                Assert.Equal(bordered.Covariance[j, i], bordered.Covariance[i, j]);
            }
        }
        Assert.Equal(
            full.TermTests.Select(test => (test.Term, test.Degrees)),
            bordered.TermTests.Select(test => (test.Term, test.Degrees))
        );
        foreach (var (expected, actual) in full.TermTests.Zip(bordered.TermTests))
            Near(expected.Wald, actual.Wald, 1e-8);
    }

    static double Scale(GlmCoefficient coefficient) => double.IsFinite(coefficient.StandardError) ? coefficient.StandardError : 1;

    static void Near(double expected, double actual, double relative = 1e-10) =>
        Assert.Equal(expected, actual, relative * Math.Max(Math.Abs(expected), 1e-12));
}
