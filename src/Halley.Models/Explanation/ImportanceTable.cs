using Halley.Boosting;

namespace Halley.Models;

/// <summary>How much a fitted model uses its features, as the artefact keeps it.</summary>
static class ImportanceTable
{
    /// <summary>Shares of gain, largest first, ties by name; empty for learners that do not say.</summary>
    public static IReadOnlyList<Importance> Of(FitOutcome outcome)
    {
        if (outcome is not BoostingFit fit)
            return [];
        var total = fit.Importance.Sum(feature => feature.Gain);
        return
        [
            .. fit
                .Importance.Select(feature => new Importance(feature.Feature, total > 0 ? feature.Gain / total : 0))
                .OrderByDescending(feature => feature.Share)
                .ThenBy(feature => feature.Feature, StringComparer.Ordinal),
        ];
    }
}
