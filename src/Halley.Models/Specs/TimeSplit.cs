namespace Halley.Models;

/// <summary>Learn on the past, test on what came after.</summary>
public sealed record TimeSplit : SplitSpec
{
    /// <summary>Date column.</summary>
    public required string Column { get; init; }

    /// <summary>First day of the validation rows; null for none.</summary>
    public DateOnly? ValidationFrom { get; init; }

    /// <summary>First day of the test rows.</summary>
    public required DateOnly TestFrom { get; init; }

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in ShareProblems())
            yield return problem;
        if (string.IsNullOrWhiteSpace(Column))
            yield return "split: the date column has no name.";
        if (ValidationFrom >= TestFrom)
            yield return $"split: validation starts on {ValidationFrom:yyyy-MM-dd}, not before the test on {TestFrom:yyyy-MM-dd}.";
    }
}
