using System.Buffers;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>A sum of trees: the score is the base score plus one leaf's value from each tree. Immutable, safe to share.</summary>
/// <remarks>
/// A number goes left where it is at most the cut; a category where its level is in the node's set; a missing value where the
/// node says. A row's sum is taken in tree order from the base score on, so it does not depend on the block it stands in.
/// </remarks>
public sealed class TreeEnsemble : IScorer
{
    /// <summary>Cuts from a root to a leaf at most.</summary>
    public const int MaximumDepth = 512;

    /// <summary>Trees of an ensemble at most.</summary>
    public const int MaximumTrees = 100_000;

    /// <summary>Rows that pass through a tree before the next one: their inputs and the tree stay in first-level cache.</summary>
    const int TileRows = 64;

    /// <summary>Doubles of a tile that are kept on the stack: 16 KiB.</summary>
    const int StackValues = 2048;

    readonly ScorerInput[] inputs;

    internal TreeEnsemble(ScorerInput[] inputs, double baseScore, TreeNodes nodes)
    {
        this.inputs = inputs;
        BaseScore = baseScore;
        Nodes = nodes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScorerInput> Inputs => inputs;

    /// <summary>The score before the first tree, on the link scale.</summary>
    public double BaseScore { get; }

    public int TreeCount => Nodes.Roots.Length;

    /// <summary>Nodes of all trees, leaves included.</summary>
    public int NodeCount => Nodes.All.Length;

    internal TreeNodes Nodes { get; }

    /// <inheritdoc/>
    public void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputSlots.Length, inputs.Length, nameof(inputSlots));
        ArgumentOutOfRangeException.ThrowIfLessThan(eta.Length, block.RowCount, nameof(eta));
        var width = Math.Max(inputs.Length, 1);
        var tileRows = Math.Min(block.RowCount, Math.Clamp(StackValues / width, 1, TileRows));
        var rented = tileRows * width > StackValues ? ArrayPool<double>.Shared.Rent(tileRows * width) : null;
        var tile = rented ?? stackalloc double[tileRows * width];
        for (var start = 0; start < block.RowCount; start += tileRows)
        {
            var rows = Math.Min(tileRows, block.RowCount - start);
            for (var input = 0; input < inputSlots.Length; input++)
            {
                var slot = block[inputSlots[input]].Slice(start, rows);
                for (var row = 0; row < rows; row++)
                    tile[row * width + input] = slot[row];
            }
            ScoreTile(tile, width, eta.Slice(start, rows));
        }
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Scores rows whose inputs lie one row behind the other.</summary>
    void ScoreTile(ReadOnlySpan<double> tile, int width, Span<double> eta)
    {
        eta.Fill(BaseScore);
        foreach (var root in Nodes.Roots)
        {
            for (var row = 0; row < eta.Length; row++)
                eta[row] += Nodes.ValueAt(root, tile.Slice(row * width, width));
        }
    }
}
