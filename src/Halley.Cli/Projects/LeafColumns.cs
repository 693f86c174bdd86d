using System.Globalization;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary>Adds the leaf of every tree to a table: <c>leaf_0</c>, <c>leaf_1</c>, …</summary>
static class LeafColumns
{
    public static Table AddTo(Table table, FittedModel model, Table rows, CancellationToken cancellation)
    {
        var leaves = ModelLeaves.Of(model, rows, cancellation);
        var trees = rows.RowCount == 0 ? 0 : leaves.Length / rows.RowCount;
        for (var tree = 0; tree < trees; tree++)
        {
            var column = new double[rows.RowCount];
            for (var row = 0; row < column.Length; row++)
                column[row] = leaves[row * trees + tree];
            table = table.With(new NumericColumn(string.Create(CultureInfo.InvariantCulture, $"leaf_{tree}"), column));
        }
        return table;
    }
}
