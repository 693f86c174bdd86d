using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Gradient and hessian of each row, rounded to whole units, so that sums are exact and their order changes no bit.</summary>
abstract class Gradients(int rowCount)
{
    internal int RowCount { get; } = rowCount;

    /// <summary>What a sum in units is multiplied by: gradient unit, hessian unit, 1, 0.</summary>
    internal Vector256<double> Unit { get; private set; } = Vector256.Create(1, 1, 1, 0.0);

    /// <summary>Largest |gradient| and largest hessian that the units allow.</summary>
    internal (double Gradient, double Hessian) Limit { get; private set; }

    /// <summary>Whole units that a row's gradient or hessian has at most.</summary>
    protected abstract double LargestTerm { get; }

    /// <summary>Sets the units so that gradients up to these limits fit.</summary>
    internal void SetLimit(double gradient, double hessian)
    {
        Limit = (gradient, hessian);
        Unit = Vector256.Create(UnitOf(gradient), UnitOf(hessian), 1, 0);
    }

    /// <summary>Rounds a run of rows.</summary>
    /// <param name="seed">Of the round's draws.</param>
    internal abstract void Store(int start, ReadOnlySpan<double> gradient, ReadOnlySpan<double> hessian, ulong seed);

    /// <summary>A fresh accumulator over the columns of a table.</summary>
    internal abstract Accumulator NewAccumulator(BinnedTable table, HistogramLayout layout);

    /// <summary>Gradients whose units suit the rows and the wish for precision.</summary>
    internal static Gradients Of(int rowCount, bool quantised) =>
        quantised ? new PackedGradients(rowCount) : new FullGradients(rowCount);

    double UnitOf(double largest) => largest > 0 && double.IsFinite(largest) ? largest / LargestTerm : 1;
}
