using Halley.Statistics;

namespace Halley.Models;

/// <summary>A figure with its 95 % interval (or that of the options); bounds are null where they are not known.</summary>
public sealed record Figure(double Value, double? Lower, double? Upper)
{
    /// <summary>Null where the figure itself is not known, for example 0 over 0.</summary>
    internal static Figure? Of(Estimate estimate) =>
        double.IsFinite(estimate.Value) ? new(estimate.Value, Known(estimate.Lower), Known(estimate.Upper)) : null;

    static double? Known(double bound) => double.IsFinite(bound) ? bound : null;
}
