namespace Halley.Boosting;

/// <summary>Walks an ONNX graph once with symbols in place of numbers: what comes out says which columns are made and what is done with their score.</summary>
sealed class OnnxEvaluator
{
    const int MostFeatures = 100_000;
    const int MostColumns = 2_000_000;

    readonly OnnxGraph graph;
    readonly Dictionary<string, OnnxValue> known = new(StringComparer.Ordinal);
    readonly List<OnnxFeature> features = [];
    int columns;

    internal OnnxEvaluator(OnnxGraph graph) => this.graph = graph;

    /// <summary>Inputs that the prediction rests on, a column each.</summary>
    internal IReadOnlyList<OnnxFeature> Features => features;

    /// <summary>Operators between inputs and prediction.</summary>
    internal List<OnnxNode> Used { get; } = [];

    /// <summary>The value of an output.</summary>
    internal OnnxValue Of(OnnxPort output)
    {
        // Backwards what is needed, forwards its values: a label that stands beside the prediction is never looked at.
        var needed = new HashSet<string>(StringComparer.Ordinal) { output.Name };
        for (var index = graph.Nodes.Count - 1; index >= 0; index--)
        {
            if (graph.Nodes[index].Outputs.Any(needed.Contains))
                needed.UnionWith(graph.Nodes[index].Inputs.Where(name => name.Length > 0));
        }
        foreach (var (name, tensor) in graph.Constants)
            known[name] = new OnnxConstant(tensor);
        foreach (var input in graph.Inputs.Where(input => needed.Contains(input.Name)))
            known[input.Name] = InputOf(input);
        foreach (var node in graph.Nodes.Where(node => node.Outputs.Any(needed.Contains)))
            Run(node);
        return known.GetValueOrDefault(output.Name)
            ?? throw ForeignErrors.MalformedAt("graph", $"no node makes the output '{DocumentNode.Shortened(output.Name)}'.");
    }

    OnnxMatrix InputOf(OnnxPort input)
    {
        var count = input.Columns >= 0 ? input.Columns : ColumnsOf(input);
        if (count is < 1 or > MostFeatures)
            throw ForeignErrors.Unsupported(
                $"input '{DocumentNode.Shortened(input.Name)}'",
                $"it claims {count} columns, not 1 to {MostFeatures}.",
                "Export the model with its shape."
            );
        if (!Enum.IsDefined(input.Type) || input.Type == OnnxType.None)
            throw ForeignErrors.Unsupported(
                $"input '{DocumentNode.Shortened(input.Name)}'",
                $"its type is {(int)input.Type}, not a tensor of numbers or texts.",
                "Export the model with a matrix, or a column each, as input."
            );
        var own = new OnnxScalar[count];
        for (var column = 0; column < own.Length; column++)
        {
            own[column] = OnnxScalar.Input(features.Count);
            var name =
                graph.Inputs.Count == 1 && count > 1 ? $"f{column}"
                : count == 1 ? input.Name
                : $"{input.Name}_{column}";
            features.Add(new(name, input.Type == OnnxType.Text));
        }
        return new(own, input.Type);
    }

    /// <summary>Where the file leaves the shape open, the features that trees cut and models weigh tell it.</summary>
    long ColumnsOf(OnnxPort input)
    {
        var readers = graph.Nodes.Where(node => node.Inputs.Contains(input.Name)).ToList();
        var cut = readers.SelectMany(node => node.Integers("nodes_featureids")).DefaultIfEmpty(-1).Max() + 1;
        var weighed = readers
            .Where(node => node.Operator == "LinearRegressor")
            .Select(node => (long)node.Numbers("coefficients").Count / Math.Max(1, node.Integer("targets", 1)));
        var scaled = readers.Select(node => (long)node.Numbers("offset").Count);
        return weighed.Concat(scaled).Append(cut).Max();
    }

    void Run(OnnxNode node)
    {
        Used.Add(node);
        var inputs = node.Inputs.Select(name => name.Length == 0 ? null : ValueOf(node, name)).ToArray();
        var value = OnnxOperators.Run(this, node, inputs);
        // An operator's further outputs stand beside the first: labels beside scores.
        var at = node.Operator is "TreeEnsembleClassifier" or "LinearClassifier" ? 1 : 0;
        if (at >= node.Outputs.Count || !known.TryAdd(node.Outputs[at], value))
            throw node.Malformed($"its output {at} is missing, or another node has made it.");
    }

    OnnxValue ValueOf(OnnxNode node, string name) =>
        known.TryGetValue(name, out var value)
            ? value
            : throw node.Malformed($"it reads '{DocumentNode.Shortened(name)}', which no node before it makes.");

    /// <summary>Room for the columns of a matrix, before it is taken.</summary>
    internal OnnxScalar[] Room(OnnxNode node, long count)
    {
        if (count < 0 || count > MostColumns - columns)
            throw node.Unsupported($"the graph makes more than {MostColumns} columns.", "Export a smaller model.");
        columns += (int)count;
        return new OnnxScalar[count];
    }

    /// <summary>Adds the texts that an encoder knows to those of a text input.</summary>
    internal OnnxFeature TextFeature(OnnxNode node, OnnxScalar column, IEnumerable<string> texts)
    {
        if (column.Feature < 0 || !features[column.Feature].IsText)
            throw node.Unsupported($"it encodes texts that are no input of the model.", "Export it with the texts as inputs.");
        features[column.Feature].Add(texts);
        return features[column.Feature];
    }
}
