using Halley.Glm;

namespace Halley.Models;

/// <summary>A term that might better a model, and by how much it does on rows that neither it nor the guide learned from.</summary>
public sealed record TermCandidate
{
    public required Term Term { get; init; }

    /// <summary>Names of the model's terms that it takes the place of.</summary>
    public required IReadOnlyList<string> Replaces { get; init; }

    /// <summary>Share of the guide's gain: of the pair among all pairs, or of the column's curve that the bands keep.</summary>
    public required double Guide { get; init; }

    /// <summary>Change of the deviance on the rows that it learned from.</summary>
    public required double DevianceChange { get; init; }

    /// <summary>Change of the degrees of freedom.</summary>
    public required double Degrees { get; init; }

    /// <summary>Change of AIC on those rows, the dispersion held where it is estimated.</summary>
    public required double AicChange { get; init; }

    /// <summary>Of the term beside the model; null where it takes the place of others.</summary>
    public double? PValue { get; init; }

    /// <summary>Change of the deviance of held-out rows by unit of exposure: below 0 where the model with it is better.</summary>
    public required double HeldOutChange { get; init; }

    /// <summary>Its standard error, paired by row.</summary>
    public required double HeldOutError { get; init; }
}
