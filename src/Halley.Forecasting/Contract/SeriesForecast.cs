namespace Halley.Forecasting;

/// <summary>Forecasts of one series: a mean path and, where the model gives one, its distribution by step.</summary>
public sealed record SeriesForecast
{
    /// <summary>Point forecasts, shape (horizon).</summary>
    public required double[] Mean { get; init; }

    /// <summary>The distribution of each step, shape (horizon); empty where the model gives none.</summary>
    public IReadOnlyList<IStepDistribution> Steps { get; init; } = [];

    public int Horizon => Mean.Length;

    public bool HasDistribution => Steps.Count == Mean.Length;

    /// <summary>The quantile of order <paramref name="p"/> of every step, shape (horizon).</summary>
    public double[] Quantile(double p) => [.. Steps.Select(step => step.Quantile(p))];

    /// <summary>The central interval that holds a value with probability <paramref name="level"/>, 0 to 1.</summary>
    public (double[] Lower, double[] Upper) Interval(double level) => (Quantile(0.5 * (1 - level)), Quantile(0.5 * (1 + level)));

    /// <summary>Normal distributions about <paramref name="mean"/>.</summary>
    internal static SeriesForecast Normal(double[] mean, double[] standardDeviation) =>
        new() { Mean = mean, Steps = [.. mean.Zip(standardDeviation, (mu, sd) => new NormalStep(mu, sd))] };
}
