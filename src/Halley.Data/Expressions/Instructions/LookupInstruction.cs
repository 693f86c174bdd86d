namespace Halley.Data.Expressions;

/// <summary>result = the table's value at the keys, row by row.</summary>
sealed class LookupInstruction(LookupIndex index, int[] keys, int result) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        var values = block[result];
        for (var row = 0; row < values.Length; row++)
        {
            var (cell, anyMissing) = (0L, false);
            for (var axis = 0; axis < keys.Length; axis++)
            {
                var key = block[keys[axis]][row];
                anyMissing |= double.IsNaN(key);
                cell = index.Advance(cell, axis, key);
            }
            values[row] = index.ValueAt(cell, anyMissing);
        }
    }
}
