using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Decisions;
using Halley.Kernels;
using Halley.Registry;

namespace Halley.Bench;

/// <summary>Quotes, sales and claims of a scenario as the decision log would hold them.</summary>
/// <remarks>
/// A customer has two standard normal risk factors x₁ and x₂, which the request gives as age and power; the model expects
/// 0.12·exp(0.4·x₁ + 0.3·x₂ − ½·0.25) claims a year of 1,500 each, and is right as long as the book is healthy. Half of the quotes are taken;
/// claims happen evenly over a year and are reported after 20 days on average.
/// </remarks>
sealed class MonitoredBook(MonitorScenario scenario, ulong seed)
{
    const double Severity = 1500;
    const double ReportDays = 20;
    const double Year = 365;
    const double Days = Year * 4;
    static readonly string[] Channels = ["agent", "broker", "online", "phone"];
    static readonly string[] Regions = ["north", "east", "south", "west", "centre"];
    static readonly VersionId Release = new("quote", 1);

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static MonitorPlan Plan { get; } =
        new()
        {
            Decision = "quote",
            Segments = ["channel", "region"],
            Exposure = "years",
            Scores = ["risk_price", "premium"],
            LatencyMilliseconds = 20,
            Lines =
            [
                new()
                {
                    Name = "claims",
                    Expected = "frequency",
                    Actual = "claim_count",
                    Taken = "converted",
                    IsRate = true,
                    Development = Pattern(),
                },
                new()
                {
                    Name = "claim cost",
                    Expected = "risk_price",
                    Actual = "claim_cost",
                    Taken = "converted",
                    IsRate = true,
                    Development = Pattern(),
                },
            ],
            Price = new()
            {
                Charged = "premium",
                Technical = "technical_price",
                By = "channel",
            },
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
                new() { Name = "age", Kind = FieldKind.Number },
                new() { Name = "power", Kind = FieldKind.Number },
                new() { Name = "mileage", Kind = FieldKind.Number },
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
                    Levels = new(Channels),
                },
                new()
                {
                    Name = "region",
                    Kind = FieldKind.Category,
                    Levels = new(Regions),
                },
                new() { Name = "weekend", Kind = FieldKind.Boolean },
            ]),
            Steps = [new() { Name = "technical_price", Expression = "1" }],
            Outputs = [Output("premium"), Output("risk_price"), Output("frequency")],
        };

    readonly List<(double Day, DecisionRecord? Decision, OutcomeRecord? Outcome)> events = [];

    /// <summary>Everything that happens, in the order of time.</summary>
    public IReadOnlyList<(double Day, DecisionRecord? Decision, OutcomeRecord? Outcome)> Play(int run)
    {
        for (var customer = 0; customer < scenario.Customers; customer++)
        {
            var random = CounterRandom.Generator(seed, (ulong)run * (ulong)scenario.Customers + (ulong)customer);
            Play(ref random, string.Create(CultureInfo.InvariantCulture, $"{run}-{customer}"));
        }
        events.Sort(static (one, other) => one.Day.CompareTo(other.Day));
        return events;
    }

    void Play(ref DeterministicRandom random, string unit)
    {
        var day = Days * random.NextDouble();
        var season = Math.Sin(2 * Math.PI * day / Year);
        var isSick = day >= scenario.FromMonth * Year / 12;
        var first = random.NextNormal() + scenario.Season * season + (isSick ? scenario.MixShift : 0);
        var second = random.NextNormal();
        var channel = Draw(ref random, [0.4 + 0.1 * scenario.Season * season, 0.3, 0.2, 0.1]);
        var region = Draw(ref random, [0.3, 0.25, 0.2, 0.15, 0.1]);
        do
        {
            Quote(ref random, unit, day, (first, second), channel, region);
            day += Year;
        } while (day < Days && random.NextDouble() < scenario.Renewals);
    }

    void Quote(
        ref DeterministicRandom random,
        string unit,
        double day,
        (double First, double Second) factors,
        int channel,
        int region
    )
    {
        var years = random.NextDouble() < 0.2 ? 0.5 : 1;
        var frequency = 0.12 * Math.Exp(0.4 * factors.First + 0.3 * factors.Second - 0.125);
        var technical = (frequency * Severity + 45) / 0.9;
        var premium = technical * 1.06 * Math.Exp(0.05 * random.NextNormal());
        var decision = new DecisionRecord
        {
            Id = new(events.Count, 0, 0, new byte[8]),
            Time = Start.AddDays(day),
            Environment = "production",
            Decision = "quote",
            Release = Release,
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            UnitId = unit,
            LatencyMicroseconds = 1000 * 4 * random.NextExponential(),
            Inputs = Json(
                $$"""{"age":{{45 - 12 * factors.First:F1}},"power":{{90 + 20 * factors.Second:F1}},"mileage":{{(random.NextDouble() < 0.03 ? "null" : $"{12000 * random.NextExponential():F0}")}},"years":{{years}},"channel":"{{Channels[channel]}}","region":"{{Regions[region]}}","weekend":{{(random.NextDouble() < 0.25 ? "true" : "false")}}}"""
            ),
            Outputs = Json(
                $$"""{"premium":{{premium:F2}},"risk_price":{{frequency * Severity:F6}},"frequency":{{frequency:F9}}}"""
            ),
            Steps = Json($$"""{"technical_price":{{technical:F4}}}"""),
        };
        events.Add((day, decision, null));
        if (random.NextDouble() < 0.5)
            Sold(ref random, decision, day, frequency * years, factors.First, channel);
    }

    void Sold(ref DeterministicRandom random, DecisionRecord decision, double day, double expected, double first, int channel)
    {
        Outcome(decision, day, "converted", 1);
        List<double> reported = [];
        for (var claim = random.NextPoisson(1.6 * expected * Math.Exp(Math.Abs(scenario.OrderOff * first))); claim > 0; claim--)
        {
            var happened = day + Year * random.NextDouble();
            // Thinned to its true frequency at the time.
            if (random.NextDouble() * 1.6 * Math.Exp(Math.Abs(scenario.OrderOff * first)) < True(happened, first, channel))
                reported.Add(happened + ReportDays * random.NextExponential());
        }
        reported.Sort();
        var (count, cost) = (0, 0.0);
        foreach (var known in reported)
        {
            cost += Amount(ref random);
            Outcome(decision, known, "claim_count", ++count);
            Outcome(decision, known, "claim_cost", cost);
        }
    }

    /// <summary>True frequency over the expected one, at most 1.6 times the effect of a changed order.</summary>
    double True(double day, double first, int channel) =>
        day < scenario.FromMonth * Year / 12
            ? 1
            : (1 + scenario.ClaimsUp) * (channel == 1 ? 1 + scenario.SegmentUp : 1) * Math.Exp(scenario.OrderOff * first);

    double Amount(ref DeterministicRandom random)
    {
        var sigma = scenario.SeveritySigma;
        return sigma > 0
            ? Severity * Math.Exp(sigma * random.NextNormal() - 0.5 * sigma * sigma)
            : Severity * random.NextExponential();
    }

    void Outcome(DecisionRecord decision, double day, string kind, double value)
    {
        if (day < Days)
            events.Add(
                (
                    day,
                    null,
                    new(
                        decision.Id,
                        Start.AddDays(day),
                        decision.Environment,
                        decision.Decision,
                        new()
                        {
                            Id = "",
                            DecisionId = decision.Id,
                            Kind = kind,
                            Value = value,
                            ValuationDate = DateOnly.FromDateTime(Start.AddDays(day).UtcDateTime),
                        }
                    )
                )
            );
    }

    /// <summary>Share of a year's claims that is reported by an age: 1/365·∫ (1 − e^(−(a − s)/20)) ds.</summary>
    static DevelopmentPattern Pattern()
    {
        var ages = new List<DevelopmentAge>();
        for (var age = 10.0; age <= 540; age += 10)
        {
            var open = Math.Min(age, Year);
            var late = ReportDays * (Math.Exp(-(age - open) / ReportDays) - Math.Exp(-age / ReportDays));
            ages.Add(new(age, (open - late) / Year));
        }
        return new(ages);
    }

    static int Draw(ref DeterministicRandom random, ReadOnlySpan<double> shares)
    {
        var (sum, total) = (0.0, 0.0);
        foreach (var share in shares)
            total += share;
        var draw = total * random.NextDouble();
        for (var i = 0; i < shares.Length - 1; i++)
        {
            sum += shares[i];
            if (draw < sum)
                return i;
        }
        return shares.Length - 1;
    }

    static ReadOnlyMemory<byte> Json(FormattableString text) => Encoding.UTF8.GetBytes(FormattableString.Invariant(text));

    static DecisionOutput Output(string name) =>
        new()
        {
            Name = name,
            Kind = OutputKind.Number,
            Value = "1",
        };
}
