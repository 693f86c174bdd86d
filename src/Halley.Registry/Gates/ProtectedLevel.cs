using System.Globalization;

namespace Halley.Registry;

/// <summary>People of one level: what they cost against what was expected, and what they pay.</summary>
/// <param name="Lower">Lower end of the simultaneous interval of actual over expected; NaN where claims are not known.</param>
/// <param name="MeanPrice">NaN where the decision has no price.</param>
public sealed record ProtectedLevel(
    string Level,
    double Exposure,
    double Actual,
    double Expected,
    double Lower,
    double Upper,
    double MeanPrice
)
{
    internal double Ratio => Actual / Expected;

    internal string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Level}: actual over expected {Ratio:0.000} (interval {Lower:0.000} to {Upper:0.000})"
        );
}
