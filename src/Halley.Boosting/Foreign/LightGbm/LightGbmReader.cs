using System.Globalization;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Reads LightGBM's text models, format v3 and v4.</summary>
/// <remarks>Source: the files themselves, and LightGBM's decision rules. All its arithmetic is in doubles.</remarks>
static class LightGbmReader
{
    const int Most = 1_000_000;

    internal static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith("tree\n"u8) || bytes.StartsWith("tree\r\n"u8);

    internal static ForeignModel Read(ReadOnlySpan<byte> bytes)
    {
        var (header, trees, tail) = Sections(bytes.ToArray());
        var objective = header.Has("objective") ? header.Text("objective") : "";
        var outputs = header.Integer("num_tree_per_iteration");
        if (outputs is < 1 or > 10_000 || trees.Count % outputs != 0)
            ForeignErrors.Malformed(header.Place, $"{trees.Count} trees are not whole rounds of {outputs}.");
        var link = LinkOf(objective, tail);
        var features = FeaturesOf(header, trees, tail);
        var average = header.Has("average_output");
        var iterations = trees.Count / outputs;
        return new(options => Build(options, trees, features, outputs, average, link))
        {
            Library = "LightGBM",
            Version = header.Has("version") ? header.Text("version") : "",
            Objective = objective,
            Link = link,
            Features = features,
            OutputCount = outputs,
            Iterations = iterations,
        };
    }

    static TreeEnsemble Build(
        ForeignOptions options,
        List<LightGbmSection> trees,
        IReadOnlyList<ForeignFeature> features,
        int outputs,
        bool average,
        ForeignLink? link
    )
    {
        var assembler = new EnsembleAssembler("feature_names") { PathsByRows = true };
        ForeignInputs.Add(assembler, features, options);
        var iterations = options.Iterations ?? trees.Count / outputs;
        for (var tree = 0; tree < iterations * outputs; tree++)
        {
            var nodes = LightGbmTreeReader.Read(trees[tree], features.Count, assembler, out var root);
            assembler.Add(nodes, root, tree % outputs, trees[tree].Place);
        }
        var rule = ForeignInputs.RuleOf(new double[outputs], options, link);
        return assembler.Build(rule with { Divisor = average ? Math.Max(iterations, 1) : 1 });
    }

    /// <summary>The Tweedie power stands among the parameters, not in the objective line.</summary>
    static ForeignLink? LinkOf(string objective, LightGbmTail tail) =>
        LightGbmObjectives.LinkOf(objective) is { } link
            ? link.Family is { } family
            && family.Name.StartsWith("tweedie", StringComparison.Ordinal)
            && tail.TweediePower is { } power
                ? link with
                {
                    Family = Family.Tweedie(power),
                }
                : link
            : null;

    static (LightGbmSection Header, List<LightGbmSection> Trees, LightGbmTail Tail) Sections(byte[] bytes)
    {
        var (header, trees) = (new LightGbmSection("header"), new List<LightGbmSection>());
        var (current, position) = (header, bytes.AsSpan().IndexOf((byte)'\n') + 1);
        while (position < bytes.Length)
        {
            var end = bytes.AsSpan(position).IndexOf((byte)'\n');
            var line = bytes.AsMemory(position, (end < 0 ? bytes.Length : position + end) - position);
            position = end < 0 ? bytes.Length : position + end + 1;
            var text = line.Span.TrimEnd((byte)'\r');
            if (text.IsEmpty)
                continue;
            if (text.SequenceEqual("end of trees"u8))
                return (header, trees, LightGbmTail.Of(bytes.AsSpan(position)));
            if (text.StartsWith("Tree="u8))
            {
                if (trees.Count == TreeEnsemble.MaximumTrees)
                    throw ForeignErrors.Unsupported(
                        "trees",
                        $"there are more than {TreeEnsemble.MaximumTrees}.",
                        "Fit a smaller model."
                    );
                trees.Add(current = new(string.Create(CultureInfo.InvariantCulture, $"tree {trees.Count}")));
                continue;
            }
            current.Add(line[..text.Length]);
        }
        throw ForeignErrors.MalformedAt(
            "end",
            $"there is no line 'end of trees': the file is cut off after {trees.Count} trees."
        );
    }

    static ForeignFeature[] FeaturesOf(LightGbmSection header, List<LightGbmSection> trees, LightGbmTail tail)
    {
        var names = header.Words("feature_names");
        var last = header.Integer("max_feature_idx");
        if (names.Length != last + 1L || names.Length > Most)
            ForeignErrors.Malformed(header.Place, $"feature_names holds {names.Length} names, and max_feature_idx is {last}.");
        var categories = LightGbmTreeReader.CategoryFeatures(trees, names.Length);
        var infos = header.Has("feature_infos") ? header.Words("feature_infos") : [];
        for (var feature = 0; feature < Math.Min(infos.Length, names.Length); feature++)
            categories[feature] |= infos[feature] != "none" && !infos[feature].StartsWith('[');
        var levels = tail.Levels;
        var listed = categories.Count(isCategory => isCategory);
        if (levels is not null && levels.Count != listed)
            ForeignErrors.Malformed(
                "pandas_categorical",
                $"it lists levels of {levels.Count} features, and {listed} are categories."
            );
        var next = 0;
        return
        [
            .. names.Select(
                (name, feature) => new ForeignFeature(name, categories[feature], categories[feature] ? levels?[next++] : null)
            ),
        ];
    }
}
