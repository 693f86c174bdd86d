using System.Numerics;
using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>A run of trees with at most as many leaves as a mask has bits, scored a vector of trees at a time.</summary>
/// <remarks>
/// For each column, each of its cells leaves some leaves of a tree possible: a mask with a bit a leaf. The masks of all columns together
/// leave one bit, the leaf of the row. Trees lie side by side in vectors, so one load and one AND serve 16 (or 8) trees; no comparison, no
/// branch. A block has few cuts, so it keeps a mask for each of its own intervals only, found through a map from cells:
/// <code>
/// cell of a row ─ map of block and column ─> interval ─> masks of the block's trees
/// </code>
/// After Lucchese et al. (2015), QuickScorer, SIGIR, who take a mask for each node; here a mask stands for a whole column.
/// </remarks>
sealed class MaskBlocks<TMask>
    where TMask : unmanaged, IBinaryInteger<TMask>
{
    readonly Block[] blocks;
    readonly ushort[] map;
    readonly TMask[] masks;
    readonly double[] values;
    readonly int[] outputs;

    internal MaskBlocks(Block[] blocks, ushort[] map, TMask[] masks, double[] values, int[] outputs) =>
        (this.blocks, this.map, this.masks, this.values, this.outputs) = (blocks, map, masks, values, outputs);

    /// <summary>Trees of a vector.</summary>
    internal static int Lanes => Vector512<TMask>.Count;

    /// <summary>Leaves that a mask has bits for.</summary>
    internal static int Bits => 512 / Vector512<TMask>.Count;

    /// <summary>Some trees that are scored together, and the columns that they cut.</summary>
    /// <param name="FirstTree">Index of the first among the run's trees.</param>
    /// <param name="FirstMask">Where the block's masks begin.</param>
    /// <param name="Parts">Shape (columns of the block).</param>
    internal sealed record Block(int FirstTree, int Trees, int FirstMask, Part[] Parts);

    /// <param name="Cell">Which of the row's cells counts.</param>
    /// <param name="MapStart">Where the cells' intervals stand.</param>
    internal readonly record struct Part(int Cell, int MapStart);

    /// <summary>Adds the leaves of every tree of the run, in tree order.</summary>
    /// <param name="cells">Shape (rows, columns).</param>
    /// <param name="sums">Shape (rows, outputs).</param>
    internal void Add(ReadOnlySpan<ushort> cells, int columns, int rows, Span<double> sums, int outputCount, bool single)
    {
        Span<TMask> leaves = stackalloc TMask[Vector512<TMask>.Count];
        foreach (var block in blocks)
        {
            var own = values.AsSpan(block.FirstTree * Bits, block.Trees * Bits);
            for (var row = 0; row < rows; row++)
            {
                var left = Vector512<TMask>.AllBitsSet;
                var rowCells = cells.Slice(row * columns, columns);
                foreach (var part in block.Parts)
                    left &= Vector512.Create<TMask>(
                        masks.AsSpan(map[part.MapStart + rowCells[part.Cell]] * Lanes + block.FirstMask, Lanes)
                    );
                left.CopyTo(leaves);
                if (outputCount == 1 && !single)
                {
                    var sum = sums[row];
                    for (var tree = 0; tree < block.Trees; tree++)
                        sum += own[tree * Bits + int.CreateTruncating(TMask.TrailingZeroCount(leaves[tree]))];
                    sums[row] = sum;
                    continue;
                }
                for (var tree = 0; tree < block.Trees; tree++)
                {
                    ref var sum = ref sums[row * outputCount + (outputCount == 1 ? 0 : outputs[block.FirstTree + tree])];
                    sum += own[tree * Bits + int.CreateTruncating(TMask.TrailingZeroCount(leaves[tree]))];
                    if (single)
                        sum = (float)sum;
                }
            }
        }
    }
}
