using Halley.Data.Expressions;
using Halley.Glm;
using Halley.Kernels;

namespace Halley.Models;

/// <summary>A portfolio scored by a model and again by the file that was written from it.</summary>
/// <param name="Largest">Largest relative difference of a row, without sign.</param>
/// <param name="Mean">Mean relative difference without sign, weighted by exposure.</param>
/// <param name="Model">Total for the exposure of the rows by the model.</param>
/// <param name="File">As <paramref name="Model"/>, by the file.</param>
/// <param name="Worst">At most ten cells, the largest difference first; cells without a difference are not listed.</param>
public sealed record RatingProof(
    int Rows,
    int Cells,
    double Largest,
    double Mean,
    double Model,
    double File,
    IReadOnlyList<RatingCell> Worst
)
{
    const int CellsShown = 10;

    /// <summary>Scores the rows both ways.</summary>
    /// <param name="lines">The file as it was read back.</param>
    /// <exception cref="HalleyException">HLY2141: the file is no table; HLY1207, HLY3302: it has no line for a row that the model prices.</exception>
    public static RatingProof Of(
        FittedModel model,
        Table lines,
        Func<int, string>? placeOf,
        Table data,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        data = RatingColumns.AsCategories(model.Spec, data);
        lines = WithColumns(lines, RatingModels.TableOf(model));
        var table = RatingTable.FromLines(lines, column => KindOf(model, column), placeOf);
        var written = Written(model, table);
        var first = model.Predict(data, PredictMode.Raw, 0, progress.Part(0, 0.45), cancellation).Values.ToArray();
        var second = written.Predict(data, PredictMode.Raw, 0, progress.Part(0.45, 0.9), cancellation).Values.ToArray();
        var years = model.Spec.Exposure is { } name && data.Has(name) ? RoleColumns.Years(data[name]) : [];
        return Compare(written, table, data, first, second, years);
    }

    static RatingProof Compare(
        FittedModel written,
        RatingTable table,
        Table data,
        double[] first,
        double[] second,
        double[] years
    )
    {
        // Rows of a cell have the same scores to the bit.
        var cells = new Dictionary<(double, double), (int Row, int Rows, double Exposure)>();
        for (var row = 0; row < first.Length; row++)
        {
            var key = (first[row], second[row]);
            var cell = cells.TryGetValue(key, out var known) ? known : (row, 0, 0);
            cells[key] = (cell.Row, cell.Rows + 1, cell.Exposure + (years.Length == 0 ? 1 : years[row]));
        }
        var (largest, sum, exposure, model, file) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var ((one, two), cell) in cells)
        {
            var difference = Math.Abs(Difference(one, two));
            largest = Math.Max(largest, difference);
            sum += difference * cell.Exposure;
            exposure += cell.Exposure;
            model += VectorMath.Exp(one) * cell.Exposure;
            file += VectorMath.Exp(two) * cell.Exposure;
        }
        var worst = cells
            .Where(cell => cell.Key.Item1 != cell.Key.Item2)
            .OrderByDescending(cell => Math.Abs(Difference(cell.Key.Item1, cell.Key.Item2)))
            .ThenBy(cell => cell.Value.Row)
            .Take(CellsShown)
            .ToList();
        var levels = LevelsOf(written, table, data.Take([.. worst.Select(cell => cell.Value.Row)]));
        return new(
            first.Length,
            cells.Count,
            largest,
            exposure > 0 ? sum / exposure : 0,
            model,
            file,
            [
                .. worst.Select(
                    (cell, i) =>
                        new RatingCell(
                            levels[i],
                            cell.Value.Rows,
                            cell.Value.Exposure,
                            VectorMath.Exp(cell.Key.Item1),
                            VectorMath.Exp(cell.Key.Item2),
                            Difference(cell.Key.Item1, cell.Key.Item2),
                            cell.Value.Row + 1
                        )
                ),
            ]
        );
    }

    static double Difference(double model, double file) => VectorMath.Exp(file - model) - 1;

    /// <summary>The model as the file alone would serve it: its levels, and its lines for missing and unknown values in place of the model's rules.</summary>
    static FittedModel Written(FittedModel model, RatingTable table)
    {
        var derived = model
            .Spec.Derived.SelectMany(own => Expression.Parse(own.Expression).Names)
            .ToHashSet(StringComparer.Ordinal);
        // What derived features read besides keeps its rules: their values come from outside the table.
        var free = table.Columns.Where(column => !derived.Contains(column)).ToHashSet(StringComparer.Ordinal);
        var spec = model.Spec with
        {
            OffsetModel = null,
            Rules = [.. model.Spec.Rules.Where(rule => !free.Contains(rule.Name))],
            Learner = new RatingLearner
            {
                Features = table.Columns,
                Source = model.Name,
                SourceHash = "",
                Edits = [],
            },
        };
        spec = RatingColumns.WithRules(spec, table);
        var axes = table
            .Factors.SelectMany(factor => factor.Axes)
            .DistinctBy(axis => axis.Column)
            .ToDictionary(axis => axis.Column);
        var inputs = model.Inputs.Fields.Select(field =>
            !free.Contains(field.Name)
                ? field
                : field with
                {
                    Levels = field.Kind == FieldKind.Category ? new(axes[field.Name].ValueLevels) : null,
                    WhenMissing = ValueRule.Missing,
                    WhenUnseen = ModelInputs.RuleOf(spec, field.Name)?.WhenUnseen ?? ValueRule.Reject,
                }
        );
        return new(model.Header with { Spec = spec, Inputs = new(inputs) }, table.ToScorer(), checkRows: null);
    }

    /// <summary>Lines that do not name their columns read those of the model's factor: an engine knows its fields by the factor's name.</summary>
    static Table WithColumns(Table lines, RatingTable model)
    {
        var factors = model.Factors.ToDictionary(factor => factor.Name, factor => factor.Axes, StringComparer.Ordinal);
        var known = model.Columns.ToHashSet(StringComparer.Ordinal);
        for (var axis = 0; lines.Find(RatingSheets.Numbered("column", axis + 1)) is { } column; axis++)
        {
            var names = new string?[lines.RowCount];
            for (var row = 0; row < names.Length; row++)
            {
                names[row] = column.TextAt(row);
                var isNamed = names[row] is { } name && known.Contains(name);
                if (!isNamed && factors.TryGetValue(lines["factor"].TextAt(row) ?? "", out var axes) && axis < axes.Count)
                    names[row] = axes[axis].Column;
            }
            lines = lines.With(new TextColumn(column.Name, names));
        }
        return lines;
    }

    static FieldKind KindOf(FittedModel model, string column) =>
        model.Scorer.Inputs.FirstOrDefault(input => input.Name == column)?.Kind
        ?? throw new HalleyException(
            "HLY3474",
            $"the file has a factor of column '{column}', which model '{model.Name}' does not read. Write the column of each factor, or correct the map."
        );

    static List<IReadOnlyList<KeyValuePair<string, string>>> LevelsOf(FittedModel written, RatingTable table, Table rows)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var names = written.ScoreInputs.Fields.Select(field => field.Name).Where(rows.Has);
        var inputs = TableInputs.Bind(builder, rows, names, scope);
        var slots = written.EmitScorerInputs(builder, scope);
        var levels = new List<IReadOnlyList<KeyValuePair<string, string>>>();
        if (rows.RowCount > 0)
            inputs.Run(builder.Build(), rows.RowCount, Take, 1, CancellationToken.None);
        return levels;

        void Take(SlotBlock block)
        {
            for (var row = 0; row < block.RowCount; row++)
                levels.Add(table.CellsOf([.. slots.Select(slot => block[slot][row])]));
        }
    }
}
