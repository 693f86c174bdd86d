using Halley.Data;
using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

public class DeterminismTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        var options = new PortfolioOptions
        {
            Policies = 30_000,
            Seed = 7,
            QuotesPerPolicy = 0.7,
        };

        var one = Portfolio.Generate(options with { Threads = 1 });
        var three = Portfolio.Generate(options with { Threads = 3 });

        Assert.Equal(Fingerprints(one), Fingerprints(three));
    }

    [Fact]
    public void Another_seed_gives_another_portfolio()
    {
        var options = new PortfolioOptions { Policies = 10_000 };

        var first = Fingerprints(Portfolio.Generate(options with { Seed = 1 }));
        var second = Fingerprints(Portfolio.Generate(options with { Seed = 2 }));

        Assert.All(first.Zip(second), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Columns_are_those_of_the_schemas()
    {
        var portfolio = Portfolio.Generate(new() { Policies = 10_000, Years = 1 });

        AssertHas(MotorSchemas.Policies, portfolio.Policies);
        AssertHas(MotorSchemas.Claims, portfolio.Claims);
        AssertHas(MotorSchemas.Quotes, portfolio.Quotes);
        AssertHas(MotorSchemas.Monthly, portfolio.Monthly);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var error = Assert.Throws<HalleyException>(() =>
            Portfolio.Generate(
                new()
                {
                    Policies = 9_999,
                    Years = 0,
                    SeverityTrend = double.NaN,
                }
            )
        );

        Assert.Equal(
            "HLY1529: the portfolio can't be generated: policies: 9999 is outside 10000 to 10000000; years: 0 is outside 1 to 10; "
                + "severity trend: NaN is outside -0.2 to 0.2. Correct these options.",
            error.Message
        );
    }

    [Fact]
    public void Progress_reaches_the_end_and_cancelling_stops()
    {
        var seen = new List<FitProgress>();
        Portfolio.Generate(new() { Policies = 20_000, Threads = 1 }, new Recorder(seen));
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Equal(1, seen[^1].Fraction, 12);
        Assert.Equal(["policies and claims", "quotes"], seen.Select(progress => progress.Stage).Distinct());
        Assert.ThrowsAny<OperationCanceledException>(() => Portfolio.Generate(new(), cancellation: source.Token));
    }

    static string[] Fingerprints(Portfolio portfolio) =>
        [
            TableFingerprint.Of(portfolio.Policies),
            TableFingerprint.Of(portfolio.Claims),
            TableFingerprint.Of(portfolio.Quotes),
            TableFingerprint.Of(portfolio.Monthly),
        ];

    static void AssertHas(Schema schema, Table table)
    {
        Assert.Equal(
            schema.Fields.Select(field => (field.Name, field.Kind)),
            table.Columns.Select(column => (column.Name, column.Kind))
        );
        foreach (var field in schema.Fields)
        {
            var slots = new double[table.RowCount];
            table[field.Name].CopySlots(0, slots);
            Assert.True(slots.Min() >= (field.Minimum ?? double.MinValue), field.Name);
            Assert.True(slots.Max() <= (field.Maximum ?? double.MaxValue), field.Name);
            Assert.True(!field.Whole || slots.All(slot => slot == Math.Floor(slot)), field.Name);
        }
    }

    sealed class Recorder(List<FitProgress> seen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => seen.Add(value);
    }
}
