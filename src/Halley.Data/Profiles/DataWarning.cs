namespace Halley.Data;

/// <summary>Something about the data that a person should look at before fitting.</summary>
/// <param name="Code">Stable name, for example <c>row-order-leak</c>.</param>
/// <param name="Column">The column it is about; null where it is about the table.</param>
/// <param name="Message">What was found, why it matters, and what to do.</param>
public sealed record DataWarning(string Code, string? Column, string Message);
