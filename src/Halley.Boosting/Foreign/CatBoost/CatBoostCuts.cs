namespace Halley.Boosting;

/// <summary>The cuts of a CatBoost model, numbered as its trees name them, as nodes over inputs and statistics.</summary>
/// <remarks>A number above a border goes right, and so does a category that is the value; here a set goes left, so such children change places.</remarks>
sealed class CatBoostCuts
{
    readonly CatBoostParts parts;
    readonly EnsembleAssembler assembler;
    readonly Dictionary<string, int> inputs;
    readonly (int Kind, int Index, int Item)[] cuts;
    readonly Dictionary<int, (int[] Hashes, int Missing)> hashes = [];
    readonly int?[] ctrColumns;

    internal CatBoostCuts(CatBoostParts parts, EnsembleAssembler assembler)
    {
        (this.parts, this.assembler) = (parts, assembler);
        ctrColumns = new int?[parts.Ctrs.Length];
        foreach (var input in assembler.Inputs.GroupBy(input => input.Name).Where(group => group.Count() > 1))
            ForeignErrors.Malformed("features", $"two features are named '{input.Key}'.");
        inputs = assembler
            .Inputs.Select((input, index) => (input.Name, index))
            .ToDictionary(pair => pair.Name, pair => pair.index);
        cuts =
        [
            .. parts.Numbers.SelectMany(
                (number, index) => Enumerable.Range(0, number.Borders.Length).Select(item => (0, index, item))
            ),
            .. parts.OneHots.SelectMany((one, index) => Enumerable.Range(0, one.Values.Length).Select(item => (1, index, item))),
            .. parts.Ctrs.SelectMany((ctr, index) => Enumerable.Range(0, ctr.Borders.Length).Select(item => (2, index, item))),
        ];
    }

    internal ForeignNode NodeOf(in CatBoostNode node, int output, string place)
    {
        if (node.Cut < 0)
        {
            var leaf = ForeignNode.Leaf(node.Values[output], node.LeafId);
            leaf.Rows = leaf.Cover = node.Weight;
            return leaf;
        }
        if (node.Cut >= cuts.Length)
            ForeignErrors.Malformed(place, $"it is cut number {node.Cut} of {cuts.Length}.");
        var (kind, index, item) = cuts[node.Cut];
        return kind switch
        {
            0 => Number(node, parts.Numbers[index], item),
            1 => Level(node, parts.OneHots[index], item),
            _ => Statistic(node, index, item),
        };
    }

    ForeignNode Number(in CatBoostNode node, CatBoostNumber number, int border) =>
        new()
        {
            Left = node.Left,
            Right = node.Right,
            Column = inputs[number.Name],
            Value = SingleCuts.UpTo(number.Borders[border]),
            MissingLeft = !number.MissingIsAbove,
        };

    ForeignNode Level(in CatBoostNode node, CatBoostOneHot one, int value)
    {
        var column = inputs[parts.Categories[one.Category].Name];
        var (levels, missing) = HashesOf(column);
        var set = new ulong[(levels.Length + 63) >> 6];
        for (var level = 0; level < levels.Length; level++)
        {
            if (levels[level] == one.Values[value])
                set[level >> 6] |= 1UL << (level & 63);
        }
        return new()
        {
            Left = node.Right,
            Right = node.Left,
            Column = column,
            Set = set,
            MissingLeft = missing == one.Values[value],
        };
    }

    ForeignNode Statistic(in CatBoostNode node, int index, int border) =>
        new()
        {
            Left = node.Left,
            Right = node.Right,
            Column = ctrColumns[index] ??= ColumnOf(parts.Ctrs[index]),
            Value = parts.Ctrs[index].Borders[border],
            MissingLeft = true,
        };

    int ColumnOf(CatBoostCtr ctr)
    {
        var categories = ctr.Categories.Select(category => inputs[parts.Categories[category].Name]).ToArray();
        var levels = ctr
            .Levels.Select(level => new CtrLevel(inputs[parts.Categories[level.Category].Name], level.Value))
            .ToArray();
        CtrColumn column = new(
            categories,
            [.. categories.Select(category => HashesOf(category).Hashes)],
            [.. categories.Select(category => HashesOf(category).Missing)],
            [.. ctr.Numbers.Select(condition => ConditionOf(parts.Numbers[condition.Number], condition.Border))],
            levels,
            ctr.Table,
            ctr.Rule
        )
        {
            Others = levels
                .Select(level => level.Source)
                .Where(source => !categories.Contains(source))
                .Distinct()
                .ToDictionary(source => source, HashesOf),
        };
        assembler.Derived.Add(column);
        return assembler.Inputs.Count + assembler.Derived.Count - 1;
    }

    CtrNumber ConditionOf(CatBoostNumber number, float border) =>
        new(inputs[number.Name], SingleCuts.UpTo(border), number.MissingIsAbove);

    /// <summary>Hashes of an input's levels, and of missing, which is the empty text here.</summary>
    (int[] Hashes, int Missing) HashesOf(int input)
    {
        if (!hashes.TryGetValue(input, out var found))
            hashes[input] = found = ([.. assembler.Inputs[input].Levels!.Levels.Select(CategoryHash.Of)], CategoryHash.Of(""));
        return found;
    }
}
