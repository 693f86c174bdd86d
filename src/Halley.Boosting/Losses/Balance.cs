using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Whether predictions add up to the target, and the constant on the link scale that makes them.</summary>
sealed class Balance(Link link, RowVectors vectors, int threads)
{
    const int MaximumSteps = 200;

    readonly double actual = Sum(vectors.Weight.Count, threads, row => vectors.Weight[row] * vectors.Target[row]);

    /// <summary>Σ w·g⁻¹(eta) / Σ w·y.</summary>
    /// <param name="eta">Scores with offset, shape (n).</param>
    internal double Of(RowValues eta) => Expected(eta, 0) / actual;

    /// <summary>c with Σ w·g⁻¹(eta + c) = Σ w·y; not finite where there is none, such as a mean of 0 under the log link.</summary>
    /// <param name="eta">Scores with offset, shape (n).</param>
    internal double Shift(RowValues eta)
    {
        if (link == Link.Log)
            return VectorMath.Log(actual) - VectorMath.Log(Expected(eta, 0));
        var total = Sum(eta.Count, threads, row => vectors.Weight[row]);
        return link == Link.Identity ? (actual - Expected(eta, 0)) / total : ShiftByNewton(eta, link.Apply(actual / total));
    }

    /// <summary>Newton's method kept inside a bracket: what is expected rises with the constant.</summary>
    double ShiftByNewton(RowValues eta, double centre)
    {
        if (!double.IsFinite(centre))
            return centre;
        var (least, most) = RangeOf(eta);
        var (low, high) = (centre - most, centre - least);
        var shift = (low + high) / 2;
        for (var step = 0; step < MaximumSteps; step++)
        {
            var at = shift;
            var excess = Expected(eta, at) - actual;
            (low, high) = excess > 0 ? (low, at) : (at, high);
            var next = at - excess / Sum(eta.Count, threads, row => vectors.Weight[row] * link.InverseDerivative(eta[row] + at));
            shift = next >= low && next <= high ? next : (low + high) / 2;
            if (Math.Abs(shift - at) <= 1e-15 * Math.Max(1, Math.Abs(at)))
                break;
        }
        return shift;
    }

    static (double Least, double Most) RangeOf(RowValues eta)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var block = 0; block < RowBlocks.CountOf(eta.Count); block++)
        {
            var some = eta.Of(RowBlocks.At(block, eta.Count));
            (least, most) = (Math.Min(least, Reduce.Min(some)), Math.Max(most, Reduce.Max(some)));
        }
        return (least, most);
    }

    double Expected(RowValues eta, double shift) =>
        Sum(eta.Count, threads, row => vectors.Weight[row] * link.Inverse(eta[row] + shift));

    static double Sum(int count, int threads, Func<int, double> term) =>
        RowBlocks.Sum(
            count,
            threads,
            block =>
            {
                var sum = 0.0;
                for (var row = block.Start; row < block.End; row++)
                    sum += term(row);
                return sum;
            }
        );
}
