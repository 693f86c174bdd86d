using System.Globalization;

namespace Halley.Registry;

/// <summary>How often 95 % intervals of a grade hold the truth where it is known: measured in made worlds, the lowest and the highest of them.</summary>
/// <remarks>From bench/honest/report.md, which <c>bench/run honest --save</c> writes; a test holds the two against each other.</remarks>
static class MeasuredCoverage
{
    /// <summary>Percent.</summary>
    internal static (double Least, double Most) Of(ValueGrade grade) =>
        grade switch
        {
            ValueGrade.RandomisedArm => (93.8, 95.2),
            ValueGrade.ShadowPair => (94.5, 95.6),
            _ => (93.0, 97.2),
        };

    internal static string Words(ValueGrade grade)
    {
        var (least, most) = Of(grade);
        var limit = grade switch
        {
            ValueGrade.RandomisedArm => "",
            ValueGrade.ShadowPair => ", where the models' expectations are right on average",
            _ => ", where little changed but the release",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"In worlds whose truth is known, {least:0.0} to {most:0.0} of 100 such intervals held it{limit} (bench/honest/report.md)."
        );
    }
}
