using Halley.Bench;
using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>LightGBM's own library, as far as it predicts.</summary>
static class LightGbmLibrary
{
    /// <returns>Shape (n, outputs).</returns>
    internal static double[] Predict(string model, SlotBlock inputs, int outputs)
    {
        var rows = new double[inputs.RowCount * inputs.SlotCount];
        for (var row = 0; row < inputs.RowCount; row++)
        {
            for (var input = 0; input < inputs.SlotCount; input++)
                rows[row * inputs.SlotCount + input] = inputs[input][row];
        }
        var result = new double[inputs.RowCount * outputs];
        using var library = new LightGbmScorer(model, inputs.SlotCount);
        Assert.Equal(result.Length, library.Predict(rows, inputs.RowCount, result));
        return result;
    }
}
