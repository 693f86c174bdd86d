namespace Halley.Registry;

/// <summary>Settings of a <see cref="DecisionLog"/>.</summary>
public sealed record DecisionLogOptions
{
    /// <summary>Appends that may wait for the disk before callers are told to come back. Range: at least 1. Default 8192.</summary>
    public int QueueCapacity { get; init; } = 8192;

    /// <summary>How often the head of the chain is signed and kept outside the log. Range: above 0, at most a minute. Default 30 s.</summary>
    public TimeSpan HeadInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    internal DecisionLogOptions Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeadInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HeadInterval, TimeSpan.FromMinutes(1));
        return this;
    }
}
