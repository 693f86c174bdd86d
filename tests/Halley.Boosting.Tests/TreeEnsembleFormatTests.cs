using System.Buffers;
using System.Buffers.Binary;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class TreeEnsembleFormatTests
{
    static readonly TreeEnsembleFormat Format = new();

    static readonly TreeEnsemble Trees = new BoostingTrainer(
        new()
        {
            Rounds = 3,
            MaximumLeaves = 6,
            MinimumLeafHessian = 0.1,
            OneHotLevels = 0,
        }
    ).Fit(Books.Set(Books.Motor(1000))).Trees;

    [Fact]
    public void What_was_written_is_read_back_to_the_bit()
    {
        var read = (TreeEnsemble)Format.Read(Scores.Bytes(Trees));

        Assert.Equal(Trees.BaseScore, read.BaseScore);
        Assert.Equal(Trees.Nodes.All, read.Nodes.All);
        Assert.Equal(Trees.Nodes.Statistics, read.Nodes.Statistics);
        Assert.Equal(Scores.Bytes(Trees), Scores.Bytes(read));
        Assert.Equal(Scores.Of(Trees, Books.Motor(500, 3)), Scores.Of(read, Books.Motor(500, 3)));
    }

    [Fact]
    public void Only_tree_ensembles_can_be_written()
    {
        Assert.Equal("halley.trees/1", Format.Name);
        Assert.True(Format.CanWrite(Trees));
        Assert.False(Format.CanWrite(new Other()));
        var error = Assert.Throws<ArgumentException>(() => Format.Write(new Other(), new ArrayBufferWriter<byte>()));
        Assert.StartsWith("only plain tree ensembles can be written, not Other.", error.Message);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var bytes = Scores.Bytes(Trees);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal("HLY2210", Assert.Throws<HalleyException>(() => Format.Read(bytes.AsMemory(0, length))).Code);
    }

    [Fact]
    public void Bytes_after_the_end_are_refused()
    {
        byte[] bytes = [.. Scores.Bytes(Trees), 0];

        Assert.Contains("1 bytes follow the last node.", Refused(bytes));
    }

    [Fact]
    public void Changed_bytes_are_refused_or_give_a_model_that_scores()
    {
        var bytes = Scores.Bytes(Trees);
        var (random, rows, refused) = (new DeterministicRandom(17), Books.Motor(50, 3), 0);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var changed = bytes.ToArray();
            for (var change = 0; change <= trial % 3; change++)
                changed[(int)(random.NextDouble() * changed.Length)] = (byte)(256 * random.NextDouble());
            try
            {
                var read = (TreeEnsemble)Format.Read(changed);
                if (read.Inputs.Select(input => input.Name).SequenceEqual(Books.Features))
                    Scores.Of(read, rows);
            }
            catch (HalleyException error)
            {
                Assert.Equal("HLY2210", error.Code);
                refused++;
            }
        }
        Assert.InRange(refused, 2000, 19_000);
    }

    [Fact]
    public void Claims_of_size_are_checked_before_memory_is_taken()
    {
        var bytes = Scores.Bytes(Trees);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), int.MaxValue);

        Assert.Equal(
            $"HLY2210: tree ensemble, byte 16: number of inputs is 2147483647, and {bytes.Length - 20} bytes are left. "
                + "The file is damaged or was not made by Halley: take it again from where it was made.",
            Refused(bytes)
        );
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Nodes_that_are_no_tree_are_refused(string problem)
    {
        var (_, roots, nodes) = BadTrees().Single(bad => bad.Problem == problem);

        Assert.Contains(problem, Refused(Scores.Bytes(With(roots, nodes))));
    }

    [Fact]
    public void Statistics_must_be_finite()
    {
        NodeStatistics[] statistics = [new(double.NaN, 1, 1)];
        var trees = new TreeEnsemble([], 0, new([0], [TreeNode.Leaf(1)], statistics, [0], []));

        Assert.Contains("node 0: gain NaN, cover 1 or rows 1 is not finite.", Refused(Scores.Bytes(trees)));
    }

    [Fact]
    public void A_base_score_must_be_finite() =>
        Assert.Contains("byte 8: the base score is NaN.", Refused(Scores.Bytes(new TreeEnsemble([], double.NaN, Trees.Nodes))));

    [Fact]
    public void Two_inputs_can_not_share_a_name()
    {
        var input = new ScorerInput("age", FieldKind.Number);

        Assert.Contains("two inputs are named 'age'.", Refused(Scores.Bytes(new TreeEnsemble([input, input], 0, Empty))));
    }

    [Theory]
    [InlineData(FieldKind.Text)]
    [InlineData(FieldKind.Exposure)]
    public void Inputs_of_kinds_that_trees_can_not_use_are_refused(FieldKind kind) =>
        Assert.Contains(
            $"input 0 is of kind {(int)kind}, which trees can't use.",
            Refused(Scores.Bytes(new TreeEnsemble([new("t", kind)], 0, Empty)))
        );

    [Fact]
    public void A_set_must_have_a_bit_for_each_level()
    {
        TreeNode[] nodes = [new(0, 1, 1, 0, false), TreeNode.Leaf(1), TreeNode.Leaf(2)];
        var trees = new TreeEnsemble(Inputs, 0, new([0], nodes, new NodeStatistics[3], [0, 2], [1, 2]));

        Assert.Contains("its set has 2 words for 3 levels.", Refused(Scores.Bytes(trees)));
    }

    public static TheoryData<string> Problems => [.. BadTrees().Select(bad => bad.Problem)];

    static (string Problem, int[] Roots, TreeNode[] Nodes)[] BadTrees()
    {
        var (leaf, cut) = (TreeNode.Leaf(1), new TreeNode(0, 0, 1, -1, false));
        TreeNode[] tree = [cut, leaf, leaf];
        return
        [
            ("1 nodes belong to no tree.", [], [leaf]),
            ("tree 0 runs from node 1 to 3 of 3.", [1], tree),
            ("tree 0 runs from node 0 to 0 of 3.", [0, 0], tree),
            ("tree 0 runs from node 0 to 5 of 3.", [0, 5], tree),
            ("node 0: its left child is 0, not between 1 and 1.", [0], [cut with { Left = 0 }, leaf, leaf]),
            ("node 0: its left child is 2, not between 1 and 1.", [0], [cut with { Left = 2 }, leaf, leaf]),
            ("node 1: its left child is -5", [0], [cut, cut with { Left = -5 }, leaf, leaf, leaf]),
            (
                "node 2: its child 3 or 4 has another parent.",
                [0],
                [cut, cut with { Left = 3 }, cut with { Left = 3 }, leaf, leaf]
            ),
            ("node 3: no node before it in its tree leads to it.", [0], [cut, leaf, leaf, leaf, leaf]),
            ("node 0: its left child is 1, not between 1 and -1.", [0, 1], tree),
            ("node 0: it cuts input 7 of 2.", [0], [cut with { Input = 7 }, leaf, leaf]),
            ("node 0: it cuts at NaN.", [0], [cut with { Value = double.NaN }, leaf, leaf]),
            ("its set is 0 of 1, and its input 'x' is of kind Number.", [0], [cut with { LevelSet = 0 }, leaf, leaf]),
            (
                "its set is 1 of 1, and its input 'c' is of kind Category.",
                [0],
                [cut with { Input = 1, LevelSet = 1 }, leaf, leaf]
            ),
            ("its set is -1 of 1, and its input 'c' is of kind Category.", [0], [cut with { Input = 1 }, leaf, leaf]),
            ("node 1: a leaf has value Infinity", [0], [cut, TreeNode.Leaf(double.PositiveInfinity), leaf]),
            ("node 1: a leaf has value 1, input -2", [0], [cut, leaf with { Input = -2 }, leaf]),
            ("node 1024: it is a cut at depth 512", [0], Chain(513)),
        ];
    }

    /// <summary>A tree whose right child is always cut again.</summary>
    static TreeNode[] Chain(int depth) =>
        [
            .. Enumerable
                .Range(0, depth)
                .SelectMany(level => new[] { new TreeNode(0, 0, 2 * level + 1, -1, false), TreeNode.Leaf(1) }),
            TreeNode.Leaf(1),
        ];

    static readonly ScorerInput[] Inputs = [new("x", FieldKind.Number), new("c", FieldKind.Category, new(["a", "b", "c"]))];

    static readonly TreeNodes Empty = new([], [], [], [0], []);

    static TreeEnsemble With(int[] roots, TreeNode[] nodes) =>
        new(Inputs, 0, new(roots, nodes, new NodeStatistics[nodes.Length], [0, 1], [5]));

    static string Refused(byte[] bytes)
    {
        var error = Assert.Throws<HalleyException>(() => Format.Read(bytes));
        Assert.Equal("HLY2210", error.Code);
        return error.Message;
    }

    sealed class Other : IScorer
    {
        public IReadOnlyList<ScorerInput> Inputs => [];

        public void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta) { }
    }
}
