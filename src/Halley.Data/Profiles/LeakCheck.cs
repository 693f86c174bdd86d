using System.Globalization;

namespace Halley.Data;

/// <summary>Whether the order of rows, or an id, gives the target away.</summary>
/// <remarks>
/// Rows are cut into blocks of 20 in the order to be tested, and the block's sum of target less expectation is compared with chance:
/// S = Σ (Σ r)² / (20 σ²), which chance makes about the number of blocks B, with variance 2B. A warning needs both z = (S − B)/√(2B)
/// beyond 8 and an intraclass correlation (S/B − 1)/19, the share of variance that neighbours have in common, above 5 %: years of a
/// book differ a little, a leak differs a lot.
/// The same is asked within the levels of each column, r then being taken from the level's own rate: a target sorted within months
/// shows in no other way.
/// </remarks>
static class LeakCheck
{
    const int BlockRows = 20;
    const int FewestBlocks = 20;
    const int MostLevels = 200;
    const double LeastZ = 8;
    const double LeastShare = 0.05;

    public static IEnumerable<DataWarning> Of(ProfiledTable table)
    {
        if (table.Target is null || table.RowCount < BlockRows * FewestBlocks)
            yield break;
        var target = Tamed(table.Target);
        var inOrder = Enumerable.Range(0, table.RowCount).ToArray();
        var order = Worst(table, target, inOrder);
        if (order is not null)
            yield return new("row-order-leak", null, OrderMessage(table.TargetColumn!.Name, order));
        foreach (var column in table.Table.Columns.Where(column => IsId(column, table)))
        {
            var slots = new double[table.RowCount];
            column.CopySlots(0, slots);
            var rows = Enumerable.Range(0, table.RowCount).ToArray();
            // Stable, so that equal ids keep the order of rows.
            var byId = rows.OrderBy(row => slots[row]).ToArray();
            if (byId.AsSpan().SequenceEqual(inOrder))
            {
                yield return RowNumber(column.Name, table.TargetColumn!.Name, order);
                continue;
            }
            if (Worst(table, target, byId) is { } leak)
                yield return new("id-leak", column.Name, IdMessage(table.TargetColumn!.Name, column.Name, leak));
        }
    }

    /// <summary>An id by role, or whole numbers that no two rows share.</summary>
    static bool IsId(Column column, ProfiledTable table) =>
        column is NumericColumn { Missing: null } numbers
        && (
            table.RoleOf(column) == Role.Id || (table.RoleOf(column) == Role.Feature && NamesRows(ColumnProfiler.Sorted(numbers)))
        );

    static bool NamesRows(double[] sorted) =>
        ColumnProfiler.DistinctOf(sorted) == sorted.Length && sorted.All(value => value == Math.Floor(value));

    /// <summary>The strongest leak of an order, alone or within the levels of a column; null where there is none.</summary>
    static Leak? Worst(ProfiledTable table, double[] target, int[] order)
    {
        var worst = Measure(target, table.TargetYears, order, new int[table.RowCount], 1, null);
        foreach (var column in table.Features)
        {
            if (Grouping.Of(column, MostLevels) is not { } groups)
                continue;
            var leak = Measure(target, table.TargetYears, order, groups.GroupOf, groups.Count, column.Name);
            // Levels must add something to be worth naming.
            if (leak is not null && leak.Share > (worst?.Share ?? 0) * 1.5)
                worst = leak;
        }
        return worst;
    }

    static Leak? Measure(double[] target, double[] years, int[] order, int[] groupOf, int groupCount, string? within)
    {
        var (sum, risk, squares, rows) = (
            new double[groupCount],
            new double[groupCount],
            new double[groupCount],
            new int[groupCount]
        );
        foreach (var row in order)
        {
            sum[groupOf[row]] += target[row];
            risk[groupOf[row]] += years[row];
            rows[groupOf[row]]++;
        }
        var rate = sum.Zip(risk, (total, time) => time > 0 ? total / time : 0).ToArray();
        foreach (var row in order)
        {
            var residual = target[row] - rate[groupOf[row]] * years[row];
            squares[groupOf[row]] += residual * residual;
        }
        var (block, filled) = (new double[groupCount], new int[groupCount]);
        var (score, blocks) = (0.0, 0);
        foreach (var row in order)
        {
            var group = groupOf[row];
            block[group] += target[row] - rate[group] * years[row];
            if (++filled[group] < BlockRows)
                continue;
            if (squares[group] > 0)
            {
                score += block[group] * block[group] * rows[group] / (BlockRows * squares[group]);
                blocks++;
            }
            (block[group], filled[group]) = (0, 0);
        }
        if (blocks < FewestBlocks)
            return null;
        var (z, share) = ((score - blocks) / Math.Sqrt(2 * blocks), (score / blocks - 1) / (BlockRows - 1));
        return z > LeastZ && share > LeastShare ? new(share, within) : null;
    }

    /// <summary>The target with its largest values brought down to their 99 % quantile: one large claim is no leak.</summary>
    static double[] Tamed(double[] target)
    {
        double[] other = [.. target.Where(value => value != 0).Order()];
        if (other.Length == 0)
            return target;
        var most = ColumnProfiler.Quantile(other, 0.99);
        return Array.ConvertAll(target, value => Math.Min(value, most));
    }

    static DataWarning RowNumber(string id, string target, Leak? order) =>
        order is null
            ? new(
                "row-number",
                id,
                $"'{id}' rises with the row number: it tells when a row was written, not what it is. Keep it out of the features."
            )
            : new(
                "id-leak",
                id,
                $"'{id}' rises with the row number, and the order of rows gives '{target}' away. Keep it out of the features."
            );

    static string OrderMessage(string target, Leak leak) =>
        $"the order of rows gives '{target}' away: {Explained(leak)}. Shuffle the rows before drawing folds by row, "
        + "split by id or time, and keep every column that follows the order out of the features.";

    static string IdMessage(string target, string id, Leak leak) =>
        $"the id '{id}' gives '{target}' away: in its order, {Explained(leak)}. Keep it out of the features.";

    static string Explained(Leak leak) =>
        string.Create(CultureInfo.InvariantCulture, $"neighbouring rows explain {leak.Share:P0} of its variance")
        + (leak.Within is null ? "" : $" within the levels of '{leak.Within}'")
        + ", where chance explains none";

    sealed record Leak(double Share, string? Within);
}
