namespace Halley.Models;

/// <summary>Cuts off large targets, and keeps their total where that is asked for.</summary>
static class TargetCapping
{
    /// <summary>Adds the learn rows' totals of the target before and after the cap; rows may come in batches.</summary>
    public static (double Before, double After) AddTotals(
        (double Before, double After) totals,
        ModelSpec spec,
        TargetCap cap,
        Table table,
        DataPart?[] parts
    )
    {
        var target = table.Numeric(spec.Target).Values;
        var weight = spec.Weight is null ? [] : table.Numeric(spec.Weight).Values;
        var (before, after) = totals;
        for (var row = 0; row < target.Length; row++)
        {
            if (parts[row] != DataPart.Learn || double.IsNaN(target[row]))
                continue;
            var w = weight.IsEmpty ? 1 : weight[row];
            before += w * target[row];
            after += w * Math.Min(target[row], cap.At);
        }
        return (before, after);
    }

    /// <summary>By what the capped target is multiplied.</summary>
    public static double FactorOf(TargetCap cap, (double Before, double After) totals) =>
        cap.Excess == CapExcess.Spread && totals.After > 0 ? totals.Before / totals.After : 1;

    /// <summary>The table with the prepared target.</summary>
    public static Table Apply(ModelSpec spec, TargetCap cap, Table table, double factor)
    {
        var target = table.Numeric(spec.Target).Values;
        var prepared = new double[target.Length];
        for (var row = 0; row < target.Length; row++)
            prepared[row] = double.IsNaN(target[row]) ? double.NaN : factor * Math.Min(target[row], cap.At);
        return table.With(new NumericColumn(spec.Target, prepared));
    }
}
