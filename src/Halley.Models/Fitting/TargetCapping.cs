namespace Halley.Models;

/// <summary>Cuts off large targets, and keeps their total where that is asked for.</summary>
static class TargetCapping
{
    /// <summary>The table with the prepared target, and the factor that it was multiplied by.</summary>
    /// <param name="known">The factor of an earlier fit; null to find it from the learn rows.</param>
    public static (Table Table, double Factor) Apply(ModelSpec spec, TargetCap cap, Table table, DataPart?[] parts, double? known)
    {
        var target = table.Numeric(spec.Target).Values;
        var weight = spec.Weight is null ? [] : table.Numeric(spec.Weight).Values;
        var (before, after) = (0.0, 0.0);
        for (var row = 0; row < target.Length; row++)
        {
            if (parts[row] != DataPart.Learn || double.IsNaN(target[row]))
                continue;
            var w = weight.IsEmpty ? 1 : weight[row];
            before += w * target[row];
            after += w * Math.Min(target[row], cap.At);
        }
        var factor = known ?? (cap.Excess == CapExcess.Spread && after > 0 ? before / after : 1);
        var prepared = new double[target.Length];
        for (var row = 0; row < target.Length; row++)
            prepared[row] = double.IsNaN(target[row]) ? double.NaN : factor * Math.Min(target[row], cap.At);
        return (table.With(new NumericColumn(spec.Target, prepared)), factor);
    }
}
