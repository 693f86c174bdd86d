namespace Halley.Boosting;

/// <summary>A setting of an ONNX node: one value or a list.</summary>
sealed class OnnxAttribute
{
    internal List<double> Numbers { get; } = [];

    internal List<long> Integers { get; } = [];

    internal List<string> Texts { get; } = [];

    internal OnnxTensor? Tensor { get; private set; }

    internal static (string Name, OnnxAttribute Attribute) Read(ProtoReader reader, string place)
    {
        var (name, attribute) = ("", new OnnxAttribute());
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    attribute.Numbers.Add(reader.Float());
                    break;
                case 3:
                    attribute.Integers.Add(reader.Integer());
                    break;
                case 4 or 9:
                    attribute.Texts.Add(reader.Text());
                    break;
                case 5:
                    attribute.Tensor = OnnxTensor.Read(reader.Message(place), $"{place}, attribute '{name}'");
                    break;
                case 6 or 11 or 22 or 23:
                    throw ForeignErrors.Unsupported(
                        place,
                        $"attribute '{DocumentNode.Shortened(name)}' holds a graph or a sparse tensor.",
                        "Export a model without branches."
                    );
                case 7:
                    reader.AddFloats(attribute.Numbers);
                    break;
                case 8:
                    reader.AddIntegers(attribute.Integers);
                    break;
                default:
                    break;
            }
        }
        return (name, attribute);
    }
}
