namespace Halley.Models;

/// <summary>Looks, before a fit, for what the rules of the inputs refuse.</summary>
static class InputRules
{
    /// <summary>Notes the inputs whose rule is to reject and that have rows without a value.</summary>
    /// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
    public static void Check(RowProblems problems, Schema inputs, Table table, IReadOnlyList<int> sourceRows)
    {
        foreach (var field in inputs.Fields.Where(field => field.WhenMissing.Action == ValueAction.Reject))
        {
            var column = table[field.Name];
            if (column.MissingCount == 0)
                continue;
            var values = new double[column.RowCount];
            column.CopySlots(0, values);
            problems.Note(
                $"input '{field.Name}', whose rule is to reject",
                "missing",
                sourceRows,
                values,
                (_, value) => double.IsNaN(value)
            );
        }
    }
}
