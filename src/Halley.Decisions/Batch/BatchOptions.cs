namespace Halley.Decisions;

/// <summary>How a table is decided on.</summary>
public sealed record BatchOptions
{
    /// <summary>Whether every step's value is a column, named <c>steps.NAME</c>; missing where another than the release answered. Default: no.</summary>
    public bool Steps { get; init; }

    /// <summary>Whether the reasons are a column. Default: yes.</summary>
    public bool Reasons { get; init; } = true;

    /// <summary>Told how far the work has come; null for nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>Threads; 0 or less stands for all processors. The answers do not depend on it. Default 0.</summary>
    public int Threads { get; init; }
}
