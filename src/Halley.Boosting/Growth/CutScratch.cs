namespace Halley.Boosting;

/// <summary>What one thread needs to look at a run of cuts at a time.</summary>
sealed class CutScratch
{
    /// <summary>Cuts that are looked at together.</summary>
    internal const int Cuts = 256;

    /// <summary>Σ gradient left of each cut; shape (Cuts), as the others.</summary>
    internal double[] Gradient { get; } = new double[Cuts];

    internal double[] Hessian { get; } = new double[Cuts];

    internal double[] Rows { get; } = new double[Cuts];

    /// <summary>The three, packed.</summary>
    internal long[] Packed { get; } = new long[Cuts];
}
