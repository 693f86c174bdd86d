using Halley.Data;

namespace Halley.Boosting;

/// <summary>What readers share: inputs, columns of categories, and the rule from sums to the score.</summary>
static class ForeignInputs
{
    /// <summary>An input for each feature: a category where its levels are known, else a number (a category's code).</summary>
    internal static void Add(EnsembleAssembler assembler, IReadOnlyList<ForeignFeature> features, ForeignOptions options)
    {
        foreach (var feature in features)
            assembler.Inputs.Add(
                LevelsOf(feature, options) is { } levels
                    ? new(feature.Name, FieldKind.Category, levels)
                    : new ScorerInput(feature.Name, FieldKind.Number)
            );
    }

    internal static LevelList? LevelsOf(ForeignFeature feature, ForeignOptions options) =>
        !feature.IsCategory ? null
        : feature.Levels is { } stored ? new(stored)
        : options.Levels.GetValueOrDefault(feature.Name);

    /// <summary>The column of a category's codes: the input itself, or a derived one where codes arrive as numbers.</summary>
    internal static int CategoryColumn(EnsembleAssembler assembler, int feature, bool fractionBelowZero) =>
        assembler.Inputs[feature].Kind == FieldKind.Category
            ? feature
            : assembler.ColumnOf(new CodeColumn(feature, fractionBelowZero));

    /// <summary>The rule of a model whose outputs start at <paramref name="bases"/>.</summary>
    internal static ScoreRule RuleOf(double[] bases, ForeignOptions options, ForeignLink? link)
    {
        link = options.Link ?? link ?? ForeignLink.Identity;
        return new()
        {
            Bases = options.WithoutBase ? new double[bases.Length] : bases,
            Biases = new double[bases.Length],
            Scale = link.Scale,
            Output = options.Output,
            Transform = bases.Length == 1 && link.Transform is ScoreTransform.ClassLogit ? ScoreTransform.None : link.Transform,
        };
    }
}
