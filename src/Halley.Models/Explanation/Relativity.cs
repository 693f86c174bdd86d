namespace Halley.Models;

/// <summary>One line of a rating table: a level of a factor, and what it multiplies (or adds to) the prediction by.</summary>
public sealed record Relativity
{
    /// <summary>The term's name.</summary>
    public required string Factor { get; init; }

    /// <summary>Level, band or, for a number, the function of it that the coefficient belongs to.</summary>
    public required string Level { get; init; }

    public required bool IsBase { get; init; }

    /// <summary>On the link scale; 0 at the base.</summary>
    public required double Coefficient { get; init; }

    /// <summary>Null at the base, and where it can't be estimated.</summary>
    public double? StandardError { get; init; }

    /// <summary>Two-sided, of the hypothesis that the coefficient is 0; null where there is no error, and in older models.</summary>
    public double? PValue { get; init; }

    /// <summary>e^coefficient under the log and logit links, the coefficient itself under others.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the 95 % interval of <see cref="Value"/>.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of the 95 % interval of <see cref="Value"/>.</summary>
    public double? Upper { get; init; }

    /// <summary>Years at risk (or weight) of the learn rows in the level; null for the coefficient of a number.</summary>
    public double? Exposure { get; init; }
}
