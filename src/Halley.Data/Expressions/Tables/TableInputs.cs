using System.Collections.Concurrent;
using Halley.Kernels;

namespace Halley.Data.Expressions;

/// <summary>Columns of a table bound to input slots of a plan.</summary>
public sealed class TableInputs
{
    readonly (Column Column, int Slot)[] bound;

    /// <param name="bound">Columns of one length with the slot that takes each.</param>
    public TableInputs(IEnumerable<(Column Column, int Slot)> bound) => this.bound = [.. bound];

    /// <summary>Takes rows of a plan's block.</summary>
    /// <param name="block">The rows after the plan has run; <see cref="SlotBlock.FirstRow"/> tells where they stand in the table.</param>
    public delegate void BlockAction(SlotBlock block);

    /// <summary>Allocates an input slot for each named column.</summary>
    /// <param name="scope">Receives the slots by name.</param>
    /// <exception cref="HalleyException">HLY1001 there is no such column, HLY1210 it is text.</exception>
    public static TableInputs Bind(PlanBuilder builder, Table table, IEnumerable<string> names, Dictionary<string, SlotRef> scope)
    {
        var bound = new List<(Column, int)>();
        foreach (var name in names)
        {
            var slot = builder.Allocate(SlotType.Of(table[name]));
            scope.Add(name, slot);
            bound.Add((table[name], slot.Index));
        }
        return new(bound);
    }

    /// <summary>Runs the plan over the rows in blocks of <see cref="SlotBlock.BatchCapacity"/>.</summary>
    /// <param name="take">Called once for each block, on any thread and in any order: it may write only what belongs to its rows.</param>
    /// <param name="threads">0 or less stands for all processors. The results do not depend on it.</param>
    public void Run(SlotPlan plan, int rowCount, BlockAction take, int threads = 0, CancellationToken cancellation = default)
    {
        const int size = SlotBlock.BatchCapacity;
        var idle = new ConcurrentBag<SlotBlock>();
        WorkItems.For(
            (rowCount + size - 1) / size,
            threads,
            item =>
            {
                var block = idle.TryTake(out var used) ? used : new SlotBlock(plan.SlotCount, Math.Min(size, rowCount));
                Fill(block, item * size, Math.Min(size, rowCount - item * size));
                plan.Run(block);
                take(block);
                idle.Add(block);
            },
            cancellation
        );
    }

    /// <summary>Copies rows <paramref name="start"/>.. into the input slots.</summary>
    public void Fill(SlotBlock block, int start, int rowCount)
    {
        block.RowCount = rowCount;
        block.FirstRow = start;
        foreach (var (column, slot) in bound)
            column.CopySlots(start, block[slot]);
    }
}
