using System.Buffers;
using System.Text.Json;

namespace Halley.Decisions;

/// <summary>The records of a table, as the definition's inputs.</summary>
sealed class BatchInputs
{
    readonly BatchField[] fields;

    /// <exception cref="HalleyException">HLY4004: columns are absent or of another kind; all are named.</exception>
    public BatchInputs(DecisionDefinition definition, Table table)
    {
        RowCount = table.RowCount;
        fields = [.. definition.Inputs.Fields.Select(field => new BatchField(field, table.Find(field.Name)))];
        var problems = fields.Select(field => ProblemOf(field, table)).OfType<string>().ToArray();
        if (problems.Length > 0)
            throw new HalleyException(
                DecisionCodes.Batch,
                $"the table does not fit the inputs of '{definition.Name}':{string.Concat(problems.Select(problem => $"\n- {problem}"))}"
            );
    }

    public int RowCount { get; }

    public int FieldCount => fields.Length;

    /// <summary>Reads rows into slots, shape (fields × n, field by field), and marks the doubtful ones.</summary>
    public void Read(int start, int rowCount, double[][] slots, Span<bool> doubtful)
    {
        for (var field = 0; field < fields.Length; field++)
            fields[field].Read(start, slots[field].AsSpan(0, rowCount), doubtful);
    }

    /// <summary>The text of a text field; null for others.</summary>
    public string? TextAt(int field, int row) =>
        fields[field].Field.Kind == FieldKind.Text ? fields[field].Column?.TextAt(row) : null;

    /// <summary>A row as the JSON record that a caller would send: so that a table and a request are checked by one code.</summary>
    public byte[] RecordAt(int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in fields)
                WriteField(field, row, writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void WriteField(BatchField field, int row, Utf8JsonWriter writer)
    {
        if (field.Column is not { } column)
            return;
        writer.WritePropertyName(field.Field.Name);
        if (column.IsMissing(row))
        {
            writer.WriteNullValue();
            return;
        }
        Span<double> slot = stackalloc double[1];
        switch (field.Field.Kind)
        {
            case FieldKind.Number or FieldKind.Exposure:
                column.CopySlots(row, slot);
                writer.WriteNumberValue(slot[0]);
                break;
            case FieldKind.Boolean:
                column.CopySlots(row, slot);
                writer.WriteBooleanValue(slot[0] == 1);
                break;
            default:
                writer.WriteStringValue(column.TextAt(row));
                break;
        }
    }

    static string? ProblemOf(BatchField field, Table table)
    {
        var name = field.Field.Name;
        if (field.Column is null)
            return field.Field.WhenMissing.Action == ValueAction.Reject
                ? $"there is no column '{name}', and the field may not be missing. The table has: {string.Join(", ", table.Columns.Select(column => column.Name))}."
                : null;
        return BatchField.Fits(field.Field, field.Column)
            ? null
            : $"column '{name}' is of kind {Word(field.Column.Kind)} where the field is a {Word(field.Field.Kind)}. Read the file with the decision's schema.";
    }

    static string Word(FieldKind kind) => kind.ToString().ToLowerInvariant();
}
