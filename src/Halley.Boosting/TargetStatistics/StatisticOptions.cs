namespace Halley.Boosting;

/// <summary>How categories become numbers by what the target is at their levels.</summary>
/// <remarks>
/// Each learn row is told the statistic of the rows before it in a random order, so that its own target tells it nothing; a row
/// that is scored is told that of all learn rows. Source: Prokhorenkova et al. (2018), NeurIPS 31, 6638–6648, section 3.
/// </remarks>
public sealed record StatisticOptions
{
    /// <summary>A category of more levels than this is told by statistics and not split level by level. Range 0 to 65,534. Default 255.</summary>
    public int Levels { get; init; } = 255;

    /// <summary>Whether the other categories are told by statistics too, beside their levels. Default false.</summary>
    public bool BesideLevels { get; init; }

    /// <summary>Which statistics. At least one. Default the mean.</summary>
    public IReadOnlyList<StatisticKind> Kinds { get; init; } = [StatisticKind.Mean];

    /// <summary>
    /// How much of the portfolio is mixed into each level, a statistic each: expected claims for counts, else rows of average weight.
    /// Range above 0. Default 10.
    /// </summary>
    public IReadOnlyList<double> Priors { get; init; } = [10];

    /// <summary>Random orders; each tree is grown on one of them. Range 1 to 100. Default 4.</summary>
    public int Permutations { get; init; } = 4;

    /// <summary>Whether rows come in the order of the table, oldest first, instead: the past tells of the future. Default false.</summary>
    public bool InRowOrder { get; init; }

    /// <summary>Bins of a statistic at most. Range 2 to 65,534. Default 64.</summary>
    public int Bins { get; init; } = 64;

    /// <summary>Categories that may be combined into one by search. Range 1 to 4; 1 for no combinations. Default 1.</summary>
    public int CombinationSize { get; init; } = 1;

    /// <summary>Combinations that the search keeps at most. Range 1 to 1,000. Default 8.</summary>
    public int MostCombinations { get; init; } = 8;

    /// <summary>
    /// Combinations wanted in any case, each of two to 16 features; each distinct value of a number is a level. Default none.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Combinations { get; init; } = [];

    /// <summary>Orders in which rows are told the past.</summary>
    internal int Orders => InRowOrder ? 1 : Permutations;

    internal OptionProblems AddTo(OptionProblems problems)
    {
        problems
            .Require(Levels is >= 0 and <= FeatureBins.MaximumBins, Name(nameof(Levels)), Levels, "from 0 to 65534")
            .Require(
                Kinds.Count > 0 && Kinds.All(Enum.IsDefined),
                Name(nameof(Kinds)),
                string.Join(", ", Kinds),
                "one of those listed, or several"
            )
            .Require(
                Priors.Count > 0 && Priors.All(prior => prior > 0 && double.IsFinite(prior)),
                Name(nameof(Priors)),
                string.Join(", ", Priors),
                "numbers above 0"
            )
            .Require(Permutations is >= 1 and <= 100, Name(nameof(Permutations)), Permutations, "from 1 to 100")
            .Require(Bins is >= 2 and <= FeatureBins.MaximumBins, Name(nameof(Bins)), Bins, "from 2 to 65534")
            .Require(CombinationSize is >= 1 and <= 4, Name(nameof(CombinationSize)), CombinationSize, "from 1 to 4")
            .Require(MostCombinations is >= 1 and <= 1000, Name(nameof(MostCombinations)), MostCombinations, "from 1 to 1000");
        foreach (var combination in Combinations)
            problems.Require(
                combination.Count is >= 2 and <= 16 && combination.Distinct().Count() == combination.Count,
                Name(nameof(Combinations)),
                string.Join(" x ", combination),
                "two to 16 different features"
            );
        return problems;
    }

    static string Name(string option) => "Statistics." + option;
}
