namespace Halley.Boosting;

/// <summary>Reads ONNX files of tree ensembles, linear models and the encoders before them.</summary>
/// <remarks>
/// Source: the operators' definitions of ai.onnx and ai.onnx.ml 1 to 5. 32-bit floats stay such: inputs, constants and results of encoders are
/// rounded where the file's are, and sums of trees are kept in floats; linear sums are kept in doubles.
/// </remarks>
static class OnnxReader
{
    internal static ForeignModel Read(ReadOnlySpan<byte> bytes)
    {
        var graph = OnnxGraph.Read(bytes);
        var output = PredictionOf(graph);
        var evaluator = new OnnxEvaluator(graph);
        var value = evaluator.Of(output);
        if (value is OnnxMatrix matrix)
            value = ScoresOf(matrix);
        var features = evaluator.Features.Select(FeatureOf).ToList();
        var (outputs, iterations, link) = value switch
        {
            OnnxScores trees => (trees.Chosen is null ? trees.Outputs : 1, trees.Trees.Count, trees.Link),
            OnnxLinearScores linear => (linear.Chosen is null ? linear.Columns.Length : 1, 1, linear.Link),
            _ => throw ForeignErrors.Unsupported("graph", $"its output is a constant.", "Export a model that reads its inputs."),
        };
        return new(Build)
        {
            Library = "ONNX",
            Version = graph.Producer,
            Objective = string.Join(", ", evaluator.Used.Select(node => node.Operator).Distinct()),
            Link = link,
            Features = features,
            OutputCount = outputs,
            Iterations = iterations,
        };

        TreeEnsemble Build(ForeignOptions options) =>
            value is OnnxScores trees
                ? OnnxBuilder.Build(trees, features, options)
                : OnnxBuilder.Build((OnnxLinearScores)value, features, options);
    }

    /// <summary>The first output that is no label.</summary>
    static OnnxPort PredictionOf(OnnxGraph graph) =>
        graph.Outputs.Find(output => output.Type is OnnxType.Float or OnnxType.Double or OnnxType.None)
        ?? throw ForeignErrors.Unsupported(
            "graph",
            $"none of its {graph.Outputs.Count} outputs is a number.",
            "Export the model with its probabilities or raw scores."
        );

    /// <summary>The last step, taken back where it is the same link for all outputs.</summary>
    static OnnxLinearScores ScoresOf(OnnxMatrix matrix)
    {
        var last = matrix.Columns.Select(column => column.Last?.Operation).Distinct().ToList();
        if (matrix.Columns.Length == 0 || matrix.Type == OnnxType.Text)
            throw ForeignErrors.Unsupported("graph", $"its output is no number.", "Export a model that predicts.");
        var link = last switch
        {
            [ColumnOperation.Exp] => ForeignLink.OfLog,
            [ColumnOperation.Sigmoid] => ForeignLink.Logistic,
            _ => ForeignLink.Identity,
        };
        return new(
            link == ForeignLink.Identity ? matrix.Columns : [.. matrix.Columns.Select(column => column.Last!.Value.Source)],
            link,
            null
        );
    }

    static ForeignFeature FeatureOf(OnnxFeature feature) =>
        !feature.IsText ? new(feature.Name)
        : feature.Levels.Count > 0 ? new(feature.Name, true, feature.Levels)
        : throw ForeignErrors.Unsupported(
            $"input '{DocumentNode.Shortened(feature.Name)}'",
            $"it is text that no encoder reads.",
            "Export the model with an encoder of it."
        );
}
