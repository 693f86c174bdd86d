namespace Halley.Boosting;

/// <summary>How the leaves of an ensemble become its score.</summary>
/// <remarks>
/// Each output o has a sum of its own: s = <see cref="Bases"/>[o], then its trees' leaves in order, then
/// s · <see cref="Scale"/> / <see cref="Divisor"/> + <see cref="Biases"/>[o]. One output is chosen as the score.
/// </remarks>
sealed record ScoreRule
{
    /// <summary>Shape (outputs): the sum before the first tree.</summary>
    internal required double[] Bases { get; init; }

    /// <summary>Shape (outputs): added at last.</summary>
    internal required double[] Biases { get; init; }

    /// <summary>Shape (trees): the output that a tree adds to; empty where there is one output.</summary>
    internal int[] TreeOutputs { get; init; } = [];

    /// <summary>Whether every addition is rounded to a 32-bit float, as the library that fitted the trees does.</summary>
    internal bool SingleSums { get; init; }

    internal TreeAggregate Aggregate { get; init; }

    internal double Scale { get; init; } = 1;

    /// <summary>Number of trees where they are averaged, else 1.</summary>
    internal double Divisor { get; init; } = 1;

    /// <summary>Index of the output that is the score.</summary>
    internal int Output { get; init; }

    internal ScoreTransform Transform { get; init; }

    internal int OutputCount => Bases.Length;

    /// <summary>One output, its trees simply added.</summary>
    internal static ScoreRule SumFrom(double start) => new() { Bases = [start], Biases = [0] };

    /// <summary>Whether it is no more than <see cref="SumFrom"/>.</summary>
    internal bool IsPlain =>
        this
            is {
                OutputCount: 1,
                TreeOutputs.Length: 0,
                SingleSums: false,
                Aggregate: TreeAggregate.Sum,
                Scale: 1,
                Divisor: 1,
                Transform: ScoreTransform.None
            }
        && Biases[0] == 0;

    internal int OutputOf(int tree) => TreeOutputs.Length == 0 ? 0 : TreeOutputs[tree];

    /// <summary>A sum with a leaf's value taken in.</summary>
    internal double Take(double sum, double leaf) =>
        Aggregate switch
        {
            TreeAggregate.Minimum => Math.Min(sum, leaf),
            TreeAggregate.Maximum => Math.Max(sum, leaf),
            _ => SingleSums ? (float)(sum + leaf) : sum + leaf,
        };

    /// <summary>An output's sum, finished.</summary>
    internal double Finish(double sum, int output) =>
        Scale == 1 && Divisor == 1 && Biases[output] == 0 ? sum : sum * Scale / Divisor + Biases[output];
}
