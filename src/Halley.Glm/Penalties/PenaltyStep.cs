using Halley.Kernels;

namespace Halley.Glm;

/// <summary>One step of a penalised fit: the minimum of the quadratic that touches half the deviance, plus the penalty.</summary>
/// <remarks>All in the units of half the deviance: the penalty is times the sum of the weights.</remarks>
/// <param name="layout">The penalty.</param>
/// <param name="l1Ratio">α.</param>
/// <param name="strength">Σw·λ; infinite to keep out all that is penalised.</param>
sealed class PenaltyStep(PenaltyLayout layout, double l1Ratio, double strength)
{
    /// <summary>Orders of levels that are tried for terms penalised by pairs, each lower than the one before.</summary>
    const int MaxOrders = 1000;

    readonly int p = layout.Count;
    readonly (bool Absolute, bool Square)[] chained = Chained(layout);

    double L1 => double.IsInfinity(strength) ? 0 : strength * l1Ratio;

    double Ridge => double.IsInfinity(strength) ? 0 : strength * (1 - l1Ratio);

    /// <summary>The penalty at β, shape (p).</summary>
    internal double Value(double[] beta)
    {
        var (absolute, square) = (0.0, 0.0);
        for (var j = 0; j < p; j++)
        {
            var column = layout.Columns[j];
            var size = column.Measure * Math.Abs(beta[j]);
            if (column.Group < 0 && !chained[j].Absolute)
                absolute += column.Weight * size;
            if (!chained[j].Square)
                square += column.Weight * size * size;
        }
        for (var g = 0; g < layout.GroupWeights.Length; g++)
            absolute += layout.GroupWeights[g] * GroupNorm(g, beta);
        foreach (var chain in layout.Chains)
        {
            for (var i = 0; chain.Kind == PenaltyKind.Steps && i < chain.Levels.Length - 1; i++)
            {
                var step = At(beta, chain.Levels[i + 1]) - At(beta, chain.Levels[i]);
                absolute += chain.Weight * Math.Abs(step);
                square += chain.Weight * step * step;
            }
            for (var i = 0; chain.Kind == PenaltyKind.Pairs && i < chain.Levels.Length; i++)
            {
                for (var k = 0; k < i; k++)
                    absolute += chain.Weight * Math.Abs(At(beta, chain.Levels[i]) - At(beta, chain.Levels[k]));
            }
        }
        return L1 * absolute + 0.5 * Ridge * square;
    }

    internal PenaltyMove Minimise(PenalisedPoint point)
    {
        var bases = layout.Chains.Select(chain => BasisFor(chain, point.Beta, point.Slope)).ToArray();
        var beta = (double[])point.Beta.Clone();
        for (var order = 0; order < MaxOrders; order++)
        {
            var slope = SlopeAt(point, beta);
            Solve(point, bases, beta, slope);
            slope = SlopeAt(point, beta);
            var settled = true;
            for (var c = 0; c < bases.Length; c++)
            {
                if (layout.Chains[c].Kind != PenaltyKind.Pairs || PairOrder.IsBest(layout.Chains[c], beta, slope, L1))
                    continue;
                bases[c] = new(PairOrder.Of(layout.Chains[c], beta, slope));
                settled = false;
            }
            if (settled)
                break;
        }
        return Outcome(point, beta);
    }

    PenaltyMove Outcome(PenalisedPoint point, double[] beta)
    {
        var (change, bend) = (new double[p], new double[p]);
        for (var j = 0; j < p; j++)
        {
            change[j] = beta[j] - point.Beta[j];
            if (change[j] != 0)
                Reduce.AddScaled(change[j], point.Hessian.AsSpan(j * p, p), bend);
        }
        var curved = Reduce.Dot(change, bend);
        return new(
            beta,
            Value(point.Beta) - Value(beta) - Reduce.Dot(change, point.Slope) - 0.5 * curved,
            Math.Sqrt(Math.Max(curved, 0))
        );
    }

    /// <summary>The least λ·Σw at which everything penalised stays at zero, from the point where it is.</summary>
    internal static double Greatest(PenaltyLayout layout, double[] beta, double[] slopes, double l1Ratio)
    {
        // A ridge alone never brings a coefficient to zero: its path starts as glmnet's does.
        var unit = new PenaltyStep(layout, Math.Max(l1Ratio, 1e-3), 1);
        var bases = layout.Chains.Select(chain => BasisFor(chain, beta, slopes)).ToArray();
        var (penalty, linear) = unit.PenaltyOf(bases);
        var slope = (double[])slopes.Clone();
        foreach (var basis in bases)
            basis.SlopesToSteps(slope, 1);
        unit.ToUnits(slope, times: false);
        var greatest = 0.0;
        for (var j = 0; j < layout.Count; j++)
        {
            var price = penalty.L1[j] + Math.Abs(linear[j]);
            var allowed = (slope[j] < 0 && penalty.Upper[j] > 0) || (slope[j] > 0 && penalty.Lower[j] < 0);
            if (penalty.GroupOf[j] < 0 && price > 0 && allowed)
                greatest = Math.Max(greatest, Math.Abs(slope[j]) / price);
        }
        for (var g = 0; g < penalty.Groups.Count; g++)
            greatest = Math.Max(greatest, QuadraticPenalty.Norm(penalty.Groups[g], slope) / penalty.GroupWeights[g]);
        return greatest;
    }

    /// <summary>Trace of the smoother at β: free coordinates, each counting the less the more a ridge holds it.</summary>
    internal double EffectiveParameters(PenalisedPoint point)
    {
        var bases = layout.Chains.Select(chain => BasisFor(chain, point.Beta, point.Slope)).ToArray();
        var (penalty, _) = PenaltyOf(bases);
        var theta = (double[])point.Beta.Clone();
        foreach (var basis in bases)
            basis.ToSteps(theta);
        int[] free =
        [
            .. Enumerable
                .Range(0, p)
                .Where(j =>
                    theta[j] > penalty.Lower[j]
                    && theta[j] < penalty.Upper[j]
                    && (theta[j] != 0 || (penalty.L1[j] == 0 && penalty.GroupOf[j] < 0))
                ),
        ];
        var (bare, held) = (Gram(point.Hessian, bases, ridge: false), Gram(point.Hessian, bases, ridge: true));
        var n = free.Length;
        var (a, h) = (new double[n * n], new double[n * n]);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
                (a[i * n + k], h[i * n + k]) = (held[free[i] * p + free[k]], bare[free[i] * p + free[k]]);
        }
        var inverse = PivotedCholesky.Factor(a, n, 1e-13).Inverse();
        return Reduce.Dot(inverse, h);
    }

    void Solve(PenalisedPoint point, StepBasis[] bases, double[] beta, double[] slope)
    {
        var (penalty, linear) = PenaltyOf(bases);
        var gram = Gram(point.Hessian, bases, ridge: true);
        foreach (var basis in bases)
        {
            basis.ToSteps(beta);
            basis.SlopesToSteps(slope, 1);
        }
        for (var j = 0; j < p; j++)
        {
            slope[j] += linear[j];
            // Rounding in the way to steps must not leave the start outside its bounds.
            beta[j] = Math.Min(Math.Max(beta[j], penalty.Lower[j]), penalty.Upper[j]);
        }
        ToUnits(beta, times: true);
        ToUnits(slope, times: false);
        new QuadraticSolver(gram, penalty).Solve(beta, slope);
        ToUnits(beta, times: false);
        foreach (var basis in bases)
            basis.ToCoefficients(beta);
    }

    /// <summary>Slope of the quadratic at β, ridge parts in.</summary>
    double[] SlopeAt(PenalisedPoint point, double[] beta)
    {
        var slope = (double[])point.Slope.Clone();
        for (var j = 0; j < p; j++)
        {
            if (beta[j] != point.Beta[j])
                Reduce.AddScaled(beta[j] - point.Beta[j], point.Hessian.AsSpan(j * p, p), slope);
        }
        for (var j = 0; j < p; j++)
            slope[j] += chained[j].Square ? 0 : RidgeOf(j) * beta[j];
        foreach (var chain in layout.Chains.Where(chain => chain.Kind == PenaltyKind.Steps))
        {
            for (var i = 0; i < chain.Levels.Length - 1; i++)
            {
                var pull = Ridge * chain.Weight * (At(beta, chain.Levels[i + 1]) - At(beta, chain.Levels[i]));
                if (chain.Levels[i + 1] >= 0)
                    slope[chain.Levels[i + 1]] += pull;
                if (chain.Levels[i] >= 0)
                    slope[chain.Levels[i]] -= pull;
            }
        }
        return slope;
    }

    /// <summary>Curvature in steps where there are chains.</summary>
    double[] Gram(double[] hessian, StepBasis[] bases, bool ridge)
    {
        var gram = (double[])hessian.Clone();
        for (var j = 0; ridge && j < p; j++)
            gram[j * p + j] += chained[j].Square ? 0 : RidgeOf(j);
        for (var j = 0; j < p && layout.GroupWeights.Length > 0; j++)
        {
            for (var k = 0; k < p; k++)
                gram[j * p + k] /= UnitOf(j) * UnitOf(k);
        }
        for (var c = 0; c < bases.Length; c++)
        {
            for (var j = 0; j < p; j++)
                bases[c].SlopesToSteps(gram.AsSpan(j * p, p), 1);
            for (var j = 0; j < p; j++)
                bases[c].SlopesToSteps(gram.AsSpan(j), p);
            for (var i = 0; ridge && layout.Chains[c].Kind == PenaltyKind.Steps && i < bases[c].StepCount; i++)
                gram[bases[c].CoordinateOf(i) * p + bases[c].CoordinateOf(i)] += Ridge * layout.Chains[c].Weight;
        }
        return gram;
    }

    /// <summary>The penalty of the coordinates, and slopes of those parts that are linear within the bounds.</summary>
    internal (QuadraticPenalty Penalty, double[] Linear) PenaltyOf(StepBasis[] bases)
    {
        var (penalty, linear) = (new QuadraticPenalty(p), new double[p]);
        var members = layout.GroupWeights.Select(_ => new List<int>()).ToArray();
        for (var j = 0; j < p; j++)
        {
            var column = layout.Columns[j];
            penalty.L1[j] = L1 * column.Weight * column.Measure;
            (penalty.Lower[j], penalty.Upper[j]) = (column.Lower, column.Upper);
            if (double.IsInfinity(strength) && column.Weight > 0)
                (penalty.Lower[j], penalty.Upper[j], penalty.L1[j]) = (0, 0, 0);
            else if (column.Group >= 0 && layout.GroupWeights[column.Group] > 0)
                members[column.Group].Add(j);
        }
        for (var g = 0; g < members.Length; g++)
            AddGroup(penalty, members[g], g);
        for (var c = 0; c < bases.Length; c++)
            AddChain(penalty, linear, layout.Chains[c], bases[c]);
        return (penalty.Seal(), linear);
    }

    void AddGroup(QuadraticPenalty penalty, List<int> members, int g)
    {
        foreach (var j in members)
            penalty.L1[j] = 0;
        if (members.Count == 0 || L1 == 0)
            return;
        foreach (var j in members)
            penalty.GroupOf[j] = penalty.Groups.Count;
        penalty.Groups.Add([.. members]);
        penalty.GroupWeights.Add(L1 * layout.GroupWeights[g]);
    }

    void AddChain(QuadraticPenalty penalty, double[] linear, PenaltyChain chain, StepBasis basis)
    {
        if (chain.Kind == PenaltyKind.Each)
        {
            // Under a monotone rule the signs are known, so the absolute values are a linear function.
            var above = false;
            foreach (var place in basis.Places)
            {
                above |= place < 0;
                if (place >= 0)
                    linear[place] = penalty.L1[place] * (above == (chain.Monotone == MonotoneRule.Rising) ? 1 : -1);
            }
            basis.SlopesToSteps(linear, 1);
        }
        for (var i = 0; i < basis.StepCount; i++)
        {
            var j = basis.CoordinateOf(i);
            penalty.L1[j] = chain.Kind switch
            {
                PenaltyKind.Steps => L1 * chain.Weight,
                PenaltyKind.Pairs => L1 * chain.Weight * (i + 1) * (basis.StepCount - i),
                _ => 0,
            };
            if (double.IsInfinity(strength) && chain.Weight > 0)
                continue;
            if (chain.Monotone == MonotoneRule.Rising || chain.Kind == PenaltyKind.Pairs)
                penalty.Lower[j] = 0;
            if (chain.Monotone == MonotoneRule.Falling)
                penalty.Upper[j] = 0;
        }
    }

    static StepBasis BasisFor(PenaltyChain chain, double[] beta, double[] slope) =>
        new(chain.Kind == PenaltyKind.Pairs ? PairOrder.Of(chain, beta, slope) : chain.Levels);

    /// <summary>Curvature that the ridge part adds to each coefficient by itself, shape (p).</summary>
    internal double[] Ridges() => [.. Enumerable.Range(0, p).Select(RidgeOf)];

    double RidgeOf(int j) => Ridge * layout.Columns[j].Weight * layout.Columns[j].Measure * layout.Columns[j].Measure;

    /// <summary>For each coordinate, whether its chain takes the place of its own absolute value and of its own square.</summary>
    static (bool Absolute, bool Square)[] Chained(PenaltyLayout layout)
    {
        var chained = new (bool, bool)[layout.Count];
        foreach (var chain in layout.Chains)
        {
            foreach (var place in chain.Levels.Where(place => place >= 0))
                chained[place] = (chain.Kind != PenaltyKind.Each, chain.Kind == PenaltyKind.Steps);
        }
        return chained;
    }

    /// <summary>Coefficients of a group are brought to one measure, so that its norm is a plain one.</summary>
    double UnitOf(int j) => layout.Columns[j].Group < 0 ? 1 : layout.Columns[j].Measure;

    void ToUnits(double[] values, bool times)
    {
        for (var j = 0; j < p; j++)
            values[j] = times ? values[j] * UnitOf(j) : values[j] / UnitOf(j);
    }

    double GroupNorm(int g, double[] beta)
    {
        var sum = 0.0;
        for (var j = 0; j < p; j++)
        {
            if (layout.Columns[j].Group == g)
                sum += layout.Columns[j].Measure * beta[j] * (layout.Columns[j].Measure * beta[j]);
        }
        return Math.Sqrt(sum);
    }

    static double At(double[] beta, int place) => place < 0 ? 0 : beta[place];
}
