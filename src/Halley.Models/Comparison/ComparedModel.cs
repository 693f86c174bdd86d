namespace Halley.Models;

/// <summary>One model of a comparison.</summary>
public sealed record ComparedModel
{
    public required string Model { get; init; }

    /// <summary>Name of its learner.</summary>
    public required string Learner { get; init; }

    /// <summary>Weighted total of its predictions.</summary>
    public required double Predicted { get; init; }

    public Figure? ActualExpected { get; init; }

    public Figure? Gini { get; init; }

    /// <summary>As <see cref="Evaluation.Metrics"/>, all by the first model's family.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Each class against the rest, in the first model's order; null for models that predict a number.</summary>
    public IReadOnlyList<ClassResult>? Classes { get; init; }

    /// <summary>Against the first model; null for the first itself.</summary>
    public PairedDifference? AgainstFirst { get; init; }
}
