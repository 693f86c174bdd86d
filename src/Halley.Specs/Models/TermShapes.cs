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
        [Base, Optional("unseen", Rule, "For a number that the learn rows did not hold: reject, missing, or a level.")],
        (column, values) =>
            new FactorTerm(column) { Base = values.Text("base"), WhenUnseen = values.Or("unseen", ValueRule.Reject) }
    );

    static readonly Shape<Term> Bands = Kind(
        "a banded term",
        "bands",
        "Column of numbers, cut into bands with a coefficient each.",
        [Required("cuts", ListOf(Shapes.Number), "Where bands start, rising: [18, 21] makes <18, [18,21) and >=21."), Base],
        (column, values) => new BandedTerm(column, values.Get<IReadOnlyList<double>>("cuts")) { Base = values.Text("base") }
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

    static readonly (Func<SpecNode, bool> Test, Shape<Term> Shape)[] Single =
    [
        (HasKey("number"), Number),
        (HasKey("log"), Logarithm),
        (HasKey("factor"), Factor),
        (HasKey("bands"), Bands),
        (HasKey("polynomial"), Polynomial),
    ];

    static readonly Shape<Term> Part = new EitherShape<Term>(
        "a term that starts with number, log, factor, bands or polynomial",
        Single
    );

    static readonly Shape<Term> Interaction = new ObjectShape<Term>(
        "an interaction",
        [Required("interaction", ListOf(Part), "Two or more terms whose columns are multiplied."), Label],
        values => new InteractionTerm(values.Get<IReadOnlyList<Term>>("interaction")) { Label = values.Text("label") }
    );

    /// <summary>Any term.</summary>
    public static Shape<Term> Term { get; } =
        new EitherShape<Term>(
            "a term that starts with number, log, factor, bands, polynomial or interaction",
            [.. Single, (HasKey("interaction"), Interaction)]
        );

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
