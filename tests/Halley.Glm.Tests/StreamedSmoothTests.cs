using Halley.Data;
using Halley.Statistics;
using static Halley.Glm.Tests.StreamedBooks;

namespace Halley.Glm.Tests;

/// <summary>Terms whose smoothing is chosen by REML, fitted in passes over rows outside memory: the very fit of the same rows in a table.</summary>
public class StreamedSmoothTests
{
    /// <summary>Two chunks of a block each, and a part of one.</summary>
    const int Rows = 20_000;

    static Table Book => field ??= Coarse(Books.Motor(Rows));

    /// <summary>Ages in steps of five and values of two thousand: sums of few bins are short enough for chunks of one block.</summary>
    static Table Coarse(Table book)
    {
        double[] Steps(string column, double step) =>
            [.. book.Numeric(column).Values.ToArray().Select(value => Math.Round(value / step))];
        return book.With(new NumericColumn("age", Steps("age", 5))).With(new NumericColumn("value", Steps("value", 2000)));
    }

    static Term[] Terms =>
        [
            new FactorTerm("fuel"),
            new SmoothTerm("age") { Size = 8 },
            new SmoothTerm("value") { Basis = SmoothKind.PSpline, Size = 7 },
            new CredibilityTerm("zone"),
            new NumericTerm("size"),
        ];

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(17)]
    public void Smooths_and_credibility_give_the_same_bits(int index)
    {
        var which = Books.Cases[index];
        var fit = AssertSame(which.Options(Terms), which.Set(Book));
        Assert.True(fit.Converged);
        Assert.All(fit.Smooths, smooth => Assert.True(smooth.IsChosen));
    }

    [Fact]
    public void Territories_curves_by_level_and_given_weights_give_the_same_bits()
    {
        Term[] terms =
        [
            new NeighbourTerm("zone", Books.Ring),
            new FactorTerm("fuel"),
            new SmoothTerm("age") { Size = 6, By = new FactorTerm("fuel") },
            new SmoothTerm("value") { Size = 6, Lambda = 3 },
        ];
        AssertSame(Books.Cases[0].Options(terms), Books.Cases[0].Set(Book));
    }

    [Fact]
    public void Missing_values_and_rows_of_no_weight_give_the_same_bits()
    {
        var ages = Book.Numeric("age").Values.ToArray();
        var weights = Book.Numeric("size").Values.ToArray();
        for (var row = 0; row < Rows; row += 7)
            (ages[row], weights[row * 2 % Rows]) = (double.NaN, 0);
        var learn = Book.With(new NumericColumn("age", ages)).With(new NumericColumn("weight", weights));
        var options = Books
            .Cases[0]
            .Options(new SmoothTerm("age") { Size = 7, WhenMissing = ValueRule.Replace("7.5") }, new FactorTerm("zone"));
        AssertSame(options, Books.Cases[0].Set(learn) with { Weight = "weight" });
    }

    [Fact]
    public void An_estimated_shape_beside_a_smooth_gives_the_same_bits()
    {
        var options = new GlmOptions
        {
            Family = Family.NegativeBinomialEstimated,
            Terms = [new SmoothTerm("age") { Size = 6 }, new FactorTerm("zone")],
        };
        AssertSame(options, Books.Cases[0].Set(Book));
    }

    [Fact]
    public void Errors_profiles_and_ratio_tests_beside_a_smooth_give_the_same_bits()
    {
        var options = Books.Cases[0].Options(new SmoothTerm("age") { Size = 5 }, new FactorTerm("zone")) with
        {
            Errors = ErrorKind.RobustJackknife,
            ProfileIntervals = true,
            LikelihoodRatioTests = true,
        };
        AssertSame(options, Books.Cases[0].Set(Book));
    }

    [Theory]
    [InlineData(1, 8192, 500)]
    [InlineData(3, 8192, 20_000)]
    [InlineData(2, 16_384, 7777)]
    [InlineData(2, 131_072, 8192)]
    public void Threads_chunks_and_batches_change_no_bit(int threads, int chunkRows, int batch)
    {
        var (options, set) = (Books.Cases[0].Options(Terms), Books.Cases[0].Set(Book));
        var actual = new GlmTrainer(options with { Threads = threads }).FitStreamed(
            set,
            Batches(Book, batch),
            new() { ChunkRows = chunkRows }
        );
        AssertSame(new GlmTrainer(options with { Threads = 1 }).Fit(set), actual);
    }

    /// <summary>Sums by a thousand bins are long, so that blocks are, and chunks of the size that is used.</summary>
    [Fact]
    public void A_covariate_of_many_values_is_rounded_to_the_same_bins()
    {
        const int rows = 140_000;
        var table = Books.Motor(rows);
        var random = new Halley.Kernels.DeterministicRandom(3);
        double[] distances = [.. Enumerable.Range(0, rows).Select(_ => 100 * random.NextDouble())];
        var learn = table.With(new NumericColumn("distance", distances));
        var options = Books.Cases[0].Options(new SmoothTerm("distance") { Size = 6 }, new FactorTerm("zone"));
        var set = Books.Cases[0].Set(learn);
        AssertSame(new GlmTrainer(options).Fit(set), new GlmTrainer(options).FitStreamed(set, Batches(learn, 50_000)));
    }
}
