using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Rows as a model's scorer reads them: a slot for each of its inputs.</summary>
static class ScorerRows
{
    /// <exception cref="HalleyException">As <see cref="FittedModel.Predict"/>.</exception>
    public static SlotBlock Of(FittedModel model, Table table, CancellationToken cancellation)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(
            builder,
            table,
            model.ScoreInputs.Fields.Select(field => field.Name).Where(table.Has),
            scope
        );
        var slots = model.EmitScorerInputs(builder, scope);
        var rows = new SlotBlock(slots.Length, Math.Max(table.RowCount, 1)) { RowCount = table.RowCount };
        inputs.Run(builder.Build(), table.RowCount, Take, 1, cancellation);
        return rows;

        void Take(SlotBlock block)
        {
            for (var input = 0; input < slots.Length; input++)
                block[slots[input]].CopyTo(rows[input][block.FirstRow..]);
        }
    }

    /// <summary>The slots named, side by side.</summary>
    public static SlotBlock Compact(SlotBlock block, int[] slots)
    {
        var rows = new SlotBlock(slots.Length, Math.Max(block.RowCount, 1)) { RowCount = block.RowCount };
        for (var input = 0; input < slots.Length; input++)
            block[slots[input]].CopyTo(rows[input]);
        return rows;
    }
}
