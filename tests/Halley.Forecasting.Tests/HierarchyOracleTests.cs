using Halley.Data;

namespace Halley.Forecasting.Tests;

/// <summary>Reconciliation against hierarchicalforecast 1.5.3, non-negative against exact solutions.</summary>
public class HierarchyOracleTests
{
    [Theory]
    [InlineData("bottom_up", ReconciliationMethod.BottomUp)]
    [InlineData("top_down_average_proportions", ReconciliationMethod.TopDownShares)]
    [InlineData("top_down_proportion_averages", ReconciliationMethod.TopDownTotals)]
    [InlineData("min_trace_ols", ReconciliationMethod.Ols)]
    [InlineData("min_trace_wls_struct", ReconciliationMethod.Structural)]
    [InlineData("min_trace_wls_var", ReconciliationMethod.Variance)]
    [InlineData("min_trace_mint_shrink", ReconciliationMethod.Shrink)]
    [InlineData("min_trace_mint_cov", ReconciliationMethod.Covariance)]
    public void Each_method_agrees_with_the_oracle_and_adds_up(string name, ReconciliationMethod method)
    {
        var oracle = Oracle.Read("hierarchy");
        foreach (var (given, expected) in new[] { ("base", "results"), ("base_low", "results_low") })
        {
            var results = oracle.GetProperty(expected);
            Check(
                Rows(oracle.GetProperty(given)),
                Rows(results.GetProperty(name)),
                method,
                false,
                name == "min_trace_mint_shrink" ? 1e-8 : 1e-9
            );
            if (results.TryGetProperty(name + "_nonnegative_exact", out var exact))
                Check(Rows(oracle.GetProperty(given)), Rows(exact), method, true, 1e-8);
        }
    }

    [Fact]
    public void The_shrinkage_is_that_of_the_oracles_own_formula() =>
        Oracle.Near(
            Oracle.Read("hierarchy").Number("shrink_lambda_own"),
            ErrorCovariance.Shrunk(Errors()).Lambda,
            1e-9,
            "lambda"
        );

    [Fact]
    public void Bottom_series_out_of_order_are_refused()
    {
        var error = Assert.Throws<HalleyException>(() =>
            new Hierarchy(
                ["all", "b", "a"],
                [
                    [0, 1],
                    [1],
                    [0],
                ]
            )
        );
        Assert.Equal(
            "HLY2306: hierarchy: bottom series 1 of 2 does not stand alone at place 2. List the bottom series last, in order.",
            error.Message
        );
    }

    static void Check(double[][] forecasts, double[][] expected, ReconciliationMethod method, bool nonNegative, double tolerance)
    {
        var hierarchy = Tree();
        var reconciler = new Reconciler(
            hierarchy,
            method,
            Rows(Oracle.Read("hierarchy").GetProperty("in_sample")),
            Errors(),
            nonNegative
        );
        for (var h = 0; h < forecasts[0].Length; h++)
        {
            double[] step = [.. forecasts.Select(node => node[h])];
            var result = reconciler.Reconcile(step);
            Oracle.Near([.. expected.Select(node => node[h])], result, tolerance, $"{method} step {h}", 1e-3 * result[0]);
            Oracle.Near(hierarchy.AddUp(result.AsSpan()[^hierarchy.BottomCount..]), result, 1e-12, $"{method} sums");
            Assert.True(!nonNegative || result.Min() >= 0);
        }
    }

    static Hierarchy Tree()
    {
        var oracle = Oracle.Read("hierarchy");
        return new(
            [.. oracle.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)],
            [.. Rows(oracle.GetProperty("S")).Select(row => Enumerable.Range(0, row.Length).Where(i => row[i] == 1).ToArray())]
        );
    }

    static double[][] Errors()
    {
        var oracle = Oracle.Read("hierarchy");
        return
        [
            .. Rows(oracle.GetProperty("in_sample"))
                .Zip(Rows(oracle.GetProperty("in_sample_fitted")), (y, f) => y.Zip(f, (a, b) => a - b).ToArray()),
        ];
    }

    static double[][] Rows(System.Text.Json.JsonElement matrix) => [.. matrix.EnumerateArray().Select(row => row.Numbers())];
}
