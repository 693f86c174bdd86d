using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Estimates without first-order bias: the score is adjusted before it is set to zero.</summary>
/// <remarks>
/// Row i's part of the score becomes u + ½·lev·d₂/d₁ (times x), with its leverage and d₁, d₂ the derivatives of μ in η; steps use the expected
/// information. For the logit it is Jeffreys' prior, whose maximum is finite also for separated data. Sources: Firth (1993),
/// Biometrika 80, 27–38; Kosmidis and Firth (2009), Biometrika 96, 793–804, eq. 3.
/// </remarks>
sealed class BiasReduction
{
    const int MaxHalvings = 20;

    readonly GlmProblem problem;
    readonly PreparedDesign prepared;
    readonly GlmPass pass;
    readonly CancellationToken cancellation;

    BiasReduction(FitTask task, CancellationToken cancellation)
    {
        (problem, prepared, this.cancellation) = (task.Problem, task.Prepared, cancellation);
        pass = new(problem, prepared.Design);
    }

    internal static SearchResult Search(
        FitTask task,
        double[] start,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var reduction = new BiasReduction(task, cancellation);
        var at = reduction.Evaluate(start);
        for (var iteration = 1; iteration <= task.Options.MaxIterations; iteration++)
        {
            progress?.Report(new("fitting", 0, $"step {iteration}, without bias"));
            var length = at.Length;
            if (reduction.Advance(at) is not { } next)
                return new(at.Point, iteration, length < 1e-5, length);
            at = next;
            if (length <= task.Options.Tolerance)
                return new(at.Point, iteration, true, length);
        }
        return new(at.Point, task.Options.MaxIterations, false, at.Length);
    }

    /// <summary>A full step, or half of one and so on until the adjusted score is shorter; null where it never is.</summary>
    Stand? Advance(Stand at)
    {
        var part = 1.0;
        for (var halving = 0; halving < MaxHalvings; halving++, part /= 2)
        {
            var beta = (double[])at.Point.Beta.Clone();
            for (var i = 0; i < at.Step.Length; i++)
                beta[prepared.Active[i]] += part * at.Step[i];
            var next = Evaluate(beta);
            // Far out the information shrinks, and a step's length with it; the first steps are free of the test.
            if (next.Point.IsAllowed && (next.Length < at.Length || at.Length > 1))
                return next;
        }
        return null;
    }

    Stand Evaluate(double[] beta)
    {
        var p = prepared.Active.Length;
        var point = pass.Evaluate(beta, Curvature.Expected, cancellation);
        var factor = PivotedCholesky.Factor(pass.Layout.Assemble(point.Products, prepared.Active), p, 1e-13);
        var adjustment = Adjustment(beta, factor.Inverse());
        double[] score = [.. prepared.Active.Select(full => point.Score[full] + adjustment[full])];
        var step = factor.Solve(score);
        return new(point, step, Math.Sqrt(Math.Max(Reduce.Dot(step, score), 0)));
    }

    /// <summary>Σ ½·lev·(d₂/d₁)·x, shape (full columns).</summary>
    double[] Adjustment(double[] beta, double[] inverse)
    {
        var gathered = prepared.Design.Gathered;
        var (spread, sums) = (gathered.Spread(beta), new double[gathered.ColumnCount]);
        problem.ForEach(prepared.Design, (part, design) => Add(part, design, spread, inverse, sums), cancellation);
        return gathered.Reduce(sums, []).Score;
    }

    void Add(GlmProblem part, GlmDesign design, double[] spread, double[] inverse, double[] sums)
    {
        var (n, rows) = (part.RowCount, RowModel.Of(part.Family, part.Link));
        var (eta, h) = (new double[n], new double[n]);
        RowBlocks.For(
            n,
            part.Threads,
            block =>
            {
                design.Predict(spread, part.Offset, block.Start, block.Of(eta));
                var (used, mu, u) = (block.Of(eta).ToArray(), new double[block.Count], new double[block.Count]);
                rows.Fill(block.Of(part.Target), block.Of(part.Weight), used, mu, u, block.Of(h), Curvature.Expected);
            },
            cancellation
        );
        var p = prepared.Active.Length;
        var leverage = RowQuantities.Leverages(
            part,
            prepared with
            {
                Design = design,
            },
            (i, j) => inverse[i * p + j],
            h,
            cancellation
        );
        RowBlocks.Accumulate(
            n,
            part.Threads,
            sums,
            (block, partial) =>
            {
                var adjustment = block.Of(leverage);
                for (var i = 0; i < adjustment.Length; i++)
                {
                    var at = eta[block.Start + i];
                    adjustment[i] *= 0.5 * part.Link.InverseSecondDerivative(at) / part.Link.InverseDerivative(at);
                }
                foreach (var own in design.Gathered.Blocks)
                    own.AddProducts(adjustment, block.Start, partial);
            },
            cancellation
        );
    }

    /// <summary>Where the search stands, its next step, and that step's length in standard errors.</summary>
    sealed record Stand(GlmPoint Point, double[] Step, double Length);
}
