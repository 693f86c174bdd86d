using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Shapley values of trees with linear leaves, against all subsets of the inputs.</summary>
public sealed class LinearShapTests
{
    const int Inputs = 4;

    [Theory]
    [InlineData((int)MissingTerm.PlainValue, 1)]
    [InlineData((int)MissingTerm.PlainValue, 2)]
    [InlineData((int)MissingTerm.Zero, 3)]
    [InlineData((int)MissingTerm.Zero, 4)]
    public void Values_are_those_of_all_subsets(int missing, int seed)
    {
        var random = new DeterministicRandom((ulong)seed);
        for (var round = 0; round < 30; round++)
        {
            var trees = Draw(ref random, (MissingTerm)missing, withMeans: true);
            var block = Rows(ref random, 6);
            var background = Rows(ref random, 3);
            var (shap, actual) = (new TreeShap(trees), new double[Inputs]);
            var eta = new double[6];
            trees.Score(block, [0, 1, 2, 3], eta);
            for (var row = 0; row < 6; row++)
            {
                var x = RowOf(block, row);
                shap.Explain(block, [0, 1, 2, 3], row, 0, actual);
                AssertNear(Subsets(known => Expected(trees, x, known)), actual);
                Assert.Equal(eta[row], shap.ExpectedScore(0) + actual.Sum(), 1e-12);

                var mean = shap.ExplainAgainst(block, [0, 1, 2, 3], row, background, 0, actual);
                AssertNear(Subsets(known => Against(trees, x, background, known)), actual);
                Assert.Equal(eta[row], mean + actual.Sum(), 1e-12);

                var pairs = new double[Inputs * Inputs];
                shap.ExplainPairs(block, [0, 1, 2, 3], row, 0, pairs);
                for (var one = 0; one < Inputs; one++)
                {
                    for (var other = 0; other < Inputs; other++)
                    {
                        if (one != other)
                            Assert.Equal(
                                Pair(known => Expected(trees, x, known), one, other),
                                pairs[one * Inputs + other],
                                1e-11
                            );
                    }
                }
            }
        }
    }

    [Fact]
    public void A_fit_with_linear_leaves_is_explained_and_its_file_too()
    {
        var book = Books.Motor(2500);
        var options = new BoostingOptions
        {
            LinearLeaves = true,
            Rounds = 12,
            MinimumLeafRows = 60,
        };
        var trees = new BoostingTrainer(options).Fit(Books.Set(book)).Trees;
        var read = GeneralTreesReader.Read(Scores.Bytes(trees));
        Assert.Equal(Scores.Bytes(trees), Scores.Bytes(read));
        var block = new SlotBlock(5, 60);
        for (var input = 0; input < 5; input++)
            book[trees.Inputs[input].Name].CopySlots(0, block[input]);
        var (shap, own, eta) = (new TreeShap(read), new double[5], new double[60]);
        trees.Score(block, [0, 1, 2, 3, 4], eta);
        for (var row = 0; row < 60; row++)
        {
            shap.Explain(block, [0, 1, 2, 3, 4], row, 0, own);
            Assert.Equal(eta[row], shap.ExpectedScore(0) + own.Sum(), 1e-12);
            Assert.True(own[0] != 0);
        }
        // The first trees alone have the means of their own leaves.
        var half = new TreeShap(trees.Slice(3, 4));
        half.Explain(block, [0, 1, 2, 3, 4], 0, 0, own);
        trees.Slice(3, 4).Score(block, [0, 1, 2, 3, 4], eta);
        Assert.Equal(eta[0], half.ExpectedScore(0) + own.Sum(), 1e-12);
    }

    [Fact]
    public void Leaves_without_means_are_explained_against_a_background_alone()
    {
        var random = new DeterministicRandom(11);
        var trees = Draw(ref random, MissingTerm.PlainValue, withMeans: false);
        var shap = new TreeShap(trees);
        var block = Rows(ref random, 1);

        var error = Assert.Throws<HalleyException>(() => shap.Explain(block, [0, 1, 2, 3], 0, 0, new double[Inputs]));

        Assert.StartsWith("HLY2232", error.Message, StringComparison.Ordinal);
        Assert.Contains("--background ROWS", error.Message, StringComparison.Ordinal);
        shap.ExplainAgainst(block, [0, 1, 2, 3], 0, Rows(ref random, 2), 0, new double[Inputs]);
    }

    /// <summary>Two trees of random shape; some leaves plain, terms on and off their path.</summary>
    static TreeEnsemble Draw(ref DeterministicRandom random, MissingTerm missing, bool withMeans)
    {
        var (roots, nodes, statistics) = (new List<int>(), new List<TreeNode>(), new List<NodeStatistics>());
        var (starts, columns, slopes, means, constants) = (
            new List<int> { 0 },
            new List<int>(),
            new List<double>(),
            new List<double>(),
            new List<double>()
        );
        for (var tree = 0; tree < 2; tree++)
        {
            var root = nodes.Count;
            roots.Add(root);
            // Cuts in order of nodes: 1, 2 or 3 levels.
            var open = new Queue<int>([0]);
            nodes.Add(default);
            while (open.TryDequeue(out var depth))
            {
                var index = nodes.Count - open.Count - 1;
                var isCut = depth < 3 && (depth == 0 || random.NextDouble() < 0.7);
                if (isCut)
                {
                    nodes[index] = new(random.NextNormal(), random.NextInt(Inputs), nodes.Count, -1, random.NextDouble() < 0.5);
                    nodes.AddRange([default, default]);
                    open.Enqueue(depth + 1);
                    open.Enqueue(depth + 1);
                }
                else
                {
                    nodes[index] = TreeNode.Leaf(random.NextNormal());
                }
            }
            for (var index = root; index < nodes.Count; index++)
            {
                statistics.Add(new(0, 1 + 9 * random.NextDouble(), 1));
                var terms = nodes[index].IsLeaf && random.NextDouble() < 0.8 ? 1 + random.NextInt(3) : 0;
                foreach (var column in Enumerable.Range(0, Inputs).OrderBy(_ => 0).Skip(random.NextInt(2)).Take(terms))
                {
                    columns.Add(column);
                    slopes.Add(random.NextNormal());
                    means.Add(random.NextNormal());
                }
                starts.Add(columns.Count);
                constants.Add(random.NextNormal());
            }
        }
        TreeNodes all = new([.. roots], [.. nodes], [.. statistics], [0], [])
        {
            Linear = new([.. starts], [.. columns], [.. slopes], [.. constants], missing)
            {
                Means = withMeans ? [.. means] : null,
            },
        };
        ScorerInput[] inputs = [.. Enumerable.Range(0, Inputs).Select(input => new ScorerInput($"x{input}", FieldKind.Number))];
        return new(inputs, 0.3, all);
    }

    /// <summary>The expected score where some inputs are known: both ways of a cut by cover, unknown terms at their leaf's mean.</summary>
    static double Expected(TreeEnsemble trees, double[] x, bool[] known)
    {
        return 0.3 + trees.Nodes.Roots.Sum(At);

        double At(int index)
        {
            var node = trees.Nodes.All[index];
            if (node.IsLeaf)
                return Leaf(index);
            if (known[node.Input])
                return At(trees.Nodes.GoesLeft(node, x[node.Input]) ? node.Left : node.Left + 1);
            var (left, right) = (trees.Nodes.Statistics[node.Left].Cover, trees.Nodes.Statistics[node.Left + 1].Cover);
            return (left * At(node.Left) + right * At(node.Left + 1)) / (left + right);
        }

        double Leaf(int index)
        {
            var linear = trees.Nodes.Linear!;
            var (start, end) = (linear.Starts[index], linear.Starts[index + 1]);
            if (start == end)
                return trees.Nodes.All[index].Value;
            var sum = linear.Constants[index];
            for (var term = start; term < end; term++)
            {
                var value = known[linear.Columns[term]] ? x[linear.Columns[term]] : linear.Means![term];
                if (double.IsNaN(value) && linear.Missing == MissingTerm.PlainValue)
                    return trees.Nodes.All[index].Value;
                sum += double.IsNaN(value) ? 0 : linear.Coefficients[term] * value;
            }
            return sum;
        }
    }

    static double Against(TreeEnsemble trees, double[] x, SlotBlock background, bool[] known) =>
        Enumerable
            .Range(0, background.RowCount)
            .Average(other =>
            {
                var z = RowOf(background, other);
                return Scores.Of(trees, [.. x.Select((value, input) => known[input] ? value : z[input])]);
            });

    static double[] Subsets(Func<bool[], double> game)
    {
        var shares = new double[Inputs];
        double[] factorials = [1, 1, 2, 6, 24];
        for (var set = 0; set < 1 << Inputs; set++)
        {
            var known = Enumerable.Range(0, Inputs).Select(input => (set >> input & 1) != 0).ToArray();
            var size = known.Count(one => one);
            for (var input = 0; input < Inputs; input++)
            {
                if (known[input])
                    continue;
                var with = (bool[])known.Clone();
                with[input] = true;
                shares[input] +=
                    factorials[size] * factorials[Inputs - size - 1] / factorials[Inputs] * (game(with) - game(known));
            }
        }
        return shares;
    }

    /// <summary>Half the Shapley interaction index of two inputs.</summary>
    static double Pair(Func<bool[], double> game, int one, int other)
    {
        var sum = 0.0;
        double[] factorials = [1, 1, 2, 6];
        for (var set = 0; set < 1 << Inputs; set++)
        {
            var known = Enumerable.Range(0, Inputs).Select(input => (set >> input & 1) != 0).ToArray();
            if (known[one] || known[other])
                continue;
            double With(bool first, bool second)
            {
                var at = (bool[])known.Clone();
                (at[one], at[other]) = (first, second);
                return game(at);
            }
            var size = known.Count(is1 => is1);
            sum +=
                factorials[size]
                * factorials[Inputs - size - 2]
                / (2 * factorials[Inputs - 1])
                * (With(true, true) - With(true, false) - With(false, true) + With(false, false));
        }
        return sum;
    }

    static SlotBlock Rows(ref DeterministicRandom random, int count)
    {
        var block = new SlotBlock(Inputs, count);
        for (var input = 0; input < Inputs; input++)
        {
            for (var row = 0; row < count; row++)
                block[input][row] = random.NextDouble() < 0.2 ? double.NaN : random.NextNormal();
        }
        return block;
    }

    static double[] RowOf(SlotBlock block, int row) => [.. Enumerable.Range(0, Inputs).Select(input => block[input][row])];

    static void AssertNear(double[] expected, double[] actual)
    {
        for (var input = 0; input < expected.Length; input++)
            Assert.Equal(expected[input], actual[input], 1e-11);
    }
}
