namespace Halley.Data;

/// <summary>Which rows to learn on, to validate on and to test on: row numbers, ascending, each row in one part.</summary>
/// <param name="LeftOut">Rows that the rule gives no part, such as rows without a date: never dropped in silence.</param>
public sealed record RowParts(int[] Learn, int[] Validation, int[] Test, int[] LeftOut)
{
    /// <summary>The three parts as tables; the second is null where no row validates.</summary>
    public (Table Learn, Table? Validation, Table Test) Of(Table table) =>
        (table.Take(Learn), Validation.Length == 0 ? null : table.Take(Validation), table.Take(Test));

    /// <summary>Parts from a rule that gives each row 0 learn, 1 validation, 2 test or −1 none.</summary>
    /// <param name="remedy">What to do where no row is left to learn on; null where that is no error.</param>
    /// <exception cref="HalleyException">HLY1301: no row is left to learn on.</exception>
    internal static RowParts From(int rowCount, Func<int, int> partOf, string? remedy)
    {
        List<int>[] rows =
        [
            [],
            [],
            [],
            [],
        ];
        for (var row = 0; row < rowCount; row++)
        {
            var part = partOf(row);
            rows[part < 0 ? 3 : part].Add(row);
        }
        if (rows[0].Count == 0 && remedy is not null)
            throw new HalleyException("HLY1301", $"the split leaves none of {rowCount} rows to learn on. {remedy}");
        return new([.. rows[0]], [.. rows[1]], [.. rows[2]], [.. rows[3]]);
    }
}
