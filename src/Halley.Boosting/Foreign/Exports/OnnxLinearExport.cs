using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Writes a linear predictor of factors and numbers as ONNX: doubles throughout, an input for each field, texts for categories.</summary>
/// <remarks>
/// <code>
/// text   ── LabelEncoder ─────────────┐ level
/// number ── LabelEncoder, or > cuts ──┼─ cell ── LabelEncoder ── coefficient ─┐
/// number ── Log, Mul ─────────────────┴───────────────────────────────────────┴─ Mul ── Concat ── MatMul ── Add ── Exp or Sigmoid ── prediction
/// </code>
/// A level that the model does not know, and a missing value that it has no level for, make the prediction NaN.
/// </remarks>
public sealed class OnnxLinearExport
{
    readonly LinearForm form;
    readonly ProtoWriter graph = new();
    readonly List<string> columns = [];
    readonly List<double> weights = [];
    readonly Dictionary<string, string> made = new(StringComparer.Ordinal);
    int next;

    OnnxLinearExport(LinearForm form) => this.form = form;

    /// <summary>Makes the file.</summary>
    /// <param name="link">From the predictor to the prediction.</param>
    /// <exception cref="HalleyException">HLY2240: ONNX has no operator for the link, or there is no term.</exception>
    public static byte[] Write(LinearForm form, Link link)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form.Terms.Count == 0)
            throw ExportErrors.Refused("it has no terms", "ONNX");
        var last = OnnxExport.LastOf(ScoreTransform.None, link);
        return new OnnxLinearExport(form).Write(last);
    }

    byte[] Write(string last)
    {
        foreach (var input in form.Inputs)
            graph.Message(11, OnnxExport.Port(input.Name, input.Kind == FieldKind.Category ? OnnxType.Text : OnnxType.Double));
        foreach (var term in form.Terms)
            Add(term);
        Node("Concat", columns, "//columns", node => node.Integer("axis", 1));
        graph.Message(5, OnnxNodeWriter.TensorOf("//weights", OnnxType.Double, weights, columns: 1));
        Node("MatMul", ["//columns", "//weights"], "//sum");
        Node("Add", ["//sum", Constant(form.Constant)], "//score");
        Node(last, ["//score"], "prediction");
        graph.Text(2, "halley").Message(12, OnnxExport.Port("prediction", OnnxType.Double));
        return OnnxExport.FileOf(graph);
    }

    /// <summary>Adds a column for each of a term's columns: its coefficient at the row's cell times the numbers' product.</summary>
    void Add(LinearFormTerm term)
    {
        var numbers = NumbersOf(term);
        var cell = term.Levels.Count == 0 ? null : CellOf(term.Levels);
        var width = Math.Max(numbers.Count, 1);
        for (var column = 0; column < width; column++)
        {
            if (cell is null)
            {
                columns.Add(numbers[column]);
                weights.Add(term.Coefficients[column]);
                continue;
            }
            var own = Enumerable.Range(0, term.Coefficients.Count / width).Select(at => term.Coefficients[at * width + column]);
            var coefficient = Looked(cell, [.. own], double.NaN);
            columns.Add(numbers.Count == 0 ? coefficient : Fresh("Mul", [coefficient, numbers[column]]));
            weights.Add(1);
        }
    }

    /// <summary>Products of the numbers' own columns; empty where there are none.</summary>
    List<string> NumbersOf(LinearFormTerm term)
    {
        List<string> product = [];
        foreach (var number in term.Numbers)
        {
            var own = PowersOf(number);
            product =
                product.Count == 0 ? own : [.. product.SelectMany(left => own.Select(right => Fresh("Mul", [left, right])))];
        }
        return product;
    }

    List<string> PowersOf(NumberRule number)
    {
        var x = form.Inputs[number.Input].Name;
        if (!double.IsNaN(number.WhenMissing))
            x = Fresh("Where", [Fresh("IsNaN", [x]), Constant(number.WhenMissing), x]);
        if (number.IsLog)
            x = Fresh("Log", [x]);
        var powers = new List<string> { x };
        while (powers.Count < number.Powers)
            powers.Add(Fresh("Mul", [powers[^1], x]));
        return powers;
    }

    /// <summary>The number of the row's cell.</summary>
    string CellOf(IReadOnlyList<LevelRule> rules)
    {
        var cell = LevelOf(rules[0]);
        foreach (var rule in rules.Skip(1))
            cell = Fresh("Add", [Fresh("Mul", [cell, Constant(rule.Count)]), LevelOf(rule)]);
        return cell;
    }

    string LevelOf(LevelRule rule)
    {
        var input = form.Inputs[rule.Input];
        if (input.Kind == FieldKind.Category)
            return LevelOfText(input, rule.Missing);
        var (x, missing) = (input.Name, rule.Missing < 0 ? double.NaN : rule.Missing);
        var level =
            rule.Cuts.Count > 0 ? BandOf(x, rule.Cuts)
            : rule.Values.Count > 0
                ? Mapped(x, rule.Values, [.. Enumerable.Range(0, rule.Values.Count)], rule.Unseen < 0 ? double.NaN : rule.Unseen)
            // A boolean is its own code.
            : x;
        return Fresh("Where", [Fresh("IsNaN", [x]), Constant(missing), level]);
    }

    /// <summary>Texts to codes; what is none of them counts as missing.</summary>
    string LevelOfText(ScorerInput input, int missing)
    {
        var name = $"{input.Name}/level{missing}";
        if (!made.TryAdd(name, name))
            return name;
        graph.Message(
            1,
            new OnnxNodeWriter("LabelEncoder", "ai.onnx.ml", [input.Name], [name])
                .Texts("keys_strings", input.Levels!.Levels)
                .Tensor("values_tensor", Doubles([.. Enumerable.Range(0, input.Levels.Count)]))
                .Tensor("default_tensor", Doubles([missing < 0 ? double.NaN : missing]))
                .Message
        );
        return name;
    }

    /// <summary>How many cuts a number has reached. x ≥ c is x &gt; the double below c.</summary>
    string BandOf(string x, IReadOnlyList<double> cuts)
    {
        var reached = cuts.Select(cut =>
                Fresh(
                    "Cast",
                    [Fresh("Greater", [x, Constant(Math.BitDecrement(cut))])],
                    node => node.Integer("to", (long)OnnxType.Double)
                )
            )
            .ToList();
        if (reached.Count == 1)
            return reached[0];
        var ones = Named("ones");
        graph.Message(5, OnnxNodeWriter.TensorOf(ones, OnnxType.Double, [.. cuts.Select(_ => 1.0)], columns: 1));
        return Fresh("MatMul", [Fresh("Concat", reached, node => node.Integer("axis", 1)), ones]);
    }

    string Looked(string cell, double[] values, double otherwise) =>
        Mapped(cell, [.. Enumerable.Range(0, values.Length)], values, otherwise);

    string Mapped(string x, IReadOnlyList<double> keys, IReadOnlyList<double> values, double otherwise)
    {
        var name = Named("map");
        graph.Message(
            1,
            new OnnxNodeWriter("LabelEncoder", "ai.onnx.ml", [x], [name])
                .Tensor("keys_tensor", Doubles(keys))
                .Tensor("values_tensor", Doubles(values))
                .Tensor("default_tensor", Doubles([otherwise]))
                .Message
        );
        return name;
    }

    static ProtoWriter Doubles(IReadOnlyList<double> values) => OnnxNodeWriter.TensorOf("", OnnxType.Double, values);

    string Constant(double value)
    {
        var key = $"constant {BitConverter.DoubleToInt64Bits(value):x}";
        if (made.TryGetValue(key, out var known))
            return known;
        made.Add(key, Named("constant"));
        graph.Message(5, OnnxNodeWriter.TensorOf(made[key], OnnxType.Double, [value]));
        return made[key];
    }

    string Fresh(string operation, IReadOnlyList<string> inputs, Func<OnnxNodeWriter, OnnxNodeWriter>? more = null)
    {
        // Equal operations on equal inputs are made once.
        var key = $"{operation}({string.Join(',', inputs)})";
        if (made.TryGetValue(key, out var known))
            return known;
        made.Add(key, Named(operation));
        Node(operation, inputs, made[key], more);
        return made[key];
    }

    void Node(string operation, IReadOnlyList<string> inputs, string output, Func<OnnxNodeWriter, OnnxNodeWriter>? more = null)
    {
        var node = new OnnxNodeWriter(operation, "", inputs, [output]);
        graph.Message(1, (more is null ? node : more(node)).Message);
    }

    /// <summary>A name that no input has: fields have no such mark.</summary>
    string Named(string what) => $"//{what}{next++}";
}
