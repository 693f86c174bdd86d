using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Everything an artefact says of its model in words and figures; the scorer and the check rows stand beside it.</summary>
/// <remarks>No time of day is in it: the same fit gives the same bytes. When a model was made is in ledger and registry.</remarks>
public sealed record ModelHeader
{
    public required ModelSpec Spec { get; init; }

    /// <summary>
    /// Raw fields that the model reads, with the levels that it knows and the rules in force: features, the offset column
    /// (<see cref="Role.Offset"/>) and the exposure (<see cref="Role.Exposure"/>).
    /// </summary>
    public required Schema Inputs { get; init; }

    /// <summary>The family with its own parameter as the fit estimated it; null where the spec gives it in full.</summary>
    public Family? FittedFamily { get; init; }

    public required Link Link { get; init; }

    /// <summary>Name of the scorer's format, for example <c>halley.glm/1</c>.</summary>
    public required string ScorerFormat { get; init; }

    public required bool Converged { get; init; }

    /// <summary>What would help where the fit did not converge.</summary>
    public string? Advice { get; init; }

    /// <summary>By what the target was multiplied because of its cap; 1 where it was not.</summary>
    public required double TargetFactor { get; init; }

    public required IReadOnlyList<PartMetrics> Metrics { get; init; }

    public required Lineage Lineage { get; init; }

    /// <summary>How each raw input but the exposure was spread over the learn rows, in the order of <see cref="Inputs"/>.</summary>
    public required IReadOnlyList<FeatureProfile> Profiles { get; init; }

    /// <summary>The rating table of a GLM, or of a tariff that is given; empty for other learners.</summary>
    public required IReadOnlyList<Relativity> Relativities { get; init; }

    /// <summary>Whether each term of a GLM as a whole has an effect; null for other learners and for older models.</summary>
    public IReadOnlyList<TermTest>? TermTests { get; init; }

    /// <summary>Penalised terms of a GLM with their curves; null for other learners and for older models.</summary>
    public IReadOnlyList<SmoothSummary>? Smooths { get; init; }

    /// <summary>How a penalised GLM's strength came about, with its path; null for others and for older models.</summary>
    public PenaltyFit? Penalty { get; init; }

    /// <summary>How much each feature is used, largest first; empty for learners that do not say.</summary>
    public required IReadOnlyList<Importance> Importance { get; init; }
}
