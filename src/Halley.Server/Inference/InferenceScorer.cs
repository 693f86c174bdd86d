using System.Buffers;
using System.Text.Json;
using Halley.Data;

namespace Halley.Server;

/// <summary>Scores the rows of a request: checks every value, then runs the model block by block.</summary>
static class InferenceScorer
{
    // A large request lets others have the thread between its blocks.
    const int BlockRows = 256;

    /// <summary>Everything wrong with a call; empty where nothing is.</summary>
    /// <param name="rowCount">Rows of the call; 0 where its tensors don't fit together, so that no row can be read.</param>
    public static IReadOnlyList<TensorProblem> Check(ServedModel model, InferenceCall call, int maximumRows, out int rowCount)
    {
        var problems = new List<TensorProblem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = call.Inputs.Count == 0 ? 1 : call.Inputs[0].Count;
        foreach (var tensor in call.Inputs)
        {
            if (!seen.Add(tensor.Name))
                problems.Add(new(new(tensor.Name, null, "appears twice", "each input once", FieldProblemKind.Duplicate)));
            if (ShapeProblem(tensor, rows, maximumRows) is { } problem)
                problems.Add(new(problem));
        }
        rowCount = problems.Count == 0 ? rows : 0;
        foreach (var tensor in call.Inputs)
        {
            if (model.Encoder.Schema.Find(tensor.Name) is { } field && Datatypes.Check(field, tensor.Datatype) is { } wrong)
                problems.Add(new(wrong));
        }
        foreach (var output in call.Outputs.Where(name => model.Outputs.All(one => one.Name != name)))
        {
            var names = string.Join(", ", model.Outputs.Select(one => one.Name));
            problems.Add(new(new("outputs", output, "is no output of the model", names, FieldProblemKind.Extra)));
        }
        return problems;
    }

    /// <summary>Scores all rows.</summary>
    /// <param name="problems">What is wrong with the call; what is wrong with its values is added. Nothing is scored where there is anything.</param>
    /// <returns>Shape (outputs of the model)(n); null where anything is wrong.</returns>
    /// <exception cref="HalleyException">HLY1207: a rule of the model refuses a value.</exception>
    public static async Task<double[][]?> ScoreAsync(
        ServedModel model,
        InferenceCall call,
        int rowCount,
        List<TensorProblem> problems,
        CancellationToken cancellation
    )
    {
        var rows = new InferenceRows(model, call, problems);
        var block = model.Block(Math.Clamp(rowCount, 1, BlockRows));
        var results = model.Outputs.Select(_ => new double[rowCount]).ToArray();
        for (var first = 0; first < rowCount && problems.Count < ServedModel.MostProblems; first += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            (block.RowCount, block.FirstRow) = (Math.Min(BlockRows, rowCount - first), first);
            for (var row = 0; row < block.RowCount; row++)
                rows.Encode(block, row);
            if (problems.Count == 0)
                Run(model, block, results, problems);
            await Task.Yield();
        }
        return problems.Count == 0 ? results : null;
    }

    static void Run(ServedModel model, SlotBlock block, double[][] results, List<TensorProblem> problems)
    {
        model.Run(block);
        for (var output = 0; output < results.Length; output++)
            block[model.Outputs[output].Slot].CopyTo(results[output].AsSpan(block.FirstRow));
        var predictions = block[model.Outputs[0].Slot];
        for (var row = 0; row < predictions.Length && problems.Count < ServedModel.MostProblems; row++)
        {
            if (!double.IsFinite(predictions[row]))
                problems.Add(
                    new(
                        new("", null, "the model has no prediction", "values that it knows", FieldProblemKind.OutOfRange),
                        block.FirstRow + row
                    )
                );
        }
    }

    static FieldProblem? ShapeProblem(InferenceTensor tensor, int rowCount, int maximumRows)
    {
        var shape = tensor.Shape;
        var told = $"[{string.Join(", ", shape.Take(8))}]";
        FieldProblem Wrong(string problem, string expected) =>
            new(tensor.Name, told, problem, expected, FieldProblemKind.WrongKind);
        if (shape.Count is < 1 or > 2 || (shape.Count == 2 && shape[1] != 1) || shape[0] < 1)
            return Wrong("is no shape of a column", "[n] or [n, 1], with n of at least 1");
        if (shape[0] != tensor.Count)
            return Wrong($"is the shape, and data has {tensor.Count} values", "as many values as the shape says");
        if (tensor.Count != rowCount)
            return Wrong($"has {tensor.Count} rows, and the first input has {rowCount}", "as many rows in each input");
        return tensor.Count > maximumRows ? Wrong($"has {tensor.Count} rows", $"at most {maximumRows} rows a request") : null;
    }

    /// <summary>Encodes rows: each is written as a record and read by the schema, so that values are checked by the one copy of its rules.</summary>
    sealed class InferenceRows(ServedModel model, InferenceCall call, List<TensorProblem> problems)
    {
        readonly ArrayBufferWriter<byte> buffer = new(256);
        readonly double[] record = new double[model.Encoder.SlotCount];

        readonly (InferenceTensor Tensor, JsonEncodedText Name, bool IsKnown)[] tensors =
        [
            .. call.Inputs.Select(tensor =>
                (tensor, JsonEncodedText.Encode(tensor.Name), model.Encoder.Schema.Find(tensor.Name) is not null)
            ),
        ];

        readonly HashSet<string> toldWhole = new(problems.Select(one => one.Problem.Field), StringComparer.Ordinal);

        public void Encode(SlotBlock block, int row)
        {
            var at = block.FirstRow + row;
            buffer.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
            {
                writer.WriteStartObject();
                foreach (var (tensor, name, isKnown) in tensors)
                {
                    // What the schema does not have is told once, not for each row.
                    if (!isKnown && at > 0)
                        continue;
                    writer.WritePropertyName(name);
                    tensor.Write(at, writer);
                    if (Datatypes.Check(tensor.Name, tensor.Datatype, tensor.NumberAt(at)) is { } wrong)
                        Add(wrong, at);
                }
                writer.WriteEndObject();
            }
            if (model.Encoder.TryEncode(buffer.WrittenSpan, record, out var found))
            {
                model.Fill(block, row, record);
                return;
            }
            foreach (var problem in found)
                Take(problem, at);
        }

        void Take(FieldProblem problem, int row)
        {
            // A tensor of the wrong datatype has been told as a whole.
            if (!toldWhole.Contains(problem.Field) && tensors.Any(one => one.IsKnown && one.Tensor.Name == problem.Field))
                Add(problem, row);
            else if (row == 0 && !toldWhole.Contains(problem.Field))
                Add(problem, null);
        }

        void Add(FieldProblem problem, int? row)
        {
            if (problems.Count < ServedModel.MostProblems)
                problems.Add(new(problem, row));
        }
    }
}
