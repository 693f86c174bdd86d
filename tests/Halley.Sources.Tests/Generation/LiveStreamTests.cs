using System.Text;
using System.Text.Json;
using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

public class LiveStreamTests
{
    static readonly PortfolioOptions options = new() { Policies = 20_000, Seed = 3 };

    [Fact]
    public void The_nth_event_depends_on_options_and_number_alone()
    {
        var stream = new LiveStream(options);

        Assert.Equal(Inputs(stream.Quotes(0, 30)).Skip(20), Inputs(new LiveStream(options).Quotes(20, 10)));
        Assert.Equal(Inputs(stream.Claims(0, 30)).Skip(20), Inputs(new LiveStream(options with { Threads = 1 }).Claims(20, 10)));
        Assert.NotEqual(Inputs(stream.Quotes(0, 5)), Inputs(new LiveStream(options with { Seed = 4 }).Quotes(0, 5)));
    }

    [Fact]
    public void Events_come_after_the_portfolio_in_the_order_of_time()
    {
        var quotes = new LiveStream(options).Quotes(0, 2_000).ToArray();

        Assert.Equal(new DateTime(2026, 1, 1), quotes[0].At);
        Assert.All(quotes.Zip(quotes.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        Assert.InRange((quotes[^1].At - quotes[0].At).TotalDays, 19, 21);
    }

    [Fact]
    public void Who_takes_an_offer_takes_every_lower_one_and_offers_are_taken_as_often_as_expected()
    {
        var quotes = new LiveStream(options).Quotes(0, 20_000).ToArray();
        double[] factors = [0.6, 0.8, 0.9, 1.0, 1.1, 1.3];

        Assert.All(
            quotes,
            quote =>
            {
                var taken = factors.Select(factor => quote.Converts(factor * quote.TariffPremium)).ToArray();
                Assert.Equal(taken.OrderDescending(), taken);
                var probabilities = factors.Select(factor => quote.ConversionProbability(factor * quote.TariffPremium)).ToArray();
                Assert.Equal(probabilities.OrderDescending(), probabilities);
                Assert.True(probabilities[0] > probabilities[^1]);
            }
        );
        foreach (var factor in factors)
        {
            Sampling.AssertCells(
                $"conversion at {factor}",
                quotes.Length,
                row => quotes[row].Facts.Risk.Channel,
                row => quotes[row].Converts(factor * quotes[row].TariffPremium) ? 1 : 0,
                row => quotes[row].ConversionProbability(factor * quotes[row].TariffPremium),
                p => p * (1 - p)
            );
        }
    }

    [Fact]
    public void The_year_of_a_quote_costs_what_the_truth_expects()
    {
        var stream = new LiveStream(options);
        var quotes = stream.Quotes(0, 100_000).ToArray();

        Sampling.AssertAmounts(
            "cost of a quote's year",
            quotes.Length,
            row => quotes[row].Facts.Risk.Cover,
            row => quotes[row].ActualCost,
            row => quotes[row].ExpectedCost
        );
        Assert.Equal(stream.Truth.PurePremium(quotes[9].Facts.Risk, DateOnly.FromDateTime(quotes[9].At)), quotes[9].ExpectedCost);
    }

    [Fact]
    public void Claims_are_frauds_large_and_dear_as_the_truth_expects()
    {
        var claims = new LiveStream(options).Claims(0, 8_000).ToArray();

        AssertAsExpected(claims, "fraud", claim => claim.IsFraud ? 1 : 0, claim => claim.FraudProbability);
        AssertAsExpected(claims, "large", claim => claim.IsLarge ? 1 : 0, claim => claim.LargeProbability);
        AssertAsExpected(claims, "amount", claim => claim.Amount, claim => claim.ExpectedAmount);
        Assert.InRange(claims.Average(claim => claim.FraudProbability), 0.04, 0.07);
        Assert.InRange(claims.Average(claim => claim.Amount), 1_700, 2_700);
        Assert.All(
            claims,
            claim =>
                Assert.Equal(claim.Facts.DaysToReport, DateOnly.FromDateTime(claim.At).DayNumber - claim.OccurrenceDate.DayNumber)
        );
        Assert.All(claims, claim => Assert.Equal((int)claim.OccurrenceDate.DayOfWeek, (claim.Facts.Weekday + 1) % 7));
    }

    [Fact]
    public void Inputs_are_the_fields_of_the_schemas_in_their_kinds()
    {
        var stream = new LiveStream(options);
        using var quote = JsonDocument.Parse(Inputs(stream.Quotes(0, 1)).Single());
        using var claim = JsonDocument.Parse(Inputs(stream.Claims(0, 1)).Single());

        Assert.Equal(
            MotorSchemas.RequestedQuote.Fields.Select(field => field.Name),
            quote.RootElement.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal(
            MotorSchemas.ReportedClaim.Fields.Select(field => field.Name),
            claim.RootElement.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal(JsonValueKind.Number, quote.RootElement.GetProperty("driver_age").ValueKind);
        Assert.Contains(quote.RootElement.GetProperty("region").GetString()!, MotorLevels.Region.Levels);
        Assert.Contains(claim.RootElement.GetProperty("injury").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
    }

    static void AssertAsExpected(
        LiveClaim[] claims,
        string what,
        Func<LiveClaim, double> actual,
        Func<LiveClaim, double> expected
    ) =>
        Sampling.AssertAmounts(
            what,
            claims.Length,
            row => claims[row].Facts.Type,
            row => actual(claims[row]),
            row => expected(claims[row])
        );

    static string[] Inputs(IEnumerable<LiveQuote> quotes) => [.. quotes.Select(quote => Json(quote.WriteInputs))];

    static string[] Inputs(IEnumerable<LiveClaim> claims) => [.. claims.Select(claim => Json(claim.WriteInputs))];

    static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
