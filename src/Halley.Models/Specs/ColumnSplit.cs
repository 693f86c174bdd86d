namespace Halley.Models;

/// <summary>Parts named by the values of a column.</summary>
public sealed record ColumnSplit : SplitSpec
{
    /// <summary>Category or text column that names each row's part.</summary>
    public required string Column { get; init; }

    /// <summary>Values of rows to learn on. Default: <c>learn</c>.</summary>
    public IReadOnlyList<string> Learn { get; init; } = ["learn"];

    /// <summary>Values of validation rows. Default: <c>validation</c>.</summary>
    public IReadOnlyList<string> Validation { get; init; } = ["validation"];

    /// <summary>Values of test rows. Default: <c>test</c>. Rows with any other value are left out.</summary>
    public IReadOnlyList<string> Test { get; init; } = ["test"];

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in ShareProblems())
            yield return problem;
        if (string.IsNullOrWhiteSpace(Column))
            yield return "split: the column has no name.";
        if (Learn.Count == 0)
            yield return "split: no value of the column stands for rows to learn on.";
        foreach (var twice in Learn.Concat(Validation).Concat(Test).GroupBy(value => value).Where(group => group.Count() > 1))
            yield return $"split: the value '{twice.Key}' is named for more than one part.";
    }
}
