namespace Halley.Registry;

/// <summary>What a decision expected beside what came: claims against their expected cost, conversions against their probability.</summary>
public sealed record MonitorLine
{
    /// <summary>For example <c>claims</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Output or step that holds the expected amount.</summary>
    public required string Expected { get; init; }

    /// <summary>Kind of the outcome that holds the actual amount; a decision without one counts as 0 so far.</summary>
    public required string Actual { get; init; }

    /// <summary>Kind of an outcome that multiplies the expected amount: 1 where a quote was taken, or years earned. Decisions without it do not count. Null: all count.</summary>
    public string? Taken { get; init; }

    /// <summary>Whether the expected amount is one of a year at risk, to be multiplied by the plan's exposure. Default false.</summary>
    public bool IsRate { get; init; }

    /// <summary>Scale of the expected amount, for example the share of claim cost below the cap. Above 0. Default 1.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The most of an actual amount that counts. Above 0; null for all of it.</summary>
    public double? Cap { get; init; }

    /// <summary>Share of the final amount that has come by an age of the decision: young months are compared with what was to be expected by now. Null: at once.</summary>
    public DevelopmentPattern? Development { get; init; }

    /// <summary>The smallest departure of actual/expected from 1 that matters. Range [0, 1). Default 0.05.</summary>
    public double Tolerance { get; init; } = 0.05;

    internal IEnumerable<string> Problems()
    {
        if (!(Factor > 0 && double.IsFinite(Factor)))
            yield return $"the factor of line '{Name}' is {Factor}; it must be above 0";
        if (Cap is { } cap && !(cap > 0 && double.IsFinite(cap)))
            yield return $"the cap of line '{Name}' is {cap}; it must be above 0";
        if (!(Tolerance is >= 0 and < 1))
            yield return $"the tolerance of line '{Name}' is {Tolerance}; it must lie in [0, 1)";
        foreach (var problem in Development?.Problems() ?? [])
            yield return $"line '{Name}': {problem}";
    }
}
