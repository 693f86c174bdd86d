using System.Runtime.Intrinsics;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The learn or the validation rows during a fit: bins, vectors and scores so far.</summary>
sealed class BoostedPart
{
    readonly BoostingLoss loss;
    readonly int threads;
    readonly double totalWeight;

    /// <summary>Mean deviance less twice the mean loss: the loss leaves out terms in the target alone.</summary>
    readonly double constant;

    /// <param name="start">Constant that all scores start at, offset apart.</param>
    internal BoostedPart(BinnedTable table, TrainingVectors vectors, double start, BoostingLoss loss, int threads)
    {
        (Table, Vectors, this.loss, this.threads) = (table, vectors, loss, threads);
        totalWeight = RowBlocks.Sum(table.RowCount, threads, block => Reduce.Sum(block.Of<double>(vectors.Weight)));
        Eta = [.. vectors.Offset];
        AddConstant(start);
        constant = MeanUnitDeviance() - MeanDeviance();
    }

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
    internal void AddTree(GrownTree tree, ReadOnlyMemory<int> rows, int sign) =>
        RowBlocks.For(
            rows.IsEmpty ? Eta.Length : rows.Length,
            threads,
            block =>
            {
                var some = rows.Span;
                for (var i = block.Start; i < block.End; i++)
                {
                    var row = some.IsEmpty ? i : some[i];
                    Eta[row] += sign * tree.ValueAt(row, Table.Columns);
                }
            }
        );

    /// <summary>Fills the gradients at the scores so far.</summary>
    /// <param name="pairs">Shape (n): gradient and hessian.</param>
    /// <returns>The mean deviance at the scores so far.</returns>
    internal double Derive(Vector128<double>[] pairs) =>
        Deviance(block =>
            loss.Derive(
                block.Of<double>(Vectors.Target),
                block.Of<double>(Vectors.Weight),
                block.Of<double>(Eta),
                pairs.AsSpan(block.Start, block.Count)
            )
        );

    /// <summary>The mean deviance at the scores so far.</summary>
    internal double MeanDeviance() =>
        Deviance(block => loss.Sum(block.Of<double>(Vectors.Target), block.Of<double>(Vectors.Weight), block.Of<double>(Eta)));

    double Deviance(Func<RowBlock, double> lossSum) => 2 * RowBlocks.Sum(Eta.Length, threads, lossSum) / totalWeight + constant;

    /// <summary>The mean deviance from its definition.</summary>
    double MeanUnitDeviance()
    {
        var sum = RowBlocks.Sum(
            Eta.Length,
            threads,
            block =>
            {
                var mu = new double[block.Count];
                loss.Link.Inverse(block.Of<double>(Eta), mu);
                return loss.Family.Deviance(block.Of<double>(Vectors.Target), mu, block.Of<double>(Vectors.Weight));
            }
        );
        return sum / totalWeight;
    }
}
