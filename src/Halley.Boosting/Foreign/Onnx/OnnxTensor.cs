using System.Buffers.Binary;

namespace Halley.Boosting;

/// <summary>A constant of an ONNX file.</summary>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Numbers">In row order; empty where it holds texts.</param>
/// <param name="Texts">In row order; empty where it holds numbers.</param>
sealed record OnnxTensor(string Name, OnnxType Type, IReadOnlyList<long> Shape, double[] Numbers, string[] Texts)
{
    internal int Count => Type == OnnxType.Text ? Texts.Length : Numbers.Length;

    internal static OnnxTensor Read(ProtoReader reader, string place)
    {
        var (name, type, shape) = ("", OnnxType.None, new List<long>());
        var (whole, numbers, texts, raw) = (new List<long>(), new List<double>(), new List<string>(), Array.Empty<byte>());
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddIntegers(shape);
                    break;
                case 2:
                    type = (OnnxType)reader.Integer();
                    break;
                case 4:
                    reader.AddFloats(numbers);
                    break;
                case 5 or 7 or 11:
                    reader.AddIntegers(whole);
                    break;
                case 6:
                    texts.Add(reader.Text());
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    raw = reader.Bytes().ToArray();
                    break;
                case 10:
                    reader.AddDoubles(numbers);
                    break;
                case 14 when reader.Integer() != 0:
                    throw ForeignErrors.Unsupported(place, $"its values are in another file.", "Save the model as one file.");
                default:
                    break;
            }
        }
        if (!Enum.IsDefined(type) || type == OnnxType.None)
            throw ForeignErrors.Unsupported(
                place,
                $"a constant is of type {(int)type}.",
                "Export it with 32- or 64-bit numbers."
            );
        if (raw.Length > 0)
            numbers = RawNumbers(raw, type, place);
        else if (whole.Count > 0)
            numbers = [.. whole.Select(value => (double)value)];
        OnnxTensor tensor = new(name, type, shape, [.. numbers], [.. texts]);
        var size = 1.0;
        foreach (var dimension in shape)
            size *= dimension;
        if (size != tensor.Count)
            ForeignErrors.Malformed(place, $"a constant of shape ({string.Join(", ", shape)}) holds {tensor.Count} values.");
        return tensor;
    }

    static List<double> RawNumbers(ReadOnlySpan<byte> raw, OnnxType type, string place)
    {
        var size = type switch
        {
            OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Boolean => 1,
            OnnxType.UInt16 or OnnxType.Int16 => 2,
            OnnxType.Float or OnnxType.Int32 or OnnxType.UInt32 => 4,
            OnnxType.Text => throw ForeignErrors.MalformedAt(place, $"texts can't be raw bytes."),
            _ => 8,
        };
        if (raw.Length % size != 0)
            ForeignErrors.Malformed(place, $"{raw.Length} raw bytes are not whole values of {size}.");
        var numbers = new List<double>(raw.Length / size);
        for (; raw.Length > 0; raw = raw[size..])
            numbers.Add(
                type switch
                {
                    OnnxType.Float => BinaryPrimitives.ReadSingleLittleEndian(raw),
                    OnnxType.Double => BinaryPrimitives.ReadDoubleLittleEndian(raw),
                    OnnxType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw),
                    OnnxType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(raw),
                    OnnxType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(raw),
                    OnnxType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(raw),
                    OnnxType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(raw),
                    OnnxType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(raw),
                    OnnxType.Int8 => (sbyte)raw[0],
                    _ => raw[0],
                }
            );
        return numbers;
    }
}
