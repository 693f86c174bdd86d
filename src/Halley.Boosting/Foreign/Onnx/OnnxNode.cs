namespace Halley.Boosting;

/// <summary>An operator of an ONNX graph with its settings.</summary>
sealed class OnnxNode
{
    readonly Dictionary<string, OnnxAttribute> attributes = new(StringComparer.Ordinal);

    internal required string Place { get; init; }

    internal List<string> Inputs { get; } = [];

    internal List<string> Outputs { get; } = [];

    internal string Operator { get; private set; } = "";

    internal string Domain { get; private set; } = "";

    /// <summary>For messages and for what the model says of itself.</summary>
    internal string Name => Domain is "" or "ai.onnx" ? Operator : $"{Domain}.{Operator}";

    internal static OnnxNode Read(ProtoReader reader, int index)
    {
        var node = new OnnxNode { Place = $"node {index}" };
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    node.Inputs.Add(reader.Text());
                    break;
                case 2:
                    node.Outputs.Add(reader.Text());
                    break;
                case 4:
                    node.Operator = reader.Text();
                    break;
                case 5:
                    var (name, attribute) = OnnxAttribute.Read(reader.Message(node.Place), node.Place);
                    if (!node.attributes.TryAdd(name, attribute))
                        ForeignErrors.Malformed(node.Place, $"attribute '{DocumentNode.Shortened(name)}' stands twice.");
                    break;
                case 7:
                    node.Domain = reader.Text();
                    break;
                default:
                    break;
            }
        }
        return node;
    }

    internal bool Has(string name) => attributes.ContainsKey(name);

    internal OnnxTensor? Tensor(string name) => attributes.GetValueOrDefault(name)?.Tensor;

    internal IReadOnlyList<long> Integers(string name) => attributes.GetValueOrDefault(name)?.Integers ?? [];

    internal IReadOnlyList<string> Texts(string name) => attributes.GetValueOrDefault(name)?.Texts ?? [];

    internal IReadOnlyList<double> Numbers(string name) => attributes.GetValueOrDefault(name)?.Numbers ?? [];

    /// <summary>Floats, or the doubles of the tensor that stands in their place.</summary>
    internal IReadOnlyList<double> NumbersOrTensor(string name) => Tensor(name + "_as_tensor")?.Numbers ?? Numbers(name);

    internal long Integer(string name, long otherwise) =>
        attributes.GetValueOrDefault(name) is { Integers: [var value] } ? value : otherwise;

    internal double Number(string name, double otherwise) =>
        attributes.GetValueOrDefault(name) is { Numbers: [var value] } ? value : otherwise;

    internal string Text(string name, string otherwise) =>
        attributes.GetValueOrDefault(name) is { Texts: [var value] } ? value : otherwise;

    internal Data.HalleyException Unsupported(FormattableString problem, string remedy) =>
        ForeignErrors.Unsupported($"{Place} ({DocumentNode.Shortened(Name)})", problem, remedy);

    internal Data.HalleyException Malformed(FormattableString problem) =>
        ForeignErrors.MalformedAt($"{Place} ({DocumentNode.Shortened(Name)})", problem);
}
