namespace Halley.Glm;

/// <summary>The way from internal coefficients of the active columns to declared ones, as a matrix.</summary>
static class DeclaredBasis
{
    /// <summary>A with declared = A·internal, row by row, shape (active × active).</summary>
    internal static double[] Of(PreparedDesign prepared)
    {
        var (design, active) = (prepared.Design, prepared.Active);
        var p = active.Length;
        var matrix = new double[p * p];
        var full = new double[design.FullColumnCount];
        for (var j = 0; j < p; j++)
        {
            Array.Clear(full);
            full[active[j]] = 1;
            design.ToDeclared(full);
            for (var i = 0; i < p; i++)
                matrix[i * p + j] = full[active[i]];
        }
        return matrix;
    }
}
