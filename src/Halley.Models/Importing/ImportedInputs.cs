using Halley.Boosting;

namespace Halley.Models;

/// <summary>The raw fields of an imported model, and what is known of their spread.</summary>
static class ImportedInputs
{
    /// <summary>Fields in the order in which serving meets them.</summary>
    public static Schema Of(ModelSpec spec, TreeEnsemble scorer, ImportOptions options)
    {
        var names = ModelInputs.ColumnsFor(spec, ModelInputs.ServedNames(spec));
        var fields = names.Select(name => FieldOf(name, spec, scorer, options));
        if (spec.Exposure is not null)
            fields = fields.Append(
                new()
                {
                    Name = spec.Exposure,
                    Kind = FieldKind.Exposure,
                    Role = Role.Exposure,
                    Unit = "years",
                }
            );
        return new(fields);
    }

    static Field FieldOf(string name, ModelSpec spec, TreeEnsemble scorer, ImportOptions options)
    {
        var (kind, levels) = (FieldKind.Number, (LevelList?)null);
        if (options.Features?.Fields.FirstOrDefault(field => field.Name == name) is { } declared)
            (kind, levels) = (declared.Kind, declared.Levels);
        else if (scorer.Inputs.FirstOrDefault(input => input.Name == name) is { } input)
            (kind, levels) = (input.Kind, input.Levels);
        var rule = ModelInputs.RuleOf(spec, name);
        return new()
        {
            Name = name,
            Kind = kind,
            Levels = levels,
            WhenMissing = rule?.WhenMissing ?? ValueRule.Missing,
            WhenUnseen = rule?.WhenUnseen ?? ValueRule.Missing,
        };
    }

    /// <summary>From rows where there are any that hold the field; else from where the trees cut it.</summary>
    public static FeatureProfile ProfileOf(Field field, TreeEnsemble scorer, Table? rows)
    {
        if (rows?.Find(field.Name) is { } column && column.Kind == field.Kind)
            return FeatureProfiler.Of(WithLevels(column, field), Enumerable.Repeat(1.0, rows.RowCount).ToArray());
        var profile = new FeatureProfile
        {
            Name = field.Name,
            Kind = field.Kind,
            MissingShare = 0,
        };
        if (field.Kind is FieldKind.Category or FieldKind.Boolean)
        {
            var levels = field.Levels?.Count ?? 2;
            return profile with { LevelShares = [.. Enumerable.Repeat(1.0 / levels, levels)], Typical = levels > 0 ? 0 : null };
        }
        var index = scorer.Inputs.ToList().FindIndex(input => input.Name == field.Name);
        var cuts = index < 0 ? [] : scorer.CutsOf(index);
        // A field that no tree cuts may have any value; a number stands for all of them.
        if (cuts.Count == 0)
            cuts = [0];
        IReadOnlyList<double> percentiles =
        [
            .. Enumerable.Range(0, 101).Select(percent => cuts[percent * (cuts.Count - 1) / 100]),
        ];
        return profile with { Percentiles = percentiles, Typical = percentiles[50] };
    }

    /// <summary>The column in the field's levels; others are missing.</summary>
    internal static Column WithLevels(Column column, Field field)
    {
        if (column is not CategoricalColumn categories || categories.Levels.SequenceEqual(field.Levels!))
            return column;
        var (codes, map) = (new double[column.RowCount], categories.Levels.MapTo(field.Levels!));
        column.CopySlots(0, codes);
        return new CategoricalColumn(
            column.Name,
            [.. codes.Select(code => double.IsNaN(code) ? -1 : map[(int)code])],
            field.Levels!
        );
    }
}
