namespace Halley.Data;

/// <summary>Whole records in memory: where each field's text stands. Good until the scanner reads on.</summary>
/// <remarks>Layout of the fields: row-major, field c of row r at r·ColumnCount + c.</remarks>
sealed class CsvBatch
{
    readonly List<long> lines = [];
    readonly List<int> escapedFields = [];
    CsvField[] fields = new CsvField[4096];
    int fieldCount;

    public byte[] Bytes { get; set; } = [];

    public int ColumnCount { get; set; }

    public int RowCount => lines.Count;

    /// <summary>Fields of the record being read so far.</summary>
    public int OpenFields => fieldCount - RowCount * ColumnCount;

    /// <summary>Line of the file on which a row starts, from 1.</summary>
    public long LineOf(int row) => lines[row];

    public CsvField At(int row, int column) => fields[row * ColumnCount + column];

    /// <summary>The text of a field, quotes taken off; false where the value is missing.</summary>
    public bool TryGet(int row, int column, out ReadOnlySpan<byte> text)
    {
        var field = fields[row * ColumnCount + column];
        if (field.Length < 0)
        {
            text = default;
            return false;
        }
        text = Bytes.AsSpan(field.Start, field.Length);
        return true;
    }

    /// <summary>Length of the field added last; −1 where it is missing.</summary>
    public int LastLength => fields[fieldCount - 1].Length;

    public void Clear()
    {
        lines.Clear();
        escapedFields.Clear();
        fieldCount = 0;
    }

    /// <param name="escaped">Whether doubled quotes stand in it.</param>
    public void Add(CsvField field, bool escaped = false)
    {
        if (fieldCount == fields.Length)
            Array.Resize(ref fields, fields.Length * 2);
        if (escaped)
            escapedFields.Add(fieldCount);
        fields[fieldCount++] = field;
    }

    /// <summary>Ends the record being read.</summary>
    public void EndRow(long line) => lines.Add(line);

    /// <summary>Forgets the record being read.</summary>
    public void DropRow()
    {
        fieldCount = RowCount * ColumnCount;
        escapedFields.RemoveAll(field => field >= fieldCount);
    }

    /// <summary>Makes one quote of each doubled one, in place. Once, when the batch is complete and its encoding checked.</summary>
    public void Unescape()
    {
        foreach (var index in escapedFields)
        {
            if (index >= RowCount * ColumnCount)
                return;
            var field = fields[index];
            fields[index] = field with { Length = Unescape(Bytes.AsSpan(field.Start, field.Length)) };
        }
    }

    static int Unescape(Span<byte> text)
    {
        var to = 0;
        for (var from = 0; from < text.Length; from++, to++)
        {
            text[to] = text[from];
            if (text[from] == '"')
                from++;
        }
        return to;
    }
}
