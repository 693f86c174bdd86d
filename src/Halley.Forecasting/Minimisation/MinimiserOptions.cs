namespace Halley.Forecasting;

/// <summary>When the quasi-Newton search stops.</summary>
sealed record MinimiserOptions
{
    /// <summary>Largest number of steps. Default 300.</summary>
    internal int MaximumSteps { get; init; } = 300;

    /// <summary>Stop when two steps in turn lower the value by less than this. Default 1e-7: likelihoods are compared to 1e-4.</summary>
    internal double Tolerance { get; init; } = 1e-7;

    /// <summary>Curvature assumed before anything is known: the first step is the gradient times this. Default 0.1.</summary>
    internal double FirstScale { get; init; } = 0.1;
}
