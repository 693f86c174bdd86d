using System.Globalization;
using Halley.Boosting;
using Halley.Kernels;

namespace Halley.Bench;

/// <summary>One setting that Halley and LightGBM both try for the pure premium, in each one's own words.</summary>
sealed record PremiumTrial(int Leaves, int LeafRows, double L2, double ColumnShare, double RowShare, double Rate)
{
    internal const int Count = 8;

    /// <summary>Rounds of a trial at most.</summary>
    internal const int MostRounds = 300;

    const ulong Stream = 0x7072656d69756d;

    /// <summary>The setting that did best for LightGBM on the published test part (a start in its favour), then draws from ranges around it.</summary>
    internal static IReadOnlyList<PremiumTrial> All { get; } =
    [new(8, 2000, 10, 1, 1, 0.03), .. Enumerable.Range(1, Count - 1).Select(number => Drawn((ulong)number))];

    /// <summary>Rounds without gain after which a fold is left: a slower learner needs as many more.</summary>
    internal int Patience => (int)Math.Ceiling(1.5 / Rate);

    /// <remarks>One thread: the trees are the same, and a team of threads waits for its slowest on a busy machine.</remarks>
    internal string ForLightGbm() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"objective=tweedie tweedie_variance_power=1.5 num_leaves={Leaves} min_data_in_leaf={LeafRows} lambda_l2={L2} "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"feature_fraction={ColumnShare} bagging_fraction={RowShare} bagging_freq={(RowShare < 1 ? 1 : 0)} learning_rate={Rate} "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"min_sum_hessian_in_leaf=0.001 boost_from_average=false verbosity=-1 num_threads=1 seed=1"
        );

    /// <param name="given">What no trial turns.</param>
    internal BoostingOptions ForHalley(BoostingOptions given) =>
        given with
        {
            MaximumLeaves = Leaves,
            MinimumLeafRows = LeafRows,
            L2 = L2,
            ColumnShare = ColumnShare,
            RowShare = RowShare,
            LearningRate = Rate,
            Rounds = MostRounds,
            Patience = Patience,
        };

    static PremiumTrial Drawn(ulong number)
    {
        return new(
            (int)Ratio(0, 4, 32),
            (int)Ratio(1, 500, 10_000),
            Math.Round(Ratio(2, 1, 10_000)),
            Math.Round(0.3 + 0.7 * Uniform(3), 2),
            Math.Round(0.5 + 0.5 * Uniform(4), 2),
            Math.Round(Ratio(5, 0.02, 0.08), 3)
        );

        double Uniform(ulong index) => CounterRandom.Uniform(1, Stream, 8 * number + index);
        double Ratio(ulong index, double from, double to) => from * Math.Pow(to / from, Uniform(index));
    }
}
