namespace Halley.Decisions;

/// <summary>Collects everything that is wrong with a definition, so that it can be told at once.</summary>
sealed class ProblemList
{
    readonly List<DecisionProblem> problems = [];

    public IReadOnlyList<DecisionProblem> All => problems;

    public void Add(string code, string message) => problems.Add(new(code, message));

    /// <summary>Runs a part of the compilation and notes its error.</summary>
    /// <param name="place">Put before the message; null where the message names its place.</param>
    /// <returns>The result, or the default where there was an error.</returns>
    public T? Try<T>(Func<T> part, string? place = null)
    {
        try
        {
            return part();
        }
        catch (HalleyException error)
        {
            var message = error.Message[(error.Code.Length + 2)..];
            Add(error.Code, place is null ? message : $"{place}: {message}");
            return default;
        }
    }
}
