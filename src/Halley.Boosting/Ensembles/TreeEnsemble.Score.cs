using System.Buffers;
using System.Runtime.InteropServices;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

public sealed partial class TreeEnsemble
{
    /// <summary>Rows that pass through a tree before the next one: their inputs and the tree stay in first-level cache.</summary>
    const int TileRows = 64;

    /// <summary>Doubles of a tile that are kept on the stack: 16 KiB.</summary>
    const int StackValues = 2048;

    /// <summary>Rows that pass through a block of compiled trees before the next: enough that the block's masks come from the nearest cache.</summary>
    const int CompiledTileRows = 256;

    /// <summary>Inputs and derived columns.</summary>
    internal int Width => inputs.Length + Derived.Length;

    /// <inheritdoc/>
    public void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(eta.Length, block?.RowCount ?? 0, nameof(eta));
        Run(block!, inputSlots, new OneScore(), eta, 1);
    }

    /// <summary>Every output's sum, finished but before a transform chooses among them.</summary>
    /// <param name="sums">Shape (n, <see cref="OutputCount"/>), a row's outputs side by side.</param>
    /// <inheritdoc cref="Score"/>
    public void ScoreAll(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, (block?.RowCount ?? 0) * OutputCount, nameof(sums));
        Run(block!, inputSlots, new AllSums(), sums, OutputCount);
    }

    void Run<TTaker>(SlotBlock block, ReadOnlySpan<int> inputSlots, TTaker taker, Span<double> result, int perRow)
        where TTaker : struct, ISumTaker
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputSlots.Length, inputs.Length, nameof(inputSlots));
        if (compiled.Value is { } fast)
            RunCompiled(fast, block, inputSlots, taker, result, perRow);
        else
            RunPlain(block, inputSlots, taker, result, perRow);
    }

    /// <summary>Node by node: what the compiled form must equal to the bit.</summary>
    internal void ScorePlain(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta) =>
        RunPlain(block, inputSlots, new OneScore(), eta, 1);

    void RunPlain<TTaker>(SlotBlock block, ReadOnlySpan<int> inputSlots, TTaker taker, Span<double> result, int perRow)
        where TTaker : struct, ISumTaker
    {
        var width = Math.Max(Width, 1);
        var size = width + OutputCount;
        var tileRows = Math.Min(block.RowCount, Math.Clamp(StackValues / size, 1, TileRows));
        var rented = tileRows * size > StackValues ? ArrayPool<double>.Shared.Rent(tileRows * size) : null;
        var scratch = rented ?? stackalloc double[tileRows * size];
        for (var start = 0; start < block.RowCount; start += tileRows)
        {
            var rows = Math.Min(tileRows, block.RowCount - start);
            var tile = scratch[..(rows * width)];
            var sums = scratch.Slice(tileRows * width, rows * OutputCount);
            FillTile(block, inputSlots, start, rows, tile, width);
            StartSums(sums, rows);
            AddTrees(tile, width, rows, 0, TreeCount, sums);
            TakeSums(taker, sums, rows, result[(start * perRow)..], perRow);
        }
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>In tiles of rows: derived columns, cells, then the compiled trees.</summary>
    void RunCompiled<TTaker>(
        CompiledTrees fast,
        SlotBlock block,
        ReadOnlySpan<int> inputSlots,
        TTaker taker,
        Span<double> result,
        int perRow
    )
        where TTaker : struct, ISumTaker
    {
        var (width, columns) = (Math.Max(Width, 1), fast.Columns.Length);
        var tileRows = Math.Min(block.RowCount, CompiledTileRows);
        var batch = fast.HasSymmetric && block.RowCount >= SymmetricTrees.LeastRows;
        if (batch)
            tileRows = (tileRows + SymmetricLeaves.Lanes - 1) / SymmetricLeaves.Lanes * SymmetricLeaves.Lanes;
        var size = width + OutputCount + (batch ? 3 : 1) * (columns / 4 + 1);
        var rented = tileRows * size > StackValues ? ArrayPool<double>.Shared.Rent(tileRows * size) : null;
        var scratch = rented ?? stackalloc double[tileRows * size];
        var cells = MemoryMarshal.Cast<double, ushort>(
            scratch.Slice(tileRows * (width + OutputCount), tileRows * (columns / 4 + 1))
        );
        var byColumn = batch
            ? MemoryMarshal.Cast<double, short>(scratch[(tileRows * (width + OutputCount + columns / 4 + 1))..])[
                ..(2 * tileRows * columns)
            ]
            : [];
        for (var start = 0; start < block.RowCount; start += tileRows)
        {
            var rows = Math.Min(tileRows, block.RowCount - start);
            var tile = scratch[..(rows * width)];
            var sums = scratch.Slice(tileRows * width, rows * OutputCount);
            FillTile(block, inputSlots, start, rows, tile, width);
            for (var column = 0; column < columns; column++)
            {
                var cut = fast.Columns[column];
                for (var row = 0; row < rows; row++)
                {
                    var cell = cut.CellOf(tile[row * width + cut.Column]);
                    cells[row * columns + column] = cell;
                    if (batch)
                    {
                        byColumn[column * tileRows + row] = SymmetricTrees.Signed(cell);
                        byColumn[(columns + column) * tileRows + row] = SymmetricTrees.SignedMissingLast(cell);
                    }
                }
            }
            StartSums(sums, rows);
            fast.Add(cells, byColumn, rows, sums, Rule, new TileWalk(this, tile, width, rows));
            TakeSums(taker, sums, rows, result[(start * perRow)..], perRow);
        }
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    void StartSums(Span<double> sums, int rows)
    {
        if (Rule.Aggregate != TreeAggregate.Sum)
        {
            sums[..(rows * OutputCount)]
                .Fill(Rule.Aggregate == TreeAggregate.Minimum ? double.PositiveInfinity : double.NegativeInfinity);
            return;
        }
        for (var row = 0; row < rows; row++)
            Rule.Bases.CopyTo(sums[(row * OutputCount)..]);
    }

    void TakeSums<TTaker>(TTaker taker, Span<double> sums, int rows, Span<double> result, int perRow)
        where TTaker : struct, ISumTaker
    {
        for (var row = 0; row < rows; row++)
            taker.Take(Rule, sums.Slice(row * OutputCount, OutputCount), result.Slice(row * perRow, perRow));
    }

    /// <summary>Rows whose inputs and derived columns lie one row behind the other.</summary>
    void FillTile(SlotBlock block, ReadOnlySpan<int> inputSlots, int start, int rows, Span<double> tile, int width)
    {
        for (var input = 0; input < inputSlots.Length; input++)
        {
            var slot = block[inputSlots[input]].Slice(start, rows);
            for (var row = 0; row < rows; row++)
                tile[row * width + input] = slot[row];
        }
        for (var derived = 0; derived < Derived.Length; derived++)
        {
            for (var row = 0; row < rows; row++)
            {
                var values = tile.Slice(row * width, width);
                values[inputs.Length + derived] = Derived[derived].ValueOf(values);
            }
        }
    }

    /// <summary>Adds the leaves of some trees, in tree order.</summary>
    void AddTrees(ReadOnlySpan<double> tile, int width, int rows, int first, int count, Span<double> sums)
    {
        for (var tree = first; tree < first + count; tree++)
        {
            var output = Rule.OutputOf(tree);
            for (var row = 0; row < rows; row++)
            {
                ref var sum = ref sums[row * OutputCount + output];
                sum = Rule.Take(sum, Nodes.ValueAt(Nodes.Roots[tree], tile.Slice(row * width, width)));
            }
        }
    }

    /// <summary>Walks the trees that are too large for masks.</summary>
    readonly ref struct TileWalk(TreeEnsemble trees, ReadOnlySpan<double> tile, int width, int rows) : ITreeWalk
    {
        readonly ReadOnlySpan<double> tile = tile;

        public void Walk(int first, int count, Span<double> sums) => trees.AddTrees(tile, width, rows, first, count, sums);
    }

    /// <summary>What is done with a row's sums.</summary>
    interface ISumTaker
    {
        void Take(ScoreRule rule, Span<double> sums, Span<double> result);
    }

    readonly struct OneScore : ISumTaker
    {
        public void Take(ScoreRule rule, Span<double> sums, Span<double> result) => result[0] = ScoreOutput.Of(rule, sums);
    }

    readonly struct AllSums : ISumTaker
    {
        public void Take(ScoreRule rule, Span<double> sums, Span<double> result)
        {
            for (var output = 0; output < sums.Length; output++)
                result[output] = rule.Finish(sums[output], output);
        }
    }
}
