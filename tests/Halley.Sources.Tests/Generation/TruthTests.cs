using Halley.Data;
using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

public class TruthTests(GeneratedPortfolio generated) : IClassFixture<GeneratedPortfolio>
{
    readonly Portfolio portfolio = generated.Portfolio;
    readonly PortfolioTruth truth = generated.Truth;

    public static TheoryData<string> RiskColumns =>
        [
            "driver_age",
            "licence_years",
            "region",
            "density",
            "vehicle_brand",
            "vehicle_fuel",
            "vehicle_age",
            "vehicle_power",
            "vehicle_value",
            "annual_mileage",
            "usage",
            "parking",
            "cover",
            "deductible",
            "bonus_malus",
            "prior_claims",
            "tenure_years",
            "channel",
            "payment",
            "period_start",
        ];

    [Theory]
    [MemberData(nameof(RiskColumns))]
    public void Claim_counts_of_every_cell_are_within_sampling_error_of_the_truth(string column)
    {
        var policies = portfolio.Policies;
        var (reader, counts) = (new RecordReader(policies), policies.Numeric("claim_count"));
        var expected = new double[policies.RowCount];
        for (var row = 0; row < expected.Length; row++)
            expected[row] = truth.ExpectedClaims(reader.Risk(row), Start(row), End(row));

        Sampling.AssertCells(
            column,
            policies.RowCount,
            Cells(policies[column]),
            row => counts.Values[row],
            row => expected[row],
            mean => mean
        );
    }

    [Theory]
    [InlineData("driver_age")]
    [InlineData("region")]
    [InlineData("vehicle_value")]
    [InlineData("usage")]
    [InlineData("cover")]
    [InlineData("period_start")]
    public void Claim_costs_of_every_cell_are_within_sampling_error_of_the_truth(string column)
    {
        var policies = portfolio.Policies;
        var (reader, totals) = (new RecordReader(policies), policies.Numeric("claim_total"));
        var expected = new double[policies.RowCount];
        for (var row = 0; row < expected.Length; row++)
            expected[row] = truth.ExpectedCost(reader.Risk(row), Start(row), End(row));

        Sampling.AssertAmounts(
            column,
            policies.RowCount,
            Cells(policies[column]),
            row => totals.Values[row],
            row => expected[row]
        );
    }

    [Theory]
    [InlineData("claim_type")]
    [InlineData("time_of_day")]
    [InlineData("injury")]
    [InlineData("vehicle_power")]
    [InlineData("density")]
    [InlineData("claimed_amount")]
    public void Amounts_and_large_claims_are_within_sampling_error_of_what_the_report_says(string column)
    {
        var claims = portfolio.Claims;
        var (reader, amounts, large) = (new RecordReader(claims), claims.Numeric("amount"), (BooleanColumn)claims["large"]);

        Sampling.AssertAmounts(
            $"amount by {column}",
            claims.RowCount,
            Cells(claims[column]),
            row => amounts.Values[row],
            row => PortfolioTruth.ExpectedAmount(reader.Claim(row))
        );
        Sampling.AssertCells(
            $"large by {column}",
            claims.RowCount,
            Cells(claims[column]),
            row => large.Values[row],
            row => PortfolioTruth.LargeProbability(reader.Claim(row)),
            Bernoulli
        );
    }

    [Theory]
    [InlineData("cover")]
    [InlineData("driver_age")]
    [InlineData("vehicle_value")]
    [InlineData("occurrence_date")]
    public void Amounts_and_large_claims_are_within_sampling_error_of_what_the_risk_says(string column)
    {
        var claims = portfolio.Claims;
        var (reader, amounts, large) = (new RecordReader(claims), claims.Numeric("amount"), (BooleanColumn)claims["large"]);
        var days = claims.Date("occurrence_date");

        Sampling.AssertAmounts(
            $"amount by {column}",
            claims.RowCount,
            Cells(claims[column]),
            row => amounts.Values[row],
            row => truth.Severity(reader.Risk(row), days.DateAt(row)!.Value)
        );
        Sampling.AssertCells(
            $"large by {column}",
            claims.RowCount,
            Cells(claims[column]),
            row => large.Values[row],
            row => truth.LargeProbability(reader.Risk(row), days.DateAt(row)!.Value),
            Bernoulli
        );
    }

    [Theory]
    [InlineData("claim_type")]
    [InlineData("days_to_report")]
    [InlineData("days_since_inception")]
    [InlineData("claim_to_value")]
    [InlineData("witnesses")]
    [InlineData("police_report")]
    [InlineData("repair")]
    [InlineData("prior_claims")]
    [InlineData("time_of_day")]
    public void Frauds_of_every_cell_are_within_sampling_error_of_the_truth(string column)
    {
        var claims = portfolio.Claims;
        var (reader, fraud) = (new RecordReader(claims), (BooleanColumn)claims["fraud"]);

        Sampling.AssertCells(
            column,
            claims.RowCount,
            Cells(claims[column]),
            row => fraud.Values[row],
            row => PortfolioTruth.FraudProbability(reader.Claim(row)),
            Bernoulli
        );
    }

    [Theory]
    [InlineData("price_arm")]
    [InlineData("channel")]
    [InlineData("driver_age")]
    [InlineData("price_to_market")]
    [InlineData("weekend")]
    [InlineData("quote_date")]
    public void Conversions_of_every_cell_are_within_sampling_error_of_the_truth(string column)
    {
        var quotes = portfolio.Quotes;
        var (reader, converted) = (new RecordReader(quotes), (BooleanColumn)quotes["converted"]);
        var premiums = quotes.Numeric("offered_premium");

        Sampling.AssertCells(
            column,
            quotes.RowCount,
            Cells(quotes[column]),
            row => converted.Values[row],
            row => PortfolioTruth.ConversionProbability(reader.Quote(row), premiums.Values[row]),
            Bernoulli
        );
    }

    [Fact]
    public void Arms_are_drawn_with_their_logged_probability_whatever_the_risk()
    {
        var quotes = portfolio.Quotes;
        var (arms, region) = (quotes.Categorical("price_arm"), quotes.Categorical("region"));
        for (var arm = 0; arm < arms.Levels.Count; arm++)
        {
            var probability = PriceTest.Probability(arm);
            Sampling.AssertCells(
                arms.Levels[arm],
                quotes.RowCount,
                row => region.Codes[row],
                row => arms.Codes[row] == arm ? 1 : 0,
                _ => probability,
                Bernoulli
            );
            var row = arms.Codes.IndexOf(arm);
            Assert.Equal(probability, quotes.Numeric("arm_probability").Values[row]);
            Assert.Equal(
                quotes.Numeric("tariff_premium").Values[row] * PriceTest.Factor(arm),
                quotes.Numeric("offered_premium").Values[row],
                0.0051
            );
        }
    }

    [Fact]
    public void Effects_depend_on_each_other_so_that_main_effects_alone_miss_some()
    {
        var risk = new RecordReader(portfolio.Policies).Risk(0) with
        {
            DriverAge = 45,
            VehiclePower = 60,
            Density = 200,
            BonusMalus = 60,
        };

        Assert.True(Relativity(risk with { DriverAge = 19 }, Stronger) > 1.5 * Relativity(risk, Stronger));
        Assert.True(Relativity(risk with { DriverAge = 19 }, Worse) < 0.8 * Relativity(risk, Worse));
        Assert.True(Relativity(risk with { Density = 8_000 }, Farther) > 1.2 * Relativity(risk, Farther));

        static Risk Stronger(Risk risk) => risk with { VehiclePower = 130 };
        static Risk Worse(Risk risk) => risk with { BonusMalus = 100 };
        static Risk Farther(Risk risk) => risk with { AnnualMileage = 3 * risk.AnnualMileage };
        static double Relativity(Risk risk, Func<Risk, Risk> change) =>
            PortfolioTruth.Frequency(change(risk)) / PortfolioTruth.Frequency(risk);
    }

    [Fact]
    public void Expected_claims_and_costs_of_parts_add_up()
    {
        var risk = new RecordReader(portfolio.Policies).Risk(17);
        DateOnly from = new(2023, 3, 5),
            middle = new(2024, 2, 29),
            to = new(2025, 11, 1);

        Assert.Equal(
            truth.ExpectedClaims(risk, from, to),
            truth.ExpectedClaims(risk, from, middle) + truth.ExpectedClaims(risk, middle, to),
            12
        );
        Assert.Equal(
            truth.ExpectedCost(risk, from, to),
            truth.ExpectedCost(risk, from, middle) + truth.ExpectedCost(risk, middle, to),
            9
        );
    }

    [Fact]
    public void Without_trends_a_year_from_the_start_expects_the_frequency_and_the_pure_premium_is_frequency_times_severity()
    {
        var still = new PortfolioTruth(generated.Options with { FrequencyTrend = 0, SeverityTrend = 0 });
        var risk = new RecordReader(portfolio.Policies).Risk(5);
        var start = generated.Options.Start;

        Assert.Equal(
            PortfolioTruth.Frequency(risk),
            still.ExpectedClaims(risk, start, start.AddYears(1)),
            0.002 * PortfolioTruth.Frequency(risk)
        );
        Assert.Equal(
            still.ExpectedClaims(risk, start, start.AddYears(1)) * still.Severity(risk, start),
            still.PurePremium(risk, start),
            9
        );
    }

    [Fact]
    public void The_truth_ends_five_years_after_the_portfolio()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            truth.PurePremium(new RecordReader(portfolio.Policies).Risk(0), new(2030, 6, 1))
        );

        Assert.StartsWith(
            "2031-06-01 is outside the known truth, which goes from 2023-01-01 to 2031-01-01.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Categories, booleans and few values by themselves, months of dates, and 20 bands of equal row count for the rest.</summary>
    static Func<int, int> Cells(Column column)
    {
        if (column is DateColumn dates)
            return row => dates.DateAt(row)!.Value is var day ? day.Year * 12 + day.Month : -1;
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        if (column is not NumericColumn)
            return row => (int)slots[row];
        var sorted = slots.Order().ToArray();
        var cuts = Enumerable.Range(1, 19).Select(band => sorted[band * sorted.Length / 20]).Distinct().ToArray();
        return row => Array.BinarySearch(cuts, slots[row]) is var found && found >= 0 ? found + 1 : ~found;
    }

    DateOnly Start(int row) => portfolio.Policies.Date("period_start").DateAt(row)!.Value;

    DateOnly End(int row) => portfolio.Policies.Date("period_end").DateAt(row)!.Value;

    static double Bernoulli(double p) => p * (1 - p);
}
