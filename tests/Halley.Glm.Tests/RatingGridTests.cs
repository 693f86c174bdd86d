using Halley.Data;

namespace Halley.Glm.Tests;

public class RatingGridTests
{
    static Term[] Terms =>
        [
            new FactorTerm("zone") { Base = "coast" },
            new FactorTerm("garage"),
            new BandedTerm("age", [30, 60]) { Label = "age band" },
            new NumericTerm("age"),
        ];

    /// <summary>Ages in tens, so that rows are alike.</summary>
    static Table Book(int rows) =>
        Books.Motor(rows) is var book
            ? book.With(
                new NumericColumn("age", [.. book.Numeric("age").Values.ToArray().Select(age => Math.Floor(age / 10) * 10)])
            )
            : book;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void A_grid_has_the_coefficients_of_its_rows(int index)
    {
        var (which, book) = (Books.Cases[index], Book(4000));
        var rows = which.Fit(book, Terms);
        var grid = GridOf(which, book, 700);

        Assert.Equal(4000, grid.RowCount);
        Assert.True(grid.CellCount < 100, $"{grid.CellCount} cells");
        var cells = new GlmTrainer(which.Options(Terms)).Fit(grid.ToTrainingSet());
        foreach (var coefficient in rows.Coefficients)
        {
            var own = cells.Find(coefficient.Name)!;
            Assert.Equal(coefficient.Estimate, own.Estimate, 1e-9 * Math.Max(1, Math.Abs(coefficient.Estimate)));
            if (which.Family.FixedDispersion)
                Assert.Equal(coefficient.StandardError, own.StandardError, 1e-9);
        }
    }

    [Fact]
    public void A_penalised_rate_is_the_same_on_the_grid()
    {
        var (which, book) = (Books.Cases[0], Book(3000));
        var options = which.Options(Terms) with
        {
            Penalty = new()
            {
                Strength = 0.01,
                L1Ratio = 0.5,
                Scale = PenaltyScale.None,
            },
        };
        var set = which.Set(book) with { ExposureUse = ExposureUse.Rate };
        var grid = new RatingGrid(set, options);
        grid.Add(book);
        var (rows, cells) = (new GlmTrainer(options).Fit(set), new GlmTrainer(options).Fit(grid.ToTrainingSet()));

        foreach (var coefficient in rows.Coefficients)
            Assert.Equal(coefficient.Estimate, cells.Find(coefficient.Name)!.Estimate, 1e-9);
    }

    [Fact]
    public void Batches_with_other_levels_and_missing_values_meet_in_one_grid()
    {
        Table Batch(string[] levels, double[] x) =>
            new([
                PenalisedOracles.Category("zone", levels),
                new NumericColumn("x", x),
                new NumericColumn("claims", [.. x.Select(_ => 1.0)]),
            ]);
        var roles = new TrainingSet
        {
            Learn = Batch(["a"], [1]),
            Features = ["zone", "x"],
            Target = "claims",
        };
        var grid = new RatingGrid(roles, new());
        grid.Add(Batch(["b", "a", "b"], [1, double.NaN, 1]));
        grid.Add(Batch(["c", "a"], [1, double.NaN]));
        var learn = grid.ToTrainingSet().Learn;

        Assert.Equal(3, grid.CellCount);
        Assert.Equal(["b", "a", "c"], Enumerable.Range(0, 3).Select(learn["zone"].TextAt));
        Assert.Equal([2, 2, 1], learn.Numeric(RatingGrid.WeightColumn).Values.ToArray());
        Assert.True(learn["x"].IsMissing(1));
    }

    [Fact]
    public void A_bad_target_is_named_by_its_row_over_all_batches()
    {
        var book = Book(10);
        var bad = book.With(new NumericColumn("claims", [0, 0, -1, 0, 0, 0, 0, 0, 0, 0]));
        var grid = new RatingGrid(Books.Cases[0].Set(book), Books.Cases[0].Options(Terms));
        grid.Add(book);
        var fault = Assert.Throws<HalleyException>(() => grid.Add(bad));

        Assert.StartsWith(
            "HLY2102: target column 'claims', row 13: -1 is outside the domain y ≥ 0 of the poisson family.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    static RatingGrid GridOf(Books.Case which, Table book, int batch)
    {
        var grid = new RatingGrid(which.Set(book), which.Options(Terms));
        for (var start = 0; start < book.RowCount; start += batch)
            grid.Add(book.Take([.. Enumerable.Range(start, Math.Min(batch, book.RowCount - start))]));
        return grid;
    }
}
