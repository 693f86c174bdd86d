using Halley.Data;

namespace Halley.Boosting.Tests;

public sealed class TreeEnsembleTests
{
    static readonly BoostingFit Fit = new BoostingTrainer(
        new()
        {
            Rounds = 40,
            MinimumLeafRows = 5,
            MinimumLeafHessian = 0.1,
            CategorySmoothing = 0,
            CategoryL2 = 0,
            OneHotLevels = 2,
        }
    ).Fit(Books.Set(Books.Motor(3000)));

    static readonly Table Others = Books.Motor(2500, seed: 7);

    [Fact]
    public void The_test_model_has_every_kind_of_cut()
    {
        var nodes = Fit.Trees.Nodes.All;
        Assert.All(Enumerable.Range(0, 5), input => Assert.Contains(nodes, node => node.Input == input));
        Assert.Contains(nodes, node => node is { LevelSet: >= 0, MissingLeft: true });
        Assert.Contains(nodes, node => node is { LevelSet: >= 0, MissingLeft: false });
        Assert.Contains(nodes, node => node is { Input: 1, MissingLeft: true });
        Assert.Contains(nodes, node => node is { Input: 1, MissingLeft: false });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(2500)]
    public void Block_size_changes_no_bit(int blockRows) =>
        Assert.Equal(Scores.Of(Fit.Trees, Others), Scores.Of(Fit.Trees, Others, blockRows));

    [Fact]
    public void The_score_is_the_sum_of_leaf_values_in_tree_order()
    {
        var fast = Scores.Of(Fit.Trees, Others);

        for (var row = 0; row < Others.RowCount; row++)
            Assert.Equal(PlainScore(Fit.Trees, Others, row), fast[row]);
    }

    [Fact]
    public void Slots_may_stand_in_any_order_and_others_are_not_read()
    {
        var block = new SlotBlock(8, 10) { RowCount = 4 };
        int[] slots = [6, 0, 3, 7, 2];
        for (var slot = 0; slot < 8; slot++)
            block[slot].Fill(double.NaN);
        for (var input = 0; input < 5; input++)
            Others[Books.Features[input]].CopySlots(0, block[slots[input]]);
        var eta = new double[6];

        Fit.Trees.Score(block, slots, eta);

        Assert.Equal(Scores.Of(Fit.Trees, Others)[..4], eta[..4]);
        Assert.Equal([0, 0], eta[4..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void Scoring_allocates_nothing(int rows)
    {
        var block = new SlotBlock(5, rows);
        int[] slots = [0, 1, 2, 3, 4];
        for (var input = 0; input < 5; input++)
            Others[Books.Features[input]].CopySlots(0, block[input]);
        var eta = new double[rows];
        Fit.Trees.Score(block, slots, eta);
        var least = long.MaxValue;

        // A collection in between empties the pool of scratch space: what the call itself allocates comes back in every attempt.
        for (var attempt = 0; attempt < 20 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < 20; call++)
                Fit.Trees.Score(block, slots, eta);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void More_inputs_than_fit_the_stack_score_the_same()
    {
        const int Inputs = 3000;
        var inputs = Enumerable.Range(0, Inputs).Select(i => new ScorerInput($"x{i}", FieldKind.Number)).ToArray();
        TreeNode[] nodes = [new(0.5, Inputs - 1, 1, -1, false), TreeNode.Leaf(-1), TreeNode.Leaf(2)];
        var trees = new TreeEnsemble(inputs, 10, new([0], nodes, new NodeStatistics[3], [0], []));
        var block = new SlotBlock(Inputs, 3);
        new[] { 0.5, 0.6, double.NaN }.CopyTo(block[Inputs - 1]);
        var eta = new double[3];

        trees.Score(block, [.. Enumerable.Range(0, Inputs)], eta);

        Assert.Equal([9, 12, 12], eta);
    }

    [Fact]
    public void Infinite_values_compare_like_numbers()
    {
        var inputs = new[] { new ScorerInput("x", FieldKind.Number) };
        TreeNode[] nodes = [new(0, 0, 1, -1, true), TreeNode.Leaf(-1), TreeNode.Leaf(1)];
        var trees = new TreeEnsemble(inputs, 0, new([0], nodes, new NodeStatistics[3], [0], []));

        Assert.Equal((-1, 1), (Scores.Of(trees, double.NegativeInfinity), Scores.Of(trees, double.PositiveInfinity)));
    }

    [Fact]
    public void Inputs_name_the_features_with_the_learn_levels()
    {
        Assert.Equal(Books.Features, Fit.Trees.Inputs.Select(input => input.Name));
        Assert.Equal(
            [FieldKind.Number, FieldKind.Number, FieldKind.Category, FieldKind.Boolean, FieldKind.Date],
            Fit.Trees.Inputs.Select(input => input.Kind)
        );
        Assert.True(Books.Regions.SequenceEqual(Fit.Trees.Inputs[2].Levels!));
    }

    /// <summary>A score from the node's definition.</summary>
    static double PlainScore(TreeEnsemble trees, Table rows, int row)
    {
        var (nodes, eta, x) = (trees.Nodes, trees.BaseScore, new double[1]);
        foreach (var root in nodes.Roots)
        {
            var node = nodes.All[root];
            while (node.Input >= 0)
            {
                rows[trees.Inputs[node.Input].Name].CopySlots(row, x);
                bool left;
                if (double.IsNaN(x[0]))
                    left = node.MissingLeft;
                else if (trees.Inputs[node.Input].Kind == FieldKind.Category)
                    left = (nodes.SetBits[nodes.SetStarts[node.LevelSet]] >> (int)x[0] & 1) == 1;
                else
                    left = x[0] <= node.Value;
                node = nodes.All[left ? node.Left : node.Left + 1];
            }
            eta += node.Value;
        }
        return eta;
    }
}
