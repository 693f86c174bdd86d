using System.Runtime.InteropServices;

namespace Halley.Bench;

/// <summary>A model scored by LightGBM's own library on one thread.</summary>
sealed class LightGbmScorer : IDisposable
{
    const string Library = "lib_lightgbm";
    const int Mean = 0;
    const int RawScore = 1;
    const string Parameters = "num_threads=1 verbosity=-1";

    readonly nint booster;
    readonly nint fast;

    /// <param name="columns">Numbers of a row.</param>
    internal LightGbmScorer(string model, int columns)
    {
        LightGbm.Check(LoadModel(model, out _, out booster));
        LightGbm.Check(PrepareOne(booster, RawScore, 0, -1, LightGbm.Float64, columns, Parameters, out fast));
    }

    /// <summary>Raw scores.</summary>
    /// <param name="x">Rows behind one another.</param>
    internal void Score(double[] x, int rows, double[] result) =>
        LightGbm.Check(
            LightGbm.BoosterPredict(
                booster,
                x,
                LightGbm.Float64,
                rows,
                x.Length / rows,
                1,
                RawScore,
                0,
                -1,
                Parameters,
                out _,
                result
            )
        );

    /// <summary>Predictions, all outputs of a row behind one another.</summary>
    /// <param name="x">Rows behind one another.</param>
    /// <param name="result">Shape (n, outputs).</param>
    /// <returns>How many numbers the library wrote.</returns>
    internal long Predict(double[] x, int rows, double[] result)
    {
        LightGbm.Check(
            LightGbm.BoosterPredict(
                booster,
                x,
                LightGbm.Float64,
                rows,
                x.Length / rows,
                1,
                Mean,
                0,
                -1,
                Parameters,
                out var length,
                result
            )
        );
        return length;
    }

    /// <summary>The raw score of one row, by the library's quickest call for it.</summary>
    internal void ScoreOne(double[] row, double[] result) => LightGbm.Check(PredictOne(fast, row, out _, result));

    public void Dispose()
    {
        LightGbm.Check(FreeFast(fast));
        LightGbm.Check(LightGbm.BoosterFree(booster));
    }

    [DllImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", CharSet = CharSet.Ansi, BestFitMapping = false)]
    static extern int LoadModel(string model, out int iterations, out nint booster);

    [DllImport(
        Library,
        EntryPoint = "LGBM_BoosterPredictForMatSingleRowFastInit",
        CharSet = CharSet.Ansi,
        BestFitMapping = false
    )]
    static extern int PrepareOne(
        nint booster,
        int kind,
        int start,
        int iterations,
        int type,
        int columns,
        string parameters,
        out nint fast
    );

    [DllImport(Library, EntryPoint = "LGBM_BoosterPredictForMatSingleRowFast")]
    static extern int PredictOne(nint fast, [In] double[] row, out long length, [Out] double[] result);

    [DllImport(Library, EntryPoint = "LGBM_FastConfigFree")]
    static extern int FreeFast(nint fast);
}
