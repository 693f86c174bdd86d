using Halley.Glm;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The penalty of a GLM. Defaults are those of <see cref="GlmPenalty"/> and stand nowhere else.</summary>
static class PenaltyShapes
{
    static readonly GlmPenalty Default = new();

    static readonly Shape<PenaltyTerm> Rule = new ObjectShape<PenaltyTerm>(
        "what the penalty does with a term",
        [
            Required("term", Text, "Name of the term: its label, or its column."),
            Optional("weight", NumberWithin(0), "Multiplies the strength for this term; 0 leaves it unpenalised. Default 1."),
            Optional(
                "kind",
                Choice(
                    ("each", PenaltyKind.Each),
                    ("group", PenaltyKind.Group),
                    ("steps", PenaltyKind.Steps),
                    ("pairs", PenaltyKind.Pairs)
                ),
                "each: every coefficient by itself (default). group: the term is in as a whole or not. steps: neighbouring levels merge into bands. pairs: levels that are alike merge."
            ),
            Optional("lower", Number, "No coefficient of the term is below this; at most 0."),
            Optional("upper", Number, "No coefficient of the term is above this; at least 0."),
            Optional(
                "monotone",
                Choice(("rising", MonotoneRule.Rising), ("falling", MonotoneRule.Falling)),
                "For factors and bands: coefficients along the levels never fall, or never rise."
            ),
        ],
        values =>
            new(values.Get<string>("term"))
            {
                Weight = values.Or("weight", 1.0),
                Kind = values.Or("kind", PenaltyKind.Each),
                Lower = values.Has("lower") ? values.Get<double>("lower") : null,
                Upper = values.Has("upper") ? values.Get<double>("upper") : null,
                Monotone = values.Or("monotone", MonotoneRule.Free),
            }
    );

    static readonly Shape<FoldPlan> Folds = new ObjectShape<FoldPlan>(
        "folds",
        [
            Optional("count", Whole(2, 100), $"Number of folds. Default {Default.Folds.Count}."),
            Optional("key", Texts, "Columns whose equal values stay in one fold, such as a policy id."),
            Optional("time", Text, "Column of dates or years: each stretch of time is predicted from what came before it."),
            Optional("column", Text, "Column that names each row's fold."),
            Optional("seed", NumberWithin(0, 9e15), $"Decides the draw. Default {Default.Folds.Seed}."),
        ],
        values =>
            new()
            {
                Count = values.Or("count", Default.Folds.Count),
                Keys = values.Or<IReadOnlyList<string>>("key", []),
                Time = values.Text("time"),
                Column = values.Text("column"),
                Seed = (ulong)values.Or("seed", (double)Default.Folds.Seed),
            }
    );

    public static Shape<GlmPenalty> Penalty { get; } =
        new ObjectShape<GlmPenalty>(
            "a penalty",
            [
                Optional("strength", NumberWithin(0), "Lambda; where not given, a path is fitted and folds choose."),
                Optional(
                    "l1_ratio",
                    NumberWithin(0, 1),
                    $"0 ridge, 1 lasso, between them elastic net. Default {Default.L1Ratio}."
                ),
                Optional(
                    "scale",
                    Choice(("numbers", PenaltyScale.Numbers), ("all", PenaltyScale.All), ("none", PenaltyScale.None)),
                    "Coefficients measured in standard deviations of their column: those of numbers (default), all, or none."
                ),
                Optional("all_levels", Flag, "Whether base levels are penalised like the others. Default false."),
                Optional("terms", ListOf(Rule), "Terms that are not simply penalised with weight 1."),
                Optional("path_length", Whole(2, 1000), $"Strengths of the path. Default {Default.PathLength}."),
                Optional(
                    "path_ratio",
                    NumberWithin(0, 1),
                    "Least strength of the path over the greatest. Default 1e-4, or 1e-2 with more columns than rows."
                ),
                Optional("folds", Folds, "How rows are held out to choose the strength."),
                Optional(
                    "choose",
                    Choice(("one_standard_error", StrengthChoice.OneStandardError), ("best", StrengthChoice.Best)),
                    "one_standard_error: the simplest model within one standard error of the best (default). best: the least held-out deviance."
                ),
                Optional(
                    "tolerance",
                    NumberWithin(0, 1),
                    $"Stop after a step this short, in standard errors. Default {Default.Tolerance}."
                ),
            ],
            values =>
                new()
                {
                    Strength = values.Has("strength") ? values.Get<double>("strength") : null,
                    L1Ratio = values.Or("l1_ratio", Default.L1Ratio),
                    Scale = values.Or("scale", Default.Scale),
                    AllLevels = values.Or("all_levels", Default.AllLevels),
                    Terms = values.Or("terms", Default.Terms),
                    PathLength = values.Or("path_length", Default.PathLength),
                    PathRatio = values.Has("path_ratio") ? values.Get<double>("path_ratio") : null,
                    Folds = values.Or("folds", Default.Folds),
                    Choice = values.Or("choose", Default.Choice),
                    Tolerance = values.Or("tolerance", Default.Tolerance),
                }
        );
}
