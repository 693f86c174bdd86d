using Halley.Data;

namespace Halley.Boosting;

/// <summary>Rows as bins, with their vectors.</summary>
/// <param name="Numbers">Values of numbers by feature, shape (features)(n), null for categories; null where trees need bins alone.</param>
sealed record PreparedRows(BinnedTable Table, RowVectors Vectors, double[]?[]? Numbers = null)
{
    /// <summary>The values of the features that are numbers; statistics of categories are cut, and are no terms of a leaf.</summary>
    internal static double[]?[] NumbersOf(Table rows, FeatureBins[] features)
    {
        return
        [
            .. features.Select(feature =>
                feature.IsCategory || rows.Find(feature.Input.Name) is not { } column ? null : ValuesOf(column)
            ),
        ];

        static double[] ValuesOf(Column column)
        {
            var values = new double[column.RowCount];
            column.CopySlots(0, values);
            return values;
        }
    }
}
