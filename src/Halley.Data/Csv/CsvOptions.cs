namespace Halley.Data;

/// <summary>How a CSV file is written down.</summary>
public sealed record CsvOptions
{
    /// <summary>Between fields. One ASCII character, neither quote nor line end. Default comma.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Decimal mark of numbers: <c>.</c> or <c>,</c> (the latter needs another separator). Default <c>.</c>.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>Texts besides the empty field that stand for a missing value, for example <c>NA</c>. Default none.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = [];

    /// <summary>Problems told in one error message, at least 1; the rest is counted. Default 20.</summary>
    public int ProblemsShown { get; init; } = 20;

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Separator is '"' or '\n' or '\r' || Separator > 127)
            problems.Add($"separator '{Separator}' must be one ASCII character, neither quote nor line end.");
        if (DecimalMark is not ('.' or ','))
            problems.Add($"decimal mark '{DecimalMark}' must be '.' or ','.");
        if (DecimalMark == Separator)
            problems.Add($"separator and decimal mark are both '{Separator}'.");
        if (ProblemsShown < 1)
            problems.Add($"{ProblemsShown} problems shown: at least 1 is needed.");
        return problems;
    }
}
