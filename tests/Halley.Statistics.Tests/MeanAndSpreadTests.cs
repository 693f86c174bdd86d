namespace Halley.Statistics.Tests;

public sealed class MeanAndSpreadTests
{
    public static TheoryData<string, double, double, double> Rows
    {
        get
        {
            var rows = new TheoryData<string, double, double, double>();
            foreach (var name in new[] { "normal", "gamma", "negative binomial", "tweedie" })
            {
                foreach (var location in new[] { -1.2, 0.3, 1.9 })
                {
                    foreach (var spread in new[] { -1.5, 0.4, 2.2 })
                    {
                        foreach (var y in new[] { 1.0, 3, 7 })
                            rows.Add(name, y, location, spread);
                    }
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Slopes_are_those_of_the_loss(string name, double y, double location, double spread)
    {
        const double Step = 1e-5;
        var family = Of(name);

        var ofLocation = (family.Loss(y, location + Step, spread) - family.Loss(y, location - Step, spread)) / (2 * Step);
        var ofSpread = (family.Loss(y, location, spread + Step) - family.Loss(y, location, spread - Step)) / (2 * Step);

        Near(ofLocation, family.LocationSlope(y, location, spread).Gradient, 1e-6);
        Near(ofSpread, family.SpreadSlope(y, location, spread).Gradient, 1e-6);
    }

    [Theory]
    [InlineData("normal", 0.3, 0.4)]
    [InlineData("gamma", 0.3, 0.4)]
    [InlineData("gamma", 1.1, 2.0)]
    [InlineData("gamma", -0.5, -0.3)]
    [InlineData("negative binomial", -2.0, 0.0)]
    [InlineData("negative binomial", 1.5, 0.7)]
    [InlineData("negative binomial", 5.0, -0.5)]
    [InlineData("negative binomial", 0.0, 6.0)]
    public void Information_is_the_mean_square_of_the_slopes(string name, double location, double spread)
    {
        var family = Of(name);
        var (ofLocation, ofSpread, across, total) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (y, weight) in Support(name, location, spread))
        {
            var chance = weight * Math.Exp(-family.Loss(y, location, spread));
            var (a, b) = (family.LocationSlope(y, location, spread).Gradient, family.SpreadSlope(y, location, spread).Gradient);
            ofLocation += chance * a * a;
            ofSpread += chance * b * b;
            across += chance * a * b;
            total += chance;
        }

        Near(1, total, 1e-6);
        Near(ofLocation, family.LocationSlope(1, location, spread).Information, 1e-5);
        // The sum of a large count's information ends with a bound of its rest.
        Near(ofSpread, family.SpreadSlope(1, location, spread).Information, location > 4 ? 3e-3 : 1e-4);
        Assert.Equal(0, across / Math.Sqrt(ofLocation * ofSpread), 1e-5);
    }

    [Theory]
    [InlineData("normal", 0.3, 0.4, 1.7)]
    [InlineData("gamma", 0.3, 0.4, 1.7)]
    [InlineData("gamma", 0.3, 2.4, 0.8)]
    [InlineData("negative binomial", 0.9, 0.4, 4)]
    [InlineData("negative binomial", -1.0, -0.5, 0)]
    [InlineData("negative binomial", 0.9, 0.4, 2.5)]
    public void Ranked_score_is_its_integral(string name, double location, double spread, double y)
    {
        var family = Of(name);
        var mean = family.MeanLink.Inverse(location);
        var (below, score) = (0.0, 0.0);
        var support = Support(name, location, spread).ToArray();
        for (var i = 0; i < support.Length; i++)
        {
            below += support[i].Weight * Math.Exp(-family.Loss(support[i].Y, location, spread));
            if (name == "negative binomial")
            {
                var before = Math.Clamp(y - support[i].Y, 0, 1);
                score += before * below * below + (1 - before) * (1 - below) * (1 - below);
            }
            else
            {
                // The cell's middle stands for it: half of its own chance is below.
                var half = below - support[i].Weight * Math.Exp(-family.Loss(support[i].Y, location, spread)) / 2;
                var gap = half - (y <= support[i].Y ? 1 : 0);
                score += support[i].Weight * gap * gap;
            }
        }

        Near(score, family.RankedScore(y, mean, spread), 2e-4);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.999)]
    public void Quantiles_have_their_share_below(double share)
    {
        Near(
            share,
            NormalDistribution.Cumulative((new NormalMeanDeviation().Quantile(share, 2, 0.5) - 2) / Math.Exp(0.5)),
            1e-12
        );
        var alpha = Math.Exp(0.7);
        Near(share, GammaDistribution.Cumulative(new GammaMeanShape().Quantile(share, 3, 0.7) * alpha / 3, alpha), 1e-12);
        foreach (var (mean, size) in new[] { (0.07, 0.3), (4.0, -1.0), (300.0, 1.0), (20.0, 12.0) })
        {
            var counts = new NegativeBinomialMeanSize();
            var quantile = counts.Quantile(share, mean, size);
            var below = 0.0;
            for (var count = 0; count < quantile; count++)
                below += Math.Exp(-counts.Loss(count, Math.Log(mean), size));
            Assert.True(below < share);
            Assert.True(below + Math.Exp(-counts.Loss(quantile, Math.Log(mean), size)) >= share - 1e-12);
        }
    }

    [Fact]
    public void Deviations_are_those_of_the_rows()
    {
        foreach (var name in new[] { "normal", "gamma", "negative binomial" })
        {
            var family = Of(name);
            var (mean, square) = (0.0, 0.0);
            foreach (var (y, weight) in Support(name, 0.6, 0.8))
            {
                var chance = weight * Math.Exp(-family.Loss(y, 0.6, 0.8));
                mean += chance * y;
                square += chance * y * y;
            }
            Near(family.MeanLink.Inverse(0.6), mean, 1e-5);
            Near(Math.Sqrt(square - mean * mean), family.Deviation(mean, 0.8), 1e-5);
        }
    }

    [Theory]
    [InlineData(0.4, 0.3, 1.9)]
    [InlineData(-0.7, 0.8, 0)]
    [InlineData(2.0, -0.5, 3)]
    public void A_tweedie_is_a_sum_of_claims(double location, double spread, double y)
    {
        var family = new TweedieMeanDispersion(1.6);
        var mean = Math.Exp(location);
        var none = Math.Exp(-family.Loss(0, location, spread));
        // Cells of ln y, so that the pole at 0 is resolved.
        const int Cells = 20_000;
        var width = 50.0 / Cells;
        var (below, average, square, ofLocation, ofSpread) = (none, 0.0, 0.0, 0.0, 0.0);
        var (score, median, last, shown) = (0.0, 0.0, 0.0, 0.0);
        void Add(double at, double chance)
        {
            var (a, b) = (family.LocationSlope(at, location, spread), family.SpreadSlope(at, location, spread));
            (average, square) = (average + chance * at, square + chance * at * at);
            shown += chance * b.Information;
            (ofLocation, ofSpread) = (ofLocation + chance * a.Gradient * a.Gradient, ofSpread + chance * b.Gradient * b.Gradient);
        }
        Add(0, none);
        for (var cell = 0; cell < Cells; cell++)
        {
            var at = Math.Exp(-45 + (cell + 0.5) * width);
            var chance = at * width * Math.Exp(-family.Loss(at, location, spread));
            Add(at, chance);
            var (half, edge) = (below + chance / 2, Math.Exp(-45 + (cell + 1) * width));
            score += (edge - last) * (at < y ? half * half : (1 - half) * (1 - half));
            (below, last) = (below + chance, edge);
            median = below < 0.7 ? at : median;
        }
        Near(1, below, 1e-4);
        Near(mean, average, 1e-4);
        Near(family.Deviation(mean, spread), Math.Sqrt(square - average * average), 1e-4);
        Near(family.LocationSlope(1, location, spread).Information, ofLocation, 1e-3);
        // Rows whose own curvature would be below 0 count for 0: a little more than the information, never less.
        Assert.InRange(shown / ofSpread, 0.9999, 1.2);
        Near(score, family.RankedScore(y, mean, spread), 5e-3);
        Near(median, family.Quantile(0.7, mean, spread), 5e-3);
        Assert.Equal(0, family.Quantile(0.99 * none, mean, spread));
    }

    [Fact]
    public void A_count_far_from_none_has_a_finite_score()
    {
        var score = new NegativeBinomialMeanSize().RankedScore(2010, 2000, 14);
        // Nearly a Poisson count, whose score is that of a normal with its deviation.
        Near(new NormalMeanDeviation().RankedScore(2010, 2000, Math.Log(2000) / 2), score, 0.02);
    }

    static ITwoParameterFamily Of(string name) =>
        name switch
        {
            "normal" => new NormalMeanDeviation(),
            "gamma" => new GammaMeanShape(),
            "tweedie" => new TweedieMeanDispersion(1.6),
            _ => new NegativeBinomialMeanSize(),
        };

    /// <summary>Points of a fine grid with the width of their cells, or counts.</summary>
    static IEnumerable<(double Y, double Weight)> Support(string name, double location, double spread)
    {
        if (name == "negative binomial")
            return Enumerable.Range(0, 20_000).Select(count => ((double)count, 1.0));
        const int Cells = 200_000;
        var (low, high) = name == "normal" ? (location - 12 * Math.Exp(spread), location + 12 * Math.Exp(spread)) : (-60.0, 8.0);
        var width = (high - low) / Cells;
        // Gamma over equal cells of ln y.
        return Enumerable
            .Range(0, Cells)
            .Select(cell => low + (cell + 0.5) * width)
            .Select(at => name == "normal" ? (at, width) : (Math.Exp(at), width * Math.Exp(at)));
    }

    static void Near(double expected, double actual, double relative) =>
        Assert.Equal(0, (actual - expected) / Math.Max(Math.Abs(expected), 1e-3), relative);
}
