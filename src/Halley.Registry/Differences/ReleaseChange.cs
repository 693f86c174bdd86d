namespace Halley.Registry;

/// <summary>One difference between two releases, in words.</summary>
/// <param name="Part">What it is about: <c>model frequency</c>, <c>step premium</c>, <c>rating table of frequency</c>.</param>
/// <param name="What">What differs, as a sentence.</param>
public sealed record ReleaseChange(string Part, string What);
