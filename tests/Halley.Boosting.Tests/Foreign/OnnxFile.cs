using Halley.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Halley.Boosting.Tests;

/// <summary>A small ONNX file put together by hand, and what ONNX Runtime makes of it.</summary>
sealed class OnnxFile
{
    readonly ProtoWriter graph = new();
    readonly List<(string Name, OnnxType Type, int Columns)> inputs = [];
    readonly string output;
    readonly int machineLearning;

    internal OnnxFile(int machineLearning, string output, OnnxType type, int columns)
    {
        (this.machineLearning, this.output) = (machineLearning, output);
        graph.Text(2, "by hand").Message(12, Port(output, type, columns));
    }

    internal OnnxFile Input(string name, OnnxType type, int columns = 1)
    {
        inputs.Add((name, type, columns));
        graph.Message(11, Port(name, type, columns));
        return this;
    }

    internal OnnxFile Constant(string name, OnnxType type, params double[] values)
    {
        graph.Message(5, OnnxNodeWriter.TensorOf(name, type, values));
        return this;
    }

    internal OnnxFile Node(
        string name,
        string[] from,
        string[] to,
        Func<OnnxNodeWriter, OnnxNodeWriter>? settings = null,
        string domain = "ai.onnx.ml"
    )
    {
        var node = new OnnxNodeWriter(name, domain, from, to);
        graph.Message(1, (settings?.Invoke(node) ?? node).Message);
        return this;
    }

    internal byte[] Bytes =>
        new ProtoWriter()
            .Integer(1, 9)
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, 18))
            .Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Integer(2, machineLearning))
            .Message(7, graph)
            .ToArray();

    /// <summary>Every output column agrees with the runtime's; of two classes the second is the score.</summary>
    /// <param name="rows">Cells by row and column: numbers, or texts for text inputs.</param>
    internal void AssertAgrees(object[][] rows, double tolerance = 1e-6)
    {
        var model = ForeignModelFile.Read(Bytes);
        var expected = Run(rows, out var width);
        for (var o = 0; o < model.OutputCount; o++)
        {
            var ensemble = model.ToEnsemble(new() { Output = o });
            var block = new SlotBlock(Math.Max(1, ensemble.Inputs.Count), rows.Length);
            for (var input = 0; input < ensemble.Inputs.Count; input++)
            {
                for (var row = 0; row < rows.Length; row++)
                    block[input][row] = rows[row][input] is string text
                        ? ensemble.Inputs[input].Levels!.CodeOf(text) is >= 0 and var code
                            ? code
                            : double.NaN
                        : Convert.ToDouble(rows[row][input], System.Globalization.CultureInfo.InvariantCulture);
            }
            var eta = new double[rows.Length];
            ensemble.Score(block, [.. Enumerable.Range(0, ensemble.Inputs.Count)], eta);
            AssertKept(ensemble, block, eta);
            var column = model.OutputCount == 1 ? width - 1 : o;
            for (var row = 0; row < rows.Length; row++)
            {
                var (actual, wanted) = (model.Link!.Link.Inverse(eta[row]), expected[row * width + column]);
                Assert.True(
                    actual.Equals(wanted) || Math.Abs(actual - wanted) <= tolerance * Math.Max(1, Math.Abs(wanted)),
                    $"row {row} ({string.Join(", ", rows[row])}), output {o}: {actual:R}, not {wanted:R}"
                );
            }
        }
    }

    /// <summary>The artefact holds every kind of column.</summary>
    static void AssertKept(TreeEnsemble ensemble, SlotBlock block, double[] eta)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        new GeneralTreesFormat().Write(ensemble, bytes);
        var again = new double[eta.Length];
        new GeneralTreesFormat().Read(bytes.WrittenMemory).Score(block, [.. Enumerable.Range(0, ensemble.Inputs.Count)], again);
        Assert.Equal(eta.Select(BitConverter.DoubleToInt64Bits), again.Select(BitConverter.DoubleToInt64Bits));
    }

    double[] Run(object[][] rows, out int width)
    {
        using var session = new InferenceSession(Bytes);
        var (values, at) = (new List<NamedOnnxValue>(), 0);
        foreach (var (name, type, columns) in inputs)
        {
            int[] shape = [rows.Length, columns];
            var from = at;
            var cells = rows.SelectMany(row => row.Skip(from).Take(columns)).ToArray();
            at += columns;
            values.Add(
                type switch
                {
                    OnnxType.Text => NamedOnnxValue.CreateFromTensor(
                        name,
                        new DenseTensor<string>(cells.Cast<string>().ToArray(), shape)
                    ),
                    OnnxType.Double => NamedOnnxValue.CreateFromTensor(
                        name,
                        new DenseTensor<double>(cells.Select(Convert.ToDouble).ToArray(), shape)
                    ),
                    OnnxType.Int64 => NamedOnnxValue.CreateFromTensor(
                        name,
                        new DenseTensor<long>(cells.Select(Convert.ToInt64).ToArray(), shape)
                    ),
                    _ => NamedOnnxValue.CreateFromTensor(
                        name,
                        new DenseTensor<float>(cells.Select(Convert.ToSingle).ToArray(), shape)
                    ),
                }
            );
        }
        using var results = session.Run(values, [output]);
        double[] flat =
            results[0].ElementType == TensorElementType.Double
                ? [.. results[0].AsTensor<double>()]
                : [.. results[0].AsTensor<float>().Select(value => (double)value)];
        width = flat.Length / rows.Length;
        return flat;
    }

    static ProtoWriter Port(string name, OnnxType type, int columns)
    {
        var shape = new ProtoWriter()
            .Message(1, new ProtoWriter().Text(2, "N"))
            .Message(1, new ProtoWriter().Integer(1, columns));
        return new ProtoWriter()
            .Text(1, name)
            .Message(2, new ProtoWriter().Message(1, new ProtoWriter().Integer(1, (long)type).Message(2, shape)));
    }
}
