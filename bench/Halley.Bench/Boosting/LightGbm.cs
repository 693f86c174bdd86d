using System.Runtime.InteropServices;

namespace Halley.Bench;

/// <summary>The C interface of LightGBM's native library, as far as the measurements need it.</summary>
static class LightGbm
{
    const string Library = "lib_lightgbm";
    internal const int Float32 = 0;
    internal const int Float64 = 1;

    /// <summary>Throws with the library's own words where a call failed.</summary>
    internal static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringAnsi(LastError())}");
    }

    [DllImport(Library, EntryPoint = "LGBM_GetLastError")]
    static extern nint LastError();

    [DllImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int DatasetCreate(
        [In] double[] data,
        int type,
        int rows,
        int columns,
        int rowMajor,
        string parameters,
        nint reference,
        out nint dataset
    );

    [DllImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int DatasetCreate(
        [In] float[] data,
        int type,
        int rows,
        int columns,
        int rowMajor,
        string parameters,
        nint reference,
        out nint dataset
    );

    [DllImport(Library, EntryPoint = "LGBM_DatasetSetField", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int DatasetSetField(nint dataset, string field, [In] float[] values, int count, int type);

    [DllImport(Library, EntryPoint = "LGBM_DatasetSetField", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int DatasetSetField(nint dataset, string field, [In] double[] values, int count, int type);

    [DllImport(Library, EntryPoint = "LGBM_DatasetFree")]
    internal static extern int DatasetFree(nint dataset);

    [DllImport(Library, EntryPoint = "LGBM_BoosterCreate", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int BoosterCreate(nint dataset, string parameters, out nint booster);

    [DllImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    internal static extern int BoosterAddValidation(nint booster, nint dataset);

    [DllImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    internal static extern int BoosterUpdate(nint booster, out int finished);

    [DllImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    internal static extern int BoosterGetPredict(nint booster, int part, out long length, [Out] double[] result);

    [DllImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int BoosterPredict(
        nint booster,
        [In] double[] data,
        int type,
        int rows,
        int columns,
        int rowMajor,
        int kind,
        int startIteration,
        int iterations,
        string parameters,
        out long length,
        [Out] double[] result
    );

    [DllImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString", CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern int BoosterSave(
        nint booster,
        int startIteration,
        int iterations,
        int importance,
        long capacity,
        out long length,
        [Out] byte[] text
    );

    [DllImport(Library, EntryPoint = "LGBM_BoosterFree")]
    internal static extern int BoosterFree(nint booster);
}
