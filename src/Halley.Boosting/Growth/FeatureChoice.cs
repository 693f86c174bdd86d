using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Which features a leaf may be cut by: those of its tree, within the groups that its path keeps to, a share of them drawn.</summary>
sealed class FeatureChoice
{
    readonly double share;
    readonly ulong seed;

    /// <summary>Shape (groups)(features); empty where all may act together.</summary>
    readonly HashSet<int>[] groups;

    internal FeatureChoice(BoostingOptions options, FeatureBins[] features)
    {
        (share, seed) = (options.NodeColumnShare, options.Seed);
        var places = features.Select((feature, place) => (feature.Input.Name, place)).ToDictionary();
        var named = options.Interactions.Select(group => group.Select(name => places[name]).ToHashSet()).ToArray();
        var alone = places.Values.Where(place => !Array.Exists(named, group => group.Contains(place)));
        groups = named.Length == 0 ? [] : [.. named, .. alone.Select(place => new HashSet<int> { place })];
    }

    /// <summary>The groups that a root keeps to: all.</summary>
    internal int[] AllGroups => [.. Enumerable.Range(0, groups.Length)];

    /// <summary>The groups of a path that a further feature is added to.</summary>
    internal int[] GroupsBehind(int[] before, int feature) =>
        before.Length == 0 ? before : Array.FindAll(before, group => groups[group].Contains(feature));

    /// <summary>The features that a leaf may use, rising.</summary>
    /// <param name="ofTree">Those that its tree may use, rising.</param>
    /// <param name="keptGroups">The groups that its path keeps to.</param>
    internal int[] For(int[] ofTree, int[] keptGroups, ulong round, int node)
    {
        var allowed =
            groups.Length == 0
                ? ofTree
                : Array.FindAll(ofTree, feature => Array.Exists(keptGroups, group => groups[group].Contains(feature)));
        if (share >= 1 || allowed.Length <= 1)
            return allowed;
        var draws = Array.ConvertAll(
            allowed,
            feature => CounterRandom.Uniform(seed, SamplingStreams.Node(round, node), (ulong)feature)
        );
        var drawn = (int[])allowed.Clone();
        Array.Sort(draws, drawn);
        drawn = drawn[..(int)Math.Ceiling(share * drawn.Length)];
        Array.Sort(drawn);
        return drawn;
    }
}
