using CsCheck;

namespace Halley.Data.Tests;

public class RowSplitTests
{
    static Table Book(int rows, int vehicles = 1) =>
        new([
            new TextColumn("policy", [.. Enumerable.Range(0, rows).Select(row => $"P{row / vehicles}")]),
            new NumericColumn("row", [.. Enumerable.Range(0, rows).Select(row => (double)row)]),
        ]);

    static string[] Policies(Table table, int[] rows) => [.. rows.Select(row => table["policy"].TextAt(row)!)];

    static void AssertEachRowOnce(RowParts parts, int rows) =>
        Assert.Equal(
            Enumerable.Range(0, rows),
            parts.Learn.Concat(parts.Validation).Concat(parts.Test).Concat(parts.LeftOut).Order()
        );

    [Fact]
    public void A_column_names_the_parts_and_other_values_are_left_out()
    {
        var table = new Table([new CategoricalColumn("split", [0, 1, 2, 3, -1, 0], new(["learn", "valid", "test", "later"]))]);

        var parts = RowSplit.ByColumn(table, "split", ["learn"], ["valid"], ["test"]);

        Assert.Equal([0, 5], parts.Learn);
        Assert.Equal([1], parts.Validation);
        Assert.Equal([2], parts.Test);
        Assert.Equal([3, 4], parts.LeftOut);
    }

    [Fact]
    public void A_numeric_column_can_name_the_parts_too()
    {
        var table = new Table([new NumericColumn("fold", [1, 2, 3, 1])]);

        Assert.Equal([1, 2], RowSplit.ByColumn(table, "fold", ["2", "3"], [], ["1"]).Learn);
    }

    [Fact]
    public void A_split_that_leaves_nothing_to_learn_on_is_refused()
    {
        var table = new Table([new CategoricalColumn("split", [0], new(["test"]))]);

        Assert.Equal(
            "HLY1301: the split leaves none of 1 rows to learn on. Learn on values that column 'split' has: it is not 'learn' in any row.",
            Assert.Throws<HalleyException>(() => RowSplit.ByColumn(table, "split", ["learn"], [], ["test"])).Message
        );
    }

    [Fact]
    public void A_value_that_stands_for_two_parts_is_refused() =>
        Assert.Equal(
            "HLY1302: 'P0' of 'policy' stands for two parts. Name it for one of them.",
            Assert.Throws<HalleyException>(() => RowSplit.ByColumn(Book(1), "policy", ["P0"], [], ["P0"])).Message
        );

    [Fact]
    public void Random_shares_are_about_as_asked_and_differ_by_seed()
    {
        var table = Book(100_000);

        var parts = RowSplit.ById(table, ["policy"], 0.2, 0.1, seed: 1);

        AssertEachRowOnce(parts, table.RowCount);
        // Five standard deviations of a binomial share.
        Assert.InRange(parts.Test.Length, 10_000 - 475, 10_000 + 475);
        Assert.InRange(parts.Validation.Length, 20_000 - 633, 20_000 + 633);
        Assert.NotEqual(parts.Test, RowSplit.ById(table, ["policy"], 0.2, 0.1, seed: 2).Test);
    }

    [Fact]
    public void Rows_of_one_id_stay_together()
    {
        var table = Book(3000, vehicles: 3);

        var parts = RowSplit.ById(table, ["policy"], 0.3, 0.3, seed: 5);

        Assert.Empty(Policies(table, parts.Learn).Intersect(Policies(table, parts.Test)));
        Assert.Empty(Policies(table, parts.Learn).Intersect(Policies(table, parts.Validation)));
        Assert.NotEmpty(parts.Test);
    }

    [Fact]
    public void A_part_depends_on_neither_order_nor_other_rows() =>
        Gen.Int[0, 1000]
            .Array[200]
            .Sample(rows =>
            {
                var whole = Book(1001);
                var some = whole.Take(rows);
                var wholeTest = Policies(whole, RowSplit.ById(whole, ["policy"], 0, 0.5, 9).Test).ToHashSet();
                var someTest = Policies(some, RowSplit.ById(some, ["policy"], 0, 0.5, 9).Test);
                return someTest.All(wholeTest.Contains) && someTest.Length == rows.Count(row => wholeTest.Contains($"P{row}"));
            });

    [Fact]
    public void An_id_may_be_several_columns_and_a_number_counts_as_its_text()
    {
        var numbers = new Table([new NumericColumn("a", [1, 1, 2]), new NumericColumn("b", [2, 3, 1])]);
        var texts = new Table([new TextColumn("a", ["1", "1", "2"]), new TextColumn("b", ["2", "3", "1"])]);

        var keys = StableKeys.OfRows(numbers, ["a", "b"]);

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys, StableKeys.OfRows(texts, ["a", "b"]));
    }

    [Fact]
    public void Without_an_id_each_row_is_drawn()
    {
        var parts = RowSplit.ById(Book(1000, vehicles: 1000), [], 0, 0.5, seed: 3);

        Assert.InRange(parts.Test.Length, 400, 600);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(-0.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    public void Shares_that_leave_nothing_are_refused(double validation, double test) =>
        Assert.Throws<ArgumentException>(() => RowSplit.ById(Book(10), [], validation, test, 1));

    [Fact]
    public void Time_puts_later_rows_into_later_parts()
    {
        var day = new DateOnly(2024, 1, 1);
        int[] days = [day.DayNumber - 1, day.DayNumber, day.DayNumber + 30, day.DayNumber + 31, -1];
        var table = new Table([new DateColumn("start", days)]);

        var parts = RowSplit.ByTime(table, "start", day, day.AddDays(31));

        Assert.Equal([0], parts.Learn);
        Assert.Equal([1, 2], parts.Validation);
        Assert.Equal([3], parts.Test);
        Assert.Equal([4], parts.LeftOut);
        Assert.Empty(RowSplit.ByTime(table, "start", null, day.AddDays(31)).Validation);
        Assert.Throws<ArgumentException>(() => RowSplit.ByTime(table, "start", day, day));
    }

    [Fact]
    public void Folds_are_of_about_equal_size_keep_ids_together_and_cut_across_parts()
    {
        var table = Book(60_000, vehicles: 2);

        var folds = RowSplit.Folds(table, ["policy"], 5, seed: 1);

        Assert.Equal(5, folds.Distinct().Count());
        Assert.All(folds.CountBy(fold => fold), count => Assert.InRange(count.Value, 11_400, 12_600));
        Assert.True(Enumerable.Range(0, 30_000).All(policy => folds[2 * policy] == folds[2 * policy + 1]));
        var test = RowSplit.ById(table, ["policy"], 0, 0.2, seed: 1).Test;
        Assert.Equal(5, test.Select(row => folds[row]).Distinct().Count());
    }

    [Fact]
    public void Parts_become_tables()
    {
        var table = Book(4);

        var (learn, validation, test) = new RowParts([0, 2], [], [3], [1]).Of(table);

        Assert.Equal([0, 2], learn.Numeric("row").Values);
        Assert.Null(validation);
        Assert.Equal([3], test.Numeric("row").Values);
    }

    [Fact]
    public void The_published_french_split_is_found()
    {
        var table = CsvReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"));

        var parts = RowSplit.ByColumn(table, "split", ["learn"], [], ["test"]);

        Assert.Equal((610_206, 67_801, 0), (parts.Learn.Length, parts.Test.Length, parts.LeftOut.Length));
    }
}
