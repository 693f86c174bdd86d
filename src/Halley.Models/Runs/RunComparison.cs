namespace Halley.Models;

/// <summary>Two runs side by side: what changed in the spec, and what it did to the figures.</summary>
public sealed record RunComparison
{
    public required RunRecord First { get; init; }

    public required RunRecord Second { get; init; }

    public required IReadOnlyList<SpecChange> Changes { get; init; }

    /// <summary>Figures that both runs have, in the first run's order.</summary>
    public required IReadOnlyList<MetricPair> Metrics { get; init; }

    /// <summary>Whether both saw the same values in the columns that took part.</summary>
    public bool SameData => First.DataFingerprint is not null && First.DataFingerprint == Second.DataFingerprint;

    public bool SameArtefact => First.ArtefactHash == Second.ArtefactHash;

    public static RunComparison Of(RunRecord first, RunRecord second) =>
        new()
        {
            First = first,
            Second = second,
            Changes = first.Spec is null || second.Spec is null ? [] : SpecDiff.Between(first.Spec, second.Spec),
            Metrics =
            [
                .. from part in first.Metrics
                from metric in part.Values
                let other = second.Metrics.FirstOrDefault(candidate => candidate.Part == part.Part)?[metric.Name]
                where other is not null
                select new MetricPair(part.Part, metric.Name, metric.Value, other.Value),
            ],
        };
}
