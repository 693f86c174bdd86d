using System.Text;
using Halley.Boosting;
using Halley.Data.Expressions;
using Halley.Glm;

namespace Halley.Models;

/// <summary>Writes a tree model as ONNX or LightGBM text, or a GLM as ONNX, reads the file back, and compares the predictions of the two.</summary>
public static class ModelExport
{
    /// <param name="table">Rows to compare by; null for the model's own check rows.</param>
    /// <exception cref="HalleyException">HLY3466: the model is of another kind or stands on something else; HLY2152: a term of a GLM is a curve; HLY2240: the format can't carry a part of it.</exception>
    public static ExportedModel Of(FittedModel model, ExportFormat format, Table? table = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        // 1. What can be a file.
        RefuseOthers(model, format);
        // 2. The file.
        var file = model.Scorer switch
        {
            GlmScorer glm => OnnxLinearExport.Write(glm.ToForm(), model.Link),
            TreeEnsemble trees when format == ExportFormat.Onnx => OnnxExport.Write(trees, model.Link),
            var trees => Encoding.UTF8.GetBytes(LightGbmExport.Write((TreeEnsemble)trees, model.Family, model.Link)),
        };
        // 3. What it predicts.
        var foreign = ForeignModelFile.Read(file);
        var options = new ForeignOptions
        {
            Output = foreign.OutputCount > 1 ? ((TreeEnsemble)model.Scorer).ChosenOutput : 0,
            Levels = model
                .Scorer.Inputs.Where(input => input.Levels is not null)
                .ToDictionary(input => input.Name, input => input.Levels!),
        };
        var (inputs, expected) = table is null ? OfCheckRows(model) : OfTable(model, table);
        return new(
            file,
            model.Scorer.Inputs,
            [.. model.Spec.Derived.Where(derived => model.Scorer.Inputs.Any(input => input.Name == derived.Name))],
            expected[0].Length,
            expected.Select((own, output) => DifferenceOf(foreign, options, inputs, own, output, expected.Length)).Max(),
            model.Outputs is ClassOutputs ? [] : model.OutputNames
        );
    }

    /// <summary>Largest difference of one output: the prediction, or a class's probability.</summary>
    static double DifferenceOf(
        ForeignModel foreign,
        ForeignOptions options,
        SlotBlock inputs,
        double[] expected,
        int output,
        int outputs
    )
    {
        // Of two classes a file may tell the second alone.
        if (outputs == 2 && foreign.OutputCount == 1)
            expected = output == 1 ? expected : Array.ConvertAll(expected, share => 1 - share);
        var copy = foreign.ToEnsemble(outputs > 1 && foreign.OutputCount > 1 ? options with { Output = output } : options);
        var scores = new double[expected.Length];
        copy.Score(inputs, [.. Enumerable.Range(0, copy.Inputs.Count)], scores);
        foreign.Link!.Link.Inverse(scores, scores);
        return ImportCheck.Largest(scores, expected).Largest;
    }

    static void RefuseOthers(FittedModel model, ExportFormat format)
    {
        if (model.Scorer is not TreeEnsemble && (model.Scorer is not GlmScorer || format != ExportFormat.Onnx))
            throw new HalleyException(
                "HLY3466",
                $"model '{model.Name}' is a '{model.Spec.Learner.Name}', not an ensemble of trees, so {(format == ExportFormat.Onnx ? "ONNX does not hold it here" : "LightGBM does not hold it")}. "
                    + "Write a GLM as ONNX ('halley export --to onnx'), as a rating table ('halley rating export') or for R ('halley export --to r')."
            );
        if (model.Spec.Offset is { } offset)
            throw new HalleyException(
                "HLY3466",
                $"model '{model.Name}' adds the column '{offset}' to its score, which the file would leave out. Serve it with Halley, or fit it without the offset."
            );
        // A GLM on top of another model has that one's terms in its own scorer.
        if (model.OffsetModel is { } other)
            throw new HalleyException(
                "HLY3466",
                $"model '{model.Name}' stands on model '{other.Name}', which the file would leave out. Serve it with Halley, or fit it alone."
            );
    }

    /// <returns>Expected: the prediction, or of classes a probability for each.</returns>
    static (SlotBlock Inputs, double[][] Expected) OfTable(FittedModel model, Table table)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var bound = TableInputs.Bind(
            builder,
            table,
            model.ScoreInputs.Fields.Select(field => field.Name).Where(table.Has),
            scope
        );
        var slots = model.EmitScorerInputs(builder, scope);
        var inputs = new SlotBlock(Math.Max(1, slots.Length), Math.Max(1, table.RowCount)) { RowCount = table.RowCount };
        bound.Run(builder.Build(), table.RowCount, Take, 1, CancellationToken.None);
        return (
            inputs,
            model.Outputs is ClassOutputs
                ? model.OutputsOf(table, sourceRows: null, 1, CancellationToken.None)
                : [model.Predict(table, PredictMode.AtExposureOne, 1).Values.ToArray()]
        );

        void Take(SlotBlock block)
        {
            for (var input = 0; input < slots.Length; input++)
                block[slots[input]].CopyTo(inputs[input][block.FirstRow..]);
        }
    }

    static (SlotBlock Inputs, double[][] Expected) OfCheckRows(FittedModel model)
    {
        var (builder, scope) = (new PlanBuilder(), new Dictionary<string, SlotRef>(StringComparer.Ordinal));
        foreach (var field in model.ScoreInputs.Fields)
            scope.Add(field.Name, builder.Allocate(SlotType.Of(field)));
        var slots = model.EmitScorerInputs(builder, scope);
        var (plan, rows) = (builder.Build(), model.CheckRows);
        var inputs = new SlotBlock(Math.Max(1, slots.Length), Math.Max(1, rows.RowCount)) { RowCount = rows.RowCount };
        var block = new SlotBlock(plan.SlotCount, capacity: 1);
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var field = 0; field < model.ScoreInputs.Fields.Count; field++)
                block[scope[model.ScoreInputs.Fields[field].Name].Index][0] = rows.Input(field)[row];
            plan.Run(block);
            for (var input = 0; input < slots.Length; input++)
                inputs[input][row] = block[slots[input]][0];
        }
        return (
            inputs,
            model.Outputs is ClassOutputs
                ? [.. Enumerable.Range(0, rows.OutputCount).Select(output => rows.Output(output).ToArray())]
                : [rows.Prediction.ToArray()]
        );
    }
}
