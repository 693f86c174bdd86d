namespace Halley.Boosting;

/// <summary>How a target statistic is taken from the counts of its key.</summary>
enum CtrKind : byte
{
    /// <summary>Rows of the classes above a border, over all rows.</summary>
    Borders,

    /// <summary>Rows of one class, over all rows.</summary>
    Buckets,

    /// <summary>Sum of the binarised target, over the rows.</summary>
    Mean,

    /// <summary>Rows, over the largest count or all rows.</summary>
    Counter,
}

/// <summary>A condition on a number that is part of a key: x rounded to a 32-bit float is above the border.</summary>
/// <param name="Cut">Largest double for which it does not hold.</param>
readonly record struct CtrNumber(int Source, double Cut, bool WhenMissing);

/// <summary>A condition on a category that is part of a key: its hash is this one.</summary>
readonly record struct CtrLevel(int Source, int Hash);

/// <summary>CatBoost's target statistic of a category, or of a combination of categories and conditions.</summary>
/// <remarks>
/// The key is h = 0, then for each element h = M·(h + M·v) mod 2^64: category hashes with their sign, then conditions as 0 or 1.
/// The value is ((good + prior) / (total + prior's denominator) + shift) · scale, in 32-bit floats.
/// </remarks>
sealed record CtrColumn(
    int[] Categories,
    int[][] Hashes,
    int[] MissingHashes,
    CtrNumber[] Numbers,
    CtrLevel[] Levels,
    CtrTable Table,
    CtrRule Rule
) : DerivedColumn
{
    const ulong Multiplier = 0x4906ba494954cb65;

    internal override IEnumerable<int> Sources =>
        Categories.Concat(Numbers.Select(number => number.Source)).Concat(Levels.Select(level => level.Source)).Distinct();

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var key = 0UL;
        for (var i = 0; i < Categories.Length; i++)
            key = Next(key, unchecked((ulong)HashOf(row[Categories[i]], i)));
        foreach (var number in Numbers)
        {
            var x = row[number.Source];
            key = Next(key, (double.IsNaN(x) ? number.WhenMissing : x > number.Cut) ? 1UL : 0);
        }
        foreach (var level in Levels)
            key = Next(
                key,
                HashOf(row[level.Source], Array.IndexOf(Categories, level.Source), level.Source) == level.Hash ? 1UL : 0
            );
        return Rule.ValueOf(Table, key);
    }

    /// <summary>Hashes of the inputs that only conditions read, behind those of <see cref="Categories"/>.</summary>
    internal Dictionary<int, (int[] Hashes, int Missing)> Others { get; init; } = [];

    static ulong Next(ulong key, ulong value) => unchecked(Multiplier * (key + Multiplier * value));

    long HashOf(double code, int category) => HashOf(code, Hashes[category], MissingHashes[category]);

    long HashOf(double code, int category, int source) =>
        category >= 0 ? HashOf(code, category) : HashOf(code, Others[source].Hashes, Others[source].Missing);

    static long HashOf(double code, int[] hashes, int missing) => code >= 0 && code < hashes.Length ? hashes[(int)code] : missing;
}
