namespace Halley.Boosting;

/// <summary>An operator on its way into an ONNX file. Field and type numbers are those of the format.</summary>
sealed class OnnxNodeWriter
{
    readonly ProtoWriter message = new();

    internal OnnxNodeWriter(string name, string domain, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        foreach (var input in inputs)
            message.Text(1, input);
        foreach (var output in outputs)
            message.Text(2, output);
        message.Text(4, name);
        if (domain.Length > 0)
            message.Text(7, domain);
    }

    internal ProtoWriter Message => message;

    internal OnnxNodeWriter Float(string name, float value) => Add(name, 1, attribute => attribute.Float(2, value));

    internal OnnxNodeWriter Integer(string name, long value) => Add(name, 2, attribute => attribute.Integer(3, value));

    internal OnnxNodeWriter Text(string name, string value) => Add(name, 3, attribute => attribute.Text(4, value));

    internal OnnxNodeWriter Tensor(string name, ProtoWriter tensor) => Add(name, 4, attribute => attribute.Message(5, tensor));

    internal OnnxNodeWriter Floats(string name, IReadOnlyList<float> values) =>
        Add(name, 6, attribute => attribute.Floats(7, values));

    internal OnnxNodeWriter Integers(string name, IEnumerable<long> values) =>
        Add(name, 7, attribute => attribute.Integers(8, values));

    internal OnnxNodeWriter Texts(string name, IEnumerable<string> values) =>
        Add(
            name,
            8,
            attribute =>
            {
                foreach (var value in values)
                    attribute.Text(9, value);
            }
        );

    /// <summary>A constant with numbers: a list, or a matrix of so many columns.</summary>
    internal static ProtoWriter TensorOf(string name, OnnxType type, IReadOnlyList<double> values, int? columns = null)
    {
        var tensor = new ProtoWriter()
            .Integers(1, columns is { } width ? [values.Count / width, width] : [values.Count])
            .Integer(2, (long)type)
            .Text(8, name);
        return type switch
        {
            OnnxType.Double => tensor.Doubles(10, values),
            OnnxType.Float => tensor.Floats(4, [.. values.Select(value => (float)value)]),
            OnnxType.Int64 => tensor.Integers(7, values.Select(value => (long)value)),
            _ => tensor.Integers(5, values.Select(value => (long)value)),
        };
    }

    OnnxNodeWriter Add(string name, int type, Action<ProtoWriter> write)
    {
        var attribute = new ProtoWriter().Text(1, name);
        write(attribute);
        message.Message(5, attribute.Integer(20, type));
        return this;
    }
}
