using System.Runtime.InteropServices;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Of clusters: with s a cluster's sum of scores, E·s over the levels that it has rows of, and t = U′·s over the rest.</summary>
sealed class ClusterMeat : BorderedMeat
{
    readonly BorderedCovariance model;
    readonly int[] placeOfActive;
    readonly int q;

    /// <summary>Clusters of each level, rising, with their part of E·s.</summary>
    readonly List<(int Cluster, double Value)>[] levels;

    /// <param name="placeOfActive">Place of each active column among the factor's or the rest's: k for the former, ~r for the latter.</param>
    internal ClusterMeat(BorderedCovariance model, int[] placeOfActive, int levelCount)
        : base(new double[levelCount * model.RestCount], new double[model.RestCount * model.RestCount])
    {
        (this.model, this.placeOfActive, q) = (model, placeOfActive, model.RestCount);
        levels = [.. Enumerable.Range(0, levelCount).Select(_ => new List<(int, double)>())];
    }

    /// <summary>Sums of some clusters, which are added once all rows have been shown.</summary>
    internal Sums Over(int first, int count) => new(this, first, count);

    internal override double OfLevels(int k, int l)
    {
        var one = CollectionsMarshal.AsSpan(levels[k]);
        var other = CollectionsMarshal.AsSpan(levels[l]);
        var sum = 0.0;
        for (var (i, j) = (0, 0); i < one.Length && j < other.Length; )
        {
            var order = one[i].Cluster.CompareTo(other[j].Cluster);
            if (order == 0)
                sum += one[i].Value * other[j].Value;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return sum;
    }

    /// <summary>Sums of scores of consecutive clusters.</summary>
    internal sealed class Sums(ClusterMeat owner, int first, int count)
    {
        readonly double[] rest = new double[count * owner.q];

        /// <summary>By cluster and level.</summary>
        readonly Dictionary<(int Cluster, int Level), double> own = [];

        /// <summary>Adds a row's entry of a cluster.</summary>
        /// <param name="position">Of the active column.</param>
        internal void Add(int cluster, int position, double value)
        {
            if (cluster < first || cluster >= first + count)
                return;
            var place = owner.placeOfActive[position];
            if (place < 0)
                rest[(cluster - first) * owner.q + ~place] += value;
            else
                CollectionsMarshal.GetValueRefOrAddDefault(own, (cluster, place), out _) += value;
        }

        /// <summary>Adds what the clusters are worth.</summary>
        internal void Close()
        {
            var (q, model) = (owner.q, owner.model);
            var (u, room) = (new double[q], new double[q]);
            var entries = own.OrderBy(entry => entry.Key).ToArray();
            foreach (var ((cluster, level), sum) in entries)
            {
                model.FillLevel(level, u, room);
                Reduce.AddScaled(sum, u, rest.AsSpan((cluster - first) * q, q));
            }
            foreach (var ((cluster, level), sum) in entries)
            {
                var value = sum * model.DiagonalInverse(level);
                owner.levels[level].Add((cluster, value));
                Reduce.AddScaled(value, rest.AsSpan((cluster - first) * q, q), owner.Outer.AsSpan(level * q, q));
            }
            for (var start = 0; start < rest.Length; start += q)
            {
                var t = rest.AsSpan(start, q);
                for (var r = 0; r < q; r++)
                    Reduce.AddScaled(t[r], t, owner.Inner.AsSpan(r * q, q));
            }
        }
    }
}
