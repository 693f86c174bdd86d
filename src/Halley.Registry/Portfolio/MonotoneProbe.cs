using System.Globalization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Moves a field through its usual values in real records, all else equal, and looks how an output follows.</summary>
static class MonotoneProbe
{
    const int Records = 500;
    const int Points = 21;

    /// <param name="rises">The direction wanted.</param>
    /// <param name="how">The output looked at; steps the other way up to the tolerance, a share of the value before, do not count.</param>
    /// <exception cref="HalleyException">HLY5321: the decision has no such number or date, or the portfolio lacks it.</exception>
    internal static MonotoneLine Line(
        LoadedRelease release,
        Table portfolio,
        string field,
        bool rises,
        (string Output, double Tolerance) how,
        CancellationToken cancellation
    )
    {
        // 1. Every record with every value of the grid, one record after the other.
        var rows = PortfolioRows.Sample(portfolio, Records);
        var grid = Grid(release, portfolio, field);
        var repeated = rows.Take([.. Enumerable.Range(0, rows.RowCount * grid.Length).Select(i => i / grid.Length)]);
        var values = new double[repeated.RowCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = grid[i % grid.Length];
        var moved = repeated.With(ColumnOf(portfolio[field], field, values));
        var answers = Prices.Of(release, how.Output, moved, null, cancellation);
        // 2. Steps between neighbours that both have an answer.
        var (wrong, worst, example) = (0, 0.0, (string?)null);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var isWrong = false;
            var last = -1;
            for (var point = 0; point < grid.Length; point++)
            {
                var at = row * grid.Length + point;
                if (double.IsNaN(answers[at]))
                    continue;
                if (last >= 0)
                {
                    var back = (answers[last] - answers[at]) * (rises ? 1 : -1);
                    var share = back / Math.Abs(answers[last]);
                    if (back > 0 && share > how.Tolerance)
                    {
                        isWrong = true;
                        if (share > worst)
                            (worst, example) = (share, Step(portfolio[field], values, last, at, how.Output, answers));
                    }
                }
                last = at;
            }
            wrong += isWrong ? 1 : 0;
        }
        return new(field, rises, rows.RowCount, wrong, worst, example);
    }

    /// <summary>Quantiles of the values that the portfolio has, so that no step leaves what is usual.</summary>
    static double[] Grid(LoadedRelease release, Table portfolio, string field)
    {
        var input = release.Definition.Inputs.Find(field);
        if (
            input?.Kind is not (FieldKind.Number or FieldKind.Exposure or FieldKind.Date)
            || portfolio.Find(field) is not { } column
        )
            throw new HalleyException(
                "HLY5321",
                $"'{field}' can't be moved: {(input is null ? $"the decision '{release.Definition.Name}' has no such input" : portfolio.Has(field) ? "it is no number and no date" : "the portfolio has no such column")}. Correct the gate's fields, or name another portfolio."
            );
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        if (sorted.Length == 0)
            throw new HalleyException(
                "HLY5321",
                $"'{field}' can't be moved: the portfolio's column is empty. Name another portfolio."
            );
        return [.. Enumerable.Range(0, Points).Select(i => sorted[i * (sorted.Length - 1) / (Points - 1)]).Distinct()];
    }

    static Column ColumnOf(Column like, string name, double[] values) =>
        like.Kind == FieldKind.Date
            ? new DateColumn(name, Array.ConvertAll(values, value => (int)value))
            : new NumericColumn(name, values);

    static string Step(Column column, double[] values, int from, int to, string output, double[] answers)
    {
        string Text(double value) =>
            column.Kind == FieldKind.Date
                ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : value.ToString("G6", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{column.Name} {Text(values[from])} to {Text(values[to])}: {output} {answers[from]:0.00} to {answers[to]:0.00}"
        );
    }
}
