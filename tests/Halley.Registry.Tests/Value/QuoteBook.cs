using System.Globalization;

namespace Halley.Registry.Tests;

/// <summary>A stream of quotes with known truth: release 2 asks 60 more and loses no customer, one in two buys, claims cost 150 on average.</summary>
sealed class QuoteBook(LogDesk desk)
{
    /// <summary>Release 2 earns this much more for each customer.</summary>
    public const double TrueGain = 30;

    readonly Random random = new(20260303);
    int number;

    /// <summary>Customers in a period; half of them ask twice.</summary>
    public int Customers { get; init; } = 2000;

    public async Task PlayAsync(long revision, int weeks, int champion, int? challenger = null, int? shadow = null)
    {
        var arms = new LiveArms { Champion = new("motor-quote", champion) };
        if (challenger is { } release)
            arms = ArmPlan.Challenge(arms, new("motor-quote", release), 0.4);
        var assigner = new ArmAssigner("production", "motor-quote", arms);
        var step = TimeSpan.FromDays(7 * weeks) / Customers;
        var outcomes = new List<Outcome>();
        var appends = new List<Task>();
        for (var i = 0; i < Customers; i++)
        {
            var unit = $"customer-{number++}";
            var buys = random.Next(2) == 1;
            for (var visit = 0; visit <= i % 2; visit++)
            {
                var arm = assigner.Assign(unit);
                var decision = desk.Decision(unit) with
                {
                    Release = arm.Release,
                    Arm = arm.Role,
                    Probability = arm.Probability,
                    Revision = revision,
                    Simulated = true,
                    Outputs = Outputs(arm.Release),
                };
                appends.Add(desk.Log.AppendAsync(decision));
                if (shadow is { } other)
                    appends.Add(
                        desk.Log.AppendAsync(
                            desk.Shadow(decision) with
                            {
                                Release = new("motor-quote", other),
                                Outputs = Outputs(new("motor-quote", other)),
                            }
                        )
                    );
                // The second visit of a buyer converts.
                if (buys && visit == i % 2)
                    outcomes.AddRange(Outcomes(decision));
            }
            desk.Time.Now += step;
        }
        await Task.WhenAll(appends);
        await desk.Log.AppendAsync(outcomes);
    }

    static ReadOnlyMemory<byte> Outputs(VersionId release)
    {
        var premium = release.Version == 1 ? 400 : 460;
        return Desk.Bytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"premium":{{premium}},"expected_profit":{{0.5 * (premium - 150)}}}"""
            )
        );
    }

    IEnumerable<Outcome> Outcomes(DecisionRecord decision)
    {
        var day = DateOnly.FromDateTime(decision.Time.UtcDateTime);
        yield return new()
        {
            Id = $"{decision.Id}/converted",
            DecisionId = decision.Id,
            Kind = "converted",
            Value = 1,
            ValuationDate = day,
        };
        yield return new()
        {
            Id = $"{decision.Id}/claim",
            DecisionId = decision.Id,
            Kind = "claim_cost",
            Value = 100 + 100 * random.NextDouble(),
            ValuationDate = day,
        };
    }
}
