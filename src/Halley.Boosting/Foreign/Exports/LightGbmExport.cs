using System.Globalization;
using System.Text;
using System.Text.Json;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Writes an ensemble as a LightGBM text model (format v4), with the levels of its categories.</summary>
/// <remarks>The start stands in the first tree of each output, as the library has it. A missing category goes right there: where it goes left here, the sides are swapped.</remarks>
public static class LightGbmExport
{
    const string Format = "LightGBM";

    /// <summary>Makes the file's text.</summary>
    /// <param name="family">Of the prediction, for the objective.</param>
    /// <param name="link">From score to prediction.</param>
    /// <exception cref="HalleyException">HLY2240: names what the format can't carry.</exception>
    public static string Write(TreeEnsemble trees, Family family, Link link)
    {
        ArgumentNullException.ThrowIfNull(trees);
        ArgumentNullException.ThrowIfNull(family);
        var exported = ExportedTrees.Of(trees);
        if (trees.Rule.Aggregate != TreeAggregate.Sum)
            throw ExportErrors.Refused("it takes the smallest or largest of its trees", Format);
        var objective = ObjectiveOf(trees.Rule.Transform, family, link, exported.OutputCount);
        var text = new StringBuilder();
        WriteHeader(text, trees, exported.OutputCount, objective);
        var rounds = RoundsOf(exported);
        for (var index = 0; index < rounds.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Tree={index}\n");
            var start = index < exported.OutputCount ? exported.Starts[index] : 0;
            LightGbmTreeWriter.Write(text, trees, rounds[index], exported.Factor, start);
        }
        text.Append("end of trees\n\nfeature_importances:\n\nparameters:\n");
        // A family's name holds its power: tweedie(1.6).
        if (family.Name.StartsWith("tweedie(", StringComparison.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"[tweedie_variance_power: {family.Name[8..^1]}]\n");
        text.Append("end of parameters\n\npandas_categorical:").Append(LevelsOf(trees)).Append('\n');
        return text.ToString();
    }

    static string ObjectiveOf(ScoreTransform transform, Family family, Link link, int outputs) =>
        (transform, link.Function) switch
        {
            (ScoreTransform.ClassLogit, LinkFunction.Logit) => $"multiclass num_class:{outputs}",
            (ScoreTransform.LargestOutput, LinkFunction.Identity) => $"multiclass num_class:{outputs}",
            (ScoreTransform.SignedSquare, LinkFunction.Identity) => "regression sqrt",
            (ScoreTransform.SoftPlus, LinkFunction.Identity) => "cross_entropy_lambda",
            (ScoreTransform.None, LinkFunction.Logit) => "binary sigmoid:1",
            (ScoreTransform.None, LinkFunction.Identity) => "regression",
            (ScoreTransform.None, LinkFunction.Log) => family.Name switch
            {
                "gamma" => "gamma",
                var name when name.StartsWith("tweedie", StringComparison.Ordinal) => "tweedie",
                _ => "poisson",
            },
            (ScoreTransform.None, _) => throw ExportErrors.Refused($"its link is {link.Name}", Format),
            _ => throw ExportErrors.Refused($"its score is transformed ({transform})", Format),
        };

    static void WriteHeader(StringBuilder text, TreeEnsemble trees, int outputs, string objective)
    {
        foreach (var input in trees.Inputs)
        {
            if (
                input.Name.Any(letter =>
                    char.IsWhiteSpace(letter) || letter is '=' or '"' or '[' or ']' or '{' or '}' or ':' or ','
                )
            )
                throw ExportErrors.Refused($"its feature '{input.Name}' has a blank or a mark in its name", Format);
        }
        var infos = trees.Inputs.Select(
            (input, index) =>
                input.Kind == FieldKind.Category || IsCode(trees, index)
                    ? string.Join(':', Enumerable.Range(0, input.Levels?.Count ?? 1))
                    : "[-1e+308:1e+308]"
        );
        text.Append("tree\nversion=v4\n");
        text.Append(CultureInfo.InvariantCulture, $"num_class={outputs}\nnum_tree_per_iteration={outputs}\nlabel_index=0\n");
        text.Append(CultureInfo.InvariantCulture, $"max_feature_idx={trees.Inputs.Count - 1}\nobjective={objective}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"feature_names={string.Join(' ', trees.Inputs.Select(input => input.Name))}\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"feature_infos={string.Join(' ', infos)}\n\n");
    }

    static bool IsCode(TreeEnsemble trees, int input) =>
        trees.Derived.Any(column => column is CodeColumn { FractionBelowZero: true } code && code.Source == input);

    /// <summary>Trees in rounds, a tree of each output in turn; −1 where an output has none left.</summary>
    static List<int> RoundsOf(ExportedTrees exported)
    {
        var byOutput = Enumerable
            .Range(0, exported.OutputCount)
            .Select(output => exported.Members.Where(member => member.Output == output).Select(member => member.Tree).ToList())
            .ToList();
        var rounds = byOutput.Max(trees => trees.Count);
        return
        [
            .. Enumerable.Range(0, rounds).SelectMany(round => byOutput.Select(trees => round < trees.Count ? trees[round] : -1)),
        ];
    }

    /// <summary>A list for each category, in column order.</summary>
    static string LevelsOf(TreeEnsemble trees)
    {
        var categories = trees.Inputs.Where(input => input.Kind == FieldKind.Category).ToList();
        if (categories.Count == 0 || trees.Derived.Any(column => column is CodeColumn))
            return "null";
        var json = new StringBuilder("[");
        foreach (var input in categories)
            json.Append(json.Length > 1 ? ", " : "")
                .Append('[')
                .AppendJoin(", ", input.Levels!.Levels.Select(level => $"\"{JsonEncodedText.Encode(level)}\""))
                .Append(']');
        return json.Append(']').ToString();
    }
}
