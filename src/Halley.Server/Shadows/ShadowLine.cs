namespace Halley.Server;

/// <summary>How a shadow's answers compare with those given, on the same requests.</summary>
/// <param name="Differ">Answers that differ in any output or in the action.</param>
/// <param name="Errors">Requests that the shadow could not answer.</param>
/// <param name="Output">The first output that is a number; null where there is none.</param>
/// <param name="TypicalDifference">Median of |shadow / given − 1| of that output; null where nothing can be compared.</param>
public sealed record ShadowLine(
    string Decision,
    string Champion,
    string Shadow,
    long Compared,
    long Differ,
    long Errors,
    string? Output,
    double? TypicalDifference
);
