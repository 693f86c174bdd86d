using System.Globalization;
using System.IO.Compression;

namespace Halley.Statistics.Tests;

/// <summary>Figures of R 4.2.2 on public data: means of intercept-only fits, so that no solver stands between.</summary>
public sealed class RFiguresTests
{
    [Fact]
    public void The_null_models_of_french_claim_count_and_cost_have_Rs_figures()
    {
        var rows = Rows(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"), "ClaimNb", "ClaimTotal", "Exposure", "split");
        var (count, years) = (Column(rows, 0, "learn"), Column(rows, 2, "learn"));
        var (claimsAYear, costAYear) = (count.Sum() / years.Sum(), Column(rows, 1, "learn").Sum() / years.Sum());

        var mu = Scaled(years, claimsAYear);
        Compare.AssertNear(25.2131926812946, 100 * Metrics.MeanDeviancePerRow(Family.Poisson, count, mu), 1e-11);
        Compare.AssertNear(-99751.9918725409, Family.Poisson.LogLikelihood(count, mu), 1e-11);
        Compare.AssertNear(199505.983745082, Family.Poisson.Aic(count, mu, [], 1), 1e-11);
        Compare.AssertNear(1.71600946357715, Family.Poisson.PearsonStatistic(count, mu) / (count.Length - 1), 1e-11);

        var testMu = Scaled(Column(rows, 2, "test"), claimsAYear);
        var test = Metrics.MeanDeviancePerRow(Family.Poisson, Column(rows, 0, "test"), testMu);
        Compare.AssertNear(25.4454084444538, 100 * test, 1e-11);

        foreach (var (part, expected) in new[] { ("learn", 87.3237075498875), ("test", 86.2151205686183) })
        {
            var exposure = Column(rows, 2, part);
            var rate = Column(rows, 1, part).Zip(exposure, (total, year) => total / year).ToArray();
            var mean = Scaled([.. exposure.Select(_ => 1.0)], costAYear);
            Compare.AssertNear(expected, Metrics.MeanDeviance(Family.Tweedie(1.5), rate, mean, exposure), 1e-11);
        }
    }

    [Fact]
    public void The_null_model_of_the_french_claim_sizes_has_Rs_deviance()
    {
        var rows = Rows(SharedData.Path("data/fremtpl2/freMTPL2_clean_sev.csv.gz"), "ClaimAmount", "split");
        var (learn, test) = (Column(rows, 0, "learn"), Column(rows, 0, "test"));
        double[] Mean(double[] of) => [.. of.Select(_ => learn.Average())];
        Compare.AssertNear(1.7537328808082, Metrics.MeanDeviance(Family.Gamma, learn, Mean(learn)), 1e-11);
        Compare.AssertNear(1.81263001040148, Metrics.MeanDeviance(Family.Gamma, test, Mean(test)), 1e-11);
    }

    [Theory]
    [InlineData("fr_poisson_splines", "log")]
    [InlineData("fr_poisson_sqrt", "sqrt")]
    [InlineData("fr_gaussian_splines", "identity")]
    [InlineData("aus_gamma_inverse", "inverse")]
    [InlineData("aus_invgauss_canonical", "power(-2)")]
    [InlineData("lapse_binomial_logit", "logit")]
    [InlineData("lapse_binomial_probit", "probit")]
    [InlineData("lapse_binomial_cloglog", "cloglog")]
    public void Links_take_Rs_eta_to_Rs_mu_and_back(string fit, string name)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rows = Rows(SharedData.Path("oracles/glm/fitted.csv"), "eta", "mu", "id").Where(row => row[2] == fit).ToArray();
        Assert.Equal(25, rows.Length);
        foreach (var row in rows)
        {
            var (eta, mu) = (Number(row[0]), Number(row[1]));
            Compare.AssertNear(mu, link.Inverse(eta), 1e-13);
            Compare.AssertNear(eta, link.Apply(mu), 1e-12, 1e-2);
        }
    }

    static double[] Column(List<string[]> rows, int column, string part) =>
        [.. rows.Where(row => row[^1] == part).Select(row => Number(row[column]))];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static double[] Scaled(double[] values, double factor) => [.. values.Select(value => value * factor)];

    /// <summary>The named columns of a comma-separated file without quotes in them, gzipped or not.</summary>
    static List<string[]> Rows(string path, params string[] columns)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file
        );
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var (row, field) = (new string[columns.Length], 0);
            foreach (var range in line.AsSpan().Split(','))
            {
                var place = Array.IndexOf(columns, header[field++]);
                if (place >= 0)
                    row[place] = line[range];
            }
            rows.Add(row);
        }
        return rows;
    }
}
