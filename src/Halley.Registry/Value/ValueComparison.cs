using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Two releases and what was found about the difference between them.</summary>
sealed record ValueComparison
{
    internal required ValueGrade Grade { get; init; }

    internal required VersionId Release { get; init; }

    internal required VersionId Against { get; init; }

    internal required Estimate Difference { get; init; }

    internal required int Units { get; init; }

    internal required int AgainstUnits { get; init; }

    internal required int Decisions { get; init; }

    /// <summary>Time in which the evidence came, on the shorter side.</summary>
    internal required TimeSpan Span { get; init; }

    internal required bool Simulated { get; init; }

    internal required string Assumption { get; init; }
}
