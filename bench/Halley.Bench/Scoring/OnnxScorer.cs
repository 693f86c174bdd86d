using Microsoft.ML.OnnxRuntime;

namespace Halley.Bench;

/// <summary>A model scored by ONNX Runtime on one thread; it reads and adds 32-bit floats.</summary>
sealed class OnnxScorer : IDisposable
{
    readonly InferenceSession session;
    readonly RunOptions run = new();
    readonly string[] inputs;
    readonly string[] outputs;

    internal OnnxScorer(byte[] model)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        session = new(model, options);
        (inputs, outputs) = ([session.InputNames[0]], [session.OutputNames[0]]);
    }

    /// <summary>Rows that are scored together, in memory of the runtime's own kind: copying is no part of what is measured.</summary>
    /// <param name="x">Rows behind one another, shape (rows × columns).</param>
    internal static OrtValue RowsOf(float[] x, int rows) => OrtValue.CreateTensorValueFromMemory(x, [rows, x.Length / rows]);

    /// <summary>Scores into what the runtime allocates.</summary>
    internal float[] Score(OrtValue rows)
    {
        using var result = session.Run(run, inputs, [rows], outputs);
        return result[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Scores without looking.</summary>
    internal void Run(OrtValue rows)
    {
        using var result = session.Run(run, inputs, [rows], outputs);
    }

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }
}
