using System.Globalization;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary>A file of records need not hold the ids that requests carry: a row's number, from 1, stands for one.</summary>
static class RowIds
{
    /// <param name="before">Rows of the file before these.</param>
    public static Table AddTo(Table rows, DecisionDefinition decision, long before = 0) =>
        decision
            .Inputs.Fields.Where(field => field.Role == Role.Id && !rows.Has(field.Name))
            .Aggregate(rows, (table, field) => table.With(new TextColumn(field.Name, Numbers(before, rows.RowCount))));

    static string[] Numbers(long before, int count) =>
        [.. Enumerable.Range(1, count).Select(row => (before + row).ToString(CultureInfo.InvariantCulture))];
}
