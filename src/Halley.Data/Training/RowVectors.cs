using System.Globalization;
using Halley.Kernels;

namespace Halley.Data;

/// <summary>Target, weight and offset of a training set after the exposure rule, without a copy of what is in the table or the same in all rows.</summary>
/// <param name="Target">Shape (n).</param>
/// <param name="Weight">Shape (n), finite, at least 0.</param>
/// <param name="Offset">Shape (n), on the link scale, exposure included where it is used as offset.</param>
public sealed record RowVectors(RowValues Target, RowValues Weight, RowValues Offset)
{
    /// <summary>Those of no row.</summary>
    public static RowVectors None { get; } = new(RowValues.Same(0, 0), RowValues.Same(1, 0), RowValues.Same(0, 0));

    /// <summary>Reads the vectors of one part of a training set.</summary>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many: errors count from the first batch on.</param>
    /// <exception cref="HalleyException">
    /// HLY2001: a target, weight or offset is missing or out of bounds; HLY2002: exposure 0. The first such row is named.
    /// </exception>
    public static RowVectors Of(TrainingSet set, Table rows, long firstRow = 0)
    {
        var target = Read("target", set.Target, rows, double.NegativeInfinity, 0, firstRow);
        var weight = Read("weight", set.Weight, rows, 0, 1, firstRow);
        var offset = Read("offset", set.Offset, rows, double.NegativeInfinity, 0, firstRow);
        RowVectors own = new(target, weight, offset);
        return set.Exposure is null ? own : own.Exposed(set, rows.Exposure(set.Exposure).Years, firstRow);
    }

    RowVectors Exposed(TrainingSet set, ReadOnlySpan<double> years, long firstRow)
    {
        if (years.IndexOf(0.0) is var row and >= 0)
            ThrowZeroExposure(set.Exposure!, firstRow + row);
        if (set.ExposureUse == ExposureUse.Offset)
        {
            var offset = Offset.ToArray();
            for (var i = 0; i < offset.Length; i++)
                offset[i] += VectorMath.Log(years[i]);
            return this with { Offset = offset };
        }
        var (target, weight) = (Target.ToArray(), Weight.ToArray());
        for (var i = 0; i < target.Length; i++)
        {
            target[i] /= years[i];
            weight[i] *= years[i];
        }
        return this with { Target = target, Weight = weight };
    }

    static RowValues Read(string role, string? column, Table rows, double minimum, double otherwise, long firstRow)
    {
        if (column is null)
            return RowValues.Same(otherwise, rows.RowCount);
        var values = rows.Numeric(column).Memory;
        var span = values.Span;
        for (var row = 0; row < span.Length; row++)
        {
            if (!double.IsFinite(span[row]) || span[row] < minimum)
                ThrowBadValue(role, column, firstRow + row, span[row]);
        }
        return RowValues.Of(values);
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    static void ThrowBadValue(string role, string column, long row, double value) =>
        throw new HalleyException(
            "HLY2001",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{role} column '{column}', row {row + 1}: {(double.IsNaN(value) ? "the value is missing" : $"{value} is not allowed")}. "
                    + $"Correct the row, or leave it out with a filter on '{column}'."
            )
        );

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    static void ThrowZeroExposure(string column, long row) =>
        throw new HalleyException(
            "HLY2002",
            $"exposure column '{column}', row {row + 1}: 0 years at risk carry no information. Leave such rows out with the filter \"{column} > 0\"."
        );
}
