using System.Globalization;

namespace Halley.Data;

/// <summary>Whether the target is usable, and whether a feature is the target under another name.</summary>
static class TargetChecks
{
    const int MostLevels = 1000;
    const double NearlyAll = 0.99;

    public static IEnumerable<DataWarning> Of(ProfiledTable table)
    {
        if (table.Target is null)
            yield break;
        var name = table.TargetColumn!.Name;
        if (table.TargetColumn.MissingCount > 0)
            yield return new(
                "target-missing",
                name,
                $"the target '{name}' is missing in {Count(table.TargetColumn.MissingCount)}. Leave them out, or find out why."
            );
        if (table.Target.Any(value => value < 0))
            yield return new(
                "target-negative",
                name,
                $"the target '{name}' is negative in {Count(table.Target.Count(value => value < 0))}: Poisson, gamma and Tweedie refuse that. Recoveries belong to their claim."
            );
        var variance = Variance(table.Target);
        if (variance == 0)
        {
            yield return new(
                "target-constant",
                name,
                $"the target '{name}' is the same in every row: nothing can be learnt from it."
            );
            yield break;
        }
        foreach (var column in table.Features)
        {
            if (CopyOf(column, table.Target, variance) is { } how)
                yield return new(
                    "target-copy",
                    column.Name,
                    $"'{column.Name}' {how}: it seems to be known only after the fact. Keep it out of the features of '{name}'."
                );
        }
    }

    static string? CopyOf(Column column, double[] target, double variance)
    {
        if (column is NumericColumn numbers && SameZeros(numbers.Values, target))
            return "is 0 exactly where the target is 0";
        if (column is NumericColumn { Missing: null } complete && Math.Abs(Correlation(complete.Values, target)) > 0.999)
            return "is proportional to the target";
        if (Grouping.Of(column, MostLevels) is not { } groups || groups.Count > target.Length / 10)
            return null;
        var share = Explained(groups, target, variance);
        return share > NearlyAll
            ? string.Create(CultureInfo.InvariantCulture, $"explains {share:P1} of the target's variance by its levels alone")
            : null;
    }

    /// <summary>Both have zeros and other values, in the same rows.</summary>
    static bool SameZeros(ReadOnlySpan<double> values, double[] target)
    {
        var zeros = 0;
        for (var row = 0; row < target.Length; row++)
        {
            if (values[row] == 0 != (target[row] == 0))
                return false;
            zeros += target[row] == 0 ? 1 : 0;
        }
        return zeros > 0 && zeros < target.Length;
    }

    static double Explained(Grouping groups, double[] target, double variance)
    {
        var (sums, rows) = (groups.Sums(target), groups.Rows());
        var left = 0.0;
        for (var row = 0; row < target.Length; row++)
        {
            var group = groups.GroupOf[row];
            var residual = target[row] - sums[group] / rows[group];
            left += residual * residual;
        }
        return 1 - left / target.Length / variance;
    }

    static double Correlation(ReadOnlySpan<double> x, double[] y)
    {
        var (meanX, meanY) = (CompensatedSum.Of(x) / x.Length, CompensatedSum.Of(y) / y.Length);
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var row = 0; row < y.Length; row++)
        {
            var (dx, dy) = (x[row] - meanX, y[row] - meanY);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    static double Variance(double[] values)
    {
        var mean = values.Length == 0 ? 0 : CompensatedSum.Of(values) / values.Length;
        return values.Length == 0 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }

    static string Count(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {(rows == 1 ? "row" : "rows")}");
}
