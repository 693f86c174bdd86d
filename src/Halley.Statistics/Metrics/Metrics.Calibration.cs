namespace Halley.Statistics;

/// <content>Calibration by a two-parameter fit.</content>
public static partial class Metrics
{
    const int CalibrationSteps = 50;

    /// <summary>Intercept and slope of a fit of y on the link of its prediction, with errors that hold under any variance.</summary>
    /// <remarks>
    /// Fisher scoring; errors by the sandwich A⁻¹BA⁻¹, A the information, B the sum of squared scores.
    /// Sources: Cox (1958), Biometrika 45, 562–565; White (1982), Econometrica 50, 1–25.
    /// </remarks>
    /// <exception cref="ArgumentException">A prediction has no finite link.</exception>
    public static Calibration Calibrate(
        Family family,
        Link link,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default,
        double level = 0.95
    )
    {
        Shapes.Check(y, mu, weight);
        var eta = new double[mu.Length];
        for (var row = 0; row < eta.Length; row++)
        {
            eta[row] = link.Apply(mu[row]);
            if (!double.IsFinite(eta[row]))
                throw new ArgumentException($"row {row + 1}: prediction {mu[row]:R} has no finite {link} link.", nameof(mu));
        }
        var (intercept, slope, converged) = (0.0, 1.0, false);
        for (var step = 0; step < CalibrationSteps && !converged; step++)
        {
            var (a, b) = ScoreSums.Of(family, link, y, eta, weight, intercept, slope).Step();
            (intercept, slope) = (intercept + a, slope + b);
            converged = Math.Abs(a) + Math.Abs(b) <= 1e-10 * (1 + Math.Abs(intercept) + Math.Abs(slope));
        }
        var (interceptError, slopeError) = ScoreSums.Of(family, link, y, eta, weight, intercept, slope).StandardErrors();
        return new(Estimate.Normal(intercept, interceptError, level), Estimate.Normal(slope, slopeError, level), converged);
    }
}
