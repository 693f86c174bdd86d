using Halley.Statistics;

namespace Halley.Models;

/// <summary>The figures that every part of the data gets.</summary>
static class MetricValues
{
    /// <summary>Finite figures only: one that the rows can't give is left out.</summary>
    public static IReadOnlyList<Metric> Of(Family family, ScoredRows rows) => PartMeasure.Of(family, rows).Values();

    /// <summary>Whether a Lorenz curve has a meaning: totals of at least 0, and one above.</summary>
    public static bool CanRank(double[] actual) => actual.All(total => total >= 0) && actual.Any(total => total > 0);
}
