namespace Halley.Boosting;

/// <summary>Leaves that hold a linear model: constant + Σ coefficient · column, in place of a value.</summary>
/// <param name="Starts">Shape (nodes + 1): where each node's terms begin; a node without terms has its plain value.</param>
/// <param name="Columns">Shape (terms).</param>
/// <param name="Coefficients">Shape (terms).</param>
/// <param name="Constants">Shape (nodes).</param>
/// <param name="MissingIsZero">Whether a missing value adds nothing; else the leaf's plain value stands in for the whole model.</param>
sealed record LinearLeaves(int[] Starts, int[] Columns, double[] Coefficients, double[] Constants, bool MissingIsZero)
{
    /// <summary>The value of a leaf for one row.</summary>
    internal double ValueOf(int node, double plain, ReadOnlySpan<double> row)
    {
        var (start, end) = (Starts[node], Starts[node + 1]);
        if (start == end)
            return plain;
        var sum = Constants[node];
        for (var term = start; term < end; term++)
        {
            var x = row[Columns[term]];
            if (!double.IsNaN(x))
                sum += Coefficients[term] * x;
            else if (!MissingIsZero)
                return plain;
        }
        return sum;
    }
}
