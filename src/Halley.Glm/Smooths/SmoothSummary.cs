namespace Halley.Glm;

/// <summary>A penalised term as it was fitted.</summary>
public sealed record SmoothSummary
{
    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>The level whose curve it is, where a factor has one for each; null for a term of one curve.</summary>
    public string? Level { get; init; }

    /// <summary><see cref="Term"/>, with the level where there is one: <c>s(age):fuel[Diesel]</c>.</summary>
    public string Name => Level is null ? Term : $"{Term}[{Level}]";

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
