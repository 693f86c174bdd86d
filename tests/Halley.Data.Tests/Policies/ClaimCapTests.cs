using CsCheck;

namespace Halley.Data.Tests;

public class ClaimCapTests
{
    [Fact]
    public void Amounts_are_cut_at_the_threshold_and_recoveries_stay()
    {
        var capped = ClaimCap.Cap([50, 100, 101, 1000, -7], 100);

        Assert.Equal([50, 100, 100, 100, -7], capped.Amounts);
        Assert.Equal((901, 2), (capped.Excess, capped.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClaimCap.Cap([1], 0));
    }

    [Fact]
    public void The_total_is_kept_in_a_large_book()
    {
        var random = new Random(3);
        double[] amounts =
        [
            .. Enumerable.Range(0, 1_000_000).Select(_ => Math.Exp(8 + 2 * random.NextDouble() * random.NextDouble() * 4)),
        ];
        double[] exposure = [.. amounts.Select(_ => random.NextDouble())];

        var capped = ClaimCap.Cap(amounts, 5000);
        var spread = ClaimCap.Spread(capped.Amounts, capped.Excess, exposure);

        var total = CompensatedSum.Of(amounts);
        Assert.True(capped.Excess > 0.1 * total);
        Assert.Equal(1, CompensatedSum.Of(spread) / total, 1e-15);
    }

    [Fact]
    public void Shares_are_in_proportion_to_the_key() =>
        Gen.Select(Gen.Double[0, 1e6].Array[1, 50], Gen.Double[0, 1e7])
            .Where((key, _) => key.Sum() > 1)
            .Sample(
                (key, excess) =>
                {
                    var spread = ClaimCap.Spread(new double[key.Length], excess, key);
                    return spread.Zip(key).All(pair => Math.Abs(pair.First - excess * pair.Second / key.Sum()) <= 1e-9 * excess);
                }
            );

    [Fact]
    public void An_excess_with_nothing_to_spread_by_is_refused() =>
        Assert.Equal(
            "HLY1317: an excess of 5.5 is to be spread, and the key is 0 in every row. Spread by another key, or raise the cap.",
            Assert.Throws<HalleyException>(() => ClaimCap.Spread([1, 2], 5.5, [0, -1])).Message
        );

    [Fact]
    public void A_compensated_sum_keeps_what_a_plain_one_loses()
    {
        double[] values = [1, 1e100, 1, -1e100];

        Assert.Equal(2, CompensatedSum.Of(values));
    }
}
