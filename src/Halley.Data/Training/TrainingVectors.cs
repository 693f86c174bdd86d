using System.Globalization;
using Halley.Kernels;

namespace Halley.Data;

/// <summary>Target, weight and offset of a training set after the exposure rule: what every learner works on.</summary>
/// <param name="Target">Shape (n).</param>
/// <param name="Weight">Shape (n), finite, at least 0.</param>
/// <param name="Offset">Shape (n), on the link scale, exposure included where it is used as offset.</param>
public sealed record TrainingVectors(double[] Target, double[] Weight, double[] Offset)
{
    /// <summary>Reads the vectors of one part of a training set.</summary>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many: errors count from the first batch on.</param>
    /// <exception cref="HalleyException">
    /// HLY2001: a target, weight or offset is missing or out of bounds; HLY2002: exposure 0. The first such row is named.
    /// </exception>
    public static TrainingVectors Of(TrainingSet set, Table rows, long firstRow = 0)
    {
        var target = rows.Numeric(set.Target).Values.ToArray();
        RefuseMissing("target", set.Target, target, double.NegativeInfinity, firstRow);
        var weight = set.Weight is null ? Filled(rows.RowCount, 1) : rows.Numeric(set.Weight).Values.ToArray();
        RefuseMissing("weight", set.Weight, weight, 0, firstRow);
        var offset = set.Offset is null ? new double[rows.RowCount] : rows.Numeric(set.Offset).Values.ToArray();
        RefuseMissing("offset", set.Offset, offset, double.NegativeInfinity, firstRow);
        if (set.Exposure is not null)
            ApplyExposure(set, rows.Exposure(set.Exposure).Years, target, weight, offset, firstRow);
        return new(target, weight, offset);
    }

    static void ApplyExposure(
        TrainingSet set,
        ReadOnlySpan<double> years,
        double[] target,
        double[] weight,
        double[] offset,
        long firstRow
    )
    {
        for (var row = 0; row < years.Length; row++)
        {
            if (years[row] == 0)
                ThrowZeroExposure(set.Exposure!, firstRow + row);
            if (set.ExposureUse == ExposureUse.Offset)
            {
                offset[row] += VectorMath.Log(years[row]);
            }
            else
            {
                target[row] /= years[row];
                weight[row] *= years[row];
            }
        }
    }

    static double[] Filled(int count, double value)
    {
        var filled = new double[count];
        Array.Fill(filled, value);
        return filled;
    }

    static void RefuseMissing(string role, string? column, double[] values, double minimum, long firstRow)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]) || values[row] < minimum)
                ThrowBadValue(role, column!, firstRow + row, values[row]);
        }
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
