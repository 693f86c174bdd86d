namespace Halley.Boosting;

/// <summary>Linear models, and products with constant matrices.</summary>
static class OnnxLinearModels
{
    internal static OnnxValue Regressor(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var targets = node.Integer("targets", 1);
        var sums = Sums(graph, node, input, targets, node.Numbers("coefficients"), node.Numbers("intercepts"));
        var link = OnnxEnsembles.LinkOf(node, node.Text("post_transform", "NONE"), sums.Length);
        return link == ForeignLink.Identity ? new OnnxMatrix(sums, OnnxType.Float) : new OnnxLinearScores(sums, link, null);
    }

    internal static OnnxLinearScores Classifier(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var labels = Math.Max(node.Integers("classlabels_ints").Count, node.Texts("classlabels_strings").Count);
        var coefficients = node.Numbers("coefficients");
        var classes = coefficients.Count == input.Columns.Length ? 1 : labels;
        if (classes == 1 && labels != 2)
            throw node.Malformed($"it has coefficients for one class, and {labels} labels.");
        var sums = Sums(graph, node, input, classes, coefficients, node.Numbers("intercepts"));
        var link = OnnxEnsembles.LinkOf(node, node.Text("post_transform", "NONE"), sums.Length);
        return new(sums, link, sums.Length == 2 ? 1 : null);
    }

    /// <summary>A product with a constant matrix, and for Gemm alpha, beta and a row to add.</summary>
    internal static OnnxMatrix Product(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input, OnnxValue?[] inputs)
    {
        var weights = OnnxOperators.Constant(node, inputs, 1);
        var width = input.Columns.Length;
        if (width == 0 || weights.Count % width != 0 || weights.Type == OnnxType.Text || node.Integer("transA", 0) != 0)
            throw node.Malformed($"it multiplies {width} columns by {weights.Count} constants.");
        var outputs = weights.Count / width;
        var transposed = node.Integer("transB", 0) != 0;
        var (alpha, beta) = (node.Number("alpha", 1), node.Number("beta", 1));
        var added = inputs.Length > 2 && inputs[2] is not null ? OnnxOperators.Constant(node, inputs, 2) : null;
        if (added is not null && added.Count != outputs && added.Count != 1)
            throw node.Malformed($"it adds {added.Count} constants to {outputs} columns.");
        var sums = graph.Room(node, outputs);
        for (var output = 0; output < outputs; output++)
        {
            var factors = new double[width];
            for (var column = 0; column < width; column++)
                factors[column] = alpha * weights.Numbers[transposed ? output * width + column : column * outputs + output];
            var constant = added is null ? 0 : beta * added.Numbers[added.Count == 1 ? 0 : output];
            sums[output] = OnnxScalar.Sum(new(constant, input.Columns, factors), input.IsSingle);
        }
        return new(sums, input.Type);
    }

    /// <summary>Shares of all outputs, where nothing else follows.</summary>
    internal static OnnxValue Softmax(OnnxNode node, OnnxValue? value) =>
        value switch
        {
            OnnxMatrix { Columns.Length: > 1 } matrix => new OnnxLinearScores(
                matrix.Columns,
                ForeignLink.Softmax,
                matrix.Columns.Length == 2 ? 1 : null
            ),
            OnnxScores { IsRaw: true, Outputs: > 1 } scores => scores with
            {
                Link = ForeignLink.Softmax,
                Chosen = scores.Outputs == 2 ? 1 : null,
            },
            _ => throw node.Unsupported($"it makes shares of what is no raw score.", "Export the model's raw scores."),
        };

    static OnnxScalar[] Sums(
        OnnxEvaluator graph,
        OnnxNode node,
        OnnxMatrix input,
        long outputs,
        IReadOnlyList<double> coefficients,
        IReadOnlyList<double> intercepts
    )
    {
        var width = input.Columns.Length;
        if (outputs < 1 || coefficients.Count != outputs * (double)width || input.Type == OnnxType.Text)
            throw node.Malformed($"it has {coefficients.Count} coefficients for {width} columns and {outputs} outputs.");
        if (intercepts.Count > 0 && intercepts.Count != outputs)
            throw node.Malformed($"it has {intercepts.Count} intercepts for {outputs} outputs.");
        var sums = graph.Room(node, outputs);
        for (var output = 0; output < sums.Length; output++)
        {
            var factors = new double[width];
            for (var column = 0; column < width; column++)
                factors[column] = coefficients[output * width + column];
            sums[output] = OnnxScalar.Sum(new(intercepts.Count == 0 ? 0 : intercepts[output], input.Columns, factors), true);
        }
        return sums;
    }
}
