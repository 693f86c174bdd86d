using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The path fitted again without each fold, and measured on it.</summary>
/// <remarks>
/// The mean over folds is weighted by their exposure, and its standard error is that of glmnet: √(Σ v·(mᵢ − m)²/(k − 1)), v the folds' shares.
/// </remarks>
sealed class CrossValidation(LearnRows rows, GlmDesign design, GlmOptions options, double[] strengths)
{
    internal PathModels AddTo(
        PathModels path,
        Folds folds,
        double[] start,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        int[] held = [.. folds.HeldOut];
        var (means, sizes) = (new double[held.Length][], new double[held.Length]);
        for (var k = 0; k < held.Length; k++)
        {
            (means[k], sizes[k]) = Measure(folds, held[k], start, cancellation);
            progress?.Report(new("holding out folds", (k + 1.0) / held.Length, $"fold {k + 1} of {held.Length}"));
        }
        var points = new PenaltyPathPoint[strengths.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var (mean, error) = Combine(means, sizes, i);
            points[i] = path.Points[i] with { HeldOut = mean, HeldOutError = error };
        }
        return path with { Points = points };
    }

    static (double Mean, double Error) Combine(double[][] means, double[] sizes, int i)
    {
        var total = sizes.Sum();
        var (mean, square) = (0.0, 0.0);
        for (var k = 0; k < means.Length; k++)
            mean += sizes[k] / total * means[k][i];
        for (var k = 0; k < means.Length; k++)
            square += sizes[k] / total * (means[k][i] - mean) * (means[k][i] - mean);
        return (mean, means.Length > 1 ? Math.Sqrt(square / (means.Length - 1)) : 0);
    }

    /// <summary>Mean deviance of a fold's rows at each strength, and the fold's exposure.</summary>
    (double[] Means, double Size) Measure(Folds folds, int fold, double[] start, CancellationToken cancellation)
    {
        var learn = Weighted(folds, own => folds.Teaches(own, fold));
        var held = Weighted(folds, own => own == fold);
        var size = 0.0;
        rows.Problem.ForEach(part =>
        {
            var of = folds.On(part);
            for (var row = 0; row < of.Length; row++)
                size += of[row] == fold ? part.Size[row] : 0;
        });
        var layout = PenalisedFitter.LayoutFor(design, options.Penalty!, learn, cancellation);
        var search = StrengthSearch.Of(learn, design, layout, options, start, cancellation, isPath: true);
        var betas = new double[strengths.Length][];
        for (var i = 0; i < strengths.Length; i++)
        {
            search.GoTo(strengths[i]);
            betas[i] = design.ToFull(search.Beta);
        }
        var deviances = new GlmPass(held, design).Deviances(betas, cancellation);
        return (Array.ConvertAll(deviances, deviance => deviance / size), size);
    }

    /// <summary>The problem with the rows of some folds; the others weigh nothing.</summary>
    GlmProblem Weighted(Folds folds, Func<int, bool> takes)
    {
        var problem = rows.Problem;
        return problem.Chunks is null ? problem with { Weight = Weights(problem) } : problem with { Reweigh = Weights };

        double[] Weights(GlmProblem part)
        {
            var (of, weight) = (folds.On(part), new double[part.RowCount]);
            RowBlocks.For(
                weight.Length,
                part.Threads,
                block =>
                {
                    for (var row = block.Start; row < block.End; row++)
                        weight[row] = takes(of[row]) ? part.Weight[row] : 0;
                }
            );
            return weight;
        }
    }
}
