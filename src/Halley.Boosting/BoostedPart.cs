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
    internal BoostedPart(BinnedTable table, RowVectors vectors, double start, BoostingLoss loss, int threads)
    {
        (Table, Vectors, this.loss, this.threads) = (table, vectors, loss, threads);
        totalWeight = RowBlocks.Sum(table.RowCount, threads, block => Reduce.Sum(vectors.Weight.Of(block)));
        Eta = vectors.Offset.ToArray();
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

    /// <summary>Gradient of each row at the latest derivation, shape (n); null where it is not kept.</summary>
    internal double[]? Gradient { get; private set; }

    /// <summary>Hessian of each row, likewise.</summary>
    internal double[]? Hessian { get; private set; }

    /// <summary>What each row counts for in the present tree, shape (n); null where all count for themselves.</summary>
    internal double[]? Factors { get; private set; }

    /// <summary>Largest |gradient| and hessian at the latest derivation, which set the next one's units.</summary>
    internal (double Gradient, double Hessian) Largest
    {
        get => largest;
        set => largest = value;
    }

    /// <summary>Mean deviance less twice the mean loss, which leaves out terms in the target alone.</summary>
    internal double Constant
    {
        get => constant;
        set => constant = value;
    }

    /// <summary>Values of numbers by feature, shape (features)(n), null for categories; null where trees need bins alone.</summary>
    internal double[]?[]? Numbers { get; init; }

    internal BinnedTable Table { get; }

    /// <summary>The rows' bins in each order in which trees are grown; empty where trees are grown on <see cref="Table"/>.</summary>
    internal BinnedTable[] Orders { get; init; } = [];

    internal RowVectors Vectors { get; }

    /// <summary>Scores so far, offset included, shape (n).</summary>
    internal double[] Eta { get; }

    /// <summary>Keeps the derivatives of rows from now on.</summary>
    internal void KeepDerivatives() => (Gradient, Hessian) = (new double[Eta.Length], new double[Eta.Length]);

    /// <summary>Stores the kept derivatives anew, each times what its row counts for.</summary>
    /// <param name="factors">Shape (n); null for all once.</param>
    /// <param name="seed">Of the rounding.</param>
    internal void Weigh(Gradients gradients, ulong seed, double[]? factors)
    {
        Factors = factors;
        var limit = (Gradient: 0.0, Hessian: 0.0);
        foreach (var block in RowBlocks.Map(Eta.Length, threads, block => Weighed(block, factors, null, seed)))
            limit = (Math.Max(limit.Gradient, block.Gradient), Math.Max(limit.Hessian, block.Hessian));
        gradients.SetLimit(limit.Gradient, limit.Hessian);
        RowBlocks.Map(Eta.Length, threads, block => Weighed(block, factors, gradients, seed));
    }

    /// <param name="gradients">Where to store them; null to look for the largest alone.</param>
    (double Gradient, double Hessian) Weighed(RowBlock block, double[]? factors, Gradients? gradients, ulong seed)
    {
        Span<double> gradient = stackalloc double[ChunkRows];
        Span<double> hessian = stackalloc double[ChunkRows];
        var (largestGradient, largestHessian) = (0.0, 0.0);
        for (var start = block.Start; start < block.End; start += ChunkRows)
        {
            var count = Math.Min(ChunkRows, block.End - start);
            for (var i = 0; i < count; i++)
            {
                var factor = factors is null ? 1 : factors[start + i];
                (gradient[i], hessian[i]) = (factor * Gradient![start + i], factor * Hessian![start + i]);
            }
            largestGradient = Math.Max(largestGradient, Reduce.MaxAbs(gradient[..count]));
            largestHessian = Math.Max(largestHessian, Reduce.MaxAbs(hessian[..count]));
            gradients?.Store(start, gradient[..count], hessian[..count], seed);
        }
        return (largestGradient, largestHessian);
    }

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

    /// <summary>Adds a tree's values, times a factor, to the scores of some rows.</summary>
    /// <param name="rows">Empty for all.</param>
    internal void AddTree(GrownTree tree, ReadOnlyMemory<int> rows, double factor) => AddTree(tree, rows, factor, Eta);

    /// <param name="sums">What to add them to, shape (n).</param>
    internal void AddTree(GrownTree tree, ReadOnlyMemory<int> rows, double factor, double[] sums)
    {
        var walk = new BinnedTree(tree, Orders.Length > tree.Order ? Orders[tree.Order] : Table, Numbers);
        RowBlocks.For(
            rows.IsEmpty ? sums.Length : rows.Length,
            threads,
            block =>
            {
                var some = rows.Span;
                for (var i = block.Start; i < block.End; i++)
                {
                    var row = some.IsEmpty ? i : some[i];
                    sums[row] += factor * walk.ValueAt(row);
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
        Factors = null;
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
    internal double MeanDeviance() => MeanDeviance(Eta);

    /// <summary>The mean deviance at other scores.</summary>
    /// <param name="eta">Shape (n).</param>
    internal double MeanDeviance(double[] eta) =>
        Deviance(block => loss.Sum(Vectors.Target.Of(block), Vectors.Weight.Of(block), block.Of<double>(eta)));

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
            sum += loss.Derive(Vectors.Target.Of(start, count), Vectors.Weight.Of(start, count), Eta.AsSpan(start, count), g, h);
            largestGradient = Math.Max(largestGradient, Reduce.MaxAbs(g));
            largestHessian = Math.Max(largestHessian, Reduce.MaxAbs(h));
            gradients.Store(start, g, h, seed);
            if (Gradient is not null)
            {
                g.CopyTo(Gradient.AsSpan(start));
                h.CopyTo(Hessian.AsSpan(start));
            }
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
            block => loss.Deviance(Vectors.Target.Of(block), Vectors.Weight.Of(block), block.Of<double>(Eta))
        );
        return sum / totalWeight;
    }
}
