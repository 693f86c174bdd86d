namespace Halley.Optimization;

/// <summary>How a price problem is solved.</summary>
public sealed record PriceOptions
{
    /// <summary>Time for the whole, after which the best plan so far is the answer. Above zero. Default 60 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Stop when (bound − value) / bound is at most this. Range [0, 1). Default 1e-7.</summary>
    public double TargetGap { get; init; } = 1e-7;

    /// <summary>Threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Multipliers to start from, one for each limit, for example those of an earlier run; null to find a start.</summary>
    public IReadOnlyList<double>? Start { get; init; }

    /// <summary>Whether the integer search works on one thread and counts its own steps, so that a run gives the same plan again while
    /// <see cref="TimeLimit"/> is not reached. Bound and shadow prices are always the same. Default false; large portfolios always do.</summary>
    public bool IsReproducible { get; init; }

    /// <summary>A plan to start from, an option for every policy; it may break limits. Null for none.</summary>
    public IReadOnlyList<int>? StartPlan { get; init; }

    /// <summary>All problems at once.</summary>
    public IReadOnlyList<string> Validate(int limits)
    {
        var problems = new List<string>();
        if (TimeLimit <= TimeSpan.Zero)
            problems.Add($"the time limit is {TimeLimit}: give it more than zero.");
        if (!(TargetGap is >= 0 and < 1))
            problems.Add(FormattableString.Invariant($"the target gap is {TargetGap}: choose one in [0, 1), for example 1e-6."));
        if (Start is { } start && (start.Count != limits || start.Any(one => !(one >= 0) || double.IsInfinity(one))))
            problems.Add($"the start has {start.Count} multipliers: give one of at least 0 for each of the {limits} limits.");
        return problems;
    }
}
