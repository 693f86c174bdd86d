namespace Halley.Models;

/// <summary>Cuts a step curve into few bands that keep as much of it as they can.</summary>
static class BandFinder
{
    /// <summary>Bands are added until they keep this share of the curve's variance.</summary>
    const double Enough = 0.95;

    /// <summary>The best bands by dynamic programming: least Σ w·(f − mean of the band)², the fewest bands that keep enough.</summary>
    /// <param name="curve">Value of each step, shape (m).</param>
    /// <param name="weight">Weight of each step, shape (m).</param>
    /// <returns>Index of the step that each band but the first begins with, and the share of the variance that the bands keep.</returns>
    public static (int[] Starts, double Share) Cut(double[] curve, double[] weight, int maximumBands)
    {
        var m = curve.Length;
        var (w, s, q) = (new double[m + 1], new double[m + 1], new double[m + 1]);
        for (var i = 0; i < m; i++)
        {
            (w[i + 1], s[i + 1]) = (w[i] + weight[i], s[i] + weight[i] * curve[i]);
            q[i + 1] = q[i] + weight[i] * curve[i] * curve[i];
        }
        double Loss(int from, int to)
        {
            var (own, sum) = (w[to] - w[from], s[to] - s[from]);
            return own > 0 ? Math.Max(q[to] - q[from] - sum * sum / own, 0) : 0;
        }
        var total = Loss(0, m);
        if (!(total > 0))
            return ([], 0);
        var least = Enumerable.Range(0, m + 1).Select(to => Loss(0, to)).ToArray();
        var starts = new List<int[]>();
        for (var bands = 2; bands <= Math.Min(maximumBands, m); bands++)
        {
            var (next, from) = (new double[m + 1], new int[m + 1]);
            for (var to = 0; to <= m; to++)
            {
                next[to] = double.PositiveInfinity;
                for (var start = bands - 1; start < to; start++)
                {
                    var loss = least[start] + Loss(start, to);
                    if (loss < next[to])
                        (next[to], from[to]) = (loss, start);
                }
            }
            starts.Add(from);
            least = next;
            if (1 - least[m] / total >= Enough || bands == Math.Min(maximumBands, m))
                break;
        }
        var cuts = new Stack<int>();
        var end = m;
        for (var level = starts.Count - 1; level >= 0; level--)
            cuts.Push(end = starts[level][end]);
        return ([.. cuts], 1 - least[m] / total);
    }
}
