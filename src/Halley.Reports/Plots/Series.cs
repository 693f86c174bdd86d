namespace Halley.Reports;

/// <summary>One line of a plot.</summary>
/// <param name="Values">Shape (places); NaN leaves a gap.</param>
/// <param name="Lower">Lower ends of intervals, shape (places), or null.</param>
/// <param name="Upper">Upper ends of intervals, shape (places), or null.</param>
/// <param name="IsActual">Observed, not predicted: drawn darkest.</param>
public sealed record Series(
    string Name,
    IReadOnlyList<double> Values,
    IReadOnlyList<double>? Lower = null,
    IReadOnlyList<double>? Upper = null,
    bool IsActual = false
);
