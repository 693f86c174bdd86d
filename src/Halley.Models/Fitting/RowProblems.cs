using System.Globalization;

namespace Halley.Models;

/// <summary>Collects what is wrong with rows, column by column, so that all of it is told at once by the data's own row numbers.</summary>
/// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
sealed class RowProblems(string model, int[] sourceRows)
{
    readonly List<string> problems = [];

    /// <summary>Notes the rows of a column for which <paramref name="isBad"/> holds.</summary>
    /// <param name="column">What to call it: <c>target 'claims'</c>.</param>
    /// <param name="what">What they are, to follow "2 rows": <c>are missing</c>.</param>
    public void Note(string column, string what, ReadOnlySpan<double> values, Func<int, double, bool> isBad)
    {
        var (count, first) = (0, -1);
        for (var row = 0; row < values.Length; row++)
        {
            if (!isBad(row, values[row]))
                continue;
            if (count++ == 0)
                first = row;
        }
        if (count == 0)
            return;
        var value = double.IsNaN(values[first]) ? "" : $" ({ModelSpecText.Of(values[first])})";
        problems.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{column}: {count} {(count == 1 ? "row is" : "rows are")} {what}, the first is row {sourceRows[first] + 1}{value}"
            )
        );
    }

    /// <exception cref="HalleyException">HLY3407: something was noted.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY3407",
                $"the data do not fit model '{model}'. {string.Join("; ", problems)}. "
                    + "Correct the rows, or leave them out with the spec's 'where'."
            );
    }
}
