namespace Halley.Boosting;

/// <summary>An ONNX file taken apart: operators in order, constants, inputs and outputs.</summary>
sealed class OnnxGraph
{
    const int MostNodes = 100_000;
    const long NewestOperators = 30;
    const long NewestMachineLearning = 5;

    internal List<OnnxNode> Nodes { get; } = [];

    internal Dictionary<string, OnnxTensor> Constants { get; } = new(StringComparer.Ordinal);

    internal List<OnnxPort> Inputs { get; } = [];

    internal List<OnnxPort> Outputs { get; } = [];

    internal string Producer { get; private set; } = "";

    /// <summary>Of the machine-learning operators; 1 where the file does not say.</summary>
    internal long MachineLearningVersion { get; private set; } = 1;

    /// <summary>The first field of a model is its version, the graph or who made it.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> bytes) => bytes[0] is 0x08 or 0x12 or 0x3a or 0x42;

    internal static OnnxGraph Read(ReadOnlySpan<byte> bytes)
    {
        var model = new ProtoReader(bytes, "model");
        var (graph, found) = (new OnnxGraph(), false);
        var (producer, version) = ("", "");
        while (model.Next())
        {
            switch (model.Field)
            {
                case 2:
                    producer = model.Text();
                    break;
                case 3:
                    version = model.Text().Split('\n')[0].Trim();
                    break;
                case 7:
                    if (found)
                        ForeignErrors.Malformed("model", $"it holds two graphs.");
                    found = true;
                    graph.ReadGraph(model.Message("graph"));
                    break;
                case 8:
                    graph.ReadOperatorSet(model.Message("operator set"));
                    break;
                default:
                    break;
            }
        }
        if (!found)
            ForeignErrors.Malformed("model", $"there is no graph.");
        graph.Producer = $"{producer} {version}".Trim();
        return graph;
    }

    void ReadOperatorSet(ProtoReader reader)
    {
        var (domain, version) = ("", 0L);
        while (reader.Next())
        {
            if (reader.Field == 1)
                domain = reader.Text();
            else if (reader.Field == 2)
                version = reader.Integer();
        }
        var newest = domain switch
        {
            "" or "ai.onnx" => NewestOperators,
            "ai.onnx.ml" => NewestMachineLearning,
            _ => long.MaxValue,
        };
        if (version < 1 || version > newest)
            throw ForeignErrors.Unsupported(
                "operator set",
                $"version {version} of '{DocumentNode.Shortened(domain)}' is not known; 1 to {newest} are.",
                "Export the model with an older target_opset."
            );
        if (domain == "ai.onnx.ml")
            MachineLearningVersion = version;
    }

    void ReadGraph(ProtoReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    if (Nodes.Count == MostNodes)
                        throw ForeignErrors.Unsupported(
                            "graph",
                            $"it has more than {MostNodes} nodes.",
                            "Export a smaller model."
                        );
                    Nodes.Add(OnnxNode.Read(reader.Message($"node {Nodes.Count}"), Nodes.Count));
                    break;
                case 5:
                    var tensor = OnnxTensor.Read(reader.Message("constant"), $"constant {Constants.Count}");
                    if (!Constants.TryAdd(tensor.Name, tensor))
                        ForeignErrors.Malformed("graph", $"constant '{DocumentNode.Shortened(tensor.Name)}' stands twice.");
                    break;
                case 11:
                    Inputs.Add(OnnxPort.Read(reader.Message("input")));
                    break;
                case 12:
                    Outputs.Add(OnnxPort.Read(reader.Message("output")));
                    break;
                default:
                    break;
            }
        }
        // Older files list constants among the inputs.
        Inputs.RemoveAll(input => Constants.ContainsKey(input.Name));
    }
}
