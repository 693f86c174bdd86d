namespace Halley.Forecasting;

/// <summary>Which bottom series each node is the sum of.</summary>
public sealed class Hierarchy
{
    /// <param name="nodes">Names of all nodes, total first, bottom series last.</param>
    /// <param name="sums">Shape (nodes)(bottom): the bottom positions that each node adds up.</param>
    /// <exception cref="Data.HalleyException">HLY2306: the last rows are not one bottom series each, or a position does not exist.</exception>
    public Hierarchy(IReadOnlyList<string> nodes, IReadOnlyList<int[]> sums)
    {
        (Nodes, Sums) = (nodes, [.. sums]);
        if (nodes.Count != sums.Count)
            ForecastErrors.ThrowIncoherent($"{nodes.Count} names for {sums.Count} sums. Give each node one of both.");
        BottomCount = sums.Count == 0 ? 0 : sums.Max(sum => sum.Length == 0 ? -1 : sum.Max()) + 1;
        for (var i = 0; i < BottomCount; i++)
        {
            var row = sums.Count - BottomCount + i;
            if (row < 0 || sums[row] is not [var only] || only != i)
                ForecastErrors.ThrowIncoherent(
                    $"bottom series {i + 1} of {BottomCount} does not stand alone at place {row + 1}. List the bottom series last, in order."
                );
        }
    }

    public IReadOnlyList<string> Nodes { get; }

    internal int[][] Sums { get; }

    public int BottomCount { get; }

    public int NodeCount => Nodes.Count;

    /// <summary>Values of all nodes from those of the bottom: coherent by construction.</summary>
    public double[] AddUp(ReadOnlySpan<double> bottom)
    {
        var all = new double[NodeCount];
        for (var node = 0; node < all.Length; node++)
            foreach (var series in Sums[node])
                all[node] += bottom[series];
        return all;
    }
}
