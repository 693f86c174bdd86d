using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Scores an artefact's check rows and compares to the bit.</summary>
static class ArtefactCheck
{
    /// <exception cref="HalleyException">HLY3109: a row gives another output, or none.</exception>
    public static void Run(FittedModel model)
    {
        var rows = model.CheckRows;
        var plan = ModelPlan.Of(model, model.ScoreInputs.Fields.Select(field => (field.Name, SlotType.Of(field))));
        var block = new SlotBlock(plan.Plan.SlotCount, rows.RowCount);
        for (var input = 0; input < rows.InputCount; input++)
            rows.Input(input).CopyTo(block[plan.InputSlots[input]]);
        try
        {
            plan.Plan.Run(block);
        }
        catch (HalleyException problem)
        {
            throw ArtefactErrors.Structure($"a check row can't be scored: {problem.Message}");
        }
        Compare(rows.Raw, block[plan.Slots.Raw.Index], "score");
        Compare(rows.Prediction, block[plan.Slots.Prediction.Index], "prediction");
        for (var output = 0; output < plan.Slots.Outputs.Count; output++)
            Compare(rows.Output(output), block[plan.Slots.Outputs[output].Index], $"output {model.OutputNames[output]}");
    }

    static void Compare(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string output)
    {
        for (var row = 0; row < expected.Length; row++)
        {
            var same = double.IsNaN(expected[row])
                ? double.IsNaN(actual[row])
                : BitConverter.DoubleToInt64Bits(expected[row]) == BitConverter.DoubleToInt64Bits(actual[row]);
            if (!same)
                throw ArtefactErrors.Check(row, output, expected[row], actual[row]);
        }
    }
}
