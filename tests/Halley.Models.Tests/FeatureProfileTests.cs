using CsCheck;
using Halley.Data;

namespace Halley.Models.Tests;

public class FeatureProfileTests
{
    static double[] Ones(int rows) => [.. Enumerable.Repeat(1.0, rows)];

    [Fact]
    public void Percentiles_are_the_smallest_values_that_a_share_does_not_exceed()
    {
        double[] days = [1, 2, 2, 3, 4, 5, 6, 7, 8, 31];
        var profile = FeatureProfiler.Of(new NumericColumn("days", days), Ones(10));
        Assert.Equal(1, profile.Quantile(0));
        Assert.Equal(4, profile.Quantile(0.5));
        Assert.Equal(4, profile.Typical);
        Assert.Equal(8, profile.Quantile(0.9));
        Assert.Equal(31, profile.Quantile(0.91));
        Assert.Equal(31, profile.Quantile(1));
        Assert.Equal(0.9, profile.ShareAtMost(8));
        Assert.Equal(0.9, profile.ShareAtMost(30));
        Assert.Equal(1, profile.ShareAtMost(31));
        Assert.Equal(0, profile.ShareAtMost(0.5));
    }

    [Fact]
    public void Percentiles_agree_with_a_plain_count() =>
        Gen.Select(Gen.Int[0, 30].Array[1, 300], Gen.Int[0, 100])
            .Sample(
                (values, percent) =>
                {
                    var profile = FeatureProfiler.Of(
                        new NumericColumn("x", Array.ConvertAll(values, value => (double)value)),
                        Ones(values.Length)
                    );
                    var plain = values
                        .Order()
                        .First(value => values.Count(other => other <= value) * 100 >= percent * values.Length);
                    return profile.Quantile(percent / 100.0) == plain;
                }
            );

    [Fact]
    public void Weight_two_equals_the_row_twice()
    {
        var once = FeatureProfiler.Of(new NumericColumn("x", [5, 1, 9]), [2, 1, 3]);
        var twice = FeatureProfiler.Of(new NumericColumn("x", [5, 5, 1, 9, 9, 9]), Ones(6));
        Assert.Equal(twice.Percentiles, once.Percentiles);
    }

    [Fact]
    public void Missing_values_are_a_share_of_their_own()
    {
        var profile = FeatureProfiler.Of(new NumericColumn("x", [double.NaN, 2, 4, double.NaN]), [1, 1, 1, 5]);
        Assert.Equal(0.75, profile.MissingShare);
        Assert.Equal(2, profile.Quantile(0.5));
        var none = FeatureProfiler.Of(new NumericColumn("x", [double.NaN]), Ones(1));
        Assert.Equal(1, none.MissingShare);
        Assert.Null(none.Typical);
        Assert.Null(none.Quantile(0.5));
        Assert.Null(none.ShareAtMost(1));
    }

    [Fact]
    public void Levels_have_shares_and_the_commonest_is_typical()
    {
        var column = new CategoricalColumn("c", [0, 2, 2, -1], new(["a", "b", "c"]));
        var profile = FeatureProfiler.Of(column, [1, 1, 2, 4]);
        Assert.Equal([0.25, 0, 0.75], profile.LevelShares!);
        Assert.Equal(2, profile.Typical);
        Assert.Equal(0.5, profile.MissingShare);
        Assert.Null(profile.Quantile(0.5));
        Assert.Equal([0.5, 0.5], FeatureProfiler.Of(new BooleanColumn("b", [0, 1]), Ones(2)).LevelShares!);
    }
}
