using Halley.Data;

namespace Halley.Boosting;

/// <summary>Gradient and hessian of each learn row at the scores of a first fit. Shapes (n).</summary>
sealed record PilotSlopes(double[] Gradient, double[] Hessian)
{
    internal static PilotSlopes Of(BoostingLoss loss, RowVectors vectors, double[] eta)
    {
        var slopes = new PilotSlopes(new double[eta.Length], new double[eta.Length]);
        loss.Derive(vectors.Target.ToArray(), vectors.Weight.ToArray(), eta, slopes.Gradient, slopes.Hessian);
        return slopes;
    }
}
