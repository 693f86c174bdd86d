namespace Halley.Glm;

/// <summary>A penalised term as it was fitted.</summary>
public sealed record SmoothSummary
{
    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>The level whose curve it is, where a factor has one for each, or the column of numbers that it multiplies; null for a term of one curve.</summary>
    public string? Level { get; init; }

    /// <summary><see cref="Term"/>, with the level where there is one: <c>s(age):fuel[Diesel]</c>.</summary>
    public string Name => Level is null ? Term : $"{Term}[{Level}]";

    /// <summary>Weight of the penalty, on the scale of the deviance; of a surface that of its first margin.</summary>
    public required double Lambda { get; init; }

    /// <summary>Of a surface, and of slopes by credibility: a weight for each penalty, in the order of its parts; null elsewhere.</summary>
    public IReadOnlyList<double>? Lambdas { get; init; }

    /// <summary>Whether REML chose it.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>Effective degrees of freedom: how many coefficients the term is worth.</summary>
    public required double Degrees { get; init; }

    /// <summary>Coefficients of the term before the penalty.</summary>
    public required int Size { get; init; }

    /// <summary>A smooth's curve over the learn rows' values; of one that multiplies a number its slope. Empty for terms of levels and surfaces.</summary>
    public required IReadOnlyList<SmoothPoint> Curve { get; init; }

    /// <summary>Columns of a surface; null elsewhere.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>A surface over a grid of the learn rows' values, the first column's slowest; null elsewhere.</summary>
    public IReadOnlyList<SurfacePoint>? Surface { get; init; }
}
