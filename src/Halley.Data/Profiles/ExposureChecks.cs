using System.Globalization;

namespace Halley.Data;

/// <summary>Years at risk that are no years, or that no fit can use.</summary>
static class ExposureChecks
{
    const double LongestYear = 366;
    const double MonthsInYear = 12;

    // Day counts and leap years make a full year up to this.
    const double AboutOneYear = 1.01;

    public static IEnumerable<DataWarning> Of(ProfiledTable table)
    {
        if (table.Exposure is not { } column || table.RowCount == 0)
            yield break;
        var (name, sorted) = (column.Name, ColumnProfiler.Sorted(column));
        var zeros = sorted.Count(years => years == 0);
        if (zeros > 0)
            yield return new(
                "exposure-zero",
                name,
                Invariant(
                    $"{zeros:N0} rows have no years at risk: they carry no information and a log offset refuses them. Fit with \"{name} > 0\"."
                )
            );
        if (UnitOf(sorted) is { } unit)
        {
            yield return new(
                "exposure-unit",
                name,
                Invariant(
                    $"'{name}' looks like {unit}, not years: whole numbers up to {sorted[^1]:R} with a median of {ColumnProfiler.Quantile(sorted, 0.5):R}. Divide it by {(unit == "days" ? "365.25" : "12")}."
                )
            );
            yield break;
        }
        var above = sorted.Count(years => years > AboutOneYear);
        if (above > 0)
            yield return new(
                "exposure-above-one",
                name,
                Invariant(
                    $"{above:N0} rows have more than one year at risk, up to {sorted[^1]:R}. Right for covers of several years; else split them by calendar year, or find the error."
                )
            );
    }

    static string? UnitOf(double[] sorted)
    {
        var whole = sorted.All(years => years == Math.Floor(years));
        var median = ColumnProfiler.Quantile(sorted, 0.5);
        if (!whole || median <= 1)
            return null;
        return sorted[^1] > MonthsInYear ? (median > MonthsInYear && sorted[^1] <= 3 * LongestYear ? "days" : null)
            : median > 3 ? "months"
            : null;
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
