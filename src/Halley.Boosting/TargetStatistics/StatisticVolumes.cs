using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>What the learn rows add to the statistics of their levels.</summary>
/// <param name="Volume">Shape (n): what priors are measured in.</param>
/// <param name="Actual">Shape (n): over the volume it is the mean statistic.</param>
/// <param name="Above">Shape (n): over the volume it is the share.</param>
sealed record StatisticVolumes(double[] Volume, double[] Actual, double[] Above)
{
    /// <summary>Σ Actual / Σ Volume.</summary>
    internal double Mean { get; } = Reduce.Sum(Actual) / Reduce.Sum(Volume);

    internal double Share { get; } = Reduce.Sum(Above) / Reduce.Sum(Volume);

    /// <remarks>
    /// Under a log link volumes are what the start score expects, offset and so exposure included: Bühlmann and Straub's credibility
    /// (1970, Mitteilungen VSVM 70, 111–133). For counts they are expected claims, for amounts weights in units of the mean amount.
    /// </remarks>
    /// <param name="start">Score before the first tree, offset apart.</param>
    internal static StatisticVolumes Of(BoostingLoss loss, RowVectors vectors, double start)
    {
        var count = vectors.Target.Count;
        var (volume, actual, above) = (new double[count], new double[count], new double[count]);
        var target = vectors.Target.ToArray();
        var border = target.AsSpan().Contains(0) ? 0 : WeightedQuantile.Of(target, vectors.Weight.ToArray(), 0.5);
        var isLog = loss.Link == Link.Log;
        for (var row = 0; row < count; row++)
        {
            var (weight, eta) = (vectors.Weight[row], start + vectors.Offset[row]);
            volume[row] = isLog ? weight * VectorMath.Exp(eta) : weight;
            // With an identity link an offset is taken off; a logit's cannot be.
            actual[row] = weight * (loss.Link == Link.Identity ? vectors.Target[row] - eta : vectors.Target[row]);
            above[row] = vectors.Target[row] > border ? weight : 0;
        }
        var unit = loss.Family is { } family && family.Accept(new CountsClaims()) ? 1 : vectors.Weight.Sum() / Reduce.Sum(volume);
        if (isLog && unit != 1)
        {
            for (var row = 0; row < count; row++)
                (volume[row], actual[row]) = (volume[row] * unit, actual[row] * unit);
        }
        return new(volume, actual, above);
    }

    /// <summary>Of each class its share: what the rows of a level are, one class against the others.</summary>
    /// <remarks>Of two classes the second one tells both. Shares of several classes as CatBoost has them for its multiclass targets.</remarks>
    internal static StatisticVolumes[] OfClasses(RowVectors vectors, int classes)
    {
        var unit = vectors.Weight.Sum() / vectors.Weight.Count;
        var volume = Array.ConvertAll(vectors.Weight.ToArray(), weight => weight / unit);
        StatisticVolumes OfClass(int code)
        {
            double[] own = [.. volume.Select((size, row) => vectors.Target[row] == code ? size : 0)];
            return new(volume, own, own);
        }
        return [.. Enumerable.Range(classes == 2 ? 1 : 0, classes == 2 ? 1 : classes).Select(OfClass)];
    }

    sealed class CountsClaims : IFamilyVisitor<bool>
    {
        public bool Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => family is PoissonFamily or NegativeBinomialFamily;
    }
}
