using System.Globalization;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary>A file of records need not hold the ids that requests carry: a row's number, from 1, stands for one.</summary>
static class RowIds
{
    public static Table AddTo(Table rows, DecisionDefinition decision) =>
        decision
            .Inputs.Fields.Where(field => field.Role == Role.Id && !rows.Has(field.Name))
            .Aggregate(rows, (table, field) => table.With(new TextColumn(field.Name, Numbers(rows.RowCount))));

    static string[] Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(row => row.ToString(CultureInfo.InvariantCulture))];
}
