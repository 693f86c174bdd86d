using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Which coefficients a search moves, along which directions, and what penalty holds them.</summary>
/// <param name="Active">Full columns whose coefficients move.</param>
/// <param name="Penalty">S of the penalty β′Sβ over the active columns, row by row, shape (active × active); null for none.</param>
/// <param name="Directions">Directions that the active coefficients may take, one a row, shape (m)(active); null for all.</param>
sealed record SearchSpace(int[] Active, double[]? Penalty = null, double[][]? Directions = null)
{
    /// <summary>The factor that is solved for first; null for none. It goes with neither penalty nor directions.</summary>
    internal LevelElimination? Elimination { get; init; }

    /// <summary>Beside a factor that is solved for first: forms of the active coefficients that keep their values. Shape (m)(active).</summary>
    internal double[][] Held { get; init; } = [];

    /// <summary>β′Sβ.</summary>
    /// <param name="beta">Shape (full columns).</param>
    internal double PenaltyAt(double[] beta)
    {
        if (Penalty is null)
            return 0;
        var (own, sum) = (Own(beta), 0.0);
        for (var i = 0; i < own.Length; i++)
            sum += own[i] * Reduce.Dot(Penalty.AsSpan(i * own.Length, own.Length), own);
        return sum;
    }

    /// <summary>Score along what may move, and Newton's step from it.</summary>
    /// <param name="tolerance">Smallest pivot of the scaled curvature; below it a coefficient stays where it is.</param>
    internal (double[] Score, double[] Step) StepFrom(GlmPoint point, ProductLayout layout, double tolerance)
    {
        if (Elimination is not null)
        {
            var own = Own(point.Score);
            var factor = new BorderedMatrix(layout, point.Products, Active, Elimination).Factor(tolerance);
            var step = factor.Solve(own);
            if (Held.Length > 0)
                HeldForms.Keep(Held, [.. Held.Select(form => factor.Solve(form))], step);
            return (own, step);
        }
        var (score, matrix) = Gather(point, layout);
        return (score, PivotedCholesky.Factor(matrix, score.Length, tolerance).Solve(score));
    }

    /// <summary>Score of half the objective over the active columns.</summary>
    internal double[] ScoreAt(GlmPoint point)
    {
        var score = Own(point.Score);
        var own = Penalty is null ? [] : Own(point.Beta);
        for (var i = 0; i < own.Length; i++)
            score[i] -= Reduce.Dot(Penalty.AsSpan(i * own.Length, own.Length), own);
        return score;
    }

    /// <summary>Score and curvature of half the objective along what may move.</summary>
    internal (double[] Score, double[] Matrix) Gather(GlmPoint point, ProductLayout layout)
    {
        var score = ScoreAt(point);
        var matrix = layout.Assemble(point.Products, Active);
        if (Penalty is not null)
            Reduce.AddScaled(1, Penalty, matrix);
        return Directions is null ? (score, matrix) : Along(score, matrix);
    }

    /// <summary>A step along the directions as one of the active coefficients.</summary>
    internal double[] Spread(double[] step)
    {
        if (Directions is null)
            return step;
        var spread = new double[Active.Length];
        for (var d = 0; d < step.Length; d++)
            Reduce.AddScaled(step[d], Directions[d], spread);
        return spread;
    }

    double[] Own(ReadOnlySpan<double> full)
    {
        var own = new double[Active.Length];
        for (var i = 0; i < own.Length; i++)
            own[i] = full[Active[i]];
        return own;
    }

    (double[] Score, double[] Matrix) Along(double[] score, double[] matrix)
    {
        var (p, m) = (Active.Length, Directions!.Length);
        var (along, square) = (new double[m], new double[m * m]);
        var image = new double[p];
        for (var d = 0; d < m; d++)
        {
            along[d] = Reduce.Dot(Directions[d], score);
            for (var i = 0; i < p; i++)
                image[i] = Reduce.Dot(matrix.AsSpan(i * p, p), Directions[d]);
            for (var e = 0; e <= d; e++)
                square[d * m + e] = square[e * m + d] = Reduce.Dot(Directions[e], image);
        }
        return (along, square);
    }
}
