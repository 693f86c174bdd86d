namespace Halley.Boosting;

static class Importance
{
    /// <summary>Adds up the cuts of an ensemble by input; the gain of a derived column's cuts is shared by its inputs.</summary>
    internal static FeatureImportance[] Of(TreeEnsemble trees)
    {
        var sums = new (double Gain, double Cover, int Cuts)[trees.Inputs.Count];
        for (var index = 0; index < trees.NodeCount; index++)
        {
            var (node, known) = (trees.Nodes.All[index], trees.Nodes.Statistics[index]);
            if (node.IsLeaf)
                continue;
            int[] sources = [.. ShapPlayers.SourcesOf(trees, node.Input).Distinct()];
            foreach (var input in sources)
                sums[input] = (
                    sums[input].Gain + known.Gain / sources.Length,
                    sums[input].Cover + known.Cover,
                    sums[input].Cuts + 1
                );
        }
        return [.. sums.Select((sum, input) => new FeatureImportance(trees.Inputs[input].Name, sum.Gain, sum.Cover, sum.Cuts))];
    }

    /// <summary>Adds up the cuts of some trees by feature; the gain of a combination's cuts is shared by its categories.</summary>
    internal static FeatureImportance[] Of(TrainingColumns columns, IReadOnlyList<GrownTree> trees)
    {
        var places = columns.Inputs.Select((input, place) => (input.Name, place)).ToDictionary();
        var sums = new (double Gain, double Cover, int Cuts)[columns.Inputs.Length];
        foreach (var node in trees.SelectMany(tree => tree.Nodes))
        {
            if (node.Split is not { } split)
                continue;
            var madeOf = columns.Bins[split.Feature].MadeOf;
            foreach (var feature in madeOf)
            {
                ref var sum = ref sums[places[feature]];
                sum = (sum.Gain + split.Gain / madeOf.Length, sum.Cover + node.Sums.Hessian, sum.Cuts + 1);
            }
        }
        return
        [
            .. sums.Select((sum, feature) => new FeatureImportance(columns.Inputs[feature].Name, sum.Gain, sum.Cover, sum.Cuts)),
        ];
    }
}
