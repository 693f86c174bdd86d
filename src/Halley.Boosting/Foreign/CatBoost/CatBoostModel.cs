using System.Globalization;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Makes the general form of a CatBoost model.</summary>
/// <remarks>Numbers, borders and statistics are 32-bit floats; leaves are added in doubles, then scaled, and the bias comes last.</remarks>
static class CatBoostModel
{
    internal static ForeignModel Of(CatBoostParts parts)
    {
        var link = LinkOf(parts);
        var features = FeaturesOf(parts);
        return new(options => Build(parts, features, options, link))
        {
            Library = "CatBoost",
            Version = parts.Version,
            Objective = parts.Loss,
            Link = link,
            Features = features,
            OutputCount = parts.Outputs,
            Iterations = parts.Trees.Count,
        };
    }

    static ForeignLink? LinkOf(CatBoostParts parts) =>
        parts.Loss switch
        {
            "RMSE" or "Huber" or "LogCosh" or "MultiRMSE" or "MultiRMSEWithMissingValues" => ForeignLink.Mean,
            "MAE"
            or "Quantile"
            or "MultiQuantile"
            or "MAPE"
            or "Expectile"
            or "RMSEWithUncertainty"
            or "QueryRMSE"
            or "YetiRank" => ForeignLink.Identity,
            "Logloss" or "CrossEntropy" or "MultiClassOneVsAll" or "MultiLogloss" or "MultiCrossEntropy" => ForeignLink.Logistic,
            "MultiClass" => ForeignLink.Softmax,
            "Poisson" => ForeignLink.Log(Family.Poisson),
            "Tweedie" => ForeignLink.Log(Family.Tweedie(Parameter(parts, "variance_power", 1.5))),
            _ => null,
        };

    static double Parameter(CatBoostParts parts, string name, double otherwise) =>
        parts.LossParameters.TryGetValue(name, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is > 1 and < 2
            ? value
            : otherwise;

    static ForeignFeature[] FeaturesOf(CatBoostParts parts)
    {
        var columns = parts
            .Numbers.Select(number => (number.Flat, Feature: new ForeignFeature(number.Name)))
            .Concat(
                parts.Categories.Select(category =>
                    (category.Flat, Feature: new ForeignFeature(category.Name, true, parts.Texts) { IsHashed = true })
                )
            )
            .OrderBy(column => column.Flat)
            .ToList();
        for (var i = 1; i < columns.Count; i++)
        {
            if (columns[i].Flat == columns[i - 1].Flat)
                ForeignErrors.Malformed("features", $"two features have the index {columns[i].Flat}.");
        }
        return [.. columns.Select(column => column.Feature)];
    }

    static TreeEnsemble Build(CatBoostParts parts, ForeignFeature[] features, ForeignOptions options, ForeignLink? link)
    {
        var assembler = new EnsembleAssembler("the model") { PathsByRows = true };
        foreach (var feature in features)
            assembler.Inputs.Add(InputOf(feature, options));
        var cuts = new CatBoostCuts(parts, assembler);
        var trees = options.Iterations ?? parts.Trees.Count;
        for (var tree = 0; tree < trees; tree++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"tree {tree}");
            for (var output = 0; output < parts.Outputs; output++)
            {
                var nodes = parts.Trees[tree];
                var made = new ForeignNode[nodes.Length];
                for (var node = 0; node < nodes.Length; node++)
                    made[node] = cuts.NodeOf(nodes[node], output, $"{place}, node {node}");
                CoverPaths(made, 0);
                assembler.Add(made, 0, output, place);
            }
        }
        var rule = ForeignInputs.RuleOf(new double[parts.Outputs], options, link);
        // The second score of a regression with uncertainty is the logarithm of the standard deviation.
        return assembler.Build(rule with { Scale = rule.Scale * parts.Scale, Biases = parts.Biases });
    }

    /// <summary>Learn rows of inner nodes: the sum of those below.</summary>
    static double CoverPaths(ForeignNode[] nodes, int root)
    {
        // Symmetric trees are at most 16 deep and others few thousand nodes; children come after parents in both.
        for (var node = nodes.Length - 1; node >= root; node--)
        {
            if (
                !nodes[node].IsLeaf
                && nodes[node].Left > node
                && nodes[node].Right > node
                && nodes[node].Left < nodes.Length
                && nodes[node].Right < nodes.Length
            )
                nodes[node].Rows = nodes[node].Cover = nodes[nodes[node].Left].Rows + nodes[nodes[node].Right].Rows;
        }
        return nodes[root].Rows;
    }

    static ScorerInput InputOf(ForeignFeature feature, ForeignOptions options)
    {
        if (!feature.IsCategory)
            return new(feature.Name, FieldKind.Number);
        // Hashes are looked up in any order of levels, so a caller's own list may stand in for the file's.
        var levels =
            options.Levels.GetValueOrDefault(feature.Name) ?? (feature.Levels is null ? null : new LevelList(feature.Levels));
        return levels is not null
            ? new(feature.Name, FieldKind.Category, levels)
            : throw ForeignErrors.Untold(
                $"the file holds only hashes of the category '{feature.Name}'.",
                "Give its levels, in any order."
            );
    }
}
