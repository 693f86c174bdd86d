using Halley.Data;
using Halley.Statistics;
using static Halley.Glm.Tests.StreamedBooks;

namespace Halley.Glm.Tests;

/// <summary>Rows that come in batches and stay outside memory give the very fit that they give as a table.</summary>
public class StreamedFitTests
{
    /// <summary>Two chunks of a block each, and a part of one.</summary>
    const int Rows = 20_000;

    static Table Book => field ??= Books.Motor(Rows);

    public static TheoryData<int> EveryCase => [.. Enumerable.Range(0, Books.Cases.Count)];

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Every_family_and_kind_of_term_gives_the_same_bits(int index)
    {
        var which = Books.Cases[index];
        AssertSame(which.Options(Books.AllTerms), which.Set(Book));
    }

    [Fact]
    public void Sums_that_take_larger_blocks_of_rows_give_the_same_bits_over_whole_chunks()
    {
        // Two factors whose pairs take a block of three blocks' numbers; two chunks of the usual size and a part of one.
        const int rows = 2 * RowSpool.RowUnit + 5_000;
        Table table = new([
            new NumericColumn("claims", [.. Enumerable.Range(0, rows).Select(row => row * 7919L % 13 == 0 ? 1.0 : 0)]),
            new NumericColumn("one", [.. Enumerable.Range(0, rows).Select(row => (double)(row * 31L % 170))]),
            new NumericColumn("other", [.. Enumerable.Range(0, rows).Select(row => (double)(row * 577L % 163))]),
            new ExposureColumn("years", [.. Enumerable.Range(0, rows).Select(row => 0.1 + row % 7 * 0.13)]),
        ]);
        var set = new TrainingSet
        {
            Learn = table,
            Features = ["one", "other"],
            Target = "claims",
            Exposure = "years",
        };
        GlmOptions options = new() { Family = Family.Poisson, Terms = [new FactorTerm("one"), new FactorTerm("other")] };

        var whole = new GlmTrainer(options).Fit(set);
        var streamed = new GlmTrainer(options).FitStreamed(set, [table], new() { ChunkRows = RowSpool.RowUnit });

        Assert.Equal(whole.Coefficients, streamed.Coefficients);
        Assert.Equal(whole.Deviance, streamed.Deviance);
    }

    [Fact]
    public void Splines_orthogonal_polynomials_and_numbers_as_factors_give_the_same_bits()
    {
        Term[] terms =
        [
            new NaturalSplineTerm("age") { DegreesOfFreedom = 5 },
            new BSplineTerm("value") { DegreesOfFreedom = 6 },
            new PolynomialTerm("size", 2) { Orthogonal = true },
            new FactorTerm("size") { Label = "sizes" },
            new FactorTerm("zone"),
            new InteractionTerm(new FactorTerm("zone"), new PolynomialTerm("age", 2)),
        ];
        AssertSame(new() { Terms = terms }, Books.Cases[0].Set(Book));
    }

    [Fact]
    public void Missing_values_controls_offsets_and_rows_of_no_weight_give_the_same_bits()
    {
        var ages = Book.Numeric("age").Values.ToArray();
        var weights = Book.Numeric("size").Values.ToArray();
        for (var row = 0; row < Rows; row += 7)
            (ages[row], weights[row * 2 % Rows]) = (double.NaN, 0);
        int[] zones = [.. Book.Categorical("zone").Codes.ToArray().Select((code, row) => row % 11 == 0 ? -1 : code)];
        var learn = Book.With(new NumericColumn("age", ages))
            .With(new NumericColumn("weight", weights))
            .With(new NumericColumn("known", [.. ages.Select(age => double.IsNaN(age) ? 0.1 : 0)]))
            .With(new CategoricalColumn("zone", zones, Book.Categorical("zone").Levels));
        var options = new GlmOptions
        {
            Terms =
            [
                new FactorTerm("zone"),
                new BandedTerm("age", [30, 60]),
                new NumericTerm("age") { WhenMissing = ValueRule.Replace("40"), Label = "age itself" },
                new FactorTerm("garage"),
            ],
            Controls = new Dictionary<string, string> { ["garage"] = "true" },
        };
        AssertSame(options, Books.Cases[0].Set(learn) with { Weight = "weight", Offset = "known" });
    }

    [Theory]
    [InlineData("tweedie")]
    [InlineData("negbinomial")]
    public void An_estimated_shape_gives_the_same_bits(string family)
    {
        var isTweedie = family == "tweedie";
        var options = new GlmOptions { Family = Family.Parse(family), Terms = [new FactorTerm("zone"), new NumericTerm("age")] };
        var set = Books.Cases[0].Set(Book) with { Target = isTweedie ? "premium" : "claims" };
        AssertSame(options, set);
    }

    [Theory]
    [InlineData(ErrorKind.Robust)]
    [InlineData(ErrorKind.RobustScaled)]
    [InlineData(ErrorKind.RobustJackknife)]
    public void Robust_errors_profiles_and_ratio_tests_give_the_same_bits(ErrorKind errors)
    {
        var options = new GlmOptions
        {
            Terms = [new FactorTerm("zone"), new NumericTerm("age")],
            Errors = errors,
            ProfileIntervals = true,
            LikelihoodRatioTests = true,
        };
        AssertSame(options, Books.Cases[0].Set(Book));
    }

    [Fact]
    public void Bias_reduction_gives_the_same_bits() =>
        AssertSame(
            new() { Terms = [new FactorTerm("zone"), new NumericTerm("age")], BiasReduction = true },
            Books.Cases[0].Set(Book)
        );

    [Fact]
    public void Aliased_and_constant_columns_and_levels_without_claims_are_found_alike()
    {
        var ages = Book.Numeric("age").Values.ToArray();
        var claims = Book.Numeric("claims").Values.ToArray();
        var zones = Book.Categorical("zone").Codes.ToArray();
        for (var row = 0; row < Rows; row++)
            claims[row] = zones[row] == 2 ? 0 : claims[row];
        var learn = Book.With(new NumericColumn("months", [.. ages.Select(age => 12 * age)]))
            .With(new NumericColumn("one", [.. ages.Select(_ => 7.0)]))
            .With(new NumericColumn("claims", claims));
        Term[] terms =
        [
            new FactorTerm("zone"),
            new NumericTerm("age"),
            new NumericTerm("months"),
            new NumericTerm("one"),
            new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age")),
        ];
        var fit = AssertSame(new() { Terms = terms }, Books.Cases[0].Set(learn));

        Assert.True(fit.Find("months")!.IsAliased);
        Assert.True(fit.Find("zone[coast]")!.IsUnbounded);
        Assert.Contains(fit.Notes, note => note.StartsWith("'one' has one value in all rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 8192, 500)]
    [InlineData(3, 8192, 20_000)]
    [InlineData(2, 16_384, 7)]
    [InlineData(2, 131_072, 8192)]
    public void Threads_chunks_and_batches_change_no_bit(int threads, int chunkRows, int batch)
    {
        var options = new GlmOptions { Terms = Books.AllTerms };
        var set = Books.Cases[0].Set(Book);
        var expected = new GlmTrainer(options with { Threads = 1 }).Fit(set);
        var actual = new GlmTrainer(options with { Threads = threads }).FitStreamed(
            set,
            Batches(Book, batch),
            new() { ChunkRows = chunkRows }
        );
        AssertSame(expected, actual);
    }

    [Fact]
    public void Levels_may_grow_from_batch_to_batch()
    {
        Table Batch(string[] levels, double[] claims) =>
            new([PenalisedOracles.Category("zone", levels), new NumericColumn("claims", claims)]);
        var (first, second) = (Batch(["b", "a", "b"], [1, 0, 2]), Batch(["c", "a", "c"], [1, 1, 0]));
        var roles = new TrainingSet
        {
            Learn = first,
            Features = ["zone"],
            Target = "claims",
        };
        var fit = new GlmTrainer(new()).FitStreamed(roles, [first, second]);

        Assert.Equal(["a", "b", "c"], fit.Relativities[0].Levels.Select(level => level.Level));
        Assert.Equal([1, 3, 1], fit.Relativities[0].Levels.Select(level => level.Observed));
    }

    [Fact]
    public void What_needs_rows_afterwards_says_that_they_are_gone()
    {
        var fit = new GlmTrainer(new() { Terms = [new FactorTerm("zone")] }).FitStreamed(Books.Cases[0].Set(Book), [Book], Small);
        const string expected =
            "HLY2125: a streamed fit keeps no rows, so it has no residuals, leverages or clustered errors. "
            + "Fit in memory, on a sample of the rows if need be.";

        Assert.Equal(expected, Assert.Throws<HalleyException>(() => fit.Inference.Diagnostics()).Message);
        Assert.Equal(expected, Assert.Throws<HalleyException>(() => fit.Inference.Covariance(ErrorKind.Robust)).Message);
    }

    [Fact]
    public void The_file_of_rows_has_no_name_for_a_killed_process_to_leave_behind()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"halley-stream-test-{Guid.NewGuid():N}");
        var during = 0;
        IEnumerable<Table> Watched()
        {
            yield return Book;
            during = Directory.GetFiles(folder).Length;
        }
        try
        {
            new GlmTrainer(new() { Terms = [new FactorTerm("zone")] }).FitStreamed(
                Books.Cases[0].Set(Book),
                Watched(),
                new() { Folder = folder }
            );
            // Windows keeps the name until the file is closed.
            Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, during);
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("policy")]
    [InlineData("zone")]
    public void Clustered_errors_give_the_same_bits(string cluster)
    {
        // Rows without a policy are clusters of their own; rows without weight make no cluster.
        var weights = Book.Numeric("size").Values.ToArray();
        for (var row = 0; row < Rows; row += 5)
            weights[row] = 0;
        var learn = Book.With(Groups("policy", Rows, row => row % 9 == 0 ? -1 : row / 4))
            .With(new NumericColumn("weight", weights));
        var options = new GlmOptions
        {
            Terms = [new FactorTerm("zone"), new SmoothTerm("age") { Size = 5 }],
            Errors = ErrorKind.Clustered,
            Cluster = cluster,
        };
        AssertSame(options, Books.Cases[0].Set(learn) with { Weight = "weight" });
    }

    [Fact]
    public void A_single_cluster_is_refused()
    {
        var options = new GlmOptions
        {
            Errors = ErrorKind.Clustered,
            Cluster = "one",
            Terms = [new FactorTerm("zone")],
        };
        var learn = Book.With(new NumericColumn("one", new double[Rows]));
        Assert.StartsWith(
            "HLY2115: cluster column 'one' has one value",
            Assert
                .Throws<HalleyException>(() => new GlmTrainer(options).FitStreamed(Books.Cases[0].Set(learn), [learn], Small))
                .Message,
            StringComparison.Ordinal
        );
    }
}
