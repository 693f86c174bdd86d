using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The learn or the validation rows during a fit: bins, vectors and scores so far.</summary>
sealed class BoostedPart
{
    BoostingLoss loss;
    readonly int threads;
    readonly double totalWeight;

    /// <summary>Rows whose derivatives are held at a time.</summary>
    const int ChunkRows = 1024;

    /// <summary>By how much a round's gradients may exceed those of the round before without a second pass.</summary>
    const double Margin = 1.25;

    (double Gradient, double Hessian) largest;

    /// <summary>Mean deviance less twice the mean loss: the loss leaves out terms in the target alone.</summary>
    double constant;

    /// <param name="start">Constant that all scores start at, offset apart.</param>
    internal BoostedPart(BinnedTable table, TrainingVectors vectors, double start, BoostingLoss loss, int threads)
    {
        (Table, Vectors, this.loss, this.threads) = (table, vectors, loss, threads);
        totalWeight = RowBlocks.Sum(table.RowCount, threads, block => Reduce.Sum(block.Of<double>(vectors.Weight)));
        Eta = [.. vectors.Offset];
        AddConstant(start);
        UseLoss(loss);
    }

    /// <summary>Goes on with the same loss, its parameter estimated anew.</summary>
    internal void UseLoss(BoostingLoss same)
    {
        (loss, constant) = (same, 0);
        constant = MeanFullDeviance() - MeanDeviance();
    }

    internal BoostingLoss Loss => loss;

    internal BinnedTable Table { get; }

    internal TrainingVectors Vectors { get; }

    /// <summary>Scores so far, offset included, shape (n).</summary>
    internal double[] Eta { get; }

    internal void AddConstant(double value) =>
        RowBlocks.For(
            Eta.Length,
            threads,
            block =>
            {
                foreach (ref var eta in block.Of(Eta))
                    eta += value;
            }
        );

    /// <summary>Adds a tree's values, times <paramref name="sign"/>, to the scores of some rows.</summary>
    /// <param name="rows">Empty for all.</param>
    internal void AddTree(GrownTree tree, ReadOnlyMemory<int> rows, int sign)
    {
        var walk = new BinnedTree(tree, Table);
        RowBlocks.For(
            rows.IsEmpty ? Eta.Length : rows.Length,
            threads,
            block =>
            {
                var some = rows.Span;
                for (var i = block.Start; i < block.End; i++)
                {
                    var row = some.IsEmpty ? i : some[i];
                    Eta[row] += sign * walk.ValueAt(row);
                }
            }
        );
    }

    /// <summary>Fills the gradients at the scores so far.</summary>
    /// <param name="seed">Of the round's rounding.</param>
    /// <returns>The mean deviance at the scores so far.</returns>
    internal double Derive(Gradients gradients, ulong seed)
    {
        // Units are set by the round before, whose gradients were hardly smaller; where they are too small the pass is repeated.
        gradients.SetLimit(Margin * largest.Gradient, Margin * largest.Hessian);
        for (var attempt = 0; ; attempt++)
        {
            var sum = 0.0;
            largest = default;
            foreach (var block in RowBlocks.Map(Eta.Length, threads, block => Derive(block, gradients, seed)))
            {
                sum += block.Loss;
                largest = (Math.Max(largest.Gradient, block.Gradient), Math.Max(largest.Hessian, block.Hessian));
            }
            if (largest.Gradient <= gradients.Limit.Gradient && largest.Hessian <= gradients.Limit.Hessian)
                return 2 * sum / totalWeight + constant;
            if (attempt > 0)
                BoostingErrors.ThrowDiverged();
            gradients.SetLimit(largest.Gradient, largest.Hessian);
        }
    }

    /// <summary>The mean deviance at the scores so far.</summary>
    internal double MeanDeviance() =>
        Deviance(block => loss.Sum(block.Of<double>(Vectors.Target), block.Of<double>(Vectors.Weight), block.Of<double>(Eta)));

    (double Loss, double Gradient, double Hessian) Derive(RowBlock block, Gradients gradients, ulong seed)
    {
        Span<double> gradient = stackalloc double[ChunkRows];
        Span<double> hessian = stackalloc double[ChunkRows];
        var (sum, largestGradient, largestHessian) = (0.0, 0.0, 0.0);
        for (var start = block.Start; start < block.End; start += ChunkRows)
        {
            var count = Math.Min(ChunkRows, block.End - start);
            var g = gradient[..count];
            var h = hessian[..count];
            sum += loss.Derive(
                Vectors.Target.AsSpan(start, count),
                Vectors.Weight.AsSpan(start, count),
                Eta.AsSpan(start, count),
                g,
                h
            );
            largestGradient = Math.Max(largestGradient, Reduce.MaxAbs(g));
            largestHessian = Math.Max(largestHessian, Reduce.MaxAbs(h));
            gradients.Store(start, g, h, seed);
        }
        return (sum, largestGradient, largestHessian);
    }

    double Deviance(Func<RowBlock, double> lossSum) => 2 * RowBlocks.Sum(Eta.Length, threads, lossSum) / totalWeight + constant;

    /// <summary>The mean deviance with all its terms.</summary>
    double MeanFullDeviance()
    {
        var sum = RowBlocks.Sum(
            Eta.Length,
            threads,
            block => loss.Deviance(block.Of<double>(Vectors.Target), block.Of<double>(Vectors.Weight), block.Of<double>(Eta))
        );
        return sum / totalWeight;
    }
}
