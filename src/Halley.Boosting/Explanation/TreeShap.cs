using Halley.Data;

namespace Halley.Boosting;

/// <summary>Exact Shapley values of an ensemble's score before any transform: what each input adds, against a row of which nothing is known.</summary>
/// <remarks>
/// Path-dependent: an input that is not known goes both ways, weighed by the learn rows that went there. Interventional: it is drawn from
/// background rows. Either way the contributions and the expected score add up to the row's score. A leaf's linear model is a sum given
/// the leaf, so each of its terms is a game of its own: see <see cref="LinearShares"/>.
/// </remarks>
public sealed partial class TreeShap
{
    readonly TreeEnsemble trees;
    readonly ShapPlayers players;
    readonly int depth;
    readonly double[] means;

    /// <summary>Null where leaves hold values alone.</summary>
    readonly LinearShares? linear;

    /// <exception cref="HalleyException">HLY2230: the model takes the smallest or largest of its trees, which these values do not divide.</exception>
    public TreeShap(TreeEnsemble trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        if (trees.Rule.Aggregate != TreeAggregate.Sum)
            throw new HalleyException(
                "HLY2230",
                "the model takes the smallest or largest of its trees, whose Shapley values are not defined here. Explain a model that adds trees."
            );
        this.trees = trees;
        players = new(trees);
        linear = trees.Nodes.Linear is null ? null : new(trees, players);
        means = new double[trees.NodeCount];
        for (var tree = 0; tree < trees.TreeCount; tree++)
            depth = Math.Max(depth, FillMeans(tree));
        for (var output = 0; output < trees.OutputCount; output++)
            Expected.Add(ExpectedOf(output));
    }

    List<double> Expected { get; } = [];

    /// <summary>The expected score of an output where no input is known, weighed by learn rows.</summary>
    /// <exception cref="HalleyException">HLY2232: leaves are linear models whose means are not known.</exception>
    public double ExpectedScore(int output)
    {
        linear?.RequireMeans();
        return Expected[output];
    }

    /// <summary>Path-dependent contributions of one row of a block.</summary>
    /// <param name="contributions">Shape (inputs): overwritten.</param>
    /// <exception cref="HalleyException">HLY2232: leaves are linear models whose means are not known.</exception>
    public void Explain(SlotBlock block, ReadOnlySpan<int> inputSlots, int row, int output, Span<double> contributions)
    {
        linear?.RequireMeans();
        var shares = new double[players.Count];
        // A path of length d needs d + 1 entries at each of its depths.
        var paths = new ShapPath[(depth + 2) * (depth + 3) / 2];
        var values = trees.RowOf(block, inputSlots, row);
        for (var tree = 0; tree < trees.TreeCount; tree++)
        {
            if (trees.Rule.OutputOf(tree) == output)
                Recurse(trees.Nodes.Roots[tree], values, shares, paths, 0, 1, 1, -1, default, 1);
        }
        Finish(shares, contributions);
    }

    /// <summary>Interventional contributions of one row of a block, against the mean of some background rows.</summary>
    /// <param name="background">Rows in the same slots.</param>
    /// <param name="contributions">Shape (inputs): overwritten.</param>
    /// <returns>The mean score of the background rows.</returns>
    public double ExplainAgainst(
        SlotBlock block,
        ReadOnlySpan<int> inputSlots,
        int row,
        SlotBlock background,
        int output,
        Span<double> contributions
    )
    {
        ArgumentNullException.ThrowIfNull(background);
        var (shares, sum) = (new double[players.Count], 0.0);
        var values = trees.RowOf(block, inputSlots, row);
        var sides = new int[players.Count];
        for (var other = 0; other < background.RowCount; other++)
        {
            var known = trees.RowOf(background, inputSlots, other);
            for (var tree = 0; tree < trees.TreeCount; tree++)
            {
                if (trees.Rule.OutputOf(tree) != output)
                    continue;
                sum += trees.Nodes.ValueAt(trees.Nodes.Roots[tree], known);
                Intervene(trees.Nodes.Roots[tree], values, known, shares, sides, 0, 0);
            }
        }
        for (var player = 0; player < shares.Length; player++)
            shares[player] /= background.RowCount;
        Finish(shares, contributions);
        return trees.Rule.Finish(trees.Rule.Bases[output] + sum / background.RowCount, output);
    }

    void Finish(Span<double> shares, Span<double> contributions)
    {
        foreach (ref var share in shares)
            share = share * trees.Rule.Scale / trees.Rule.Divisor;
        contributions[..trees.Inputs.Count].Clear();
        players.Divide(shares, contributions);
    }

    /// <summary>A player whose value is given, or given to be unknown.</summary>
    readonly record struct Given(bool Any, int Player, bool IsKnown);

    /// <param name="player">Who the path is extended by; −2 for nobody: the cut above was on the player that is given.</param>
    /// <param name="fraction">Share of the rows that take this way among cuts on the player that is given.</param>
    void Recurse(
        int index,
        double[] row,
        double[] shares,
        Span<ShapPath> room,
        int length,
        double zero,
        double one,
        int player,
        Given given,
        double fraction
    )
    {
        var path = room[..(length + 1)];
        if (player != Nobody)
            ShapPath.Extend(path, length, zero, one, player);
        ref readonly var node = ref trees.Nodes.All[index];
        if (node.IsLeaf)
        {
            if (linear?.Holds(index) == true)
                linear.AddPath(index, row, shares, path, length, given.Any ? given.Player : Nobody, given.IsKnown, fraction);
            else
                ShapPath.AddGame(path, length, fraction * node.Value, shares);
            return;
        }
        var hot = trees.Nodes.GoesLeft(node, row[node.Input]) ? node.Left : node.Left + 1;
        var cold = hot == node.Left ? node.Left + 1 : node.Left;
        var (own, incomingZero, incomingOne) = (players.Of[node.Input], 1.0, 1.0);
        // Each call copies the path behind its own, since both children extend it.
        var below = room[path.Length..];
        if (given.Any && given.Player == own)
        {
            foreach (var (child, follows) in (ReadOnlySpan<(int, double)>)[(hot, 1.0), (cold, 0.0)])
            {
                var part = fraction * (given.IsKnown ? follows : ShareOf(child, index));
                path.CopyTo(below);
                if (part != 0)
                    Recurse(child, row, shares, below, length, 0, 0, Nobody, given, part);
            }
            return;
        }
        for (var i = 1; i <= length; i++)
        {
            if (path[i].Player != own)
                continue;
            (incomingZero, incomingOne) = (path[i].Zero, path[i].One);
            ShapPath.Unwind(path, length, i);
            length--;
            break;
        }
        foreach (var (child, follows) in (ReadOnlySpan<(int, double)>)[(hot, 1.0), (cold, 0.0)])
        {
            path[..(length + 1)].CopyTo(below);
            Recurse(
                child,
                row,
                shares,
                below,
                length + 1,
                incomingZero * ShareOf(child, index),
                incomingOne * follows,
                own,
                given,
                fraction
            );
        }
    }

    internal const int Nobody = -2;

    /// <summary>Shares of a leaf that is reached by taking some players from the row and the others from the background.</summary>
    /// <param name="sides">Shape (players): 1 taken from the row, 2 from the background, 0 not decided.</param>
    void Intervene(int index, double[] row, double[] known, double[] shares, int[] sides, int fromRow, int fromKnown)
    {
        ref readonly var node = ref trees.Nodes.All[index];
        if (node.IsLeaf)
        {
            if (linear?.Holds(index) == true)
                linear.AddAgainst(index, row, known, shares, sides, fromRow, fromKnown);
            else
                LinearShares.AddGame(node.Value, shares, sides, fromRow, fromKnown);
            return;
        }
        var left = trees.Nodes.GoesLeft(node, row[node.Input]);
        var knownLeft = trees.Nodes.GoesLeft(node, known[node.Input]);
        var own = players.Of[node.Input];
        if (left == knownLeft || sides[own] != 0)
        {
            var takeLeft = sides[own] == 2 ? knownLeft : left;
            Intervene(takeLeft ? node.Left : node.Left + 1, row, known, shares, sides, fromRow, fromKnown);
            return;
        }
        sides[own] = 1;
        Intervene(left ? node.Left : node.Left + 1, row, known, shares, sides, fromRow + 1, fromKnown);
        sides[own] = 2;
        Intervene(knownLeft ? node.Left : node.Left + 1, row, known, shares, sides, fromRow, fromKnown + 1);
        sides[own] = 0;
    }

    double WeightOf(int node) => trees.Nodes.PathsByRows ? trees.Nodes.Statistics[node].Rows : trees.Nodes.Statistics[node].Cover;

    double ShareOf(int child, int parent)
    {
        // The two children, not the parent: in some files a parent's count is rounded.
        var left = trees.Nodes.All[parent].Left;
        var both = WeightOf(left) + WeightOf(left + 1);
        return both > 0 ? WeightOf(child) / both : 0.5;
    }

    /// <summary>Expected values of a tree's nodes, from its leaves up.</summary>
    /// <returns>The tree's depth.</returns>
    int FillMeans(int tree)
    {
        var (start, end) = trees.Nodes.RangeOf(tree);
        var heights = new int[end - start];
        for (var index = end - 1; index >= start; index--)
        {
            var node = trees.Nodes.All[index];
            if (node.IsLeaf)
            {
                means[index] = linear?.MeanOf(index) ?? node.Value;
                continue;
            }
            var (left, right) = (node.Left, node.Left + 1);
            means[index] = means[left] * ShareOf(left, index) + means[right] * ShareOf(right, index);
            heights[index - start] = 1 + Math.Max(heights[left - start], heights[right - start]);
        }
        return heights[0];
    }

    double ExpectedOf(int output)
    {
        var sum = trees.Rule.Bases[output];
        for (var tree = 0; tree < trees.TreeCount; tree++)
            sum += trees.Rule.OutputOf(tree) == output ? means[trees.Nodes.Roots[tree]] : 0;
        return trees.Rule.Finish(sum, output);
    }
}
