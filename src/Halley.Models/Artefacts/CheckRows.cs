namespace Halley.Models;

/// <summary>A few rows of the learn part with the outputs they gave when the model was fitted; every load scores them again.</summary>
public sealed class CheckRows
{
    readonly double[] values;

    /// <param name="inputCount">Inputs of the model, m.</param>
    /// <param name="values">Shape (m + 2 + outputs, n), input by input, then the raw scores, then the predictions, then further outputs.</param>
    internal CheckRows(int rowCount, int inputCount, double[] values)
    {
        OutputCount = rowCount == 0 ? 0 : values.Length / rowCount - inputCount - 2;
        RowCount = rowCount;
        InputCount = inputCount;
        this.values = values;
    }

    public int RowCount { get; }

    public int InputCount { get; }

    /// <summary>Outputs of the model beside its prediction.</summary>
    public int OutputCount { get; }

    /// <summary>Values of one input as slots (categories as codes into the model's input schema), shape (n).</summary>
    public ReadOnlySpan<double> Input(int input) => Part(input, InputCount);

    /// <summary>Expected scores before the link, exposure and offset left out, shape (n).</summary>
    public ReadOnlySpan<double> Raw => Part(InputCount, InputCount + 1);

    /// <summary>Expected predictions at exposure 1, shape (n).</summary>
    public ReadOnlySpan<double> Prediction => Part(InputCount + 1, InputCount + 2);

    /// <summary>Expected values of a further output at exposure 1, shape (n).</summary>
    public ReadOnlySpan<double> Output(int output) => Part(InputCount + 2 + output, InputCount + 2 + OutputCount);

    /// <summary>All values, for writing.</summary>
    internal ReadOnlySpan<double> Values => values;

    ReadOnlySpan<double> Part(int index, int end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)end, nameof(index));
        return values.AsSpan(index * RowCount, RowCount);
    }
}
