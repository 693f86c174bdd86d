using System.Runtime.InteropServices;

namespace Halley.Bench;

/// <summary>A model scored by LightGBM's own library on one thread.</summary>
sealed class LightGbmScorer : IDisposable
{
    const string Library = "lib_lightgbm";
    const int RawScore = 1;
    const string Parameters = "num_threads=1 verbosity=-1";

    readonly nint booster;

    internal LightGbmScorer(string model) => LightGbm.Check(LoadModel(model, out _, out booster));

    /// <summary>Raw scores.</summary>
    /// <param name="x">Rows behind one another.</param>
    internal void Score(double[] x, int rows, double[] result) =>
        LightGbm.Check(
            Predict(booster, x, LightGbm.Float64, rows, x.Length / rows, 1, RawScore, 0, -1, Parameters, out _, result)
        );

    public void Dispose() => LightGbm.Check(Free(booster));

    [DllImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", CharSet = CharSet.Ansi, BestFitMapping = false)]
    static extern int LoadModel(string model, out int iterations, out nint booster);

    [DllImport(Library, EntryPoint = "LGBM_BoosterFree")]
    static extern int Free(nint booster);

    [DllImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", CharSet = CharSet.Ansi, BestFitMapping = false)]
    static extern int Predict(
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
