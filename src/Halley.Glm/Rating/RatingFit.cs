using Halley.Data;

namespace Halley.Glm;

/// <summary>A given tariff on given rows: nothing was fitted, the rows say how much there is of each level.</summary>
public sealed record RatingFit : FitOutcome
{
    public required RatingTable Table { get; init; }

    /// <summary>Every factor with all its cells, without standard errors; base is the level of relativity 1 with the most exposure.</summary>
    public required IReadOnlyList<TermRelativities> Relativities { get; init; }
}
