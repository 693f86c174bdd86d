using Halley.Data;

namespace Halley.Registry;

/// <summary>What is watched of a live decision, by which segments, and when it is an alarm.</summary>
/// <remarks>
/// The risk is that of the whole: a sound release on a book that stays as it is raises any alarm at all, at any number of looks, with at
/// most this chance. Half of it goes to the whole book and half to the segments, evenly over what is tested there.
/// </remarks>
public sealed record MonitorPlan
{
    /// <summary>Name of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>Inputs (categories, or yes and no) by whose levels everything is watched too. Default none.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Input, step or output with the years at risk that a decision stands for; null where each counts as 1.</summary>
    public string? Exposure { get; init; }

    /// <summary>Days of the release's own first decisions that later ones are compared with. Range: above 0. Default 60.</summary>
    public double ReferenceDays { get; init; } = 60;

    /// <summary>Inputs whose drift is watched; empty for every category, number and yes/no.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Outputs and steps whose drift is watched as scores; empty for every numeric output.</summary>
    public IReadOnlyList<string> Scores { get; init; } = [];

    /// <summary>Population stability index above which a drift matters. Range: above 0. Default 0.2.</summary>
    public double DriftIndex { get; init; } = 0.2;

    /// <summary>Rise of the share of missing values that matters. Range (0, 1). Default 0.02.</summary>
    public double MissingRise { get; init; } = 0.02;

    /// <summary>Share of decisions with a level that no model learned, above which it matters. Range (0, 1). Default 0.01.</summary>
    public double UnseenShare { get; init; } = 0.01;

    /// <summary>Milliseconds that at most 1 in 100 decisions may take longer than; null where latency is only shown.</summary>
    public double? LatencyMilliseconds { get; init; }

    /// <summary>Claims (decisions with an actual amount) before a line is judged. Range from 10. Default 50.</summary>
    public int MinimumClaims { get; init; } = 50;

    /// <summary>Actual against expected.</summary>
    public IReadOnlyList<MonitorLine> Lines { get; init; } = [];

    /// <summary>Charged against technical price; null where it is not watched.</summary>
    public MonitorPrice? Price { get; init; }

    /// <summary>Chance that a sound release ever raises any alarm. Range (0, 0.5). Default 0.05.</summary>
    public double Risk { get; init; } = 0.05;

    /// <summary>Address that alarms are sent to; null for none.</summary>
    public string? Webhook { get; init; }

    /// <exception cref="HalleyException">HLY5611: every problem at once.</exception>
    public void Validate()
    {
        var problems = Limits().Concat(Lines.SelectMany(line => line.Problems())).ToList();
        problems.AddRange(
            Lines
                .GroupBy(line => line.Name)
                .Where(group => group.Count() > 1)
                .Select(group => $"two lines are called '{group.Key}'")
        );
        if (Webhook is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            problems.Add($"the webhook '{address}' is no address of the form https://host/path");
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY5611",
                $"'{Decision}' cannot be monitored: {string.Join("; ", problems)}. Mend monitor.yaml."
            );
    }

    IEnumerable<string> Limits()
    {
        foreach (
            var (what, value, most) in new[]
            {
                ("reference_days", ReferenceDays, 3660),
                ("drift index", DriftIndex, 100),
                ("missing_rise", MissingRise, 1),
                ("unseen_share", UnseenShare, 1),
                ("latency_p99_ms", LatencyMilliseconds ?? 1, 1e9),
                ("price tolerance", Price?.Tolerance ?? 0.1, 10),
                ("price target", Price?.Target ?? 1, 1e6),
                ("risk", Risk, 0.5),
            }
        )
        {
            if (!(value > 0 && value < most))
                yield return FormattableString.Invariant($"{what} is {value}; it must lie between 0 and {most}");
        }
        if (MinimumClaims < 10)
            yield return $"minimum_claims is {MinimumClaims}; 10 is the least";
    }
}
