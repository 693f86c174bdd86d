namespace Halley.Decisions;

/// <summary>The rows of a table as the JSON records that a caller would send.</summary>
/// <exception cref="HalleyException">HLY4004: columns are absent or of another kind; all are named.</exception>
public sealed class TableRecords(DecisionDefinition definition, Table table)
{
    readonly BatchInputs inputs = new(definition, table);

    public int RowCount => inputs.RowCount;

    /// <summary>One row as UTF-8 JSON; columns that are no input are left out.</summary>
    public byte[] this[int row] => inputs.RecordAt(row);
}
