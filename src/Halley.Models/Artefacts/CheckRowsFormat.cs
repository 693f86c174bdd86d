using System.Buffers.Binary;

namespace Halley.Models;

/// <summary>Check rows as bytes: number of rows (4), of inputs (4), then the doubles, little endian.</summary>
static class CheckRowsFormat
{
    const int MaximumRows = 4096;

    public static byte[] Write(CheckRows rows)
    {
        var bytes = new byte[8 + 8 * rows.Values.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, rows.RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), rows.InputCount);
        for (var i = 0; i < rows.Values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 + 8 * i), rows.Values[i]);
        return bytes;
    }

    /// <param name="inputs">The model's inputs, which the rows must fit.</param>
    /// <param name="outputs">Further outputs of the model.</param>
    public static CheckRows Read(ReadOnlySpan<byte> bytes, Schema inputs, int outputs)
    {
        if (bytes.Length < 8)
            throw ArtefactErrors.Structure("its check rows are incomplete");
        var rowCount = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var inputCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (rowCount is < 1 or > MaximumRows || inputCount != inputs.Fields.Count)
            throw ArtefactErrors.Structure("its check rows do not fit its inputs");
        if (bytes.Length != 8L + 8L * rowCount * (inputCount + 2L + outputs))
            throw ArtefactErrors.Structure("its check rows are incomplete");

        var values = new double[rowCount * (inputCount + 2 + outputs)];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 + 8 * i)..]);
        var rows = new CheckRows(rowCount, inputCount, values);
        for (var input = 0; input < inputCount; input++)
            CheckCodes(inputs.Fields[input], rows.Input(input));
        return rows;
    }

    static void CheckCodes(Field field, ReadOnlySpan<double> codes)
    {
        var limit = field.Kind switch
        {
            FieldKind.Category => field.Levels!.Count,
            FieldKind.Boolean => 2,
            _ => 0,
        };
        foreach (var code in codes)
        {
            if (limit > 0 && !double.IsNaN(code) && !(code >= 0 && code < limit && code == Math.Floor(code)))
                throw ArtefactErrors.Structure($"a check row has code {code:R} for '{field.Name}', which has {limit} levels");
        }
    }
}
