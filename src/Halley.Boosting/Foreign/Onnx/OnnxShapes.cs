namespace Halley.Boosting;

/// <summary>Operators that put columns side by side, choose among them, or give a matrix another shape.</summary>
static class OnnxShapes
{
    internal static OnnxConstant Constant(OnnxNode node)
    {
        if (node.Tensor("value") is { } tensor)
            return new(tensor);
        if (node.Has("value_float") || node.Has("value_floats"))
            return Of(OnnxType.Float, [.. node.Numbers("value_float"), .. node.Numbers("value_floats")]);
        return Of(
            OnnxType.Int64,
            [.. node.Integers("value_int").Concat(node.Integers("value_ints")).Select(value => (double)value)]
        );

        OnnxConstant Of(OnnxType type, double[] numbers) =>
            numbers.Length > 0
                ? new(new("", type, [numbers.Length], numbers, []))
                : throw node.Unsupported($"its value is no number.", "Export the model again with numbers as constants.");
    }

    /// <summary>Rows stay rows: only a matrix's columns can have been nested.</summary>
    internal static OnnxValue Flat(OnnxNode node, OnnxValue? value) =>
        value switch
        {
            OnnxMatrix matrix => matrix with { Blocks = 1 },
            null => throw node.Malformed($"it has no input."),
            _ => value,
        };

    internal static OnnxMatrix Concat(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        var parts = inputs.Select(value => OnnxOperators.Matrix(node, value)).ToList();
        if (parts.Count == 0)
            throw node.Malformed($"it has no input.");
        if (node.Integer("axis", 1) is var axis && axis is not (1 or -1 or 2))
            throw node.Unsupported($"it puts rows one behind the other (axis {axis}).", "Export the model with axis 1.");
        if (parts.Count > 1 && parts.Exists(part => part.Blocks > 1))
            throw node.Unsupported($"it interleaves encoded columns.", "Encode each column on its own.");
        if (parts.Exists(part => part.Type != parts[0].Type))
            throw node.Malformed($"it puts {string.Join(" and ", parts.Select(part => part.Type).Distinct())} side by side.");
        var columns = graph.Room(node, parts.Sum(part => (long)part.Columns.Length));
        var at = 0;
        foreach (var part in parts)
        {
            part.Columns.CopyTo(columns, at);
            at += part.Columns.Length;
        }
        return new(columns, parts[0].Type);
    }

    internal static OnnxMatrix Vectorise(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        var joined = Concat(graph, node, inputs);
        return joined.IsSingle
            ? joined
            : OnnxEncoders.Each(
                graph,
                node,
                joined,
                OnnxType.Float,
                (x, _) => OnnxScalar.Arithmetic(x, ColumnOperation.Round, 0, true)
            );
    }

    internal static OnnxValue Gather(OnnxEvaluator graph, OnnxNode node, OnnxValue? value, OnnxTensor indexes) =>
        node.Integer("axis", 0) is 1 or -1
            ? Pick(graph, node, value, indexes)
            : throw node.Unsupported($"it chooses rows.", "Export the model with axis 1.");

    /// <summary>Columns by index; of scores, the output that is chosen.</summary>
    internal static OnnxValue Pick(OnnxEvaluator graph, OnnxNode node, OnnxValue? value, OnnxTensor indexes)
    {
        switch (value)
        {
            case OnnxScores scores when indexes.Numbers is [var output]:
                return scores with { Chosen = (int)Index(node, output, Math.Max(scores.Outputs, scores.Chosen is null ? 1 : 2)) };
            case OnnxLinearScores linear when indexes.Numbers is [var output]:
                return linear with { Chosen = (int)Index(node, output, linear.Columns.Length) };
            default:
                var matrix = OnnxOperators.Matrix(node, value);
                var columns = graph.Room(node, indexes.Numbers.Length);
                for (var column = 0; column < columns.Length; column++)
                    columns[column] = matrix.Columns[Index(node, indexes.Numbers[column], matrix.Columns.Length)];
                return new OnnxMatrix(columns, matrix.Type);
        }
    }

    static long Index(OnnxNode node, double index, int count)
    {
        if (!(Math.Abs(index) <= int.MaxValue) || index != Math.Floor(index) || index < -count || index >= count)
            throw node.Malformed($"it chooses column {index} of {count}.");
        return (long)(index < 0 ? index + count : index);
    }

    internal static OnnxMatrix Slice(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input, OnnxValue?[] inputs)
    {
        var starts = List("starts", 1);
        var (ends, axes, steps) = (List("ends", 2), List("axes", 3), List("steps", 4));
        if (starts is not [var start] || ends is not [var end] || axes is not [1 or -1] || steps is not ([] or [1]))
            throw node.Unsupported($"it cuts more than a run of columns.", "Export the model with Gather.");
        var width = input.Columns.Length;
        var from = (int)Math.Clamp(start < 0 ? start + width : start, 0, width);
        var to = (int)Math.Clamp(end < 0 ? end + width : end, from, width);
        graph.Room(node, to - from);
        return input with { Columns = input.Columns[from..to] };

        IReadOnlyList<double> List(string name, int at) =>
            node.Has(name) ? [.. node.Integers(name).Select(value => (double)value)]
            : at < inputs.Length && inputs[at] is OnnxConstant constant ? constant.Tensor.Numbers
            : [];
    }
}
