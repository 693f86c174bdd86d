using Halley.Kernels;

namespace Halley.Glm;

/// <summary>One level of a rating factor, the base level included.</summary>
public sealed record LevelRelativity
{
    /// <summary>Name of the level, or of the cell's levels joined by a colon.</summary>
    public required string Level { get; init; }

    /// <summary>Whether the relativity is 1 by definition.</summary>
    public bool IsBase { get; init; }

    /// <summary>Whether the relativity was given, not fitted.</summary>
    public bool IsFixed { get; init; }

    /// <summary>On the link scale; 0 for the base level and for an aliased one.</summary>
    public required double Coefficient { get; init; }

    /// <summary>0 for the base level; NaN for an aliased one; +∞ for an unbounded one.</summary>
    public required double StandardError { get; init; }

    /// <summary>e^coefficient: a factor on the mean under the log link, on the odds under the logit link.</summary>
    public double Relativity => VectorMath.Exp(Coefficient);

    /// <summary>Lower end of the interval of the relativity.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval of the relativity.</summary>
    public required double Upper { get; init; }

    /// <summary>Years at risk of the level's learn rows, times their weights; the weights alone where the model has no exposure.</summary>
    public required double Exposure { get; init; }

    /// <summary>Learn rows with the level.</summary>
    public required int RowCount { get; init; }

    /// <summary>Σ weight × target of the learn rows.</summary>
    public required double Observed { get; init; }

    /// <summary>Σ weight × fitted mean of the learn rows.</summary>
    public required double Fitted { get; init; }
}
