using Halley.Glm;

namespace Halley.Models;

/// <summary>Brings the columns of the data into the levels of a tariff.</summary>
static class RatingColumns
{
    /// <summary>The data with texts that are features as categories: a tariff names levels where inference saw free text.</summary>
    public static Table AsCategories(ModelSpec spec, Table data)
    {
        foreach (var name in ModelInputs.ColumnsFor(spec, ModelInputs.ServedNames(spec)))
        {
            if (data.Find(name) is not TextColumn text)
                continue;
            var levels = new LevelList(text.Values.ToArray().OfType<string>().Distinct().Order(StringComparer.Ordinal));
            data = data.With(
                new CategoricalColumn(
                    name,
                    [.. text.Values.ToArray().Select(value => value is null ? -1 : levels.CodeOf(value))],
                    levels
                )
            );
        }
        return data;
    }

    /// <summary>The spec with the rule that unseen levels have in a table with a line for them.</summary>
    public static ModelSpec WithRules(ModelSpec spec, RatingTable table)
    {
        foreach (
            var column in Categories(table)
                .Where(axis => axis.ValueLevels.Contains(RatingAxis.Unknown))
                .Select(axis => axis.Column)
        )
        {
            var rule = ModelInputs.RuleOf(spec, column);
            if (rule?.WhenUnseen is null)
                spec = spec with
                {
                    Rules =
                    [
                        .. spec.Rules.Where(own => own.Name != column),
                        new FeatureRule(column, rule?.WhenMissing, ValueRule.Replace(RatingAxis.Unknown)),
                    ],
                };
        }
        return spec;
    }

    /// <summary>The data with raw categories in the levels of the table: also levels that no row has are known to the model.</summary>
    /// <param name="data">Rows that take part have known levels; a level of others becomes what the rule for unseen ones says.</param>
    public static Table WithLevels(ModelSpec spec, RatingTable table, Table data)
    {
        foreach (var axis in Categories(table))
        {
            if (data.Find(axis.Column) is not CategoricalColumn column)
                continue;
            var levels = new LevelList(axis.ValueLevels);
            var rule = ModelInputs.RuleOf(spec, axis.Column)?.WhenUnseen;
            var unseen = levels.CodeOf(rule is { Action: ValueAction.Replace, Value: { } level } ? level : RatingAxis.Unknown);
            var codes = column.Levels.MapTo(levels).Select(code => code < 0 ? unseen : code).ToArray();
            data = data.With(
                new CategoricalColumn(
                    axis.Column,
                    [.. column.Codes.ToArray().Select(code => code < 0 ? -1 : codes[code])],
                    levels
                )
            );
        }
        return data;
    }

    static IEnumerable<RatingAxis> Categories(RatingTable table) =>
        table
            .Factors.SelectMany(factor => factor.Axes)
            .Where(axis => axis.Kind == RatingAxisKind.Category)
            .DistinctBy(axis => axis.Column);
}
