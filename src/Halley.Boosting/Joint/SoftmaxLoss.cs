using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Log loss of one class among several, each with a score of its own: p = e^s / Σ e^s.</summary>
/// <remarks>
/// ∂ℓ/∂s = p − [y is the class], ∂²ℓ/∂s² = p·(1 − p). Scores are steered one by one though they move together, so hessians are
/// multiplied by K/(K − 1): Friedman (2001), Annals of Statistics 29(5), 1189–1232, algorithm 6. LightGBM has the same factor; XGBoost
/// has 2 for any K.
/// </remarks>
sealed class SoftmaxLoss(int classes) : JointLoss
{
    const int MostSteps = 200;

    internal override int OutputCount => classes;

    internal override bool TakesOffset(int output) => false;

    internal override ScoreTransform Transform => ScoreTransform.LargestOutput;

    /// <summary>ln of each class's share of the weight.</summary>
    internal override double[] Starts(RowVectors learn, double start, int threads)
    {
        var shares = new double[classes];
        for (var row = 0; row < learn.Target.Count; row++)
            shares[(int)learn.Target[row]] += learn.Weight[row];
        if (Array.FindIndex(shares, share => share == 0) is var empty and >= 0)
            BoostingErrors.ThrowEmptyClass(empty, classes);
        var total = shares.Sum();
        return Array.ConvertAll(shares, share => VectorMath.Log(share / total));
    }

    internal override BoostingLoss Of(int output, JointRows rows)
    {
        if (rows.Notes.Length == 0)
            rows.Notes = [.. Enumerable.Range(0, classes).Select(_ => new double[rows.Count])];
        return new ClassLoss(output, classes, rows);
    }

    /// <summary>Notes for each class ln Σ e^s over the others: against it a class's score is that of a yes or no.</summary>
    internal override void BeginRound(JointRows rows, int threads) =>
        RowBlocks.For(
            rows.Count,
            threads,
            block =>
            {
                Span<double> sums = new double[classes];
                for (var row = block.Start; row < block.End; row++)
                {
                    for (var output = 0; output < classes; output++)
                        sums[output] = rows.Scores[output][row];
                    for (var output = 0; output < classes; output++)
                        rows.Notes[output][row] = ScoreOutput.LogSumOfOthers(sums, output);
                }
            }
        );

    internal override double MeanDeviance(JointRows rows, double[][] scores, int threads)
    {
        var sum = RowBlocks.Sum(
            rows.Count,
            threads,
            block =>
            {
                var (loss, sums) = (0.0, new double[classes]);
                for (var row = block.Start; row < block.End; row++)
                {
                    for (var output = 0; output < classes; output++)
                        sums[output] = scores[output][row];
                    loss += rows.Vectors.Weight[row] * (ClassShares.LogSum(sums) - sums[(int)rows.Vectors.Target[row]]);
                }
                return loss;
            }
        );
        return 2 * sum / rows.Vectors.Weight.Sum();
    }

    /// <summary>Constants by which each class's shares add up to its weight, from repeated proportional steps.</summary>
    /// <remarks>
    /// The likelihood of K constants is concave, and each step, ln of actual over expected, raises it: Darroch and Ratcliff (1972), Ann.
    /// Math. Statist. 43(5), 1470–1480.
    /// </remarks>
    internal override double[] Shifts(Balance balance, JointRows rows, double[][] scores, int threads)
    {
        var (shifts, actual) = (new double[classes], ActualOf(rows));
        for (var step = 0; step < MostSteps; step++)
        {
            var expected = ExpectedOf(rows, scores, shifts, threads);
            var largest = 0.0;
            for (var output = 0; output < classes; output++)
            {
                var by = VectorMath.Log(actual[output] / expected[output]);
                (shifts[output], largest) = (shifts[output] + by, Math.Max(largest, Math.Abs(by)));
            }
            if (!(largest > 1e-12))
                break;
        }
        return shifts;
    }

    internal override double BalanceOf(Balance balance, JointRows rows, double[][] scores, int threads)
    {
        var (actual, expected) = (ActualOf(rows), ExpectedOf(rows, scores, new double[classes], threads));
        return actual.Select((share, output) => expected[output] / share).MaxBy(ratio => Math.Abs(ratio - 1));
    }

    double[] ActualOf(JointRows rows)
    {
        var actual = new double[classes];
        for (var row = 0; row < rows.Count; row++)
            actual[(int)rows.Vectors.Target[row]] += rows.Vectors.Weight[row];
        return actual;
    }

    double[] ExpectedOf(JointRows rows, double[][] scores, double[] shifts, int threads)
    {
        var expected = new double[classes];
        RowBlocks.Accumulate(
            rows.Count,
            threads,
            expected,
            (block, partial) =>
            {
                var shares = new double[classes];
                for (var row = block.Start; row < block.End; row++)
                {
                    for (var output = 0; output < classes; output++)
                        shares[output] = scores[output][row] + shifts[output];
                    ClassShares.Fill(shares);
                    for (var output = 0; output < classes; output++)
                        partial[output] += rows.Vectors.Weight[row] * shares[output];
                }
            }
        );
        return expected;
    }
}
