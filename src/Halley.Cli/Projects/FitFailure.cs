namespace Halley.Cli;

/// <summary>A model of several that could not be fitted.</summary>
sealed record FitFailure(string Model, string Code, string Message)
{
    /// <summary>The result of a fit of which a part failed: the errors, and the models that were fitted all the same.</summary>
    public static object Document(IReadOnlyList<FitFailure> failures, IReadOnlyList<FitReport> fitted) =>
        new
        {
            Error = new
            {
                failures[0].Code,
                Message = string.Join(Environment.NewLine, failures.Select(failure => $"{failure.Model}: {failure.Message}")),
            },
            Errors = failures,
            Fitted = fitted,
        };
}
