using Halley.Data;

namespace Halley.Sources.Tests.Generation;

/// <summary>Compares what happened with what was expected, cell by cell.</summary>
static class Sampling
{
    /// <summary>
    /// Asserts that sums of actual less expected are within sampling error in every cell, and spread over the cells as sampling
    /// errors do.
    /// </summary>
    /// <param name="cell">Cell of a row, from 0; −1 leaves the row out.</param>
    /// <param name="variance">Variance of an actual value around its expected one, from the expected one.</param>
    public static void AssertCells(
        string what,
        int rowCount,
        Func<int, int> cell,
        Func<int, double> actual,
        Func<int, double> expected,
        Func<double, double> variance
    )
    {
        var cells = new Dictionary<int, (double Difference, double Variance)>();
        for (var row = 0; row < rowCount; row++)
        {
            if (cell(row) is not (>= 0 and var c))
                continue;
            var mean = expected(row);
            cells.TryGetValue(c, out var sums);
            cells[c] = (sums.Difference + actual(row) - mean, sums.Variance + variance(mean));
        }
        var scores = cells.ToDictionary(pair => pair.Key, pair => pair.Value.Difference / Math.Sqrt(pair.Value.Variance));
        foreach (var (c, z) in scores)
            Assert.True(Math.Abs(z) < 4.2, $"{what}: cell {c} is {z:F2} standard errors off.");
        var meanSquare = scores.Values.Average(z => z * z);
        Assert.True(
            meanSquare < 1 + 4 * Math.Sqrt(2.0 / cells.Count),
            $"{what}: mean squared score {meanSquare:F2} of {string.Join(", ", scores)}."
        );
    }

    /// <summary>
    /// The same for amounts: their variance is taken as proportional to their expectation, the factor from all rows, because a
    /// cell's own rows say little of a heavy tail.
    /// </summary>
    public static void AssertAmounts(
        string what,
        int rowCount,
        Func<int, int> cell,
        Func<int, double> actual,
        Func<int, double> expected
    )
    {
        var expectations = Enumerable.Range(0, rowCount).Select(expected).ToArray();
        var squares = expectations.Select((mean, row) => (actual(row) - mean) * (actual(row) - mean)).Sum();
        var factor = squares / expectations.Sum();
        AssertCells(what, rowCount, cell, actual, row => expectations[row], mean => factor * mean);
    }

    public static double Sum(Column column) =>
        column switch
        {
            NumericColumn numbers => Sum(numbers.Values),
            ExposureColumn exposure => Sum(exposure.Years),
            BooleanColumn booleans => Sum(Array.ConvertAll(booleans.Values.ToArray(), value => (double)value)),
            _ => throw new ArgumentException(column.Name),
        };

    public static double Mean(Column column) => Sum(column) / column.RowCount;

    static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
