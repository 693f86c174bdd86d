namespace Halley.Statistics.Tests;

public sealed class GroupResidualTests
{
    [Fact]
    public void A_group_has_its_totals_over_the_spread_that_the_model_expects()
    {
        double[] y = [2, 0, 1, 3];
        double[] mu = [1, 0.5, 2, 9];
        double[] weight = [1, 2, 1, 1];
        double[] size = [0.5, 1, 1, 9];

        var groups = Metrics.ResidualsByGroup(Family.Gamma, y, mu, weight, size, [1, 1, 0, -1], 3, dispersion: 4);

        // Gamma: V = mu². Group 1: (2 − 2·0.5 − 1)/√(4·(1 + 2·0.25)).
        Assert.Equal(new GroupResidual(0, 1, 1, 1, 2, -1 / Math.Sqrt(4 * 4)), groups[0]);
        Assert.Equal(new GroupResidual(1, 2, 1.5, 2, 2, 0), groups[1]);
        Assert.Equal(0, groups[2].RowCount);
        Assert.True(double.IsNaN(groups[2].Residual));
    }

    [Fact]
    public void Rows_of_one_key_share_a_group()
    {
        double[] key = [3, 1, 1, 2, 2, 2];
        double[] size = [1, 1, 1, 1, 1, 1];
        Assert.Equal([2, 0, 0, 1, 1, 1], Metrics.EqualSizeGroups(key, size, 3));
    }
}
