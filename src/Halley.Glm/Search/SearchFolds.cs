using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Models fitted without each fold, and measured on it.</summary>
sealed class SearchFolds
{
    readonly TrainingSet set;
    readonly GlmOptions options;
    readonly LearnRows rows;
    readonly Folds folds;
    readonly int[] held;
    readonly double[] sizes;

    internal SearchFolds(TrainingSet set, GlmOptions options, FoldPlan plan)
    {
        (this.set, this.options) = (set, options);
        rows = LearnRows.Of(set, options);
        folds = FoldAssigner.Assign(set, rows, plan);
        held = [.. folds.HeldOut];
        sizes =
        [
            .. held.Select(fold =>
                Enumerable.Range(0, folds.Of.Length).Where(row => folds.Of[row] == fold).Sum(row => rows.Size[row])
            ),
        ];
    }

    internal int Count => held.Length;

    /// <summary>Deviance by unit of exposure over all folds.</summary>
    internal double Mean(double[] deviances) => deviances.Sum() / sizes.Sum();

    /// <summary>The move with what it changes on held-out rows.</summary>
    internal TermMove Judge(TermMove move, double[] before, double[] after)
    {
        var (total, mean, square) = (sizes.Sum(), (after.Sum() - before.Sum()) / sizes.Sum(), 0.0);
        for (var k = 0; k < sizes.Length; k++)
            square += sizes[k] / total * Math.Pow((after[k] - before[k]) / sizes[k] - mean, 2);
        return move with { HeldOutChange = mean, HeldOutError = Math.Sqrt(square / (sizes.Length - 1)) };
    }

    /// <summary>Deviance of each fold's rows under each model.</summary>
    /// <param name="family">With its own parameter, where that is estimated.</param>
    /// <returns>Shape (models)(folds).</returns>
    internal double[][] Measure(IReadOnlyList<Term[]> models, Family family, Action tell, CancellationToken cancellation)
    {
        var deviances = models.Select(_ => new double[held.Length]).ToArray();
        for (var k = 0; k < held.Length; k++)
        {
            var all = Enumerable.Range(0, folds.Of.Length).ToArray();
            var learn = set with { Learn = rows.Table.Take(Array.FindAll(all, row => folds.Learns(held[k], row))) };
            var left = rows.Table.Take(Array.FindAll(all, row => folds.Of[row] == held[k]));
            var constant = Fit(learn, [], family, cancellation);
            for (var m = 0; m < models.Count; m++)
            {
                var fit = models[m].Length == 0 ? constant : Fit(learn, models[m], family, cancellation);
                deviances[m][k] = HeldOutRows.Deviances(fit, constant, set, left).Sum();
                tell();
            }
        }
        return deviances;
    }

    GlmFit Fit(TrainingSet learn, Term[] terms, Family family, CancellationToken cancellation) =>
        new GlmTrainer(options with { Family = family, Terms = terms, Controls = ControlsOf(options, terms) }).Fit(
            learn,
            null,
            cancellation
        );

    /// <summary>Controls that the terms read.</summary>
    internal static Dictionary<string, string> ControlsOf(GlmOptions options, Term[] terms)
    {
        var read = terms
            .SelectMany(term => term.Parts)
            .OfType<ColumnTerm>()
            .Select(part => part.Column)
            .ToHashSet(StringComparer.Ordinal);
        return new(options.Controls.Where(control => read.Contains(control.Key)), StringComparer.Ordinal);
    }
}
