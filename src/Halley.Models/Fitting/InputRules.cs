namespace Halley.Models;

/// <summary>Looks, before a fit, for what the rules of the inputs refuse.</summary>
static class InputRules
{
    /// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
    /// <exception cref="HalleyException">HLY3407: inputs whose rule is to reject have rows without a value; all are told.</exception>
    public static void Check(string model, Schema inputs, Table table, int[] sourceRows)
    {
        var problems = new RowProblems(model, sourceRows);
        foreach (var field in inputs.Fields.Where(field => field.WhenMissing.Action == ValueAction.Reject))
        {
            var column = table[field.Name];
            if (column.MissingCount == 0)
                continue;
            var values = new double[column.RowCount];
            column.CopySlots(0, values);
            problems.Note($"input '{field.Name}', whose rule is to reject", "missing", values, (_, value) => double.IsNaN(value));
        }
        problems.ThrowIfAny();
    }
}
