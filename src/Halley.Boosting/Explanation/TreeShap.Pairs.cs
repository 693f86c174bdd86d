using Halley.Data;

namespace Halley.Boosting;

public sealed partial class TreeShap
{
    /// <summary>What pairs of inputs add together to the score of one row of a block: path-dependent interaction values.</summary>
    /// <remarks>
    /// φᵢⱼ = ½·(φᵢ with j known − φᵢ with j unknown) for i ≠ j, and φᵢᵢ = φᵢ − Σ φᵢⱼ: Lundberg, Erion and Lee (2018), arXiv:1802.03888,
    /// section 4. The matrix is symmetric and its rows add up to the contributions.
    /// </remarks>
    /// <param name="pairs">Shape (inputs × inputs): overwritten.</param>
    public void ExplainPairs(SlotBlock block, ReadOnlySpan<int> inputSlots, int row, int output, Span<double> pairs)
    {
        linear?.RequireMeans();
        var values = trees.RowOf(block, inputSlots, row);
        var paths = new ShapPath[(depth + 2) * (depth + 3) / 2];
        var alone = SharesOf(values, paths, output, default);
        var matrix = new double[players.Count, players.Count];
        foreach (var player in PlayersOf(output))
        {
            var known = SharesOf(values, paths, output, new(true, player, true));
            var unknown = SharesOf(values, paths, output, new(true, player, false));
            for (var other = 0; other < players.Count; other++)
                matrix[other, player] = other == player ? 0 : (known[other] - unknown[other]) / 2;
        }
        var scale = trees.Rule.Scale / trees.Rule.Divisor;
        pairs[..(trees.Inputs.Count * trees.Inputs.Count)].Clear();
        for (var player = 0; player < players.Count; player++)
        {
            matrix[player, player] = alone[player];
            for (var other = 0; other < players.Count; other++)
                matrix[player, player] -= other == player ? 0 : matrix[player, other];
            for (var other = 0; other < players.Count; other++)
                players.Divide(player, other, scale * matrix[player, other], pairs, trees.Inputs.Count);
        }
    }

    double[] SharesOf(double[] values, ShapPath[] paths, int output, Given given)
    {
        var shares = new double[players.Count];
        for (var tree = 0; tree < trees.TreeCount; tree++)
        {
            if (trees.Rule.OutputOf(tree) == output)
                Recurse(trees.Nodes.Roots[tree], values, shares, paths, 0, 1, 1, -1, given, 1);
        }
        return shares;
    }

    /// <summary>Players that some tree of an output looks at.</summary>
    IEnumerable<int> PlayersOf(int output)
    {
        var seen = new SortedSet<int>();
        for (var tree = 0; tree < trees.TreeCount; tree++)
        {
            var (start, end) = trees.Nodes.RangeOf(tree);
            for (var node = start; trees.Rule.OutputOf(tree) == output && node < end; node++)
            {
                if (!trees.Nodes.All[node].IsLeaf)
                    seen.Add(players.Of[trees.Nodes.All[node].Input]);
                else if (linear is not null)
                    seen.UnionWith(linear.PlayersOf(node));
            }
        }
        return seen;
    }
}
