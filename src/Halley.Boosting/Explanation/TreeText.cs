using System.Globalization;
using System.Text;

namespace Halley.Boosting;

/// <summary>Trees in words.</summary>
public static class TreeText
{
    const int MostLevels = 12;

    /// <summary>Some trees of an ensemble, a line for each node: cuts with their gain and rows, leaves with what they add to the score.</summary>
    /// <param name="first">From 0.</param>
    public static string Of(TreeEnsemble trees, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(trees);
        var text = new StringBuilder();
        Line(text, 0, $"base score {trees.BaseScore:R}");
        for (var tree = Math.Max(first, 0); tree < Math.Min((long)first + count, trees.TreeCount); tree++)
        {
            var output = trees.OutputCount > 1 ? $", output {trees.Rule.OutputOf(tree)}" : "";
            Line(text, 0, $"tree {tree}{output}");
            var open = new Stack<(int Node, int Depth, string Side)>([(trees.Nodes.Roots[tree], 1, "")]);
            while (open.TryPop(out var at))
            {
                Line(text, at.Depth, at.Side + Of(trees, at.Node));
                var node = trees.Nodes.All[at.Node];
                if (node.IsLeaf)
                    continue;
                open.Push((node.Left + 1, at.Depth + 1, "no: "));
                open.Push((node.Left, at.Depth + 1, "yes: "));
            }
        }
        return text.ToString();
    }

    static string Of(TreeEnsemble trees, int index)
    {
        var (node, known) = (trees.Nodes.All[index], trees.Nodes.Statistics[index]);
        var rows = string.Create(CultureInfo.InvariantCulture, $"rows {known.Rows:G9}, cover {known.Cover:G6}");
        if (node.IsLeaf)
            return string.Create(CultureInfo.InvariantCulture, $"adds {ModelOf(trees, index)} ({rows})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{CutOf(trees, node)}{(node.MissingLeft ? " or missing" : "")}? (gain {known.Gain:G6}, {rows})"
        );
    }

    static string CutOf(TreeEnsemble trees, in TreeNode node)
    {
        var isInput = node.Input < trees.Inputs.Count;
        var name = isInput ? trees.Inputs[node.Input].Name : $"column {node.Input - trees.Inputs.Count} derived from the inputs";
        if (node.LevelSet < 0)
            return double.IsPositiveInfinity(node.Value)
                ? $"{name} is any number"
                : string.Create(CultureInfo.InvariantCulture, $"{name} <= {node.Value:R}");
        var levels = LevelsOf(trees, node, isInput ? trees.Inputs[node.Input].Levels : null);
        var more = levels.Count > MostLevels ? $", and {levels.Count - MostLevels} more" : "";
        return $"{name} in {{{string.Join(", ", levels.Take(MostLevels))}{more}}}";
    }

    static List<string> LevelsOf(TreeEnsemble trees, in TreeNode node, Data.LevelList? names)
    {
        var levels = new List<string>();
        var (start, end) = (trees.Nodes.SetStarts[node.LevelSet], trees.Nodes.SetStarts[node.LevelSet + 1]);
        for (var code = 0; code < 64 * (end - start); code++)
        {
            if ((trees.Nodes.SetBits[start + (code >> 6)] >> (code & 63) & 1) != 0)
                levels.Add(names is not null && code < names.Count ? names[code] : code.ToString(CultureInfo.InvariantCulture));
        }
        return levels;
    }

    static string ModelOf(TreeEnsemble trees, int leaf)
    {
        var plain = trees.Nodes.All[leaf].Value.ToString("R", CultureInfo.InvariantCulture);
        if (trees.Nodes.Linear is not { } linear || linear.Starts[leaf] == linear.Starts[leaf + 1])
            return plain;
        var terms = Enumerable
            .Range(linear.Starts[leaf], linear.Starts[leaf + 1] - linear.Starts[leaf])
            .Select(term =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $" + {linear.Coefficients[term]:R} * {(linear.Columns[term] < trees.Inputs.Count ? trees.Inputs[linear.Columns[term]].Name : "derived")}"
                )
            );
        return string.Create(CultureInfo.InvariantCulture, $"{linear.Constants[leaf]:R}")
            + string.Concat(terms)
            + $", or {plain} where one is missing";
    }

    static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
}
