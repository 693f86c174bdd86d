using System.Buffers.Text;
using System.Text.Json;

namespace Halley.Server;

/// <summary>A tensor of a JSON request: its values stay where they are in the body.</summary>
/// <param name="values">Start and length of each value in the body.</param>
sealed class JsonTensor(
    string name,
    string datatype,
    IReadOnlyList<long> shape,
    ReadOnlyMemory<byte> body,
    IReadOnlyList<(int Start, int Length)> values
) : InferenceTensor(name, datatype, shape)
{
    public override int Count => values.Count;

    public override void Write(int row, Utf8JsonWriter writer) => writer.WriteRawValue(ValueAt(row), skipInputValidation: true);

    public override double NumberAt(int row)
    {
        var value = ValueAt(row);
        return Utf8Parser.TryParse(value, out double number, out var read) && read == value.Length ? number : double.NaN;
    }

    ReadOnlySpan<byte> ValueAt(int row) => body.Span.Slice(values[row].Start, values[row].Length);
}
