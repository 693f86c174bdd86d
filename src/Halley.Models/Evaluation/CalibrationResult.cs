using Halley.Statistics;

namespace Halley.Models;

/// <summary>How predictions would have to be moved and stretched on the link scale to fit; 0 and 1 for calibrated ones.</summary>
public sealed record CalibrationResult(Figure? Intercept, Figure? Slope, bool Converged)
{
    /// <summary>Of rates a year, so that the exposure, which no model predicts, is neither moved nor stretched.</summary>
    internal static CalibrationResult? Of(Family family, Link link, ScoredRows rows, double level)
    {
        // A prediction at the edge of its domain has no finite link, and rows alike nothing to be stretched by.
        if (rows.Rates.Any(rate => !double.IsFinite(link.Apply(rate))) || rows.Rates.Distinct().Take(2).Count() < 2)
            return null;
        var fit = Metrics.Calibrate(family, link, rows.ActualRates, rows.Rates, rows.Sizes, level);
        return new(Figure.Of(fit.Intercept), Figure.Of(fit.Slope), fit.Converged);
    }
}
