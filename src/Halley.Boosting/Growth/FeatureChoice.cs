namespace Halley.Boosting;

/// <summary>Which features a leaf may be cut by: those of its tree, within the groups that its path keeps to, a share of them drawn.</summary>
sealed class FeatureChoice
{
    readonly double share;
    readonly double levelShare;
    readonly FeatureDraw draw;

    /// <summary>Shape (groups)(features); empty where all may act together.</summary>
    readonly HashSet<int>[] groups;

    internal FeatureChoice(BoostingOptions options, FeatureBins[] features)
    {
        (share, levelShare) = (options.NodeColumnShare, options.LevelColumnShare);
        draw = new(options, features);
        // A statistic goes with the features that it is made of; one that no group holds is alone with its like.
        int[] places = [.. Enumerable.Range(0, features.Length)];
        var named = options
            .Interactions.Select(group => places.Where(place => features[place].MadeOf.All(group.Contains)).ToHashSet())
            .ToArray();
        var alone = places
            .Where(place => !Array.Exists(named, group => group.Contains(place)))
            .GroupBy(place => string.Join('\n', features[place].MadeOf));
        groups = named.Length == 0 ? [] : [.. named, .. alone.Select(group => group.ToHashSet())];
    }

    /// <summary>The groups that a root keeps to: all.</summary>
    internal int[] AllGroups => [.. Enumerable.Range(0, groups.Length)];

    /// <summary>The groups of a path that a further feature is added to.</summary>
    internal int[] GroupsBehind(int[] before, int feature) =>
        before.Length == 0 ? before : Array.FindAll(before, group => groups[group].Contains(feature));

    /// <summary>The features that a leaf may use, rising.</summary>
    /// <param name="ofTree">Those that its tree may use, rising.</param>
    /// <param name="keptGroups">The groups that its path keeps to.</param>
    internal int[] For(int[] ofTree, int[] keptGroups, ulong round, int node, int depth)
    {
        var ofLevel = draw.Of(ofTree, levelShare, SamplingStreams.Level(round, depth));
        var allowed =
            groups.Length == 0
                ? ofLevel
                : Array.FindAll(ofLevel, feature => Array.Exists(keptGroups, group => groups[group].Contains(feature)));
        return draw.Of(allowed, share, SamplingStreams.Node(round, node));
    }
}
