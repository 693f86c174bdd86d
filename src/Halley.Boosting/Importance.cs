namespace Halley.Boosting;

static class Importance
{
    /// <summary>Adds up the cuts of some trees by feature.</summary>
    internal static FeatureImportance[] Of(FeatureBins[] features, IReadOnlyList<GrownTree> trees)
    {
        var sums = new (double Gain, double Cover, int Cuts)[features.Length];
        foreach (var node in trees.SelectMany(tree => tree.Nodes))
        {
            if (node.Split is not { } split)
                continue;
            ref var sum = ref sums[split.Feature];
            sum = (sum.Gain + split.Gain, sum.Cover + node.Sums.Hessian, sum.Cuts + 1);
        }
        return
        [
            .. sums.Select((sum, feature) => new FeatureImportance(features[feature].Input.Name, sum.Gain, sum.Cover, sum.Cuts)),
        ];
    }
}
