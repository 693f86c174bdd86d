using Halley.Data;

namespace Halley.Glm;

/// <summary>A column of a grid: its kind, and the levels of a category gathered over all batches.</summary>
sealed class GridColumn
{
    readonly FieldKind kind;
    readonly List<string> levels = [];
    readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);

    GridColumn(FieldKind kind) => this.kind = kind;

    internal static GridColumn Of(Column column)
    {
        if (column.Kind == FieldKind.Text)
            GlmErrors.ThrowKind(column.Name, column);
        return new(column.Kind);
    }

    /// <summary>Values of a batch, shape (n): a category's codes are the grid's own.</summary>
    internal double[] Slots(Column column)
    {
        if (column.Kind != kind)
            GlmErrors.ThrowTermKind(
                column.Name,
                column,
                $"one kind in all batches ({kind.ToString().ToLowerInvariant()})",
                "Read them all by one schema."
            );
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        if (column is not CategoricalColumn category)
            return slots;
        var own = Array.ConvertAll([.. category.Levels.Levels], CodeOf);
        for (var row = 0; row < slots.Length; row++)
            slots[row] = double.IsNaN(slots[row]) ? double.NaN : own[(int)slots[row]];
        return slots;
    }

    internal Column ToColumn(string name, double[] slots) =>
        kind switch
        {
            FieldKind.Category => new CategoricalColumn(name, Array.ConvertAll(slots, Code), new(levels)),
            FieldKind.Boolean => new BooleanColumn(name, Array.ConvertAll(slots, slot => (sbyte)Code(slot))),
            FieldKind.Date => new DateColumn(name, Array.ConvertAll(slots, Code)),
            FieldKind.Exposure => new ExposureColumn(name, slots),
            _ => new NumericColumn(name, slots),
        };

    static int Code(double slot) => double.IsNaN(slot) ? -1 : (int)slot;

    int CodeOf(string level)
    {
        if (!codes.TryGetValue(level, out var code))
        {
            codes.Add(level, code = levels.Count);
            levels.Add(level);
        }
        return code;
    }
}
