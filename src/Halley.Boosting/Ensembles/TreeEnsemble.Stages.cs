using System.Buffers;
using Halley.Data;

namespace Halley.Boosting;

public sealed partial class TreeEnsemble
{
    /// <summary>The ensemble of a run of its trees: start and offset stay, averages are taken over the run.</summary>
    /// <param name="first">Index of the first tree.</param>
    /// <param name="count">Trees taken. A round of a model of K outputs has K trees, or more where it grows forests.</param>
    public TreeEnsemble Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, TreeCount - first);
        if (count == TreeCount)
            return this;
        var start = first < TreeCount ? Nodes.Roots[first] : NodeCount;
        var end = first + count < TreeCount ? Nodes.Roots[first + count] : NodeCount;
        var nodes = Nodes.All[start..end];
        for (var node = 0; node < nodes.Length; node++)
            nodes[node] = nodes[node].IsLeaf ? nodes[node] : nodes[node] with { Left = nodes[node].Left - start };
        TreeNodes run = new(
            [.. Nodes.Roots.Skip(first).Take(count).Select(root => root - start)],
            nodes,
            Nodes.Statistics[start..end],
            Nodes.SetStarts,
            Nodes.SetBits
        )
        {
            Linear = Nodes.Linear?.Slice(start, end),
            LeafIds = Nodes.LeafIds?[start..end],
            PathsByRows = Nodes.PathsByRows,
        };
        var rule = RuleOf(count) with
        {
            TreeOutputs = Rule.TreeOutputs.Length == 0 ? [] : Rule.TreeOutputs[first..(first + count)],
        };
        return new(inputs, Derived, rule, run);
    }

    /// <summary>Scores after the first trees, for several numbers of trees in one pass.</summary>
    /// <param name="stages">Rising, 0 to <see cref="TreeCount"/>.</param>
    /// <param name="eta">Shape (n, stages): each equals the score of <see cref="Slice"/> from 0 to the bit.</param>
    public void ScoreStaged(SlotBlock block, ReadOnlySpan<int> inputSlots, ReadOnlySpan<int> stages, Span<double> eta)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputSlots.Length, inputs.Length, nameof(inputSlots));
        ArgumentOutOfRangeException.ThrowIfLessThan(eta.Length, block.RowCount * stages.Length, nameof(eta));
        for (var stage = 0; stage < stages.Length; stage++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(stages[stage], TreeCount, nameof(stages));
            ArgumentOutOfRangeException.ThrowIfLessThan(stages[stage], stage == 0 ? 0 : stages[stage - 1], nameof(stages));
        }
        var width = Math.Max(Width, 1);
        var tileRows = Math.Min(block.RowCount, TileRows);
        var rented = ArrayPool<double>.Shared.Rent(tileRows * (width + OutputCount) + OutputCount);
        var finished = rented.AsSpan(tileRows * (width + OutputCount), OutputCount);
        for (var start = 0; start < block.RowCount; start += tileRows)
        {
            var rows = Math.Min(tileRows, block.RowCount - start);
            var tile = rented.AsSpan(0, rows * width);
            var sums = rented.AsSpan(tileRows * width, rows * OutputCount);
            FillTile(block, inputSlots, start, rows, tile, width);
            StartSums(sums, rows);
            for (var (stage, from) = (0, 0); stage < stages.Length; from = stages[stage++])
            {
                AddTrees(tile, width, rows, from, stages[stage] - from, sums);
                var rule = RuleOf(stages[stage]);
                for (var row = 0; row < rows; row++)
                {
                    sums.Slice(row * OutputCount, OutputCount).CopyTo(finished);
                    eta[(start + row) * stages.Length + stage] = ScoreOutput.Of(rule, finished);
                }
            }
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The rule of some of the trees: an average is taken over those.</summary>
    ScoreRule RuleOf(int trees) =>
        Rule.Divisor == 1 || trees == TreeCount
            ? Rule
            : Rule with
            {
                Divisor = trees == 0 ? 1 : Rule.Divisor * trees / TreeCount,
            };
}
