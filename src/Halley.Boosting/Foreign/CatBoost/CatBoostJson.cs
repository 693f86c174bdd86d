using System.Globalization;

namespace Halley.Boosting;

/// <summary>Reads CatBoost's JSON models.</summary>
static class CatBoostJson
{
    const string EmptyKey = "18446744073709551615";
    const int MostCuts = 16;

    internal static ForeignModel Read(DocumentNode document)
    {
        var features = document["features_info"];
        var numbers = ListOf(features, "float_features").Select(NumberOf).ToArray();
        var categories = ListOf(features, "categorical_features")
            .Select(node => new CatBoostCategory(NameOf(node), node["flat_feature_index"].Integer()))
            .ToArray();
        CatBoostOneHot[] oneHots =
        [
            .. ListOf(features, "categorical_features")
                .Select((node, index) => (Values: node.Find("values"), index))
                .Where(pair => pair.Values is not null)
                .Select(pair => new CatBoostOneHot(pair.index, pair.Values!.Whole())),
        ];
        var ctrs = ListOf(features, "ctrs").Select(node => CtrOf(node, document, numbers.Length, categories.Length)).ToArray();
        var (scale, biases) = ScaleOf(document["scale_and_bias"]);
        var outputs = biases.Length;
        var loss = LossOf(document.Find("model_info"));
        var parts = new CatBoostParts
        {
            Numbers = numbers,
            Categories = categories,
            OneHots = oneHots,
            Ctrs = ctrs,
            Trees = [],
            Outputs = outputs,
            Scale = scale,
            Biases = biases,
            Loss = loss.Name,
            LossParameters = loss.Parameters,
            Version = "",
            Texts = categories.Length > 0 && features.Find("cat_features_hash") is { } texts ? TextsOf(texts) : null,
        };
        var cutCount = parts.CutCount;
        foreach (var tree in ListOf(document, "oblivious_trees"))
            parts.Trees.Add(Symmetric(tree, parts, cutCount, outputs));
        foreach (var tree in ListOf(document, "trees"))
            parts.Trees.Add(Other(tree, parts, cutCount, outputs));
        return CatBoostModel.Of(parts);
    }

    static IReadOnlyList<DocumentNode> ListOf(DocumentNode node, string name) =>
        node.Find(name) is { } found && (found.Items ?? found.NumberItems as object) is not null ? found.List() : [];

    static string NameOf(DocumentNode feature) =>
        feature.Find("feature_id")?.TextValue is { Length: > 0 } name
            ? name
            : feature["flat_feature_index"].Integer().ToString(CultureInfo.InvariantCulture);

    static CatBoostNumber NumberOf(DocumentNode node) =>
        new(
            NameOf(node),
            node["flat_feature_index"].Integer(),
            node.Find("borders") is { } borders && borders.NumberItems is not null ? BordersOf(borders) : [],
            node.Find("nan_value_treatment")?.Text() == "AsTrue"
        );

    static float[] BordersOf(DocumentNode node)
    {
        var borders = Array.ConvertAll(node.Numbers(), border => (float)border);
        return Array.TrueForAll(borders, float.IsFinite)
            ? borders
            : throw ForeignErrors.MalformedAt(node.Path, $"a border is not a 32-bit float.");
    }

    static (double Scale, double[] Biases) ScaleOf(DocumentNode node)
    {
        var pair = node.List();
        if (pair.Count != 2)
            ForeignErrors.Malformed(node.Path, $"it holds {pair.Count} parts, not scale and bias.");
        var biases = pair[1].NumberValue is { } one ? [one] : pair[1].Numbers();
        if (biases.Length is < 1 or > 10_000)
            ForeignErrors.Malformed(node.Path, $"there are {biases.Length} biases.");
        return (pair[0].Number(), biases);
    }

    static (string Name, Dictionary<string, string> Parameters) LossOf(DocumentNode? info)
    {
        var parameters = info?.Find("params");
        if (parameters?.TextValue is { } text)
            parameters = JsonDocumentReader.Read(System.Text.Encoding.UTF8.GetBytes(text));
        var loss = parameters?.Find("loss_function");
        return (
            loss?.Find("type")?.Text() ?? "",
            loss?.Find("params")
                ?.AsMembers()
                .Where(member => member.Value.TextValue is not null)
                .ToDictionary(member => member.Key, member => member.Value.TextValue!)
                ?? []
        );
    }

    static List<string> TextsOf(DocumentNode node) =>
        [.. node.List().Select(entry => entry["value"].Text()).Distinct(StringComparer.Ordinal)];

    static CatBoostCtr CtrOf(DocumentNode node, DocumentNode document, int numbers, int categories)
    {
        var (cats, conditions, levels) = (new List<int>(), new List<(int, float)>(), new List<(int, int)>());
        foreach (var element in node["elements"].List())
        {
            switch (element["combination_element"].Text())
            {
                case "cat_feature_value":
                    cats.Add(Index(element["cat_feature_index"], categories));
                    break;
                case "float_feature":
                    conditions.Add((Index(element["float_feature_index"], numbers), (float)element["border"].Number()));
                    break;
                case "cat_feature_exact_value":
                    levels.Add((Index(element["cat_feature_index"], categories), element["value"].Integer()));
                    break;
                case var other:
                    throw ForeignErrors.Unsupported(
                        element.Path,
                        $"a combination holds a '{DocumentNode.Shortened(other)}'.",
                        "Fit the model without such features."
                    );
            }
        }
        var rule = CatBoostRules.Of(
            node["ctr_type"].Text(),
            node["target_border_idx"].Integer(),
            (float)node["prior_numerator"].Number(),
            (float)(node.Find("prior_denomerator") ?? node["prior_denominator"]).Number(),
            (float)node["shift"].Number(),
            (float)node["scale"].Number(),
            node.Path
        );
        var identifier = node["identifier"].Text();
        var tables =
            document.Find("ctr_data")
            ?? throw ForeignErrors.MalformedAt("document", $"there are statistics of categories, but no 'ctr_data'.");
        var table =
            tables.Find(identifier)
            ?? throw ForeignErrors.MalformedAt("ctr_data", $"the table '{DocumentNode.Shortened(identifier)}' is missing.");
        return new([.. cats], [.. conditions], [.. levels], rule, TableOf(table, rule), BordersOf(node["borders"]));
    }

    static int Index(DocumentNode node, int count)
    {
        var index = node.Integer();
        return (uint)index < (uint)count
            ? index
            : throw ForeignErrors.MalformedAt(node.Path, $"it is feature {index} of {count}.");
    }

    static CtrTable TableOf(DocumentNode node, CtrRule rule)
    {
        var (stride, cells) = (node["hash_stride"].Integer(), node["hash_map"].List());
        if (stride < 2 || stride > 1 << 16 || cells.Count % stride != 0 || (rule.Kind == CtrKind.Mean && stride != 3))
            ForeignErrors.Malformed(node.Path, $"its hash_stride is {stride}, and its hash_map has {cells.Count} entries.");
        var (keys, values) = (new List<ulong>(), new List<double>());
        for (var at = 0; at < cells.Count; at += stride)
        {
            var text = cells[at].Text();
            // The key of all ones marks an empty slot; a slot of zeros may be one too.
            if (text == EmptyKey)
                continue;
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
                ForeignErrors.Malformed(cells[at].Path, $"'{DocumentNode.Shortened(text)}' is not a key.");
            keys.Add(key);
            for (var i = 1; i < stride; i++)
                values.Add(cells[at + i].Number());
        }
        return CtrTable.Of([.. keys], [.. values], stride - 1, node["counter_denominator"].Integer());
    }

    /// <summary>A cut by its number; what the file says of its feature must agree.</summary>
    static int CutOf(DocumentNode split, CatBoostParts parts, int cutCount)
    {
        var cut = split["split_index"].Integer();
        if ((uint)cut >= (uint)cutCount)
            ForeignErrors.Malformed(split.Path, $"it is cut number {cut} of {cutCount}.");
        if (split.Find("float_feature_index") is { } number)
            Index(number, parts.Numbers.Length);
        if (split.Find("cat_feature_index") is { } category)
            Index(category, parts.Categories.Length);
        return cut;
    }

    static CatBoostNode[] Symmetric(DocumentNode tree, CatBoostParts parts, int cutCount, int outputs)
    {
        var cuts = ListOf(tree, "splits").Select(split => CutOf(split, parts, cutCount)).ToArray();
        if (cuts.Length > MostCuts)
            ForeignErrors.Malformed(tree.Path, $"it has {cuts.Length} cuts; at most {MostCuts} are possible.");
        var values = tree["leaf_values"].Numbers();
        var leaves = 1 << cuts.Length;
        if (values.Length != (long)leaves * outputs)
            ForeignErrors.Malformed(tree.Path, $"it has {values.Length} leaf values for {leaves} leaves and {outputs} outputs.");
        var weights = tree.Find("leaf_weights")?.Numbers() ?? [];
        return CatBoostParts.Symmetric(
            cuts,
            leaf => (values[(leaf * outputs)..((leaf + 1) * outputs)], weights.Length == leaves ? weights[leaf] : 0)
        );
    }

    static CatBoostNode[] Other(DocumentNode tree, CatBoostParts parts, int cutCount, int outputs)
    {
        var (nodes, leaf) = (new List<CatBoostNode>(), 0);
        Visit(tree);
        return [.. nodes];

        int Visit(DocumentNode node)
        {
            var index = nodes.Count;
            nodes.Add(default);
            if (node.Find("split") is not { } split)
            {
                var values = node["value"].NumberValue is { } one ? [one] : node["value"].Numbers();
                if (values.Length != outputs)
                    ForeignErrors.Malformed(node.Path, $"a leaf has {values.Length} values for {outputs} outputs.");
                nodes[index] = new(-1, -1, -1, values, node.Find("weight")?.Number() ?? 0, leaf++);
                return index;
            }
            // A document is at most 64 deep, so this ends soon.
            var cut = CutOf(split, parts, cutCount);
            // The library counts the leaf of a pair first where its sibling is cut again, else from left to right.
            var rightFirst = node["right"].Find("split") is null && node["left"].Find("split") is not null;
            var first = Visit(node[rightFirst ? "right" : "left"]);
            var second = Visit(node[rightFirst ? "left" : "right"]);
            var (left, right) = rightFirst ? (second, first) : (first, second);
            nodes[index] = new(cut, left, right, [], 0, -1);
            return index;
        }
    }
}
