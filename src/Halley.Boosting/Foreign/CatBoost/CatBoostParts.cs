namespace Halley.Boosting;

/// <summary>A numeric feature of a CatBoost model.</summary>
sealed record CatBoostNumber(string Name, int Flat, float[] Borders, bool MissingIsAbove);

/// <summary>A category feature of a CatBoost model.</summary>
sealed record CatBoostCategory(string Name, int Flat);

/// <summary>A category's values that are compared one by one, as hashes.</summary>
sealed record CatBoostOneHot(int Category, int[] Values);

/// <summary>A target statistic with the borders at which trees cut it.</summary>
sealed record CatBoostCtr(
    int[] Categories,
    (int Number, float Border)[] Numbers,
    (int Category, int Value)[] Levels,
    CtrRule Rule,
    CtrTable Table,
    float[] Borders
);

/// <summary>A node of a CatBoost tree: a cut by number in the list of all cuts, or a leaf.</summary>
/// <param name="Cut">−1 in a leaf.</param>
/// <param name="Values">Of a leaf: a value for each output.</param>
readonly record struct CatBoostNode(int Cut, int Left, int Right, double[] Values, double Weight, int LeafId);

/// <summary>A CatBoost model as either of its formats tells it. Every tree's root is its node 0.</summary>
sealed record CatBoostParts
{
    internal required CatBoostNumber[] Numbers { get; init; }
    internal required CatBoostCategory[] Categories { get; init; }
    internal required CatBoostOneHot[] OneHots { get; init; }
    internal required CatBoostCtr[] Ctrs { get; init; }
    internal required List<CatBoostNode[]> Trees { get; init; }
    internal required int Outputs { get; init; }
    internal required double Scale { get; init; }
    internal required double[] Biases { get; init; }
    internal required string Loss { get; init; }
    internal required IReadOnlyDictionary<string, string> LossParameters { get; init; }
    internal required string Version { get; init; }

    /// <summary>Texts of categories, all features together; null where the file has none.</summary>
    internal IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Cuts of numbers come first, then single values, then statistics.</summary>
    internal int CutCount =>
        Numbers.Sum(number => number.Borders.Length)
        + OneHots.Sum(one => one.Values.Length)
        + Ctrs.Sum(ctr => ctr.Borders.Length);

    /// <summary>The nodes of a symmetric tree: bit i of a leaf's number is its i-th cut.</summary>
    internal static CatBoostNode[] Symmetric(ReadOnlySpan<int> cuts, Func<int, (double[] Values, double Weight)> leaf)
    {
        var nodes = new CatBoostNode[(2 << cuts.Length) - 1];
        // Level by level from the last cut down, so a node's path spells its leaf from the highest bit on.
        var first = 0;
        for (var level = 0; level <= cuts.Length; level++)
        {
            for (var path = 0; path < 1 << level; path++)
            {
                if (level == cuts.Length)
                {
                    var (values, weight) = leaf(path);
                    nodes[first + path] = new(-1, -1, -1, values, weight, path);
                }
                else
                {
                    var below = first + (1 << level) + 2 * path;
                    nodes[first + path] = new(cuts[cuts.Length - 1 - level], below, below + 1, [], 0, -1);
                }
            }
            first += 1 << level;
        }
        return nodes;
    }
}
