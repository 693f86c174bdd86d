using Halley.Boosting;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Target statistics of categories. Defaults are those of <see cref="StatisticOptions"/> and stand nowhere else.</summary>
static class StatisticShapes
{
    static readonly StatisticOptions Default = new();

    static readonly Shape<StatisticKind> Kind = Choice(
        ("mean", StatisticKind.Mean),
        ("share", StatisticKind.Share),
        ("volume", StatisticKind.Volume)
    );

    public static Shape<StatisticOptions> Statistics { get; } =
        new ObjectShape<StatisticOptions>(
            "statistics",
            [
                Optional(
                    "levels",
                    Whole(0, 65_534),
                    $"A category of more levels is told by statistics, not split level by level. Default {Default.Levels}."
                ),
                Optional(
                    "beside_levels",
                    Flag,
                    "Whether other categories are told by statistics too, beside their levels. Default false."
                ),
                Optional("kinds", ListOf(Kind, loneItem: true), "mean, share (of targets above 0) and volume. Default mean."),
                Optional(
                    "priors",
                    ListOf(NumberWithin(0), loneItem: true),
                    $"How much of the portfolio is mixed into each level: expected claims, else rows. Default {Default.Priors[0]}."
                ),
                Optional(
                    "permutations",
                    Whole(1, 100),
                    $"Random orders in which rows are told the past. Default {Default.Permutations}."
                ),
                Optional("in_row_order", Flag, "Whether the past is what stands above in the table. Default false."),
                Optional("bins", Whole(2, 65_534), $"Bins of a statistic at most. Default {Default.Bins}."),
                Optional(
                    "combination_size",
                    Whole(1, 4),
                    $"Categories that a search may combine into one; 1 for none. Default {Default.CombinationSize}."
                ),
                Optional(
                    "most_combinations",
                    Whole(1, 1000),
                    $"Combinations that the search keeps at most. Default {Default.MostCombinations}."
                ),
                Optional(
                    "combinations",
                    ListOf(Texts),
                    "Combinations wanted in any case, each of two to 16 features; each value of a number is a level."
                ),
            ],
            values => new StatisticOptions
            {
                Levels = values.Or("levels", Default.Levels),
                BesideLevels = values.Or("beside_levels", Default.BesideLevels),
                Kinds = values.Or("kinds", Default.Kinds),
                Priors = values.Or("priors", Default.Priors),
                Permutations = values.Or("permutations", Default.Permutations),
                InRowOrder = values.Or("in_row_order", Default.InRowOrder),
                Bins = values.Or("bins", Default.Bins),
                CombinationSize = values.Or("combination_size", Default.CombinationSize),
                MostCombinations = values.Or("most_combinations", Default.MostCombinations),
                Combinations = values.Or("combinations", Default.Combinations),
            }
        );
}
