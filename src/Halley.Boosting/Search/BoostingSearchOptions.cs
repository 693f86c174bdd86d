namespace Halley.Boosting;

/// <summary>How long to look for settings, and where chance comes from.</summary>
public sealed record BoostingSearchOptions
{
    /// <summary>Settings tried at most, the given ones among them. Range 1 to 10,000. Default 40.</summary>
    public int Trials { get; init; } = 40;

    /// <summary>Rounds of a trial at most. Range 1 to 100,000. Default 3,000.</summary>
    public int MaximumRounds { get; init; } = 3_000;

    /// <summary>Decides which settings are tried. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for all processors. Changes no result. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Every problem with these options, as sentences; empty where there is none.</summary>
    public IReadOnlyList<string> Validate() =>
        new OptionProblems()
            .Require(Trials is >= 1 and <= 10_000, nameof(Trials), Trials, "from 1 to 10000")
            .Require(
                MaximumRounds is >= 1 and <= TreeEnsemble.MaximumTrees,
                nameof(MaximumRounds),
                MaximumRounds,
                "from 1 to 100000"
            )
            .Problems;
}
