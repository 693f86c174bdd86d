namespace Halley.Glm;

/// <summary>Finds the coefficients that have no finite optimum: those along which the information at the end of the search is zero.</summary>
/// <remarks>
/// With separated data each step moves on by about one, and the rows concerned weigh less and less. A dropped row j of the factor
/// then marks a direction v with v′·A·v ≈ 0: v = e_j − A⁻¹·A_j over the rows that are left.
/// </remarks>
static class Drift
{
    /// <summary>Parts of a direction below this are rounding; columns are levels or have unit variance.</summary>
    const double Negligible = 1e-4;

    /// <param name="dropped">Active columns that the factor of the information left out.</param>
    /// <param name="explainedBy">A⁻¹·A_j over the columns that are left, shape (active).</param>
    /// <returns>The states with drifting columns marked.</returns>
    internal static ColumnState[] Mark(
        GlmDesign design,
        ColumnState[] states,
        int[] active,
        bool[] dropped,
        Func<int, double[]> explainedBy
    )
    {
        var p = active.Length;
        var marked = (ColumnState[])states.Clone();
        var drifting = new HashSet<int>();
        for (var j = 0; j < p; j++)
        {
            if (!dropped[j])
                continue;
            var direction = new double[design.FullColumnCount];
            var explained = explainedBy(j);
            for (var i = 0; i < p; i++)
                direction[active[i]] = Math.Abs(explained[i]) > Negligible ? -explained[i] : 0;
            direction[active[j]] = 1;
            design.ToDeclared(direction);
            drifting.UnionWith(active.Where(full => direction[full] != 0));
        }
        for (var i = 0; i < marked.Length; i++)
        {
            if (drifting.Contains(design.Order[i]))
                marked[i] = ColumnState.Drifts;
        }
        return marked;
    }
}
