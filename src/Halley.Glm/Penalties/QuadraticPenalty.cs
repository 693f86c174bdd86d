namespace Halley.Glm;

/// <summary>What is added to the quadratic of one step: absolute values, norms of groups, bounds.</summary>
sealed class QuadraticPenalty(int count)
{
    internal int Count { get; } = count;

    /// <summary>Shape (p).</summary>
    internal double[] L1 { get; } = new double[count];

    internal double[] Lower { get; } = Filled(count, double.NegativeInfinity);

    internal double[] Upper { get; } = Filled(count, double.PositiveInfinity);

    /// <summary>Group of each coordinate, or −1.</summary>
    internal int[] GroupOf { get; } = Filled(count, -1);

    internal List<int[]> Groups { get; } = [];

    internal List<double> GroupWeights { get; } = [];

    internal bool HasGroups => Groups.Count > 0;

    /// <summary>Whether nothing but the quadratic is there.</summary>
    internal bool IsSmooth { get; private set; }

    /// <summary>Called when everything is set.</summary>
    internal QuadraticPenalty Seal()
    {
        IsSmooth = !HasGroups && !Enumerable.Range(0, Count).Any(j => L1[j] > 0 || IsBounded(j));
        return this;
    }

    bool IsBounded(int j) => Lower[j] > double.NegativeInfinity || Upper[j] < double.PositiveInfinity;

    /// <summary>The θ that minimises ½·curvature·θ² − pull·θ + l1·|θ| within the bounds.</summary>
    internal double Minimise(int j, double curvature, double pull)
    {
        var shrunk = Math.Abs(pull) <= L1[j] ? 0 : (pull - Math.Sign(pull) * L1[j]) / curvature;
        return Math.Min(Math.Max(shrunk, Lower[j]), Upper[j]);
    }

    /// <summary>Which piece of the objective a value is on.</summary>
    internal int SideOf(int j, double value) =>
        (value <= Lower[j] ? -8 : 0) + (value >= Upper[j] ? 8 : 0) + (L1[j] > 0 ? Math.Sign(value) : 0);

    /// <summary>Slope of the penalty at a coordinate that is free.</summary>
    internal double SlopeAt(int j, double[] theta)
    {
        var g = GroupOf[j];
        return g < 0 ? L1[j] * Math.Sign(theta[j]) : GroupWeights[g] * theta[j] / Norm(Groups[g], theta);
    }

    /// <summary>How much of a direction can be gone before the sign changes or a bound comes; may be infinite.</summary>
    internal double RoomAlong(int j, double value, double direction)
    {
        if (direction == 0)
            return double.PositiveInfinity;
        var stop = StopOf(j, direction, value);
        return double.IsInfinity(stop) ? double.PositiveInfinity : (stop - value) / direction;
    }

    /// <summary>Where a coordinate on its way stops: at zero, if it comes from the other side, or at the bound.</summary>
    internal double StopOf(int j, double direction, double value) =>
        L1[j] > 0 && GroupOf[j] < 0 && value != 0 && Math.Sign(value) != Math.Sign(direction)
            ? direction > 0
                ? Math.Min(0, Upper[j])
                : Math.Max(0, Lower[j])
            : direction > 0
                ? Upper[j]
                : Lower[j];

    /// <summary>How far a coordinate's slope is from what an optimum has.</summary>
    internal double Violation(int j, double value, double slope)
    {
        // The objective must not fall to the right, nor to the left.
        var right = value >= Upper[j] ? 0 : -(slope + (value >= 0 ? L1[j] : -L1[j]));
        var left = value <= Lower[j] ? 0 : slope + (value > 0 ? L1[j] : -L1[j]);
        return Math.Max(right, left);
    }

    /// <summary>Adds γ·(I/‖θ‖ − θθ′/‖θ‖³) of each group to the equations of the free coordinates, shape (free × free).</summary>
    internal void AddCurvature(int[] free, double[] theta, double[] matrix)
    {
        var n = free.Length;
        for (var i = 0; i < n; i++)
        {
            var g = GroupOf[free[i]];
            if (g < 0)
                continue;
            var norm = Norm(Groups[g], theta);
            for (var k = 0; k < n; k++)
            {
                if (GroupOf[free[k]] != g)
                    continue;
                var cross = theta[free[i]] / norm * (theta[free[k]] / norm);
                matrix[i * n + k] += GroupWeights[g] / norm * ((i == k ? 1 : 0) - cross);
            }
        }
    }

    /// <summary>The longest of length, length/2, … at which quadratic and norms together are lower than at the start.</summary>
    /// <param name="change">G times the direction, shape (p).</param>
    internal double LengthThatLowers(
        int[] free,
        double[] direction,
        double[] theta,
        double[] slope,
        double[] change,
        double length
    )
    {
        var (linear, square) = (0.0, 0.0);
        for (var i = 0; i < free.Length; i++)
        {
            var j = free[i];
            linear += direction[i] * (slope[j] + (GroupOf[j] < 0 ? SlopeAt(j, theta) : 0));
            square += direction[i] * change[j];
        }
        var moved = (double[])theta.Clone();
        for (var halving = 0; halving < 30; halving++, length /= 2)
        {
            for (var i = 0; i < free.Length; i++)
                moved[free[i]] = theta[free[i]] + length * direction[i];
            var norms = 0.0;
            for (var g = 0; g < Groups.Count; g++)
                norms += GroupWeights[g] * (Norm(Groups[g], moved) - Norm(Groups[g], theta));
            if (length * linear + 0.5 * length * length * square + norms <= 1e-15 * Math.Abs(length * linear))
                return length;
        }
        return 0;
    }

    internal static double Norm(int[] members, double[] values)
    {
        var sum = 0.0;
        foreach (var member in members)
            sum += values[member] * values[member];
        return Math.Sqrt(sum);
    }

    static T[] Filled<T>(int count, T value)
    {
        var filled = new T[count];
        Array.Fill(filled, value);
        return filled;
    }
}
