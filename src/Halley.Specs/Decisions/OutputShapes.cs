using Halley.Decisions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The named values of an answer.</summary>
static class OutputShapes
{
    static readonly Shape<MoneyRounding> Rounding = Choice(
        ("half_up", MoneyRounding.HalfUp),
        ("half_even", MoneyRounding.HalfEven),
        ("half_down", MoneyRounding.HalfDown),
        ("up", MoneyRounding.Up),
        ("down", MoneyRounding.Down),
        ("ceiling", MoneyRounding.Ceiling),
        ("floor", MoneyRounding.Floor)
    );

    /// <summary>An output; its name is the key it stands under.</summary>
    public static Shape<DecisionOutput> Output { get; } =
        new ObjectShape<DecisionOutput>(
            "an output",
            [
                Required("value", Text, "Formula of the value."),
                Optional(
                    "kind",
                    Choice(
                        ("number", OutputKind.Number),
                        ("category", OutputKind.Category),
                        ("boolean", OutputKind.Boolean),
                        ("date", OutputKind.Date),
                        ("money", OutputKind.Money)
                    ),
                    "What it is to the caller. Default number."
                ),
                Optional("currency", Text, "money: ISO 4217 code, for example EUR."),
                Optional("decimals", Whole(0, 6), "money: decimals. Default 2."),
                Optional("rounding", Rounding, "money: rounding rule. Default half_up."),
                Optional("instalments", Text, "money: formula of the number of payments that add up to the total."),
                Optional("optional", Flag, "Whether the value may be missing, and is then null. Default false."),
                Optional("not_with", Texts, "Actions with which it is left out."),
                Optional("unit", Text, "Unit in words."),
                Optional("description", Text, "What a caller should know."),
            ],
            Build
        );

    static readonly string[] MoneyKeys = ["currency", "decimals", "rounding", "instalments"];

    static DecisionOutput Build(KeyValues values)
    {
        var kind = values.Or("kind", OutputKind.Number);
        var isMoney = kind == OutputKind.Money;
        if (isMoney && !values.Has("currency"))
            values.Refuse("kind", "an output of kind money needs its 'currency', for example EUR.");
        foreach (var key in MoneyKeys.Where(key => !isMoney && values.Has(key)))
            values.Refuse(key, $"'{key}' belongs to outputs of kind money.");
        return new()
        {
            Name = "",
            Kind = kind,
            Value = values.Get<string>("value"),
            Money = isMoney
                ? new()
                {
                    Currency = values.Or("currency", ""),
                    Decimals = values.Or("decimals", 2),
                    Rounding = values.Or("rounding", MoneyRounding.HalfUp),
                }
                : null,
            Instalments = values.Text("instalments"),
            Optional = values.Or("optional", false),
            NotWith = values.Or<IReadOnlyList<string>>("not_with", []),
            Unit = values.Text("unit"),
            Description = values.Text("description"),
        };
    }
}
