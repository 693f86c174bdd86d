using System.Runtime.InteropServices;
using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>LightGBM's own library, as far as it predicts.</summary>
static class LightGbmLibrary
{
    const string Library = "lib_lightgbm";
    const int Float64 = 1;
    const int Prediction = 0;

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
        Check(LoadModel(model, out _, out var booster));
        try
        {
            Check(
                PredictForMat(
                    booster,
                    rows,
                    Float64,
                    inputs.RowCount,
                    inputs.SlotCount,
                    1,
                    Prediction,
                    0,
                    -1,
                    "num_threads=1 verbosity=-1",
                    out var length,
                    result
                )
            );
            Assert.Equal(result.Length, length);
        }
        finally
        {
            Check(Free(booster));
        }
        return result;
    }

    static void Check(int status) => Assert.True(status == 0, Marshal.PtrToStringAnsi(LastError()));

    [DllImport(Library, EntryPoint = "LGBM_GetLastError")]
    static extern nint LastError();

    [DllImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", CharSet = CharSet.Ansi, BestFitMapping = false)]
    static extern int LoadModel(string model, out int iterations, out nint booster);

    [DllImport(Library, EntryPoint = "LGBM_BoosterFree")]
    static extern int Free(nint booster);

    [DllImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", CharSet = CharSet.Ansi, BestFitMapping = false)]
    static extern int PredictForMat(
        nint booster,
        [In] double[] data,
        int type,
        int rows,
        int columns,
        int rowMajor,
        int kind,
        int start,
        int iterations,
        string parameters,
        out long length,
        [Out] double[] result
    );
}
