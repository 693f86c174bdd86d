using System.Globalization;

namespace Halley.Boosting;

/// <summary>Operators that turn categories into numbers.</summary>
static class OnnxCategories
{
    internal static OnnxMatrix OneHot(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        var (texts, numbers) = (node.Texts("cats_strings"), node.Integers("cats_int64s"));
        var isText = input.Type == OnnxType.Text;
        var count = isText ? texts.Count : numbers.Count;
        if (count == 0)
            throw node.Malformed($"it has no categories for {(isText ? "texts" : "numbers")}.");
        // Without 'zeros' an unseen category is an error at run time: here the row has no prediction.
        var unseen = node.Integer("zeros", 1) != 0 ? 0 : double.NaN;
        var columns = graph.Room(node, (long)count * input.Columns.Length);
        for (var at = 0; at < columns.Length; at++)
        {
            var (x, category) = (input.Columns[at / count], at % count);
            columns[at] = isText
                ? OneText(graph, node, x, texts, category, unseen)
                : OneNumber(x, numbers, category, unseen, input);
        }
        return new(columns, OnnxType.Float, input.Columns.Length);
    }

    static OnnxScalar OneText(
        OnnxEvaluator graph,
        OnnxNode node,
        OnnxScalar x,
        IReadOnlyList<string> texts,
        int category,
        double unseen
    )
    {
        var feature = graph.TextFeature(node, x, texts);
        var known = texts.Distinct(StringComparer.Ordinal).ToDictionary(text => text, text => text == texts[category] ? 1.0 : 0);
        return OnnxScalar.Texts(x, () => feature.Values(known, unseen), unseen);
    }

    static OnnxScalar OneNumber(OnnxScalar x, IReadOnlyList<long> numbers, int category, double unseen, OnnxMatrix input)
    {
        // A number that is no whole one is cut off first, as the runtime does.
        var whole = input.Type is OnnxType.Float or OnnxType.Double
            ? OnnxScalar.Arithmetic(x, ColumnOperation.Truncate, 0, input.IsSingle)
            : x;
        var map = OnnxMap.Of(
            [.. numbers.Select(number => (double)number)],
            [.. numbers.Select(number => number == numbers[category] ? 1.0 : 0)],
            unseen
        );
        return OnnxScalar.Map(whole, map, input.IsSingle);
    }

    /// <summary>A number for each category, and one for all others.</summary>
    internal static OnnxMatrix Labels(OnnxEvaluator graph, OnnxNode node, OnnxMatrix input)
    {
        if (input.Type == OnnxType.Text)
        {
            var texts = Texts(node);
            var (values, otherwise, type) = Values(node, texts.Count);
            var known = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var i = 0; i < texts.Count; i++)
                known.TryAdd(texts[i], values[i]);
            var columns = graph.Room(node, input.Columns.Length);
            for (var column = 0; column < columns.Length; column++)
            {
                var feature = graph.TextFeature(node, input.Columns[column], texts);
                columns[column] = OnnxScalar.Texts(input.Columns[column], () => feature.Values(known, otherwise), otherwise);
            }
            return new(columns, type);
        }
        var keys = Numbers(node);
        var (mapped, rest, mappedType) = Values(node, keys.Count);
        var map = OnnxMap.Of(keys, mapped, rest);
        return OnnxEncoders.Each(graph, node, input, mappedType, (x, _) => OnnxScalar.Map(x, map, input.IsSingle));
    }

    static IReadOnlyList<string> Texts(OnnxNode node) =>
        node.Tensor("keys_tensor") is { Type: OnnxType.Text } tensor ? tensor.Texts
        : node.Has("keys_strings") ? node.Texts("keys_strings")
        : node.Has("classes_strings") ? node.Texts("classes_strings")
        : node.Has("cats_strings") ? node.Texts("cats_strings")
        : throw node.Malformed($"it is given texts and has no texts as keys.");

    static IReadOnlyList<double> Numbers(OnnxNode node) =>
        node.Tensor("keys_tensor") is { } tensor && tensor.Type != OnnxType.Text ? tensor.Numbers
        : node.Has("keys_floats") ? node.Numbers("keys_floats")
        : node.Has("keys_int64s") ? [.. node.Integers("keys_int64s").Select(key => (double)key)]
        : throw node.Unsupported($"it turns numbers into texts.", "Export the model without the labels of its classes.");

    static (IReadOnlyList<double> Values, double Otherwise, OnnxType Type) Values(OnnxNode node, int count)
    {
        var (values, otherwise, type) = node switch
        {
            _ when node.Tensor("values_tensor") is { } tensor && tensor.Type != OnnxType.Text => (
                tensor.Numbers,
                node.Tensor("default_tensor") is { Numbers: [var value, ..] } ? value : DefaultOf(tensor.Type),
                tensor.Type
            ),
            _ when node.Has("values_floats") => (
                node.Numbers("values_floats"),
                node.Number("default_float", -0.0),
                OnnxType.Float
            ),
            _ when node.Has("values_int64s") => (
                [.. node.Integers("values_int64s").Select(value => (double)value)],
                node.Integer("default_int64", -1),
                OnnxType.Int64
            ),
            _ when node.Has("cats_int64s") => (
                [.. node.Integers("cats_int64s").Select(value => (double)value)],
                node.Integer("default_int64", -1),
                OnnxType.Int64
            ),
            // The first version numbers its classes.
            _ when node.Has("classes_strings") => (
                [.. Enumerable.Range(0, count).Select(value => (double)value)],
                (double)node.Integer("default_int64", -1),
                OnnxType.Int64
            ),
            _ => throw node.Unsupported($"it turns categories into texts.", "Export the model with numbers as codes."),
        };
        return values.Count == count
            ? (values, otherwise, type)
            : throw node.Malformed(
                $"it maps {count.ToString(CultureInfo.InvariantCulture)} keys to {values.Count.ToString(CultureInfo.InvariantCulture)} values."
            );
    }

    static double DefaultOf(OnnxType type) => type is OnnxType.Float or OnnxType.Double ? -0.0 : -1;
}
