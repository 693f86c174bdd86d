using System.Globalization;

namespace Halley.Registry;

/// <summary>Actual over expected of one segment, with its interval.</summary>
/// <param name="Field">Name of the field; empty for the whole portfolio.</param>
public sealed record ActualExpectedSegment(string Field, string Level, double Actual, double Expected, double Lower, double Upper)
{
    /// <summary>Actual over expected.</summary>
    public double Ratio => Actual / Expected;

    internal string Describe()
    {
        var name = Field.Length == 0 ? "the whole portfolio" : $"{Field} = {Level}";
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {Ratio:0.000} (interval {Lower:0.000} to {Upper:0.000})");
    }
}
