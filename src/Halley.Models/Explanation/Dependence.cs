using System.Globalization;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>How a model's score depends on one input: over all rows (partial dependence), and along the rows near each value (ALE).</summary>
/// <remarks>
/// Both are on the link scale; rows count by exposure. Partial dependence: Friedman (2001), Annals of Statistics 29(5), section 8.2.
/// Accumulated local effects: Apley and Zhu (2020), J. R. Statist. Soc. B 82(4), 1059–1086, eq. 16; they do not look at combinations of
/// inputs that never occur.
/// </remarks>
public static class Dependence
{
    public const string Partial = "partial";
    public const string Accumulated = "accumulated";

    /// <summary>Steps that a number is looked at in.</summary>
    const int Steps = 20;

    /// <summary>Classes that are looked at, the first ones.</summary>
    const int MostClasses = 20;

    /// <summary>Levels of a category that are looked at, the commonest first.</summary>
    const int MostLevels = 100;

    /// <summary>Dependence on every input, or on some.</summary>
    /// <param name="table">Rows with the model's inputs.</param>
    /// <param name="features">Inputs to look at, in their order; null for all.</param>
    /// <returns>
    /// Columns <c>output</c> (of a model of classes alone: whose odds against all others it is about), <c>feature</c>, <c>kind</c> (<c>partial</c>, or for numbers and dates <c>accumulated</c> too), <c>value</c> (as text),
    /// <c>effect</c> on the link scale, centred on the rows, and <c>weight</c> of the rows at that value, or up to it from the one before.
    /// </returns>
    /// <exception cref="HalleyException">HLY3308: no row; else as <see cref="FittedModel.Predict"/>.</exception>
    public static Table Of(
        FittedModel model,
        Table table,
        IProgress<FitProgress>? progress = null,
        IReadOnlyList<string>? features = null,
        CancellationToken cancellation = default
    )
    {
        if (table.RowCount == 0)
            throw new HalleyException(
                "HLY3308",
                $"there are no rows to see how model '{model.Name}' depends on its inputs. Give some."
            );
        var lines = new DependenceLines();
        var known = model.ScoreInputs.Fields.Where(field => table.Has(field.Name)).ToList();
        var fields = features is null
            ? known
            : [.. features.Select(name => known.Find(field => field.Name == name)).OfType<Field>()];
        var weights =
            model.Spec.Exposure is { } exposure && table.Has(exposure) ? RoleColumns.Years(table[exposure]) : Ones(table);
        for (var index = 0; index < fields.Count; index++)
        {
            var (name, own) = (fields[index].Name, new double[table.RowCount]);
            table[name].CopySlots(0, own);
            var type = SlotType.Of(table[name]);
            var ordered = table[name] is not (CategoricalColumn or BooleanColumn);
            var grid = ordered ? Edges(own) : Levels(own);
            if (grid.Length > 0)
            {
                var all = Scores(model, table, name, type, grid, cancellation);
                var texts = Array.ConvertAll(grid, value => TextOf(table[name], value));
                var sizes = WeightsBy(own, grid, weights, ordered);
                foreach (var (output, scores) in all)
                {
                    lines.Add(output, name, Partial, texts, PartialOf(scores, weights), sizes, centre: true);
                    if (ordered && grid.Length > 1)
                        lines.Add(
                            output,
                            name,
                            Accumulated,
                            texts,
                            AccumulatedOf(scores, own, grid, weights),
                            sizes,
                            centre: false
                        );
                }
            }
            progress?.Report(new("looking at inputs", (index + 1.0) / fields.Count, name));
        }
        return lines.ToTable();
    }

    /// <summary>Scores of every row with the input set to each value of a grid, shape (grid)(n); of classes the logarithm of each one's odds.</summary>
    static List<(string Output, double[][] Scores)> Scores(
        FittedModel model,
        Table table,
        string name,
        SlotType type,
        double[] grid,
        CancellationToken cancellation
    )
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(
            builder,
            table,
            model.ScoreInputs.Fields.Select(field => field.Name).Where(table.Has),
            scope
        );
        string[] outputs = model.PredictsClasses ? [.. model.Classes.Take(MostClasses)] : [""];
        // Shape (grid)(outputs).
        var slots = Array.ConvertAll(
            grid,
            value =>
            {
                var changed = new Dictionary<string, SlotRef>(scope, StringComparer.Ordinal)
                {
                    [name] = builder.Constant(type, value),
                };
                return ScoresOf(model.Emit(builder, changed), builder, outputs.Length, model.PredictsClasses);
            }
        );
        var scores = Array.ConvertAll(outputs, _ => Array.ConvertAll(grid, _ => new double[table.RowCount]));
        inputs.Run(builder.Build(), table.RowCount, Take, 0, cancellation);
        return [.. outputs.Zip(scores)];

        void Take(SlotBlock block)
        {
            for (var at = 0; at < slots.Length; at++)
            {
                for (var output = 0; output < outputs.Length; output++)
                    block[slots[at][output]].CopyTo(scores[output][at].AsSpan(block.FirstRow));
            }
        }
    }

    static int[] ScoresOf(ModelSlots emitted, PlanBuilder builder, int count, bool ofClasses)
    {
        if (!ofClasses)
            return [emitted.Raw.Index];
        int[] shares = [.. emitted.Outputs.Select(output => output.Index)];
        var odds = new int[count];
        for (var own = 0; own < count; own++)
        {
            odds[own] = builder.Allocate(SlotType.Number).Index;
            builder.Add(new ClassOdds(shares, own, odds[own]));
        }
        return odds;
    }

    static double[] PartialOf(double[][] scores, double[] weights) =>
        Array.ConvertAll(scores, own => own.Zip(weights, (score, weight) => score * weight).Sum() / weights.Sum());

    /// <summary>Mean steps of the score between neighbouring edges over the rows between them, added up and centred.</summary>
    static double[] AccumulatedOf(double[][] scores, double[] own, double[] edges, double[] weights)
    {
        var (effects, between) = (new double[edges.Length], new double[edges.Length]);
        for (var row = 0; row < own.Length; row++)
        {
            if (double.IsNaN(own[row]))
                continue;
            var step = StepOf(own[row], edges);
            between[step] += weights[row];
            effects[step] += weights[row] * (scores[step][row] - scores[step - 1][row]);
        }
        var mean = 0.0;
        for (var edge = 1; edge < edges.Length; edge++)
        {
            effects[edge] = effects[edge - 1] + (between[edge] > 0 ? effects[edge] / between[edge] : 0);
            mean += between[edge] * (effects[edge - 1] + effects[edge]) / 2;
        }
        var total = between.Sum();
        return Array.ConvertAll(effects, effect => effect - (total > 0 ? mean / total : 0));
    }

    /// <summary>The step that a value lies in: from 1, the edge that it does not exceed.</summary>
    static int StepOf(double value, double[] edges)
    {
        var at = Array.BinarySearch(edges, value);
        return Math.Clamp(at < 0 ? ~at : at, 1, edges.Length - 1);
    }

    static double[] WeightsBy(double[] own, double[] grid, double[] weights, bool ordered)
    {
        var sums = new double[grid.Length];
        for (var row = 0; row < own.Length; row++)
        {
            var at =
                double.IsNaN(own[row]) ? -1
                : !ordered ? Array.IndexOf(grid, own[row])
                : grid.Length == 1 || own[row] <= grid[0] ? 0
                : StepOf(own[row], grid);
            if (at >= 0)
                sums[at] += weights[row];
        }
        return sums;
    }

    /// <summary>Values at even shares of the rows, each once, rising.</summary>
    static double[] Edges(double[] own)
    {
        var sorted = own.Where(value => !double.IsNaN(value)).Order().ToArray();
        return sorted.Length == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(0, Steps + 1)
                    .Select(step => sorted[(int)((long)step * (sorted.Length - 1) / Steps)])
                    .Distinct(),
            ];
    }

    static double[] Levels(double[] own) =>
        [
            .. own.Where(value => !double.IsNaN(value))
                .GroupBy(value => value)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key)
                .Take(MostLevels)
                .Select(group => group.Key),
        ];

    static double[] Ones(Table table)
    {
        var ones = new double[table.RowCount];
        Array.Fill(ones, 1);
        return ones;
    }

    static string TextOf(Column column, double value) =>
        column switch
        {
            CategoricalColumn category => category.Levels[(int)value],
            BooleanColumn => value != 0 ? "true" : "false",
            DateColumn => DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
}
