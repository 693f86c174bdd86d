using Halley.Data;

namespace Halley.Glm;

/// <summary>Models along a path of strengths.</summary>
/// <param name="search">Where the path starts.</param>
/// <param name="strengths">From the greatest to the least.</param>
sealed class PenaltyPath(StrengthSearch search, double[] strengths)
{
    internal PathModels Run(IProgress<FitProgress>? progress)
    {
        var (points, betas) = (new List<PenaltyPathPoint>(), new List<double[]>());
        var (converged, longest) = (true, 0.0);
        for (var i = 0; i < strengths.Length; i++)
        {
            search.GoTo(strengths[i]);
            converged &= search.Converged;
            longest = Math.Max(longest, search.LastStep);
            betas.Add((double[])search.Beta.Clone());
            points.Add(
                new()
                {
                    Strength = strengths[i],
                    Nonzero = search.Beta.Skip(1).Count(value => value != 0),
                    Deviance = search.Sums.Deviance,
                    Objective = search.ObjectiveAt(strengths[i]),
                }
            );
            progress?.Report(new("fitting the path", (i + 1.0) / strengths.Length, $"strength {InvariantText.Of(strengths[i])}"));
        }
        return new(points, betas, search, converged, longest);
    }
}
