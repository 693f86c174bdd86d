using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Symmetric trees are scored level by level; the bits must be those of walking node by node.</summary>
public sealed class SymmetricTreesTests
{
    const int Columns = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(300)]
    [InlineData(1024)]
    public void Any_number_of_rows_gives_the_bits_of_the_nodes(int rowCount)
    {
        var random = new DeterministicRandom((ulong)rowCount);
        var trees = Draw(random, [0, 6, 6, 6, -1, 1, 8, 8, 9, 3, 3, 3, 5, 5, 4]);
        var block = new SlotBlock(Columns, rowCount);
        for (var column = 0; column < Columns; column++)
        {
            for (var row = 0; row < rowCount; row++)
                block[column][row] = random.NextDouble() switch
                {
                    < 0.1 => double.NaN,
                    < 0.12 => double.PositiveInfinity,
                    < 0.14 => double.NegativeInfinity,
                    var u => Math.Round(10 * u) / 10,
                };
        }
        var (scores, plain) = (new double[rowCount], new double[rowCount]);
        int[] slots = [.. Enumerable.Range(0, Columns)];

        trees.Score(block, slots, scores);
        trees.ScorePlain(block, slots, plain);

        Assert.Equal(plain.Select(BitConverter.DoubleToInt64Bits), scores.Select(BitConverter.DoubleToInt64Bits));
        Assert.True(rowCount <= 16 || plain.Distinct().Count() > 20);
    }

    [Fact]
    public void Only_trees_whose_levels_cut_alike_are_taken()
    {
        var trees = Draw(new DeterministicRandom(9), [4, -1, 9]);

        Assert.Equal(4, SymmetricTrees.DepthOf(trees.Nodes, 0));
        Assert.Equal(-1, SymmetricTrees.DepthOf(trees.Nodes, 1));
        // Deeper than places are kept for.
        Assert.Equal(-1, SymmetricTrees.DepthOf(trees.Nodes, 2));
    }

    /// <summary>Trees of those depths; −1 stands for one whose second level cuts at two places.</summary>
    static TreeEnsemble Draw(DeterministicRandom random, int[] depths)
    {
        var (roots, nodes) = (new List<int>(), new List<TreeNode>());
        foreach (var depth in depths)
        {
            roots.Add(nodes.Count);
            nodes.Add(default);
            int[] row = [nodes.Count - 1];
            for (var level = 0; level < (depth < 0 ? 2 : depth); level++)
            {
                var cut = Cut(random);
                foreach (var index in row)
                {
                    var odd = depth < 0 && level == 1 && index == row[1];
                    nodes[index] = cut with { Input = odd ? (cut.Input + 1) % Columns : cut.Input, Left = nodes.Count };
                    nodes.Add(default);
                    nodes.Add(default);
                }
                row = [.. row.SelectMany(index => new[] { nodes[index].Left, nodes[index].Left + 1 })];
            }
            foreach (var index in row)
                nodes[index] = TreeNode.Leaf(random.NextDouble() - 0.5);
        }
        return new(
            [.. Enumerable.Range(0, Columns).Select(column => new ScorerInput($"x{column}", FieldKind.Number))],
            0.25,
            new([.. roots], [.. nodes], new NodeStatistics[nodes.Count], [0], [])
        );
    }

    static TreeNode Cut(DeterministicRandom random) =>
        new(Math.Round(10 * random.NextDouble()) / 10, (int)(Columns * random.NextDouble()), 0, -1, random.NextDouble() < 0.5);
}
