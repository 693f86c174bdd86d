using Halley.Data;
using Halley.Glm;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The terms of a GLM as a user writes them: the first key says the kind and names the column.</summary>
static class TermShapes
{
    /// <summary><c>reject</c>, <c>missing</c> (treat as missing; in factors and bands a level of its own), or a value in its place.</summary>
    public static Shape<ValueRule> Rule { get; } =
        Text.Then<ValueRule>(word =>
            word switch
            {
                "reject" => ValueRule.Reject,
                "missing" => ValueRule.Missing,
                _ => ValueRule.Replace(word),
            }
        );

    static readonly Key Label = Optional(
        "label",
        Text,
        "Name in coefficient lists and rating tables; the usual one where not given."
    );
    static readonly Key WhenMissing = Optional(
        "missing",
        Rule,
        "For rows without a value: reject, missing, or the value to use instead."
    );
    static readonly Key Base = Optional("base", Text, "Base level; the one with most exposure where not given.");

    static readonly Key Fixed = Optional(
        "fixed",
        MapOf(Shapes.Number),
        "Relativities that are given, level: relativity; the rest is fitted around them."
    );
    static readonly Key Monotone = Optional(
        "monotone",
        Choice<MonotoneRule?>(("rising", MonotoneRule.Rising), ("falling", MonotoneRule.Falling)),
        "Relativities along the levels never fall, or never rise; levels that would break it become one, and the rest is fitted around them."
    );
    static readonly Key Cap = Optional(
        "cap",
        Shapes.Number,
        "No relativity is above this; the rest is fitted around those at it."
    );
    static readonly Key Between = Optional(
        "between",
        ListOf(Shapes.Number),
        "Lowest and highest relativity: [0.5, 2]; the rest is fitted around those at them."
    );
    static readonly Key[] Rules = [Base, Fixed, Monotone, Cap, Between];
    static readonly Key Lambda = Optional(
        "lambda",
        NumberWithin(0),
        "Weight of the penalty, on the scale of the deviance; chosen by REML where not given."
    );
    static readonly Key Knots = Optional(
        "knots",
        ListOf(Shapes.Number),
        "Where pieces meet, rising; spread over the data where not given."
    );

    static readonly Shape<Term> Number = Kind(
        "a number term",
        "number",
        "Column of numbers (or dates, in days): one coefficient.",
        [],
        (column, _) => new NumericTerm(column)
    );

    static readonly Shape<Term> Logarithm = Kind(
        "a log term",
        "log",
        "Column of positive numbers: its natural logarithm.",
        [],
        (column, _) => new LogTerm(column)
    );

    static readonly Shape<Term> Factor = Kind(
        "a factor",
        "factor",
        "Column of a category, a boolean, or a number with few values: a coefficient for each level.",
        [.. Rules, Optional("unseen", Rule, "For a number that the learn rows did not hold: reject, missing, or a level.")],
        (column, values) => Held(new FactorTerm(column) { WhenUnseen = values.Or("unseen", ValueRule.Reject) }, values)
    );

    static readonly Shape<Term> Bands = Kind(
        "a banded term",
        "bands",
        "Column of numbers, cut into bands with a coefficient each.",
        [Required("cuts", ListOf(Shapes.Number), "Where bands start, rising: [18, 21] makes <18, [18,21) and >=21."), .. Rules],
        (column, values) => Held(new BandedTerm(column, values.Get<IReadOnlyList<double>>("cuts")), values)
    );

    static readonly Shape<Term> Polynomial = Kind(
        "a polynomial",
        "polynomial",
        "Column of numbers: its powers up to a degree.",
        [
            Required("degree", Whole(1, 12), "Highest power, 1 to 12."),
            Optional("orthogonal", Flag, "Whether the basis is orthogonal over the learn rows, as R's poly(). Default false."),
        ],
        (column, values) => new PolynomialTerm(column, values.Get<int>("degree")) { Orthogonal = values.Or("orthogonal", false) }
    );

    static readonly Shape<Term> Spline = Kind(
        "a spline",
        "spline",
        "Column of numbers: a spline of a few coefficients, without penalty.",
        [
            Optional(
                "kind",
                Choice(("natural", true), ("b_spline", false)),
                "natural: straight outside the data (default); b_spline: as at the end."
            ),
            Knots,
            Optional("degrees_of_freedom", Whole(1, 60), "Number of coefficients where no knots are given. Default 4."),
            Optional("degree", Whole(1, 5), "b_spline: degree of the pieces. Default 3."),
        ],
        (column, values) =>
        {
            SplineTerm term = values.Or("kind", true)
                ? new NaturalSplineTerm(column)
                : new BSplineTerm(column) { Degree = values.Or("degree", 3) };
            return term with
            {
                Knots = values.Or<IReadOnlyList<double>?>("knots", null),
                DegreesOfFreedom = values.Or("degrees_of_freedom", 4),
            };
        }
    );

    static readonly (Func<SpecNode, bool> Test, Shape<Term> Shape)[] Single =
    [
        (HasKey("number"), Number),
        (HasKey("log"), Logarithm),
        (HasKey("factor"), Factor),
        (HasKey("bands"), Bands),
        (HasKey("polynomial"), Polynomial),
        (HasKey("spline"), Spline),
    ];

    static readonly Shape<Term> Levels = new EitherShape<Term>(
        "a column (of levels), or a term that starts with factor, bands, number, log, polynomial or spline",
        [(IsScalar, Text.Then<Term>(column => new FactorTerm(column))), .. Single]
    );

    static readonly Shape<Term> Smooth = Kind(
        "a smooth",
        "smooth",
        "Column of numbers: a smooth curve, as wiggly as the data ask for (REML).",
        [
            Optional(
                "kind",
                Choice(("cubic", SmoothKind.Cubic), ("p_spline", SmoothKind.PSpline)),
                "cubic: knots over the distinct values, bending penalised (default); p_spline: even knots, differences penalised."
            ),
            Optional("size", Whole(4, 60), "Coefficients before the penalty. Default 10."),
            Knots,
            Optional("penalty_order", Whole(1, 3), "p_spline: order of the differences. Default 2."),
            Lambda,
            Optional(
                "by",
                Levels,
                "A curve and a penalty for each level: a column, or { factor: … } or { bands: …, cuts: […] }; or a number that the curve multiplies: { number: … }, { log: … }, …"
            ),
        ],
        (column, values) =>
            new SmoothTerm(column)
            {
                Basis = values.Or("kind", SmoothKind.Cubic),
                Size = values.Or("size", 10),
                Knots = values.Or<IReadOnlyList<double>?>("knots", null),
                PenaltyOrder = values.Or("penalty_order", 2),
                Lambda = GivenLambda(values),
                By = values.Or<Term?>("by", null),
            }
    );

    static readonly Shape<Term> Credibility = Kind(
        "a factor by credibility",
        "credibility",
        "Column of many levels: each is drawn to the mean, the more the less exposure it has (REML).",
        [Lambda],
        (column, values) => new CredibilityTerm(column) { Lambda = GivenLambda(values) }
    );

    static readonly Shape<Term> Territory = Kind(
        "a territory",
        "territory",
        "Column of territories: neighbours are drawn to each other (REML).",
        [Required("neighbours", MapOf(Texts), "Neighbours of each level, level: [level, …]; a pair counts once."), Lambda],
        (column, values) =>
            new NeighbourTerm(
                column,
                new Dictionary<string, IReadOnlyList<string>>(
                    values.Get<IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>>("neighbours"),
                    StringComparer.Ordinal
                )
            )
            {
                Lambda = GivenLambda(values),
            }
    );

    static readonly (Func<SpecNode, bool> Test, Shape<Term> Shape)[] Penalised =
    [
        (HasKey("smooth"), Smooth),
        (HasKey("credibility"), Credibility),
        (HasKey("territory"), Territory),
    ];

    static readonly Shape<Term> Part = new EitherShape<Term>(
        "a term that starts with number, log, factor, bands, polynomial, spline, smooth, credibility or territory",
        [.. Single, .. Penalised]
    );

    static readonly Shape<Term> Interaction = new ObjectShape<Term>(
        "an interaction",
        [
            Required(
                "interaction",
                ListOf(Part),
                "Two or more terms that act together: cells, slopes or curves by level, a smooth surface of two smooths."
            ),
            Label,
        ],
        values => new InteractionTerm(values.Get<IReadOnlyList<Term>>("interaction")) { Label = values.Text("label") }
    );

    /// <summary>Any term.</summary>
    public static Shape<Term> Term { get; } =
        new EitherShape<Term>(
            "a term that starts with number, log, factor, bands, polynomial, spline, smooth, credibility, territory or interaction",
            [.. Single, .. Penalised, (HasKey("interaction"), Interaction)]
        );

    static Dictionary<string, double>? Given(KeyValues values) =>
        values.Has("fixed")
            ? new(values.Get<IReadOnlyList<KeyValuePair<string, double>>>("fixed"), StringComparer.Ordinal)
            : null;

    /// <summary>The term with its base and with what is said of its relativities.</summary>
    static LevelTerm Held(LevelTerm term, KeyValues values)
    {
        var between = values.Or<IReadOnlyList<double>>("between", []);
        if (values.Has("between") && between.Count != 2)
            values.Refuse("between", "give the lowest and the highest relativity: [0.5, 2].");
        if (values.Has("between") && values.Has("cap"))
            values.Refuse("cap", "'cap' and 'between' both give the highest relativity; keep one.");
        return term with
        {
            Base = values.Text("base"),
            Fixed = Given(values),
            Monotone = values.Or<MonotoneRule?>("monotone", null),
            Lowest = between.Count == 2 ? between[0] : null,
            Highest =
                between.Count == 2 ? between[1]
                : values.Has("cap") ? values.Get<double>("cap")
                : null,
        };
    }

    static double? GivenLambda(KeyValues values) => values.Has("lambda") ? values.Get<double>("lambda") : null;

    static ObjectShape<Term> Kind(
        string what,
        string key,
        string meaning,
        Key[] more,
        Func<string, KeyValues, ColumnTerm> build
    ) =>
        new(
            what,
            [Required(key, Text, meaning), .. more, WhenMissing, Label],
            values =>
            {
                var term = build(values.Get<string>(key), values) with { Label = values.Text("label") };
                return values.Has("missing") ? term with { WhenMissing = values.Get<ValueRule>("missing") } : term;
            }
        );
}
