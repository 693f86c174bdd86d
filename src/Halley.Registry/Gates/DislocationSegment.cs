namespace Halley.Registry;

/// <summary>Premium changes of a part of the portfolio.</summary>
/// <param name="Segment">For example <c>region = North</c>.</param>
public sealed record DislocationSegment(string Segment, long Policies, long Moved, double LargestRise, double TotalChange);
