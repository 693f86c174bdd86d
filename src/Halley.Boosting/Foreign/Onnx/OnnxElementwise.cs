namespace Halley.Boosting;

/// <summary>Operators that work number by number, on columns or on a score.</summary>
static class OnnxElementwise
{
    /// <summary>Null where the operator is none of them.</summary>
    internal static OnnxValue? Run(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        if (OfOne(node) is { } alone)
            return inputs is [var only, ..] ? One(graph, node, only, alone.Operation, alone.Constant) : throw Lacking(node);
        if (node.Operator == "Clip")
            return Clip(graph, node, inputs);
        if (OfTwo(node) is not { } operation)
            return null;
        if (inputs is not [{ } first, { } second])
            throw Lacking(node);
        return (first, second) switch
        {
            (OnnxConstant, OnnxConstant) => throw node.Unsupported(
                $"it computes with constants alone.",
                "Export the model with its constants folded."
            ),
            (_, OnnxConstant constant) => WithConstant(graph, node, first, operation, constant.Tensor),
            (OnnxConstant constant, _) => WithConstant(graph, node, second, Reversed(node, operation), constant.Tensor),
            _ => Two(graph, node, OnnxOperators.Matrix(node, first), OnnxOperators.Matrix(node, second), operation),
        };
    }

    static (ColumnOperation Operation, double Constant)? OfOne(OnnxNode node) =>
        node.Operator switch
        {
            "Exp" => (ColumnOperation.Exp, 0),
            "Log" => (ColumnOperation.Log, 0),
            "Sqrt" => (ColumnOperation.Sqrt, 0),
            "Abs" => (ColumnOperation.Abs, 0),
            "Floor" => (ColumnOperation.Floor, 0),
            "Ceil" => (ColumnOperation.Ceiling, 0),
            "Sigmoid" => (ColumnOperation.Sigmoid, 0),
            "IsNaN" => (ColumnOperation.IsMissing, 0),
            "Not" => (ColumnOperation.Not, 0),
            "Neg" => (ColumnOperation.Multiply, -1),
            "Reciprocal" => (ColumnOperation.DivideInto, 1),
            "Relu" => (ColumnOperation.Maximum, 0),
            _ => null,
        };

    static ColumnOperation? OfTwo(OnnxNode node) =>
        node.Operator switch
        {
            "Add" or "Sum" => ColumnOperation.Add,
            "Sub" => ColumnOperation.Subtract,
            "Mul" => ColumnOperation.Multiply,
            "Div" => ColumnOperation.Divide,
            "Pow" => ColumnOperation.Power,
            "Min" => ColumnOperation.Minimum,
            "Max" => ColumnOperation.Maximum,
            "Greater" => ColumnOperation.Above,
            "Equal" => ColumnOperation.Equals,
            _ => null,
        };

    static ColumnOperation Reversed(OnnxNode node, ColumnOperation operation) =>
        operation switch
        {
            ColumnOperation.Subtract => ColumnOperation.SubtractFrom,
            ColumnOperation.Divide => ColumnOperation.DivideInto,
            ColumnOperation.Above or ColumnOperation.Power => throw node.Unsupported(
                $"its first input is a constant.",
                "Export the model with the column first."
            ),
            _ => operation,
        };

    static OnnxValue One(OnnxEvaluator graph, OnnxNode node, OnnxValue? value, ColumnOperation operation, double constant) =>
        value is OnnxScores scores
            ? operation switch
            {
                ColumnOperation.Exp when scores.IsRaw => scores with { Link = ForeignLink.OfLog },
                ColumnOperation.Sigmoid when scores.IsRaw => scores with { Link = ForeignLink.Logistic },
                _ => OnnxOperators.Matrix(node, value),
            }
            : OnnxEncoders.Each(
                graph,
                node,
                OnnxOperators.Matrix(node, value),
                operation is ColumnOperation.IsMissing or ColumnOperation.Not
                    ? OnnxType.Boolean
                    : OnnxOperators.Matrix(node, value).Type,
                (x, _) => OnnxScalar.Arithmetic(x, operation, constant, OnnxOperators.Matrix(node, value).IsSingle)
            );

    static OnnxValue WithConstant(
        OnnxEvaluator graph,
        OnnxNode node,
        OnnxValue value,
        ColumnOperation operation,
        OnnxTensor constant
    )
    {
        if (constant.Type == OnnxType.Text || constant.Count == 0)
            throw node.Unsupported($"it computes with {constant.Count} texts.", "Export the model with an encoder in its place.");
        if (value is OnnxScores or OnnxLinearScores)
            return OfScores(node, value, operation, constant.Numbers);
        var matrix = OnnxOperators.Matrix(node, value);
        if (constant.Count != 1 && constant.Count != matrix.Columns.Length)
            throw node.Malformed($"it computes with {matrix.Columns.Length} columns and {constant.Count} constants.");
        return OnnxEncoders.Each(
            graph,
            node,
            matrix,
            operation is ColumnOperation.Above or ColumnOperation.Equals ? OnnxType.Boolean : matrix.Type,
            (x, column) =>
                OnnxScalar.Arithmetic(x, operation, constant.Numbers[constant.Count == 1 ? 0 : column], matrix.IsSingle)
        );
    }

    /// <summary>A constant added to a raw score, or a factor of e to the score, is a start; factor 1 changes nothing.</summary>
    static OnnxValue OfScores(OnnxNode node, OnnxValue value, ColumnOperation operation, double[] constants)
    {
        var neutral = operation is ColumnOperation.Multiply or ColumnOperation.Divide ? 1 : 0;
        if (
            operation is ColumnOperation.Multiply or ColumnOperation.Divide or ColumnOperation.Add or ColumnOperation.Subtract
            && Array.TrueForAll(constants, constant => constant == neutral)
        )
            return value;
        if (value is not OnnxScores scores || constants.Length != 1 && constants.Length != scores.Outputs)
            return OnnxOperators.Matrix(node, value);
        var start = (operation, scores.IsRaw, scores.Link == ForeignLink.OfLog) switch
        {
            (ColumnOperation.Add, true, _) => constants,
            (ColumnOperation.Subtract, true, _) => Array.ConvertAll(constants, constant => -constant),
            (ColumnOperation.Multiply, _, true) => Array.ConvertAll(constants, Math.Log),
            (ColumnOperation.Divide, _, true) => Array.ConvertAll(constants, constant => -Math.Log(constant)),
            _ => OnnxOperators.Matrix(node, value) is null ? [] : constants,
        };
        if (!Array.TrueForAll(start, double.IsFinite))
            throw node.Malformed($"it multiplies the prediction by a number that is not above 0.");
        return scores with { Biases = [.. scores.Biases.Select((bias, output) => bias + start[start.Length == 1 ? 0 : output])] };
    }

    static OnnxMatrix Two(OnnxEvaluator graph, OnnxNode node, OnnxMatrix first, OnnxMatrix second, ColumnOperation operation)
    {
        var width = Math.Max(first.Columns.Length, second.Columns.Length);
        if (
            first.Columns.Length != width && first.Columns.Length != 1
            || second.Columns.Length != width && second.Columns.Length != 1
        )
            throw node.Malformed($"it computes with {first.Columns.Length} and {second.Columns.Length} columns.");
        if (first.Type == OnnxType.Text || second.Type == OnnxType.Text)
            throw node.Unsupported($"it compares texts.", "Export the model with an encoder in its place.");
        var columns = graph.Room(node, width);
        for (var column = 0; column < width; column++)
            columns[column] = OnnxScalar.Pair(
                first.Columns[first.Columns.Length == 1 ? 0 : column],
                second.Columns[second.Columns.Length == 1 ? 0 : column],
                operation,
                first.IsSingle
            );
        return new(columns, operation is ColumnOperation.Above or ColumnOperation.Equals ? OnnxType.Boolean : first.Type);
    }

    static OnnxMatrix Clip(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        var matrix = OnnxOperators.Matrix(node, inputs.Length > 0 ? inputs[0] : null);
        var low = Limit("min", 1, double.NegativeInfinity);
        var high = Limit("max", 2, double.PositiveInfinity);
        return OnnxEncoders.Each(
            graph,
            node,
            matrix,
            matrix.Type,
            (x, _) =>
                OnnxScalar.Arithmetic(
                    OnnxScalar.Arithmetic(x, ColumnOperation.Maximum, low, matrix.IsSingle),
                    ColumnOperation.Minimum,
                    high,
                    matrix.IsSingle
                )
        );

        double Limit(string name, int at, double otherwise) =>
            node.Has(name) ? node.Number(name, otherwise)
            : at < inputs.Length && inputs[at] is OnnxConstant { Tensor.Numbers: [var limit] } ? limit
            : otherwise;
    }

    internal static OnnxValue Cast(OnnxEvaluator graph, OnnxNode node, OnnxValue? value)
    {
        if (value is OnnxScores or OnnxLinearScores)
            return value;
        var (matrix, to) = (OnnxOperators.Matrix(node, value), (OnnxType)node.Integer("to", 0));
        if (matrix.Type == to)
            return matrix;
        if (matrix.Type == OnnxType.Text || to == OnnxType.Text)
            throw node.Unsupported($"it turns texts and numbers into one another.", "Export the model with the types it reads.");
        return to switch
        {
            OnnxType.Float => Each(ColumnOperation.Round, true),
            OnnxType.Double => Each(ColumnOperation.Round, matrix.IsSingle),
            OnnxType.Int64 or OnnxType.Int32 => Each(ColumnOperation.Truncate, matrix.IsSingle),
            OnnxType.Boolean => matrix with { Columns = NotNot(), Type = to },
            _ => throw node.Unsupported($"it casts to type {(int)to}.", "Export the model with 32- or 64-bit numbers."),
        };

        OnnxMatrix Each(ColumnOperation operation, bool single) =>
            OnnxEncoders.Each(graph, node, matrix, to, (x, _) => OnnxScalar.Arithmetic(x, operation, 0, single));

        OnnxScalar[] NotNot() =>
            OnnxEncoders
                .Each(
                    graph,
                    node,
                    matrix,
                    to,
                    (x, _) =>
                        OnnxScalar.Arithmetic(
                            OnnxScalar.Arithmetic(x, ColumnOperation.Not, 0, matrix.IsSingle),
                            ColumnOperation.Not,
                            0,
                            false
                        )
                )
                .Columns;
    }

    internal static OnnxMatrix Where(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        if (inputs is not [{ } condition, { } yes, { } no])
            throw Lacking(node);
        var asked = OnnxOperators.Matrix(node, condition);
        var type = (yes as OnnxMatrix ?? no as OnnxMatrix)?.Type ?? OnnxType.Float;
        return OnnxEncoders.Each(
            graph,
            node,
            asked,
            type,
            (x, column) => OnnxScalar.Select(x, Column(yes, x, column), Column(no, x, column))
        );

        OnnxScalar Column(OnnxValue value, OnnxScalar x, int column) =>
            value switch
            {
                OnnxConstant { Tensor: { Type: not OnnxType.Text, Count: > 0 } tensor }
                    when tensor.Count == 1 || tensor.Count == asked.Columns.Length => OnnxScalar.Arithmetic(
                    x,
                    ColumnOperation.Constant,
                    tensor.Numbers[tensor.Count == 1 ? 0 : column],
                    false
                ),
                OnnxMatrix { Columns.Length: var width } matrix when width == 1 || width == asked.Columns.Length =>
                    matrix.Columns[width == 1 ? 0 : column],
                _ => throw node.Malformed($"its inputs have different numbers of columns."),
            };
    }

    static Data.HalleyException Lacking(OnnxNode node) => node.Malformed($"it lacks an input.");
}
