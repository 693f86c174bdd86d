using Google.OrTools.LinearSolver;

namespace Halley.Optimization;

/// <summary>Minimises the piecewise linear dual exactly: cutting planes within a box around the best point.</summary>
/// <remarks>
/// Each evaluated plan is a cut, value ≥ profit + Σ λ(bound − use). A linear program over the cuts proposes the next multipliers; the box
/// keeps it near the best point and grows or shrinks with the success of its proposals, as in the trust-region form of Kelley's method
/// (Linderoth and Wright 2003, Comput. Optim. Appl. 24, 207–250). Where the proposal does not touch the box, the program's value is a
/// lower bound of the dual, and the search ends when both meet.
/// </remarks>
/// <param name="bounds">Right sides of the limits.</param>
/// <param name="scales">A typical size of each multiplier.</param>
/// <param name="caps">Largest multipliers.</param>
sealed class CuttingPlanes(double[] bounds, double[] scales, double[] caps)
{
    const double RelativeGap = 1e-10;

    /// <summary>Lower bound of the dual's minimum within the caps.</summary>
    internal double LowerBound { get; private set; } = double.NegativeInfinity;

    /// <summary>The best point found.</summary>
    /// <param name="isDone">Ends the search early, for example when infeasibility is already proven.</param>
    internal DualPoint Minimise(
        Func<double[], DualPoint> evaluate,
        double[] start,
        int maximumPasses,
        Func<DualPoint, bool>? isDone = null
    )
    {
        var best = evaluate([.. start.Select((multiplier, l) => Math.Clamp(multiplier, 0, caps[l]))]);
        using var program = new CutProgram(scales, bounds, best);
        program.Add(best);
        var radius = 1.0;
        for (var pass = 1; pass < maximumPasses && isDone?.Invoke(best) != true; pass++)
        {
            if (program.Solve(best.Multipliers, radius, caps) is not { } proposal)
                return best;
            if (!proposal.TouchesBox)
                LowerBound = Math.Max(LowerBound, proposal.Value);
            var expected = best.Value - proposal.Value;
            if (expected <= RelativeGap * Math.Max(1, Math.Abs(best.Value)))
            {
                if (!proposal.TouchesBox)
                    return best;
                radius *= 4;
                continue;
            }
            var point = evaluate(proposal.Multipliers);
            program.Add(point);
            var gained = best.Value - point.Value;
            if (gained > 0)
                best = point;
            if (gained >= 0.5 * expected && proposal.TouchesBox)
                radius *= 3;
            else if (gained <= -expected)
                radius = Math.Max(radius / 3, 1e-12);
        }
        return best;
    }

    internal readonly record struct Proposal(double[] Multipliers, double Value, bool TouchesBox);

    /// <summary>The linear program over the cuts, in scaled multipliers and values.</summary>
    sealed class CutProgram : IDisposable
    {
        const string Parameters =
            "primal_feasibility_tolerance: 1e-10 dual_feasibility_tolerance: 1e-10 use_preprocessing: false";

        readonly Solver _solver = Solver.CreateSolver("GLOP");
        readonly Variable[] _multipliers;
        readonly Variable _value;
        readonly double[] _scales;
        readonly double[] _bounds;
        readonly double _origin;
        readonly double _size;

        internal CutProgram(double[] scales, double[] bounds, DualPoint first)
        {
            (_scales, _bounds, _origin) = (scales, bounds, first.Value);
            _size = Math.Max(1, Math.Abs(first.Value));
            _solver.SetSolverSpecificParametersAsString(Parameters);
            _multipliers = [.. scales.Select((_, l) => _solver.MakeNumVar(0, double.PositiveInfinity, $"m{l}"))];
            _value = _solver.MakeNumVar(double.NegativeInfinity, double.PositiveInfinity, "value");
            _solver.Objective().SetCoefficient(_value, 1);
            _solver.Objective().SetMinimization();
        }

        /// <summary>value ≥ (profit − origin)/size + Σ scaled multiplier · scale·slack/size.</summary>
        internal void Add(DualPoint point)
        {
            var constant = point.Value - _origin;
            var cut = _solver.MakeConstraint(0, double.PositiveInfinity);
            cut.SetCoefficient(_value, 1);
            for (var l = 0; l < _multipliers.Length; l++)
            {
                var slope = _bounds[l] - point.Use[l];
                constant -= slope * point.Multipliers[l];
                cut.SetCoefficient(_multipliers[l], -_scales[l] * slope / _size);
            }
            cut.SetLb(constant / _size);
        }

        internal Proposal? Solve(double[] centre, double radius, double[] caps)
        {
            for (var l = 0; l < centre.Length; l++)
            {
                var at = centre[l] / _scales[l];
                var reach = radius * Math.Max(1, at) * 0.5;
                _multipliers[l].SetBounds(Math.Max(0, at - reach), Math.Min(caps[l] / _scales[l], at + reach));
            }
            if (_solver.Solve() is not (Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE))
                return null;
            var (multipliers, touches) = (new double[centre.Length], false);
            for (var l = 0; l < centre.Length; l++)
            {
                var scaled = Math.Max(0, _multipliers[l].SolutionValue());
                multipliers[l] = scaled * _scales[l];
                var (low, high) = (_multipliers[l].Lb(), _multipliers[l].Ub());
                touches |= scaled <= low + 1e-12 && low > 0;
                touches |= scaled >= high - 1e-12 * high && high < caps[l] / _scales[l];
            }
            return new(multipliers, _origin + _size * _value.SolutionValue(), touches);
        }

        public void Dispose() => _solver.Dispose();
    }
}
