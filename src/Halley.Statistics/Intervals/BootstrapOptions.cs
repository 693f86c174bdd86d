namespace Halley.Statistics;

/// <summary>How a bootstrap draws and what it reports.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of resamples. Range [20, 100,000]. Default 200, which knows the standard error to 5%.</summary>
    public int Replicates { get; init; } = 200;

    /// <summary>Level of the interval. Range (0, 1). Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Seed of the draws: one seed, one interval, on any number of threads. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }
}
