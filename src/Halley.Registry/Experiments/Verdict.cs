using System.Text.Json.Serialization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>What is known about the difference between two releases.</summary>
public enum Verdict
{
    /// <summary>Neither of the others yet.</summary>
    [JsonStringEnumMemberName("undecided")]
    Undecided,

    /// <summary>The whole interval lies above zero.</summary>
    [JsonStringEnumMemberName("better")]
    Better,

    /// <summary>The whole interval lies below zero.</summary>
    [JsonStringEnumMemberName("worse")]
    Worse,

    /// <summary>The whole interval lies within the smallest difference that matters.</summary>
    [JsonStringEnumMemberName("no_difference")]
    NoDifference,
}

/// <summary>The one rule that turns an interval into a verdict.</summary>
static class Verdicts
{
    /// <param name="minimum">The smallest difference that matters; null where none was named.</param>
    /// <remarks>Wrong only where the interval misses the truth: so no verdict is wrong more often than the interval is.</remarks>
    internal static Verdict Of(Estimate interval, double? minimum) =>
        interval.Lower > 0 ? Verdict.Better
        : interval.Upper < 0 ? Verdict.Worse
        : minimum is { } most && -most <= interval.Lower && interval.Upper <= most ? Verdict.NoDifference
        : Verdict.Undecided;
}
