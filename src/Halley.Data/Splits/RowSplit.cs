using System.Globalization;

namespace Halley.Data;

/// <summary>Splits the rows of a table into parts, and into folds.</summary>
/// <remarks>
/// A row's part depends on its own values and the seed alone: not on the order of rows, nor on which others there are. Where a first row is
/// given the table is one batch of many, with so many rows before it, and may hold nothing to learn on.
/// </remarks>
public static class RowSplit
{
    // Parts and folds of one seed are drawn apart, so that folds cut across parts.
    const ulong PartStream = 0x70617274;
    const ulong FoldStream = 0x666F6C64;

    /// <summary>By a column that names each row's part. Rows with another value, or none, are left out.</summary>
    /// <exception cref="HalleyException">HLY1001 no such column, HLY1301 nothing to learn on, HLY1302 a value stands for two parts.</exception>
    public static RowParts ByColumn(
        Table table,
        string column,
        IReadOnlyCollection<string> learn,
        IReadOnlyCollection<string> validation,
        IReadOnlyCollection<string> test,
        long? firstRow = null
    )
    {
        var partOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (values, part) in new[] { (learn, 0), (validation, 1), (test, 2) })
        {
            foreach (var value in values)
            {
                if (!partOf.TryAdd(value, part) && partOf[value] != part)
                    throw new HalleyException(
                        "HLY1302",
                        $"'{value}' of '{column}' stands for two parts. Name it for one of them."
                    );
            }
        }
        var source = table[column];
        return RowParts.From(
            table.RowCount,
            row => source.TextAt(row) is { } text && partOf.TryGetValue(text, out var part) ? part : -1,
            firstRow is not null
                ? null
                : $"Learn on values that column '{column}' has: it is not {string.Join(", ", learn.Select(value => $"'{value}'"))} in any row."
        );
    }

    /// <summary>At random by id: rows of one id stay together.</summary>
    /// <param name="ids">Columns that make the id, for example policy and vehicle; none to draw each row by its number.</param>
    /// <param name="validationShare">Expected share of ids, at least 0; with <paramref name="testShare"/> below 1.</param>
    /// <exception cref="HalleyException">HLY1001 no such column, HLY1301 nothing to learn on.</exception>
    public static RowParts ById(
        Table table,
        IReadOnlyList<string> ids,
        double validationShare,
        double testShare,
        ulong seed,
        long? firstRow = null
    )
    {
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1))
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"shares {validationShare} and {testShare} must be at least 0 and together below 1."
                )
            );
        var keys = StableKeys.OfRows(table, ids, firstRow ?? 0);
        return RowParts.From(
            table.RowCount,
            row =>
            {
                var place = StableKeys.Uniform(keys[row], seed ^ PartStream);
                return place < testShare ? 2
                    : place < testShare + validationShare ? 1
                    : 0;
            },
            firstRow is null ? "Take smaller shares, or another seed." : null
        );
    }

    /// <summary>By time: learn before the first date, test from the last on. Rows without a date are left out.</summary>
    /// <param name="validationFrom">First day to validate on, or null for no validation.</param>
    /// <exception cref="HalleyException">HLY1001, HLY1002: not a date column; HLY1301 nothing to learn on.</exception>
    public static RowParts ByTime(
        Table table,
        string dateColumn,
        DateOnly? validationFrom,
        DateOnly testFrom,
        long? firstRow = null
    )
    {
        if (validationFrom >= testFrom)
            throw new ArgumentException($"validation from {validationFrom:O} must begin before the test from {testFrom:O}.");
        var column = table.Date(dateColumn);
        var (first, second) = ((validationFrom ?? testFrom).DayNumber, testFrom.DayNumber);
        return RowParts.From(
            table.RowCount,
            row =>
            {
                var day = column.DayNumbers[row];
                return day < 0 ? -1
                    : day >= second ? 2
                    : day >= first ? 1
                    : 0;
            },
            firstRow is null ? $"Choose a date after the first one in column '{dateColumn}'." : null
        );
    }

    /// <summary>A fold for each row, shape (n), 0 to count − 1, of about equal size: rows of one id stay together.</summary>
    /// <param name="ids">As for <see cref="ById"/>.</param>
    /// <exception cref="HalleyException">HLY1001: there is no such column.</exception>
    public static int[] Folds(Table table, IReadOnlyList<string> ids, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var keys = StableKeys.OfRows(table, ids);
        return Array.ConvertAll(keys, key => (int)(StableKeys.Uniform(key, seed ^ FoldStream) * count));
    }
}
