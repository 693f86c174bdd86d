namespace Halley.Glm;

/// <summary>A penalised term as it was fitted.</summary>
public sealed record SmoothSummary
{
    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>Weight of the penalty, on the scale of the deviance.</summary>
    public required double Lambda { get; init; }

    /// <summary>Whether REML chose it.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>Effective degrees of freedom: how many coefficients the term is worth.</summary>
    public required double Degrees { get; init; }

    /// <summary>Coefficients of the term before the penalty.</summary>
    public required int Size { get; init; }

    /// <summary>A smooth's curve over the learn rows' values; empty for terms of levels.</summary>
    public required IReadOnlyList<SmoothPoint> Curve { get; init; }
}
