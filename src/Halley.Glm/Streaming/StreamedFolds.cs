using Halley.Data;

namespace Halley.Glm;

/// <summary>Deals rows that come in batches out to folds: the folds that <see cref="FoldAssigner"/> makes of the same rows in a table.</summary>
/// <param name="folder">Folder of the temporary file in which draws or times are sorted.</param>
sealed class StreamedFolds(FoldPlan plan, string folder)
{
    readonly TextNumbers names = new();

    /// <summary>What decides each row's fold: a draw, a time, or the number of a name. Shape (n).</summary>
    /// <param name="rows">A batch as it came.</param>
    /// <param name="weight">0 for rows that take no part.</param>
    /// <param name="cameBefore">Rows of the batches before.</param>
    /// <param name="keptBefore">Those of them that have weight.</param>
    internal double[] Of(Table rows, double[] weight, int cameBefore, int keptBefore)
    {
        if (plan.Column is { } named)
            return names.Of(rows[named], weight, joinMissing: true);
        if (plan.Time is { } time)
            return Times(rows[time], weight, cameBefore);
        // A row that has no name is known by its place among those with weight.
        var keys = StableKeys.OfRows(rows, plan.Keys, keptBefore);
        var draws = new double[keys.Length];
        for (var (row, skipped) = (0, 0UL); row < draws.Length; row++)
        {
            draws[row] = StableKeys.Uniform(plan.Keys.Count > 0 ? keys[row] : keys[row] - skipped, plan.Seed);
            skipped += weight[row] == 0 ? 1UL : 0;
        }
        return draws;
    }

    /// <summary>The folds, once all rows have come.</summary>
    /// <exception cref="HalleyException">HLY2132: the column leaves fewer than two folds.</exception>
    internal Folds Assign(GlmProblem problem)
    {
        if (plan.Column is { } named)
            return ByName(problem, named);
        using var totals = new SortedTotals(folder);
        problem.ForEach(rows =>
        {
            var values = problem.Chunks!.Column(rows, RoleNames.Fold);
            for (var row = 0; row < values.Length; row++)
                totals.Add(values[row], rows.Size[row]);
        });
        var distinct = 0;
        var total = 0.0;
        totals.ForEach(
            (_, size, _) =>
            {
                distinct++;
                total += size;
            }
        );
        if (plan.Time is not null && distinct < 2)
            PenaltyErrors.ThrowFewFolds(plan.Time, distinct);
        var parts = plan.Time is null ? plan.Count : Math.Min(plan.Count + 1, distinct);
        var cuts = new FoldCuts(parts, total, distinct);
        totals.ForEach((value, size, _) => cuts.Add(value, size));
        return new(
            parts,
            plan.Time is not null,
            rows => Array.ConvertAll(problem.Chunks!.Column(rows, RoleNames.Fold), cuts.PartOf)
        );
    }

    Folds ByName(GlmProblem problem, string named)
    {
        // Names in their order, a missing one first.
        int[] numbers =
        [
            .. names.Missing < 0 ? [] : new[] { names.Missing },
            .. names.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value),
        ];
        if (numbers.Length < 2)
            PenaltyErrors.ThrowFewFolds(named, numbers.Length);
        var folds = new int[numbers.Length];
        for (var fold = 0; fold < numbers.Length; fold++)
            folds[numbers[fold]] = fold;
        return new(
            folds.Length,
            InTime: false,
            rows => Array.ConvertAll(problem.Chunks!.Column(rows, RoleNames.Fold), number => folds[(int)number])
        );
    }

    double[] Times(Column column, double[] weight, int cameBefore)
    {
        if (column is not (NumericColumn or DateColumn))
            PenaltyErrors.ThrowFoldKind(plan.Time!, column);
        var times = new double[column.RowCount];
        column.CopySlots(0, times);
        for (var row = 0; row < times.Length; row++)
        {
            if (double.IsNaN(times[row]) && weight[row] > 0)
                PenaltyErrors.ThrowFoldMissing(plan.Time!, cameBefore + row);
        }
        return times;
    }
}
