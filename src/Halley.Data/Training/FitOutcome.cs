namespace Halley.Data;

/// <summary>What a trainer returns; each learner adds what it knows about its fit.</summary>
public abstract record FitOutcome
{
    public required IScorer Scorer { get; init; }

    /// <summary>Not converging is a result: <see cref="Advice"/> then names the option that would help.</summary>
    public required bool Converged { get; init; }

    public string? Advice { get; init; }
}
