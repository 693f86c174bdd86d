namespace Halley.Models;

/// <summary>Says which part each row belongs to. Depends on the row's own values, its number, and the seed; not on other rows.</summary>
static class PartAssigner
{
    // Validation is drawn apart from the test, so that it cuts across it.
    const ulong ValidationStream = 0x76616C6964;
    const ulong SampleStream = 0x73616D706C;

    /// <summary>The part of each row, shape (n); null for rows left out.</summary>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many; null where they are all.</param>
    /// <exception cref="HalleyException">HLY1001, HLY1002: a column is missing or of another kind; HLY1301: nothing to learn on.</exception>
    public static DataPart?[] Assign(SplitSpec? split, Table table, ulong seed, long? firstRow = null)
    {
        var parts = new DataPart?[table.RowCount];
        Array.Fill(parts, DataPart.Learn);
        if (split is null)
            return parts;
        Mark(parts, PartsOf(split, table, seed, firstRow));
        if (split.ValidationShare > 0)
            Draw(parts, Keys(), split.ValidationShare, seed ^ ValidationStream, DataPart.Validation);
        if (split.LearnShare is { } share)
            Draw(parts, Keys(), 1 - share, seed ^ SampleStream, part: null);
        return parts;

        ulong[] Keys() => StableKeys.OfRows(table, split.Keys, firstRow ?? 0);
    }

    static RowParts PartsOf(SplitSpec split, Table table, ulong seed, long? firstRow) =>
        split switch
        {
            ColumnSplit column => RowSplit.ByColumn(table, column.Column, column.Learn, column.Validation, column.Test, firstRow),
            RandomSplit random => RowSplit.ById(table, random.Keys, validationShare: 0, random.TestShare, seed, firstRow),
            TimeSplit time => RowSplit.ByTime(table, time.Column, time.ValidationFrom, time.TestFrom, firstRow),
            _ => throw new ArgumentException($"split {split.GetType().Name} is not known.", nameof(split)),
        };

    static void Mark(DataPart?[] parts, RowParts rows)
    {
        foreach (var row in rows.Validation)
            parts[row] = DataPart.Validation;
        foreach (var row in rows.Test)
            parts[row] = DataPart.Test;
        foreach (var row in rows.LeftOut)
            parts[row] = null;
    }

    /// <summary>Gives a share of the learn rows another part; null leaves them out.</summary>
    static void Draw(DataPart?[] parts, ulong[] keys, double share, ulong seed, DataPart? part)
    {
        for (var row = 0; row < parts.Length; row++)
        {
            if (parts[row] == DataPart.Learn && StableKeys.Uniform(keys[row], seed) < share)
                parts[row] = part;
        }
    }
}
