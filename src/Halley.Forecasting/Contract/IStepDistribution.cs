namespace Halley.Forecasting;

/// <summary>What a forecast says of one future step.</summary>
public interface IStepDistribution
{
    /// <summary>x with P(X ≤ x) = <paramref name="p"/>, 0 to 1.</summary>
    double Quantile(double p);
}
