using Halley.Data;

namespace Halley.Registry;

/// <summary>How a release comes to an environment by small steps, and what takes it out again.</summary>
public sealed record CanaryPlan
{
    public required string Environment { get; init; }

    public required IReadOnlyList<CanaryStep> Steps { get; init; }

    public required IReadOnlyList<CanaryGuard> Guards { get; init; }

    /// <summary>Chance that a release which keeps every limit is ever taken out, in (0, 0.5). Default 0.01.</summary>
    public double Risk { get; init; } = 0.01;

    /// <exception cref="HalleyException">HLY5241: every problem at once.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (Steps.Count == 0)
            problems.Add("it has no steps");
        if (Guards.Count == 0)
            problems.Add("it has no guards, and nothing would ever take a release out");
        for (var i = 0; i < Steps.Count; i++)
        {
            var (share, length, minimum) = Steps[i];
            if (!(share is > 0 and < 1) || (i > 0 && share <= Steps[i - 1].Share))
                problems.Add(
                    FormattableString.Invariant(
                        $"step {i + 1} has the share {share}; shares rise from step to step inside 0 and 1"
                    )
                );
            if (length < TimeSpan.Zero || minimum < 1)
                problems.Add(FormattableString.Invariant($"step {i + 1} needs a length of at least 0 and at least one decision"));
        }
        foreach (var guard in Guards)
            problems.AddRange(guard.Problems());
        if (!(Risk is > 0 and < 0.5))
            problems.Add(FormattableString.Invariant($"its risk is {Risk}; it must lie between 0 and 0.5"));
        if (problems.Count > 0)
            throw CanaryErrors.BadPlan(Environment, problems);
    }
}
