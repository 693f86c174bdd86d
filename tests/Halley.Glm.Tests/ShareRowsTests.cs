using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Eight rows at a time give what the family's formulas give row by row.</summary>
public class ShareRowsTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(61, true)]
    [InlineData(61, false)]
    [InlineData(512, false)]
    [InlineData(9001, true)]
    public void RowsAgreeWithTheFormulas(int count, bool isEven)
    {
        var random = new DeterministicRandom(4);
        var (y, w, eta) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            y[i] = i % 11 == 5 ? random.NextDouble() : Math.Round(random.NextDouble());
            w[i] = isEven ? 1.5 : 0.1 + random.NextDouble();
            eta[i] = 6 * random.NextNormal();
        }
        var (expected, u, h) = Plain(y, w, eta);

        var (mu, ownU, ownH) = (new double[count], new double[count], new double[count]);
        var sums = ShareRows.Fill(y, w, (double[])eta.Clone(), mu, ownU, ownH);

        Assert.Equal(expected.Deviance, sums.Deviance, 1e-13 * expected.Deviance);
        Assert.Equal(expected.Pearson, sums.Pearson, 1e-12 * expected.Pearson);
        Assert.Equal(0, sums.OutsideDomain);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(VectorMath.Logistic(eta[i]), mu[i]);
            Assert.Equal(u[i], ownU[i], 1e-14);
            Assert.Equal(h[i], ownH[i], 1e-14 * h[i]);
        }
    }

    [Fact]
    public void FarOutRowsKeepTheirDigits()
    {
        double[] y = [1, 0, 1, 0];
        double[] eta = [30, -30, -700, 700];
        var (u, h) = (new double[4], new double[4]);

        var sums = ShareRows.Fill(y, [1, 1, 1, 1], (double[])eta.Clone(), new double[4], u, h);

        // Two rows that are all but sure add 2·e^−30 each, the two that are wrong 1,400 each.
        var sure = ShareRows.Fill([1, 0], [1, 1], [30, -30], new double[2], new double[2], new double[2]);
        Assert.Equal(4 * VectorMath.LogOnePlus(Math.Exp(-30)), sure.Deviance, 1e-27);
        Assert.Equal(2800, sums.Deviance, 1e-9);
        Assert.Equal(Math.Exp(-30), u[0], 1e-26);
        Assert.Equal(Math.Exp(-30), h[1], 1e-25);
        Assert.Equal(1, u[2], 1e-15);
        Assert.Equal(-1, u[3], 1e-15);
    }

    [Fact]
    public void RowsOfMeanOneOrNoNumberAreCounted()
    {
        double[] eta = [800, double.NaN, 0];

        var sums = ShareRows.Fill([1, 1, 1], [1, 2, 3], eta, new double[3], new double[3], []);

        Assert.Equal(2, sums.OutsideDomain);
    }

    static (RowSums Sums, double[] U, double[] H) Plain(double[] y, double[] w, double[] eta)
    {
        var (deviance, pearson) = (0.0, 0.0);
        var (u, h) = (new double[y.Length], new double[y.Length]);
        for (var i = 0; i < y.Length; i++)
        {
            var (mean, rest) = (VectorMath.Logistic(eta[i]), VectorMath.Logistic(-eta[i]));
            u[i] = w[i] * (y[i] == 1 ? rest : y[i] - mean);
            h[i] = w[i] * mean * rest;
            pearson += u[i] * u[i] / h[i];
            deviance +=
                w[i] * (y[i] is 0 or 1 ? -2 * VectorMath.Log(y[i] == 1 ? mean : rest) : Family.Binomial.UnitDeviance(y[i], mean));
        }
        return (new(deviance, pearson, 0), u, h);
    }
}
