using System.Globalization;

namespace Halley.Registry.Tests;

/// <summary>What stands beside figures of value is what was measured.</summary>
public sealed class MeasuredCoverageTests
{
    [Theory]
    [InlineData(ValueGrade.RandomisedArm, "## Randomised arms", 4)]
    [InlineData(ValueGrade.ShadowPair, "## Shadow pairs", 4)]
    [InlineData(ValueGrade.BeforeAfter, "## Before and after", 2)]
    public void The_coverage_beside_a_figure_is_that_of_the_report(ValueGrade grade, string heading, int column)
    {
        var lines = File.ReadAllLines(Path.Combine(ProjectRoot.Path, "bench", "honest", "report.md"));
        var shares = lines
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.Contains(" %", StringComparison.Ordinal) && line.StartsWith("| ", StringComparison.Ordinal))
            // Two releases that answer alike differ by nothing in every pair.
            .Where(line => grade != ValueGrade.ShadowPair || !line.StartsWith("| no effect", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split('|')[column].Trim().TrimEnd('%').Trim(), CultureInfo.InvariantCulture))
            .ToList();
        Assert.True(shares.Count >= 9);
        Assert.Equal((shares.Min(), shares.Max()), MeasuredCoverage.Of(grade));
        var words = string.Create(CultureInfo.InvariantCulture, $"{shares.Min():0.0} to {shares.Max():0.0} of 100");
        Assert.Contains(words, MeasuredCoverage.Words(grade), StringComparison.Ordinal);
    }
}
