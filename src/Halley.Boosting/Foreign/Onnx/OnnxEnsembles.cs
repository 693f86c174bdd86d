using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The operators that hold trees.</summary>
/// <remarks>
/// Where the definition is silent on two classes, ONNX Runtime's reading is taken, whose predictions users compare with: weights for one class
/// only are the score s of the second, which LOGISTIC makes 1/(1 + e^−s).
/// </remarks>
static class OnnxEnsembles
{
    const int MostOutputs = 10_000;

    internal static OnnxScores Regressor(OnnxNode node, OnnxMatrix input)
    {
        var outputs = OutputsOf(node, node.Integer("n_targets", 1));
        var trees = OnnxTreeReader.Read(node, input, "target", outputs);
        var bases = BasesOf(node, outputs);
        return Scores(node, input, trees, outputs, bases, LinkOf(node, node.Text("post_transform", "NONE"), outputs)) with
        {
            Aggregate = AggregateOf(node, node.Text("aggregate_function", "SUM"), out var average),
            Divisor = average ? Math.Max(trees.Count, 1) : 1,
            IsSingle = node.Tensor("target_weights_as_tensor")?.Type != OnnxType.Double,
        };
    }

    internal static OnnxScores Version5(OnnxNode node, OnnxMatrix input)
    {
        var outputs = OutputsOf(node, node.Integer("n_targets", 1));
        var trees = OnnxTree5Reader.Read(node, input, outputs);
        var post = node.Integer("post_transform", 0) switch
        {
            0 => "NONE",
            1 => "SOFTMAX",
            2 => "LOGISTIC",
            3 => "SOFTMAX_ZERO",
            4 => "PROBIT",
            var other => other.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var aggregate = node.Integer("aggregate_function", 1) switch
        {
            0 => "AVERAGE",
            1 => "SUM",
            2 => "MIN",
            3 => "MAX",
            var other => other.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return Scores(node, input, trees, outputs, new double[outputs], LinkOf(node, post, outputs)) with
        {
            Aggregate = AggregateOf(node, aggregate, out var average),
            Divisor = average ? Math.Max(trees.Count, 1) : 1,
            IsSingle = node.Tensor("leaf_weights")?.Type != OnnxType.Double,
        };
    }

    internal static OnnxScores Classifier(OnnxNode node, OnnxMatrix input)
    {
        var labels = Math.Max(node.Integers("classlabels_int64s").Count, node.Texts("classlabels_strings").Count);
        var outputs = OutputsOf(node, labels);
        var trees = OnnxTreeReader.Read(node, input, "class", outputs);
        var post = node.Text("post_transform", "NONE");
        var ids = node.Integers("class_ids").Distinct().ToList();
        var single = node.Tensor("class_weights_as_tensor")?.Type != OnnxType.Double;
        if (outputs == 2 && ids is [0])
            return OneScore(node, input, trees, post) with { IsSingle = single };
        var bases = BasesOf(node, outputs);
        if (outputs == 2 && bases[1] != 0)
            throw node.Unsupported(
                $"it has two classes with a base value each, which runtimes read in different ways.",
                "Export it with one base value."
            );
        var scores = Scores(node, input, trees, outputs, bases, LinkOf(node, post, outputs)) with { IsSingle = single };
        return outputs == 2 ? scores with { Chosen = 1 } : scores;
    }

    /// <summary>Two classes, and weights for one of them.</summary>
    static OnnxScores OneScore(OnnxNode node, OnnxMatrix input, List<OnnxTree> trees, string post)
    {
        var bases = node.NumbersOrTensor("base_values");
        if (bases.Count > 1)
            throw node.Unsupported(
                $"it has weights of one class and {bases.Count} base values, which runtimes read in different ways.",
                "Export it with one base value."
            );
        var link = post switch
        {
            "LOGISTIC" => ForeignLink.Logistic,
            "NONE" => ForeignLink.Identity,
            _ => throw node.Unsupported(
                $"it has weights of one class only with the transform '{DocumentNode.Shortened(post)}'.",
                "Export it with LOGISTIC or NONE."
            ),
        };
        return Scores(node, input, trees, 1, [bases.Count == 1 ? bases[0] : 0], link);
    }

    static OnnxScores Scores(
        OnnxNode node,
        OnnxMatrix input,
        List<OnnxTree> trees,
        int outputs,
        double[] bases,
        ForeignLink link
    ) =>
        input.Type == OnnxType.Text ? throw node.Malformed($"its input is text.")
        : trees.Count == 0 ? throw node.Malformed($"it has no trees.")
        : new(trees, outputs, bases, link);

    static int OutputsOf(OnnxNode node, long outputs) =>
        outputs is >= 1 and <= MostOutputs
            ? (int)outputs
            : throw node.Malformed($"it claims {outputs} outputs, not 1 to {MostOutputs}.");

    static double[] BasesOf(OnnxNode node, int outputs)
    {
        var bases = node.NumbersOrTensor("base_values");
        if (bases.Count == 0)
            return new double[outputs];
        // One base value for two classes is that of the first.
        return bases.Count == outputs ? [.. bases]
            : bases.Count == 1 && outputs == 2 ? [bases[0], 0]
            : throw node.Malformed($"base_values holds {bases.Count} values, and there are {outputs} outputs.");
    }

    static TreeAggregate AggregateOf(OnnxNode node, string name, out bool average)
    {
        average = name == "AVERAGE";
        return name switch
        {
            "SUM" or "AVERAGE" => TreeAggregate.Sum,
            "MIN" => TreeAggregate.Minimum,
            "MAX" => TreeAggregate.Maximum,
            _ => throw node.Unsupported(
                $"its aggregate_function is '{DocumentNode.Shortened(name)}'.",
                "SUM, AVERAGE, MIN and MAX are known."
            ),
        };
    }

    /// <summary>What a transform of scores means.</summary>
    internal static ForeignLink LinkOf(OnnxNode node, string name, int outputs) =>
        name switch
        {
            "NONE" => ForeignLink.Identity,
            // The definition applies it, ONNX Runtime does not: neither is a guess to price by.
            "LOGISTIC" when outputs == 1 && node.Operator is ("TreeEnsembleRegressor" or "TreeEnsemble") =>
                throw node.Unsupported(
                    $"it has LOGISTIC for one target, which ONNX Runtime leaves out against the definition.",
                    "Export it with NONE, followed by Sigmoid."
                ),
            "LOGISTIC" => ForeignLink.Logistic,
            "SOFTMAX" when outputs > 1 => ForeignLink.Softmax,
            "SOFTMAX_ZERO" when outputs > 1 => new(Family.Binomial, Link.Identity) { Transform = ScoreTransform.NonzeroShare },
            "PROBIT" => new(Family.Binomial, Link.Identity) { Transform = ScoreTransform.InverseNormal },
            "SOFTMAX" or "SOFTMAX_ZERO" => throw node.Unsupported(
                $"it makes shares of one output, which are always 1.",
                "Export the raw score."
            ),
            _ => throw node.Unsupported(
                $"its post_transform is '{DocumentNode.Shortened(name)}'.",
                "NONE, LOGISTIC, SOFTMAX, SOFTMAX_ZERO and PROBIT are known."
            ),
        };
}
