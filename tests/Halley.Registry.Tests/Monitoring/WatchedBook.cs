using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Kernels;

namespace Halley.Registry.Tests;

/// <summary>A stream of quotes whose model expects 0.2 claims of 1,000 each a year, by a factor of 2 more or less; 20 quotes a day.</summary>
sealed class WatchedBook(MonitorPlan plan)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly VersionId Release = new("quote", 1);
    const int Daily = 20;

    int number;

    public ReleaseMonitor Monitor { get; } = ReleaseMonitor.Of(plan, Definition);

    public static MonitorPlan Plan { get; } =
        new()
        {
            Decision = "quote",
            Segments = ["channel"],
            ReferenceDays = 60,
            Inputs = ["region", "age"],
            Scores = ["risk_price"],
            Lines =
            [
                new()
                {
                    Name = "claim cost",
                    Expected = "risk_price",
                    Actual = "claim_cost",
                },
            ],
            Price = new()
            {
                Charged = "premium",
                Technical = "technical_price",
                By = "channel",
            },
            LatencyMilliseconds = 10,
        };

    public static DecisionDefinition Definition { get; } =
        new()
        {
            Name = "quote",
            Inputs = new([
                new()
                {
                    Name = "quote_id",
                    Kind = FieldKind.Text,
                    Role = Role.Id,
                },
                new()
                {
                    Name = "region",
                    Kind = FieldKind.Category,
                    Levels = new(["north", "south"]),
                },
                new() { Name = "age", Kind = FieldKind.Number },
                new()
                {
                    Name = "years",
                    Kind = FieldKind.Exposure,
                    Role = Role.Exposure,
                },
                new()
                {
                    Name = "channel",
                    Kind = FieldKind.Category,
                    Levels = new(["agent", "online"]),
                },
            ]),
            Steps = [new() { Name = "technical_price", Expression = "1" }],
            Outputs =
            [
                .. new[] { "premium", "risk_price" }.Select(name => new DecisionOutput
                {
                    Name = name,
                    Kind = OutputKind.Number,
                    Value = "1",
                }),
            ],
        };

    /// <summary>What a day's quotes are like.</summary>
    public sealed record Day(
        double South = 0.5,
        double AgeMissing = 0,
        double Claims = 1,
        double OnlineClaims = 1,
        double Discount = 0,
        double Slow = 0,
        double Order = 0
    );

    public void Play(int fromDay, int toDay, Day day)
    {
        for (var at = fromDay; at < toDay; at++)
        {
            for (var i = 0; i < Daily; i++)
                Quote(Start.AddDays(at + (double)i / Daily), day);
        }
    }

    public MonitorReport Look(int day) => Monitor.Look("production", Release, Start.AddDays(day));

    void Quote(DateTimeOffset time, Day day)
    {
        var random = CounterRandom.Generator(7, (ulong)number++);
        var isOnline = random.NextDouble() < 0.4;
        var factor = Math.Exp(0.5 * random.NextNormal());
        var expected = 200 * factor;
        var decision = new DecisionRecord
        {
            Id = new(number, 0, 0, new byte[8]),
            Time = time,
            Environment = "production",
            Decision = "quote",
            Release = Release,
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            UnitId = $"unit-{number}",
            LatencyMicroseconds = random.NextDouble() < day.Slow ? 20_000 : 1_000,
            Inputs = Json(
                $$"""{"region":"{{(random.NextDouble() < day.South ? "south" : "north")}}","age":{{(random.NextDouble() < day.AgeMissing ? "null" : $"{20 + 50 * random.NextDouble():F1}")}},"years":1,"channel":"{{(isOnline ? "online" : "agent")}}"}"""
            ),
            Outputs = Json($$"""{"premium":{{expected * 1.3 * (isOnline ? 1 - day.Discount : 1)}},"risk_price":{{expected}}}"""),
            Steps = Json($$"""{"technical_price":{{expected * 1.25}}}"""),
        };
        Monitor.Add(decision);
        var mean = 0.2 * factor * day.Claims * (isOnline ? day.OnlineClaims : 1) * Math.Pow(factor, day.Order);
        if (random.NextPoisson(mean) is > 0 and var claims)
            Outcome(decision, "claim_cost", claims * 1000 * (0.5 + random.NextDouble()));
    }

    public void Outcome(DecisionRecord decision, string kind, double value) =>
        Monitor.Add(
            new OutcomeRecord(
                decision.Id,
                decision.Time,
                decision.Environment,
                decision.Decision,
                new()
                {
                    Id = "",
                    DecisionId = decision.Id,
                    Kind = kind,
                    Value = value,
                    ValuationDate = DateOnly.FromDateTime(decision.Time.UtcDateTime),
                }
            )
        );

    static ReadOnlyMemory<byte> Json(FormattableString text) => Desk.Bytes(text.ToString(CultureInfo.InvariantCulture));
}
