namespace Halley.Models;

/// <summary>Gathers the lines of a <see cref="Dependence"/>.</summary>
sealed class DependenceLines
{
    readonly List<string> outputs = [];
    readonly List<string> features = [];
    readonly List<string> kinds = [];
    readonly List<string> values = [];
    readonly List<double> effects = [];
    readonly List<double> weights = [];

    /// <param name="output">The class; empty for a model of a number.</param>
    /// <param name="centre">Whether the effects are still to be centred on the rows.</param>
    public void Add(string output, string feature, string kind, string[] texts, double[] effect, double[] weight, bool centre)
    {
        var total = weight.Sum();
        var mean = centre && total > 0 ? effect.Zip(weight, (own, rows) => own * rows).Sum() / total : 0;
        for (var at = 0; at < texts.Length; at++)
        {
            outputs.Add(output);
            features.Add(feature);
            kinds.Add(kind);
            values.Add(texts[at]);
            effects.Add(effect[at] - mean);
            weights.Add(weight[at]);
        }
    }

    public Table ToTable() =>
        new([
            .. outputs.Exists(output => output.Length > 0) ? [new TextColumn("output", [.. outputs])] : Array.Empty<Column>(),
            new TextColumn("feature", [.. features]),
            new TextColumn("kind", [.. kinds]),
            new TextColumn("value", [.. values]),
            new NumericColumn("effect", [.. effects]),
            new NumericColumn("weight", [.. weights]),
        ]);
}
