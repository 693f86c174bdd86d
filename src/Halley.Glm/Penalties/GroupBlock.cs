namespace Halley.Glm;

/// <summary>One group of coordinates that are zero together or not.</summary>
sealed class GroupBlock
{
    readonly double[] gram;
    readonly int p;

    /// <summary>No eigenvalue of the group's part of G is above this: its largest absolute row sum.</summary>
    readonly double steepest;

    internal GroupBlock(double[] gram, int p, int[] members)
    {
        (this.gram, this.p, Members) = (gram, p, members);
        steepest = members.Max(i => members.Sum(j => Math.Abs(gram[i * p + j])));
    }

    internal int[] Members { get; }

    internal double Norm(double[] values) => QuadraticPenalty.Norm(Members, values);

    internal bool IsZero(double[] theta) => Array.TrueForAll(Members, member => theta[member] == 0);

    /// <summary>Whether only rounding is left of it.</summary>
    internal bool IsVanished(double[] theta) => Norm(theta) < 1e-200;

    internal void SetZero(double[] theta)
    {
        foreach (var member in Members)
            theta[member] = 0;
    }

    /// <summary>A step that lowers the objective, to zero where that is the optimum; null where there is none.</summary>
    internal double[]? Step(double[] theta, double[] slope, double weight)
    {
        if (!(steepest > 0))
            return null;
        if (WantsZero(theta, slope, weight))
            return IsZero(theta) ? null : Array.ConvertAll(Members, member => -theta[member]);
        // The quadratic replaced by a steeper one that is round: Yuan and Lin (2006), J. R. Statist. Soc. B 68(1), section 2.
        var moved = Array.ConvertAll(Members, member => theta[member] - slope[member] / steepest);
        var norm = Math.Sqrt(moved.Sum(value => value * value));
        var kept = Math.Max(0, 1 - weight / (steepest * norm));
        var step = new double[moved.Length];
        for (var i = 0; i < step.Length; i++)
            step[i] = kept * moved[i] - theta[Members[i]];
        return step;
    }

    bool WantsZero(double[] theta, double[] slope, double weight)
    {
        var sum = 0.0;
        foreach (var i in Members)
        {
            var atZero = slope[i];
            foreach (var j in Members)
                atZero -= gram[i * p + j] * theta[j];
            sum += atZero * atZero;
        }
        return Math.Sqrt(sum) <= weight;
    }
}
