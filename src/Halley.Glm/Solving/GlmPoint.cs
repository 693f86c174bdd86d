namespace Halley.Glm;

/// <summary>The likelihood at one set of coefficients.</summary>
/// <param name="Beta">Internal basis, shape (full columns).</param>
/// <param name="Score">Half the deviance's slope, downhill: Σ u·x, shape (full columns).</param>
/// <param name="Products">Σ h·x·x′ in the design's <see cref="ProductLayout"/>; empty under <see cref="Curvature.None"/>.</param>
sealed record GlmPoint(double[] Beta, RowSums Sums, double[] Score, double[] Products)
{
    internal double Deviance => Sums.Deviance;

    /// <summary>Whether every row's mean is one that the family allows.</summary>
    internal bool IsAllowed => Sums.OutsideDomain == 0 && double.IsFinite(Sums.Deviance);
}
