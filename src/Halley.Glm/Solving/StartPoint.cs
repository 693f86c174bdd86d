using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Where the search starts: the constant that gives the mean target.</summary>
static class StartPoint
{
    /// <summary>The constant b with g⁻¹(b + offset) near the mean target.</summary>
    /// <remarks>R starts at μ = y, from where heavy-tailed claims can make the first step diverge.</remarks>
    internal static double Constant(GlmProblem problem)
    {
        var mean = problem.MeanTarget;
        if (problem.Link.Function == LinkFunction.Log)
            return VectorMath.Log(mean) - VectorMath.Log(MeanOfExp(problem));
        var meanOffset =
            problem.Sum((rows, block) => Reduce.Dot(block.Of(rows.Weight), block.Of(rows.Offset))) / problem.WeightSum;
        return problem.Link.Apply(mean) - meanOffset;
    }

    /// <summary>Σ w·e^offset / Σ w.</summary>
    static double MeanOfExp(GlmProblem problem)
    {
        var sum = problem.Sum(
            (rows, block) =>
            {
                var blockSum = 0.0;
                for (var row = block.Start; row < block.End; row++)
                    blockSum += rows.Weight[row] * VectorMath.Exp(rows.Offset[row]);
                return blockSum;
            }
        );
        return sum / problem.WeightSum;
    }
}
