using System.Diagnostics.CodeAnalysis;

namespace Halley.Forecasting;

/// <summary>What is wrong with the series of a table, found together and told at once.</summary>
sealed class SeriesProblems
{
    const int Shown = 20;

    readonly List<(string Code, string Message)> problems = [];

    internal void Add(string code, string message) => problems.Add((code, message));

    internal void Throw()
    {
        if (problems.Count > 0)
            ThrowAll();
    }

    [DoesNotReturn]
    void ThrowAll()
    {
        var more = problems.Count > Shown ? $"{Environment.NewLine}… and {problems.Count - Shown} more." : "";
        throw new Data.HalleyException(
            problems[0].Code,
            string.Join(Environment.NewLine, problems.Take(Shown).Select(problem => problem.Message)) + more
        );
    }
}
