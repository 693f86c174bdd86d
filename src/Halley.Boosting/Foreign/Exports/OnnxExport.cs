using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Writes an ensemble as ONNX (ai.onnx.ml 5): doubles throughout, an input for each feature, texts for categories, the prediction as output.</summary>
/// <remarks>
/// <code>
/// number ─────────────────────────┐
/// text ── LabelEncoder ── Cast ───┼─ Concat ── TreeEnsemble ── Add ── Exp, Sigmoid, or Softmax and Gather ── prediction
///                                                                Softmax ── probabilities, and ArgMax ── prediction
/// number ── 0 as missing ─────────┘
/// </code>
/// </remarks>
public static class OnnxExport
{
    const long FileVersion = 10;
    const long Operators = 21;
    const long MachineLearningOperators = 5;

    /// <summary>Makes the file.</summary>
    /// <param name="link">From score to prediction.</param>
    /// <exception cref="HalleyException">HLY2240: names what ONNX can't carry.</exception>
    public static byte[] Write(TreeEnsemble trees, Link link)
    {
        ArgumentNullException.ThrowIfNull(trees);
        var (exported, graph) = (ExportedTrees.Of(trees), new ProtoWriter());
        var last = LastOf(trees.Rule.Transform, link);
        WriteInputs(trees, graph);
        WriteColumns(trees, graph);
        graph.Message(1, TreesOf(exported).Message);
        graph.Message(5, OnnxNodeWriter.TensorOf("start", OnnxType.Double, exported.Starts));
        graph.Message(1, new OnnxNodeWriter("Add", "", ["sums", "start"], ["scores"]).Message);
        var isOfClasses = trees.Rule.Transform == ScoreTransform.LargestOutput;
        if (isOfClasses)
        {
            graph.Message(1, new OnnxNodeWriter(last, "", ["scores"], ["probabilities"]).Integer("axis", 1).Message);
            graph.Message(1, new OnnxNodeWriter("ArgMax", "", ["scores"], ["prediction"]).Integer("axis", 1).Message);
        }
        else if (last == "Softmax")
        {
            graph.Message(1, new OnnxNodeWriter("Softmax", "", ["scores"], ["shares"]).Integer("axis", 1).Message);
            graph.Message(5, OnnxNodeWriter.TensorOf("class", OnnxType.Int64, [exported.Chosen]));
            graph.Message(1, new OnnxNodeWriter("Gather", "", ["shares", "class"], ["prediction"]).Integer("axis", 1).Message);
        }
        else
        {
            graph.Message(1, new OnnxNodeWriter(last, "", ["scores"], ["prediction"]).Message);
        }
        graph.Text(2, "halley");
        if (isOfClasses)
            graph.Message(12, Port("probabilities", OnnxType.Double, exported.OutputCount));
        graph.Message(12, Port("prediction", isOfClasses ? OnnxType.Int64 : OnnxType.Double));
        return FileOf(graph);
    }

    /// <summary>The file around a graph.</summary>
    internal static byte[] FileOf(ProtoWriter graph) =>
        new ProtoWriter()
            .Integer(1, FileVersion)
            .Text(2, "Halley")
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, Operators))
            .Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Integer(2, MachineLearningOperators))
            .Message(7, graph)
            .ToArray();

    internal static string LastOf(ScoreTransform transform, Link link) =>
        (transform, link.Function) switch
        {
            (ScoreTransform.ClassLogit, LinkFunction.Logit) or (ScoreTransform.LargestOutput, LinkFunction.Identity) => "Softmax",
            (ScoreTransform.None, LinkFunction.Log) => "Exp",
            (ScoreTransform.None, LinkFunction.Logit) => "Sigmoid",
            (ScoreTransform.None, LinkFunction.Identity) => "Identity",
            (ScoreTransform.None, _) => throw ExportErrors.Refused($"its link is {link.Name}", "ONNX"),
            _ => throw ExportErrors.Refused($"its score is transformed ({transform})", "ONNX"),
        };

    static void WriteInputs(TreeEnsemble trees, ProtoWriter graph)
    {
        foreach (var input in trees.Inputs)
        {
            graph.Message(11, Port(input.Name, input.Kind == FieldKind.Category ? OnnxType.Text : OnnxType.Double));
            if (input.Levels is not { } levels)
                continue;
            // Texts to codes; what is none of them is missing. Codes are small, so floats hold them exactly.
            var codes = new OnnxNodeWriter("LabelEncoder", "ai.onnx.ml", [input.Name], [input.Name + "/code32"])
                .Texts("keys_strings", levels.Levels)
                .Floats("values_floats", [.. Enumerable.Range(0, levels.Count).Select(code => (float)code)])
                .Float("default_float", float.NaN);
            graph.Message(1, codes.Message);
            graph.Message(
                1,
                new OnnxNodeWriter("Cast", "", [input.Name + "/code32"], [input.Name + "/code"])
                    .Integer("to", (long)OnnxType.Double)
                    .Message
            );
        }
    }

    static void WriteColumns(TreeEnsemble trees, ProtoWriter graph)
    {
        var names = trees.Inputs.Select(input => input.Kind == FieldKind.Category ? input.Name + "/code" : input.Name).ToList();
        foreach (var column in trees.Derived)
        {
            if (column is not ZeroMissingColumn zero)
                throw ExportErrors.Refused("it uses " + ExportedTrees.WordsFor(column), "ONNX");
            if (names.Count == trees.Inputs.Count)
            {
                graph.Message(5, OnnxNodeWriter.TensorOf("zero", OnnxType.Double, [ZeroMissingColumn.Threshold]));
                graph.Message(5, OnnxNodeWriter.TensorOf("missing", OnnxType.Double, [double.NaN]));
            }
            var name = $"{names[zero.Source]}/nonzero";
            graph.Message(1, new OnnxNodeWriter("Abs", "", [names[zero.Source]], [name + "/size"]).Message);
            graph.Message(1, new OnnxNodeWriter("Greater", "", [name + "/size", "zero"], [name + "/is"]).Message);
            graph.Message(1, new OnnxNodeWriter("Where", "", [name + "/is", names[zero.Source], "missing"], [name]).Message);
            names.Add(name);
        }
        graph.Message(1, new OnnxNodeWriter("Concat", "", names, ["features"]).Integer("axis", 1).Message);
    }

    internal static ProtoWriter Port(string name, OnnxType type, int columns = 1) =>
        new ProtoWriter()
            .Text(1, name)
            .Message(
                2,
                new ProtoWriter().Message(
                    1,
                    new ProtoWriter()
                        .Integer(1, (long)type)
                        .Message(
                            2,
                            new ProtoWriter()
                                .Message(1, new ProtoWriter().Text(2, "N"))
                                .Message(1, new ProtoWriter().Integer(1, columns))
                        )
                )
            );

    static OnnxNodeWriter TreesOf(ExportedTrees exported)
    {
        var lists = new OnnxTreeLists(exported);
        return new OnnxNodeWriter("TreeEnsemble", "ai.onnx.ml", ["features"], ["sums"])
            .Integer(
                "aggregate_function",
                exported.Trees.Rule.Aggregate switch
                {
                    TreeAggregate.Minimum => 2,
                    TreeAggregate.Maximum => 3,
                    _ => 1,
                }
            )
            .Integer("n_targets", exported.OutputCount)
            .Integer("post_transform", 0)
            .Integers("tree_roots", lists.Roots)
            .Integers("nodes_featureids", lists.Columns)
            .Tensor("nodes_modes", OnnxNodeWriter.TensorOf("nodes_modes", OnnxType.UInt8, lists.Modes))
            .Tensor("nodes_splits", OnnxNodeWriter.TensorOf("nodes_splits", OnnxType.Double, lists.Splits))
            .Integers("nodes_truenodeids", lists.Yes)
            .Integers("nodes_falsenodeids", lists.No)
            .Integers("nodes_trueleafs", lists.YesIsLeaf)
            .Integers("nodes_falseleafs", lists.NoIsLeaf)
            .Integers("nodes_missing_value_tracks_true", lists.MissingIsTrue)
            .Tensor("membership_values", OnnxNodeWriter.TensorOf("membership_values", OnnxType.Double, lists.Members))
            .Integers("leaf_targetids", lists.Targets)
            .Tensor("leaf_weights", OnnxNodeWriter.TensorOf("leaf_weights", OnnxType.Double, lists.Weights));
    }
}
