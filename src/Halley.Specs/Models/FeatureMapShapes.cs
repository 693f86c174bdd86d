using Halley.Data;
using Halley.Data.Expressions;
using Halley.Models;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>features.yaml</c>: from request fields to the features of an imported model.</summary>
static class FeatureMapShapes
{
    static readonly Shape<Field> Simple = Choice(
        ("number", Of(FieldKind.Number)),
        ("boolean", Of(FieldKind.Boolean)),
        ("date", Of(FieldKind.Date))
    );

    static readonly Shape<Field> Category = new ObjectShape<Field>(
        "a category",
        [
            Required("levels", Texts, "Its levels."),
            Optional("unseen", TermShapes.Rule, "For a level that is not listed: missing (default), reject, or a level."),
        ],
        values =>
            Of(FieldKind.Category) with
            {
                Levels = new(values.Get<IReadOnlyList<string>>("levels").Distinct()),
                WhenUnseen = values.Or("unseen", ValueRule.Missing),
            }
    );

    static readonly Shape<Field> FieldShape = new EitherShape<Field>(
        "number, boolean, date, or a group with 'levels'",
        (IsScalar, Simple),
        (HasKey("levels"), Category)
    );

    public static Shape<FeatureMap> Map { get; } =
        new ObjectShape<FeatureMap>(
            "a map of features",
            [
                Optional(
                    "fields",
                    MapOf(FieldShape),
                    "Fields of a request that expressions read: name: kind, or name: {levels: [...]}."
                ),
                Optional("tables", MapOf(TableShapes.Table), "Lookup tables by name, for lookup(name, key)."),
                Required(
                    "features",
                    MapOf(Text),
                    "Features of the model, in order: name: expression over fields and features above it."
                ),
            ],
            values =>
                new(
                    [
                        .. values
                            .Or<IReadOnlyList<KeyValuePair<string, Field>>>("fields", [])
                            .Select(pair => pair.Value with { Name = pair.Key }),
                    ],
                    [
                        .. values
                            .Get<IReadOnlyList<KeyValuePair<string, string>>>("features")
                            .Select(pair => new DerivedFeature(pair.Key, pair.Value)),
                    ],
                    TablesOf(values)
                )
        );

    static IReadOnlyList<LookupTable> TablesOf(KeyValues values)
    {
        var tables = values.Or<IReadOnlyList<KeyValuePair<string, LookupTable>>>("tables", []);
        // An artefact's text holds no nulls, so a row for missing keys is written as coalesce() around the lookup.
        foreach (var (name, table) in tables)
        {
            if (table.Rows.Any(row => row.Keys.Contains(null)))
                values.Refuse(
                    "tables",
                    $"table '{name}' has a row for a missing key; write coalesce(lookup({name}, …), value) in its place."
                );
        }
        return [.. tables.Select(pair => pair.Value with { Name = pair.Key })];
    }

    static Field Of(FieldKind kind) => new() { Name = "", Kind = kind };
}
