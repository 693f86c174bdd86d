namespace Halley.Optimization;

/// <summary>A plan within the limits, and how much better any other could be.</summary>
public sealed record PriceResult
{
    /// <summary>The option of every policy, from 0; null where no plan was found.</summary>
    public required IReadOnlyList<int>? Plan { get; init; }

    /// <summary>Profit of the plan, in units.</summary>
    public required double Value { get; init; }

    /// <summary>No plan within the limits earns more.</summary>
    public required double Bound { get; init; }

    /// <summary>(bound − value) / |bound|.</summary>
    public double Gap => Plan is null ? double.PositiveInfinity : Math.Max(0, Bound - Value) / Math.Max(1e-9, Math.Abs(Bound));

    /// <summary>Whether the plan is proven the best.</summary>
    public required bool IsProven { get; init; }

    /// <summary>Every limit with its use and shadow price.</summary>
    public required IReadOnlyList<LimitUse> Limits { get; init; }

    /// <summary>What clashes, where no plan can keep the limits.</summary>
    public required Clash? Clash { get; init; }

    /// <summary>Passes over the menus.</summary>
    public required int Passes { get; init; }

    public required TimeSpan Elapsed { get; init; }
}

/// <summary>A limit in the plan.</summary>
/// <param name="Use">What the plan uses of it.</param>
/// <param name="ShadowPrice">What one more unit of its bound would earn.</param>
public sealed record LimitUse(string Name, double Bound, double Use, double ShadowPrice);
