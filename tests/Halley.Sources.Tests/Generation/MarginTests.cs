using Halley.Data;
using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

public class MarginTests(GeneratedPortfolio generated) : IClassFixture<GeneratedPortfolio>
{
    readonly Portfolio portfolio = generated.Portfolio;

    [Fact]
    public void Levels_are_those_of_a_motor_book()
    {
        var years = Sampling.Sum(portfolio.Policies["exposure"]);
        var monthly = portfolio.Monthly;

        Assert.InRange(portfolio.Claims.RowCount / years, 0.075, 0.10);
        Assert.InRange(Sampling.Mean(portfolio.Claims["amount"]), 1_800, 2_300);
        Assert.InRange(Sampling.Mean(portfolio.Claims["large"]), 0.02, 0.04);
        Assert.InRange(Sampling.Mean(portfolio.Claims["fraud"]), 0.05, 0.06);
        Assert.InRange(Sampling.Mean(portfolio.Quotes["converted"]), 0.15, 0.25);
        Assert.InRange(Sampling.Sum(monthly["claim_total"]) / Sampling.Sum(monthly["earned_premium"]), 0.55, 0.75);
        Assert.InRange(Sampling.Mean(portfolio.Quotes["price_to_market"]), 0.9, 1.15);
        Assert.InRange(portfolio.Policies.RowCount / (double)generated.Options.Policies, 2.2, 2.7);
    }

    [Fact]
    public void Risks_have_the_spread_and_the_correlations_of_a_motor_book()
    {
        var policies = portfolio.Policies;

        Assert.InRange(Quantile("driver_age", 0.5), 40, 50);
        Assert.InRange(Quantile("driver_age", 0.05), 19, 25);
        Assert.Equal(50, Quantile("bonus_malus", 0.5));
        Assert.InRange(Quantile("bonus_malus", 0.95), 85, 130);
        Assert.InRange(Quantile("vehicle_value", 0.5), 7_000, 12_000);
        Assert.InRange(Quantile("density", 0.5), 150, 500);
        Assert.True(Correlation("driver_age", "licence_years") > 0.9);
        Assert.True(Correlation("vehicle_age", "vehicle_value") < -0.5);
        Assert.True(Correlation("licence_years", "bonus_malus") < -0.3);
        Assert.All(
            policies.Columns.OfType<CategoricalColumn>(),
            column => Assert.True(SmallestShare(column) > 0.01, column.Name)
        );
    }

    [Fact]
    public void Most_claims_are_reported_within_days_and_some_much_later()
    {
        var days = portfolio.Claims.Numeric("days_to_report").Values.ToArray();
        Array.Sort(days);

        Assert.InRange(days[days.Length / 2], 1, 2);
        Assert.InRange(days[days.Length * 9 / 10], 4, 8);
        Assert.InRange(days[^(days.Length / 100)], 20, 60);
    }

    [Fact]
    public void Large_claims_have_a_heavy_tail()
    {
        var amounts = portfolio.Claims.Numeric("amount").Values.ToArray();
        Array.Sort(amounts);
        var top = amounts[^(amounts.Length / 100)..].Sum() / amounts.Sum();

        Assert.InRange(top, 0.10, 0.30);
        Assert.True(amounts[^1] > 60_000);
    }

    [Fact]
    public void Policy_years_follow_each_other_without_a_gap_and_things_age()
    {
        var policies = portfolio.Policies;
        var (ids, starts, ends) = (policies.Numeric("policy_id"), policies.Date("period_start"), policies.Date("period_end"));
        var (age, tenure, bonus) = (
            policies.Numeric("driver_age"),
            policies.Numeric("tenure_years"),
            policies.Numeric("bonus_malus")
        );
        var claims = policies.Numeric("claim_count");
        var renewals = 0;
        for (var row = 1; row < policies.RowCount; row++)
        {
            Assert.True(starts.DayNumbers[row] < ends.DayNumbers[row]);
            if (ids.Values[row] != ids.Values[row - 1])
                continue;
            renewals++;
            Assert.Equal(ends.DayNumbers[row - 1], starts.DayNumbers[row]);
            Assert.InRange(age.Values[row] - age.Values[row - 1], 0, 1);
            Assert.Equal(1, tenure.Values[row] - tenure.Values[row - 1]);
            var factor = claims.Values[row - 1] == 0 ? 0.95 : Math.Pow(1.25, claims.Values[row - 1]);
            Assert.Equal(Math.Clamp(Math.Floor(bonus.Values[row - 1] * factor), 50, 200), bonus.Values[row]);
        }
        Assert.True(renewals > 100_000);
    }

    [Fact]
    public void Claims_belong_to_their_policy_years()
    {
        var (policies, claims) = (portfolio.Policies, portfolio.Claims);
        var totals = new Dictionary<(double, int), (int Count, double Total)>();
        for (var row = 0; row < claims.RowCount; row++)
        {
            var key = (claims.Numeric("policy_id").Values[row], claims.Date("period_start").DayNumbers[row]);
            totals.TryGetValue(key, out var sums);
            totals[key] = (sums.Count + 1, sums.Total + claims.Numeric("amount").Values[row]);
            Assert.True(claims.Date("occurrence_date").DayNumbers[row] >= key.Item2);
        }
        for (var row = 0; row < policies.RowCount; row++)
        {
            totals.Remove(
                (policies.Numeric("policy_id").Values[row], policies.Date("period_start").DayNumbers[row]),
                out var sums
            );
            Assert.Equal(sums.Count, policies.Numeric("claim_count").Values[row]);
            Assert.Equal(sums.Total, policies.Numeric("claim_total").Values[row], 6);
        }
        Assert.Empty(totals);
    }

    [Fact]
    public void Months_add_up_to_the_whole()
    {
        var monthly = portfolio.Monthly;

        Assert.Equal(36, monthly.RowCount);
        Assert.Equal(new DateOnly(2025, 12, 1), monthly.Date("month").DateAt(35));
        Assert.Equal(Sampling.Sum(portfolio.Policies["exposure"]), Sampling.Sum(monthly["exposure"]), 6);
        Assert.Equal(portfolio.Claims.RowCount, Sampling.Sum(monthly["claims"]));
        Assert.Equal(Sampling.Sum(portfolio.Claims["amount"]), Sampling.Sum(monthly["claim_total"]), 3);
        Assert.Equal(Sampling.Sum(portfolio.Claims["large"]), Sampling.Sum(monthly["large_claims"]));
        Assert.Equal(Sampling.Sum(portfolio.Claims["fraud"]), Sampling.Sum(monthly["frauds"]));
        Assert.Equal(portfolio.Quotes.RowCount, Sampling.Sum(monthly["quotes"]));
        Assert.Equal(Sampling.Sum(portfolio.Quotes["converted"]), Sampling.Sum(monthly["conversions"]));
    }

    [Fact]
    public void An_eighth_of_the_customers_have_two_contracts_and_one_birthday()
    {
        var policies = portfolio.Policies;
        var contracts = Enumerable
            .Range(0, policies.RowCount)
            .GroupBy(row => policies.Numeric("customer_id").Values[row])
            .ToDictionary(rows => rows.Key, rows => rows.ToArray());
        var shared = contracts
            .Values.Where(rows => rows.Select(row => policies.Numeric("policy_id").Values[row]).Distinct().Count() == 2)
            .ToArray();

        Assert.InRange(shared.Length / (double)contracts.Count, 0.13, 0.15);
        Assert.All(shared, rows => Assert.Single(rows.Select(row => policies.Categorical("region").Codes[row]).Distinct()));
        Assert.All(shared, rows => Assert.True(BirthYears(rows) < 1.01));

        // Ages are whole years at different days: the latest first and the earliest last possible birthday must not cross.
        double BirthYears(int[] rows)
        {
            var births = rows.Select(row =>
                policies.Date("period_start").DayNumbers[row] / 365.25 - policies.Numeric("driver_age").Values[row]
            );
            return births.Max() - births.Min();
        }
    }

    double Quantile(string column, double probability)
    {
        var values = portfolio.Policies.Numeric(column).Values.ToArray();
        Array.Sort(values);
        return values[(int)(probability * values.Length)];
    }

    double Correlation(string first, string second)
    {
        var (x, y) = (portfolio.Policies.Numeric(first).Values.ToArray(), portfolio.Policies.Numeric(second).Values.ToArray());
        var (meanX, meanY) = (x.Average(), y.Average());
        var products = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return products / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }

    static double SmallestShare(CategoricalColumn column)
    {
        var counts = new int[column.Levels.Count];
        foreach (var code in column.Codes)
            counts[code]++;
        return counts.Min() / (double)column.RowCount;
    }
}
