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

    /// <summary>Runs the plan over the rows in blocks of <see cref="SlotBlock.BatchCapacity"/>, in order, on the calling thread.</summary>
    public void Run(SlotPlan plan, int rowCount, BlockAction take, CancellationToken cancellation = default)
    {
        var block = new SlotBlock(plan.SlotCount, Math.Clamp(rowCount, 1, SlotBlock.BatchCapacity));
        for (var start = 0; start < rowCount; start += block.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(block, start, Math.Min(block.Capacity, rowCount - start));
            plan.Run(block);
            take(block);
        }
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
