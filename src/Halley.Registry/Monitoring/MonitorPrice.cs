namespace Halley.Registry;

/// <summary>Prices that were charged against technical prices.</summary>
public sealed record MonitorPrice
{
    /// <summary>Output, or kind of an outcome, that holds the price charged.</summary>
    public required string Charged { get; init; }

    /// <summary>Output or step that holds the technical price.</summary>
    public required string Technical { get; init; }

    /// <summary>Input by whose levels the two are compared, for example <c>channel</c>; null for the whole alone.</summary>
    public string? By { get; init; }

    /// <summary>What charged/technical is meant to be; null for what it was in the reference time.</summary>
    public double? Target { get; init; }

    /// <summary>The smallest departure that matters. Above 0. Default 0.03.</summary>
    public double Tolerance { get; init; } = 0.03;
}
