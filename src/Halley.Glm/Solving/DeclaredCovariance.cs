namespace Halley.Glm;

/// <summary>Brings a covariance from the internal basis to the declared columns: A·V·A′, A being <see cref="GlmDesign.ToDeclared"/>.</summary>
static class DeclaredCovariance
{
    /// <param name="active">Full columns of <paramref name="inverse"/>'s rows.</param>
    /// <param name="inverse">Covariance of the internal coefficients at dispersion 1, shape (active × active).</param>
    /// <returns>Shape (order × order), NaN for columns that are not estimated.</returns>
    internal static double[] Of(GlmDesign design, IReadOnlyList<ColumnState> states, int[] active, double[] inverse)
    {
        var p = active.Length;
        var declared = Transposed(ApplyToColumns(design, active, inverse), p);
        declared = ApplyToColumns(design, active, declared);
        var count = states.Count;
        var covariance = new double[count * count];
        Array.Fill(covariance, double.NaN);
        int[] places = [.. active.Select(full => Array.IndexOf(design.Order, full))];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
            {
                if (states[places[i]] == ColumnState.Estimated && states[places[j]] == ColumnState.Estimated)
                    covariance[places[i] * count + places[j]] = 0.5 * (declared[i * p + j] + declared[j * p + i]);
            }
        }
        return covariance;
    }

    /// <summary>A times each column of a (p × p) matrix given row by row; the result row by row too.</summary>
    static double[] ApplyToColumns(GlmDesign design, int[] active, double[] matrix)
    {
        var p = active.Length;
        var result = new double[p * p];
        var full = new double[design.FullColumnCount];
        for (var j = 0; j < p; j++)
        {
            Array.Clear(full);
            for (var i = 0; i < p; i++)
                full[active[i]] = matrix[i * p + j];
            design.ToDeclared(full);
            for (var i = 0; i < p; i++)
                result[i * p + j] = full[active[i]];
        }
        return result;
    }

    static double[] Transposed(double[] matrix, int p)
    {
        var result = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
                result[j * p + i] = matrix[i * p + j];
        }
        return result;
    }
}
