using Halley.Data;

namespace Halley.Glm;

/// <summary>Gives each learn row its fold.</summary>
static class FoldAssigner
{
    /// <exception cref="HalleyException">HLY2132: the column leaves fewer than two folds.</exception>
    internal static Folds Assign(TrainingSet set, LearnRows rows, FoldPlan plan)
    {
        if (plan.Column is { } named)
            return ByColumn(rows.Table[named], named);
        if (plan.Time is { } time)
            return ByTime(rows, time, plan.Count);
        var keys = StableKeys.OfRows(rows.Table, plan.Keys);
        var draws = Array.ConvertAll(keys, key => StableKeys.Uniform(key, plan.Seed));
        return new(Cut(draws, rows.Size, plan.Count), plan.Count, InTime: false);
    }

    static Folds ByColumn(Column column, string name)
    {
        string?[] texts = [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt)];
        string?[] distinct = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        if (distinct.Length < 2)
            PenaltyErrors.ThrowFewFolds(name, distinct.Length);
        return new(Array.ConvertAll(texts, text => Array.IndexOf(distinct, text)), distinct.Length, InTime: false);
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
            PenaltyErrors.ThrowFoldMissing(name, rows.Originals?[missing] ?? missing);
        var stretches = times.Distinct().Count();
        if (stretches < 2)
            PenaltyErrors.ThrowFewFolds(name, stretches);
        // One stretch more than folds: the earliest is only learned from.
        var parts = Math.Min(count + 1, stretches);
        var cut = Cut(times, rows.Size, parts);
        return new(cut, parts, InTime: true);
    }

    /// <summary>Parts of about equal size along the values; equal values stay together, and no part is empty where values are enough.</summary>
    static int[] Cut(double[] values, double[] size, int count)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var total = size.Sum();
        var parts = new int[values.Length];
        var (part, sum, own, left) = (0, 0.0, false, values.Distinct().Count());
        for (var i = 0; i < order.Length; )
        {
            var end = i;
            var run = 0.0;
            while (end < order.Length && values[order[end]] == values[order[i]])
                run += size[order[end++]];
            // The next part begins where its share does, or where only enough values are left to give each part one.
            if (own && part < count - 1 && (sum + run / 2 > total * (part + 1) / count || left <= count - 1 - part))
                part++;
            for (; i < end; i++)
                parts[order[i]] = part;
            (sum, own) = (sum + run, true);
            left--;
        }
        return parts;
    }
}
