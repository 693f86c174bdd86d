namespace Halley.Registry;

/// <summary>What an experiment knows at a time. Its interval holds at all times together: it may be looked at as often as one likes.</summary>
public sealed record ExperimentReport
{
    public required string Experiment { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The verdict in words, with money.</summary>
    public required string Sentence { get; init; }

    /// <summary>Mean difference a unit (a decision for a shadow pair), release less champion; NaN before the first look.</summary>
    public required double Value { get; init; }

    public required double StandardError { get; init; }

    public required double Lower { get; init; }

    public required double Upper { get; init; }

    public required string Currency { get; init; }

    /// <summary>What <see cref="Value"/> is counted by.</summary>
    public required string Per { get; init; }

    /// <summary>Units of the release that are old enough to be valued.</summary>
    public required int Units { get; init; }

    public required int AgainstUnits { get; init; }

    public required int Decisions { get; init; }

    /// <summary>Chance, at any time, of units so far from the declared shares where nothing is lost: below 0.001 the figures are not to be believed.</summary>
    public required double SplitProbability { get; init; }

    public required bool IsSplitSound { get; init; }

    /// <summary>The difference for all units of a year at the traffic so far; null before the first week.</summary>
    public double? YearValue { get; init; }

    public double? YearLower { get; init; }

    public double? YearUpper { get; init; }

    /// <summary>About how many more weeks until a verdict at this rate and spread; null where there is one, or beyond ten years.</summary>
    public double? WeeksToVerdict { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>What else a reader must know: a split that is not sound, an outcome that nobody reports, an end that has passed.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
