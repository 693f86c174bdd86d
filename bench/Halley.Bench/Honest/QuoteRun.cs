using System.Globalization;
using System.Text;
using Halley.Kernels;
using Halley.Registry;

namespace Halley.Bench;

/// <summary>One play of a world: records as the decision log holds them.</summary>
sealed class QuoteRun
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    public static readonly VersionId Champion = new("quote", 1);
    public static readonly VersionId Challenger = new("quote", 2);

    /// <summary>The challenger once more, asked beside the champion.</summary>
    public static readonly VersionId Shadow = new("quote", 3);

    const string Place = "production";

    /// <summary>In the order of time.</summary>
    public required IReadOnlyList<DecisionRecord> Decisions { get; init; }

    public required IReadOnlyList<OutcomeRecord> Outcomes { get; init; }

    /// <summary>The shadow's answers to the champion's requests, in the order of time.</summary>
    public required IReadOnlyList<ShadowRecord> Shadows { get; init; }

    /// <param name="arms">What is live from a day on, by revision from 1.</param>
    public static QuoteRun Play(QuoteWorld world, ulong seed, int run, IReadOnlyList<(double Day, ArmAssigner Arms)> arms)
    {
        var units = world.Scenario.Units;
        var made = new List<(DecisionRecord Decision, ShadowRecord? Shadow)>(2 * units);
        var outcomes = new List<OutcomeRecord>(units);
        var events = new List<(double, double)>();
        for (var unit = 0; unit < units; unit++)
        {
            var random = CounterRandom.Generator(seed, (ulong)run * (ulong)units + (ulong)unit);
            var customer = world.Draw(ref random);
            var name = string.Create(CultureInfo.InvariantCulture, $"{run}-{unit}");
            for (var visit = 0; visit < world.Visits(customer); visit++)
            {
                var day = world.DayOf(customer, visit);
                if (day >= QuoteWorld.Days)
                    break;
                var revision = 0;
                while (revision + 1 < arms.Count && day >= arms[revision + 1].Day)
                    revision++;
                var arm = arms[revision].Arms.Assign(name);
                var quote = world.Ask(arm.Release != Champion, customer, visit);
                var decision = new DecisionRecord
                {
                    Id = new(made.Count, 0, 0, BitConverter.GetBytes((ulong)run)),
                    Time = Start.AddDays(day),
                    Environment = Place,
                    Decision = "quote",
                    Release = arm.Release,
                    Revision = revision + 1,
                    Arm = arm.Role,
                    Probability = arm.Probability,
                    UnitId = name,
                    Outputs = Outputs(quote),
                };
                made.Add((decision, arm.Release == Champion ? ShadowOf(decision, world.Ask(true, customer, visit)) : null));
                if (random.NextDouble() >= quote.Buys)
                    break;
                outcomes.Add(Outcome(decision, "converted", 1, 0));
                world.Claims(ref random, quote.Frequency, events);
                var known = 0.0;
                foreach (var (days, amount) in events)
                {
                    known += amount;
                    outcomes.Add(Outcome(decision, "claim_cost", known, days));
                }
            }
        }
        made.Sort((one, other) => one.Decision.Time.CompareTo(other.Decision.Time));
        return new()
        {
            Decisions = [.. made.Select(one => one.Decision)],
            Outcomes = outcomes,
            Shadows = [.. made.Where(one => one.Shadow is not null).Select(one => one.Shadow!)],
        };
    }

    static ReadOnlyMemory<byte> Outputs(QuoteWorld.Quote quote) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"premium":{{Math.Round(quote.Premium, 2)}},"expected_profit":{{Math.Round(quote.Expected, 4)}}}"""
            )
        );

    static ShadowRecord ShadowOf(DecisionRecord decision, QuoteWorld.Quote quote) =>
        new()
        {
            Id = decision.Id,
            DecisionId = decision.Id,
            Time = decision.Time,
            Environment = decision.Environment,
            Decision = decision.Decision,
            Release = Shadow,
            Outputs = Outputs(quote),
        };

    static OutcomeRecord Outcome(DecisionRecord decision, string kind, double value, double days) =>
        new(
            decision.Id,
            decision.Time.AddDays(days),
            decision.Environment,
            decision.Decision,
            new()
            {
                Id = "",
                DecisionId = decision.Id,
                Kind = kind,
                Value = value,
                ValuationDate = DateOnly.FromDateTime(decision.Time.AddDays(days).UtcDateTime),
            }
        );
}
