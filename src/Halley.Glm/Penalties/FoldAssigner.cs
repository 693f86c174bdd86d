using Halley.Data;

namespace Halley.Glm;

/// <summary>Gives each learn row its fold.</summary>
static class FoldAssigner
{
    /// <exception cref="HalleyException">HLY2132: the column leaves fewer than two folds.</exception>
    internal static Folds Assign(TrainingSet set, LearnRows rows, FoldPlan plan)
    {
        if (rows.Problem.Chunks is { } chunks)
            return chunks.Folds!.Assign(rows.Problem);
        if (plan.Column is { } named)
            return ByColumn(rows.Table[named], named);
        if (plan.Time is { } time)
            return ByTime(rows, time, plan.Count);
        var keys = StableKeys.OfRows(rows.Table, plan.Keys);
        var draws = Array.ConvertAll(keys, key => StableKeys.Uniform(key, plan.Seed));
        return new(Cut(draws, rows.Size, plan.Count), plan.Count, inTime: false);
    }

    static Folds ByColumn(Column column, string name)
    {
        string?[] texts = [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt)];
        string?[] distinct = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        if (distinct.Length < 2)
            PenaltyErrors.ThrowFewFolds(name, distinct.Length);
        return new(Array.ConvertAll(texts, text => Array.IndexOf(distinct, text)), distinct.Length, inTime: false);
    }

    static Folds ByTime(LearnRows rows, string name, int count)
    {
        var column = rows.Table[name];
        if (column is not (NumericColumn or DateColumn))
            PenaltyErrors.ThrowFoldKind(name, column);
        var times = new double[rows.Table.RowCount];
        column.CopySlots(0, times);
        var missing = Array.FindIndex(times, double.IsNaN);
        if (missing >= 0)
            PenaltyErrors.ThrowFoldMissing(name, rows.RowOfData(missing));
        var stretches = times.Distinct().Count();
        if (stretches < 2)
            PenaltyErrors.ThrowFewFolds(name, stretches);
        // One stretch more than folds: the earliest is only learned from.
        var parts = Math.Min(count + 1, stretches);
        var cut = Cut(times, rows.Size, parts);
        return new(cut, parts, inTime: true);
    }

    /// <summary>Parts of about equal size along the values.</summary>
    static int[] Cut(double[] values, double[] size, int count)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var cuts = new FoldCuts(count, size.Sum(), values.Distinct().Count());
        for (var i = 0; i < order.Length; )
        {
            var (value, run) = (values[order[i]], 0.0);
            while (i < order.Length && values[order[i]] == value)
                run += size[order[i++]];
            cuts.Add(value, run);
        }
        return Array.ConvertAll(values, cuts.PartOf);
    }
}
