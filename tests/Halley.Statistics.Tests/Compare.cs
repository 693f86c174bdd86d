namespace Halley.Statistics.Tests;

/// <summary>Comparisons of this project's tests.</summary>
static class Compare
{
    /// <summary>Within a relative distance, or an absolute one for values below <paramref name="scale"/>.</summary>
    internal static bool Near(double expected, double actual, double relative, double scale = 0) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), scale);

    internal static void AssertNear(double expected, double actual, double relative, double scale = 0, string? what = null) =>
        Assert.True(Near(expected, actual, relative, scale), $"{what} expected {expected:R}, got {actual:R}");
}
