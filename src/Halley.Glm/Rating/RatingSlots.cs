using Halley.Data;

namespace Halley.Glm;

/// <summary>The columns that a rating table reads, in its own levels.</summary>
sealed class RatingSlots
{
    readonly Dictionary<string, double[]> slots = new(StringComparer.Ordinal);

    /// <param name="rows">Rows whose levels the table knows.</param>
    internal static RatingSlots Of(RatingTable table, Table rows)
    {
        var read = new RatingSlots();
        foreach (var axis in table.Factors.SelectMany(factor => factor.Axes))
        {
            if (!read.slots.ContainsKey(axis.Column))
                read.slots.Add(axis.Column, Read(axis, rows[axis.Column]));
        }
        return read;
    }

    /// <summary>Cell of each row, shape (n).</summary>
    internal int[] CellsOf(RatingFactor factor)
    {
        int[] cells = [];
        foreach (var axis in factor.Axes)
        {
            var own = slots[axis.Column];
            var codes = new int[own.Length];
            axis.ToCoder(0).Code(own, codes);
            for (var row = 0; row < cells.Length; row++)
                codes[row] += cells[row] * axis.Levels.Count;
            cells = codes;
        }
        return cells;
    }

    static double[] Read(RatingAxis axis, Column column)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        if (column is not CategoricalColumn category)
            return values;
        var known = axis.ValueLevels.ToList();
        var unknown = axis.UnknownLevel is { } level ? known.IndexOf(level) : -1;
        var codes = category.Levels.Levels.Select(own => known.IndexOf(own) is >= 0 and var code ? code : unknown).ToArray();
        for (var row = 0; row < values.Length; row++)
            values[row] = double.IsNaN(values[row]) ? values[row] : codes[(int)values[row]];
        return values;
    }
}
