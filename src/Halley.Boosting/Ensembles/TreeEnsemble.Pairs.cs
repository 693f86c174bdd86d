namespace Halley.Boosting;

public sealed partial class TreeEnsemble
{
    /// <summary>How much the trees use each input, in their order: gain and cover as the fit or the file states them.</summary>
    public IReadOnlyList<FeatureImportance> Importance() => Boosting.Importance.Of(this);

    /// <summary>Gain of cuts on one input right below a cut on another, by pair of inputs, the largest first.</summary>
    /// <remarks>In trees of two levels, grown where single inputs have nothing left to tell, this is what pairs tell together.</remarks>
    public IReadOnlyList<(int First, int Second, double Gain)> PairGains()
    {
        var gains = new SortedDictionary<(int, int), double>();
        for (var index = 0; index < Nodes.All.Length; index++)
        {
            var node = Nodes.All[index];
            if (node.IsLeaf)
                continue;
            foreach (var child in new[] { node.Left, node.Left + 1 })
            {
                if (Nodes.All[child].IsLeaf || Nodes.All[child].Input == node.Input)
                    continue;
                var pair = (Math.Min(node.Input, Nodes.All[child].Input), Math.Max(node.Input, Nodes.All[child].Input));
                gains[pair] = gains.GetValueOrDefault(pair) + Nodes.Statistics[child].Gain;
            }
        }
        return [.. gains.OrderByDescending(gain => gain.Value).Select(gain => (gain.Key.Item1, gain.Key.Item2, gain.Value))];
    }
}
