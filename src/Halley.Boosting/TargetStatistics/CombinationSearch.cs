using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Finds combinations of categories that tell what a first fit has not learnt.</summary>
/// <remarks>
/// A combination is worth what the Newton steps of its levels gain on rows that those steps have not seen: each row takes the step
/// of the rows before it. Pairs come first; each further category is added to combinations that were kept, as in growth.
/// </remarks>
/// <param name="categories">Indexes of the features that are categories.</param>
/// <param name="keysOf">Null where a combination has too many keys.</param>
/// <param name="orders">Shape (orders)(n).</param>
sealed class CombinationSearch(
    StatisticOptions options,
    int[] categories,
    Func<int[], CategoryKeys?> keysOf,
    int[][] orders,
    int threads
)
{
    sealed record Candidate(CategoryKeys Keys, double Gain);

    internal IEnumerable<CategoryKeys> Run(IReadOnlyList<PilotSlopes> slopes)
    {
        var kept = new List<Candidate>();
        var bases = categories.Select(index => (int[])[index]).ToList();
        for (var size = 2; size <= options.CombinationSize && bases.Count > 0; size++)
        {
            var grown = bases
                .SelectMany(smaller =>
                    categories.Where(index => !smaller.Contains(index)).Select(index => (int[])[.. smaller.Append(index).Order()])
                )
                .DistinctBy(features => string.Join(',', features))
                .ToArray();
            var found = new Candidate?[grown.Length];
            // Keys remember levels in a shared place: one thread makes them, all judge them.
            for (var index = 0; index < grown.Length; index++)
            {
                if (keysOf(grown[index]) is { } keys)
                    found[index] = new(keys, slopes.Sum(own => Gain(keys, own)));
            }
            var gained = found
                .OfType<Candidate>()
                .Where(candidate => candidate.Gain > 0)
                .OrderByDescending(candidate => candidate.Gain);
            Candidate[] best = [.. gained.Take(options.MostCombinations)];
            kept.AddRange(best);
            bases = [.. best.Select(candidate => candidate.Keys.Features)];
        }
        return kept.OrderByDescending(candidate => candidate.Gain)
            .Take(options.MostCombinations)
            .Select(candidate => candidate.Keys);
    }

    double Gain(CategoryKeys keys, PilotSlopes slopes)
    {
        var gains = new double[orders.Length];
        WorkItems.For(orders.Length, threads, index => gains[index] = Gain(keys, slopes, orders[index]));
        return gains.Sum() / gains.Length;
    }

    double Gain(CategoryKeys keys, PilotSlopes slopes, int[] order)
    {
        var sums = new (double Gradient, double Hessian)[keys.Count];
        var prior = options.Priors.Min() * Reduce.Sum(slopes.Hessian) / order.Length;
        var gain = 0.0;
        foreach (var row in order)
        {
            ref var sum = ref sums[keys.PlaceOfRow[row]];
            var (gradient, hessian) = (slopes.Gradient[row], slopes.Hessian[row]);
            var step = -sum.Gradient / (sum.Hessian + prior);
            gain -= step * (2 * gradient + hessian * step);
            sum = (sum.Gradient + gradient, sum.Hessian + hessian);
        }
        return gain;
    }
}
