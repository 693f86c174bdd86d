using Halley.Data;

namespace Halley.Boosting;

/// <summary>An ensemble as other formats can hold it: trees that add to outputs, starts and factors folded in. What they can't hold is refused.</summary>
/// <param name="Trees">The ensemble.</param>
/// <param name="Members">Trees with the output that each adds to.</param>
/// <param name="Starts">Shape (outputs).</param>
/// <param name="Factor">What each leaf is multiplied by.</param>
/// <param name="Chosen">The output that is the score; the others count in its share only.</param>
sealed record ExportedTrees(
    TreeEnsemble Trees,
    IReadOnlyList<(int Tree, int Output)> Members,
    double[] Starts,
    double Factor,
    int Chosen
)
{
    internal int OutputCount => Starts.Length;

    /// <exception cref="HalleyException">HLY2240.</exception>
    internal static ExportedTrees Of(TreeEnsemble trees)
    {
        var rule = trees.Rule;
        if (trees.TreeCount == 0)
            throw ExportErrors.Refused("it has no trees");
        if (trees.Nodes.Linear is not null)
            throw ExportErrors.Refused("its leaves are linear models");
        var factor = rule.Scale / rule.Divisor;
        // Outputs that are not set against one another stand alone: the one that is the score is enough.
        var shared = rule.Transform is ScoreTransform.ClassLogit or ScoreTransform.LargestOutput;
        var members = Enumerable
            .Range(0, trees.TreeCount)
            .Select(tree => (tree, rule.OutputOf(tree)))
            .Where(member => shared || member.Item2 == rule.Output)
            .Select(member => (member.tree, shared ? member.Item2 : 0))
            .ToList();
        var starts = rule.Bases.Zip(rule.Biases, (start, bias) => start * factor + bias).ToArray();
        return new(trees, members, shared ? starts : [starts[rule.Output]], factor, shared ? rule.Output : 0);
    }

    /// <summary>What a derived column is, for messages.</summary>
    internal static string WordsFor(DerivedColumn column) =>
        column switch
        {
            CtrColumn => "CatBoost's target statistics of categories",
            CodeColumn => "categories that arrive as numbers (import the model with their levels)",
            ZeroMissingColumn => "zeros that stand for missing values",
            _ => "columns that an ONNX file computes",
        };
}
