namespace Halley.Statistics;

/// <summary>A distribution told by its mean and one further parameter, both as scores: what a distributional model fits for every row.</summary>
/// <remarks>
/// The two parameters of each are orthogonal: their Fisher information has no term across, so the natural gradient of one does not need
/// the other's (Cox and Reid 1987, J. R. Statist. Soc. B 49(1), 1–39). Weights multiply a row's loss: 2 is the row twice.
/// </remarks>
public interface ITwoParameterFamily
{
    /// <summary>From the first score to the mean.</summary>
    Link MeanLink { get; }

    /// <summary>What the second parameter is called: e to the second score.</summary>
    string SpreadName { get; }

    /// <summary>The domain of the target in words.</summary>
    string Domain { get; }

    bool InDomain(double y);

    /// <summary>−ln f(y), with all its terms.</summary>
    /// <param name="location">Score of the mean.</param>
    /// <param name="spread">Score of the second parameter.</param>
    double Loss(double y, double location, double spread);

    /// <summary>Slope of the loss in the mean's score, and its Fisher information.</summary>
    (double Gradient, double Information) LocationSlope(double y, double location, double spread);

    /// <summary>Slope of the loss in the second score, and its Fisher information, or what the row itself shows of it, at least 0.</summary>
    (double Gradient, double Information) SpreadSlope(double y, double location, double spread);

    /// <summary>What the mean's derivatives are multiplied by, so that they are in the units of a fit of the mean alone.</summary>
    /// <param name="spread">A typical second score.</param>
    double LocationUnit(double spread);

    /// <summary>Standard deviation.</summary>
    double Deviation(double mean, double spread);

    /// <summary>y with P(Y ≤ y) = <paramref name="share"/>; of counts the smallest with at least that.</summary>
    double Quantile(double share, double mean, double spread);

    /// <summary>Continuous ranked probability score: ∫ (P(Y ≤ x) − [y ≤ x])² dx, in the unit of y; smaller is better.</summary>
    /// <remarks>Source: Gneiting and Raftery (2007), J. Amer. Statist. Assoc. 102, 359–378.</remarks>
    double RankedScore(double y, double mean, double spread);
}
