namespace Halley.Forecasting;

/// <summary>Parameters and initial states of an exponential smoothing model.</summary>
public sealed record EtsParameters
{
    /// <summary>Smoothing of the level, 0 to 1.</summary>
    public required double Alpha { get; init; }

    /// <summary>Smoothing of the slope, below α; 0 without trend.</summary>
    public double Beta { get; init; }

    /// <summary>Smoothing of the season, below 1 − α; 0 without season.</summary>
    public double Gamma { get; init; }

    /// <summary>Damping of the slope; 1 without damping.</summary>
    public double Phi { get; init; } = 1;

    public required double Level { get; init; }

    /// <summary>Slope, or growth factor of a multiplicative trend.</summary>
    public double Slope { get; init; }

    /// <summary>Shape (m): the season of the first m steps, oldest first; empty without season.</summary>
    public double[] Season { get; init; } = [];
}
