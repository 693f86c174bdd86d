namespace Halley.Boosting;

/// <summary>Operators that change numbers before a model.</summary>
static class OnnxEncoders
{
    /// <summary>(x − offset) · scale; its result is a float.</summary>
    internal static OnnxMatrix Scaler(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var (offsets, scales) = (node.Numbers("offset"), node.Numbers("scale"));
        return Each(
            graph,
            node,
            input,
            OnnxType.Float,
            (x, column) =>
                OnnxScalar.Arithmetic(
                    OnnxScalar.Arithmetic(
                        x,
                        ColumnOperation.Subtract,
                        Of(node, "offset", offsets, column, input),
                        input.IsSingle
                    ),
                    ColumnOperation.Multiply,
                    Of(node, "scale", scales, column, input),
                    true
                )
        );
    }

    /// <summary>Each row divided by its norm.</summary>
    internal static OnnxMatrix Normalizer(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var kind = node.Text("norm", "MAX") switch
        {
            "MAX" => CombinationKind.Largest,
            "L1" => CombinationKind.SumOfAbsolutes,
            "L2" => CombinationKind.Length,
            var other => throw node.Unsupported($"its norm is '{DocumentNode.Shortened(other)}'.", "MAX, L1 and L2 are known."),
        };
        var norm = OnnxScalar.Combination(input.Columns, kind, true);
        // A row of norm 0 stays as it is.
        var divisor = OnnxScalar.Select(norm, norm, OnnxScalar.Arithmetic(norm, ColumnOperation.Constant, 1, true));
        return Each(graph, node, input, OnnxType.Float, (x, _) => OnnxScalar.Pair(x, divisor, ColumnOperation.Divide, true));
    }

    internal static OnnxMatrix Imputer(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var values = node.Numbers("imputed_value_floats");
        var replaced = node.Number("replaced_value_float", 0);
        if (values.Count == 0)
        {
            values = [.. node.Integers("imputed_value_int64s").Select(value => (double)value)];
            replaced = node.Integer("replaced_value_int64", 0);
        }
        return Each(
            graph,
            node,
            input,
            input.Type,
            (x, column) =>
            {
                var condition = double.IsNaN(replaced)
                    ? OnnxScalar.Arithmetic(x, ColumnOperation.IsMissing, 0, false)
                    : OnnxScalar.Arithmetic(x, ColumnOperation.Equals, replaced, input.IsSingle);
                var value = Of(node, "imputed values", values, column, input);
                return OnnxScalar.Select(condition, OnnxScalar.Arithmetic(x, ColumnOperation.Constant, value, false), x);
            }
        );
    }

    internal static OnnxMatrix Binarizer(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input) =>
        Each(
            graph,
            node,
            input,
            input.Type,
            (x, _) => OnnxScalar.Arithmetic(x, ColumnOperation.Above, node.Number("threshold", 0), input.IsSingle)
        );

    /// <summary>A new matrix, column by column.</summary>
    internal static OnnxMatrix Each(
        OnnxEvaluator graph,
        OnnxNode node,
        OnnxMatrix input,
        OnnxType type,
        Func<OnnxScalar, int, OnnxScalar> make
    )
    {
        if (input.Type == OnnxType.Text)
            throw node.Malformed($"it computes with texts.");
        var columns = graph.Room(node, input.Columns.Length);
        for (var column = 0; column < columns.Length; column++)
            columns[column] = make(input.Columns[column], column);
        return new(columns, type, input.Blocks);
    }

    /// <summary>A setting for each column, or one for all.</summary>
    static double Of(OnnxNode node, string what, IReadOnlyList<double> values, int column, OnnxMatrix input) =>
        values.Count == 1 ? values[0]
        : values.Count == input.Columns.Length ? values[column]
        : throw node.Malformed($"it has {values.Count} {what} for {input.Columns.Length} columns.");
}
