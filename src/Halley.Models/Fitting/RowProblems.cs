using System.Globalization;

namespace Halley.Models;

/// <summary>Collects what is wrong with rows, column by column, so that all of it is told at once by the data's own row numbers.</summary>
sealed class RowProblems(string model)
{
    readonly List<Problem> problems = [];

    /// <summary>Whether something was noted.</summary>
    public bool HasAny => problems.Exists(problem => problem.Count > 0);

    /// <summary>Notes the rows of a column for which <paramref name="isBad"/> holds; rows may come in batches.</summary>
    /// <param name="column">What to call it: <c>target 'claims'</c>.</param>
    /// <param name="what">What they are, to follow "2 rows": <c>are missing</c>.</param>
    /// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
    public void Note(
        string column,
        string what,
        IReadOnlyList<int> sourceRows,
        ReadOnlySpan<double> values,
        Func<int, double, bool> isBad
    )
    {
        // Noted without a bad row too, so that batches tell of columns in one order.
        var problem = Find(column, what);
        for (var row = 0; row < values.Length; row++)
        {
            if (!isBad(row, values[row]))
                continue;
            if (problem.Count++ == 0)
                (problem.FirstRow, problem.FirstValue) = (sourceRows[row], values[row]);
        }
    }

    /// <exception cref="HalleyException">HLY3407: something was noted.</exception>
    public void ThrowIfAny()
    {
        if (HasAny)
            throw new HalleyException(
                "HLY3407",
                $"the data do not fit model '{model}'. {string.Join("; ", problems.Where(problem => problem.Count > 0).Select(TextOf))}. "
                    + "Correct the rows, or leave them out with the spec's 'where'."
            );
    }

    Problem Find(string column, string what)
    {
        if (problems.Find(problem => problem.Column == column && problem.What == what) is { } known)
            return known;
        problems.Add(new(column, what));
        return problems[^1];
    }

    static string TextOf(Problem problem)
    {
        var value = double.IsNaN(problem.FirstValue) ? "" : $" ({ModelSpecText.Of(problem.FirstValue)})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{problem.Column}: {problem.Count} {(problem.Count == 1 ? "row is" : "rows are")} {problem.What}, the first is row {problem.FirstRow + 1}{value}"
        );
    }

    sealed record Problem(string Column, string What)
    {
        public long Count { get; set; }

        public int FirstRow { get; set; }

        public double FirstValue { get; set; }
    }
}
