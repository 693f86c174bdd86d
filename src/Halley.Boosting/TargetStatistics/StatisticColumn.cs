using Halley.Data;

namespace Halley.Boosting;

/// <summary>A statistic as a column that trees cut.</summary>
/// <param name="Name">No column of the learn table has it.</param>
/// <param name="Volumes">What the learn rows add to it.</param>
/// <param name="Valued">Its value at each key, for rows that are scored.</param>
sealed record StatisticColumn(
    string Name,
    string[] MadeOf,
    CategoryKeys Keys,
    OrderedStatistic Statistic,
    StatisticVolumes Volumes,
    KeyedColumn Valued
)
{
    /// <summary>As scorers have it: a list by level where there is one category.</summary>
    /// <param name="placeOf">Where scorers have the codes of a feature.</param>
    internal DerivedColumn Derived(Func<int, int> placeOf) =>
        Valued.Inputs.Length == 1 ? ByLevel() : Valued with { Inputs = Array.ConvertAll(Valued.Inputs, input => placeOf(input)) };

    /// <summary>What the learn rows are told when they are scored.</summary>
    internal NumericColumn ToldLearnt() => new(Name, Array.ConvertAll(Keys.PlaceOfRow, place => Valued.Values[place]));

    /// <summary>What rows are told that are scored.</summary>
    /// <param name="codes">Shape (n) each: codes of the rows, by feature.</param>
    internal NumericColumn Told(int rowCount, IReadOnlyDictionary<int, int[]> codes)
    {
        var columns = Array.ConvertAll(Valued.Inputs, input => codes[input]);
        var (row, values) = (new double[Valued.Inputs.Max() + 1], new double[rowCount]);
        for (var at = 0; at < values.Length; at++)
        {
            for (var i = 0; i < columns.Length; i++)
                row[Valued.Inputs[i]] = columns[i][at];
            values[at] = Valued.ValueOf(row);
        }
        return new(Name, values);
    }

    LevelColumn ByLevel()
    {
        var values = new double[Valued.LevelCounts[0]];
        Array.Fill(values, Valued.WhenUnknown);
        var missing = Valued.WhenUnknown;
        for (var place = 0; place < Valued.Keys.Length; place++)
        {
            if (Valued.Keys[place] < (ulong)values.Length)
                values[Valued.Keys[place]] = Valued.Values[place];
            else
                missing = Valued.Values[place];
        }
        return new(Valued.Inputs[0], values, missing);
    }
}
