namespace Halley.Boosting;

/// <summary>Leaves that hold a linear model: constant + Σ coefficient · column, in place of a value.</summary>
/// <param name="Starts">Shape (nodes + 1): where each node's terms begin; a node without terms has its plain value.</param>
/// <param name="Columns">Shape (terms).</param>
/// <param name="Coefficients">Shape (terms).</param>
/// <param name="Constants">Shape (nodes).</param>
/// <param name="Missing">What a missing value does.</param>
sealed record LinearLeaves(int[] Starts, int[] Columns, double[] Coefficients, double[] Constants, MissingTerm Missing)
{
    /// <summary>Shape (terms): the mean of each term's column over its leaf's learn rows; null where that is not known.</summary>
    internal double[]? Means { get; init; }

    /// <summary>Those of a run of nodes.</summary>
    internal LinearLeaves Slice(int start, int end) =>
        new(
            [.. Starts[start..(end + 1)].Select(at => at - Starts[start])],
            Columns[Starts[start]..Starts[end]],
            Coefficients[Starts[start]..Starts[end]],
            Constants[start..end],
            Missing
        )
        {
            Means = Means?[Starts[start]..Starts[end]],
        };

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
            if (!double.IsNaN(x) || Missing == MissingTerm.Result)
                sum += Coefficients[term] * x;
            else if (Missing == MissingTerm.PlainValue)
                return plain;
        }
        return sum;
    }
}
