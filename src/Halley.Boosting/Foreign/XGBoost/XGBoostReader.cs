using System.Globalization;

namespace Halley.Boosting;

/// <summary>Reads XGBoost's JSON and UBJSON models, versions 1.0 to 3.x.</summary>
/// <remarks>Source: the files themselves, and XGBoost's "Introduction to Model IO". All its arithmetic is in 32-bit floats.</remarks>
static class XGBoostReader
{
    internal static ForeignModel Read(DocumentNode document)
    {
        var learner = document["learner"];
        var (parameters, objective) = (learner["learner_model_param"], learner["objective"]);
        var name = objective["name"].Text();
        var booster = learner["gradient_booster"];
        var features = XGBoostFeatures.Of(learner, parameters["num_feature"].IntegerText());
        var classes = parameters["num_class"].IntegerText();
        var outputs = Math.Max(Math.Max(1, classes), parameters.Find("num_target")?.IntegerText() ?? 1);
        if (classes < 0 || outputs > 10_000)
            ForeignErrors.Malformed("learner.learner_model_param", $"it claims {classes} classes and {outputs} outputs.");
        var bases = BaseScores(parameters["base_score"], outputs)
            .Select(value => XGBoostObjectives.RawBase(name, value))
            .ToArray();
        var link = XGBoostObjectives.LinkOf(name, objective);
        if (booster.Find("name")?.Text() == "gblinear")
            return Model(
                document,
                name,
                link,
                features,
                outputs,
                iterations: 1,
                best: null,
                options => XGBoostLinear.Build(booster["model"], features, outputs, bases, options, link)
            );
        var trees = XGBoostTrees.Of(booster, outputs);
        return Model(
            document,
            name,
            link,
            trees.MarkCategories(features),
            outputs,
            trees.Iterations,
            BestOf(learner, trees.Iterations),
            Build
        );

        TreeEnsemble Build(ForeignOptions options) =>
            trees.Build(trees.MarkCategories(features), bases, options, link, BestOf(learner, trees.Iterations));
    }

    static ForeignModel Model(
        DocumentNode document,
        string objective,
        ForeignLink? link,
        IReadOnlyList<ForeignFeature> features,
        int outputs,
        int iterations,
        int? best,
        Func<ForeignOptions, TreeEnsemble> build
    ) =>
        new(build)
        {
            Library = "XGBoost",
            Version = string.Join('.', document.Find("version")?.Whole() ?? []),
            Objective = objective,
            Link = link,
            Features = features,
            OutputCount = outputs,
            Iterations = iterations,
            BestIterations = best,
        };

    /// <summary>1-based; XGBoost writes it 0-based among the attributes.</summary>
    static int? BestOf(DocumentNode learner, int iterations)
    {
        if (learner.Find("attributes")?.Find("best_iteration") is not { } best)
            return null;
        var value = best.IntegerText();
        if (value < 0 || value >= iterations)
            ForeignErrors.Malformed(best.Path, $"the best iteration is {value}, and there are {iterations}.");
        return value + 1;
    }

    /// <summary>One number up to 2.x, a list in brackets since 3.x; one stands for all outputs.</summary>
    static float[] BaseScores(DocumentNode node, int outputs)
    {
        var parts = node.Text().Trim('[', ']').Split(',');
        var values = new float[outputs];
        if (parts.Length != 1 && parts.Length != outputs)
            ForeignErrors.Malformed(node.Path, $"it holds {parts.Length} base scores for {outputs} outputs.");
        for (var output = 0; output < outputs; output++)
        {
            var text = parts[Math.Min(output, parts.Length - 1)];
            if (
                !float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[output])
                || !float.IsFinite(values[output])
            )
                ForeignErrors.Malformed(node.Path, $"'{DocumentNode.Shortened(text)}' is not a number.");
        }
        return values;
    }
}
