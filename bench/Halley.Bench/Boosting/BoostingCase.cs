using Halley.Boosting;
using Halley.Data;

namespace Halley.Bench;

/// <summary>One training problem for Halley and LightGBM: the same numbers in the same columns.</summary>
sealed record BoostingCase
{
    internal required TrainingSet Set { get; init; }

    internal required BoostingOptions Options { get; init; }

    /// <summary>Rows behind one another, as LightGBM takes them; single precision where the case is.</summary>
    internal double[] X { get; init; } = [];

    internal float[] SingleX { get; init; } = [];

    internal required float[] Target { get; init; }

    internal double[]? Offset { get; init; }

    /// <summary>LightGBM's objective.</summary>
    internal required string Objective { get; init; }

    /// <summary>Mean deviance × 100 of fitted means.</summary>
    internal required Func<double[], double> Deviance { get; init; }

    internal int Rows => Target.Length;

    internal string LightGbmSettings(int threads) =>
        $"objective={Objective} num_leaves=31 learning_rate=0.1 max_bin=255 min_data_in_leaf=20 verbosity=-1 "
        + $"num_threads={threads} force_col_wise=true boost_from_average={(Offset is null ? "true" : "false")}";

    internal LightGbmModel BinForLightGbm(int threads) =>
        SingleX.Length > 0
            ? LightGbmModel.Bin(SingleX, Target, LightGbmSettings(threads))
            : LightGbmModel.Bin(X, Target, null, Offset, LightGbmSettings(threads));
}
