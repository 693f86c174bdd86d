using CsCheck;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class BinningTests
{
    [Fact]
    public void Each_distinct_value_has_a_bin_where_they_fit()
    {
        var bins = (NumberBins)Build([3, -0.0, 1, 1, double.NaN, 0, 3], maximumBins: 3);

        Assert.Equal(3, bins.ValueBins);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3], new[] { -5, 0.5, 0.6, 2, 2.1, 99, double.NaN }.Select(bins.BinOf));
        Assert.Equal([0.5, 2, double.PositiveInfinity], Enumerable.Range(0, 3).Select(bins.UpperBound));
    }

    [Fact]
    public void A_value_falls_into_the_bin_of_the_cuts_below_it() =>
        Gen.Double[-10, 10]
            .Array[1, 60]
            .Sample(cuts =>
            {
                Array.Sort(cuts);
                var bins = new NumberBins(new("x", FieldKind.Number), cuts);
                return cuts.Concat([-11, 0, 11]).All(x => bins.BinOf(x) == cuts.Count(cut => cut < x));
            });

    [Fact]
    public void A_column_is_encoded_as_its_values_are_one_by_one() =>
        Gen.Select(Gen.Double[-3, 3].Array[0, 300], Gen.Int[0, 9].Array[1, 1500])
            .Sample(
                (cuts, numbers) =>
                {
                    cuts = [.. cuts.Select(cut => Math.Round(cut, 2)).Distinct().Order()];
                    var values = Array.ConvertAll(numbers, number => number == 9 ? double.NaN : 0.75 * number - 3);
                    var bins = new NumberBins(new("x", FieldKind.Number), cuts);
                    var encoded = new ushort[values.Length];
                    bins.Encode(new NumericColumn("x", values), 0, encoded);
                    return values.Select(bins.BinOf).SequenceEqual(encoded.Select(bin => (int)bin));
                }
            );

    [Fact]
    public void Features_may_be_added_to_a_table_later()
    {
        var random = new DeterministicRandom(12);
        Column[] columns =
        [
            .. new[] { 3, 40, 2, 5, 400 }.Select(
                (levels, i) =>
                    (Column)new NumericColumn($"x{i}", [.. Enumerable.Range(0, 9000).Select(_ => (double)random.NextInt(levels))])
            ),
        ];
        var (book, own) = (new Table(columns), new Table([columns[0], columns[2], columns[3]]));
        string[] order = ["x0", "x2", "x3", "x1", "x4"];
        var bins = new BinBuilder(500, null).Build(book, order, 1, default);

        var added = BinnedTable.Of(own, bins, 2, default).With(new Table([columns[1], columns[4]]), 2, default);

        var whole = BinnedTable.Of(book, bins, 1, default);
        Assert.Equal(whole.Narrow, added.Narrow);
        Assert.Equal(whole.Wide(0), added.Wide(0));
    }

    [Fact]
    public void Quantile_bins_hold_about_equal_mass()
    {
        var random = new DeterministicRandom(5);
        var values = Enumerable.Range(0, 20_000).Select(_ => random.NextNormal()).ToArray();

        var bins = (NumberBins)Build(values, maximumBins: 50);

        var counts = values.GroupBy(bins.BinOf).Select(group => group.Count()).ToArray();
        Assert.Equal(50, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 380, 420));
    }

    [Fact]
    public void A_heavy_value_has_its_own_bin_and_the_others_share_the_rest()
    {
        var values = Enumerable.Range(0, 1000).Select(i => i < 700 ? 0.0 : i).ToArray();

        var bins = (NumberBins)Build(values, maximumBins: 31);

        Assert.Equal(700, values.Count(value => bins.BinOf(value) == 0));
        Assert.All(values.Where(value => value > 0).GroupBy(bins.BinOf), bin => Assert.InRange(bin.Count(), 9, 11));
    }

    [Fact]
    public void Weighted_bins_share_out_weight()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (double)i).ToArray();
        var weight = values.Select(value => value < 100 ? 9.0 : 1.0).ToArray();
        var column = new NumericColumn("x", values);

        var bins = (NumberBins)new BinBuilder(18, weight).Build(new([column]), ["x"], 1, default)[0];

        Assert.Equal(9, bins.BinOf(100));
    }

    [Fact]
    public void Large_columns_are_cut_by_a_sample()
    {
        var random = new DeterministicRandom(6);
        var values = Enumerable.Range(0, 2 * BinBuilder.SampleRows).Select(_ => random.NextDouble()).ToArray();

        var bins = (NumberBins)Build(values, maximumBins: 10);

        for (var bin = 0; bin < 9; bin++)
            Assert.Equal((bin + 1) / 10.0, bins.UpperBound(bin), 0.005);
    }

    [Fact]
    public void Adjoining_doubles_are_told_apart()
    {
        var above = Math.BitIncrement(1.0);

        var bins = (NumberBins)Build([1, above, 1, above], maximumBins: 2);

        Assert.Equal((0, 1), (bins.BinOf(1), bins.BinOf(above)));
    }

    [Fact]
    public void Levels_without_rows_and_levels_of_other_tables_count_as_missing()
    {
        var learn = new CategoricalColumn("c", [2, 0, -1, 2], new(["a", "b", "c"]));
        var other = new CategoricalColumn("c", [0, 1, 2, 3, -1], new(["c", "new", "b", "a"]));
        var bins = new BinBuilder(255, null).Build(new([learn]), ["c"], 1, default);

        var encoded = BinnedTable.Of(new([other]), bins, 1, default);

        Assert.Equal([1, 2, 2, 0, 2], Enumerable.Range(0, 5).Select(row => encoded.BinAt(0, row)));
    }

    [Fact]
    public void Many_levels_take_two_bytes_a_row()
    {
        var levels = new LevelList(Enumerable.Range(0, 300).Select(i => $"L{i}"));
        var column = new CategoricalColumn("c", [.. Enumerable.Range(0, 300)], levels);
        var bins = new BinBuilder(255, null).Build(new([column]), ["c"], 1, default);

        var encoded = BinnedTable.Of(new([column]), bins, 1, default);

        Assert.False(encoded.ColumnOf(0).IsNarrow);
        Assert.Equal(Enumerable.Range(0, 300), Enumerable.Range(0, 300).Select(row => encoded.BinAt(0, row)));
    }

    [Fact]
    public void Features_with_few_bins_share_a_column_and_keep_their_bins()
    {
        var book = Books.Motor(3000);
        var bins = new BinBuilder(255, null).Build(book, Books.Features, 1, default);

        var (shared, apart) = (BinnedTable.Of(book, bins, 2, default), BinnedTable.Of(book, bins, 1, default, share: false));

        Assert.Equal(5, apart.Columns.Length);
        Assert.True(shared.Columns.Length < 5);
        foreach (var feature in Enumerable.Range(0, 5))
        {
            for (var row = 0; row < 3000; row++)
                Assert.Equal(apart.BinAt(feature, row), shared.BinAt(feature, row));
        }
    }

    [Fact]
    public void The_largest_features_are_packed_first_and_codes_stay_below_256()
    {
        var columns = CodePacking.Of([255, 2, 6, 22, 11, 12, 300], share: true);

        Assert.Equal([300, 255, 242, 144], columns.Select(column => column.CodeCount));
        Assert.Equal([6], columns[0].Members.Select(member => member.Feature));
        Assert.Equal([3, 4], columns[2].Members.Select(member => member.Feature));
        Assert.Equal([5, 2, 1], columns[3].Members.Select(member => member.Feature));
        Assert.False(columns[0].IsNarrow);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("exposure")]
    public void Text_and_exposure_can_not_be_features(string kind)
    {
        Column column = kind == "text" ? new TextColumn("f", ["a"]) : new ExposureColumn("f", [1]);

        var error = Assert.Throws<HalleyException>(() => new BinBuilder(255, null).Build(new([column]), ["f"], 1, default));

        Assert.Equal(
            $"HLY2204: feature 'f' is of kind {kind}; trees split numbers, categories, booleans and dates. "
                + "Change its kind in the schema, or leave it out.",
            error.Message
        );
    }

    static FeatureBins Build(double[] values, int maximumBins) =>
        new BinBuilder(maximumBins, null).Build(new([new NumericColumn("x", values)]), ["x"], 1, default)[0];
}
