using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The penalties that hold the columns of one curve or surface: ln|Σ λ_k·S_k|₊ and how it moves with the ln λ_k.</summary>
/// <remarks>
/// Penalties that share columns are diagonal (<see cref="SurfaceEncoder"/>), so the determinant is a product over the columns of
/// Σ λ_k·d_k, exact however far apart the weights are. With w_k = λ_k·d_k/Σ λ_l·d_l by column, its slopes are Σ w_k and its second derivatives
/// Σ w_k·(δ_kl − w_l).
/// </remarks>
/// <param name="first">Index of the first penalty among the design's.</param>
/// <param name="members">On the same columns.</param>
sealed class PenaltyGroup(int first, IReadOnlyList<TermPenalty> members)
{
    readonly double logDeterminant =
        members.Count == 1 ? PseudoDeterminant.Log(members[0].Matrix, members[0].Size, members[0].Rank) : 0;

    /// <summary>Groups in the order of the design's penalties.</summary>
    internal static PenaltyGroup[] Of(IReadOnlyList<TermPenalty> penalties)
    {
        var groups = new List<PenaltyGroup>();
        for (var k = 0; k < penalties.Count; k += groups[^1].Members.Count)
            groups.Add(new(k, [.. penalties.Skip(k).TakeWhile(own => own.Start == penalties[k].Start)]));
        return [.. groups];
    }

    /// <summary>Index of the first penalty among the design's.</summary>
    internal int First { get; } = first;

    internal IReadOnlyList<TermPenalty> Members { get; } = members;

    /// <summary>Rank of the sum.</summary>
    internal int Rank { get; } =
        members.Count == 1
            ? members[0].Rank
            : Enumerable.Range(0, members[0].Size).Count(column => members.Any(own => own.Diagonal![column] > 0));

    /// <summary>ln|Σ λ_k·S_k|₊; 0 where the only weight is 0.</summary>
    internal double LogDeterminant(double[] lambdas, double[] logLambdas)
    {
        if (Members.Count == 1)
            return lambdas[First] == 0 ? 0 : Rank * logLambdas[First] + logDeterminant;
        var sum = 0.0;
        for (var column = 0; column < Members[0].Size; column++)
        {
            var total = Total(column, lambdas);
            sum += total > 0 ? VectorMath.Log(total) : 0;
        }
        return sum;
    }

    /// <summary>∂/∂ln λ_k into place k. Shape (penalties).</summary>
    internal void Slopes(double[] lambdas, double[] slopes)
    {
        if (Members.Count == 1)
        {
            slopes[First] = Rank;
            return;
        }
        for (var column = 0; column < Members[0].Size; column++)
        {
            var total = Total(column, lambdas);
            for (var k = 0; k < Members.Count && total > 0; k++)
                slopes[First + k] += Share(k, column, lambdas, total);
        }
    }

    /// <summary>Adds −½ times the second derivatives. Shape (penalties × penalties).</summary>
    internal void AddCurvature(double[] lambdas, double[] curvature)
    {
        if (Members.Count == 1)
            return;
        for (var column = 0; column < Members[0].Size; column++)
        {
            var total = Total(column, lambdas);
            if (!(total > 0))
                continue;
            for (var k = 0; k < Members.Count; k++)
            {
                for (var l = 0; l < Members.Count; l++)
                {
                    var change = Share(k, column, lambdas, total) * ((k == l ? 1 : 0) - Share(l, column, lambdas, total));
                    curvature[(First + k) * lambdas.Length + First + l] -= 0.5 * change;
                }
            }
        }
    }

    double Total(int column, double[] lambdas)
    {
        var total = 0.0;
        for (var k = 0; k < Members.Count; k++)
            total += lambdas[First + k] * Members[k].Diagonal![column];
        return total;
    }

    double Share(int k, int column, double[] lambdas, double total) => lambdas[First + k] * Members[k].Diagonal![column] / total;
}
