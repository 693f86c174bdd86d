namespace Halley.Boosting.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits(withoutAvx2: true);

    [Fact]
    [Trait("Category", "Determinism")]
    public void A_fit_and_its_scores_leave_their_bits()
    {
        var (learn, validation) = (Books.Motor(6000), Books.Motor(2000, 2));
        var fit = new BoostingTrainer(
            new()
            {
                Rounds = 15,
                RowShare = 0.7,
                ColumnShare = 0.7,
            }
        ).Fit(Books.Set(learn, validation));

        Fingerprint.Record("model", Scores.Bytes(fit.Trees));
        Fingerprint.Record("scores", Scores.Of(fit.Trees, validation));
        Fingerprint.Record(
            "curve",
            [.. fit.Curve.Select(point => point.Learn), .. fit.Curve.Select(point => point.Validation!.Value)]
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_change_no_byte(int threads)
    {
        // Many blocks, and more rows than an accumulator holds, so that blocks are shared out and added up in any order.
        var set = Books.Set(Books.Motor(16 * HistogramBuilder.BlockRows + 777), Books.Motor(9000, 2));
        var options = new BoostingOptions
        {
            Rounds = 8,
            RowShare = 0.9,
            Patience = 3,
        };

        var one = new BoostingTrainer(options) { Threads = 1 }.Fit(set);
        var many = new BoostingTrainer(options) { Threads = threads }.Fit(set);

        Assert.Equal(Scores.Bytes(one.Trees), Scores.Bytes(many.Trees));
        Assert.Equal(one.Curve, many.Curve);
    }

    [Fact]
    public void Row_order_changes_rounding_only()
    {
        var book = Books.Motor(3000);
        var options = new BoostingOptions { Rounds = 10, QuantisedGradients = false };

        var (plain, turned) = (
            new BoostingTrainer(options).Fit(Books.Set(book)),
            new BoostingTrainer(options).Fit(Books.Set(book.Take([.. Enumerable.Range(0, 3000).Reverse()])))
        );

        var (expected, actual) = (Scores.Of(plain.Trees, book), Scores.Of(turned.Trees, book));
        for (var row = 0; row < 3000; row++)
            Assert.Equal(expected[row], actual[row], 1e-10);
    }
}
