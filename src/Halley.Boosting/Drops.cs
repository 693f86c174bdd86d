using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Which trees a round of DART drops, and what each tree counts for so far.</summary>
sealed class Drops(BoostingOptions options)
{
    readonly List<double> factors = [];
    double[] remembered = [];

    internal double FactorOf(int round) => factors[round];

    /// <summary>The factor at the best round, 0 for trees behind it.</summary>
    internal double RememberedOf(int round) => round < remembered.Length ? remembered[round] : 0;

    internal void Add(double factor) => factors.Add(factor);

    internal void Scale(int round, double by) => factors[round] *= by;

    /// <summary>Takes the present factors for those of the best round.</summary>
    internal void Remember() => remembered = [.. factors];

    /// <summary>The trees that a round drops, rising; none at all in some rounds, else each by chance, one at least.</summary>
    internal int[] Draw(int round)
    {
        double Uniform(ulong index) => CounterRandom.Uniform(options.Seed, SamplingStreams.Drops((ulong)round), index);
        if (round == 0 || Uniform(ulong.MaxValue) < options.SkipDrop)
            return [];
        var draws = Enumerable.Range(0, round).Select(tree => (Draw: Uniform((ulong)tree), Tree: tree)).Order().ToArray();
        var count = Math.Clamp(draws.Count(draw => draw.Draw < options.DropRate), 1, options.MaximumDrops);
        return [.. draws.Take(count).Select(draw => draw.Tree).Order()];
    }

    /// <summary>Everything that a later resumption needs.</summary>
    internal (double[] Factors, double[] Remembered) State
    {
        get => ([.. factors], remembered);
        set
        {
            factors.Clear();
            factors.AddRange(value.Factors);
            remembered = value.Remembered;
        }
    }
}
