namespace Halley.Glm;

/// <summary>One coefficient of the linear predictor.</summary>
public sealed record GlmCoefficient
{
    /// <summary>Name of the constant.</summary>
    public const string ConstantName = "(Intercept)";

    /// <summary>For example <c>(Intercept)</c>, <c>Region[R24]</c>, <c>DrivAge^2</c>, <c>VehGas[Regular]:log(Density)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its term; <c>(Intercept)</c> for the constant.</summary>
    public required string Term { get; init; }

    /// <summary>Its level, or the levels of its cell joined by a colon; null for a number's coefficient.</summary>
    public string? Level { get; init; }

    /// <summary>On the link scale; NaN where <see cref="IsAliased"/>.</summary>
    public required double Estimate { get; init; }

    /// <summary>Of the kind that the options ask for, from the expected information. NaN where aliased, +∞ where <see cref="IsUnbounded"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of the confidence interval, on the link scale; NaN where aliased, −∞ where there is no end.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the confidence interval, on the link scale; NaN where aliased, +∞ where there is no end.</summary>
    public required double Upper { get; init; }

    /// <summary>Estimate over standard error: z where the family fixes the dispersion, t where it is estimated.</summary>
    public double Statistic => IsUnbounded ? 0 : Estimate / StandardError;

    /// <summary>Two-sided, of the hypothesis that the coefficient is 0; NaN where aliased.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether columns before it explain its column, so that it has no estimate (R prints NA). It scores as 0.</summary>
    public bool IsAliased { get; init; }

    /// <summary>Whether the likelihood rises for ever as it grows or falls; the estimate then only stands for that.</summary>
    public bool IsUnbounded { get; init; }
}
