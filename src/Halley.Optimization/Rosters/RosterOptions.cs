namespace Halley.Optimization;

/// <summary>How a roster is sought.</summary>
public sealed record RosterOptions
{
    /// <summary>Time for the whole, after which the best roster so far is the answer. Above zero. Default 60 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>All problems at once.</summary>
    public IReadOnlyList<string> Validate() =>
        TimeLimit > TimeSpan.Zero ? [] : [$"the time limit is {TimeLimit}: give it more than zero."];
}
