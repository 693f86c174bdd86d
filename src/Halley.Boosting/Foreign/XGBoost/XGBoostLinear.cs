namespace Halley.Boosting;

/// <summary>XGBoost's linear booster, as one leaf with a linear model for each output.</summary>
static class XGBoostLinear
{
    internal static TreeEnsemble Build(
        DocumentNode model,
        ForeignFeature[] features,
        int outputs,
        float[] bases,
        ForeignOptions options,
        ForeignLink? link
    )
    {
        var weights = model["weights"].Numbers();
        if (weights.Length != (features.Length + 1L) * outputs)
            ForeignErrors.Malformed(
                model.Path,
                $"it has {weights.Length} weights for {features.Length} features and {outputs} outputs."
            );
        var assembler = new EnsembleAssembler("the model") { LinearMissing = MissingTerm.Zero };
        ForeignInputs.Add(assembler, features, options);
        var columns = Enumerable.Range(0, features.Length).ToArray();
        for (var output = 0; output < outputs; output++)
        {
            var leaf = ForeignNode.Leaf(0, 0);
            // Feature by feature, output fastest; the biases come last.
            leaf.Linear = new(
                weights[features.Length * outputs + output],
                columns,
                [.. columns.Select(feature => weights[feature * outputs + output])]
            );
            leaf.Value = leaf.Linear.Constant;
            assembler.Add([leaf], 0, output, $"output {output}");
        }
        // The booster adds the first base score to every class.
        var start = new double[outputs];
        Array.Fill(start, bases[0]);
        return assembler.Build(ForeignInputs.RuleOf(start, options, link));
    }
}
