using Halley.Data;
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
        [Required("levels", Texts, "Its levels.")],
        values => Of(FieldKind.Category) with { Levels = new(values.Get<IReadOnlyList<string>>("levels").Distinct()) }
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
                    ]
                )
        );

    static Field Of(FieldKind kind) => new() { Name = "", Kind = kind };
}
