using System.Runtime.InteropServices;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Numbers the distinct values of a column in the order of their first row, batch after batch.</summary>
sealed class TextNumbers
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    internal int Count { get; private set; }

    /// <summary>The texts that have a number, with it.</summary>
    internal IEnumerable<KeyValuePair<string, int>> Texts => numbers;

    /// <summary>Number of the missing value; −1 where there is none, or each is one of its own.</summary>
    internal int Missing { get; private set; } = -1;

    /// <summary>Number of each row's value, 0 in rows without weight. Shape (n).</summary>
    /// <param name="joinMissing">Whether missing values are one value; else each is one of its own.</param>
    internal double[] Of(Column column, double[] weight, bool joinMissing = false)
    {
        var own = new double[column.RowCount];
        // A category's levels have their numbers found once a batch.
        var byCode = column is CategoricalColumn category ? new int?[category.Levels.Count] : [];
        for (var row = 0; row < own.Length; row++)
        {
            if (weight[row] == 0)
                continue;
            if (column.IsMissing(row))
                own[row] = joinMissing && Missing >= 0 ? Missing : Missing = Count++;
            else if (column is CategoricalColumn levels)
                own[row] = byCode[levels.Codes[row]] ??= NumberOf(levels.TextAt(row)!);
            else
                own[row] = NumberOf(column.TextAt(row)!);
        }
        return own;
    }

    int NumberOf(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, text, out var known);
        if (!known)
            number = Count++;
        return number;
    }
}
