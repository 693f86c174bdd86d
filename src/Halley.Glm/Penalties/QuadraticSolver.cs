using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Minimises a quadratic plus absolute values, norms of groups and bounds: the problem inside each step of a penalised fit.</summary>
/// <remarks>
/// min ½θ′Gθ − c′θ + Σ l1ⱼ|θⱼ| + Σ γ_g‖θ_g‖, lower ≤ θ ≤ upper. Sweeps over single coordinates find which of them are zero or at
/// a bound (Friedman, Hastie and Tibshirani 2010, J. Statist. Softw. 33(1)); then the equations of the rest are solved exactly, up to the first
/// coordinate that would change its sign or leave its bounds, and so on: an active-set method. It ends at the optimum to rounding, not near it.
/// </remarks>
sealed class QuadraticSolver
{
    const int MaxRounds = 200;

    /// <summary>Smallest pivot of the scaled equations; below it a coordinate stays where it is.</summary>
    const double PivotTolerance = 1e-13;

    readonly double[] gram;
    readonly int p;
    readonly QuadraticPenalty penalty;
    readonly GroupBlock[] groups;
    double[] theta = [];
    double[] slope = [];
    double slopeScale;

    /// <param name="gram">G, row by row, shape (p × p).</param>
    internal QuadraticSolver(double[] gram, QuadraticPenalty penalty)
    {
        (this.gram, p, this.penalty) = (gram, penalty.Count, penalty);
        groups = [.. penalty.Groups.Select(members => new GroupBlock(gram, p, members))];
    }

    /// <summary>Moves <paramref name="start"/> to the optimum.</summary>
    /// <param name="start">θ, feasible; shape (p).</param>
    /// <param name="startSlope">Gθ − c at the start, kept up to date; shape (p).</param>
    internal void Solve(double[] start, double[] startSlope)
    {
        (theta, slope) = (start, startSlope);
        slopeScale = Reduce.MaxAbs(slope);
        for (var round = 0; round < MaxRounds; round++)
        {
            var moved = Sweeps(round);
            moved |= MoveFree();
            if (!moved || !IsViolated())
                return;
        }
    }

    /// <summary>Sweeps until one leaves every coordinate on its side of zero and of its bounds.</summary>
    bool Sweeps(int round)
    {
        if (round == 0 && penalty.IsSmooth)
            return false;
        var moved = false;
        var limit = Math.Min(10 + 10 * round, 100);
        for (var sweep = 0; sweep < limit; sweep++)
        {
            var (any, changed) = Sweep();
            moved |= any;
            if (!changed)
                break;
        }
        return moved;
    }

    /// <summary>One sweep. Says whether anything moved, and whether a coordinate came to or left zero or a bound.</summary>
    (bool Moved, bool Changed) Sweep()
    {
        var (moved, changed) = (false, false);
        for (var j = 0; j < p; j++)
        {
            if (penalty.GroupOf[j] >= 0)
                continue;
            var curvature = gram[j * p + j];
            if (!(curvature > 0))
                continue;
            var target = penalty.Minimise(j, curvature, curvature * theta[j] - slope[j]);
            if (target == theta[j])
                continue;
            changed |= penalty.SideOf(j, target) != penalty.SideOf(j, theta[j]);
            Shift(j, target - theta[j]);
            theta[j] = target;
            moved = true;
        }
        for (var g = 0; g < groups.Length; g++)
        {
            var wasZero = groups[g].IsZero(theta);
            var step = groups[g].Step(theta, slope, penalty.GroupWeights[g]);
            if (step is null)
                continue;
            for (var i = 0; i < step.Length; i++)
            {
                Shift(groups[g].Members[i], step[i]);
                theta[groups[g].Members[i]] += step[i];
            }
            if (groups[g].IsVanished(theta))
                groups[g].SetZero(theta);
            moved = true;
            changed |= wasZero != groups[g].IsZero(theta);
        }
        return (moved, changed);
    }

    void Shift(int j, double change) => Reduce.AddScaled(change, gram.AsSpan(j * p, p), slope);

    /// <summary>Solves for the coordinates that are free, again after each that comes to zero or a bound.</summary>
    bool MoveFree()
    {
        var moved = false;
        for (var step = 0; step < 2 * p + 20; step++)
        {
            int[] free = [.. Enumerable.Range(0, p).Where(IsFree)];
            if (free.Length == 0)
                return moved;
            var gradient = Array.ConvertAll(free, j => slope[j] + penalty.SlopeAt(j, theta));
            var worst = 0.0;
            for (var i = 0; i < free.Length; i++)
                worst = Math.Max(worst, Math.Abs(gradient[i]) / Tolerance(free[i]));
            if (worst <= 1)
                return moved;
            var (length, hit) = Move(free, Direction(free, gradient));
            if (length == 0 && !hit)
                return moved;
            moved = true;
            // Without groups one undisturbed step is exact; a second one takes off what rounding left.
            if (!hit && !penalty.HasGroups && step > 0)
                return moved;
        }
        return moved;
    }

    bool IsFree(int j) =>
        gram[j * p + j] > 0
        && theta[j] > penalty.Lower[j]
        && theta[j] < penalty.Upper[j]
        && (penalty.GroupOf[j] >= 0 ? !groups[penalty.GroupOf[j]].IsZero(theta) : penalty.L1[j] == 0 || theta[j] != 0);

    double[] Direction(int[] free, double[] gradient)
    {
        var n = free.Length;
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var row = gram.AsSpan(free[i] * p, p);
            for (var k = 0; k < n; k++)
                matrix[i * n + k] = row[free[k]];
        }
        if (penalty.HasGroups)
            penalty.AddCurvature(free, theta, matrix);
        for (var i = 0; i < n; i++)
            gradient[i] = -gradient[i];
        return PivotedCholesky.Factor(matrix, n, PivotTolerance).Solve(gradient);
    }

    /// <summary>Goes along a direction as far as signs, bounds and the objective let it.</summary>
    (double Length, bool Hit) Move(int[] free, double[] direction)
    {
        var (length, stopped) = (1.0, -1);
        for (var i = 0; i < free.Length; i++)
        {
            var room = penalty.RoomAlong(free[i], theta[free[i]], direction[i]);
            if (room < length)
                (length, stopped) = (room, i);
        }
        var change = new double[p];
        for (var i = 0; i < free.Length; i++)
            Reduce.AddScaled(direction[i], gram.AsSpan(free[i] * p, p), change);
        var shortened = false;
        if (penalty.HasGroups)
        {
            var part = penalty.LengthThatLowers(free, direction, theta, slope, change, length);
            shortened = part < length;
            length = part;
        }
        var before = stopped < 0 ? 0 : theta[free[stopped]];
        for (var i = 0; i < free.Length; i++)
            theta[free[i]] += length * direction[i];
        if (stopped >= 0 && !shortened)
            theta[free[stopped]] = penalty.StopOf(free[stopped], direction[stopped], before);
        Reduce.AddScaled(length, change, slope);
        return (length, stopped >= 0 && !shortened);
    }

    double Tolerance(int j) => 1e-12 * penalty.L1[j] + 1e-14 * slopeScale + 1e-300;

    bool IsViolated()
    {
        for (var j = 0; j < p; j++)
        {
            if (penalty.GroupOf[j] < 0 && gram[j * p + j] > 0 && penalty.Violation(j, theta[j], slope[j]) > 100 * Tolerance(j))
                return true;
        }
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g].IsZero(theta) && groups[g].Norm(slope) > penalty.GroupWeights[g] * (1 + 1e-12))
                return true;
        }
        return false;
    }
}
